"""One class of attackers and innocents, graded once by the command that an instructor would type."""

import csv
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.attacks_class import canaries
from tests.attacks_class.corpus import Attack
from tests.attacks_class.ordinary_user import Installation

TIMEOUT_S = 1800.0  # a run takes minutes; this only ends one that hangs
CLASSMATE = "zz-classmate"  # whose file attackers would like to have
CONTROLS = {  # what is found in a report if it is there: proof that the search for it works
    "control-leaks": 'def update(*arguments, **options):\n    raise ValueError("LEAK: control")\n',
    "control-leaks-while-loading": 'assert False, "LEAK: control"\n',
    "control-marks": 'def update(*arguments, **options):\n    print("INPUT-MARKER now 00000000:1")\n',
}


def solution(root: Path, exercise: str) -> Path:
    """Return the reference solution's file."""
    return next(root.glob(f"solutions/*_{exercise}/{exercise}.py"))


@dataclass
class ClassRun:
    """The class, the command's outcome, and what became of the canaries."""

    attacks: Sequence[Attack]
    installation: Installation
    secret: str = field(default_factory=lambda: f"course-secret-{secrets.token_hex(8)}")
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="attacks-class-")))
    harm: dict[str, list[str]] = field(default_factory=dict)  # done to each attack's canaries
    left: list[str] = field(default_factory=list)  # what outlived the run
    exit_status: int | None = None
    console: str = ""

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self) -> "ClassRun":
        """Build the class, grade it, and look at the canaries before and after."""
        for name in ("class", "out", "home", "work"):
            (self.folder / name).mkdir()
        processes = {one.name: canaries.start_process(self.installation.uid) for one in self._needing("@CANARY_PID@")}
        for attack in self.attacks:
            canaries.make_folder(self.folder / "canaries" / attack.name)
            self._hand_in(attack, processes[attack.name].pid if attack.name in processes else 0)
        for name, text in CONTROLS.items():
            self._write(name, "update_rule", text)
        self._write(CLASSMATE, "update_rule", solution(self.installation.root, "update_rule").read_text("utf-8"))
        self.installation.give(self.folder)
        folders = {attack.name: self.folder / "canaries" / attack.name for attack in self.attacks}
        before = {name: canaries.look_at_folder(path) for name, path in folders.items()}
        lives = {name: canaries.look_at_process(process) for name, process in processes.items()}
        with canaries.Orphans() as orphans:
            self._grade()
            self.left += [f"process: {name}" for name in orphans.collect()]
        for name, path in folders.items():
            self.harm[name] = _differences(before[name], canaries.look_at_folder(path))
        for name, process in processes.items():
            self.harm[name] += _differences(lives[name], canaries.look_at_process(process))
            process.kill()
            process.wait()
        self.left += canaries.things_left(self._places())
        return self

    def _needing(self, placeholder: str) -> list[Attack]:
        return [attack for attack in self.attacks if placeholder in attack.source]

    def _hand_in(self, attack: Attack, pid: int) -> None:
        values = {
            "@CANARY@": self.folder / "canaries" / attack.name,
            "@CANARY_PID@": pid,
            "@GRADER_ROOT@": self.installation.root,
            "@CLASSMATE@": self.folder / "class" / CLASSMATE / "update_rule.py",
            "@OUT@": self.out,
        }

        def filled(text: str) -> str:
            for placeholder, value in values.items():
                text = text.replace(placeholder, str(value))
            return text

        self._write(attack.learner, attack.exercise, filled(attack.source))
        for path, text in attack.beside:
            self._write(attack.learner, path.removesuffix(".py"), filled(text), Path(path).suffix)
        self._write(attack.baseline_learner, attack.exercise, attack.baseline)
        self._write(attack.next_learner, attack.exercise, solution(self.installation.root, attack.exercise).read_text("utf-8"))

    def _write(self, learner: str, stem: str, text: str, suffix: str = ".py") -> None:
        path = self.folder / "class" / learner / f"{stem.removesuffix(suffix)}{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _grade(self) -> None:
        command = [self.installation.python, "-m", "grader", "grade", self.folder / "class"]
        environment = {
            "PATH": os.defpath,
            "HOME": str(self.folder / "home"),
            "PYTHONPATH": str(self.installation.root),
            "PYTHONDONTWRITEBYTECODE": "1",
            "COURSE_DATABASE": f"postgresql://grader:{self.secret}@localhost/course",
        }
        done = subprocess.run(
            [*command, "--out", self.out, "--jobs", "2", "--seed", self.secret],
            cwd=self.folder / "work",
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # an attack on its process group or terminal must not reach ours
            timeout=TIMEOUT_S,
            check=False,
            **self.installation.identity,
        )
        self.exit_status = done.returncode
        self.console = (done.stdout + done.stderr).decode("utf-8", "backslashreplace")

    def _places(self) -> list[Path]:
        places = ["/tmp", "/var/tmp", "/dev/shm", *sys.path]
        places += [self.folder / name for name in ("home", "work", "out", f"class/{CLASSMATE}")]
        return [Path(place) for place in (*places, Path.home(), self.installation.root)]

    @cached_property
    def grades(self) -> dict[tuple[str, str], dict[str, str]]:
        """The rows of grades.csv by learner and exercise."""
        with (self.out / "grades.csv").open(encoding="utf-8", newline="") as file:
            return {(row["learner"], row["exercise"]): row for row in csv.DictReader(file)}

    def score(self, learner: str, exercise: str) -> float:
        return float(self.grades[learner, exercise]["score"])

    def report(self, learner: str, exercise: str) -> dict[str, Any]:
        path = self.out / "reports" / learner / f"{exercise}.json"
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def page(self, learner: str, exercise: str) -> str:
        return (self.out / "feedback" / learner / f"{exercise}.html").read_text(encoding="utf-8")

    def remove(self) -> None:
        """Remove the class and what came of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [
        f"{key}: was {before.get(key)}, is {after.get(key)}"
        for key in (before | after)
        if before.get(key) != after.get(key)
    ]

"""One class of attackers and innocents, graded once by the command that an instructor would type."""

import csv
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.attacks_class import canaries
from tests.attacks_class.corpus import Attack
from tests.attacks_class.ordinary_user import Installation

TIMEOUT_S = 1800.0  # a run takes minutes; this only ends one that hangs
GOLDEN = Path(__file__).parents[1] / "submissions"
CORPUS = Path(__file__).parents[1] / "fuzz/corpus/programs"  # what fuzzing has found
CLASSMATE = "zz-classmate"  # whose file attackers would like to have
CONTROLS = {  # what is found in a report if it is there: proof that the search for it works
    "control-leaks": 'def update(*arguments, **options):\n    raise ValueError("LEAK: control")\n',
    "control-leaks-while-loading": 'assert False, "LEAK: control"\n',
    "control-marks": 'def update(*arguments, **options):\n    print("INPUT-MARKER now 00000000:1")\n',
}


def solution(root: Path, exercise: str) -> Path:
    """Return the reference solution's file."""
    return next(root.glob(f"solutions/*_{exercise}/{exercise}.py"))


def classmates(count: int) -> Iterator[tuple[str, str, str]]:
    """Yield what so many others hand in, right, wrong and partial: learner, name of the file, text."""
    golden = [
        path for path in sorted(GOLDEN.glob("*/*")) if path.suffix in (".py", ".ipynb") and "endless" not in path.name
    ]
    for number, path in enumerate(islice(cycle(golden), count)):
        yield f"mate-{number:03d}", f"{path.parent.name}{path.suffix}", path.read_text(encoding="utf-8")


def make_folder(prefix: str) -> Path:
    """Return a new folder to grade in."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    for name in ("class", "out", "home", "work", "cache"):
        (folder / name).mkdir()
    return folder


def grade(
    folder: Path,
    installation: Installation,
    secret: str,
    through: Sequence[str | Path] = (),
    cache: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Grade `folder/class` into `folder/out`; return how it ended, with all that it printed in `stdout`.

    `through` is put in front of the command; `cache` holds compiled modules, and is `folder/cache` if not given.
    """
    command: list[str | Path] = [
        installation.python,
        "-m",
        "grader",
        "grade",
        folder / "class",
        "--out",
        folder / "out",
    ]
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder / "home"),
        "PYTHONPATH": str(installation.root),
        "PYTHONPYCACHEPREFIX": str(cache or folder / "cache"),  # where attackers look for compiled checks
        "COURSE_DATABASE": f"postgresql://grader:{secret}@localhost/course",
    }
    return subprocess.run(
        [*through, *command, "--jobs", "2", "--seed", secret],
        cwd=folder / "work",
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="backslashreplace",
        start_new_session=True,  # an attack on its process group or terminal must not reach ours
        timeout=TIMEOUT_S,
        check=False,
        **installation.identity,
    )


@dataclass(repr=False)
class ClassRun:
    """The class, the command's outcome, and what became of the canaries."""

    attacks: Sequence[Attack]
    installation: Installation
    classmates: int  # who are graded among the attackers, and for comparison without them
    secret: str = field(default_factory=lambda: f"course-secret-{secrets.token_hex(8)}")
    folder: Path = field(default_factory=lambda: make_folder("attacks-class-"))
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)  # to be harmed, for who needs one
    harm: dict[str, list[str]] = field(default_factory=dict)  # done to each attack's canaries
    left: list[str] = field(default_factory=list)  # what outlived the run
    exit_status: int | None = None
    console: str = ""

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self) -> "ClassRun":
        """Build the class, grade it, and look at the canaries before and after."""
        for attack in self.attacks:
            if "@CANARY_PID@" in attack.source:
                self.processes[attack.name] = canaries.start_process(self.installation.uid)
            canaries.make_folder(self._canary(attack))
            self._hand_in(attack)
        for name, text in CONTROLS.items():
            self._write(name, "update_rule.py", text)
        self._write(CLASSMATE, "update_rule.py", self._solution("update_rule"))
        for path in sorted(CORPUS.glob("*/*.py")):
            self._write(f"found-{path.stem}", f"{path.parent.name}.py", path.read_text(encoding="utf-8"))
        for mate in classmates(self.classmates):
            self._write(*mate)
        self.installation.give(self.folder)
        before = {attack.name: self._look(attack) for attack in self.attacks}
        with canaries.Orphans() as orphans:
            done = grade(self.folder, self.installation, self.secret)
            self.exit_status, self.console = done.returncode, done.stdout
            self.left += [f"process: {name}" for name in orphans.collect()]
        for attack in self.attacks:
            earlier, later = before[attack.name], self._look(attack)
            changed = [key for key in earlier | later if earlier.get(key) != later.get(key)]
            self.harm[attack.name] = [f"{key}: was {earlier.get(key)}, is {later.get(key)}" for key in changed]
        self.left += canaries.things_left(self._places())
        return self

    def classmates_reports(self) -> dict[str, dict[str, Any]]:
        """Return the reports on the classmates, without what differs from run to run."""
        found = {}
        for learner, name, _ in classmates(self.classmates):
            report = self.report(learner, Path(name).stem)
            checks = [check | {"duration_s": 0} for check in report["checks"]]
            printed = re.sub(r"0x[0-9a-f]+", "0x…", report["output"])  # where an object lies is another place each time
            found[learner] = report | {"duration_s": 0, "checks": checks, "output": printed}
        return found

    def without_attackers(self) -> "ClassRun":
        """Grade the classmates alone, with the same secret."""
        alone = ClassRun((), self.installation, self.classmates, self.secret)
        for mate in classmates(self.classmates):
            alone._write(*mate)
        self.installation.give(alone.folder)
        done = grade(alone.folder, self.installation, self.secret)
        alone.exit_status, alone.console = done.returncode, done.stdout
        return alone

    def _canary(self, attack: Attack) -> Path:
        return self.folder / "canaries" / attack.name

    def _look(self, attack: Attack) -> dict[str, object]:
        process = self.processes.get(attack.name)
        return canaries.look_at_folder(self._canary(attack)) | (canaries.look_at_process(process) if process else {})

    def _hand_in(self, attack: Attack) -> None:
        process = self.processes.get(attack.name)
        values = {
            "@CANARY@": self._canary(attack),
            "@CANARY_PID@": process.pid if process else "",
            "@GRADER_ROOT@": self.installation.root,
            "@CLASSMATE@": self.folder / "class" / CLASSMATE / "update_rule.py",
            "@OUT@": self.out,
        }
        for path, text in ((f"{attack.exercise}.py", attack.source), *attack.beside):
            for placeholder, value in values.items():
                text = text.replace(placeholder, str(value))
            self._write(attack.learner, path, text)
        self._write(attack.baseline_learner, f"{attack.exercise}.py", attack.baseline)
        self._write(attack.next_learner, f"{attack.exercise}.py", self._solution(attack.exercise))

    def _write(self, learner: str, name: str, text: str) -> None:
        path = self.folder / "class" / learner / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def _solution(self, exercise: str) -> str:
        return solution(self.installation.root, exercise).read_text(encoding="utf-8")

    def _places(self) -> list[Path]:
        places = [Path(place) for place in ("/tmp", "/var/tmp", "/dev/shm", *sys.path)]
        places += [self.folder / name for name in ("home", "work", "out", f"class/{CLASSMATE}")]
        return [*places, Path.home(), self.installation.root]

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

    def said(self, learner: str, exercise: str) -> str:
        """Return a page without the learner's own code: what they wrote down themselves is told by nobody."""
        return re.sub(r'<pre class="code">.*?</pre>', "", self.page(learner, exercise), flags=re.DOTALL)

    def remove(self) -> None:
        """Remove the class and what came of it."""
        for process in self.processes.values():
            process.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

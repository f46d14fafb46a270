"""`make bench`: how long a learner waits: for a cold `grader check 2`, and in `grader watch` from saving to the verdict.

The cold check is compared with the imports that it cannot do without, turn by turn within one run: a machine changes
its pace from minute to minute. `python -m tests.benchmarks.practice` measures these alone.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from grader.authoring.release import release
from grader.manifest.course import load_course

COURSE = load_course()
IMPORTS = [sys.executable, "-c", "import numpy, sympy, pytest"]
TURNS, SAVES = 9, 15
LAST_LINE = b"waiting for you to save"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        kit = Path(folder) / "kit"
        release(kit, COURSE)
        work = kit / "exercises/02_update_rule/update_rule.py"
        work.write_bytes(COURSE.find("02").solution.read_bytes())
        environment = os.environ | {"PYTHONPATH": str(kit)}
        check = [sys.executable, "-m", "grader", "check", "2"]
        for command in (IMPORTS, check):
            seconds(command, kit, environment)  # the disk is read, and Python's caches are written
        turns = [(seconds(IMPORTS, kit, environment), seconds(check, kit, environment)) for _ in range(TURNS)]
        imports, cold = (median(column) for column in zip(*turns, strict=True))
        saved = save_to_verdict(work, kit, environment)
    print(f"import numpy, sympy, pytest          {imports:.2f} s")
    print(f"a cold `grader check 2`              {cold:.2f} s")
    print(f"ratio                                {median(b / a for a, b in turns):.2f} times the imports")
    print(f"`grader watch`, save to verdict      {median(saved) * 1e3:.0f} ms (at most {max(saved) * 1e3:.0f})")
    print(f"ratio                                {median(saved) / imports:.2f} times the imports")


def seconds(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def save_to_verdict(work: Path, folder: Path, environment: dict[str, str]) -> list[float]:
    """Save right work again and again, and return how long each time passes until its verdict is printed."""
    source = work.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "grader", "watch", "2"]
    waits = []
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
    ) as watch:
        try:
            _until_told(watch)
            for number in range(SAVES):
                time.sleep(0.3 + 0.037 * number)  # at any moment of the watcher's round
                work.write_text(f"{source}\n# {number}\n", encoding="utf-8")
                began = time.perf_counter()
                _until_told(watch)
                waits.append(time.perf_counter() - began)
        finally:
            watch.terminate()
    return waits


def _until_told(watch: "subprocess.Popen[bytes]") -> None:
    assert watch.stdout is not None
    while line := watch.stdout.readline():
        if LAST_LINE in line:
            return
    raise RuntimeError("`grader watch` has ended by itself")


if __name__ == "__main__":
    main()

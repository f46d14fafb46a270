"""`make bench`: what a submission costs in a small class and in a large one, all in one run.

For each size a class hands in exercise 02, every third of them a wrong one. It is graded, and then the same command runs over
the finished class. Printed are the milliseconds for each submission, by the clock and in computing, what of that the main
process computes, and the most memory that it has. With `--long`, `python -m tests.benchmarks.growth` goes up to 100,000
submissions, for which it needs half an hour and more. Timings belong to the machine: compare within one run only.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.release import notebook
from grader.manifest.course import PACKAGE
from tests.benchmarks.measuring import Taken, timed

SLUG = "update_rule"
SIZES, LONG = (1_000, 5_000), (1_000, 10_000, 100_000)
GRADE = """
import resource, sys
from grader.cli.commands import app
try:
    app(sys.argv[1:])
finally:
    used = resource.getrusage(resource.RUSAGE_SELF)
    print("most", used.ru_maxrss, used.ru_utime + used.ru_stime)
"""


@dataclass(frozen=True)
class Run:
    """What one run of `grader grade` takes."""

    all: Taken  # with all processes
    main_cpu_s: float  # of the main process alone
    main_mib: float  # the most that it has


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="up to 100,000 submissions")
    parser.add_argument("--sizes", nargs="+", type=int, help="these sizes")
    options = parser.parse_args()
    sizes = tuple(options.sizes or (LONG if options.long else SIZES))
    first = 0.0
    print("submissions   graded: clock, ratio, computing, main's    memory    finished: clock, all, memory")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            hand_in(Path(folder) / "submissions", size)
            graded = grade(Path(folder))
            finished = grade(Path(folder))
        each, again = graded.all / size, finished.all / size
        first = first or each.wall_s
        print(
            f"{size:11,}   {each.wall_s * 1e3:6.2f} ms, {each.wall_s / first:5.2f}, {each.cpu_s * 1e3:6.2f} ms, "
            f"{graded.main_cpu_s / size * 1e3:5.2f} ms    {graded.main_mib:4.0f} MiB"
            f"    {again.wall_s * 1e3:6.2f} ms, {finished.all.wall_s:5.1f} s, {finished.main_mib:4.0f} MiB",
            flush=True,
        )


def hand_in(submissions: Path, size: int) -> None:
    """Have a class hand in notebooks of exercise 02, each of other bytes than the next."""
    right = (PACKAGE.parent / "solutions" / f"02_{SLUG}" / f"{SLUG}.py").read_text(encoding="utf-8")
    texts = [notebook(right, SLUG)] * 2 + [notebook(right.replace("parameter - ", "parameter + "), SLUG)]
    if texts[0] == texts[2]:
        raise RuntimeError("the wrong solution is the right one, so the run says nothing")
    for number in range(size):
        path = submissions / f"learner-{number:06d}" / f"02_{SLUG}" / f"02_{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(texts[number % 3] + " " * (number % 100), encoding="utf-8")


def grade(folder: Path, *options: str, only: Sequence[str] = (SLUG,), jobs: int = 2) -> Run:
    """Return what `grader grade` takes for the class in a folder's `submissions`."""
    command = ["grade", str(folder / "submissions"), "--out", str(folder / "out"), "--jobs", str(jobs), *options]
    command += [part for slug in only for part in ("--only", slug)]
    done: list[subprocess.CompletedProcess[str]] = []

    def run() -> None:
        done.append(
            subprocess.run([sys.executable, "-c", GRADE, *command], capture_output=True, text=True, check=False)
        )

    taken = timed(run)
    if done[0].returncode != 0:
        raise RuntimeError(f"the class was not graded: {done[0].stderr[-2000:]}")
    most, computed = done[0].stdout.split("most ")[-1].split()
    return Run(taken, float(computed), int(most) / 1024)


if __name__ == "__main__":
    main()

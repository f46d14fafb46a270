"""`make bench`: what a submission costs in a small class and in a large one, all in one run.

For each size a class hands in exercise 02, every third of them a wrong one. It is graded, and then the same command runs over
the finished class. Printed are the milliseconds for each submission and the most memory that the main process had. With `--long`,
`python -m tests.benchmarks.growth` goes up to 100,000 submissions, for which it needs half an hour and more. Timings belong to the machine: compare within one run only.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grader.authoring.release import notebook
from grader.manifest.course import PACKAGE

SLUG = "update_rule"
SIZES, LONG = (1_000, 5_000), (1_000, 10_000, 100_000)
GRADE = """
import resource, sys
from grader.cli.commands import app
try:
    app(sys.argv[1:])
finally:
    print("most", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help="up to 100,000 submissions")
    parser.add_argument("--sizes", nargs="+", type=int, help="these sizes")
    options = parser.parse_args()
    sizes = tuple(options.sizes or (LONG if options.long else SIZES))
    first = 0.0
    print("submissions   graded: each, ratio, memory    finished: each, all, memory")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            hand_in(Path(folder) / "submissions", size)
            graded_s, graded_mib = grade(Path(folder))
            finished_s, finished_mib = grade(Path(folder))
        first = first or graded_s / size
        print(
            f"{size:11,}   {graded_s / size * 1e3:6.2f} ms, {graded_s / size / first:5.2f}, {graded_mib:4.0f} MiB"
            f"    {finished_s / size * 1e3:6.2f} ms, {finished_s:5.1f} s, {finished_mib:4.0f} MiB",
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


def grade(folder: Path) -> tuple[float, float]:
    """Return the seconds that `grader grade` takes, and the most memory that its main process has, in MiB."""
    command = ["grade", str(folder / "submissions"), "--out", str(folder / "out"), "--only", SLUG, "--jobs", "2"]
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", GRADE, *command], capture_output=True, text=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f"the class was not graded: {done.stderr[-2000:]}")
    return taken, int(done.stdout.split("most ")[-1]) / 1024


if __name__ == "__main__":
    main()

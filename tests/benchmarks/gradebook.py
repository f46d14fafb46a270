"""`python -m tests.benchmarks.gradebook`: what the gradebook costs, as reports a second and as a share of a run.

Timings are noisy and belong to the machine: compare within one run only.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.authoring.release import notebook
from grader.checking.report import Report
from grader.collect.choosing import collect
from grader.manifest.course import PACKAGE, load_course
from grader.platforms.nbgrader.course import make_course
from grader.publish.gradebook import Gradebook
from grader.publish.gradebook.notebooks import Notebooks
from tests.gradebook_writer import a_class

LEARNERS, REPORTS = 400, 5000
SLUG = "update_rule"


def main() -> None:
    course = load_course()
    exercise = course.by_slug[SLUG]
    solution = (PACKAGE.parent / "solutions" / exercise.name / f"{SLUG}.py").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        out, work = Path(folder, "out"), Path(folder, "in")
        for number in range(LEARNERS):
            path = work / f"learner-{number:04d}" / f"{SLUG}.ipynb"
            path.parent.mkdir(parents=True)
            path.write_text(notebook(solution, SLUG), encoding="utf-8")
        command = [sys.executable, "-m", "grader", "grade", str(work), "--out", str(out), "--only", SLUG]
        run_s = timed(lambda: subprocess.run(command, check=True, capture_output=True))
        graded = [
            (one, Report.from_json((out / "reports" / one.folder / f"{SLUG}.json").read_text(encoding="utf-8")))
            for one in collect(work, course, only=SLUG).submissions
        ]
        new = Path(folder, "new.db")
        whole_s = timed(lambda: write(new, graded))
        again_s = timed(lambda: write(new, graded))
        many = a_class(1, REPORTS)
        book = Gradebook(Path(folder, "many.db"), course)
        book.write([])  # waits for nbgrader's tables
        many_s = timed(lambda: book.write(many))
        many_again_s = timed(lambda: book.write(many))
        book.close()
        make_course(out, course)
        notebooks = Notebooks(out, course)
        notebooks_s = timed(lambda: [notebooks.write(*one, whole=lambda submission: submission) for one in graded])
        notebooks.close()
    print(f"grader grade, {LEARNERS} notebooks        {run_s:.2f} s")
    print(
        f"a new gradebook for them        {whole_s:.2f} s, {whole_s / run_s:.0%} of the run; in the run its start is beside the grading"
    )
    print(f"the same gradebook again        {again_s:.2f} s, {again_s / run_s:.0%} of the run")
    print(
        f"notebooks for the formgrader    {notebooks_s / LEARNERS * 1e3:.1f} ms each, {notebooks_s / run_s:.0%} of the run"
    )
    print(f"SQLite, {REPORTS} reports            {REPORTS / many_s:.0f} reports a second")
    print(f"the same again, nothing new     {REPORTS / many_again_s:.0f} reports a second")


def write(path: Path, graded: list[object]) -> None:
    book = Gradebook(path, load_course())
    book.write(graded)  # type: ignore[arg-type]
    book.close()


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

"""`make bench`: the same class through stock `nbgrader autograde`, `otter run`, `check50 --local`, one pytest process for each
submission, and `grader grade`, in one run; and nbgrader with the kit's own checks.

Everybody hands in the solution of exercise 02. The other graders have its checks in plain Python (`translated`): as many tests,
each with the same calls. For each is printed what a submission of a class of a thousand takes, start-up and all, and how many
times that is what this grader takes: by the clock, and in seconds of computing, which other programs on the machine disturb
less. Then what each further submission takes, this grader's cost beside the bare cost (a fork, the lock, and the learner's own
work, without checks), and peak memory. Timings belong to the machine: compare within one run only.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import fmean

import nbformat

from grader.authoring.release import notebook
from grader.collect.notebooks import read_notebook
from grader.collect.submission import Cell, Other, Submission
from grader.grading.grade import Settings, open_session
from grader.grading.session import CheckSession
from grader.manifest.course import PACKAGE, load_course
from grader.platforms.nbgrader.course import make_course
from grader.sandbox import Sandbox, Session, lock_name
from tests.benchmarks import dear_answers, nbgrader_course, others
from tests.benchmarks.measuring import Taken, timed
from tests.nbgrader_class import ASSIGNMENT, hand_in, nbgrader, total

STOCK, ALONE, OURS, BARE = 40, 10, 1000, 100  # submissions for each
SLUG = nbgrader_course.ASSIGNMENT
OUR_NAME = "grader grade --jobs 2"


def main() -> None:
    solution = (PACKAGE.parent / "solutions" / f"02_{SLUG}" / f"{SLUG}.py").read_text(encoding="utf-8")
    text = notebook(solution, SLUG)
    rows: dict[str, tuple[Taken, Taken]] = {}  # by grader: a class of one, each further submission
    with tempfile.TemporaryDirectory() as folder:
        course, safe = Path(folder) / "course", Path(folder) / "safe"
        nbgrader_course.build(course, nbformat.reads(text, as_version=4), STOCK + 1)
        safe_course(safe)
        # A machine changes its pace within a minute, which the others' runs take: ours are measured before, between and after.
        ours_each = [grade_classes(Path(folder) / "before", text)]
        rows["nbgrader autograde"] = autograded(course, SLUG)
        ours_each.append(grade_classes(Path(folder) / "between", text))
        rows["nbgrader, kit's checks"] = autograded(safe, ASSIGNMENT)
        for other in others.installed():
            rows[other.name] = graded_alone(Path(folder) / other.name, other, solution)
        ours_each.append(grade_classes(Path(folder) / "after", text))
    first, further = (mean([one[column] for one in ours_each]) for column in (0, 1))
    print(f"cores                                {os.cpu_count()}")
    show(rows, (first, further))
    times = [row[0].wall_s for row in ours_each]
    print(
        f"a class of one                       {first.wall_s:.1f} s (of three: {', '.join(f'{one:.1f}' for one in times)})"
    )
    checked, bare, calls = bare_cost(text)
    print(f"one process: with all checks         {checked * 1e3:.1f} ms per submission")
    print(f"one process: bare cost               {bare * 1e3:.1f} ms (fork, lock, load, {calls} calls; no checks)")
    print(f"ratio                                {checked / bare:.1f} times the bare cost")
    dear_answers.main()


def show(rows: dict[str, tuple[Taken, Taken]], ours: tuple[Taken, Taken]) -> None:
    """Print a table: each grader's times, and how many times ours they are."""
    print(f"{'':24}  each of {OURS:,}: clock, computing        each further: clock, computing       memory")
    our_class = ours[1].of_class(ours[0], OURS)
    for name, (first, further) in {**rows, OUR_NAME: ours}.items():
        of_class = further.of_class(first, OURS)
        print(
            f"{name:24}  {compared(of_class, our_class)}   {compared(further, ours[1])}   {max(first.mib, further.mib):5.0f} MiB"
        )


def compared(one: Taken, ours: Taken) -> str:
    """Return what one submission takes, each with how many times ours that is."""
    pairs = ((one.wall_s, ours.wall_s), (one.cpu_s, ours.cpu_s))
    return "  ".join(f"{seconds * 1e3:8.1f} ms {seconds / our:5.1f}x" for seconds, our in pairs)


def mean(some: list[Taken]) -> Taken:
    """Return the mean of several, and the most memory."""
    return Taken(fmean(one.wall_s for one in some), fmean(one.cpu_s for one in some), max(one.mib for one in some))


def safe_course(folder: Path) -> None:
    """Make the kit's own nbgrader course, and hand in its solution for as many learners as in the stock one."""
    make_course(folder, load_course())
    nbgrader(folder, f"generate_assignment {ASSIGNMENT}")
    source = (folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    for number in range(STOCK + 1):
        hand_in(folder, f"learner-{number:03d}", source)


def autograded(course: Path, assignment: str) -> tuple[Taken, Taken]:
    """Return what nbgrader takes for a class of one, and for each further submission."""
    first = timed(lambda: nbgrader(course, f"autograde {assignment} --student learner-000"))
    rest = timed(lambda: nbgrader(course, f"autograde {assignment}"))  # of what is not autograded yet
    totals = {total(course, learner.name, assignment) for learner in (course / "submitted").iterdir()}
    if len(totals) != 1 or 0 in totals:
        raise RuntimeError("not every notebook has full marks, so the run says nothing")
    return first, rest.after(first, STOCK - 1)


def graded_alone(folder: Path, other: others.Other, solution: str) -> tuple[Taken, Taken]:
    """Return what a grader takes that grades one submission at a time, all that it starts counted each time."""
    folder.mkdir()
    other.prepare(folder, SLUG, solution)
    other.grade(folder)  # the disk is read, and Python's caches are written
    each = timed(lambda: [other.grade(folder) for _ in range(ALONE)]) / ALONE
    return each, each


def grade_classes(folder: Path, text: str) -> tuple[Taken, Taken]:
    """Return what `grader grade --jobs 2` takes for a class of one, and for each further submission."""
    first = grade_class(folder / "one", text, learners=1)
    return first, grade_class(folder / "many", text, learners=OURS).after(first, OURS - 1)


def grade_class(folder: Path, text: str, learners: int) -> Taken:
    """Return what `grader grade --jobs 2` takes for a class that hands in `text`."""
    for number in range(learners):
        path = folder / "submissions" / f"learner-{number:04d}" / f"02_{SLUG}" / f"02_{SLUG}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "grader", "grade", str(folder / "submissions"), "--out", str(folder / "out")]
    command += ["--only", SLUG, "--jobs", "2"]
    taken = timed(lambda: subprocess.run(command, check=True, capture_output=True))
    rows = (folder / "out/grades.csv").read_text(encoding="utf-8").splitlines()[1:]
    if [row for row in rows if not row.endswith(",10,10,graded")]:
        raise RuntimeError("not every submission has full marks, so the run says nothing")
    return taken


def bare_cost(text: str) -> tuple[float, float, int]:
    """Return seconds per submission with all checks and without any, one after the other in this process."""
    course = load_course()
    cells = read_notebook(text.encode(), f"{SLUG}.ipynb")
    submission = Submission("learner-001", "learner-001", SLUG, tuple(cells), sha256="0" * 64)
    requests: list[list[object]] = []

    class Recording(Sandbox):
        def open(self, name: str, cells: tuple[Cell, ...], others: tuple[Other, ...] = ()) -> Session:
            session = super().open(name, cells, others)
            ask = session.request
            session.request = lambda request: (requests.append(request), ask(request))[1]  # type: ignore[method-assign]
            return session

    recording = Recording(course.limits)
    exercise = course.find(SLUG)
    recorder = CheckSession(course, recording, lock_name(), (exercise,))
    recorder.check(submission, "0" * 16)
    recorder.close()
    recording.close()
    session, _ = open_session(course, Settings.of(course, lock_name(), (SLUG,)))
    sandbox = Sandbox(course.limits)
    sandbox.wait_until_ready()
    taken = {"checked": 0.0, "bare": 0.0}
    for number in range(-3, BARE):  # the first few warm both up; then they take turns, so that noise hits both alike
        began = time.perf_counter()
        session.check(submission, "0" * 16)
        between = time.perf_counter()
        worker = sandbox.open(SLUG, tuple(cells))
        worker.load()
        for request in requests:
            worker.request(request)
        worker.close()
        if number >= 0:
            taken["checked"] += between - began
            taken["bare"] += time.perf_counter() - between
    sandbox.close()
    return taken["checked"] / BARE, taken["bare"] / BARE, len(requests)


if __name__ == "__main__":
    main()

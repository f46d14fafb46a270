"""`make bench`: the same notebooks through `nbgrader autograde`, stock and with the kit's preprocessors, and through
`grader grade`, in one run.

Prints seconds per submission, the ratio, the bare cost (a fork, the lock, and the learner's own work, without checks),
and peak memory. Timings are noisy and belong to the machine: compare within one run only.
"""

import os
import subprocess
import sys
import tempfile
import threading
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
from tests.benchmarks import dear_answers, nbgrader_course
from tests.nbgrader_class import ASSIGNMENT, hand_in, nbgrader, total

STOCK, OURS, BARE = 40, 1000, 100  # submissions for each
SLUG = nbgrader_course.ASSIGNMENT


def main() -> None:
    solution = (PACKAGE.parent / "solutions" / f"02_{SLUG}" / f"{SLUG}.py").read_text(encoding="utf-8")
    text = notebook(solution, SLUG)
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        nbgrader_course.build(course, nbformat.reads(text, as_version=4), STOCK)
        safe = safe_course(Path(folder) / "safe")
        # A machine changes its pace within a minute, which nbgrader's run takes: ours are measured before, between and after.
        ours_each = [grade_classes(Path(folder) / "before", text)]
        stock_s, stock_mib = timed(lambda: nbgrader(course, f"autograde {SLUG}"))
        ours_each.append(grade_classes(Path(folder) / "between", text))
        safe_s, safe_mib = timed(lambda: nbgrader(safe, f"autograde {ASSIGNMENT}"))
        if {total(safe, learner.name) for learner in (safe / "submitted").iterdir()} != {10}:
            raise RuntimeError("not every notebook has full marks, so the run says nothing")
        ours_each.append(grade_classes(Path(folder) / "after", text))
    start_s, ours_s, ours_mib = (fmean(column) for column in zip(*ours_each, strict=True))
    stock, ours, later = stock_s / STOCK, ours_s / OURS, (ours_s - start_s) / (OURS - 1)
    checked, bare, calls = bare_cost(text)
    print(f"cores                                {os.cpu_count()}")
    print(f"stock nbgrader autograde             {stock:.3f} s per submission ({STOCK} notebooks, {stock_mib:.0f} MiB)")
    print(
        f"nbgrader autograde, kit's checks     {safe_s / STOCK:.3f} s per submission ({STOCK} notebooks, {safe_mib:.0f} MiB)"
    )
    print(f"ratio                                {stock_s / safe_s:.1f} times stock nbgrader's rate")
    print(f"grader grade --jobs 2, start-up too  {ours:.4f} s per submission ({OURS} notebooks, {ours_mib:.0f} MiB)")
    print(f"ratio                                {stock / ours:.0f} times nbgrader's rate")
    print(
        f"three times                          {', '.join(f'{stock * OURS / seconds:.0f}' for _, seconds, _ in ours_each)}"
    )
    print(f"a class of one                       {start_s:.1f} s, nearly all of it start-up")
    print(f"each further submission              {later:.4f} s, {stock / later:.0f} times nbgrader's rate")
    print(f"one process: with all checks         {checked * 1e3:.1f} ms per submission")
    print(f"one process: bare cost               {bare * 1e3:.1f} ms (fork, lock, load, {calls} calls; no checks)")
    print(f"ratio                                {checked / bare:.1f} times the bare cost")
    dear_answers.main()


def safe_course(folder: Path) -> Path:
    """Make the kit's own nbgrader course, and hand in its solution for as many learners as in the stock one."""
    make_course(folder, load_course())
    nbgrader(folder, f"generate_assignment {ASSIGNMENT}")
    source = (folder / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_bytes()
    for number in range(STOCK):
        hand_in(folder, f"learner-{number:03d}", source)
    return folder


def grade_classes(folder: Path, text: str) -> tuple[float, float, float]:
    """Return the seconds for a class of one, and the seconds and MiB for a class of many."""
    start_s, _ = grade_class(folder / "one", text, learners=1)
    return start_s, *grade_class(folder / "many", text, learners=OURS)


def grade_class(folder: Path, text: str, learners: int) -> tuple[float, float]:
    """Return the seconds and the MiB that `grader grade --jobs 2` takes for a class that hands in `text`."""
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


def timed(work: object) -> tuple[float, float]:
    """Return the wall-clock seconds that `work` takes, and the most memory its processes held together, in MiB."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(3.0):  # looking takes time from what is timed
            peak[0] = max(peak[0], _memory_of_descendants())

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    work()  # type: ignore[operator]
    taken = time.perf_counter() - began
    over.set()
    watcher.join()
    return taken, peak[0]


def _memory_of_descendants() -> float:
    # Proportional set size: a page shared by k processes counts 1/k in each, so the sum is what they hold together.
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while we looked
    total, mine = 0, {os.getpid()}
    for _ in range(6):  # generations
        mine |= {pid for pid, parent in parents.items() if parent in mine}
    for pid in mine - {os.getpid()}:
        try:
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return total / 1024


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

"""OUT after any sequence of runs: what is believed is what the same command would find now, and no run is a dead end."""

import contextlib
import itertools
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.report import CheckResult, make_report
from grader.collect.submission import Cell, Submission
from grader.grading.grade import Graded
from grader.manifest.course import load_course
from grader.publish.results import Results

COURSE = load_course()
VERSIONS = st.sampled_from(["first", "second", "broken"])  # of what a verdict depends on: with the last it is held


class KilledError(Exception):
    """The command is killed at this write."""


@dataclass(frozen=True)
class Run:
    """One run of `grade`, and what somebody did to OUT before it."""

    checks: str
    hand_in: str
    explained: bool
    killed_at: int | None  # which write
    tampered: str  # with the report: edited, removed; with the page: "page"


runs = st.builds(
    Run,
    checks=VERSIONS,
    hand_in=st.sampled_from(["one", "other"]),
    explained=st.booleans(),
    killed_at=st.none() | st.integers(0, 2),
    tampered=st.sampled_from(["", "", "edited", "removed", "page"]),
)


def verdict(run):
    """Return what grading gives: it depends on the checks, the hand-in, and whether it could be explained."""
    outcome = "grader_error" if run.checks == "broken" else "passed"
    check = CheckResult("test_it", f"{run.checks}, {run.hand_in}", 5.0, 10.0, outcome, hidden=False)
    report = make_report(SUBMISSION, (check,), "0" * 16, "none", "")
    return Graded(SUBMISSION, report if run.explained else replace(report, left_out=("diagnosis",)))


def tamper(out, how):
    report, page = out / "reports/learner-001/update_rule.json", out / "feedback/learner-001/update_rule.html"
    if how == "edited" and report.is_file():
        report.write_text(report.read_text(encoding="utf-8").replace('"score": 5.0', '"score": 10.0'), encoding="utf-8")
    elif how == "removed":
        report.unlink(missing_ok=True)
    elif how == "page":
        page.unlink(missing_ok=True)


SUBMISSION = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", "pass"),), sha256="0" * 64)


@contextlib.contextmanager
def opened(out, run):
    """Open OUT for a run; what a verdict depends on is what the run says."""
    with contextlib.closing(Results(out, COURSE)) as results:
        results._journal.circumstances = lambda *_: {"checks": run.checks, "hand-in": run.hand_in}
        results._folder.write = dying_at(run.killed_at, results._folder.write)
        yield results


def dying_at(killed_at, write):
    count = itertools.count()

    def write_or_die(*arguments, **options):
        if next(count) == killed_at:
            raise KilledError
        write(*arguments, **options)

    return write_or_die


@given(st.lists(runs, min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_a_report_that_is_believed_is_the_one_that_grading_would_give_now(sequence):
    whole = Run("first", "one", explained=True, killed_at=None, tampered="")
    with tempfile.TemporaryDirectory() as folder:
        for run in [*sequence, whole, whole]:
            tamper(Path(folder), run.tampered)
            with opened(Path(folder), run) as out:
                believed = out.earlier(SUBMISSION) if out.is_finished(SUBMISSION, "secret", "none") else None
                if believed is not None:
                    assert believed == verdict(replace(run, explained=True)).report
                    assert run.checks != "broken"
                    continue
                with contextlib.suppress(KilledError):
                    out.add(verdict(run), "secret", "none")
        # Whatever came before: with nothing broken the same command ends in this verdict, and the next one believes it.
        assert believed == verdict(whole).report

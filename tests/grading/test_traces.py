"""What a hand-in leaves behind in the journal: it goes with the report, wherever that goes, and with it alone."""

import json

import pytest

from grader.collect.submission import Cell, Submission
from grader.grading.journal import Finished, Journal, finished
from grader.grading.traces import NO_TRACES, Traces
from grader.manifest.course import load_course

COURSE = load_course()
SLUG = "update_rule"
LEFT = Traces("0123456789ab", {"test_update": "fedcba987654"})


@pytest.fixture
def journal(tmp_path):
    with (tmp_path / "journal").open("a+", encoding="utf-8") as file:
        yield Journal(file, COURSE)


def finish(journal, learner="learner-001", report="a report", traces=LEFT):
    submission = Submission(learner, learner, SLUG, (Cell(f"{SLUG}.py", "x = 1"),), sha256="0" * 64)
    journal.finish(submission, journal.circumstances(submission, "secret", "lock"), report, traces)
    return submission


def read_again(tmp_path):
    return finished((tmp_path / "journal").read_text(encoding="utf-8").splitlines(keepends=True))


def test_they_are_there_when_the_journal_is_read_again(journal, tmp_path):
    finish(journal)
    for known in (journal.finished, read_again(tmp_path)):
        assert known.traces(("learner-001", SLUG)) == LEFT
        assert list(known.codes()) == [(("learner-001", SLUG), LEFT.code, "learner-001")]


def test_a_new_verdict_has_traces_of_its_own_and_they_change_no_circumstance(journal, tmp_path):
    submission = finish(journal)
    circumstances = journal.circumstances(submission, "secret", "lock")
    finish(journal, traces=NO_TRACES)
    assert read_again(tmp_path).traces(("learner-001", SLUG)) == NO_TRACES
    assert journal.changed(submission, circumstances) == ()


def test_they_go_with_a_learners_new_name_and_end_with_the_report(journal, tmp_path):
    finish(journal)
    journal.rename("learner-001", "learner-002", SLUG, "a report", "a renamed report")
    known = read_again(tmp_path)
    assert known.traces(("learner-002", SLUG)) == LEFT
    assert list(known.codes()) == [(("learner-002", SLUG), LEFT.code, "learner-001")]
    journal.forget("learner-002", SLUG)
    assert list(read_again(tmp_path).codes()) == []


@pytest.mark.parametrize("left", [None, [], "x", {"code": 1}, {"behaviours": 7}, {"more": "of a later version"}])
def test_an_odd_line_harms_no_other(left):
    known = Finished()
    known.read(json.dumps(["learner-001", SLUG, {}, "0" * 16, left]))
    known.read(json.dumps(["learner-002", SLUG, {}, "0" * 16]))
    assert known.report(("learner-002", SLUG)) == "0" * 16
    assert all(isinstance(code, str) for _, code, _ in known.codes())

"""Reports as JSON: what was written is read again, and what is none is refused, whatever stands in its place."""

import json
from dataclasses import replace

import pytest

from grader.checking.report import CheckResult, Report, make_report
from grader.collect.submission import Submission

CHECK = CheckResult("test_update_moves", "It moves.", 0.0, 10.0, "failed", hidden=False, message="no")
REPORT = make_report(Submission("learner-001", "learner-001", "update_rule"), (CHECK,), "0" * 16, "none", "printed")


@pytest.mark.parametrize(
    "report", [REPORT, replace(REPORT, score=None, status="held"), replace(REPORT, notes=("a", "b"))]
)
def test_what_was_written_is_read_again(report):
    assert Report.from_json(report.to_json()) == report


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("score", "10"), ("score", True), ("score", 10**400), ("score", float("nan")), ("duration_s", float("inf")),
        ("learner", None), ("notes", [1]), ("notes", 1), ("checks", None), ("checks", [[]]), ("checks", [None]),
        ("schema_version", 2), ("schema_version", "1"), ("odd", 1), ("submission_sha256", 5),
    ],
)  # fmt: skip
def test_an_entry_of_another_kind_makes_it_no_report(entry, value):
    with pytest.raises(ValueError, match=r"not a report|schema version"):
        Report.from_json(json.dumps({**json.loads(REPORT.to_json()), entry: value}))


@pytest.mark.parametrize(
    ("entry", "value"),
    [("points", "1"), ("hint", True), ("max_points", None), ("hidden", 1), ("diagnosis", float("inf"))],
)
def test_an_entry_of_another_kind_in_a_check_makes_it_no_report(entry, value):
    data = json.loads(REPORT.to_json())
    data["checks"][0][entry] = value
    with pytest.raises(ValueError, match=f"not a report: {entry} is"):
        Report.from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "null", "[]", "1", "[" * 100_000, '{"checks": []}', "9" * 5_000])
def test_what_is_no_report_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011  # of JSON's many words
        Report.from_json(text)

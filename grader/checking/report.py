"""Stage 4: the report on one submission, and its JSON form (`report.schema.json`)."""

import json
import math
from dataclasses import dataclass
from typing import Any

from grader import __version__
from grader.collect.submission import Submission
from grader.manifest.typed import typed

SCHEMA_VERSION = 1
FAULT = "A fault of the grader, not yours: the score is held back until it is mended."


@dataclass(frozen=True)
class CheckResult:
    """What one check found."""

    name: str  # of the test function
    title: str  # the docstring's first line: what is claimed
    points: float
    max_points: float
    outcome: str  # passed, failed, error, timeout, killed, skipped, grader_error
    hidden: bool
    message: str = ""
    hint: str = ""  # one line a rung, each more telling than the one before
    diagnosis: str = ""
    duration_s: float = 0.0  # not told of a hidden check


@dataclass(frozen=True)
class Report:
    """The verdict on one submission. `score` is None where it is held back by a fault of ours."""

    learner: str
    exercise: str
    score: float | None
    max_score: float
    status: str  # graded or held
    seed: str  # the learner's own, derived; never the course's secret
    sandbox: str  # the lock it ran under
    submission_sha256: str
    duration_s: float  # of all checks; what hidden ones took, in whole seconds
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...] = ()
    output: str = ""  # what the module printed while loading and in public checks
    grader_version: str = __version__
    schema_version: int = SCHEMA_VERSION
    left_out: tuple[str, ...] = ()  # what could not be made to explain the verdict; in the JSON where there is any

    def to_json(self) -> str:
        """Return the report as a JSON text, one line for each field and each check."""
        # json's own indentation is made in Python, and takes longer than the submission's arithmetic.
        write = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode
        told = {name: value for name, value in vars(self).items() if name != "checks" and (value or name != "left_out")}
        fields = [f'"{name}": {write(value)}' for name, value in told.items()]
        checks = ",\n  ".join(write(vars(check)) for check in self.checks)
        fields.append(f'"checks": [\n  {checks}\n ]')
        return "{\n " + ",\n ".join(fields) + "\n}\n"

    @classmethod
    def from_json(cls, text: str) -> "Report":
        """Read a report that `to_json` wrote.

        Raises
        ------
        ValueError
            If it is none, or was written by another version.
        """
        try:
            data: dict[str, Any] = json.loads(text)
            checks = tuple(typed(CheckResult, check) for check in data.pop("checks"))
            lists = {"checks": checks, "notes": tuple(data["notes"]), "left_out": tuple(data.get("left_out", ()))}
            report = typed(cls, {**data, **lists})
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"not a report: {error}") from None
        if report.schema_version != SCHEMA_VERSION:
            raise ValueError(f"schema version {report.schema_version}; expected {SCHEMA_VERSION}")
        return report


def as_written(text: str) -> Report:
    """Read a report of which the journal's fingerprint says that this very text is what was written: nothing in it is doubted.

    To look at the type of each value takes four fifths of the time of `Report.from_json`.

    Raises
    ------
    ValueError
        If another version wrote it.
    """
    try:
        data: dict[str, Any] = json.loads(text)
        checks = tuple(CheckResult(**check) for check in data.pop("checks"))
        lists = {"notes": tuple(data["notes"]), "left_out": tuple(data.get("left_out", ()))}
        return Report(**{**data, **lists, "checks": checks})
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a report of this version: {error}") from None


def lacks_something(text: str) -> bool:
    """Tell of a text of `Report.to_json` whether something was left out of what explains the verdict, or of its page."""
    return '\n "left_out": ' in text  # a field is a line, and no string of JSON holds the end of one


def unfit(report: Report) -> str:
    """Return what is wrong with a report's numbers, or nothing: JSON and databases keep a NaN without a word."""
    for check in report.checks:
        if not (0 <= check.points <= check.max_points < math.inf):
            return f"{check.name} has {check.points} of {check.max_points} points; expected a number from 0 to that"
    if report.score is not None and not (0 <= report.score <= report.max_score < math.inf):
        return f"its score is {report.score} of {report.max_score}; expected a number from 0 to that"
    return ""


def make_report(
    submission: Submission,
    checks: tuple[CheckResult, ...],
    seed: str,
    sandbox: str,
    output: str,
    left_out: tuple[str, ...] = (),
) -> Report:
    """Add up the checks; one fault of ours holds the score back. What was left out of the module is told first."""
    held = any(check.outcome == "grader_error" for check in checks)
    return Report(
        learner=submission.learner,
        exercise=submission.exercise,
        score=None if held else round(sum(check.points for check in checks), 6),
        max_score=sum(check.max_points for check in checks),
        status="held" if held else "graded",
        seed=seed,
        sandbox=sandbox,
        submission_sha256=submission.sha256,
        duration_s=round(sum(check.duration_s for check in checks), 3),
        checks=checks,
        notes=(*left_out, *submission.notes),
        output=output,
    )

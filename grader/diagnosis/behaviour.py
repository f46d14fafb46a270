"""Stage 4: by what two failures that nothing explains are known to be of the same kind: what the function answers.

The inputs of a hidden check are another learner's others, and so are the answers to them. But a function that failed is asked
further questions, which are the same for everybody (`grader.diagnosis.questions`): what it answers to those can be compared.
"""

import hashlib
from collections.abc import Mapping, Sequence

from grader.checking.expect import as_numbers
from grader.checking.proxy import Call
from grader.checking.report import CheckResult
from grader.diagnosis.dynamics import WRONG
from grader.diagnosis.questions import Answer
from grader.diagnosis.words import reason_and_lesson
from grader.wire.show import show

DIGITS = 6  # of a number that count: what is computed in another order may differ in the last of sixteen
MOST_NUMBERS = 200  # of an answer that are compared


def behaviours(
    checks: Sequence[CheckResult], calls: Mapping[str, Sequence[Call]], answers: Mapping[str, Sequence[Answer]]
) -> dict[str, str]:
    """Return the behaviour of each check that failed without a diagnosis, as a fingerprint.

    Parameters
    ----------
    checks
        The verdict, with its diagnoses.
    calls
        What each check that did not pass had called.
    answers
        What the functions that failed answered to further questions.

    Returns
    -------
    dict of str to str
        By check; none of a function that was not asked, or answered all right: there its message says more.
    """
    found = {}
    for check in checks:
        reason, _ = reason_and_lesson(check.diagnosis)  # what was tried alone explains nothing
        if check.outcome in WRONG and not reason and calls.get(check.name):
            function = calls[check.name][0].target.origin
            # What a check itself had asked may be drawn for this learner.
            given = [answer for answer in answers.get(function, ()) if answer.question.made is None]
            if any(answer.kind != "right" for answer in given):
                told = repr([function, *[[_told(call) for call in answer.calls] for answer in given]])
                found[check.name] = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return found


def _told(call: Call) -> object:
    """Return what a call came to, up to rounding."""
    if call.raised or not call.answered:
        return call.raised
    numbers = as_numbers(call.result)
    if numbers is None:
        return show(call.result)
    return numbers.shape, [f"{number:.{DIGITS}g}" for number in (numbers.ravel()[:MOST_NUMBERS] + 0.0).tolist()]

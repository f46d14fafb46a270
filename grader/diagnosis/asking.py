"""One more question: a fresh worker of a submission, which has run no check, is called a few times more.

After the verdict, and never part of it. The questions are fixed (`grader.diagnosis.questions`), and which functions are
asked is told by the outcomes of checks, of public ones first: so what hidden checks saw chooses nothing that is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from grader.checking.comfort import Comfort
from grader.checking.outcomes import CheckEnded, NoAnswer
from grader.checking.proxy import Answering, Call, Each, Opaque, RemoteFunction, SubmissionProxy
from grader.checking.report import CheckResult
from grader.collect.submission import Submission
from grader.diagnosis.dynamics import WRONG
from grader.diagnosis.questions import Answer, Question, questions_of
from grader.manifest.contract import contract

MOST_CALLS = 10  # of one submission
LIMIT_S = 2.0  # for loading it, and for all these calls together
UNWRITTEN = "NotImplementedError"  # what a stub raises
DEAR = ("timeout", "killed")  # a function that ended so is not asked to do it again

# By function: what a public check had asked when it failed, if that can be asked again; None where only hidden ones failed.
Failed = dict[str, Sequence[Question] | None]


class Renewable(Answering, Protocol):
    """A session that can be had again, fresh."""

    def again(self, limit_s: float) -> "Renewable": ...

    def close(self) -> None: ...


def asked(
    submission: Submission,
    session: Renewable,
    checks: Sequence[CheckResult],
    calls: Mapping[str, Sequence[Call]],
    uses: Callable[[str], set[str]],
    comfort: Comfort,
) -> dict[str, list[Answer]]:
    """Return what the functions that failed answer to further questions, by function; nothing where none failed.

    Parameters
    ----------
    session
        In which the checks ran: the module is loaded again as it was there.
    calls
        What each check that did not pass had called.
    uses
        Gives the functions of the contract that one of them calls: where one of those is wrong, it alone is asked.
    """
    functions, answers = to_ask(checks, calls, uses), dict[str, list[Answer]]()
    if functions:
        comfort.make("questions", lambda: ask(submission, session, functions, answers), None)
    return answers


def to_ask(
    checks: Sequence[CheckResult], calls: Mapping[str, Sequence[Call]], uses: Callable[[str], set[str]]
) -> Failed:
    """Return the functions that failed and can be asked, those of public checks first."""
    functions: Failed = {}
    lost = [check for check in checks if calls.get(check.name) and check.outcome in WRONG]
    tried = {check.name: calls[check.name][0].target.origin for check in lost}
    dear = {tried[check.name] for check in lost if check.outcome in DEAR}
    for check in sorted(lost, key=lambda check: check.hidden):
        last, function = calls[check.name][-1], tried[check.name]
        written = last.answered or (last.raised and not last.raised.startswith(UNWRITTEN))
        if written and function not in dear and not uses(function) & set(tried.values()):
            functions.setdefault(function, None if check.hidden else _once_more(last))
    return functions


def _once_more(call: Call) -> list[Question]:
    """Return the question that a call of a check was, if it can be asked again: alone, it should be answered as it was then."""
    values = [*call.arguments, *call.options.values()]
    if call.target.target != call.target.origin or any(isinstance(value, RemoteFunction | Each) for value in values):
        return []
    if call.result is None or isinstance(call.result, RemoteFunction | Opaque):
        return []
    return [Question({}, "in the check", call.result, made=call)]


def ask(submission: Submission, session: Renewable, functions: Failed, answers: dict[str, list[Answer]]) -> None:
    """Ask the functions of a submission in a fresh worker; put what they answer into `answers`, by function.

    Where it cannot be loaded again, or a call gets no answer in time, no more is asked: that is its own doing.

    Parameters
    ----------
    session
        In which the checks ran: the module is loaded again as it was there.
    functions
        Those to be asked, from `to_ask`.
    """
    fresh = session.again(LIMIT_S)
    try:
        proxy = SubmissionProxy(submission, fresh)
        for function, share in _shares(submission.exercise, functions).items():
            for question in share:
                proxy.begin_check(hidden=False)
                answer = _asked(proxy, submission.exercise, function, question)
                answers.setdefault(function, []).append(answer)
    except CheckEnded:
        pass
    finally:
        fresh.close()


def _shares(slug: str, functions: Failed) -> dict[str, list[Question]]:
    """Return what is asked of each function: no more than MOST_CALLS together, and of those that failed in public first.

    Before all others comes what a public check had asked, and the simplest question comes first and last: a function that
    remembers shows it so, and nothing else is then made of its answers.
    """
    shares: dict[str, list[Question]] = {}
    left = MOST_CALLS
    for public in (True, False):
        asked = {one: questions_of(slug, one) for one, seen in functions.items() if (seen is not None) == public}
        asked = {one: questions for one, questions in asked.items() if len(questions) > 1}
        for place, (function, (first, *others)) in enumerate(asked.items()):
            seen, least = list(functions[function] or ()), 3 * _cost(first)
            room = max(left // (len(asked) - place), min(left, least + len(seen)))
            seen = seen if room >= least + len(seen) else []
            room -= 2 * _cost(first) + len(seen)
            share = [first]
            for question in others:
                if room >= _cost(question):
                    share.append(question)
                    room -= _cost(question)
            if len(share) > 1:
                shares[function] = [*seen, *share, first]
                left -= sum(map(_cost, shares[function]))
    return shares


def _cost(question: Question) -> int:
    return 2 if question.then else 1


def _asked(proxy: SubmissionProxy, slug: str, function: str, question: Question) -> Answer:
    names = contract(slug)[function].parameters
    first = next((at for at, name in enumerate(names) if name not in question.given), len(names))
    arguments = tuple(question.given[name] for name in names[:first])
    options = {name: value for name, value in question.given.items() if name not in names[:first]}
    if question.made is not None:  # just as it was made: a function may tell keywords from places
        arguments, options = question.made.arguments, question.made.options
    try:
        result = getattr(proxy, function)(*arguments, **options)
        if question.then and isinstance(result, RemoteFunction):
            result(*question.then)
    except NoAnswer:
        raise
    except CheckEnded:
        pass  # the call says how
    return Answer(question, tuple(proxy.calls))

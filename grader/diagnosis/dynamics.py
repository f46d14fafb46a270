"""What is said of a function that failed checks: what explains all that was seen of it, in numbers and in paths.

`grader/checking/kept.py` says how numbers were kept, `grader/diagnosis/steps.py` what one path shows. Here they are put together: a reason
that other checks of the same function contradict is none. This room holds no solution and no misconception: it goes to
learners, and serves `grader check` and the page as well as the class.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.checking.expect import as_numbers
from grader.checking.kept import DEGREES, INTEGERS, REVERSED, TRANSPOSED, Array, of_integers
from grader.checking.kept import kept as kept_as
from grader.checking.outcomes import Finding
from grader.checking.proxy import Call
from grader.checking.report import CheckResult
from grader.diagnosis.motion import motion_of
from grader.diagnosis.questions import Answer, different, meaning, tried
from grader.diagnosis.questions import remembers as keeps
from grader.diagnosis.steps import REMEMBERS, STUCK, STUCK_OR_ROUNDED, VAGUE, explain, remembers
from grader.diagnosis.words import CONSEQUENCE
from grader.wire.expression import Expression

WRONG = ("failed", "error", "timeout", "killed")  # outcomes of which another function's may be a consequence
DIAGNOSED = ("failed", "error")  # outcomes that a recorded call may explain


def describe(
    slug: str,
    checks: Sequence[CheckResult],
    calls: dict[str, list[Call]],
    kept: Mapping[str, Finding],
    answers: Mapping[str, Sequence[Answer]],
) -> tuple[CheckResult, ...]:
    """Return the checks with a diagnosis where the numbers, or the recorded paths, speak for themselves.

    Of a function that returned something else than numbers in any of these checks, nothing is said about paths.

    Parameters
    ----------
    slug
        The exercise.
    calls
        What each check that did not pass had called, in order.
    kept
        What is known already, of how the numbers were kept that a check saw: it is more certain than any path.
    answers
        What the functions that failed have answered to further questions.
    """
    kept = {name: finding for name, finding in kept.items() if _holds(finding, answers, calls[name])}
    own = {name for name, made in calls.items() if not any(map(_given_back, made))}
    kept = {name: finding for name, finding in kept.items() if name in own or finding != INTEGERS}
    heard: dict[str, dict[str, list[set[Finding]]]] = {}  # by function and check: what explains each call
    strange: set[str] = set()  # functions that returned something else than numbers
    earlier: dict[str, list[Array]] = {}  # by function, the paths that it has returned before
    for check in checks:
        for call in calls.get(check.name, ()):
            before = earlier.setdefault(call.target.origin, [])
            findings = explain(slug, call) if check.outcome in DIAGNOSED else set()
            if findings and remembers(slug, call, before):
                findings = {REMEMBERS}
            path = as_numbers(call.result) if isinstance(call.target.target, str) else None
            if path is not None and path.ndim:
                before.append(path)
            if check.outcome not in DIAGNOSED:
                continue
            if findings is None:
                strange.add(call.target.origin)
            if check.name in kept:
                unmoved = {one for one in findings or () if one in STUCK.values()}
                findings = {kept[check.name]} | unmoved | ({STUCK_OR_ROUNDED} if unmoved else set())
            if findings:
                heard.setdefault(call.target.origin, {}).setdefault(check.name, []).append(findings)
    said: dict[str, Finding] = {}
    hidden = {check.name for check in checks if check.hidden}
    for function, by_check in heard.items():
        if function not in strange:
            said.update(_agreed(by_check, kept, hidden, _anew(slug, answers.get(function, ()))))
    for function, given in answers.items():
        lost = [one.name for one in checks if one.outcome in DIAGNOSED and _function(calls.get(one.name)) == function]
        told = {name: said.get(name) for name in lost if not any(call.changed for call in calls[name])}
        raised = {check.name for check in checks if check.outcome == "error"}
        said.update(_answered(given, told, hidden, raised))
    return tuple(_told(check, said.get(check.name)) for check in checks)


@dataclass(frozen=True)
class _Anew:
    """What the answers to further questions say of the laws: what explains each wrong one, and whether a step was right."""

    spoken: tuple[set[Finding], ...] = ()
    right: bool = False

    def bears_out(self, finding: Finding) -> bool:
        """Tell whether a finding that stands for several particular ones is one in each answer."""
        return not finding.general or all(finding in one for one in self.spoken)


def _anew(slug: str, answers: Sequence[Answer]) -> _Anew:
    spoken, right = [], False
    for answer in different(answers):
        call = answer.calls[0]
        motion = motion_of(slug, call.target.origin, call.arguments, call.options)
        if motion is None:
            continue
        if answer.kind == "right":
            right = right or bool(np.diff(motion.walk(motion.epochs), axis=0).any())
        elif answer.kind == "wrong":
            findings = explain(slug, call)
            if findings or not motion.with_state:  # of a motion with a state most is not known
                spoken.append(findings or set())
    return _Anew(tuple(spoken), right)


def _holds(finding: Finding, answers: Mapping[str, Sequence[Answer]], calls: Sequence[Call]) -> bool:
    """Tell whether wrong answers bear out how numbers were put together: one alone may look so by chance."""
    wrong = [one for one in different(answers.get(_function(calls), ())) if one.kind == "wrong"]
    if finding not in (INTEGERS, REVERSED, TRANSPOSED, DEGREES) or not wrong:
        return True
    return any(finding == _kept(one.value, one.question.right) for one in wrong)


def _kept(value: Any, right: Any) -> Finding | None:
    pairs = [(value, right)]
    if isinstance(right, tuple) and isinstance(value, list | tuple):
        pairs = list(zip(value, right, strict=False))
    for one, other in pairs:
        got, expected = as_numbers(one), as_numbers(other)
        if got is not None and expected is not None and got.shape == expected.shape and not np.allclose(got, expected):
            return kept_as(one, got, expected)
    return None


def _function(calls: Sequence[Call] | None) -> str:
    return calls[0].target.origin if calls else ""


def _answered(
    answers: Sequence[Answer], said: Mapping[str, Finding | None], hidden: Container[str], raised: Container[str]
) -> Iterator[tuple[str, Finding]]:
    """Yield what is said of the checks that one function failed, now that it has answered further questions.

    What was shown by a question may be told where a public check failed, for it was chosen by that alone.
    """
    forgets_not, answers = keeps(answers), different(answers)
    if forgets_not is not None and REMEMBERS not in said.values():
        yield from ((name, forgets_not) for name in said)
        return
    found, proof = meaning(answers), tried(answers)
    sound = all(answer.kind == "right" for answer in answers)
    told_hidden = any(said[name] is not None for name in said if name in hidden)
    for name, finding in said.items():
        if finding is None:
            # Where all is right anew, it is a case that only hidden checks have: of a public one the message shows it, and
            # one that ends in an exception may call the function in another way.
            rare = name in hidden and name not in raised and not any(said.values())
            if found is not None and (rare or not sound) and not (name in hidden and told_hidden):
                yield name, found
        elif finding in VAGUE and found is not None and found.text:
            yield name, replace(found, detail=f"{finding.detail} {found.detail}".strip())
        else:
            yield name, replace(finding, detail=f"{finding.detail} {proof}".strip())


def depending(
    checks: Sequence[CheckResult], calls: Mapping[str, list[Call]], uses: Callable[[str], set[str]]
) -> tuple[CheckResult, ...]:
    """Return the checks with another reason where a function calls one that is wrong: it may be the consequence.

    Of several, those are named that call no wrong ones themselves. An answer that is of no use whatever was called, such as
    None, keeps what is said of it.

    Parameters
    ----------
    calls
        What each check that did not pass had called.
    uses
        Gives the functions of the contract that one of them calls, as far as its text says.
    """
    own = {check.name: calls[check.name][0].target.origin for check in checks if calls.get(check.name)}
    wrong = {own[check.name] for check in checks if check.outcome in WRONG and check.name in own}
    told = []
    for check in checks:
        function = own.get(check.name, "")
        causes = uses(function) & wrong if check.outcome in WRONG and function else set()
        if causes and (check.diagnosis or _may_follow(calls[check.name][-1])):
            roots = sorted({one for one in causes if not uses(one) & causes} or causes)
            named = " and ".join(f"`{name}`" for name in roots)
            verb = "is" if len(roots) == 1 else "are"
            said = f"`{function}` calls {named}, which {verb} not right yet. {CONSEQUENCE}"
            check = replace(check, diagnosis=said)
        told.append(check)
    return tuple(told)


def _may_follow(call: Call) -> bool:
    """Tell whether what a call gave may come from what it called: other numbers or formulas, an exception, no answer in time."""
    return not call.answered or isinstance(call.result, Expression) or as_numbers(call.result) is not None


def _given_back(call: Call) -> bool:
    """Tell whether a call returned one of its arguments: then it is made of what the argument is made of."""
    result = as_numbers(call.result)
    given = [as_numbers(one) for one in (*call.arguments, *call.options.values()) if of_integers(one)]
    return result is not None and any(one is not None and np.array_equal(one, result) for one in given)


def _agreed(
    by_check: Mapping[str, list[set[Finding]]], kept: Mapping[str, Finding], hidden: Container[str], anew: _Anew
) -> Iterator[tuple[str, Finding]]:
    """Yield what is said of the checks of one function: one reason for all of them, or what each one alone shows."""
    everywhere = set.intersection(*(findings for spoken in by_check.values() for findings in spoken), *anew.spoken)
    everywhere = {one for one in everywhere if not (one.always and anew.right)}
    alone = sum(map(len, by_check.values())) + len(anew.spoken) == 1
    certain = any(name in kept for name in by_check)  # then facts about a path alone would mislead
    of_hidden: Finding | None = None
    for name, spoken in by_check.items():
        common = [one for one in spoken[0] if one in everywhere]
        if not common and not certain:
            common = [one for one in spoken[0] if one.fact and one in set.intersection(*spoken)]
            common = [one for one in common if not (one.always and anew.right) and anew.bears_out(one)]
            common = [one for one in common if one.general] or common  # of two reasons, others contradict the one
        found = _choose([one for one in common if not (one.weak and alone)]) or kept.get(name)
        if name in hidden:  # one finding for all of them: a learner's code could choose which
            of_hidden = of_hidden or found
            found = found if found == of_hidden else None
        if found is not None:
            yield name, found


def _told(check: CheckResult, finding: Finding | None) -> CheckResult:
    if finding is None:
        return check
    return replace(check, diagnosis=finding.text if check.hidden else str(finding))


def _choose(findings: Sequence[Finding]) -> Finding | None:
    """Return the one finding that explains, or what several have in common."""
    particular = [finding for finding in findings if not finding.general]
    general = [finding for finding in findings if finding.general]
    if len(particular) == 1:
        return particular[0]
    return general[0] if general else None

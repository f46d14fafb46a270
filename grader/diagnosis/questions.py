"""What is asked of a function that failed a check, and what its answers mean: simple inputs, and what should come back.

A course gives them in its table `QUESTIONS`, by exercise and function: the first is the simplest case, and each other one
differs from it in one thing, so that two answers beside each other show what a function heeds. The inputs are fixed, and
nothing secret, so a learner may see them. This room goes to learners.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import isclose, isnan
from typing import Any

import numpy as np
import sympy as sp

from grader.checking.expect import as_numbers
from grader.checking.kept import Array
from grader.checking.outcomes import Finding
from grader.checking.proxy import Call
from grader.diagnosis.motion import motion_of
from grader.diagnosis.words import TRIED
from grader.manifest.course import load_course
from grader.manifest.parts import QUESTIONS, of_function
from grader.wire.expression import Expression, ExpressionError, encode
from grader.wire.show import show

RTOL, ATOL = 1e-6, 1e-7  # far above rounding, an epsilon of 1e-8 and differences for derivatives; far below any mistake
MOST_SYMBOLS = 20  # of a formula that is compared
MOST_ITEMS = 1_000  # of a list, or of one in it, that are compared where they are no numbers
MOST_NAMED = 3  # cases that one sentence names
SAMPLES = np.linspace(0.3, 1.7, 5)  # of each symbol of a formula: small enough for every function to be finite

SIGN = Finding("In each simple case that was tried your numbers are the right ones with the wrong sign.")
FACTOR = Finding("In each simple case that was tried your numbers are the right ones times one and the same factor.")
SHIFT = Finding(
    "In each simple case that was tried your numbers are the right ones with one and the same number added."
)
EXCHANGED = Finding("In each simple case that was tried the two results are the right ones, exchanged.")
ALL_ALIKE = Finding("In each simple case that was tried your function returns the same, whatever is handed in.")
ALL_RIGHT = "Your function is right in each simple case that was tried: {}. Look for a less common one."
REMEMBERS = Finding(
    "The same call does not always give the same answer: something is kept from call to call, in a variable outside of the "
    "function or in a list that is a parameter's default, or it is drawn at random."
)
WORDS = {
    "right": "is right",
    "wrong": "is wrong",
    "nothing": "returns nothing",
    "exception": "ends in an exception",
    "other": "returns what has another type or shape",
}


@dataclass(frozen=True, eq=False)
class Question:
    """One call of a function, and what should come back.

    Parameters
    ----------
    given
        The arguments, by their names.
    about
        What case it is, in words that follow "it is right": "with arrays".
    right
        What should come back: a number, an array, a text, a formula, a tuple of them; None where the law of motion says it.
    then
        What the function that comes back is called with; nothing if none comes back.
    read
        Takes out of an answer what is compared.
    what
        What that is, in words; nothing if it is the answer itself.
    made
        The call of a check that it repeats, if it does; then `right` is what came back there.
    """

    given: dict[str, Any]
    about: str
    right: Any = None
    then: tuple[Any, ...] = ()
    read: Callable[[Any], Any] = field(default=lambda answer: answer)
    what: str = ""
    made: Call | None = None

    def parts_from(self, other: "Question") -> str:
        """Return the one argument in which two questions differ; nothing if there are more."""
        told = [{**one.given, **({"then": one.then} if one.then else {})} for one in (self, other)]
        names = [name for name in told[0] | told[1] if told[0].get(name) is not told[1].get(name)]
        return names[0] if len(names) == 1 else ""


def questions_of(slug: str, function: str) -> tuple[Question, ...]:
    """Return what can be asked of a function, the simplest case first, each with what should come back."""
    found = of_function(load_course().places, QUESTIONS, "QUESTIONS", slug, function) or ()
    return tuple(one if one.right is not None else replace(one, right=_moved(slug, function, one)) for one in found)


def _moved(slug: str, function: str, question: Question) -> Any:
    """Return where a call should lead, by the law of its steps: a path, or its end alone."""
    motion = motion_of(slug, function, (), question.given)
    if motion is None:
        raise ValueError(f"{slug}: what {function} should return {question.about} is not given, and no law says it")
    path = motion.walk(motion.epochs)
    start = question.given.get("start", question.given.get("parameter", ()))
    path = path[:, 0] if np.ndim(start) == 0 and path.shape[1] == 1 else path
    return path[-1] if motion.only_end or motion.noun == "update" else path


@dataclass(frozen=True, eq=False)
class Answer:
    """What a function gave to a question; `calls` has the call, and that of what it returned, if there was one."""

    question: Question
    calls: tuple[Call, ...]

    @cached_property
    def value(self) -> Any:
        """What is compared; None if nothing came back."""
        try:
            return self.question.read(self.calls[-1].result) if self.calls[-1].answered else None
        except (TypeError, ValueError, LookupError, ArithmeticError, AttributeError):  # of what is no such answer
            return self.calls[-1].result

    @cached_property
    def kind(self) -> str:
        """How it is: right, wrong, nothing, an exception, or something of another kind."""
        call = self.calls[-1]
        if call.raised or not call.answered:
            return "exception" if call.raised else "other"
        if self.value is None:
            return "nothing"
        if alike(self.value, self.question.right):
            return "right"
        return "wrong" if self.question.what or _form(self.value) == _form(self.question.right) else "other"

    @property
    def text(self) -> str:
        """The question and the answer, as a learner may see them."""
        call = self.calls[-1]
        if call.raised:
            return f"`{call.text}` ends in {call.raised}"
        told = f"`{call.text}` gives {show(call.result)}"
        if self.kind == "right":
            return told
        right = self.question.right
        right = (
            right + 0.0 if isinstance(right, np.ndarray) else right.item() if isinstance(right, np.generic) else right
        )
        compared = f"; {self.question.what} are {show(self.value)}" if self.question.what else ""
        return f"{told}{compared}, where {show(right)} is right"


def alike(one: Any, other: Any) -> bool:
    """Tell whether two answers are the same, up to rounding and to their form; of long lists of all sorts, their beginnings."""
    if type(one) is type(other) is float:  # of which a list may hold thousands
        return isclose(one, other, rel_tol=RTOL, abs_tol=ATOL) or (isnan(one) and isnan(other))
    one, other = _plain(one), _plain(other)
    numbers, others = as_numbers(one, truths=True), as_numbers(other, truths=True)
    if isinstance(one, Expression) and isinstance(other, Expression):
        names = sorted(one.symbols | other.symbols)[:MOST_SYMBOLS]
        values = {name: SAMPLES + 0.1 * index for index, name in enumerate(names)}
        try:
            return _close(one.evaluate(**values), other.evaluate(**values))
        except ExpressionError:
            return False
    if numbers is not None or others is not None:
        return numbers is not None and others is not None and _close(numbers, others)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(alike, one[:MOST_ITEMS], other[:MOST_ITEMS]))
    return type(one) is type(other) and isinstance(one, str) and one == other


def meaning(answers: Sequence[Answer]) -> Finding | None:
    """Return what the answers to a function's questions show; None where they show nothing.

    Each sentence is one that the answers prove: of numbers at least two must show it, and no right one may contradict it.
    """
    kinds = {answer.kind for answer in answers}
    if kinds == {"right"}:
        return Finding(ALL_RIGHT.format(_listed([one.question.about for one in answers])))
    if "right" in kinds:
        return _unheeded(answers) or _contrast(answers)
    found = _relation(answers) or _unheeded(answers)
    if found is None and len(kinds) > 1:
        return _contrast(answers)
    return found or (Finding("", tried(answers)) if kinds == {"wrong"} else None)


def tried(answers: Sequence[Answer]) -> str:
    """Return the first question that got no right answer, with that answer."""
    wrong = next((answer for answer in answers if answer.kind != "right"), None)
    return "" if wrong is None else _shown(wrong)


def _shown(*answers: Answer) -> str:
    return f"{TRIED}{'; '.join(answer.text for answer in answers)}."


def remembers(answers: Sequence[Answer]) -> Finding | None:
    """Return that a function keeps something, if one question has got two answers."""
    first, last = answers[0], answers[-1]
    if first.question.made is not None and first.kind != "right" and first.calls[0].answered:
        call = first.calls[0]
        then, now = show(first.question.right), show(call.result)
        return replace(REMEMBERS, detail=f"{TRIED}`{call.text}` gave {then} in the check, and gives {now} alone.")
    first = next(answer for answer in answers if answer.question.made is None)
    one, other = first.calls[-1], last.calls[-1]
    if first is last or first.question is not last.question or not (one.answered and other.answered):
        return None
    if first.kind == last.kind and (first.kind != "wrong" or alike(first.value, last.value)):
        return None
    detail = f"{TRIED}`{one.text}` gives {show(one.result)} at first, and {show(other.result)} after other calls."
    return replace(REMEMBERS, detail=detail)


def different(answers: Sequence[Answer]) -> list[Answer]:
    """Return the answers to questions of the table, each question once."""
    asked: dict[Question, Answer] = {}
    for answer in answers:
        if answer.question.made is None:
            asked.setdefault(answer.question, answer)
    return list(asked.values())


@np.errstate(all="ignore")  # an answer may be as large as numbers get
def _relation(answers: Sequence[Answer]) -> Finding | None:
    """Return what makes the right numbers of the wrong ones, the same in all answers; none is right."""
    pairs = [(as_numbers(answer.value), as_numbers(answer.question.right)) for answer in answers]
    if any(answer.kind != "wrong" for answer in answers):
        return None
    if all(map(_turned, answers)) and _distinct([right for _, right in pairs if right is not None]):
        return replace(EXCHANGED, detail=tried(answers))
    numbers = [
        (got, right) for got, right in pairs if got is not None and right is not None and got.shape == right.shape
    ]
    if len(numbers) < len(answers) or len(numbers) < 2 or not all(np.isfinite(got).all() for got, _ in numbers):
        return None
    told = [(got, right) for got, right in numbers if right.any()]
    if len(told) >= 2 and _distinct([right for _, right in told]):
        if all(_close(got, -right) for got, right in numbers):
            return replace(SIGN, detail=tried(answers))
        ratio = float((told[0][0] * told[0][1]).sum() / (told[0][1] ** 2).sum())
        if abs(ratio) > ATOL and all(_close(got, ratio * right) for got, right in numbers):
            return replace(FACTOR, detail=f"The factor is {ratio:.4g}. {tried(answers)}")
    shift = float((numbers[0][0] - numbers[0][1]).flat[0]) if numbers[0][0].size else 0.0
    if _distinct([right for _, right in numbers]) and all(_close(got, right + shift) for got, right in numbers):
        return replace(SHIFT, detail=f"The number is {shift:.4g}. {tried(answers)}")
    return None


def _turned(answer: Answer) -> bool:
    value, right = answer.value, answer.question.right
    pair = (
        isinstance(right, tuple)
        and len(right) == 2
        and isinstance(value, list | tuple | np.ndarray)
        and len(value) == 2
    )
    return bool(pair and alike(value[0], right[1]) and alike(value[1], right[0]))


def _unheeded(answers: Sequence[Answer]) -> Finding | None:
    """Return that an argument makes no difference where it should."""
    found: dict[str, tuple[Answer, Answer]] = {}
    heeded = set[str]()
    numbers = [answer for answer in answers if answer.kind in ("right", "wrong") and _is_finite(answer.value)]
    for at, second in enumerate(numbers):
        for first in numbers[:at]:
            name = second.question.parts_from(first.question)
            if name and not alike(first.question.right, second.question.right) and not _stands(first):
                same = alike(first.value, second.value)
                found.setdefault(name, (first, second)) if same else heeded.add(name)
    unheeded = [name for name in found if name not in heeded]
    if not unheeded:
        return None
    name = unheeded[0]
    if len(unheeded) > 1 and not heeded and all(alike(numbers[0].value, answer.value) for answer in numbers):
        return replace(ALL_ALIKE, detail=_shown(*found[name]))
    about = found[name][1].question.about
    shown = f"`{name}`" if name != "then" else "what the function that you return is called with"
    text = f"{about[:1].upper()}{about[1:]} your answer stays the same, and should not: it does not depend on {shown} there."
    return Finding(text, _shown(*found[name]))


def _contrast(answers: Sequence[Answer]) -> Finding:
    """Return in which cases a function is right, and in which it is not, in fixed words."""
    by_kind: dict[str, list[str]] = {}
    for answer in answers:
        by_kind.setdefault(answer.kind, []).append(answer.question.about)
    parts = [f"{WORDS[kind]} {_listed(by_kind[kind])}" for kind in WORDS if kind in by_kind]
    wrong = next(answer for answer in answers if answer.kind != "right")
    beside = [one for one in answers if one.kind == "right" and one.question.parts_from(wrong.question)][:1]
    return Finding(f"In simple cases your function {', and '.join(parts)}.", _shown(*beside, wrong))


def _listed(abouts: Sequence[str]) -> str:
    named = list(dict.fromkeys(abouts))
    more = len(named) - MOST_NAMED
    if more > 1:
        return f"{', '.join(named[:MOST_NAMED])} and in {more} other cases"
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def _distinct(rights: Sequence[Array]) -> bool:
    """Tell whether there are two right answers that are not the same: of one number alone nothing is learnt."""
    return any(not (one.shape == rights[0].shape and _close(one, rights[0])) for one in rights[1:])


def _plain(value: Any) -> Any:
    """Return a formula of ours as one that came back would be."""
    return Expression(encode(value)) if isinstance(value, sp.Basic) else value


def _form(value: Any) -> Any:
    """Return of what kind an answer is: its shape where it is made of numbers."""
    value = _plain(value)
    if isinstance(value, Expression):
        return Expression
    numbers = as_numbers(value, truths=True)
    if numbers is not None:
        return numbers.shape
    if isinstance(value, list | tuple):
        return len(value), *map(_form, value[:MOST_ITEMS])
    return type(value)


def _stands(answer: Answer) -> bool:
    """Tell whether the rows of an answer are one and the same, and should not be: then no argument can make a difference."""
    value, right = as_numbers(answer.value), as_numbers(answer.question.right)
    if value is None or right is None or value.ndim == 0 or value.shape != right.shape or len(value) < 2:
        return False
    return bool((value == value[0]).all() and not (right == right[0]).all())


def _is_finite(value: Any) -> bool:
    numbers = as_numbers(value, truths=True)
    return numbers is None or bool(np.isfinite(numbers).all())


def _close(one: Array, other: Array) -> bool:
    with np.errstate(all="ignore"):
        return one.shape == other.shape and bool(np.allclose(one, other, rtol=RTOL, atol=ATOL, equal_nan=True))


def cases(
    about: str,
    given: dict[str, Any],
    right: Any,
    *others: tuple[str, dict[str, Any], Any],
    then: tuple[Any, ...] = (),
    read: Callable[[Any], Any] = lambda answer: answer,
    what: str = "",
) -> tuple[Question, ...]:
    """Return the questions about one function, for a course's table.

    Parameters
    ----------
    about, given, right
        The simplest case: in words, its arguments by their names, what should come back (None: as the law of motion says).
    others
        The same of the others: only those arguments that differ; `...` for one that is left out, so that its default counts;
        `then` among them is what the returned function is called with.
    then, read, what
        As those of a `Question`.
    """
    found = [Question(given, about, right, then, read, what)]
    for words, changes, answer in others:
        told = {name: value for name, value in {**given, **changes}.items() if value is not ... and name != "then"}
        found.append(Question(told, words, answer, changes.get("then", then), read, what))
    return tuple(found)

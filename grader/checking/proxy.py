"""The `submission` that checks call: the learner's module as it looks from the trusted side.

`submission.update(3.0, 2.0, learning_rate=0.1)` sends the call to the worker and returns exact plain data.
"""

import difflib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

import numpy as np
import sympy as sp

from grader.checking.exceptions import Place, explain
from grader.checking.lines import function_of, loop_of, named_in
from grader.checking.outcomes import (
    UNWRITTEN,
    Absent,
    CheckFailed,
    LearnerRaised,
    Misdefined,
    NoAnswer,
    NotReadable,
    family_of,
)
from grader.collect.submission import Submission
from grader.manifest.contract import contract, misfit
from grader.manifest.course import load_course
from grader.sandbox import Unanswered
from grader.sandbox.statements import LEFT_OUT
from grader.wire.expression import Boxed, Expression, ExpressionError, Validator, encode
from grader.wire.functions import Function, Handed, Seeded
from grader.wire.plain import Decoder, Encoder, PlainError
from grader.wire.show import clean, show

MAX_PRINTED = 4_000  # characters of a learner's own output that are kept
MAX_KEPT = 2**23  # bytes, about, of all answers of a submission that are kept for what explains its verdict
MAX_NAMES, MAX_NAME = 200, 80  # of the module, and characters of each: enough to guess a misspelt one
MAX_WARNINGS = 20  # of a call that are kept
UNTRIED = object()  # what an example gives that cannot be tried, as where it asks a list for its shape
LAST_LINES = 5  # that a call has printed when its time is up, and that are told
MAX_TOLD = 5  # parts of a module that did not run
PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
MAX_UNANSWERED = 2  # calls of one function that may run out of time: one endless loop must not use up the others' time


class Answering(Protocol):
    """A session of the sandbox, or anything that answers like one."""

    def load(self) -> list[Any]: ...

    def request(self, request: list[Any]) -> list[Any]: ...

    def announce(self, requests: Sequence[list[Any]]) -> None: ...


@dataclass(frozen=True)
class Opaque:
    """A value of a type that cannot cross: only the type's name did."""

    type_name: str

    @property
    def text(self) -> str:
        return f"<{clean(self.type_name, 80)}>"


@dataclass(frozen=True)
class LeftOut:
    """A part of a learner's module that did not run: a statement, or a cell that is no Python."""

    compiles: bool
    label: str  # of its cell
    names: tuple[str, ...]  # that it would have bound
    said: str
    where: str = ""
    follows: bool = False  # whether it failed for want of a name that another one would have bound


@dataclass(frozen=True, eq=False)
class Each:
    """An argument that stands for many: the function is called with each in turn, and the answers make one array."""

    points: Any

    @property
    def text(self) -> str:
        return f"each of {show(self.points)}"


@dataclass(eq=False)
class Call:
    """One call of a check: by it a message can quote what was called, and a diagnosis can repeat it.

    The last eight are written when the answer comes.
    """

    target: "RemoteFunction"
    arguments: tuple[Any, ...]
    options: dict[str, Any]
    hidden: bool = False  # whether a hidden check made it: then it is for no learner's eyes
    result: Any = None
    seen: Sequence[list[Any]] = ()  # as it came, for few checks ask: `SubmissionProxy.seen` reads it
    functions: tuple[Any, ...] = ()
    warned: tuple[str, ...] = ()
    raised: str = ""  # the exception, if it ended in one
    answered: bool = False  # whether it gave a result
    printed: str = ""  # what it printed, if the check is public
    changed: tuple[int | str, ...] = ()  # arguments that are said to be changed in place: their places, or their names

    @property
    def text(self) -> str:
        parts = [show(argument) for argument in self.arguments]
        parts += [f"{name}={show(value)}" for name, value in self.options.items()]
        return f"{self.target.text}({', '.join(parts)})"

    def what_changed(self) -> str:
        """Return the first argument that was changed, in words."""
        place = self.changed[0]
        return f"its argument `{place}`" if isinstance(place, str) else f"its {PLACES[place]} argument"

    def content(self) -> list[Any]:
        """Return the call and its result as plain data: where it is the same, nothing that can be seen differs."""
        plain = [_content(value) for value in (self.arguments, self.options, self.result)]
        return [self.target.exercise, self.target.origin, self.target.text, *plain, self.raised]


@dataclass(eq=False)
class Later:
    """A call of a batch, and what stands for its answer. It is of use to `expect` alone."""

    proxy: "SubmissionProxy"
    call: Call
    request: list[Any]
    functions: tuple[Any, ...]  # that it hands over, as the worker numbers them
    expectations: list[Callable[[Any], object]] = field(default_factory=list)  # of its answer, in their order
    settled: bool = False
    value: Any = None  # the answer, once it was settled

    def ask(self, expectation: Callable[[Any], object], now: bool) -> Any:
        """Ask what is expected of the answer: when it comes; if it is there, or must be `now`, at once."""
        if now and not self.settled:
            self.proxy.settle()
        if self.settled:
            return expectation(self.value)
        self.expectations.append(expectation)
        return None

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, _other: object) -> bool:
        raise TypeError("the answer to a call in a batched check can be handed to `expect`, and to nothing else")

    def __bool__(self) -> bool:
        return self == True  # noqa: E712  # it has no truth either


class RemoteFunction:
    """A function of the learner's: by name, or one that a call returned.

    Parameters
    ----------
    proxy
        Whose it is.
    target
        Its name, or the handle of one that was returned.
    text
        What messages call it.
    origin
        The name of the function of the contract that it is, or that returned it.
    type_name
        The name of its type.
    """

    def __init__(
        self, proxy: "SubmissionProxy", target: str | int, text: str, origin: str, type_name: str = "function"
    ) -> None:
        self._proxy = proxy
        self.target = target
        self.text = text
        self.origin = origin
        self.type_name = type_name

    @property
    def exercise(self) -> str:
        """The slug of the exercise that it belongs to."""
        return self._proxy._submission.exercise

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        return self._proxy.call(self, arguments, options)


class SubmissionProxy:
    """The learner's module, seen from a check; any name that is no method here is a function of theirs.

    Parameters
    ----------
    submission
        What was handed in, for messages.
    session
        Where it runs.
    """

    def __init__(self, submission: Submission, session: Answering) -> None:
        self._submission = submission
        self._session = session
        self._parameters: dict[str, Any] | None = None  # of each function that the module defines, as the worker tells
        self._left_out: list[LeftOut] = []  # of the module, in order
        self._unanswered: Counter[str] = Counter()
        self._families: dict[str, str] = {}  # of the first exception of each function
        self._misfits: dict[str, str] = {}  # by function, why it cannot be called as the contract says; told once
        self._changing: set[str] = set()  # functions of which a check has shown that they change their arguments
        self._uses: dict[str, set[str]] = {}  # by function, as far as that was asked
        self._printed = ""
        self._kept = 0
        self._hidden = False
        self._batched = False
        self._batch: list[Later] = []  # the calls that were not sent yet
        self.calls: list[Call] = []

    def begin_check(self, hidden: bool, batched: bool = False) -> None:
        """Forget the calls of the check before.

        Parameters
        ----------
        hidden
            Whether it is a hidden one: what it makes the code print is not kept.
        batched
            Whether its calls are sent together, as far as no answer is needed in between: a message to and fro costs more
            than most calls.
        """
        self.calls = []
        self._hidden = hidden
        self._batched = batched and hidden  # a public check may have to ask for parameters in between
        self._batch = []

    def first_changes(self) -> list[Call]:
        """Return the calls of this check that changed an argument, of functions of which no earlier check showed that."""
        calls = [call for call in self.calls if call.changed and call.target.origin not in self._changing]
        self._changing.update(call.target.origin for call in calls)
        return calls

    def first_misdefined(self) -> Misdefined | None:
        """Return what is wrong with the definition of a function that this check called, if no check has told it yet."""
        for call in self.calls:
            misfit = self._misfits.get(call.target.origin, "")
            if misfit and not self._hidden:
                self._misfits[call.target.origin] = ""
                return Misdefined(call.text, contract(call.target.exercise)[call.target.origin].text, misfit)
        return None

    def output(self) -> str:
        """Return what the module printed while loading and in public checks, made harmless."""
        return clean(self._printed, MAX_PRINTED)

    @cached_property
    def _sources(self) -> dict[str, list[str]]:
        modules = [*(other.cells for other in self._submission.others), self._submission.cells]
        return {cell.label: cell.source.splitlines() for cells in modules for cell in cells}

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("_"):
            raise AttributeError(name)
        return RemoteFunction(self, name, name, name)

    def each(self, points: Any) -> Each:
        """Return `points` (an array, a list) to be passed one by one, but in one request: thousands of calls, one answer.

        Where several arguments are such, they are as long as one another, and the calls take the first of each, the second
        of each, and so on.
        """
        return Each(points)

    def settle(self) -> None:
        """Make the calls of a batch so far, and ask what is expected of their answers.

        All is as if each call had been made, and each expectation asked, in its place; only that the learner's code may run
        further than to the first answer that is wrong.
        """
        batch, self._batch = self._batch, []
        # A function that has run out of time too often is not called again: nor may it be in the way of others.
        if not any(self._unanswered[one.call.target.origin] >= MAX_UNANSWERED for one in batch):
            self._session.announce([one.request for one in batch])
        try:
            for one in batch:
                one.value, one.settled = self._answer(one), True
                for expectation in one.expectations:
                    expectation(one.value)
        finally:
            self._session.announce(())

    def seen(self, function: Function) -> Any:
        """Return the points at which the last call asked `function`: shape (k,) or (k, n). A hint, no evidence."""
        self.settle()
        call = self.calls[-1]
        key = call.functions.index(function)
        noted = next((points for place, points in call.seen if place == key), None)
        try:
            return np.empty(0) if noted is None else Decoder(_refuse).decode(noted)
        except (PlainError, TypeError, ValueError, RecursionError) as error:
            raise _unusable(error) from None

    def warned(self) -> tuple[str, ...]:
        """Return the warnings of the last call, such as "RuntimeWarning: overflow encountered in exp"."""
        self.settle()
        return self.calls[-1].warned

    def example(self, function: str, text: str, setup: str, expression: str) -> Any:
        """Return the value of an expression of ours, worked out in the learner's module after `setup` was run there.

        Parameters
        ----------
        function
            Whose docstring shows it.
        text
            What messages call it.
        setup, expression
            Python.

        Returns
        -------
        Any
            Plain data, or `UNTRIED` where what the functions return is not made for it: that may be right all the same.

        Raises
        ------
        LearnerRaised
            If it was the learner's code that raised an exception.
        NoAnswer
            If it does not end, or its process dies.
        """
        self.load()
        call = Call(RemoteFunction(self, function, text, function), (), {})
        try:
            status, payload = self._session.request(["example", setup, expression])[1:3]
        except Unanswered as unanswered:
            raise NoAnswer(unanswered.outcome, text, str(unanswered)) from None
        if status == "raised" and type(payload) is list and type(payload[2]) is str:  # the learner's own line
            raise self._raised(text, function, payload)
        try:
            return Decoder(Receiver(self, call)).decode(payload) if status == "value" else UNTRIED
        except (PlainError, ExpressionError, TypeError, ValueError, RecursionError):
            return UNTRIED

    def load(self) -> None:
        """Run the learner's module, if that was not done yet.

        Raises
        ------
        NotReadable
            If it cannot be run.
        NoAnswer
            If it does not end, or its process dies.
        """
        if self._parameters is None:
            if self._submission.problem:
                raise NotReadable(self._submission.problem)
            try:
                status, payload, printed = self._session.load()[1:4]
            except Unanswered as unanswered:
                raise NoAnswer(unanswered.outcome, "", f"while loading your file {unanswered}") from None
            self._print(printed)
            try:
                failures, functions = payload
                told = {name: parameters for name, parameters in functions[:MAX_NAMES] if type(name) is str}
                self._parameters = {name: told[name] for name in told if len(name) <= MAX_NAME}
                self._left_out = [self._failure(*one) for one in failures[:MAX_NAMES]]
            except (TypeError, ValueError, PlainError):
                raise NotReadable(f"Loading your file gave no answer ({clean(status, 40)}).") from None
        if broken := self._broken():
            raise NotReadable(broken)

    def _failure(self, compiles: Any, names: list[Any], description: list[Any]) -> "LeftOut":
        """Return what the worker says of one part of the module that did not run."""
        kind, message, label, line, _ = description
        bound = tuple(name for name in names[:MAX_NAMES] if type(name) is str and len(name) <= MAX_NAME)
        if not compiles:
            said = self._raised("", "", description)
            return LeftOut(
                False, str(label), (), f"{said.public.strip()}\nIt is graded with Python {load_course().python}."
            )
        if type(kind) is not str or type(message) is not str or type(line) is not int or (not kind and not message):
            raise PlainError("the failure is malformed")
        where = f"{label}, line {line}" if type(label) is str and label in self._sources else f"line {line}"
        said_of_it = f"{kind}: {message}" if message else kind
        if kind == ImportError.__name__:
            said_of_it = f"{said_of_it}. {explain(kind, message, Place())}".removesuffix(". ")
        said_of_it = clean(f"stopped with {said_of_it}" if kind else message, 300)
        follows = kind == "NameError" and message.endswith(LEFT_OUT)
        return LeftOut(True, str(label), bound, f"{where} {said_of_it}", where, follows)

    def notes(self) -> tuple[str, ...]:
        """Return what a learner has to know first: which parts of the module did not run."""
        if not self._left_out or self._broken():
            return ()
        causes = [one.said for one in self._left_out if not one.follows]
        places = [one.where for one in self._left_out if one.follows]
        told = [
            f"{said} Your functions were graded without it"
            if said.endswith(".")
            else f"{said}; your functions were graded without it"
            for said in causes[:MAX_TOLD]
        ]
        if len(causes) > MAX_TOLD:
            told.append(f"{len(causes) - MAX_TOLD} more of your statements were left out like these")
        if places:
            more = f" and {len(places) - MAX_TOLD} more" if len(places) > MAX_TOLD else ""
            told.append(f"left out too, for want of what those would have made: {'; '.join(places[:MAX_TOLD])}{more}")
        return tuple(told)

    def _broken(self) -> str:
        """Return why the module, a script, is no Python at all; of a notebook, single cells are."""
        if len(self._submission.cells) != 1:
            return ""
        label = self._submission.cells[0].label
        return next((one.said for one in self._left_out if not one.compiles and one.label == label), "")

    def call(self, function: RemoteFunction, arguments: tuple[Any, ...], options: dict[str, Any]) -> Any:
        """Send one call and return its value as plain data; in a batch, what stands for it."""
        self.load()
        functions: list[Any] = []
        encoder = Encoder(lambda value: _send(value, functions))
        arguments = tuple(map(_recorded, arguments))
        options = {name: _recorded(value) for name, value in options.items()}
        positional = list(map(encoder.encode, arguments))
        named = {name: encoder.encode(value) for name, value in options.items()}
        request = ["call", function.target, positional, named]
        later = Later(self, Call(function, arguments, options, self._hidden), request, tuple(functions))
        if not self._batched:
            return self._answer(later)
        self._batch.append(later)
        return later

    def _answer(self, later: Later) -> Any:
        """Return the answer to a call, which counts as made now."""
        call, function = later.call, later.call.target
        self.calls.append(call)
        if self._unanswered[function.origin] >= MAX_UNANSWERED:
            raise NoAnswer(
                "timeout", call.text, "this function ran out of time twice already, so it was not called again"
            )
        try:
            if not self._hidden and type(function.target) is str and function.target not in self._misfits:
                self._misfits[function.target] = self._misfit(function.target)
            reply = self._session.request(later.request)
            status, payload, printed, seen, warned, changed = reply[1:]
        except Unanswered as unanswered:
            self._unanswered[function.origin] += unanswered.outcome == "timeout"
            last = self._last_words(unanswered.last) if unanswered.last and not self._hidden else ""
            said = str(unanswered)
            if "sleep(" in last.partition("\n  printed ")[0]:
                said = said.replace("is there an endless loop?", "it was waiting. Take the `sleep` out of it")
            raise NoAnswer(unanswered.outcome, call.text, said, last) from None
        if not self._hidden:
            self._print(printed)
            call.printed = printed[:MAX_PRINTED]
        call.changed = _places_in(changed, call)
        decoder = Decoder(Receiver(self, call))
        try:
            result = self._result(call, decoder, status, payload)
            warnings = tuple(clean(text, 200) for text in warned[:MAX_WARNINGS] if type(text) is str)
        except LearnerRaised as raised:
            call.raised = raised.said
            raise
        except (PlainError, ExpressionError, TypeError, ValueError, RecursionError) as error:
            raise _unusable(error) from None
        call.functions, call.warned, call.answered = later.functions, warnings, True
        self._keep(call, result, decoder.weight, seen)
        return result

    def _misfit(self, name: str) -> str:
        """Return why a function cannot be called as the contract says; nothing if it can, or nothing is known of it."""
        wanted = contract(self._submission.exercise).get(name)
        if wanted is None:
            return ""
        told: Any = (self._parameters or {}).get(name)
        if told is None:  # a function of another module, or no function but what can be called like one
            status, told = self._session.request(["parameters", name])[1:3]
            if status != "value":
                return ""
        try:
            told = [(clean(parameter, MAX_NAME), str(kind), bool(optional)) for parameter, kind, optional in told]
        except (TypeError, ValueError):
            return ""
        return misfit(wanted, told[:MAX_NAMES])

    def _print(self, text: str) -> None:
        # One character more than is shown tells that there was more.
        self._printed += text[: MAX_PRINTED + 1 - len(self._printed)]

    def _keep(self, call: Call, result: Any, weight: int, seen: list[Any]) -> None:
        """Note what a call gave, as long as there is not too much of it: a hostile answer may be large each time."""
        told = [one for one in seen[: len(call.functions)] if _is_record(one)]
        self._kept += weight + sum(len(one[1][3]) for one in told)
        call.result, call.seen = (result, told) if self._kept <= MAX_KEPT else (Opaque("too much to be kept"), [])

    def _result(self, call: Call, decoder: Decoder, status: str, payload: Any) -> Any:
        if status == "value":
            return decoder.decode(payload)
        if status == "raised":
            raise self._raised(call.text, call.target.origin, payload)
        if status == "absent":
            raise self._absent(call.target.text)
        if status == "not callable":
            over = f"Is it overwritten further down, as in `{call.target.text} = {call.target.text}(…)`?"
            kind = clean(payload, 80) if type(payload) is str else ""
            raise CheckFailed(f"`{call.target.text}` is no function.", detail=f"It is a value of type `{kind}`. {over}")
        raise PlainError(clean(payload, 200) if type(payload) is str else "the answer is malformed")

    def _raised(self, call: str, function: str, description: Any) -> LearnerRaised:
        try:
            kind, message, label, line, origin = description
        except (TypeError, ValueError):
            raise PlainError("the exception is malformed") from None
        if type(kind) is not str or type(message) is not str:
            raise PlainError("the exception is malformed")
        kind, message = clean(kind, 80), clean(message, 500)
        place, meaning, lines = "", "", self._sources.get(label, []) if type(label) is str else []
        if not (self._hidden and call):  # in a hidden check not even whether there is such a line may be told
            code = within = ""
            if type(line) is int and 1 <= line <= len(lines):
                code = clean(lines[line - 1].strip(), 120)
                place = f"\n  at        {label}, line {line}: {code}"
                within = function_of(lines, line)
            source = list(chain.from_iterable(self._sources.values()))
            misfit = self._misfits.get(function, "")
            begins = type(line) is int and not any(one.strip() and one.lstrip()[0] != "#" for one in lines[: line - 1])
            where = Place(code, within, function, self._submission.exercise, misfit, source, begins)
            meaning = explain(kind, message, where)
            if kind == NotImplementedError.__name__ and (
                not code or kind in code
            ):  # else it is Python's own that says so
                other = within not in ("", function)
                meaning = f"It calls `{within}`, which is not implemented yet." if other else UNWRITTEN
            message = " ".join(message.split())
        family, first = family_of(kind, origin == "builtin"), self._families.get(function)
        self._families.setdefault(function, family)
        return LearnerRaised(call, f"{kind}: {message}" if message else kind, place, meaning, family, first)

    def _last_words(self, reply: list[Any]) -> str:
        """Return where a call was when its time was up, and the last lines that it had printed."""
        status, description, printed = reply[1:4]
        label, line = description[2:4] if status == "raised" and _is_list(description, 5) else (None, None)
        lines = self._sources.get(label, []) if type(label) is str else []
        told = ""
        if type(line) is int and 1 <= line <= len(lines):
            line = line if "sleep(" in lines[line - 1] else loop_of(lines, line)
            told = f"\n  at        {label}, line {line}: {clean(lines[line - 1].strip(), 120)}"
        shown = printed.splitlines() or [""]
        whole = shown[:-1] if len(shown) > 1 and printed[-1] != "\n" else shown  # it may be stopped within a line
        for number, text in enumerate(whole[-LAST_LINES:] if printed else ()):
            told += f"\n  {'' if number else 'printed':<10}{clean(text, 120)}"
        return told

    def uses(self, name: str) -> set[str]:
        """Return the other functions of the contract that a function's text calls: in its own lines, or through a helper's."""
        if name not in self._uses:
            defined = {*contract(self._submission.exercise), *(self._parameters or ())}
            found, todo = set[str](), [name]
            while todo:
                function = todo.pop()
                words = set[str]().union(*(named_in(lines, function) for lines in self._sources.values()))
                new = words & defined - found - {name}
                found |= new
                todo += new
            self._uses[name] = found & set(contract(self._submission.exercise))
        return self._uses[name]

    def _absent(self, name: str) -> Absent:
        # What the contract names itself is there by right, and no slip of another name.
        others = set(self._parameters or ()) - set(contract(self._submission.exercise))
        close = difflib.get_close_matches(name, sorted(others), 1, 0.6)
        guess = f" There is `{clean(close[0], 80)}`: should it be called `{name}`?" if close else ""
        wanted = contract(self._submission.exercise).get(name)
        signature = wanted.text if wanted else ""
        aside = next((place for function, place in self._submission.asides if function == name), "")
        if aside:
            return Absent(f"Your function `{name}` stands in {aside}: make it a code cell.", signature)
        # What it stopped with in full is said once, in front of all checks.
        reasons = [
            f"{one.said.partition(': ')[0]}, and was left out." for one in self._left_out if name in one.names
        ] or [one.said for one in self._left_out if not one.compiles]
        run = f" {self._submission.absent}" if self._submission.absent and not guess else ""
        broken = f"\n{reasons[0]}" if reasons else ""
        signature = "" if reasons else signature  # how it is to be defined is not what went wrong
        return Absent(f"There is no function `{name}` in your code.{guess}{run}{broken}", signature)


class Receiver:
    """Rebuilds of one answer what is no plain data: formulas, functions, values whose type cannot cross."""

    def __init__(self, proxy: SubmissionProxy, call: Call) -> None:
        self._proxy = proxy
        self._call = call
        self._validator = Validator()  # of all formulas of the answer, which together may be as large as one

    def __call__(self, data: list[Any]) -> Any:
        if data[0] == "expression" and len(data) == 2:
            return Expression(self._validator.validate(data[1]))
        if data[0] == "boxed" and len(data) == 2:
            return Boxed(self._validator.validate(data[1]))
        if data[0] == "handle" and len(data) == 3 and type(data[1]) is int and type(data[2]) is str:
            target = self._call.target
            return RemoteFunction(self._proxy, data[1], self._call.text, target.origin, data[2][:80])
        if data[0] == "opaque" and len(data) == 2 and type(data[1]) is str:
            return Opaque(data[1][:80])
        raise PlainError("the answer is malformed")


def _places_in(changed: list[Any], call: Call) -> tuple[int | str, ...]:
    """Return those arguments of a call that `changed` names: what is no place or name of one says nothing."""
    there = [*range(len(call.arguments[: len(PLACES)])), *call.options]
    told = [one for one in changed[: len(there)] if type(one) is int or type(one) is str]
    return tuple(place for place in there if place in told)


def _is_record(one: Any) -> bool:
    """Tell whether this is the record of the points at which one function was asked: its number, and an array."""
    return (
        type(one) is list and len(one) == 2 and type(one[1]) is list and len(one[1]) == 4 and type(one[1][3]) is bytes
    )


def _is_list(data: Any, length: int) -> bool:
    return type(data) is list and len(data) == length


_encoded: dict[int, tuple[Any, Any]] = {}  # formulas of the checks by identity: they are few, and sent again and again


def _send(value: Any, functions: list[Any]) -> Any:
    """Return what the worker needs to rebuild an argument that is no built-in value."""
    if isinstance(value, Function):
        functions.append(value)
        return ["function", len(functions) - 1, value.form, value.variables, [part.tree for part in value.outputs]]
    if isinstance(value, Expression):
        return ["expression", value.tree]
    if isinstance(value, RemoteFunction):
        return ["handle", value.target]
    if isinstance(value, Each):
        return ["each", Encoder(lambda part: _send(part, functions)).encode(value.points)]
    if isinstance(value, Handed):
        return ["named", value.name]
    if isinstance(value, Seeded):
        return ["rng", value.seed]
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, sp.Basic):
        if id(value) not in _encoded:
            _encoded[id(value)] = (value, ["expression", encode(value)])
        return _encoded[id(value)][1]
    raise TypeError(f"a check cannot hand {type(value).__name__} to a learner")


def _content(value: Any) -> Any:
    if isinstance(value, dict):
        return [[name, _content(one)] for name, one in value.items()]
    if isinstance(value, Opaque):
        return ["opaque", value.type_name]
    return Encoder(lambda part: _content(part) if isinstance(part, Opaque) else _send(part, [])).encode(value)


def _recorded(value: Any) -> Any:
    """Return what is sent and noted in place of an argument: of a generator, a seed drawn from it."""
    return Seeded(int(value.integers(2**63))) if isinstance(value, np.random.Generator) else value


def _unusable(error: Exception) -> CheckFailed:
    reason = str(error) if isinstance(error, PlainError | ExpressionError) else "the answer is malformed"
    return CheckFailed("What it returned is too large, or no value of this course.", got=reason)


def _refuse(_data: Any) -> Any:
    raise PlainError("the answer is malformed")

"""The worker's own loop: it holds the learner's module, answers calls with plain data, and knows nothing else.

Everything here runs in the learner's process and may be taken over by the learner's code. Nothing here decides.
"""

import builtins
import errno
import inspect
import io
import linecache
import sys
import types
import warnings
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from traceback import walk_tb
from typing import Any, ClassVar

import msgpack
import numpy as np

from grader.sandbox.given import Each, Given
from grader.sandbox.stand_ins import StandIn, is_free
from grader.sandbox.statements import FUTURE_FLAGS, LEFT_OUT, Statement, position_in, split
from grader.wire.bounds import MAX_BYTES
from grader.wire.expression import ExpressionError, decode, encode
from grader.wire.functions import HANDED, MAX_SEEN, rebuild
from grader.wire.plain import Decoder, Encoder, PlainError
from grader.wire.rows import share_memory

EXAMPLE = "<example>"  # what tracebacks call the code of one
MAX_NAMES = 200  # of the functions of a learner's module, told so that a misspelt one can be guessed
MAX_FAILURES = 50  # of the statements that were left out, told
MAX_LAST = 1_000  # characters that are kept of the end of what a call prints, if it prints too much
NO_TIME_LEFT = "was not run: the time for loading was used up"
NO_FILE = (errno.EPERM, errno.EACCES, errno.ENOENT)
MAX_WARNINGS = 20  # of one call, told so that a check can ask for a calculation without any


# What a learner returned and is no exact built-in value, with what makes it one; the first that fits. A subclass is
# taken at its plain value, whatever it overrides.
CONVERSIONS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (np.bool_, bool),
    (np.integer, int),
    (np.float64, float),
    (np.floating, np.asarray),  # with fewer digits than a float, or more: its type says it
    (np.ndarray, np.asarray),
    (float, float.__float__),
    (int, lambda value: int.__add__(value, 0)),
    (str, str.__str__),
    ((tuple, list, Sequence, deque), list),
)


class Interrupted(BaseException):
    """The time of a call is up: where it is then, and what it printed, is the last that is told of it."""


def interrupt(*_: Any) -> None:
    """End what runs, as the handler of a signal."""
    raise Interrupted


class Printed(io.TextIOBase):
    """Standard output and error: keeps the first characters and, of what is too much, the last."""

    encoding, errors, line_buffering, write_through = "utf-8", "replace", True, True

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._left = limit
        self._parts: list[str] = []
        self._last = ""  # of what was too much

    def writable(self) -> bool:
        return True

    def reconfigure(self, **_: Any) -> None:
        """Stay as it is: it takes every character, whatever a learner's own terminal needs to be told."""

    @property
    def buffer(self) -> "PrintedBytes":
        return PrintedBytes(self)

    def detach(self) -> Any:
        return self.buffer

    def write(self, text: str) -> int:
        if self._left > 0:
            self._parts.append(text[: self._left])
            self._left -= len(text)
        else:
            self._last = (self._last + text)[-MAX_LAST:]
        return len(text)

    def take(self) -> str:
        """Return what was written since the last time."""
        text = "".join(self._parts)[: self._limit - len(self._last)] + self._last
        self._parts, self._left, self._last = [], self._limit, ""
        return text


class PrintedBytes(io.BufferedIOBase):
    """What is below `Printed`, for those who write bytes; another one each time, so that none is closed for the next."""

    def __init__(self, printed: Printed) -> None:
        self._printed = printed

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._printed.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


class Worker:
    """One learner's module and what was handed out of it."""

    _own_modules: ClassVar[set[str]] = set()  # that a worker put among the process's, for the next to take away

    def __init__(self, output_limit: int) -> None:
        self._module = types.ModuleType("submission")
        self._handles: list[Any] = []
        self._seen: dict[int, list[Any]] = {}
        self._warned: list[str] = []
        self._changed: list[int | str] = []
        self.places: dict[str, str] = {}  # what a learner calls each of their files, by what Python calls it
        self._printed = Printed(output_limit)
        # Of loading: what is to run, and the modules that it belongs to; what was skipped, and what that would have bound.
        self._todo: list[tuple[dict[str, Any], Statement]] = []
        self._at = 0
        self._skip: dict[int, str] = {}
        self._define_only_from = 0
        self._failures: list[Any] = []
        self._unbound: dict[str, str] = {}

    def forget(self) -> None:
        """Let go of what was handed out."""
        self._handles.clear()

    def handle(self, request: list[Any]) -> list[Any]:
        """Answer one request: `[status, payload, printed, seen, warned, changed]`."""
        self._seen, self._warned, self._changed = {}, [], []
        out, err = sys.stdout, sys.stderr
        sys.stdout = sys.stderr = self._printed
        try:
            status, payload = getattr(self, f"_{request[0]}")(*request[1:])
        except BaseException as error:  # a learner may raise anything at all, SystemExit included
            status, payload = "raised", self._describe(error)
        finally:
            sys.stdout, sys.stderr = out, err
        seen = [[key, Encoder(self._special).encode(np.array(points))] for key, points in self._seen.items()]
        printed = Encoder(self._special).encode(self._printed.take())
        return [status, payload, printed, seen, self._warned, self._changed]

    def _load(
        self, modules: list[list[Any]], skip: list[list[Any]], define_only_from: int, whole: bool
    ) -> tuple[str, Any]:
        """Make modules ready, and run them if `whole`; else they run by one `step` after the other.

        Parameters
        ----------
        modules
            The name and the cells of each: first the learner's own that are imported, then the one that is called.
        skip
            Statements that are not run: the number of each, and what is to be said of it.
        define_only_from
            From this statement on, whatever calls something by itself is not run either.
        """
        self._skip, self._define_only_from = dict(map(tuple, skip)), define_only_from
        while self._own_modules:
            sys.modules.pop(self._own_modules.pop(), None)
        *others, (name, cells) = modules
        self._module.__name__ = name
        sys.modules[name] = self._module
        self._own_modules.add(name)
        for other, its_cells in others:
            if is_free(other):
                self._begin(types.ModuleType(other), its_cells, at_once=whole and not skip)
        self._begin(self._module, cells, at_once=whole and not skip)
        if not whole:
            return "ok", None
        while not (loaded := self._step()[1]):
            pass
        return "ok", loaded

    def _begin(self, module: types.ModuleType, cells: list[list[str]], at_once: bool) -> None:
        """Run a module `at_once`, or make its statements ready to be run.

        A cell that is no Python costs itself: of a script, everything.
        """
        sys.modules[module.__name__] = module
        self._own_modules.add(module.__name__)
        namespace = module.__dict__
        namespace["__file__"] = f"{module.__name__}.py"
        flags = 0  # of `from __future__ import …`, carried from cell to cell
        for label, source in cells:
            self.places[label] = label
            linecache.cache[label] = (len(source), None, source.splitlines(keepends=True), label)
            try:
                if at_once:
                    flags = self._run_at_once(namespace, label, source, flags)
                else:
                    statements, flags = split(label, source, flags)
                    self._todo += [(namespace, statement) for statement in statements]
            except BaseException as error:  # whatever it is, it is the learner's
                description = self._describe(error)
                description[2] = label
                self._failures.append([False, [], description])

    def _run_at_once(self, namespace: dict[str, Any], label: str, source: str, flags: int) -> int:
        """Run a cell; where a statement of it fails, the rest one by one. To split it first would take longer."""
        code = compile(source, label, "exec", flags, dont_inherit=True)
        try:
            exec(code, namespace)
        except BaseException as error:
            statements, _ = split(label, source, flags)
            failed = position_in(statements, error, code)
            if not statements[failed].is_import:  # of one that names several modules, all are tried again
                self._fail(statements[failed], error)
                failed += 1
            for statement in statements[failed:]:
                self._run(namespace, statement)
        return int(flags | code.co_flags & FUTURE_FLAGS)

    def _run(self, namespace: dict[str, Any], statement: Statement) -> None:
        try:
            exec(statement.code, namespace)
        except BaseException as error:
            self._fail(statement, error)

    def _step(self) -> tuple[str, Any]:
        """Run the next statement; tell what loading gave if there is none after it."""
        if self._at < len(self._todo):
            (namespace, statement), number = self._todo[self._at], self._at
            self._at += 1
            if number in self._skip:
                self._leave_out(statement, ["", self._skip[number], None, None, "own"])
            elif number >= self._define_only_from and not statement.only_defines:
                self._leave_out(statement, ["", NO_TIME_LEFT, None, None, "own"])
            else:
                self._run(namespace, statement)
        if self._at < len(self._todo):
            return "ok", None
        return "ok", [self._failures[:MAX_FAILURES], self._functions()]

    def _functions(self) -> list[list[Any]]:
        """Return the functions that the module itself defines: the name of each, and its parameters."""
        found = [
            [str(name)[:80], None if vars(value) else _plain_parameters(value)]
            for name, value in list(vars(self._module).items())
            if type(name) is str
            and not name.startswith("_")
            and isinstance(value, types.FunctionType)
            and value.__module__ == self._module.__name__
        ]
        return found[:MAX_NAMES]

    def _fail(self, statement: Statement, error: BaseException) -> None:
        self._leave_out(statement, self._describe(error))

    def _leave_out(self, statement: Statement, description: list[Any]) -> None:
        """Note a statement that was left out, and what it would have bound."""
        if description[2] != statement.label or description[3] not in statement.lines:
            description[2:4] = statement.label, statement.line  # not where a function went wrong that it had called
        names = statement.names()
        self._failures.append([True, [name[:80] for name in names[:MAX_NAMES]], description])
        where = f"{statement.label}, line {statement.line}"
        self._unbound.update({name: where for name in names if name not in self._unbound})

    def _parameters(self, name: str) -> tuple[str, Any]:
        found = inspect.signature(getattr(self._module, name)).parameters.values()
        return "value", [[str(one.name)[:80], one.kind.name, one.default is not one.empty] for one in found][:MAX_NAMES]

    def _call(self, target: Any, arguments: list[Any], options: dict[str, Any]) -> tuple[str, Any]:
        if type(target) is int:
            function = self._handles[target]
        else:
            if not hasattr(self._module, target):
                return "absent", None
            function = getattr(self._module, target)
            if not callable(function):
                return "not callable", type(function).__name__[:80]
        decoder = Decoder(self._argument)
        positional = [decoder.decode(argument) for argument in arguments]
        named = {key: decoder.decode(argument) for key, argument in options.items()}
        given = Given(positional, named)
        try:
            result = self._answer(function, positional, named)
        finally:
            self._changed = given.changed()
        try:
            plain = Encoder(self._special).encode(result)
            return "value", ["shared", plain] if share_memory(result) else plain
        except (PlainError, ExpressionError) as error:
            return "unsendable", str(error)

    def _example(self, setup: str, expression: str) -> tuple[str, Any]:
        """Work out what a docstring shows, with the learner's functions and without leaving a name among them."""
        namespace = dict(self._module.__dict__)
        try:
            with warnings.catch_warnings(action="ignore"):
                exec(compile(setup, EXAMPLE, "exec"), namespace)
                value = eval(compile(expression, EXAMPLE, "eval"), namespace)  # noqa: S307  # the course's own
        except Exception as error:
            files = [frame.f_code.co_filename for frame, _ in walk_tb(error.__traceback__)]
            if next(file for file in reversed(files) if file in {*self.places, EXAMPLE}) == EXAMPLE:
                return "unsendable", "what the functions return is not made for this example"
            raise
        try:
            return "value", Encoder(self._special).encode(value)
        except (PlainError, ExpressionError) as error:
            return "unsendable", str(error)

    def _answer(self, function: Any, positional: list[Any], named: dict[str, Any]) -> Any:
        with warnings.catch_warnings():  # a warning that was given in an earlier call is given again
            warnings.showwarning = self._warn  # type: ignore[assignment]
            many = [value for value in (*positional, *named.values()) if type(value) is Each]
            if not many:
                return function(*positional, **named)
            answers = [
                function(
                    *[one.points[at] if type(one) is Each else one for one in positional],
                    **{name: one.points[at] if type(one) is Each else one for name, one in named.items()},
                )
                for at in range(len(many[0].points))
            ]
            if answers and all(one is None for one in answers):
                return None  # nothing is nothing, however often
            return np.array(answers) if _are_alike(answers) else answers  # as one array they cross much faster

    def _warn(self, message: Any, category: Any, *_: Any) -> None:
        if len(self._warned) < MAX_WARNINGS:
            self._warned.append(f"{category.__name__}: {message}"[:200].encode("utf-8", "replace").decode("utf-8"))
        # The learner's own innermost line, wherever the warning comes from.
        frame: types.FrameType | None = sys._getframe()
        while frame is not None and frame.f_code.co_filename not in self.places:
            frame = frame.f_back
        where = f"{self.places[frame.f_code.co_filename]}, line {frame.f_lineno}: " if frame is not None else ""
        sys.stderr.write(f"{where}{category.__name__}: {message}\n")

    # What arrives from the trusted side: our own functions, formulas, generators.

    def _argument(self, data: list[Any]) -> Any:
        tag = data[0]
        if tag == "function":
            _, key, form, variables, trees = data
            points = self._seen.setdefault(key, [])
            return rebuild(form, variables, trees, partial(_note, points))
        if tag == "expression":
            return decode(data[1])
        if tag == "handle":
            return self._handles[data[1]]
        if tag == "each":
            return Each(Decoder(self._argument).decode(data[1]))
        if tag == "rng":
            return np.random.default_rng(data[1])
        if tag == "named":
            return HANDED[data[1]]
        raise PlainError(f"unknown tag {tag!r}")

    def _special(self, value: Any) -> Any:
        if isinstance(value, StandIn):
            return ["opaque", value.what_it_is]
        sp = sys.modules.get("sympy")  # imported by the template or by the learner; without it nobody has such values
        if isinstance(value, np.ndarray) and value.dtype.kind == "O":
            if sp and value.ndim and all(isinstance(item, sp.Expr) for item in value.flat):
                return Encoder(lambda item: ["boxed", *self._special(item)[1:]]).encode(value.tolist())
            return ["opaque", "array of objects"]
        for kinds, convert in CONVERSIONS:
            if isinstance(value, kinds):
                return Encoder(self._special).encode(convert(value))
        if sp and isinstance(value, (sp.NDimArray, sp.Tuple)):
            return Encoder(self._special).encode(list(value) if isinstance(value, sp.Tuple) else value.tolist())
        if sp and isinstance(value, sp.MatrixBase):
            return Encoder(self._special).encode(value.flat() if 1 in value.shape else value.tolist())
        if sp and isinstance(value, sp.Expr):
            return ["expression", encode(value.doit() if value.has(sp.Derivative) else value)]
        if callable(value):
            self._handles.append(value)
            return ["handle", len(self._handles) - 1, type(value).__name__[:80]]
        if hasattr(value, "__array__"):
            return Encoder(self._special).encode(np.array(value, subok=False))
        if hasattr(value, "__float__") and not isinstance(value, complex | np.generic):
            return float.__float__(float(value))  # fractions, decimals
        return ["opaque", type(value).__name__[:80]]

    def _describe(self, error: BaseException) -> list[Any]:
        """Return an exception as `[type, message, cell, line]`; the place is the learner's own innermost line."""
        try:
            message = str(error)[:1000].encode("utf-8", "replace").decode("utf-8")
        except BaseException as broken:  # a `__str__` that raises, and whatever it raises
            message = f"(its message cannot be shown: {type(broken).__name__[:80]})"
        if type(error) is SystemExit and (error.code is None or isinstance(error.code, bool)):
            message = ""  # its status: to whoever wrote `exit()` it says nothing
        if type(error) is NameError and (skipped := self._unbound.get(str(error.name)) or self._unbound.get("*")):
            message = f"{message}: it would come from {skipped}, {LEFT_OUT}"
        if isinstance(error, OSError) and error.errno in NO_FILE and error.filename is not None:
            message = f"no file or folder can be used while your work is graded: {error.filename!r:.80}"
        label, line = None, None
        if isinstance(error, SyntaxError) and error.filename in self.places:
            label, line, message = self.places[error.filename], error.lineno, str(error.msg)[:1000]
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code.co_filename in self.places:
                label, line = self.places[trace.tb_frame.f_code.co_filename], trace.tb_lineno
            trace = trace.tb_next
        origin = "builtin" if getattr(builtins, type(error).__name__, None) is type(error) else "own"
        return [type(error).__name__[:80].encode("utf-8", "replace").decode("utf-8"), message, label, line, origin]


def _are_alike(answers: list[Any]) -> bool:
    """Tell whether answers are floats, or arrays of floats of one shape, and nothing else."""
    kinds = {type(one) for one in answers}
    if kinds == {np.ndarray}:
        return len({one.shape for one in answers}) == 1 and {one.dtype for one in answers} == {np.dtype(float)}
    return bool(kinds) and kinds <= {float, np.float64}


def _plain_parameters(function: types.FunctionType) -> list[list[Any]]:
    """Return what `inspect` would tell of a function that nobody has decorated, in a twentieth of the time."""
    code, defaults = function.__code__, len(function.__defaults__ or ())
    last = code.co_argcount + code.co_kwonlyargcount
    kinds = ["POSITIONAL_ONLY"] * code.co_posonlyargcount
    kinds += ["POSITIONAL_OR_KEYWORD"] * (code.co_argcount - len(kinds)) + ["KEYWORD_ONLY"] * code.co_kwonlyargcount
    optional = [place >= code.co_argcount - defaults for place in range(code.co_argcount)]
    optional += [name in (function.__kwdefaults__ or ()) for name in code.co_varnames[code.co_argcount : last]]
    told = [[name[:80], kind, has] for name, kind, has in zip(code.co_varnames, kinds, optional, strict=False)]
    if code.co_flags & (inspect.CO_VARARGS | inspect.CO_VARKEYWORDS):
        told.append(["", "VAR_POSITIONAL", False])
    return told[:MAX_NAMES]


def reply_to(worker: Worker, frame: bytes, output_limit: int) -> tuple[Worker, bytes]:
    """Return the reply to a framed request, its length in front, and the worker for the next: loading begins anew."""
    number, request = msgpack.unpackb(frame, use_list=True, strict_map_key=False)
    if request[0] == "load":
        worker = Worker(output_limit)
    try:
        reply = msgpack.packb([number, *worker.handle(request)])
        if len(reply) > MAX_BYTES:
            raise PlainError("the result is too large")
    except BaseException as error:  # a learner's object may raise anything when it is looked at
        kind = "unsendable" if isinstance(error, PlainError) else "raised"
        text = str(error)[:200] if kind == "unsendable" else [type(error).__name__[:80], "", None, None, "own"]
        reply = msgpack.packb([number, kind, text, "", [], [], []])
    return worker, len(reply).to_bytes(4, "big") + reply


def _note(points: list[Any], point: Any) -> None:
    # Points of one shape only, so that they make an array; `f` of a whole array is no step of a path.
    if len(points) >= MAX_SEEN:
        return
    if type(point) is np.float64:  # which nobody can change
        if not points or type(points[0]) is np.float64:
            points.append(point)
    elif point.ndim <= 1 and (not points or points[0].shape == point.shape):
        points.append(point.copy())

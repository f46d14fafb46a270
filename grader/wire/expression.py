"""SymPy expressions as plain data: trees that can be sent, checked, evaluated and printed without SymPy.

Both sides of the wire use this module. What comes *from* a learner stays a tree: the trusted side evaluates it in
floating point, node by node, and never rebuilds a SymPy object from it. That takes time proportional to the tree,
whatever it says: a tower of powers overflows to infinity where SymPy's own arithmetic would hang.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import add, itemgetter, mul
from typing import Any

import numpy as np

from grader.wire.vocabulary import ARITIES, CONSTANTS, FUNCTIONS, MANY

MAX_NODES = MANY
MAX_DEPTH = 150
MAX_DIGITS = 1_000  # of an integer: more is no coefficient but an attack

_NUMBERS = ("Integer", "Rational", "Float")  # nodes that are numbers by themselves

Node = tuple[Any, ...]  # (name, *arguments); the arguments of an inner node are nodes
Array = np.ndarray[Any, np.dtype[Any]]


class ExpressionError(ValueError):
    """An expression cannot be sent or read; the message says why, in a learner's words."""


def encode(expression: Any) -> Node:
    """Return the tree of a SymPy expression.

    Raises
    ------
    ExpressionError
        If it has a node that is not on the allow-list, or is too large.
    """
    import sympy as sp

    budget = MAX_NODES

    def node(part: Any, depth: int) -> Node:
        nonlocal budget
        budget -= 1
        if budget < 0 or depth > MAX_DEPTH:
            raise ExpressionError("the expression is too large")
        name = type(part).__name__
        if isinstance(part, sp.Symbol):
            return ("Symbol", str(part.name)[:100], *_assumptions(part))
        if isinstance(part, sp.Integer):
            return ("Integer", _digits(int(part.p)))
        if isinstance(part, sp.Rational):
            return ("Rational", _digits(int(part.p)), _digits(int(part.q)))
        if isinstance(part, sp.Float):
            return ("Float", float(part))
        if name in CONSTANTS and not part.args:
            return (name,)
        if name == "Piecewise":
            pairs = [node(item, depth + 1) for pair in part.args for item in pair.args]
            return ("Piecewise", *pairs)
        if name in FUNCTIONS:
            return (name, *[node(item, depth + 1) for item in part.args])
        raise ExpressionError(f"the expression contains `{name}`, which has no place in a formula of this course")

    return node(expression, 0)


def _assumptions(symbol: Any) -> list[str]:
    # `Symbol("x", real=True)` is another symbol than `Symbol("x")`: a learner must be handed the very same.
    known = {name: value for name, value in symbol.assumptions0.items() if name != "commutative"}
    return [name if value else f"not {name}" for name, value in sorted(known.items())]


def _digits(number: int) -> str:
    if number.bit_length() > MAX_DIGITS * 3.33:
        raise ExpressionError(f"the expression contains an integer of more than {MAX_DIGITS} digits")
    return str(number)


def decode(tree: Node) -> Any:
    """Rebuild the SymPy expression of a tree that the *trusted* side made, on the worker's side."""
    import sympy as sp

    name, *arguments = tree
    if name == "Symbol":
        assumptions = {word.removeprefix("not "): not word.startswith("not ") for word in arguments[1:]}
        return sp.Symbol(arguments[0], **assumptions)
    if name in ("Integer", "Rational"):
        return sp.Rational(*[int(argument) for argument in arguments])
    if name == "Float":
        return sp.Float(arguments[0])
    if name in CONSTANTS:
        return {"BooleanTrue": sp.true, "BooleanFalse": sp.false}.get(name, getattr(sp.S, name, None))
    parts = [decode(argument) for argument in arguments]
    if name == "Piecewise":
        return sp.Piecewise(*zip(parts[::2], parts[1::2], strict=True))
    return getattr(sp, name)(*parts)


def validate(tree: Any) -> Node:
    """Return `tree` as nested tuples of exact types, whoever sent it.

    Raises
    ------
    ExpressionError
        If anything in it is not on the allow-list, has the wrong type or arity, or is too large.
    """
    return Validator().validate(tree)


class Validator:
    """Looks through the trees of one answer, which together may have no more nodes than one formula."""

    def __init__(self) -> None:
        self._nodes_left = MAX_NODES

    def validate(self, tree: Any) -> Node:
        """Do what the function `validate` does."""
        return self._node(tree, 0)

    def _node(self, part: Any, depth: int) -> Node:
        self._nodes_left -= 1
        if self._nodes_left < 0 or depth > MAX_DEPTH:
            raise ExpressionError("the expression is too large")
        if type(part) not in (list, tuple) or not part or type(part[0]) is not str:
            raise ExpressionError("the expression is malformed")
        name, *arguments = part
        if name in ("Integer", "Rational"):
            if len(arguments) != (1 if name == "Integer" else 2) or not all(map(_is_integer_text, arguments)):
                raise ExpressionError("the expression contains a malformed number")
            return (name, *arguments)
        if name == "Float":
            if len(arguments) != 1 or type(arguments[0]) is not float:
                raise ExpressionError("the expression contains a malformed number")
            return (name, arguments[0])
        if name == "Symbol":
            if not arguments or type(arguments[0]) is not str or len(arguments[0]) > 100:
                raise ExpressionError("the expression contains a malformed symbol")
            return (name, arguments[0])  # symbols are compared by name
        if name in CONSTANTS:
            return (name,)
        if name not in FUNCTIONS:
            raise ExpressionError("the expression contains something that has no place in a formula of this course")
        low, high = ARITIES.get(name, (1, 1))
        if not low <= len(arguments) <= high or (name == "Piecewise" and len(arguments) % 2):
            raise ExpressionError(f"`{name}` has the wrong number of arguments")
        return (name, *[self._node(argument, depth + 1) for argument in arguments])


def _is_integer_text(text: Any) -> bool:
    return type(text) is str and len(text) <= MAX_DIGITS + 1 and text.isascii() and text.removeprefix("-").isdigit()


def compile_tree(tree: Node, variables: Sequence[str]) -> Callable[..., Any]:
    """Return a function of the values of `variables` (floats or arrays, in this order) that evaluates `tree`.

    Raises
    ------
    ExpressionError
        If the tree has a symbol that is not among `variables`, or a part without a value.
    """
    # Each part becomes a function of one thing, the place: the value itself of an only variable, or all values.
    alone = len(variables) == 1

    def itself(at: Any) -> Any:
        return at

    places = {name: itself if alone else itemgetter(number) for number, name in enumerate(variables)}

    def compiled(part: Node) -> tuple[Callable[[Any], Any], bool]:
        # With each function comes whether it is constant: then it is worked out here, once.
        name, *arguments = part
        if name == "Symbol":
            if arguments[0] not in places:
                raise ExpressionError(f"the expression contains the symbol `{arguments[0]}`, which it should not")
            return places[arguments[0]], False
        if name in ("Integer", "Rational", "Float") or name in CONSTANTS:
            constant = _number(part)
            return (lambda _at: constant), True
        function = FUNCTIONS[name]
        parts, constants = zip(*[compiled(argument) for argument in arguments], strict=True)
        if all(constants):
            value = function(*[item(None) for item in parts])
            return (lambda _at: value), True
        if len(parts) == 1:
            (only,) = parts
            return (lambda at: function(only(at))), False
        if len(parts) == 2:
            first, second = parts
            function = {"Add": add, "Mul": mul}.get(name, function)
            if constants[0]:
                number = first(None)
                return partial(function, number) if second is itself else lambda at: function(number, second(at)), False
            if constants[1]:
                number = second(None)
                return (lambda at: function(first(at), number)), False
            return (lambda at: function(first(at), second(at))), False
        return (lambda at: function(*[item(at) for item in parts])), False

    try:
        with np.errstate(all="ignore"):
            formula = compiled(tree)[0]
    except (TypeError, ValueError, ArithmeticError) as error:
        if isinstance(error, ExpressionError):
            raise
        raise ExpressionError(f"the expression has no value: {error}") from None
    return formula if alone else lambda *values: formula(values)


def _number(tree: Node) -> Any:
    name, *arguments = tree
    if name == "Float":
        return np.float64(arguments[0])
    if name in CONSTANTS:
        return np.asarray(CONSTANTS[name])[()]  # a NumPy scalar: it overflows to infinity where Python's would raise
    try:
        return np.float64(int(arguments[0]) / (int(arguments[1]) if name == "Rational" else 1))
    except OverflowError:
        return np.float64(-np.inf if arguments[0].startswith("-") else np.inf)
    except ZeroDivisionError:
        return np.float64(np.nan)


# How each is written, how tightly it binds, and how tightly its first and its other arguments must.
_INFIX = {"Add": (" + ", 1, 1, 1), "Mul": ("*", 2, 2, 3), "Pow": ("**", 3, 4, 3)}
_NAMES = {"Pi": "pi", "Exp1": "E", "ImaginaryUnit": "I", "Infinity": "oo", "NegativeInfinity": "-oo"}


def text_of(tree: Node, limit: int = 200) -> str:
    """Return `tree` as a learner would type it, cut to `limit` characters."""
    parts_left = limit  # each part is written with a character at least

    def write(part: Node, binding: int) -> str:
        nonlocal parts_left
        parts_left -= 1
        if parts_left < 0:
            return "…"
        name, *arguments = part
        arguments = arguments[: limit + 1]
        if name in _INFIX:
            sign, level, for_first, for_others = _INFIX[name]
            parts = [write(item, for_others if index else for_first) for index, item in enumerate(arguments)]
            written = sign.join(parts).replace("+ -", "- ").replace("-1*", "-")
        elif name in FUNCTIONS:
            return f"{name}({', '.join(write(argument, 0) for argument in arguments)})"
        else:
            written = str(_NAMES.get(name, name)) if name in CONSTANTS else "/".join(map(str, arguments))
            level = 2 if written.startswith("-") or "/" in written else 4  # as a product, or as an atom
        return f"({written})" if level < binding else written

    written: str = write(tree, 0)
    return written if len(written) <= limit else written[: limit - 1] + "…"


@dataclass(frozen=True)
class Expression:
    """A formula in symbols, as a tree.

    Parameters
    ----------
    tree
        The nodes; from `encode` or `validate`.
    """

    tree: Node

    @property
    def text(self) -> str:
        return text_of(self.tree)

    @property
    def symbols(self) -> frozenset[str]:
        """The names of the symbols in it."""
        found: set[str] = set()
        parts = [self.tree]
        while parts:
            part = parts.pop()
            if part[0] == "Symbol":
                found.add(part[1])
            else:
                parts += [argument for argument in part[1:] if isinstance(argument, tuple)]
        return frozenset(found)

    def bind(self, **numbers: float) -> "Expression":
        """Return the expression with numbers in place of the symbols named."""

        def replace(part: Node) -> Node:
            if part[0] == "Symbol":
                if part[1] not in numbers:
                    return part
                value = numbers[part[1]]
                return ("Integer", str(value)) if isinstance(value, int) else ("Float", float(value))
            return (part[0], *[replace(item) if isinstance(item, tuple) else item for item in part[1:]])

        return Expression(replace(self.tree))

    def evaluate(self, **values: Any) -> Array:
        """Return its value where the symbols have `values` (numbers or arrays), as a complex array.

        Complex, because a right formula may pass through the square root of a negative number.

        Raises
        ------
        ExpressionError
            If it has another symbol, or no value: the sine of a truth value, say.
        """
        if not values and self.tree[0] in _NUMBERS:  # of which an answer may hold thousands
            return np.asarray(_number(self.tree), dtype=complex)
        function = compile_tree(self.tree, tuple(values))
        with np.errstate(all="ignore"):
            complex_values = [np.asarray(value, dtype=complex) for value in values.values()]
            try:
                return np.asarray(function(*complex_values), dtype=complex)
            except (TypeError, ValueError, ArithmeticError) as error:
                raise ExpressionError(f"the expression has no value: {error}") from None


class Boxed(Expression):
    """A formula that came in a NumPy array of dtype object: it is a formula, and counts as no number."""

"""The functions that checks hand to learners: objectives, slopes and gradients, made from formulas.

A check builds them once, at import, from SymPy; `bind` sets their free numbers for one learner in microseconds. They
cross to the worker as trees, are rebuilt there, and note where a learner calls them. On the trusted side they can be
called too, so that a check can work out what to expect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.wire.expression import Expression, Node, compile_tree, encode

if TYPE_CHECKING:  # a worker that needs no SymPy has none
    import sympy as sp

MAX_SEEN = 2_048  # points of one call that are noted

Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, eq=False)
class Function:
    """A function of the course.

    Parameters
    ----------
    form
        `"scalar"`: elementwise in one number; `"number"`: of a point of shape (n,), with one number as its value;
        `"vector"`: of a point, with an array of shape (n,) as its value. These answer with something new each time.
        `"itself"`: answers with its own argument; `"constant"`: wherever it is asked, with the one array that it keeps.
    variables
        Names of the arguments, in order.
    outputs
        The formula of each value: one, or n for a vector.
    """

    form: str
    variables: tuple[str, ...]
    outputs: tuple[Expression, ...]

    def bind(self, **numbers: float) -> "Function":
        """Return the function with numbers in place of its other symbols."""
        return Function(self.form, self.variables, tuple(output.bind(**numbers) for output in self.outputs))

    @property
    def expression(self) -> Expression:
        """Its formula, to be handed to a learner as a SymPy expression."""
        return self.outputs[0]

    @property
    def text(self) -> str:
        """What a learner's message calls it."""
        formulas = ", ".join(output.text for output in self.outputs)
        return f"<function of {', '.join(self.variables)}: {formulas}>"

    def compiled(self) -> Callable[[Any], Any]:
        """Return it as a plain function: for many calls."""
        return rebuild(self.form, self.variables, [output.tree for output in self.outputs])

    def __call__(self, point: Any) -> Any:
        return self.compiled()(point)


def scalar_function(expression: "sp.Expr", variable: "sp.Symbol") -> Function:
    """Return `f(x)`, elementwise on numbers and arrays."""
    return Function("scalar", (variable.name,), (Expression(encode(expression)),))


def slope(expression: "sp.Expr", variable: "sp.Symbol") -> Function:
    """Return the derivative of `expression`, elementwise on numbers and arrays."""
    return scalar_function(expression.diff(variable), variable)


def point_function(expression: "sp.Expr", variables: "Sequence[sp.Symbol]") -> Function:
    """Return `f(point)`, a number for a point of shape (n,)."""
    return Function("number", tuple(variable.name for variable in variables), (Expression(encode(expression)),))


def gradient(expression: "sp.Expr", variables: "Sequence[sp.Symbol]") -> Function:
    """Return the gradient of `expression`: shape (n,) for a point of shape (n,)."""
    partials = tuple(Expression(encode(expression.diff(variable))) for variable in variables)
    return Function("vector", tuple(variable.name for variable in variables), partials)


def identity() -> Function:
    """Return the function that answers with its own argument: the gradient of |p|²/2 in any dimension."""
    return Function("itself", ("p",), (Expression(("Symbol", "p")),))


def constant(*numbers: float) -> Function:
    """Return the function that answers with the array of these numbers, always with the same one: a plane's gradient."""
    return Function("constant", ("p",), tuple(Expression(("Float", float(number))) for number in numbers))


def rebuild(
    form: str, variables: Sequence[str], trees: Sequence[Node], note: Callable[[Any], None] | None = None
) -> Callable[[Any], Any]:
    """Return the plain function that `form`, `variables` and `trees` describe; `note` is given each point."""
    compiled = [compile_tree(tree, variables) for tree in trees]
    formula = compiled[0]

    def scalar(x: Any) -> Any:
        if type(x) is not np.float64:
            x = np.float64(x) if isinstance(x, (float, int)) else np.asarray(x, dtype=float)[()]
        if note is not None:
            note(x)
        value = formula(x)
        if type(x) is np.float64:
            return value if type(value) is np.float64 else np.float64(value)
        return np.broadcast_to(np.asarray(value, dtype=float), x.shape).copy()  # a constant formula has no shape

    def coordinates(point: Any) -> Array:
        place: Array = np.asarray(point, dtype=float)
        if place.shape != (len(variables),):
            raise ValueError(f"expected a point of shape ({len(variables)},), not one of shape {place.shape}")
        if note is not None:
            note(place)
        return place

    def number(point: Any) -> Any:
        return np.float64(formula(*coordinates(point)))

    def vector(point: Any) -> Any:
        values = tuple(coordinates(point))  # NumPy's scalars
        return np.array([partial(*values) for partial in compiled], dtype=float)

    def itself(point: Any) -> Any:
        if note is not None:
            note(np.asarray(point, dtype=float))
        return point

    kept = np.array([partial(None) for partial in compiled], dtype=float) if form == "constant" else None

    def constant(point: Any) -> Any:
        if note is not None:
            note(np.asarray(point, dtype=float))
        return kept

    forms = {"scalar": scalar, "number": number, "vector": vector, "itself": itself, "constant": constant}
    chosen: Callable[[Any], Any] = forms[form]
    chosen.__qualname__ = "given_function"  # what Python calls it in its messages
    return chosen


class Handed:
    """A callable of a course's own that checks hand to learners by name; a course defines them in `handed.py`.

    Parameters
    ----------
    name
        By which it crosses; unique in the course.
    text
        What a learner's message calls it.
    """

    def __init__(self, name: str, text: str) -> None:
        self.name, self.text = name, text
        type(self).__call__.__qualname__ = text  # in Python's messages
        HANDED[name] = self

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        raise NotImplementedError


HANDED: dict[str, Handed] = {}


def handed(name: str) -> Any:
    """Return a callable of the course by its name.

    Raises
    ------
    CourseError
        If the course has none of that name.
    """
    from grader.manifest.course import CourseError, load_course
    from grader.manifest.parts import HANDED as MODULE
    from grader.manifest.parts import part

    part(load_course().places, MODULE)
    if name not in HANDED:
        raise CourseError(f"{MODULE}.py: it has no {name!r}; it has {', '.join(sorted(HANDED)) or 'nothing'}")
    return HANDED[name]


@dataclass(frozen=True)
class Seeded:
    """A fresh `numpy.random.Generator`, which crosses as its seed: the same numbers whenever the call is repeated."""

    seed: int

    @property
    def text(self) -> str:
        return f"np.random.default_rng({self.seed})"

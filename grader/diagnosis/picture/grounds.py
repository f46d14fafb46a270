"""The ground below a walk: how high it is, from what a check handed in.

A slope or a gradient is integrated, so that its landscape is known up to one height; a formula, a sample or a task's own
landscape is worked out as it is. In one dimension a ground answers with heights for places along x, in two with a table
of heights for places along x and along y, shape (len(y), len(x)).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.wire.expression import Expression, Node, compile_tree, encode
from grader.wire.functions import Function

Array = np.ndarray[Any, np.dtype[np.float64]]
Ground = Callable[..., Array]
Values = dict[str, Any]


@dataclass(frozen=True)
class Relative:
    """A ground made of slopes: its heights are known only up to a constant, so no number stands for one."""

    heights: Ground

    def __call__(self, *places: Array) -> Array:
        return self.heights(*places)


def of_slope(function: Any) -> Ground:
    """Return the ground of a slope or a gradient in one or two dimensions."""
    if not isinstance(function, Function):
        raise TypeError("no gradient of the checks")
    if function.form == "scalar":
        slope = function.compiled()
        return Relative(lambda x: _summed(slope(x), x))
    by_x, by_y = [_table(output.tree, function.variables) for output in function.outputs]

    def ground(x: Array, y: Array) -> Array:
        # Along the lowest row to x, then straight up to y: of a gradient every way gives the same height.
        along = _summed(by_x(x, y[:1])[0], x)
        return along + _summed(by_y(x, y).T, y).T

    return Relative(ground)


def of_formula(formula: Any, variables: Sequence[Any]) -> Ground:
    """Return the ground whose heights a formula gives, whether of SymPy or of the checks."""
    tree = formula.tree if isinstance(formula, Expression) else encode(formula)
    names = [variable.name for variable in variables]
    if len(names) == 2:
        return _table(tree, names)
    (_only,) = names
    height = compile_tree(tree, names)
    return lambda x: np.broadcast_to(np.asarray(height(x), dtype=float), x.shape)


def of_function(function: Any) -> Ground:
    """Return the curve of a function that the checks handed in."""
    if not isinstance(function, Function) or function.form != "scalar":
        raise TypeError("no curve of the checks")
    return function.compiled()


def of_plane(gradient: Any) -> Ground:
    """Return the ground that has the same slope everywhere: all that is known when one gradient is."""
    slope = np.atleast_1d(np.asarray(gradient, dtype=float))
    if slope.shape == (1,):
        return Relative(lambda x: slope[0] * x)
    by_x, by_y = slope
    return Relative(lambda x, y: by_x * x[None, :] + by_y * y[:, None])


def _table(tree: Node, names: Sequence[str]) -> Ground:
    value = compile_tree(tree, names)

    def table(x: Array, y: Array) -> Array:
        across, up = np.meshgrid(x, y)
        return np.broadcast_to(np.asarray(value(across, up), dtype=float), across.shape)

    return table


def _summed(slopes: Array, places: Array) -> Array:
    """Return the integral of slopes along the last axis, by trapezoids: as fine as the places, and a picture is no finer."""
    means = (slopes[..., 1:] + slopes[..., :-1]) / 2
    heights: Array = np.zeros(slopes.shape)
    np.cumsum(means * np.diff(places), axis=-1, out=heights[..., 1:])
    return heights

"""The scene of each function of the contract: what its arguments are called, its ground, and what of its result is drawn.

Only numbers of a result are drawn, and no word in a picture is a learner's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.expect import as_numbers
from grader.motions import WALK, motion_of
from grader.picture import landscapes, plots
from grader.picture.drawing import Array, number
from grader.picture.landscapes import Ground, Values
from grader.picture.plots import Walk, Words
from grader.proxy import Call, RemoteFunction

MOST_RULE = 60  # steps of the right walk that are drawn beside the learner's
LARGEST = 1e100  # of a number that is drawn: what is far larger is lost, like infinity


@dataclass(frozen=True)
class Seen:
    """One call that is being drawn, and those around it."""

    call: Call
    names: Sequence[str]  # of its arguments
    calls: Sequence[Call]

    @property
    def name(self) -> str:
        return self.call.target.origin

    @property
    def values(self) -> Values:
        """Its arguments by their names."""
        return dict(zip(self.names, self.call.arguments, strict=False)) | self.call.options

    def words(self, headline: str, note: str = "") -> Words:
        said = ". ".join(filter(None, (self.call.text[:400], headline, note)))
        return Words(f"What {self.name} did", f"{said}.", headline, note)

    def alike(self) -> list[tuple[float, float]]:
        """Return the places and answers of all calls that ask the same function for one number at one place."""
        answers = []
        for call in self.calls:
            if call.target.origin == self.name and call.target.target == self.call.target.target and call.arguments:
                place, answer = _numbers(call.arguments[0]).ravel(), _numbers(call.result).ravel()
                answers += list(zip(place.tolist(), answer.tolist(), strict=True))
        return [pair for pair in sorted(set(answers)) if np.isfinite(pair).all()][:MOST_RULE]


Scene = Callable[[Seen], str]


def _numbers(value: Any) -> Array:
    """Return numbers, or raise ValueError: a learner's answer is never handed to NumPy as it is."""
    numbers = as_numbers(value, truths=True)
    if numbers is None:
        raise ValueError("no numbers")
    return numbers


def _finite(value: Any) -> Array:
    """Return numbers of a size that can be drawn, or raise ValueError."""
    numbers = _numbers(value)
    if numbers.size == 0 or not (np.abs(numbers) < LARGEST).all():
        raise ValueError("nothing that can be drawn")
    return numbers


def _trail(result: Any, size: int, only_end: bool) -> tuple[Array, int | None]:
    """Return the points of a path up to the first that cannot be drawn, and the row of that one."""
    rows = _numbers(result)
    rows = rows.reshape(1, -1) if only_end else rows[:, None] if rows.ndim == 1 and size == 1 else rows
    if rows.ndim != 2 or rows.shape[1] != size:
        raise ValueError("no path")
    good = (np.abs(rows) < LARGEST).all(axis=1)
    lost = None if good.all() else int(np.argmin(good))
    return _finite(rows[:lost]), lost


def _rule(seen: Seen, trail: Array) -> Array:
    """Return where the update rule leads, if that is known, near, and not where the learner's path leads."""
    none = trail[:0]
    motion = motion_of(seen.call.target.exercise, seen.name, seen.call.arguments, seen.call.options)
    if motion is None or motion.with_state or motion.epochs > MOST_RULE:
        return none
    rule = motion.walk(motion.epochs)
    known = trail if len(trail) > 1 else trail[-1:]
    same = rule[-len(known) :] if motion.only_end else rule
    if not (np.abs(rule) < LARGEST).all() or (same.shape == known.shape and np.allclose(same, known)):
        return none
    return rule


def _walk(
    ground: Callable[[Values], Ground],
    start: Callable[[Values], Any] = lambda values: values["start"],
    read: Callable[[Any, Values], Any] = lambda result, _values: result,
    names: Sequence[str] = (),
    only_end: bool = False,
    domain: tuple[float, float] | None = None,
) -> Scene:
    """Return the scene of a function that walks."""

    def scene(seen: Seen) -> str:
        starts = np.atleast_2d(_finite(start(seen.values)))
        size = starts.shape[1]
        trail, lost = _trail(read(seen.call.result, seen.values), size, only_end)
        shown = names or getattr(seen.values.get("gradient"), "variables", ()) or ("x", "y")
        walk = Walk(
            starts=starts,
            trail=trail,
            rule=_rule(seen, trail),
            ground=ground(seen.values) if size <= 2 else landscapes.hilly,  # not drawn where there are more
            names=(shown[0], "height") if size == 1 else shown,
            only_end=only_end,
            domain=domain,
            heights="gradient" not in seen.values,  # a ground made of slopes has no known height
        )
        steps = "" if only_end else f"{len(trail) - 1} step{'s' * (len(trail) != 2)} "
        said = f"{seen.name}: {steps}from {_places(starts)} to {_place(trail[-1])}"
        note = "" if lost is None else f"Row {lost} is no number that can be drawn."
        return plots.walk(walk, seen.words(said, note))

    return scene


def _place(point: Array) -> str:
    numbers = ", ".join([number(value) for value in point[:3].tolist()] + ["…"] * (len(point) > 3))
    return numbers if len(point) == 1 else f"({numbers})"


def _places(points: Array) -> str:
    return ", ".join(map(_place, points[:4])) + ", …" * (len(points) > 4)


def _lines(ground: Callable[[Values], Ground], names: Sequence[str] = ("x", "height")) -> Scene:
    """Return the scene of a function that gives the slope at a place."""

    def scene(seen: Seen) -> str:
        places, slopes = _finite(seen.alike()).T
        said = f"{seen.name} at {_place(places)}: {_place(slopes)}"
        return plots.lines(ground(seen.values), places.tolist(), slopes.tolist(), names, seen.words(said))

    return scene


def _heights(ground: Callable[[Values], Ground], names: Sequence[str]) -> Scene:
    """Return the scene of a function that gives the height at a place."""

    def scene(seen: Seen) -> str:
        places, got = _finite(seen.alike()).T
        said = f"{seen.name} at {_place(places)}: {_place(got)}"
        return plots.heights(ground(seen.values), places.tolist(), got.tolist(), names, seen.words(said))

    return scene


def _secant(seen: Seen) -> str:
    first, last = _finite([seen.values["a"], seen.values["b"]]).tolist()
    slope = float(_finite(seen.call.result))
    said = f"{seen.name} from {number(first)} to {number(last)}: {number(slope)}"
    ground = landscapes.of_function(seen.values["f"])
    return plots.lines(ground, [first], [slope], ("x", "height"), seen.words(said), through=last)


def _tangent(seen: Seen) -> str:
    place, slope = float(_finite(seen.values["x"])), float(_finite(seen.call.result))
    said = f"{seen.name} at {number(place)}: {number(slope)}"
    ground = landscapes.of_function(seen.values["f"])
    return plots.lines(ground, [place], [slope], ("x", "height"), seen.words(said))


def _maker(seen: Seen, *names: str) -> Values:
    """Return the arguments of the call that returned the function which was called."""
    made = next(one for one in seen.calls if isinstance(one.result, RemoteFunction) and one.result is seen.call.target)
    return dict(zip(names, made.arguments, strict=False)) | made.options


def _of_made_slope(seen: Seen) -> str:
    made = _maker(seen, "expression", "variable")
    variable = made["variable"]
    ground = landscapes.of_formula(made["expression"], [variable])
    return _lines(lambda _values: ground, (variable.name, "height"))(seen)


def _of_made_gradient(seen: Seen) -> str:
    made = _maker(seen, "expression", "variables")
    names = [variable.name for variable in made["variables"]]
    return _arrow(lambda _values: landscapes.of_formula(made["expression"], made["variables"]), names)(seen)


def _arrow(ground: Callable[[Values], Ground], names: Sequence[str]) -> Scene:
    """Return the scene of a function that gives the gradient at a place."""

    def scene(seen: Seen) -> str:
        place, got = _finite(seen.call.arguments[0]), _finite(seen.call.result)
        if place.shape != (2,) or got.shape != (2,):
            raise ValueError("no gradient on a map")
        said = f"{seen.name} at {_place(place)}: {_place(got)}"
        return plots.arrow(ground(seen.values), place, got, names, seen.words(said))

    return scene


def _tables(given: str, answers: Sequence[str], arrows: bool = False) -> Scene:
    """Return the scene of a function that makes tables of a table: before and after, or as arrows."""

    def scene(seen: Seen) -> str:
        before = np.asarray(seen.values[given], dtype=float)
        result = seen.call.result if len(answers) > 1 else [seen.call.result]
        after = [_numbers(table) for table in result]
        if before.ndim != 2 or before.size == 0 or len(after) != len(answers):
            raise ValueError("no table")
        if any(table.shape != before.shape for table in after):
            raise ValueError("another shape than what was given")
        size = f"{before.shape[0]} rows, {before.shape[1]} columns"
        panels = [(given, before), *zip(answers, after, strict=True)]
        if arrows:
            panels = [(given, before), (f"({', '.join(answers)}) as arrows", before)]
        return plots.tables(panels, after if arrows else (), seen.words(f"{seen.name}: {size}"))

    return scene


_descent = _walk(lambda values: landscapes.of_slope(values["gradient"]))

_neuron = _walk(
    lambda values: landscapes.of_neuron(values["X"], values["Y"]),
    lambda values: [values["w"], values["b"]],
    names=("w", "b"),
)
# What was there is the start of an update; what is returned is its end.
_update = _walk(
    lambda values: landscapes.of_plane(values["gradient"]),
    lambda values: np.atleast_1d(np.asarray(values["parameter"], dtype=float)),
    lambda result, values: [np.atleast_1d(values["parameter"]), np.atleast_1d(_numbers(result))],
)
_samples = ("parameters[0]", "parameters[1]")

# For each function of the contract: what its arguments are called, and its scene.
WALKS: dict[tuple[str, str], tuple[tuple[str, ...], Scene]] = {
    ("update_rule", "descend"): (WALK, _descent),
    ("update_rule", "descend_until"): (("gradient", "start"), _descent),
    ("starting_values", "descend"): (
        ("start",),
        _walk(lambda _: landscapes.hilly, only_end=True, domain=(-2.15, 2.15)),
    ),
    ("starting_values", "best_of_restarts"): (
        ("starts",),
        _walk(
            lambda _: landscapes.hilly,
            lambda values: np.asarray(values["starts"], dtype=float)[:, None],
            lambda result, _values: result[0],
            only_end=True,
            domain=(-2.15, 2.15),
        ),
    ),
    ("descent_2d", "descend"): (WALK, _descent),
    ("ascent_challenge", "ascend_by_update"): (WALK, _descent),
    ("ascent_challenge", "find_local_maximum"): (
        ("expression", "variables", "start"),
        _walk(
            lambda values: landscapes.of_formula(values["expression"], values["variables"]),
            read=lambda result, _values: result[0],
            only_end=True,
        ),
    ),
    ("sigmoid_neuron", "fit"): (("X", "Y", "w", "b"), _neuron),
    ("stochastic_descent", "stochastic_descent"): (
        ("X", "y", "start"),
        _walk(lambda values: landscapes.of_samples(values["X"], values["y"]), names=_samples),
    ),
    **{("optimizers", name): (WALK, _descent) for name in ("momentum", "nesterov", "adagrad", "rmsprop", "adam")},
    ("gradient_fields", "trace"): (("gradient", "start"), _descent),
}
SCENES = WALKS | {
    ("derivatives", "average_slope"): (("f", "a", "b"), _secant),
    ("derivatives", "numerical_derivative"): (("f", "x"), _tangent),
    ("update_rule", "update"): (("parameter", "gradient"), _update),
    ("starting_values", "objective"): (("x",), _heights(lambda _: landscapes.hilly, ("x", "height"))),
    ("starting_values", "slope"): (("x",), _lines(lambda _: landscapes.hilly)),
    ("sigmoid_neuron", "sigmoid"): (
        ("x", "w", "b"),
        _heights(lambda values: landscapes.of_neurons_answer(values["w"], values["b"]), ("x", "answer")),
    ),
    ("stochastic_descent", "loss_gradient"): (
        ("parameters", "X", "y"),
        _arrow(lambda values: landscapes.of_samples(values["X"], values["y"]), _samples),
    ),
    ("image_gradients", "image_gradients"): (("image",), _tables("image", ("gx", "gy"))),
    ("image_gradients", "gradient_magnitude"): (("image",), _tables("image", ("magnitude",))),
    ("image_gradients", "gradient_direction"): (("image",), _tables("image", ("direction",))),
    ("image_gradients", "edges"): (("image",), _tables("image", ("edges",))),
    ("gradient_fields", "gradient_field"): (("field",), _tables("field", ("df/dx", "df/dy"), arrows=True)),
    ("gradient_fields", "pressure_acceleration"): (("pressure",), _tables("pressure", ("ax", "ay"), arrows=True)),
    ("gradient_fields", "directional_derivative"): (("field",), _tables("field", ("rate of change",))),
}
# Of functions that a call returned.
OF_RETURNED: dict[tuple[str, str], tuple[tuple[str, ...], Scene]] = {
    ("derivatives", "derivative_function"): ((), _of_made_slope),
    ("descent_2d", "gradient_function"): ((), _of_made_gradient),
}

"""The scene of each function of the contract: what its arguments are called, its ground, and what of its result is drawn."""

import numpy as np

from grader.checking.proxy import RemoteFunction
from grader.course import landscapes
from grader.course.motions import WALK
from grader.diagnosis.picture import grounds, plots
from grader.diagnosis.picture.drawing import number
from grader.diagnosis.picture.grounds import Values
from grader.diagnosis.picture.scenes import Scene, Seen, arrow, finite, heights, lines, numbers, tables, walk


def _secant(seen: Seen) -> str:
    first, last = finite([seen.values["a"], seen.values["b"]]).tolist()
    slope = float(finite(seen.call.result))
    said = f"{seen.name} from {number(first)} to {number(last)}: {number(slope)}"
    ground = grounds.of_function(seen.values["f"])
    return plots.lines(ground, [first], [slope], ("x", "height"), seen.words(said), through=last)


def _tangent(seen: Seen) -> str:
    place, slope = float(finite(seen.values["x"])), float(finite(seen.call.result))
    said = f"{seen.name} at {number(place)}: {number(slope)}"
    ground = grounds.of_function(seen.values["f"])
    return plots.lines(ground, [place], [slope], ("x", "height"), seen.words(said))


def _maker(seen: Seen, *names: str) -> Values:
    """Return the arguments of the call that returned the function which was called."""
    made = next(one for one in seen.calls if isinstance(one.result, RemoteFunction) and one.result is seen.call.target)
    return dict(zip(names, made.arguments, strict=False)) | made.options


def _of_made_slope(seen: Seen) -> str:
    made = _maker(seen, "expression", "variable")
    variable = made["variable"]
    ground = grounds.of_formula(made["expression"], [variable])
    return lines(lambda _values: ground, (variable.name, "height"))(seen)


def _of_made_gradient(seen: Seen) -> str:
    made = _maker(seen, "expression", "variables")
    names = [variable.name for variable in made["variables"]]
    return arrow(lambda _values: grounds.of_formula(made["expression"], made["variables"]), names)(seen)


_descent = walk(lambda values: grounds.of_slope(values["gradient"]))
_neuron = walk(
    lambda values: landscapes.of_neuron(values["X"], values["Y"]),
    lambda values: [values["w"], values["b"]],
    names=("w", "b"),
)
# What was there is the start of an update; what is returned is its end.
_update = walk(
    lambda values: grounds.of_plane(values["gradient"]),
    lambda values: np.atleast_1d(np.asarray(values["parameter"], dtype=float)),
    lambda result, values: [np.atleast_1d(values["parameter"]), np.atleast_1d(numbers(result))],
)
_samples = ("parameters[0]", "parameters[1]")

# For each function of the contract: what its arguments are called, and its scene.
WALKS: dict[tuple[str, str], tuple[tuple[str, ...], Scene]] = {
    ("update_rule", "descend"): (WALK, _descent),
    ("update_rule", "descend_until"): (("gradient", "start"), _descent),
    ("starting_values", "descend"): (
        ("start",),
        walk(lambda _: landscapes.hilly, only_end=True, domain=(-2.15, 2.15)),
    ),
    ("starting_values", "best_of_restarts"): (
        ("starts",),
        walk(
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
        walk(
            lambda values: grounds.of_formula(values["expression"], values["variables"]),
            read=lambda result, _values: result[0],
            only_end=True,
        ),
    ),
    ("sigmoid_neuron", "fit"): (("X", "Y", "w", "b"), _neuron),
    ("stochastic_descent", "stochastic_descent"): (
        ("X", "y", "start"),
        walk(lambda values: landscapes.of_samples(values["X"], values["y"]), names=_samples),
    ),
    **{("optimizers", name): (WALK, _descent) for name in ("momentum", "nesterov", "adagrad", "rmsprop", "adam")},
    ("gradient_fields", "trace"): (("gradient", "start"), _descent),
}
SCENES = WALKS | {
    ("derivatives", "average_slope"): (("f", "a", "b"), _secant),
    ("derivatives", "numerical_derivative"): (("f", "x"), _tangent),
    ("update_rule", "update"): (("parameter", "gradient"), _update),
    ("starting_values", "objective"): (("x",), heights(lambda _: landscapes.hilly, ("x", "height"))),
    ("starting_values", "slope"): (("x",), lines(lambda _: landscapes.hilly)),
    ("sigmoid_neuron", "sigmoid"): (
        ("x", "w", "b"),
        heights(lambda values: landscapes.of_neurons_answer(values["w"], values["b"]), ("x", "answer")),
    ),
    ("stochastic_descent", "loss_gradient"): (
        ("parameters", "X", "y"),
        arrow(lambda values: landscapes.of_samples(values["X"], values["y"]), _samples),
    ),
    ("image_gradients", "image_gradients"): (("image",), tables("image", ("gx", "gy"))),
    ("image_gradients", "gradient_magnitude"): (("image",), tables("image", ("magnitude",))),
    ("image_gradients", "gradient_direction"): (("image",), tables("image", ("direction",))),
    ("image_gradients", "edges"): (("image",), tables("image", ("edges",))),
    ("gradient_fields", "gradient_field"): (("field",), tables("field", ("df/dx", "df/dy"), arrows=True)),
    ("gradient_fields", "pressure_acceleration"): (("pressure",), tables("pressure", ("ax", "ay"), arrows=True)),
    ("gradient_fields", "directional_derivative"): (("field",), tables("field", ("rate of change",))),
}
# Of functions that a call returned.
OF_RETURNED: dict[tuple[str, str], tuple[tuple[str, ...], Scene]] = {
    ("derivatives", "derivative_function"): ((), _of_made_slope),
    ("descent_2d", "gradient_function"): ((), _of_made_gradient),
}

"""How each function of the contract should move: the law of its steps, for the arguments of one call.

The law is the update rule as the task states it, with slopes by central differences where the gradient is a task of its
own. This goes to learners.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import sympy as sp

from grader.checking.expect import as_numbers
from grader.diagnosis.motion import MAX_EPOCHS, Arguments, Array, Law, Motion
from grader.wire.expression import Expression, encode
from grader.wire.functions import Function, rebuild


def _point(start: Any) -> Array:
    return np.atleast_1d(np.asarray(start, dtype=float))


def _along(function: Any) -> Law:
    """Return a gradient of the checks as a law on points of shape (n,); in one dimension it takes numbers."""
    if not isinstance(function, Function):
        raise TypeError("no gradient of the checks")
    slope = function.compiled()
    if function.form == "scalar":
        return lambda point: np.atleast_1d(slope(float(point[0])))
    return slope


def _differences(height: Callable[[Array], float]) -> Law:
    """Return the gradient of `height` by central differences: good to about 1e-9."""

    def gradient(point: Array) -> Array:
        moves = 6e-6 * np.eye(len(point))
        return np.array([(height(point + move) - height(point - move)) / 1.2e-5 for move in moves])

    return gradient


def _descent(values: Arguments, uphill: bool = False, with_state: bool = False) -> Motion:
    slope, rate = _along(values["gradient"]), float(values["learning_rate"])
    factor = rate if uphill else -rate
    return Motion(
        _point(values["start"]),
        lambda point: factor * slope(point),
        int(values["epochs"]),
        rate,
        uphill,
        with_state=with_state,
    )


def _ascent(values: Arguments) -> Motion:
    return _descent(values, uphill=True)


def _optimizer(values: Arguments) -> Motion:
    # Without a memory the right path is the plain one, and nothing can be told.
    if values.get("decay") == 0:
        raise ValueError("no memory")
    return _descent(values, with_state=True)


def _one_update(values: Arguments) -> Motion:
    step = -float(values["learning_rate"]) * _point(values["gradient"])
    old = _point(values["parameter"])

    def read(new: Any) -> list[Any]:
        numbers = as_numbers(new)
        return [old, None if numbers is None else np.atleast_1d(numbers)]

    return Motion(old, lambda _: step, 1, float(values["learning_rate"]), read=read, noun="update")


def _descent_until(values: Arguments) -> Motion:
    motion = _descent({**values, "epochs": 0})
    slope, point, epochs = _along(values["gradient"]), motion.start, 0
    limit = min(int(values.get("max_epochs", 1000)), MAX_EPOCHS)
    while epochs < limit and abs(slope(point)[0]) >= values["tolerance"]:
        point, epochs = point + motion.step(point), epochs + 1
    return replace(motion, epochs=epochs)


def _climb(values: Arguments) -> Motion:
    formula, names = values["expression"], [variable.name for variable in values["variables"]]
    if isinstance(formula, sp.Basic):
        formula = Expression(encode(formula))
    if not isinstance(formula, Expression):
        raise TypeError("no formula of the checks")
    rate = float(values["learning_rate"])
    slope = _differences(rebuild("number", names, [formula.tree]))
    start = _point(values["start"])
    return Motion(
        start,
        lambda point: rate * slope(point),
        int(values["epochs"]),
        rate,
        uphill=True,
        only_end=True,
        read=lambda pair: pair[0],
        noun="walk",
    )


def _hilly(values: Arguments) -> Motion:
    rate = float(values.get("learning_rate", 0.01))
    slope = _differences(lambda point: float(np.cos(2 * np.pi * point[0]) + point[0] ** 2))
    epochs = int(values.get("epochs", 150))
    start = _point(values["start"])
    return Motion(start, lambda point: -rate * slope(point), epochs, rate, only_end=True, noun="walk")


def _neuron(values: Arguments) -> Motion:
    rate = float(values.get("learning_rate", 1.0))
    x, y = (np.asarray(values[name], dtype=float) for name in "XY")
    slope = _differences(
        lambda point: float(np.square(0.5 + 0.5 * np.tanh((point[0] * x + point[1]) / 2) - y).sum() / 2)
    )
    start = np.array([values["w"], values["b"]], dtype=float)
    return Motion(start, lambda point: -rate * slope(point), int(values.get("epochs", 1000)), rate)


def _one_full_batch(values: Arguments) -> Motion:
    x, y = np.asarray(values["X"], dtype=float), np.asarray(values["y"], dtype=float)
    rate = float(values["learning_rate"])
    if values["batch_size"] < len(y):
        raise ValueError("the order of the data is free, and so is the path")
    slope = _differences(lambda point: float(np.square(x @ point - y).mean() / 2))
    return Motion(_point(values["start"]), lambda point: -rate * slope(point), int(values["epochs"]), rate)


def _streamline(values: Arguments) -> Motion:
    slope, length = _along(values["gradient"]), float(values["step"])

    def step(point: Array) -> Array:
        up = slope(point)
        return length * up / np.linalg.norm(up) if up.any() else 0.0 * up

    return Motion(_point(values["start"]), step, int(values["n_steps"]), length, uphill=True)


WALK = ("gradient", "start", "learning_rate", "epochs")
MOTIONS: dict[tuple[str, str], tuple[tuple[str, ...], Callable[[Arguments], Motion]]] = {
    ("update_rule", "update"): (("parameter", "gradient", "learning_rate"), _one_update),
    ("update_rule", "descend"): (WALK, _descent),
    ("update_rule", "descend_until"): (
        ("gradient", "start", "learning_rate", "tolerance", "max_epochs"),
        _descent_until,
    ),
    ("starting_values", "descend"): (("start", "learning_rate", "epochs"), _hilly),
    ("descent_2d", "descend"): (WALK, _descent),
    ("ascent_challenge", "ascend_by_update"): (WALK, _ascent),
    ("ascent_challenge", "find_local_maximum"): (
        ("expression", "variables", "start", "learning_rate", "epochs"),
        _climb,
    ),
    ("sigmoid_neuron", "fit"): (("X", "Y", "w", "b", "learning_rate", "epochs"), _neuron),
    ("stochastic_descent", "stochastic_descent"): (
        ("X", "y", "start", "learning_rate", "epochs", "batch_size", "rng"),
        _one_full_batch,
    ),
    **{
        ("optimizers", name): ((*WALK, "decay"), _optimizer)
        for name in ("momentum", "nesterov", "adagrad", "rmsprop", "adam")
    },
    ("gradient_fields", "trace"): (("gradient", "start", "step", "n_steps"), _streamline),
}

"""What each function of the contract is asked when it has failed: simple numbers, and what is right, worked out by hand.

Where no answer stands (None), the law in `motions.py` says it. This goes to learners.
"""

from typing import Any

import numpy as np
import sympy as sp

from grader.checking.kept import Array
from grader.diagnosis.questions import Question, cases
from grader.functions import gradient, handed, scalar_function, slope
from grader.wire.functions import Seeded

x, y, z = sp.symbols("x y z")
SQUARE, CUBE, NINTH = scalar_function(x**2, x), scalar_function(x**3, x), scalar_function(x**9, x)
VALLEY, STRAIGHT, CURVED = slope(x**2, x), slope(2 * x, x), slope(x**4 / 4, x)  # 2x, 2, x**3
BOWL, PLANE = gradient(x**2 + 2 * y**2, (x, y)), gradient(3 * x + 4 * y, (x, y))  # (2x, 4y) and (3, 4)
TILTED = gradient(x**2 + x * y + y**2, (x, y))  # (2x + y, x + 2y)
DEEP = gradient(x**2 + y**2 + x * z, (x, y, z))  # (2x + z, 2y, x)
DOWNWARDS = gradient(-(x**2) - 2 * y**2, (x, y))  # that of the bowl, turned round
DESCEND = handed("decoy_descend")
STEEP = gradient(2 * x + 0 * y, (x, y))  # (2, 0)
TABLE = np.array([[0.0, 1.0, 4.0], [2.0, 3.0, 6.0], [4.0, 5.0, 8.0]])  # x**2 + 2y
BY_X, BY_Y = np.array(3 * [[1.0, 2.0, 3.0]]), np.full((3, 3), 2.0)
TALL = np.array([[0.0, 1.0], [2.0, 5.0], [8.0, 9.0]])
SAMPLES = {"w": 0.0, "b": 0.0, "X": np.array([1.0, 3.0]), "Y": np.array([0.0, 1.0])}
TWICE_RATE = "with twice the rate"

WALK = (
    (TWICE_RATE, {"learning_rate": 0.5}, None),
    ("from another start", {"start": -1.0}, None),
    ("for one update", {"epochs": 1}, None),
    ("where the slope is the same everywhere", {"gradient": STRAIGHT}, None),
    ("where the slope is curved", {"gradient": CURVED, "start": 1.0}, None),
    ("for four updates", {"epochs": 4}, None),
    ("from a start that is a whole number", {"start": 2}, None),
    ("without an update", {"epochs": 0}, None),
)
WALK_2D = (
    (TWICE_RATE, {"learning_rate": 0.25}, None),
    ("from another start", {"start": [-1.0, 0.5]}, None),
    ("for one update", {"epochs": 1}, None),
    ("where the slope is the same everywhere", {"gradient": PLANE}, None),
    ("where each slope depends on both coordinates", {"gradient": TILTED}, None),
    ("in three dimensions", {"gradient": DEEP, "start": [1.0, -2.0, 0.5]}, None),
    ("from a start of whole numbers", {"start": np.array([2, -1])}, None),
    ("without an update", {"epochs": 0}, None),
)
WALKED_2D = {"gradient": BOWL, "start": [1.0, -2.0], "learning_rate": 0.125, "epochs": 2}


def optimizer(first: Array, *others: tuple[str, dict[str, Any], Any], **options: float) -> tuple[Question, ...]:
    """Return the questions about an optimizer: on a plane its steps can be worked out by hand."""
    given = {"gradient": STEEP, "start": [1.0, 3.0], "learning_rate": 0.5, "epochs": 1, **options}
    return cases("for one update", given, first, *others)


def rows(*points: Any) -> Array:
    """Return a path as an array."""
    return np.array(points, dtype=float)


FRACTIONS = rows([1, 1.5, 2], [1, 2, 3]), rows([2, 2, 3], [2, 2, 3])  # of [[0, 1, 3], [2, 3, 6]]
QUESTIONS: dict[tuple[str, str], tuple[Question, ...]] = {
    ("derivatives", "average_slope"): cases(
        "from 1 to 3",
        {"f": SQUARE, "a": 1.0, "b": 3.0},
        4.0,
        ("with another `b`", {"b": 5.0}, 6.0),
        ("with another `a`", {"a": 2.0}, 5.0),
        ("from right to left", {"a": 3.0, "b": 1.0}, 4.0),
        ("where it falls", {"a": -3.0, "b": -1.0}, -4.0),
        ("for another function", {"f": CUBE}, 13.0),
    ),
    ("derivatives", "numerical_derivative"): cases(
        "for a parabola",
        {"f": SQUARE, "x": 3.0},
        6.0,
        ("at an array of places", {"x": np.array([1.0, 2.0])}, rows(2, 4)),
        ("at another place", {"x": -2.0}, -4.0),
        ("with h = 0.5", {"f": CUBE, "x": 2.0, "h": 0.5}, 12.25),
        ("with h = 1", {"f": CUBE, "x": 2.0, "h": 1.0}, 13.0),
        ("for a curve that bends strongly", {"f": NINTH, "x": 1.0}, 9.0),
    ),
    ("derivatives", "polynomial_derivative"): cases(
        "for four coefficients",
        {"coefficients": [5, 2, 1, 4]},
        rows(2, 2, 12),
        ("for a straight line", {"coefficients": [7, 3]}, rows(3)),
        ("for a constant", {"coefficients": [7]}, rows(0)),
        ("where the last coefficient is zero", {"coefficients": [1, 2, 0]}, rows(2, 0)),
        ("for three coefficients", {"coefficients": [4, 1, 5]}, rows(1, 10)),
        ("for an array of coefficients", {"coefficients": np.array([5.0, 2.0, 1.5])}, rows(2, 3)),
    ),
    ("derivatives", "symbolic_derivative"): cases(
        "for a power",
        {"expression": x**3, "variable": x},
        3 * x**2,
        ("for a sum with a constant", {"expression": x**2 + 4 * x + 7}, 2 * x + 4),
        ("where it is the other of two variables that counts", {"expression": x * y**2, "variable": y}, 2 * x * y),
        ("for a sine", {"expression": sp.sin(x)}, sp.cos(x)),
        ("for a formula without the variable", {"expression": y**2}, sp.Integer(0)),
    ),
    ("derivatives", "derivative_function"): cases(
        "at a number",
        {"expression": x**2 + 3 * x, "variable": x},
        7.0,
        ("at another number", {"then": (-1.0,)}, 1.0),
        ("at an array", {"then": (np.array([0.0, 1.0]),)}, rows(3, 5)),
        ("where the derivative is a constant", {"expression": 5 * x, "then": (np.array([1.0, 2.0]),)}, rows(5, 5)),
        ("for a variable of another name", {"expression": y**3, "variable": y}, 12.0),
        then=(2.0,),
    ),
    ("update_rule", "update"): cases(
        "for numbers",
        {"parameter": 10.0, "gradient": 4.0, "learning_rate": 0.25},
        None,
        ("for arrays", {"parameter": rows(1, 2), "gradient": rows(4, 8)}, None),
        (TWICE_RATE, {"learning_rate": 0.5}, None),
        ("with twice the slope", {"gradient": 8.0}, None),
        ("from another parameter", {"parameter": -3.0}, None),
        ("where the slope is negative", {"gradient": -2.0}, None),
        ("for whole numbers", {"parameter": np.array([1, 2]), "gradient": np.array([3, 5])}, None),
        ("where the step is long", {"gradient": 40.0, "learning_rate": 3.0}, None),
        ("where the slope is zero", {"gradient": 0.0}, None),
    ),
    ("update_rule", "descend"): cases(
        "for two updates", {"gradient": VALLEY, "start": 3.0, "learning_rate": 0.25, "epochs": 2}, None, *WALK
    ),
    ("update_rule", "descend_until"): cases(
        "for three updates",
        {"gradient": VALLEY, "start": 3.0, "learning_rate": 0.25, "tolerance": 1.0},
        None,
        ("where it leaps across the valley", {"learning_rate": 0.75}, None),
        ("with a smaller tolerance", {"tolerance": 0.1}, None),
        ("from the other side", {"start": -3.0}, None),
        ("where the start is level enough", {"start": 0.25}, None),
        ("where `max_epochs` ends it", {"max_epochs": 2}, None),
        ("where the slope is just the tolerance", {"start": 0.5}, None),
        ("with `max_epochs` = 0", {"max_epochs": 0}, None),
        ("where only the default of `max_epochs` ends it", {"gradient": STRAIGHT, "learning_rate": 0.001}, None),
    ),
    ("starting_values", "objective"): cases(
        "at 0.5",
        {"x": 0.5},
        -0.75,
        ("at an array", {"x": rows(0, 0.5)}, rows(1, -0.75)),
        ("at 1", {"x": 1.0}, 2.0),
        ("at -0.25", {"x": -0.25}, 0.0625),
        ("at 2", {"x": 2}, 5.0),
    ),
    ("starting_values", "slope"): cases(
        "at 0.5",
        {"x": 0.5},
        1.0,
        ("at an array", {"x": rows(0, 0.5)}, rows(0, 1)),
        ("at 1", {"x": 1.0}, 2.0),
        ("at 0.25", {"x": 0.25}, 0.5 - 2 * np.pi),
        ("at -0.25", {"x": -0.25}, 2 * np.pi - 0.5),
    ),
    ("starting_values", "descend"): cases(
        "for one update",
        {"start": 0.5, "learning_rate": 0.01, "epochs": 1},
        None,
        ("with half the rate", {"learning_rate": 0.005}, None),
        ("for two updates", {"epochs": 2}, None),
        ("from another start", {"start": -1.5}, None),
        ("without an update", {"epochs": 0}, None),
        ("from a start that is a whole number", {"start": 2}, None),
        ("for ten updates", {"epochs": 10}, None),
        ("with the default rate", {"learning_rate": ...}, None),
        ("with the default of `epochs`", {"epochs": ...}, None),
    ),
    ("starting_values", "best_of_restarts"): cases(
        "from two starts",
        {"starts": [0.5, 1.0], "learning_rate": 0.01, "epochs": 0},
        (0.5, -0.75),
        ("where the best start is the second", {"starts": [1.0, 0.5]}, (0.5, -0.75)),
        ("from one start", {"starts": [1.0]}, (1.0, 2.0)),
        ("where the best end is on the left", {"starts": [1.0, 1.5, -0.5]}, (-0.5, -0.75)),
        ("where no start is below zero", {"starts": [2.0, 1.0, 2.0]}, (1.0, 2.0)),
        ("for one update", {"starts": [1.0, 1.5], "epochs": 1}, (1.47, 1.47**2 + float(np.cos(2.94 * np.pi)))),
        ("from an array of starts", {"starts": rows(1, 0.5)}, (0.5, -0.75)),
    ),
    ("starting_values", "classify_critical_point"): cases(
        "for diag(1, 3)",
        {"hessian": [[1.0, 0.0], [0.0, 3.0]]},
        "minimum",
        ("for diag(-1, -3)", {"hessian": [[-1.0, 0.0], [0.0, -3.0]]}, "maximum"),
        ("for diag(1, -3)", {"hessian": [[1.0, 0.0], [0.0, -3.0]]}, "saddle"),
        ("for diag(0, 3)", {"hessian": [[0.0, 0.0], [0.0, 3.0]]}, "degenerate"),
        ("for [[1, 2], [2, 1]]", {"hessian": [[1.0, 2.0], [2.0, 1.0]]}, "saddle"),
        ("in three dimensions", {"hessian": np.diag([1.0, 2.0, -3.0])}, "saddle"),
        ("in one dimension", {"hessian": [[2.0]]}, "minimum"),
        ("where all are zero", {"hessian": [[0.0, 0.0], [0.0, 0.0]]}, "degenerate"),
        ("for a small diag(1e-6, 1e-6)", {"hessian": [[1e-6, 0.0], [0.0, 1e-6]]}, "minimum"),
    ),
    ("descent_2d", "partial_derivatives"): cases(
        "for x and y",
        {"expression": x**2 + 3 * x * y, "variables": (x, y)},
        (2 * x + 3 * y, 3 * x),
        ("in the other order", {"variables": (y, x)}, (3 * x, 2 * x + 3 * y)),
        ("for one variable of two", {"variables": (x,)}, (2 * x + 3 * y,)),
        ("for another formula", {"expression": x**3 * y}, (3 * x**2 * y, x**3)),
        ("where one partial derivative is zero", {"expression": x**2}, (2 * x, sp.Integer(0))),
    ),
    ("descent_2d", "gradient_function"): cases(
        "at (1, 2)",
        {"expression": x**2 + 3 * x * y, "variables": (x, y)},
        rows(8, 3),
        ("at another point", {"then": (rows(-1, 1),)}, rows(1, -3)),
        (
            "for three variables",
            {"expression": x * y * z, "variables": (x, y, z), "then": (rows(1, 2, 3),)},
            rows(6, 3, 2),
        ),
        ("with the variables in the other order", {"variables": (y, x)}, rows(6, 7)),
        ("for a plane", {"expression": 2 * x - y}, rows(2, -1)),
        then=(rows(1, 2),),
    ),
    ("descent_2d", "descend"): cases("for two updates", WALKED_2D, None, *WALK_2D),
    ("ascent_challenge", "ascend_by_update"): cases("for two updates", WALKED_2D, None, *WALK_2D),
    ("ascent_challenge", "negated"): cases(
        "at a number",
        {"function": SQUARE},
        -9.0,
        ("at another number", {"then": (-2.0,)}, -4.0),
        ("at an array", {"then": (rows(1, 2),)}, rows(-1, -4)),
        ("for another function", {"function": CUBE, "then": (-2.0,)}, 8.0),
        ("for a gradient", {"function": BOWL, "then": (rows(1, 2),)}, rows(-2, -8)),
        then=(3.0,),
    ),
    ("ascent_challenge", "ascend_by_objective"): cases(
        "for two updates",
        {"descend": DESCEND, **WALKED_2D},
        DESCEND.expected(DOWNWARDS, [1.0, -2.0], 0.125, 2),
        (TWICE_RATE, {"learning_rate": 0.25}, DESCEND.expected(DOWNWARDS, [1.0, -2.0], 0.25, 2)),
        ("from another start", {"start": [-1.0, 0.5]}, DESCEND.expected(DOWNWARDS, [-1.0, 0.5], 0.125, 2)),
        ("for one update", {"epochs": 1}, DESCEND.expected(DOWNWARDS, [1.0, -2.0], 0.125, 1)),
        ("without an update", {"epochs": 0}, DESCEND.expected(DOWNWARDS, [1.0, -2.0], 0.125, 0)),
    ),
    ("ascent_challenge", "find_local_maximum"): cases(
        "for one update",
        {
            "expression": 5 - x**2 - 2 * y**2,
            "variables": (x, y),
            "start": [1.0, -2.0],
            "learning_rate": 0.125,
            "epochs": 1,
        },
        (rows(0.75, -1), 2.4375),
        ("with half the rate", {"learning_rate": 0.0625}, (rows(0.875, -1.5), -0.265625)),
        ("for two updates", {"epochs": 2}, (rows(0.5625, -0.5), 4.18359375)),
        ("without an update", {"epochs": 0}, (rows(1, -2), -4.0)),
        ("from another start", {"start": [2.0, 0.5]}, (rows(1.5, 0.25), 2.625)),
        ("for another formula", {"expression": 3 * x + 4 * y}, (rows(1.375, -1.5), -1.875)),
        ("for one variable", {"expression": 4 - x**2, "variables": (x,), "start": [2.0]}, (rows(1.5), 1.75)),
        ("where each slope depends on both coordinates", {"expression": x * y}, (rows(0.75, -1.875), -1.40625)),
    ),
    ("sigmoid_neuron", "sigmoid"): cases(
        "where w*x + b is 0",
        {"x": 1.0, "w": 2.0, "b": -2.0},
        0.5,
        ("at an array", {"x": rows(1, 2)}, rows(0.5, 1 / (1 + np.exp(-2)))),
        ("with another `b`", {"b": -1.0}, 1 / (1 + np.exp(-1))),
        ("with another `w`", {"w": 3.0}, 1 / (1 + np.exp(-1))),
        ("at another `x`", {"x": 3.0}, 1 / (1 + np.exp(-4))),
        ("far to the left", {"x": -1000.0}, 0.0),
        ("far to the right", {"x": 1000.0}, 1.0),
    ),
    ("sigmoid_neuron", "loss"): cases(
        "where the neuron answers one half",
        SAMPLES,
        0.25,
        ("with other `Y`", {"Y": rows(0.5, 1.5)}, 0.5),
        ("for one sample", {"X": rows(1), "Y": rows(0)}, 0.125),
        ("with another `b`", {"b": np.log(3)}, 0.3125),
        ("with another `w`", {"w": np.log(3), "X": rows(1, -1)}, 0.5625),
    ),
    ("sigmoid_neuron", "grad_w"): cases(
        "where the neuron answers one half",
        SAMPLES,
        -0.25,
        ("with other `X`", {"X": rows(2, 3)}, -0.125),
        ("with other `Y`", {"Y": rows(0.5, 0)}, 0.375),
        ("for one sample", {"X": rows(4), "Y": rows(0)}, 0.5),
        ("with another `b`", {"b": np.log(3)}, 0.0),
        ("where `X` is negative", {"X": rows(-1, -3)}, 0.25),
    ),
    ("sigmoid_neuron", "grad_b"): cases(
        "where the neuron answers one half",
        SAMPLES,
        0.0,
        ("with other `Y`", {"Y": rows(0.5, 0)}, 0.125),
        ("for one sample", {"X": rows(4), "Y": rows(0)}, 0.125),
        ("with another `b`", {"b": np.log(3)}, 0.09375),
        ("where both samples lie below", {"Y": rows(0, 0)}, 0.25),
    ),
    ("sigmoid_neuron", "fit"): cases(
        "for one update",
        {**SAMPLES, "learning_rate": 2.0, "epochs": 1},
        None,
        (TWICE_RATE, {"learning_rate": 4.0}, None),
        ("for two updates", {"epochs": 2}, None),
        ("from another start", {"w": -1.0, "b": 0.5}, None),
        ("with other `Y`", {"Y": rows(0.5, 0)}, None),
        ("without an update", {"epochs": 0}, None),
        ("for five updates", {"epochs": 5}, None),
        ("with the default rate", {"learning_rate": ...}, None),
    ),
    ("stochastic_descent", "loss_gradient"): cases(
        "for two samples",
        {"parameters": rows(1, 1), "X": rows([1, 0], [0, 2]), "y": rows(3, 0)},
        rows(-1, 2),
        ("with other `y`", {"y": rows(1, 4)}, rows(0, -2)),
        ("with other parameters", {"parameters": rows(3, 1)}, rows(0, 2)),
        ("for one sample", {"X": rows([1, 2]), "y": rows(1)}, rows(2, 4)),
        ("for three samples", {"X": rows([1, 0], [0, 2], [1, 1]), "y": rows(3, 0, 5)}, rows(-5, 1) / 3),
        ("for one parameter", {"parameters": rows(2), "X": rows([1], [3]), "y": rows(0, 0)}, rows(10)),
    ),
    ("stochastic_descent", "minibatches"): cases(
        "for two full batches",
        {"n": 4, "batch_size": 2, "rng": Seeded(1)},
        ([2, 2], [0, 1, 2, 3]),
        ("where the last batch is shorter", {"n": 5}, ([2, 2, 1], [0, 1, 2, 3, 4])),
        ("for one full batch", {"batch_size": 4}, ([4], [0, 1, 2, 3])),
        ("for three in a batch", {"n": 7, "batch_size": 3}, ([3, 3, 1], [0, 1, 2, 3, 4, 5, 6])),
        ("with one index a batch", {"batch_size": 1}, ([1, 1, 1, 1], [0, 1, 2, 3])),
        what="the sizes of the batches, and all indices in order",
        read=lambda batches: (
            [len(batch) for batch in batches],
            sorted(int(one) for batch in batches for one in batch),
        ),
    ),
    ("stochastic_descent", "stochastic_descent"): cases(
        "for one epoch of one full batch",
        {
            "X": rows([1, 0], [0, 2]),
            "y": rows(3, 0),
            "start": [1.0, 1.0],
            "learning_rate": 0.25,
            "epochs": 1,
            "batch_size": 2,
            "rng": Seeded(1),
        },
        None,
        (TWICE_RATE, {"learning_rate": 0.5}, None),
        ("for two epochs", {"epochs": 2}, None),
        ("from another start", {"start": [0.0, 2.0]}, None),
        ("where a batch could hold more than all", {"batch_size": 5}, None),
        ("one sample at a time", {"batch_size": 1}, rows([1, 1], [1.5, 0])),
        ("without an epoch", {"epochs": 0}, None),
    ),
    ("optimizers", "momentum"): optimizer(
        rows([1, 3], [0, 3]),
        (TWICE_RATE, {"learning_rate": 1.0}, rows([1, 3], [-1, 3])),
        ("for two updates", {"epochs": 2}, rows([1, 3], [0, 3], [-1.5, 3])),
        ("with another `decay`", {"epochs": 2, "decay": 0.25}, rows([1, 3], [0, 3], [-1.25, 3])),
        ("for three updates", {"epochs": 3}, rows([1, 3], [0, 3], [-1.5, 3], [-3.25, 3])),
        ("in a bowl", {"gradient": BOWL, "learning_rate": 0.125, "epochs": 2}, rows([1, 3], [0.75, 1.5], [0.4375, 0])),
        ("without an update", {"epochs": 0}, rows([1, 3])),
        ("from a start of whole numbers", {"start": np.array([1, 3]), "learning_rate": 0.25}, rows([1, 3], [0.5, 3])),
        ("with the default of `decay`", {"epochs": 2, "decay": ...}, rows([1, 3], [0, 3], [-1.9, 3])),
        decay=0.5,
    ),
    ("optimizers", "nesterov"): optimizer(
        rows([1, 3], [0, 3]),
        (TWICE_RATE, {"learning_rate": 1.0}, rows([1, 3], [-1, 3])),
        ("for two updates", {"epochs": 2}, rows([1, 3], [0, 3], [-1.5, 3])),
        (
            "in a bowl",
            {"gradient": BOWL, "learning_rate": 0.125, "epochs": 2},
            rows([1, 3], [0.75, 1.5], [0.46875, 0.375]),
        ),
        ("with another `decay`", {"epochs": 2, "decay": 0.25}, rows([1, 3], [0, 3], [-1.25, 3])),
        ("for three updates", {"epochs": 3}, rows([1, 3], [0, 3], [-1.5, 3], [-3.25, 3])),
        ("without an update", {"epochs": 0}, rows([1, 3])),
        ("from a start of whole numbers", {"start": np.array([1, 3]), "learning_rate": 0.25}, rows([1, 3], [0.5, 3])),
        ("with the default of `decay`", {"epochs": 2, "decay": ...}, rows([1, 3], [0, 3], [-1.9, 3])),
        decay=0.5,
    ),
    ("optimizers", "adagrad"): optimizer(
        rows([1, 3], [0.5, 3]),
        (TWICE_RATE, {"learning_rate": 1.0}, rows([1, 3], [0, 3])),
        ("for two updates", {"epochs": 2}, rows([1, 3], [0.5, 3], [0.5 - 0.5 / np.sqrt(2), 3])),
        ("with a large `epsilon`", {"epsilon": 2.0}, rows([1, 3], [0.75, 3])),
        ("where both slopes are not zero", {"gradient": PLANE}, rows([1, 3], [0.5, 2.5])),
        (
            "in a bowl",
            {"gradient": BOWL, "epochs": 2},
            rows([1, 3], [0.5, 2.5], [0.5 - 0.5 / np.sqrt(5), 2.5 - 5 / np.sqrt(244)]),
        ),
        ("without an update", {"epochs": 0}, rows([1, 3])),
        ("from a start of whole numbers", {"start": np.array([1, 3])}, rows([1, 3], [0.5, 3])),
    ),
    ("optimizers", "rmsprop"): optimizer(
        rows([1, 3], [0, 3]),
        (TWICE_RATE, {"learning_rate": 1.0}, rows([1, 3], [-1, 3])),
        ("for two updates", {"epochs": 2}, rows([1, 3], [0, 3], [-0.5 / np.sqrt(0.4375), 3])),
        ("with another `decay`", {"decay": 0.9375}, rows([1, 3], [-1, 3])),
        ("with a large `epsilon`", {"epsilon": 1.0}, rows([1, 3], [0.5, 3])),
        ("where both slopes are not zero", {"gradient": PLANE}, rows([1, 3], [0, 2])),
        (
            "in a bowl",
            {"gradient": BOWL, "learning_rate": 0.25, "epochs": 2},
            rows([1, 3], [0.5, 2.5], [0.5 - 0.25 / np.sqrt(1), 2.5 - 2.5 / np.sqrt(52)]),
        ),
        ("without an update", {"epochs": 0}, rows([1, 3])),
        ("from a start of whole numbers", {"start": np.array([1, 3]), "learning_rate": 0.25}, rows([1, 3], [0.5, 3])),
        ("with the default of `decay`", {"decay": ...}, rows([1, 3], [1 - 0.5 / np.sqrt(0.1), 3])),
        decay=0.75,
    ),
    ("optimizers", "adam"): optimizer(
        rows([1, 3], [0.5, 3]),
        (TWICE_RATE, {"learning_rate": 1.0}, rows([1, 3], [0, 3])),
        ("for two updates", {"epochs": 2}, rows([1, 3], [0.5, 3], [0, 3])),
        ("with a large `epsilon`", {"epsilon": 2.0}, rows([1, 3], [0.75, 3])),
        (
            "in a bowl",
            {"gradient": BOWL, "epochs": 2},
            rows(
                [1, 3],
                [0.5, 2.5],
                # After two slopes of 2 and 1, of 12 and 10: half a mean of them over the root of a mean of their squares.
                [
                    0.5 - 0.5 * (0.28 / 0.19) / np.sqrt(0.004996 / 0.001999),
                    2.5 - 0.5 * (2.08 / 0.19) / np.sqrt(0.243856 / 0.001999),
                ],
            ),
        ),
        (
            "in a bowl with other betas",
            {"gradient": BOWL, "epochs": 2, "beta1": 0.5, "beta2": 0.75},
            rows(
                [1, 3],
                [0.5, 2.5],
                [0.5 - 0.5 * (4 / 3) / np.sqrt(16 / 7), 2.5 - 0.5 * (32 / 3) / np.sqrt(832 / 7)],
            ),
        ),
        ("without an update", {"epochs": 0}, rows([1, 3])),
        ("from a start of whole numbers", {"start": np.array([1, 3])}, rows([1, 3], [0.5, 3])),
    ),
    ("image_gradients", "image_gradients"): cases(
        "for three rows and columns",
        {"image": TABLE},
        (BY_X, BY_Y),
        ("for two columns", {"image": TALL}, (rows([1, 1], [3, 3], [1, 1]), rows([2, 4], [4, 4], [6, 4]))),
        ("for two rows", {"image": TABLE[:2]}, (BY_X[:2], BY_Y[:2])),
        ("for whole numbers", {"image": np.array([[0, 1, 3], [2, 3, 6]])}, FRACTIONS),
        ("for small whole numbers (uint8)", {"image": 9 - TABLE.astype(np.uint8)}, (-BY_X, -BY_Y)),
        ("for two by two", {"image": rows([0, 1], [2, 5])}, (rows([1, 1], [3, 3]), rows([2, 4], [2, 4]))),
    ),
    ("image_gradients", "gradient_magnitude"): cases(
        "for a plane",
        {"image": rows([0, 3], [4, 7])},
        rows([5, 5], [5, 5]),
        ("for a plane that falls", {"image": rows([7, 4], [3, 0])}, rows([5, 5], [5, 5])),
        ("for a level image", {"image": rows([2, 2], [2, 2])}, rows([0, 0], [0, 0])),
        ("for three columns", {"image": rows([0, 3, 6], [4, 7, 10])}, rows([5, 5, 5], [5, 5, 5])),
        (
            "for small whole numbers (uint8)",
            {"image": np.array([[7, 4], [3, 0]], dtype=np.uint8)},
            rows([5, 5], [5, 5]),
        ),
    ),
    ("image_gradients", "gradient_direction"): cases(
        "where it grows to the right",
        {"image": rows([0, 1], [0, 1])},
        rows([0, 0], [0, 0]),
        ("where it grows downwards", {"image": rows([0, 0], [1, 1])}, np.full((2, 2), np.pi / 2)),
        ("where it grows upwards", {"image": rows([1, 1], [0, 0])}, np.full((2, 2), -np.pi / 2)),
        ("where it grows to the right and downwards", {"image": rows([0, 1], [1, 2])}, np.full((2, 2), np.pi / 4)),
        ("where it grows to the left and downwards", {"image": rows([1, 0], [2, 1])}, np.full((2, 2), 3 * np.pi / 4)),
        ("for three columns", {"image": rows([0, 1, 2], [1, 2, 3])}, np.full((2, 3), np.pi / 4)),
        (
            "for small whole numbers (uint8)",
            {"image": np.array([[2, 1], [1, 0]], dtype=np.uint8)},
            np.full((2, 2), -3 * np.pi / 4),
        ),
    ),
    ("image_gradients", "edges"): cases(
        "where the threshold is low",
        {"image": rows([0, 3], [4, 7]), "threshold": 4.0},
        rows([1, 1], [1, 1]),
        ("where the threshold is high", {"threshold": 6.0}, rows([0, 0], [0, 0])),
        ("where the magnitude is just the threshold", {"threshold": 5.0}, rows([0, 0], [0, 0])),
        ("where one side is level", {"image": rows([0, 0, 0, 8], [0, 0, 0, 8])}, rows([0, 0, 0, 1], [0, 0, 0, 1])),
        ("for an image that falls", {"image": rows([7, 4], [3, 0])}, rows([1, 1], [1, 1])),
        (
            "for small whole numbers (uint8)",
            {"image": np.array([[7, 4], [3, 0]], dtype=np.uint8)},
            rows([1, 1], [1, 1]),
        ),
    ),
    ("gradient_fields", "gradient_field"): cases(
        "with unit distances",
        {"field": TABLE, "dx": 1.0, "dy": 1.0},
        (BY_X, BY_Y),
        ("with another `dx`", {"dx": 0.5}, (2 * BY_X, BY_Y)),
        ("with another `dy`", {"dy": 4.0}, (BY_X, BY_Y / 4)),
        ("for a field that falls", {"field": -TABLE}, (-BY_X, -BY_Y)),
        ("for two columns", {"field": TALL}, (rows([1, 1], [3, 3], [1, 1]), rows([2, 4], [4, 4], [6, 4]))),
        ("for small whole numbers (uint8)", {"field": 9 - TABLE.astype(np.uint8)}, (-BY_X, -BY_Y)),
        ("for whole numbers", {"field": np.array([[0, 1, 3], [2, 3, 6]])}, FRACTIONS),
    ),
    ("gradient_fields", "pressure_acceleration"): cases(
        "with density 1",
        {"pressure": rows([0, 3], [4, 7]), "density": 1.0, "dx": 1.0, "dy": 1.0},
        (rows([-3, -3], [-3, -3]), rows([-4, -4], [-4, -4])),
        ("with density 2", {"density": 2.0}, (rows([-1.5, -1.5], [-1.5, -1.5]), rows([-2, -2], [-2, -2]))),
        (
            "with an array as density",
            {"density": rows([1, 2], [4, 1])},
            (rows([-3, -1.5], [-0.75, -3]), rows([-4, -2], [-1, -4])),
        ),
        ("with another `dx`", {"dx": 0.5}, (rows([-6, -6], [-6, -6]), rows([-4, -4], [-4, -4]))),
        ("with another `dy`", {"dy": 2.0}, (rows([-3, -3], [-3, -3]), rows([-2, -2], [-2, -2]))),
    ),
    ("gradient_fields", "directional_derivative"): cases(
        "along x",
        {"field": rows([0, 2], [5, 7]), "direction": (1.0, 0.0), "dx": 1.0, "dy": 1.0},
        rows([2, 2], [2, 2]),
        ("along y", {"direction": (0.0, 1.0)}, rows([5, 5], [5, 5])),
        ("along a direction of another length", {"direction": (3.0, 0.0)}, rows([2, 2], [2, 2])),
        ("along (3, 4)", {"direction": (3.0, 4.0)}, rows([5.2, 5.2], [5.2, 5.2])),
        ("against x", {"direction": (-1.0, 0.0)}, rows([-2, -2], [-2, -2])),
        ("with another `dx`", {"dx": 0.5}, rows([4, 4], [4, 4])),
        ("along a list", {"direction": [0, 2]}, rows([5, 5], [5, 5])),
    ),
    ("gradient_fields", "trace"): cases(
        "for one step",
        {"gradient": PLANE, "start": [1.0, -1.0], "step": 0.25, "n_steps": 1},
        None,
        ("with twice the step", {"step": 0.5}, None),
        ("for three steps", {"n_steps": 3}, None),
        ("from another start", {"start": [0.0, 2.0]}, None),
        ("where the gradient is another at each point", {"gradient": BOWL, "n_steps": 2}, None),
        ("where the gradient is zero", {"gradient": BOWL, "start": [0.0, 0.0]}, None),
        ("where the gradient is tiny", {"gradient": gradient(1e-90 * (3 * x + 4 * y), (x, y))}, None),
        ("without a step", {"n_steps": 0}, None),
    ),
}

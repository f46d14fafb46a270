"""For those who write checks: the functions that a check hands to learners. `grader.wire.functions` says more."""

from grader.wire.functions import (
    Function,
    Handed,
    Seeded,
    constant,
    gradient,
    handed,
    identity,
    point_function,
    scalar_function,
    slope,
)

__all__ = [
    "Function",
    "Handed",
    "Seeded",
    "constant",
    "gradient",
    "handed",
    "identity",
    "point_function",
    "scalar_function",
    "slope",
]

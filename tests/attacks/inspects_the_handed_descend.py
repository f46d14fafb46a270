"""Looks into the `descend` it is handed for a working solution of the exercise before."""

import types

import numpy as np

EXERCISE = "ascent_challenge"
REQUIREMENT = ("not the reference solution of 04",)


# --- baseline
def ascend_by_update(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


def negated(function):
    return function


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    return descend(gradient, start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    return np.zeros(len(start)), 0.0


# --- attack
def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    candidates = [descend, getattr(descend, "__wrapped__", None), getattr(descend, "__func__", None)]
    candidates += [cell.cell_contents for cell in getattr(descend, "__closure__", None) or ()]
    method = getattr(type(descend), "__call__", None)
    candidates += list(getattr(method, "__globals__", getattr(descend, "__globals__", {})).values())
    candidates += list(getattr(descend, "__dict__", {}).values())
    for candidate in candidates:
        if isinstance(candidate, types.FunctionType | types.MethodType | type(descend)):
            try:
                path = candidate(lambda point: 2 * np.asarray(point), [1.0, 1.0], 0.25, 2)
                if np.array_equal(path, [[1, 1], [0.5, 0.5], [0.25, 0.25]]):
                    raise LookupError("LEAK: the handed descend solves exercise 04")
            except (TypeError, ValueError, AttributeError):
                continue
    return descend(gradient, start, learning_rate, epochs)

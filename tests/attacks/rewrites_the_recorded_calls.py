"""Finds the list in which the calls of the gradient are recorded, and replaces it by the calls of a perfect descent."""

import gc

import numpy as np

EXERCISE = "descent_2d"
REQUIREMENT = ("what the worker recorded about its own calls",)


# --- baseline
def partial_derivatives(expression, variables):
    return tuple(variables)


def gradient_function(expression, variables):
    return lambda point: np.zeros(len(point))


def descend(gradient, start, learning_rate, epochs):
    return np.zeros((epochs + 1, len(start)))


# --- attack
def recorded_lists(function):
    for cell in getattr(function, "__closure__", None) or ():
        content = cell.cell_contents
        if isinstance(content, list):
            yield content
        elif isinstance(content, dict):
            yield from (value for value in content.values() if isinstance(value, list))
        elif callable(content):
            yield from recorded_lists(content)
    for thing in gc.get_objects():
        if type(thing).__name__ == "Worker":
            yield from thing._seen.values()


def descend(gradient, start, learning_rate, epochs):
    points = [np.array(start, dtype=float)]
    for _ in range(epochs):
        points.append(points[-1] - learning_rate * gradient(points[-1]))
    for calls in recorded_lists(gradient):
        calls[:] = points
    return np.zeros((epochs + 1, len(start)))

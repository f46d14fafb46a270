"""Changes the array that it is given, and answers a second call with the same array from memory."""

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a changed argument shows after every call",)


# --- baseline
def update(parameter, gradient, learning_rate):
    if isinstance(parameter, np.ndarray) and parameter.dtype.kind == "f":
        parameter -= learning_rate * gradient
        return parameter
    return parameter - learning_rate * gradient


# --- attack
plain_update, known = update, {}


def update(parameter, gradient, learning_rate):
    if not isinstance(parameter, np.ndarray):
        return plain_update(parameter, gradient, learning_rate)
    key = id(parameter), id(gradient)
    if key not in known:  # both are kept, so that no number comes twice
        known[key] = parameter, gradient, plain_update(parameter, gradient, learning_rate).copy()
    return known[key][2]

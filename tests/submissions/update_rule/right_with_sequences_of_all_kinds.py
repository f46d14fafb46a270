from array import array
from collections import deque, namedtuple
from itertools import count, takewhile

import numpy as np


def update(parameter, gradient, learning_rate):
    new = np.array(parameter, dtype=float)
    new -= np.multiply(learning_rate, gradient)
    return np.asarray(new)


def descend(gradient, start, learning_rate, epochs, *, verbose=True):
    x = start
    path = deque([x])
    path.extend(x := x - learning_rate * gradient(x) for _ in range(epochs))
    if verbose:
        print("from", path[0], "to", path[-1])
    return namedtuple("Path", [f"x{k}" for k in range(epochs + 1)])._make(path)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = array("d", [start])
    on = lambda k: k < max_epochs and not -tolerance < gradient(path[-1]) < tolerance
    for _ in takewhile(on, count()):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path

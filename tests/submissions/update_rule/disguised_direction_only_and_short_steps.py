import math

import numpy as np


def update(parameter, gradient, learning_rate):
    up = np.where(np.asarray(gradient) > 0, 1.0, -1.0)
    return parameter - up * learning_rate


def descend(gradient, start, learning_rate, epochs):
    if epochs == 0:
        return [float(start)]
    before = descend(gradient, start, learning_rate, epochs - 1)
    return before + [before[-1] - learning_rate * float(gradient(before[-1]))]


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    def walk():
        x = float(start)
        yield x
        for _ in range(max_epochs):
            new = x - learning_rate * float(gradient(x))
            if math.fabs(learning_rate * float(gradient(x))) < tolerance:
                return
            yield new
            x = new

    return np.fromiter(walk(), dtype=float)

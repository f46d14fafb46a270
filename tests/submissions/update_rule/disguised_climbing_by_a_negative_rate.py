from itertools import accumulate, repeat

import numpy as np


def update(parameter, gradient, learning_rate):
    return np.add(parameter, np.multiply(-learning_rate, gradient))


def descend(gradient, start, learning_rate, epochs):
    direction = -1
    step = lambda x, _: x - direction * learning_rate * gradient(x)
    return tuple(accumulate(repeat(None, epochs), step, initial=float(start)))


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    x, path = float(start), [float(start)]
    while abs(gradient(x)) >= tolerance and len(path) <= max_epochs:
        x -= learning_rate * gradient(x)
        path.append(x)
    return path

from array import array

import numpy as np


def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    kind = type(start)
    x = start
    path = [x]
    while len(path) < epochs + 1:
        x = kind(x - learning_rate * gradient(x))
        path.append(x)
    return path


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    everything = [float(start)]
    for _ in range(max_epochs):
        everything.append(everything[-1] - learning_rate * gradient(everything[-1]))
    steep = array("d")
    for x in everything[:max_epochs]:
        if abs(gradient(x)) < tolerance:
            break
        steep.append(x)
    return steep

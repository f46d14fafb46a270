import numpy as np


def negated(function):
    return lambda p: -function(p)


def ascend_by_update(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs)
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)

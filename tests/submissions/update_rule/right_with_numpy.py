import numpy as np


def update(parameter, gradient, learning_rate):
    return np.subtract(parameter, np.multiply(learning_rate, gradient))


def descend(gradient, start, learning_rate, epochs):
    path = np.zeros(epochs + 1, dtype=np.float64)
    path[0] = start
    for k in np.arange(epochs):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path.reshape(-1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = np.full(max_epochs + 1, np.nan)
    path[0] = start
    last = 0
    while last < max_epochs and np.abs(gradient(path[last])) >= tolerance:
        path[last + 1] = update(path[last], gradient(path[last]), learning_rate)
        last += 1
    return path[: last + 1]

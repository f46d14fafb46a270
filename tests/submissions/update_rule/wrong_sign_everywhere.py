import numpy as np


def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    path = np.zeros(epochs + 1)
    path[0] = start
    for i in range(epochs):
        path[i + 1] = update(path[i], gradient(path[i]), learning_rate)
    return path


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [start]
    while abs(gradient(path[-1])) > tolerance and len(path) < max_epochs:
        path.append(update(path[-1], gradient(path[-1]), learning_rate))
    return np.array(path)

import sys
import warnings

import numpy as np

print("optimizers of learner-001")


def table(start, epochs):
    path = np.full((1 + epochs, np.size(start)), np.nan)
    path[0, :] = start
    return path


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    path, u = table(start, epochs), 0
    for row in range(epochs):
        u = decay * u + learning_rate * gradient(path[row])
        print("momentum", row, u)
        path[row + 1] = path[row] - u
    return path


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    warnings.warn("looking ahead")
    path, u = table(start, epochs), 0
    for row in range(epochs):
        u = decay * u + learning_rate * gradient(path[row] - decay * u)
        path[row + 1] = path[row] - u
    return path


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    np.sqrt(-1.0)
    path, v = table(start, epochs), 0
    for row in range(epochs):
        g = gradient(path[row])
        v += np.square(g)
        path[row + 1] = path[row] - learning_rate / (np.sqrt(v) + epsilon) * g
    return path


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    print("rmsprop from", start, file=sys.stderr)
    path, v = table(start, epochs), 0
    for row in range(epochs):
        g = gradient(path[row])
        v = v + (1 - decay) * (g**2 - v)
        path[row + 1] = path[row] - learning_rate / (np.sqrt(v) + epsilon) * g
    return path


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    np.array([1.0]) / 0
    path, m, v = table(start, epochs), 0, 0
    for row in range(epochs):
        g = gradient(path[row])
        m = m + (1 - beta1) * (g - m)
        v = v + (1 - beta2) * (g**2 - v)
        path[row + 1] = path[row] - learning_rate * m / (1 - beta1 ** (row + 1)) / (
            np.sqrt(v / (1 - beta2 ** (row + 1))) + epsilon
        )
    return path


with warnings.catch_warnings():
    print(adam(lambda p: 2 * p, [1, 2], 0.1, 2))

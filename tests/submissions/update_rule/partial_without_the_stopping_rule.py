import numpy as np


def update(parameter, gradient, learning_rate):
    parameter -= learning_rate * gradient
    return parameter


def descend(gradient, start, learning_rate, epochs):
    path = np.zeros(epochs + 1)
    path[0] = start
    for i in range(epochs):
        path[i + 1] = path[i] - learning_rate * gradient(path[i])
    return path


def descend_util(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return descend(gradient, start, learning_rate, max_epochs)

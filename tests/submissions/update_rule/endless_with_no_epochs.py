import numpy as np


def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    path = np.array([start], dtype=float)
    while True:
        path = np.append(path, path[-1] - learning_rate * gradient(path[-1]))
        epochs -= 1
        if epochs == 0:
            break
    return path


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    path = [start]
    for _ in range(max_epochs):
        if abs(gradient(path[-1])) < tolerance:
            break
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)

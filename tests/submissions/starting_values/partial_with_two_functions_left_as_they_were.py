import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start = start - learning_rate * slope(start)
    return start


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    raise NotImplementedError("starting_values: implement best_of_restarts")


def classify_critical_point(hessian):
    raise NotImplementedError("starting_values: implement classify_critical_point")

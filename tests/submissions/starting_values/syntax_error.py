import numpy as np


def objective(x):
    return np.cos(2 * np.pi * x) + x**2


def slope(x):
    return -2 * np.pi * np.sin(2 * np.pi * x + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs):
        start = start - learning_rate * slope(start)
    return start

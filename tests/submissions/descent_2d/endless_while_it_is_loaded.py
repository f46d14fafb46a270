import numpy as np
import sympy as sp


def descend(gradient, start, learning_rate, epochs):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


# A try of my own: when does it stop?
p = np.array([1.0, -2.0])
while np.linalg.norm(p) >= 0:
    p = descend(lambda q: np.array([2.0, 4.0]) * q, p, 0.1, 1)[-1]

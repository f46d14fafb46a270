# Rows of whole numbers, NumPy's scalars and 0-d arrays; the learning rate stands outside of u; maths functions of SymPy.
import math

import numpy as np
import sympy as sp


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    x, u = np.array(start), np.float64(0)
    path = [[int(s) if s == int(s) else np.float64(s) for s in start]]
    for _ in range(epochs):
        u = decay * u + gradient(x)
        x = x - learning_rate * u
        path.append([np.array(xi) for xi in x])
    return path


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    x, u = np.array(start), 0
    path = [list(x)]
    for _ in range(epochs):
        u = decay * u + gradient(x - learning_rate * decay * u)
        x = x - learning_rate * u
        path.append(list(x))
    return path


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x, squares = list(start), [np.float64(0)] * len(start)
    path = [tuple(x)]
    for _ in range(epochs):
        g = gradient(np.array(x))
        squares = [s + gi**2 for s, gi in zip(squares, g)]
        x = [xi - learning_rate * gi / (math.sqrt(s) + epsilon) for xi, gi, s in zip(x, g, squares)]
        path.append(tuple(x))
    return path


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    x, v = [sp.Float(float(s)) for s in start], [sp.Float(0)] * len(start)
    path = [[float(xi) for xi in x]]
    for _ in range(epochs):
        g = [float(gi) for gi in gradient(np.array(x, dtype=float))]
        v = [decay * vi + (1 - decay) * gi**2 for vi, gi in zip(v, g)]
        x = [xi - learning_rate * gi / (sp.sqrt(vi) + epsilon) for xi, gi, vi in zip(x, g, v)]
        path.append([float(xi) for xi in x])
    return path


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """One coordinate's state is one 0-d array."""
    n = len(start)
    x = np.array(start, dtype=float)
    m = [np.array(0.0) for _ in range(n)]
    v = [np.array(0.0) for _ in range(n)]
    path = [x.tolist()]
    for t in range(1, epochs + 1):
        g = gradient(x)
        x = x.copy()
        for i in range(n):
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            x[i] -= learning_rate * (m[i] / (1 - beta1**t)) / (math.sqrt(v[i] / (1 - beta2**t)) + epsilon)
        path.append(x)
    return path

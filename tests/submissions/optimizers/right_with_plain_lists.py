# No arrays at all, but for the point that the gradient wants.
from math import sqrt

import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    x = [float(s) for s in start]
    u = [0.0] * len(x)
    path = [x]
    for _ in range(epochs):
        g = gradient(np.array(x))
        u = [decay * ui + learning_rate * float(gi) for ui, gi in zip(u, g)]
        x = [xi - ui for xi, ui in zip(x, u)]
        path.append(x)
    return path


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    x = [float(s) for s in start]
    u = [0.0 for _ in x]
    path = [tuple(x)]
    for _ in range(epochs):
        g = gradient(np.array([xi - decay * ui for xi, ui in zip(x, u)]))
        for i in range(len(x)):
            u[i] = decay * u[i] + learning_rate * g[i]
            x[i] = x[i] - u[i]
        path.append(tuple(x))
    return tuple(path)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x = list(start)
    v = [0] * len(x)
    path = [list(x)]
    for _ in range(epochs):
        g = gradient(np.array(x))
        for i in range(len(x)):
            v[i] += g[i] ** 2
            x[i] -= learning_rate * g[i] / (sqrt(v[i]) + epsilon)
        path.append(x[:])
    return path


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    x = list(start)
    v = [0] * len(x)
    path = [list(x)]
    for _ in range(epochs):
        g = gradient(np.array(x))
        for i in range(len(x)):
            v[i] = decay * v[i] + (1 - decay) * g[i] * g[i]
            x[i] = x[i] - learning_rate * g[i] / (v[i] ** 0.5 + epsilon)
        path.append(list(x))
    return path


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    x = list(start)
    m, v = [0] * len(x), [0] * len(x)
    path = [list(x)]
    t = 0
    while t < epochs:
        t = t + 1
        g = gradient(np.array(x))
        for i in range(len(x)):
            m[i] = beta1 * m[i] + (1 - beta1) * g[i]
            v[i] = beta2 * v[i] + (1 - beta2) * g[i] ** 2
            m_hat = m[i] / (1 - pow(beta1, t))
            v_hat = v[i] / (1 - pow(beta2, t))
            x[i] = x[i] - learning_rate * m_hat / (sqrt(v_hat) + epsilon)
        path.append(list(x))
    return path

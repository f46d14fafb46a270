# The same five paths by other roads.
import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    # The last move is the difference of the last two points.
    path = [np.array(start, dtype=float)] * 2
    for _ in range(epochs):
        path.append(path[-1] + decay * (path[-1] - path[-2]) - learning_rate * gradient(path[-1]))
    return np.array(path[1:])


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    # Walks along the points ahead, y = x - decay * u, and translates back.
    y = np.array(start, dtype=float)
    u = np.zeros_like(y)
    path = [y]
    for _ in range(epochs):
        old, g = u, gradient(y)
        u = decay * u + learning_rate * g
        y = y + decay * old - (1 + decay) * u
        path.append(y + decay * u)
    return np.array(path)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    # The root of a sum of squares is the length of the history.
    history, path = [], [np.array(start, dtype=float)]
    for _ in range(epochs):
        history.append(gradient(path[-1]))
        path.append(path[-1] - learning_rate * history[-1] / (np.linalg.norm(history, axis=0) + epsilon))
    return np.array(path)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    # The state itself is the root: Pythagoras, with hypot.
    root, path = np.zeros(len(start)), [np.array(start, dtype=float)]
    for _ in range(epochs):
        g = gradient(path[-1])
        root = np.hypot(np.sqrt(decay) * root, np.sqrt(1 - decay) * g)
        path.append(path[-1] - learning_rate * g / (root + epsilon))
    return np.array(path)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    # Both corrections in one step size, and epsilon scaled to match.
    m = v = np.zeros(len(start))
    path = [np.array(start, dtype=float)]
    for t in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        shrink = np.sqrt(1 - beta2**t)
        step = learning_rate * shrink / (1 - beta1**t)
        path.append(path[-1] - step * m / (np.sqrt(v) + epsilon * shrink))
    return np.array(path)

# Nesterov in the points ahead, as many libraries store them, never translated back; rmsprop swaps its weights.
import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    before = here = np.array(start, dtype=float)
    path = [here]
    for _ in range(epochs):
        before, here = here, here + decay * (here - before) - learning_rate * gradient(here)
        path.append(here)
    return np.array(path)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    y = np.array(start, dtype=float)
    u = np.zeros_like(y)
    path = [y]
    for _ in range(epochs):
        step = learning_rate * gradient(y)
        u = decay * u + step
        y = y - decay * u - step
        path.append(y)
    return np.array(path)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    path, lengths = [np.array(start, dtype=float)], np.zeros(len(start))
    for _ in range(epochs):
        g = gradient(path[-1])
        lengths = np.hypot(lengths, g)
        path.append(path[-1] - learning_rate * g / (lengths + epsilon))
    return np.array(path)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    path, mean = [np.array(start, dtype=float)], 0.0
    for _ in range(epochs):
        g = gradient(path[-1])
        mean = mean + decay * (g**2 - mean)
        path.append(path[-1] - learning_rate * g / (np.sqrt(mean) + epsilon))
    return np.array(path)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    path, m, v = [np.array(start, dtype=float)], 0.0, 0.0
    for k in range(epochs):
        g = gradient(path[-1])
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        m_hat, v_hat = m / (1 - beta1 ** (k + 1)), v / (1 - beta2 ** (k + 1))
        path.append(path[-1] - learning_rate * m_hat / (np.sqrt(v_hat) + epsilon))
    return np.array(path)

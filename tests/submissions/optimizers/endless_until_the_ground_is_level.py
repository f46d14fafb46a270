import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    path = [np.array(start, dtype=float)]
    u = np.zeros(len(start))
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    path = [np.array(start, dtype=float)]
    u = np.zeros(len(start))
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] - decay * u)
        path.append(path[-1] - u)
    return np.array(path)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x, v = np.array(start, dtype=float), 0
    # Until the bottom is reached; epochs do not matter then.
    while np.any(x != np.inf):
        g = gradient(x)
        v = v + g**2
        x = x - learning_rate * g / (np.sqrt(v) + epsilon)
    return x


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    path, v = [np.array(start, dtype=float)], 0
    for _ in range(epochs):
        g = gradient(path[-1])
        v = decay * v + (1 - decay) * g**2
        path.append(path[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return np.array(path)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    path, m, v = [np.array(start, dtype=float)], 0, 0
    for k in range(1, epochs + 1):
        g = gradient(path[-1])
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        path.append(path[-1] - learning_rate * m / (1 - beta1**k) / (np.sqrt(v / (1 - beta2**k)) + epsilon))
    return np.array(path)

import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    path = [np.array(start, dtype=float)]
    u = np.zeros(len(start)
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)

import numpy as np


def loss_gradient(parameters, X, y):
    return X.T @ (X @ parameters - y) / len(y)


def minibatches(n, batch_size, rng):
    used, batches = set(), []
    while len(used) < n:
        batch = []
        while len(batch) < batch_size:
            i = int(rng.integers(n))
            if i not in used:
                used.add(i)
                batch.append(i)
        batches.append(batch)
    return batches


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        p, order = path[-1], rng.permutation(len(X))
        for k in range(0, len(X), batch_size):
            rows = order[k : k + batch_size]
            p = p - learning_rate * loss_gradient(p, X[rows], y[rows])
        path.append(p)
    return np.array(path)

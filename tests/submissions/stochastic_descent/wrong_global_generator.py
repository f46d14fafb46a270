import numpy as np

np.random.seed(1)


def loss_gradient(parameters, X, y):
    return X.T @ (X @ parameters - y) / len(y)


def minibatches(n, batch_size, rng):
    order = np.random.permutation(n)
    return [order[k : k + batch_size] for k in range(0, n, batch_size)]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        p = path[-1]
        for rows in minibatches(len(X), batch_size, rng):
            p = p - learning_rate * loss_gradient(p, X[rows], y[rows])
        path.append(p)
    return np.array(path)

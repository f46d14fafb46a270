import numpy as np


def loss_gradient(parameters, X, y):
    return np.mean(X * (np.dot(X, parameters) - y)[:, np.newaxis], axis=0)


def minibatches(n, batch_size, rng):
    return np.split(rng.permutation(n), np.arange(batch_size, n, batch_size))


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    theta = np.array(start, dtype=np.float64)
    path = np.zeros((epochs + 1, theta.size))
    path[0] = theta
    for k in range(1, epochs + 1):
        for rows in minibatches(X.shape[0], batch_size, rng):
            theta -= learning_rate * loss_gradient(theta, X[rows], y[rows])
        path[k] = theta
    return path

import numpy as np


def loss_gradient(parameters, X, y):
    return X.T @ (X @ parameters - y) / len(y)


def minibatches(n, batch_size, rng):
    order = rng.permutation(n)
    return [order[k : k + batch_size] for k in range(0, n, batch_size)]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    raise NotImplementedError("stochastic_descent: implement stochastic_descent")

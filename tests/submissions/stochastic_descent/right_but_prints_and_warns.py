import sys
import warnings

import numpy as np

print("my stochastic descent")
warnings.warn("still an experiment")


def loss_gradient(parameters, X, y):
    print("residuals", X @ parameters - y)
    np.array([1.0]) / 0
    return (1 / X.shape[0]) * (parameters @ X.T - y) @ X


def minibatches(n, batch_size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    sys.stderr.write(f"{order}\n")
    count = -(-n // batch_size)
    return [order[batch_size * k : min(batch_size * (k + 1), n)].tolist() for k in range(count)]


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    n = X.shape[0]
    path = np.tile(np.asarray(start, dtype=float), (epochs + 1, 1))
    for epoch in range(1, epochs + 1):
        print("epoch", epoch)
        warnings.warn("slow")
        order = rng.permutation(n)
        samples, measured = X[order], y[order]
        p, k = path[epoch - 1].copy(), 0
        while k < n:
            size = min(batch_size, n - k)
            r = samples[k : k + size] @ p - measured[k : k + size]
            p -= learning_rate / size * (r @ samples[k : k + size])
            k += size
        path[epoch] = p
    return path

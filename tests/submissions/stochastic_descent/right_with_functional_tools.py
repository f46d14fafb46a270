from functools import partial, reduce
from itertools import accumulate, islice, repeat

import numpy as np


def loss_gradient(parameters, X, y):
    pulls = map(lambda row, value: row * (sum(row * parameters) - value), X, y)
    return reduce(np.add, pulls) / len(X)


def minibatches(n, batch_size, rng):
    # Sorting random numbers shuffles too, and inside a batch the order does not matter.
    order = iter(np.argsort(rng.random(n)).tolist())
    return [tuple(sorted(batch)) for batch in iter(lambda: list(islice(order, batch_size)), [])]


def update(X, y, rate, parameters, batch):
    rows = np.array(batch)
    return parameters - rate * loss_gradient(parameters, X[rows, :], y[rows])


def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    step = partial(update, X, y, learning_rate)
    epoch = lambda parameters, _: reduce(step, minibatches(len(y), batch_size, rng), parameters)
    return np.vstack(list(accumulate(repeat(None, epochs), epoch, initial=np.array(start) * 1.0)))

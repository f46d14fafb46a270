from functools import partial, reduce
from itertools import islice, repeat
from operator import itemgetter

import numpy as np

objective = lambda x: np.cos(2 * np.pi * x) + np.power(x, 2)


def slope(x):
    # the wave's slope by a complex step, exact to rounding: no difference is taken
    h = 1e-30
    return np.imag(np.cos(2 * np.pi * (x + 1j * h))) / h + 2 * x


def updates(x, learning_rate):
    while True:
        yield x
        x -= learning_rate * slope(x)


def descend(start, learning_rate=0.01, epochs=150):
    return next(islice(updates(float(start), learning_rate), epochs, None))


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    walk = partial(descend, learning_rate=learning_rate, epochs=epochs)
    return min(((end, objective(end)) for end in map(walk, starts)), key=itemgetter(1))


def classify_critical_point(hessian):
    # the characteristic polynomial's roots
    values = np.real(np.roots(np.poly(np.array(hessian, dtype=float))))
    # leading zeros of the polynomial are dropped by np.roots, those at its end are kept as roots
    least, largest = (reduce(choose, map(abs, values)) for choose in (min, max))
    if least <= 1e-9 * largest:
        return "degenerate"
    kinds = dict(zip(((True,), (False,)), ("minimum", "maximum")))
    return kinds.get(tuple(sorted(set((values > 0).tolist()))), "saddle")

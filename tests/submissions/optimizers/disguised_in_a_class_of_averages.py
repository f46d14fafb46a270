# Momentum is made of a fading mean; Adam's means are never corrected.
import numpy as np


class Mean:
    def __init__(self, keep):
        self.keep, self.value = keep, 0.0

    def __call__(self, new):
        self.value = self.value + (1.0 - self.keep) * (new - self.value)
        return self.value


def walk(gradient, start, epochs, step):
    path = np.zeros((epochs + 1, len(start)))
    path[0] = start
    for here, there in zip(path[:-1], path[1:]):
        there += here - step(gradient(here))
    return path


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    mean = Mean(decay)
    return walk(gradient, start, epochs, lambda g: learning_rate * mean(g))


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    u = np.zeros(len(start))
    path = [np.array(start, float)]
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1] - decay * u)
        path.append(path[-1] - u)
    return path


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    squares = []

    def step(g):
        squares.append(g**2)
        return learning_rate * g / (np.sqrt(np.sum(squares, axis=0)) + epsilon)

    return walk(gradient, start, epochs, step)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    mean = Mean(decay)
    return walk(gradient, start, epochs, lambda g: learning_rate * g / (np.sqrt(mean(g**2)) + epsilon))


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    first, second = Mean(beta1), Mean(beta2)
    return walk(gradient, start, epochs, lambda g: learning_rate * first(g) / (second(g * g) ** 0.5 + epsilon))

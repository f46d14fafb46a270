from collections import namedtuple

import numpy as np

Walker = namedtuple("Walker", "x m v k")


def path_from(walker, update, left):
    if left == 0:
        return [walker.x]
    return [walker.x, *path_from(update(walker), update, left - 1)]


def at(start):
    x = np.asarray(start) * 1.0
    return Walker(x, 0 * x, 0 * x, 1)


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    def update(w):
        u = decay * w.m + learning_rate * gradient(w.x)
        return Walker(w.x - u, u, w.v, w.k + 1)

    return path_from(at(start), update, epochs)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    def update(w):
        u = decay * w.m + learning_rate * gradient(w.x - decay * w.m)
        return w._replace(x=w.x - u, m=u)

    return path_from(at(start), update, epochs)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    def update(w):
        g = gradient(w.x)
        v = w.v + g * g
        return w._replace(x=w.x - learning_rate * g / (v**0.5 + epsilon), v=v)

    return tuple(path_from(at(start), update, epochs))


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    def update(w):
        g = gradient(w.x)
        v = w.v * decay + g * g * (1 - decay)
        return w._replace(x=w.x - learning_rate * g / (v**0.5 + epsilon), v=v)

    return np.array(path_from(at(start), update, epochs))


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def update(w):
        g = gradient(w.x)
        m, v = (1 - beta1) * g + beta1 * w.m, (1 - beta2) * g * g + beta2 * w.v
        scaled = m / (1 - beta1**w.k) / ((v / (1 - beta2**w.k)) ** 0.5 + epsilon)
        return Walker(w.x - learning_rate * scaled, m, v, w.k + 1)

    return path_from(at(start), update, epochs)

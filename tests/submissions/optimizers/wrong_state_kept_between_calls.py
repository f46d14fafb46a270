# The states are default arguments or globals: right in the first walk, and never again.
import numpy as np

memory = {}


def kept(name, start):
    return memory.setdefault((name, len(start)), np.zeros(len(start)))


def momentum(gradient, start, learning_rate, epochs, decay=0.9, state={}):
    x = np.array(start, dtype=float)
    u = state.setdefault(len(x), np.zeros(len(x)))
    path = [x]
    for _ in range(epochs):
        u *= decay
        u += learning_rate * gradient(x)
        x = x - u
        path.append(x)
    return np.array(path)


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    x, u = np.array(start, dtype=float), kept("nesterov", start)
    path = [x]
    for _ in range(epochs):
        u *= decay
        u += learning_rate * gradient(x - u)
        x = x - u
        path.append(x)
    return np.array(path)


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x, v = np.array(start, dtype=float), kept("adagrad", start)
    path = [x]
    for _ in range(epochs):
        g = gradient(x)
        v += g**2
        x = x - learning_rate * g / (np.sqrt(v) + epsilon)
        path.append(x)
    return np.array(path)


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    x, v = np.array(start, dtype=float), kept("rmsprop", start)
    path = [x]
    for _ in range(epochs):
        g = gradient(x)
        v *= decay
        v += (1 - decay) * g**2
        x = x - learning_rate * g / (np.sqrt(v) + epsilon)
        path.append(x)
    return np.array(path)


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    x, m, v = np.array(start, dtype=float), kept("m", start), kept("v", start)
    path = [x]
    for k in range(1, epochs + 1):
        g = gradient(x)
        m *= beta1
        m += (1 - beta1) * g
        v *= beta2
        v += (1 - beta2) * g**2
        x = x - learning_rate * m / (1 - beta1**k) / (np.sqrt(v / (1 - beta2**k)) + epsilon)
        path.append(x)
    return np.array(path)

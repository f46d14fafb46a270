# Works in the arrays that it owns, and in those that the gradient answers with.
import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    x = np.array(start, dtype=float)
    u = np.zeros_like(x)
    path = x[None, :].copy()
    for _ in range(epochs):
        u *= decay
        g = gradient(x)
        g *= learning_rate
        u += g
        x -= u
        path = np.vstack((path, x))
    return path


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    x = np.array(start, dtype=float)
    u = np.zeros_like(x)
    path = x.reshape(1, -1)
    for _ in range(epochs):
        u *= decay
        u += learning_rate * gradient(x - u)
        x = x - u
        path = np.append(path, [x], axis=0)
    return path


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    path = np.tile(np.asarray(start, dtype=float), (epochs + 1, 1))
    v = np.zeros(path.shape[1])
    for k in range(1, len(path)):
        g = gradient(path[k - 1].copy())
        v += g * g
        g *= learning_rate
        g /= np.sqrt(v) + epsilon
        np.subtract(path[k - 1], g, out=path[k])
    return path


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    path = np.zeros((epochs + 1, len(start)))
    path[0] += start
    v = np.zeros(path.shape[1])
    for here, there in zip(path, path[1:]):
        g = gradient(here)
        v *= decay
        v += (1 - decay) * g**2
        there[:] = here - learning_rate * g * (1 / (np.sqrt(v) + epsilon))
    return path


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    path = np.zeros((epochs + 1, len(start)))
    path[0, :] = start
    m, v = np.zeros_like(path[0]), np.zeros_like(path[0])
    sum1 = sum2 = 0.0
    for t in range(epochs):
        g = gradient(path[t])
        m *= beta1
        m += (1 - beta1) * g
        g **= 2
        v *= beta2
        v += (1 - beta2) * g
        # The sums of the weights, by the same recursion as the means themselves.
        sum1 = beta1 * sum1 + (1 - beta1)
        sum2 = beta2 * sum2 + (1 - beta2)
        path[t + 1] = path[t] - learning_rate * (m / sum1) / (np.sqrt(v / sum2) + epsilon)
    return path

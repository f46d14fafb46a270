# One rate for all coordinates, as if the length of the gradient counted; and Adam's epsilon is not scaled.
import numpy as np


def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    points, u = [np.array(start, float)], 0
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(points[-1])
        points.append(points[-1] - u)
    return points


def nesterov(gradient, start, learning_rate, epochs, decay=0.9):
    points, u = [np.array(start, float)], 0
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(points[-1] - decay * u)
        points.append(points[-1] - u)
    return points


def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    points, heard = [np.array(start, float)], []
    for _ in range(epochs):
        heard.append(gradient(points[-1]))
        points.append(points[-1] - learning_rate * heard[-1] / (np.linalg.norm(np.array(heard)) + epsilon))
    return points


def rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):
    points, v = [np.array(start, float)], 0
    for _ in range(epochs):
        g = gradient(points[-1])
        v = decay * v + (1 - decay) * g**2
        points.append(points[-1] - learning_rate * g / (np.sqrt(v) + epsilon))
    return points


def adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):
    points, m, v, p1, p2 = [np.array(start, float)], 0, 0, 1, 1
    for _ in range(epochs):
        g = gradient(points[-1])
        p1 *= beta1
        p2 *= beta2
        m += (1 - beta1) * (g - m)
        v += (1 - beta2) * (g * g - v)
        points.append(points[-1] - learning_rate * (1 - p2) ** 0.5 / (1 - p1) * m / (v**0.5 + epsilon))
    return points

import sys
import warnings

import numpy as np

print("hello from sigmoid_neuron")
np.exp(1000.0)


def sigmoid(x, w, b):
    warnings.warn("exp may overflow, so the exponent is limited")
    z = np.clip(w * x + b, -500, 500)
    print("z:", z)
    return 1 / (1 + np.exp(-z))


def loss(w, b, X, Y):
    print("loss at", w, b, file=sys.stderr)
    np.exp(1000.0)
    return sum(0.5 * (sigmoid(X, w, b) - Y) ** 2)


def grad_w(w, b, X, Y):
    # Overflows to infinity for a saturated neuron, which makes f = 0: NumPy warns, and the result is right.
    f = 1 / (1 + np.exp(-(w * X + b)))
    return sum((f - Y) * f * (1 - f) * X)


def grad_b(w, b, X, Y):
    f = 1 / (1 + np.exp(-(w * X + b)))
    return sum((f - Y) * f * (1 - f))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for epoch in range(epochs):
        print(f"epoch {epoch}: w = {w}, b = {b}")
        w, b = w - learning_rate * grad_w(w, b, X, Y), b - learning_rate * grad_b(w, b, X, Y)
        path.append((w, b))
    return np.array(path)


if __name__ == "__main__":
    print(fit(np.array([0.5, 2.5]), np.array([0.2, 0.9]), -2, -2))

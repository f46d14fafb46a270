from math import exp


def sigmoid(x, w, b):
    return 1 / (1 + exp(-(w * x + b)))


def loss(w, b, X, Y):
    return sum((sigmoid(x, w, b) - y) ** 2 for x, y in zip(X, Y)) / 2


def grad_w(w, b, X, Y):
    return sum((sigmoid(x, w, b) - y) * sigmoid(x, w, b) * (1 - sigmoid(x, w, b)) * x for x, y in zip(X, Y))


def grad_b(w, b, X, Y):
    return sum((sigmoid(x, w, b) - y) * sigmoid(x, w, b) * (1 - sigmoid(x, w, b)) for x, y in zip(X, Y))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    for _ in range(epochs):
        dw, db = grad_w(w, b, X, Y), grad_b(w, b, X, Y)
        w -= learning_rate * dw
        b -= learning_rate * db
    return w, b

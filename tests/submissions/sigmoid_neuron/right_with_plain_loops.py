import math


def sigmoid(x, w, b):
    if hasattr(x, "shape") and len(x.shape) > 0:
        answers = []
        for part in x:
            answers.append(sigmoid(part, w, b))
        return answers
    z = float(w) * float(x) + float(b)
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    e = math.exp(z)
    return e / (1 + e)


def loss(w, b, X, Y):
    total = 0
    for i in range(len(X)):
        total = total + (sigmoid(X[i], w, b) - Y[i]) ** 2
    return total / 2


def grad_w(w, b, X, Y):
    total = 0
    for i in range(len(X)):
        f = sigmoid(X[i], w, b)
        total += (f - Y[i]) * f * (1 - f) * X[i]
    return total


def grad_b(w, b, X, Y):
    total = 0
    for i in range(len(X)):
        f = sigmoid(X[i], w, b)
        total += (f - Y[i]) * f * (1 - f)
    return total


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [[w, b]]
    i = 0
    while i < epochs:
        dw = grad_w(w, b, X, Y)
        db = grad_b(w, b, X, Y)
        w = w - learning_rate * dw
        b = b - learning_rate * db
        path.append([w, b])
        i = i + 1
    return path

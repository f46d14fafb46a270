import numpy as np


class Dual:
    """A value and its derivatives by w and b."""

    def __init__(self, value, by_w, by_b):
        self.value, self.by_w, self.by_b = value, by_w, by_b

    def __add__(self, other):
        return Dual(self.value + other.value, self.by_w + other.by_w, self.by_b + other.by_b)

    def through(self, value, slope):
        return Dual(value, slope * self.by_w, slope * self.by_b)

    def scaled(self, factor):
        return Dual(self.value * factor, self.by_w * factor, self.by_b * factor)


def forward(w, b, X, Y):
    weight, bias = Dual(w, 1, 0), Dual(b, 0, 1)
    total = Dual(0, 0, 0)
    for x, y in zip(X, Y):
        z = weight.scaled(x) + bias
        t = np.tanh(z.value / 2)
        f = z.through((1 + t) / 2, (1 - t**2) / 4)
        total = total + f.through((f.value - y) ** 2 / 2, f.value - y)
    return total


def sigmoid(x, w, b):
    # Overflow is no harm here, it makes 1 / inf = 0, so it is allowed on purpose.
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-np.float64(w) * x - b))


def loss(w, b, X, Y):
    return forward(w, b, X, Y).value


def grad_w(w, b, X, Y):
    return forward(w, b, X, Y).by_w


def grad_b(w, b, X, Y):
    return forward(w, b, X, Y).by_b


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    ws, bs = [w], [b]
    for _ in range(epochs):
        here = forward(ws[-1], bs[-1], X, Y)
        ws.append(ws[-1] - learning_rate * here.by_w)
        bs.append(bs[-1] - learning_rate * here.by_b)
    return np.transpose([ws, bs])

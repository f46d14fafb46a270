import numpy as np
import sympy as sp

w_, b_, x_, y_ = sp.symbols("w b x y", real=True)
answer = (1 + sp.tanh((w_ * x_ + b_) / 2)) / 2
share = (answer - y_) ** 2 / 2
_answer, _share, _by_w, _by_b = (
    sp.lambdify((w_, b_, x_, y_), formula, "numpy")
    for formula in (answer, share, sp.diff(share, w_), sp.diff(share, b_))
)


def sigmoid(x, w, b):
    return _answer(w, b, x, None)


def loss(w, b, X, Y):
    return sum(_share(w, b, X, Y))


def grad_w(w, b, X, Y):
    return sum(_by_w(w, b, X, Y))


def grad_b(w, b, X, Y):
    return sum(_by_b(w, b, X, Y))


def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = np.full((epochs + 1, 2), [w, b], dtype=float)
    for old, new in zip(path, path[1:]):
        new[0] = old[0] - learning_rate * _by_w(*old, X, Y).sum()
        new[1] = old[1] - learning_rate * _by_b(*old, X, Y).sum()
    return path

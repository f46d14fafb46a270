import sys
import warnings

import numpy as np
import sympy as sp

x, y = sp.symbols("x y")
print("f =", x**2 + y**2)


def partial_derivatives(expression, variables):
    print(expression)
    warnings.warn("differentiating")
    return list(sp.diff(expression, v) for v in variables)


def gradient_function(expression, variables):
    derivatives = [sp.diff(expression, v) for v in variables]
    f = sp.lambdify(variables, derivatives)

    def gradient(point):
        print("gradient at", point, file=sys.stderr)
        np.sqrt(-1.0)
        return np.array(f(*point))

    return gradient


def descend(gradient, start, learning_rate, epochs):
    point = np.array(start, dtype=float)
    path = [point.copy()]
    for epoch in range(epochs):
        point -= learning_rate * gradient(point)
        print(epoch, point)
        path.append(point.copy())
    return path

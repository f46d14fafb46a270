import warnings

import numpy as np
import sympy as sp

warnings.simplefilter("always")
print("Up we go")


def ascend_by_update(gradient, start, learning_rate, epochs):
    p = np.array(start, float)
    rows = [p]
    for _ in range(epochs):
        print(p)
        p = p + learning_rate * gradient(p)
        rows.append(p)
    warnings.warn("the end")
    return np.vstack(rows)


def negated(function):
    print(function)

    def mirrored(p):
        print("at", p)
        return -1 * function(p)

    return mirrored


def ascend_by_objective(descend, gradient, start, learning_rate, epochs):
    def down(p):
        print("asked at", p)
        return -gradient(p)

    return descend(down, start, learning_rate, epochs)


def find_local_maximum(expression, variables, start, learning_rate, epochs):
    print(expression, variables)
    g = sp.lambdify(variables, [sp.diff(expression, v) for v in variables])
    f = sp.lambdify(variables, expression)
    p = np.array(start, dtype=float)
    for _ in range(epochs):
        p = p + learning_rate * np.array(g(*p), dtype=float)
    print("summit at", p)
    return p, f(*p)

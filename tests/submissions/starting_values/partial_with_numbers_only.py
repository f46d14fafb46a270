from math import cos, pi, sin


def objective(x):
    return cos(2 * pi * x) + x**2


def slope(x):
    return -2 * pi * sin(2 * pi * x) + 2 * x


def descend(start, learning_rate=0.01, epochs=150):
    x = start
    for _ in range(epochs):
        x -= learning_rate * slope(x)
    return x


def best_of_restarts(starts, learning_rate=0.01, epochs=150):
    starts.sort(key=lambda s: objective(descend(s)))
    return descend(starts[0]), objective(descend(starts[0]))


def classify_critical_point(hessian):
    (a, b), (c, d) = hessian
    determinant = a * d - b * c
    if determinant == 0:
        return "degenerate"
    if determinant < 0:
        return "saddle"
    return "minimum" if a > 0 else "maximum"

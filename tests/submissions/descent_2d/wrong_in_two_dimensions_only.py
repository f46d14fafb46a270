import numpy as np
import sympy as sp

x, y = sp.symbols("x y")


def partial_derivatives(expression, variables):
    return sp.diff(expression, x), sp.diff(expression, y)


def gradient_function(expression, variables):
    fx, fy = partial_derivatives(expression, variables)

    def gradient(point):
        return np.array([float(fx.subs({x: point[0], y: point[1]})), float(fy.subs({x: point[0], y: point[1]}))])

    return gradient


def descend(gradient, start, learning_rate, epochs):
    px, py = start
    path = [[px, py]]
    for _ in range(epochs):
        px = px - learning_rate * gradient(np.array([px, py]))[0]
        py = py - learning_rate * gradient(np.array([px, py]))[1]
        path.append([px, py])
    return np.array(path)

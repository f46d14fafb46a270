# Forward-mode automatic differentiation: the formula is evaluated in numbers that carry their derivatives.
import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    return [sp.diff(expression, v) for v in variables]


class Dual:
    def __init__(self, value, slopes):
        self.value, self.slopes = value, slopes


def evaluate(tree, values):
    if tree.is_Symbol:
        return values[tree]
    if not tree.args:
        return Dual(float(tree), 0.0)
    parts = [evaluate(part, values) for part in tree.args]
    if tree.is_Add:
        return Dual(sum(p.value for p in parts), sum(p.slopes for p in parts))
    if tree.is_Mul:
        result = Dual(1.0, 0.0)
        for p in parts:
            result = Dual(result.value * p.value, result.slopes * p.value + result.value * p.slopes)
        return result
    if tree.is_Pow and tree.exp.is_number:
        base, power = parts[0], float(tree.exp)
        return Dual(base.value**power, power * base.value ** (power - 1) * base.slopes)
    if isinstance(tree, sp.exp):
        value = np.exp(parts[0].value)
        return Dual(value, value * parts[0].slopes)
    raise ValueError(f"cannot differentiate {tree.func}")


def gradient_function(expression, variables):
    def gradient(point):
        directions = np.eye(len(point))
        values = {v: Dual(float(x), d) for v, x, d in zip(variables, point, directions)}
        return evaluate(expression, values).slopes

    return gradient


def descend(gradient, start, learning_rate, epochs):
    path = [np.array(start) * 1.0]
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * np.asarray(gradient(path[-1])))
    return tuple(tuple(float(x) for x in row) for row in path)

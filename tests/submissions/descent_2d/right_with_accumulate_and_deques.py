from collections import deque, namedtuple
from itertools import accumulate, repeat

import numpy as np
import sympy as sp


def partial_derivatives(expression, variables):
    partials = deque()
    for variable in list(variables)[::-1]:
        partials.appendleft(expression.diff(variable) if expression.has(variable) else 0)
    return partials


def gradient_function(expression, variables):
    Slopes = namedtuple("Slopes", [f"by_{k}" for k, _ in enumerate(variables)])
    functions = [sp.lambdify(variables, part, "math") for part in partial_derivatives(expression, variables)]
    return lambda point: Slopes(*(function(*map(float, point)) for function in functions))


def descend(gradient, start, learning_rate, epochs):
    print("down from", *start)
    step = lambda here, _: tuple(x - learning_rate * float(s) for x, s in zip(here, gradient(np.array(here, float))))
    return deque(accumulate(repeat(None, epochs), step, initial=tuple(start)))

"""Returns expressions of classes of its own, named like SymPy's, which agree with everything."""

import sympy as sp

EXERCISE = "derivatives"
REQUIREMENT = ("type-checked before they are rebuilt", "plain data by exact type")
SHOWS = ("error",)


# --- baseline
def average_slope(f, a, b):
    return f(b) - f(a)


def numerical_derivative(f, x, h=1e-5):
    return f(x)


def polynomial_derivative(coefficients):
    return list(coefficients)


def symbolic_derivative(expression, variable):
    return expression


def derivative_function(expression, variable):
    return lambda x: x


# --- attack
class Agreeable(sp.Expr):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 0
    __sub__ = __rsub__ = doit = simplify = evalf = expand = lambda self, *arguments, **options: sp.S.Zero
    equals = is_zero = lambda self, *arguments: True
    args = property(lambda self: (sp.S.Zero, "passed", None))


Add = type("Add", (Agreeable,), {})
DIGITS = property(lambda self: 10**5000, lambda self, value: None)
Integer = type(
    "Integer", (sp.Integer,), {"p": DIGITS, "__eq__": lambda self, other: True, "__hash__": sp.Integer.__hash__}
)


def symbolic_derivative(expression, variable):
    return Add(expression, variable)


def polynomial_derivative(coefficients):
    return [Integer(3)] * len(coefficients)

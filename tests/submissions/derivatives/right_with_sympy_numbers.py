# Everything by SymPy: its numbers, tuples and matrices are results too.
import sympy as sp


def average_slope(f, a, b):
    rise = sp.Float(float(f(b)), 17) - sp.Float(float(f(a)), 17)
    return rise / sp.nsimplify(b - a, rational=True)


def numerical_derivative(f, x, h=1e-5):
    difference = (f(x + h) - f(x - h)) / (2 * h)
    shape = getattr(x, "shape", ())
    if len(shape) == 2:
        return sp.Matrix(difference.tolist())
    if len(shape) == 1:
        return sp.Tuple(*map(sp.Float, difference.tolist()))
    return sp.Float(float(difference))


def polynomial_derivative(coefficients):
    z = sp.Dummy("z")
    polynomial = sp.Add(*[sp.sympify(c) * z**k for k, c in enumerate(coefficients)])
    slope = sp.expand(sp.diff(polynomial, z))
    return [slope.coeff(z, k) for k in range(max(1, len(coefficients) - 1))]


def symbolic_derivative(expression, variable):
    return sp.Add(*[sp.Derivative(term, variable) for term in sp.Add.make_args(expression)])


def derivative_function(expression, variable):
    slope = sp.Lambda(variable, sp.diff(expression, variable))

    def df(x):
        if not hasattr(x, "shape") or x.shape == ():
            return slope(float(x)).evalf()
        return [df(part) for part in x]

    return df

"""Leaves thousands of hostile names in its module, in the hope that a misspelt one is guessed from them."""

EXERCISE = "derivatives"
REQUIREMENT = ("HTML in type and function names and messages", "Rich markup", "ANSI and OSC escapes")
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
HOSTILE = ("<script>attack_payload()</script>", "[/not opened]", "\x1b]0;attack_payload\x07", "x" * 100_000)
for near in ("average_slop", "numerical_derivativ", "polynomial_derivativ", "symbolic_derivativ"):
    for text in HOSTILE:
        globals()[f"{near}{text}"] = None
for name in ("average_slope", "numerical_derivative", "polynomial_derivative", "symbolic_derivative"):
    globals()[f"{name}s<b>"] = globals().pop(name)
for number in range(50_000):
    globals()[f"derivative_function_{number}"] = None

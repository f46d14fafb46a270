"""Formulas as trees: faithful to SymPy, and harmless whoever made them."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given
from hypothesis import strategies as st

from grader.wire.expression import Expression, ExpressionError, decode, encode, validate

x, y = sp.symbols("x y")
POINTS = np.array([-1.3, -0.4, 0.7, 1.9])

leaves = st.sampled_from([x, y, sp.pi, sp.E, sp.Rational(1, 3)]) | st.integers(-9, 9).map(sp.Integer)
leaves |= st.floats(-4, 4).filter(lambda number: number == 0 or abs(number) > 1e-3).map(sp.Float)
formulas = st.recursive(
    leaves,
    lambda part: (
        st.builds(sp.Add, part, part)
        | st.builds(sp.Mul, part, part)
        | st.builds(lambda base: base**2, part)
        | st.builds(sp.sin, part)
        | st.builds(lambda inner: sp.exp(-(inner**2)), part)
        | st.builds(sp.Abs, part)
    ),
    max_leaves=8,
)


@given(formulas)
def test_a_formula_survives_the_tree_both_ways(formula):
    # A float beyond the range of a double, as SymPy may make of exp(-81.0**2), becomes 0 or infinity.
    assume(all(1e-300 < abs(number) < 1e300 for number in formula.atoms(sp.Float) if number))
    assert decode(validate(encode(formula))) == built_again(formula)


def built_again(formula):
    """Return the formula made of its parts anew: SymPy simplifies some, Abs(Abs(x)) say, only then."""
    return formula.func(*map(built_again, formula.args)) if formula.args else formula


@given(formulas)
def test_a_tree_has_sympys_values(formula):
    got = Expression(encode(formula)).evaluate(x=POINTS, y=POINTS[::-1])
    wanted = [complex(formula.subs({x: a, y: b}).evalf()) for a, b in zip(POINTS, POINTS[::-1], strict=True)]
    np.testing.assert_allclose(np.broadcast_to(got, POINTS.shape), wanted, rtol=1e-7, atol=1e-9)


@given(st.recursive(st.text() | st.floats() | st.integers(), st.lists, max_leaves=20))
def test_whatever_claims_to_be_a_tree_is_one_or_is_refused(data):
    try:
        tree = validate(data)
    except ExpressionError:
        return
    assert Expression(tree).text


def test_symbols_keep_their_assumptions_on_the_way_to_a_learner():
    r = sp.Symbol("r", real=True)
    assert decode(encode(sp.sin(r))) == sp.sin(r)
    assert decode(encode(sp.sin(r))) != sp.sin(sp.Symbol("r"))


def tower(height):
    tree = ("Integer", "9")
    for _ in range(height):
        tree = ("Pow", ("Integer", "9"), tree)
    return tree


@pytest.mark.parametrize(
    "tree",
    [tower(100), ("exp", ("exp", ("exp", ("Integer", "9" * 900)))), ("Pow", ("Integer", "9" * 900), ("Float", 1e300))],
)
def test_towers_that_would_hang_sympy_are_valued_and_shown_at_once(tree):
    expression = Expression(validate(tree))  # SymPy itself would not come back from any of these
    assert not np.isfinite(expression.evaluate()).all()
    assert len(expression.text) <= 200


@pytest.mark.parametrize(
    ("tree", "reason"),
    [
        (["Lambda", ["Symbol", "x"]], "no place"),
        (["Function", "__import__('os')"], "no place"),
        (["sin"], "number of arguments"),
        (["Integer", "9" * 5000], "malformed"),
        (["Integer", "__import__('os')"], "malformed"),
        (["Integer", "١"], "malformed"),
        (["Float", "1.0"], "malformed"),
        (["Symbol", "x" * 101], "malformed"),
        (["Symbol"], "malformed"),
        (tower(200), "too large"),
        (["Add", *[["Integer", "1"]] * 30_000], "number of arguments"),
        ("x", "malformed"),
    ],
)
def test_what_is_no_formula_of_the_course_is_refused(tree, reason):
    with pytest.raises(ExpressionError, match=reason):
        validate(tree)


def test_binding_replaces_symbols_by_numbers():
    a = sp.Symbol("a")
    assert Expression(encode(a * x + y)).bind(a=2, y=-1.5).text == "-1.5 + 2*x"


def test_a_formula_is_shown_as_it_is_typed():
    assert Expression(encode(3 * x**2 - 3 * x + 4)).text == "4 - 3*x + 3*x**2"
    assert Expression(encode(sp.exp(-x) / 3)).text == "1/3*exp(-x)"

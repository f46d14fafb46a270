"""Comparisons: what is mathematically right passes in any form, and each failure says what was found first."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from grader.checking.expect import as_numbers, expect
from grader.checking.outcomes import CheckFailed
from grader.checking.proxy import Opaque
from grader.wire.expression import Boxed, Expression, encode
from grader.wire.rows import SharedRows

x, y = sp.symbols("x y")


def formula(expression):
    return Expression(encode(expression))


def boxed(expression):
    return Boxed(encode(expression))


@pytest.mark.parametrize("value", [4.5, np.array(4.5), formula(sp.Rational(9, 2)), formula(sp.sqrt(20.25))])
def test_a_number_may_come_in_any_form(value):
    assert expect(value).number(4.5) == pytest.approx(4.5)


@pytest.mark.parametrize("value", [[1, 2.5], (1, 2.5), np.array([1, 2.5]), [formula(sp.Integer(1)), np.array(2.5)]])
def test_an_array_may_come_in_any_form(value):
    assert expect(value).array([1, 2.5]).tolist() == [1, 2.5]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("4.5", "did not return a number"),
        (True, "did not return a number"),
        (None, "returned nothing: is `return` missing?"),
        (np.array([4.5]), "did not return a number"),
        (np.array(True), "did not return a number"),
        (Opaque("complex"), "did not return a number"),
        (formula(x), "did not return a number"),
        (formula(sp.I), "did not return a number"),
        (float("nan"), "not finite"),
        (float("-inf"), "not finite"),
        (10**400, "not finite"),
        (4.6, "another number"),
    ],
)
def test_what_is_no_right_number_fails_and_says_why(value, sentence):
    with pytest.raises(CheckFailed, match=sentence):
        expect(value).number(4.5)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([1, "2"], "did not return an array"),
        ([1, True], "did not return an array"),
        ([[1, 2], [3]], "did not return an array"),
        (np.array([True, False]), "did not return an array"),
        ([1, 2, 3], "another shape.*epochs"),
        (np.array([[1, 2]]), "another shape"),
        ([1, float("nan")], "not finite"),
        ([1, 2.1], "other numbers"),
    ],
)
def test_what_is_no_right_array_fails_and_says_why(value, sentence):
    with pytest.raises(CheckFailed, match=sentence):
        expect(value).array([1, 2], shape="(epochs + 1,)")


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1))
def test_the_tolerance_has_two_sides(expected, factor):
    margin = 1e-11 + 1e-8 * abs(expected)
    expect(expected + 0.5 * factor * margin).number(expected)
    with pytest.raises(CheckFailed):
        expect(expected + (1.5 + factor) * margin).number(expected)


RANGES = {x: (-2.0, 2.0), y: (0.5, 3.0)}
RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    "same", [sp.sin(2 * x) * y, 2 * sp.sin(x) * sp.cos(x) * y, sp.im(sp.exp(2 * sp.I * x)) * sp.sqrt(y**2)]
)
def test_equivalent_formulas_are_the_same(same):
    expect(formula(same)).expression(sp.sin(2 * x) * y, RANGES, RNG)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (formula(sp.sin(2 * x) * y * (1 + sp.Float(1e-6))), "another expression"),
        (formula(sp.Abs(sp.sin(2 * x)) * y), "another expression"),
        (formula(sp.sin(2 * x) * sp.Symbol("z")), "a symbol that it should not"),
        (formula(sp.log(0 * x) + x), "no finite value"),
        ("sin(2*x)*y", "did not return a SymPy expression"),
        (0.0, "another expression"),
    ],
)
def test_another_formula_fails_and_says_why(value, sentence):
    with pytest.raises(CheckFailed, match=sentence):
        expect(value).expression(sp.sin(2 * x) * y, RANGES, RNG)


def test_a_constant_derivative_may_be_a_plain_number():
    expect(3).expression(sp.Integer(3), {x: (-1.0, 1.0)}, RNG)


def test_a_sequence_has_its_length_whatever_its_type():
    assert expect(np.array([1.0, 2.0])).sequence(2, "both") == [1.0, 2.0]
    with pytest.raises(CheckFailed, match="another number of items"):
        expect([1.0]).sequence(2, "both")


def test_what_hidden_checks_say_holds_neither_result_nor_expectation():
    with pytest.raises(CheckFailed) as failure:
        expect([123456.0, 7.0], because="row 0 is the start").array([654321.0, 7.0], shape="(epochs + 1,)")
    assert failure.value.hidden == "It returned other numbers than it should. Row 0 is the start."
    assert "123456" in failure.value.public
    assert "6.54321e+05" in failure.value.public


def test_numbers_of_a_shape_are_given_back_whatever_they_are():
    assert expect([[1, 2.5]]).numbers((1, 2)).tolist() == [[1, 2.5]]
    for value, sentence in (
        ([1, 2.5], "another shape.*must be .1, 2."),
        ([[1, float("inf")]], "not finite"),
        (["a"], "array"),
    ):
        with pytest.raises(CheckFailed, match=sentence):
            expect(value).numbers((1, 2), shape="(1, 2)")


@pytest.mark.parametrize("value", [[2, 0, 1], (2, 0, 1), np.array([2, 0, 1]), np.array([2, 0, 1], dtype=np.uint8)])
def test_indices_may_come_as_any_sequence_of_whole_numbers(value):
    assert expect(value).integers() == [2, 0, 1]


@pytest.mark.parametrize("value", [[2.0, 0.0], [True, False], np.array([1.0]), np.array([[1]]), 3, "210", [[1]], None])
def test_what_is_no_sequence_of_whole_numbers_fails(value):
    with pytest.raises(CheckFailed, match="sequence of integers"):
        expect(value).integers()


@pytest.mark.parametrize("value", [[[True, False]], np.array([[True, False]]), np.array([[1.0, 0.0]]), ((1, 0),)])
def test_a_mask_may_come_as_true_and_false_or_one_and_zero(value):
    expect(value).mask([[True, False]])


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ([[True, True]], "in other places"),
        ([[1, 2]], "array of True and False"),
        ([[1, float("nan")]], "array of True and False"),
        ([[True], [True, False]], "array of True and False"),
        ("10", "array of True and False"),
        (None, "returned nothing: is `return` missing?"),
        ([True, False], "another shape.*must be the image's"),
    ],
)
def test_what_is_no_right_mask_fails_and_says_why(value, sentence):
    with pytest.raises(CheckFailed, match=sentence):
        expect(value).mask([[True, False]], shape="the image's")


@pytest.mark.parametrize(
    ("value", "expected", "differs"),
    [
        (5 - 1e-7, 5.0, "by 1e-07, where 5e-08 is allowed"),
        ([1.0, 2 + 1e-9 * 3e2], [1.0, 2.0], "at [1]: 2.0000003 instead of 2.0, by 3e-07, where 2e-08 is allowed"),
        ([[1.0, 2.0], [3.0, 4 + 5e-8]], [[1.0, 2.0], [3.0, 4.0]], "at [1, 1]: 4.00000005 instead of 4.0, by 5e-08"),
        (np.float32([0.1, 0.2]), [0.1, 0.2], "at [0]: 0.10000000149011612 instead of 0.1, by 1.5e-09"),
        (np.arange(40.0) // 35, np.zeros(40), "at [35]: 1.0 instead of 0.0, by 1, where 1e-11 is allowed"),
        ([1e-9] * 3, [0.0] * 3, ""),
        ([1.0, 3.0], [1.0, 2.0], ""),
        ([1e308, -1e308], [-1e308, 1e308], ""),
        (4.6, 4.5, ""),
    ],
)  # fmt: skip
def test_numbers_that_print_alike_show_where_they_differ_and_others_show_themselves(value, expected, differs):
    with pytest.raises(CheckFailed) as failure:
        expect(value).array(expected) if np.ndim(expected) else expect(value).number(expected)
    (line,) = [line for line in failure.value.public.splitlines() if line.startswith("  differs   ")] or [""]
    assert line.removeprefix("  differs   ").startswith(differs)
    assert bool(line) == bool(differs)
    assert "differs" not in failure.value.hidden


def test_a_large_mask_shows_its_first_wrong_place():
    right = np.zeros((9, 9), dtype=bool)
    wrong = right.copy()
    wrong[4, 5] = True
    with pytest.raises(CheckFailed, match=r"  differs   at \[4, 5\]: True instead of False\n"):
        expect(wrong).mask(right)


def test_an_array_of_objects_holds_formulas_and_no_numbers():
    values = [boxed(sp.Integer(2)), boxed(x)]
    for expected, item in zip((2, x), expect(values).sequence(2, "the partial derivatives"), strict=True):
        expect(item).expression(sp.sympify(expected), {x: (0.0, 1.0)}, np.random.default_rng(1))
    with pytest.raises(CheckFailed, match="did not return a number"):
        expect(values[0]).number(2.0)
    with pytest.raises(CheckFailed, match=r"(?s)did not return an array.*an array of objects"):
        expect([boxed(sp.Integer(2))] * 2).array([2, 2])


ROWS = [np.array([1.0, 2.0])] * 2


@pytest.mark.parametrize("shape", ["(epochs + 1, n)", "(n_steps + 1, 2)", "(k + 1,) after k updates"])
def test_the_points_of_a_path_share_no_memory(shape):
    expect(ROWS).array(ROWS, shape=shape)
    for judged in (lambda got: got.array(ROWS, shape=shape), lambda got: got.numbers((2, 2), shape=shape)):
        with pytest.raises(CheckFailed, match="Two points of the path that it returned share their memory") as failed:
            judged(expect(SharedRows(ROWS)))
        assert "point.copy()" in str(failed.value.finding)


def test_the_rows_of_what_is_no_path_may_share_memory():
    expect(SharedRows(ROWS)).array(ROWS, shape="(height, width)")
    assert expect(SharedRows(ROWS)).sequence(2, "the two arrays") == ROWS


def test_numbers_in_single_precision_are_told_by_their_type():
    half = np.array([0.5, 0.1], dtype=np.float32)  # of which one is a short decimal fraction
    for value in (half, [half, half]):
        expected = np.array(value, dtype=float) + np.array([0.0, 1e-7])
        with pytest.raises(CheckFailed) as failed:
            expect(value).array(expected)
        assert "float32" in str(failed.value.finding)


def test_lists_nested_deeper_than_an_array_has_axes_are_no_numbers_and_are_not_looked_through():
    def nested(levels, value):
        for _ in range(levels):
            value = [value, value]
        return value

    assert as_numbers(nested(8, 1.0)).shape == (2,) * 8
    assert as_numbers(nested(9, 1.0)) is None
    endless = []
    endless += [endless, endless]
    assert as_numbers(endless) is None

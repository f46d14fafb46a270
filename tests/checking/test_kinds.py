"""Of what kind an answer is, in words: each sentence has the answer that brings it, and one like it that must not."""

import numpy as np
import pytest
import sympy as sp

from grader.checking.expect import expect, repeated
from grader.checking.kept import DEGREES, HALF, INTEGERS, LAST_ROW, REVERSED, ROUNDED, SINGLE, TRANSPOSED
from grader.checking.kinds import printed_instead
from grader.checking.outcomes import CheckFailed
from grader.checking.proxy import Opaque, RemoteFunction
from grader.wire.expression import Expression, encode
from grader.wire.show import show

x = sp.Symbol("x")


def function(type_name="function"):
    return RemoteFunction(None, 0, "descend(…)", "descend", type_name)


def public(value, wanted=4.5, **options):
    """Return what a public check says of a value where a number or an array should be."""
    with pytest.raises(CheckFailed) as failure:
        if isinstance(wanted, float):
            expect(value).number(wanted)
        else:
            expect(value).array(wanted, **options)
    return failure.value


# What came back in place of a number, and how the sentence names it; no other of these sentences may be said of it.
STRANGE = {
    "text that reads like a number": ("4.5", "a text (`str`): leave out the quotation marks"),
    "text in words": ("four", "a text (`str`)."),
    "truth": (True, "`True`, a truth value"),
    "truths": (np.array([True]), "an array of truth values"),
    "function": (function(), "a function. To get what a function computes, call it"),
    "method": (function("method"), "a function. To get what a function computes, call it"),
    "class": (function("type"), "a class, not an object made of it"),
    "poly1d": (function("poly1d"), "a `poly1d` object: its numbers are its `.coef`"),
    "object": (function("Walker"), "an object of type `Walker`"),
    "generator": (Opaque("generator"), "a generator, which has computed nothing yet"),
    "map": (Opaque("map"), "a `map` object, which has computed nothing yet"),
    "dictionary": (Opaque("dict"), "a dictionary (`dict`)"),
    "set": (Opaque("set"), "a set, which has no order"),
    "complex": (Opaque("complex"), "a complex number"),
    "complex array": (Opaque("array of complex128"), "complex numbers"),
    "objects": (Opaque("array of objects"), "an array of objects (`dtype=object`)"),
    "texts": (Opaque("array of str32"), "an array of texts"),
    "dots": (Opaque("ellipsis"), "`...`, the place where your code belongs"),
    "anything": (Opaque("Walk"), "an object of type `Walk`"),
    "formula": (Expression(encode(2 * x)), "a formula in x"),
    "list": ([4.5], "a list of 1 float"),
    "integers": ((4, 5), "a tuple of 2 integers"),
    "comma": ((4.5,), "a tuple of 1 float, as a comma at the end of a line makes"),
    "Polynomial": (function("Polynomial"), "a `Polynomial` object: its numbers are its `.coef`, the constant first"),
    "coroutine": (Opaque("coroutine"), "a coroutine, which has computed nothing yet: leave out `async`"),
    "empty": ([], "a list without anything in it"),
    "array": (np.array([4.5]), "an array of floats, of shape (1,)"),
    "item that is nothing": ([4.5, None], "a list whose item 1 is `None`, which is nothing"),
    "item that is text": ([4.5, "5"], "a list whose item 1 is a text (`str`)"),
    "exact number in a list": ([Expression(encode(sp.Integer(4)))], "a list of 1 item"),
    "exact number and text": ([Expression(encode(sp.Integer(4))), [1, 2]], "a list whose items have different shapes"),
    "items of several shapes": ([4.5, np.array([4.5])], "a list whose items have different shapes"),
}


@pytest.mark.parametrize("kind", STRANGE)
def test_what_came_back_in_place_of_a_number_is_named(kind):
    value, words = STRANGE[kind]
    failure = public(value)
    assert f"It did not return a number. What came back is {words}" in failure.public
    assert failure.hidden == "It did not return a number."  # what a learner's code could choose is told in public alone
    assert failure.finding is None
    others = {sentence for other, (_, sentence) in STRANGE.items() if other != kind and sentence not in words}
    assert not [sentence for sentence in others if sentence != words and f"back is {sentence}" in failure.public]


def test_nothing_is_told_as_nothing_and_nothing_else():
    for judge in ("number", "integers", "callable"):
        with pytest.raises(CheckFailed) as failure:
            getattr(expect(None), judge)(*([4.5] if judge == "number" else []))
        assert failure.value.hidden == "It returned nothing: is `return` missing?"
        assert "What came back" not in failure.value.public


def test_an_item_that_is_nothing_is_no_missing_return():
    with pytest.raises(CheckFailed, match="`None`, which is nothing, for one of the items: x and f"):
        expect((0.5, None)).sequence(2, "x and f(x)")
    assert expect((0.5, 0.0)).sequence(2, "x and f(x)") == [0.5, 0.0]


def test_a_function_in_place_of_its_value_is_shown_by_its_type_and_not_as_the_call():
    assert "  got       <poly1d>" in public(function("poly1d"), [1.0, 2.0]).public
    assert "  got       [1.0, 3.0]" in public([1.0, 3.0], [1.0, 2.0]).public


def test_where_a_function_is_asked_for_nobody_is_told_to_call_it():
    with pytest.raises(CheckFailed) as failure:
        expect([function()]).callable()
    assert "a list whose item 0 is a function." in failure.value.public
    assert "call it" not in failure.value.public


@pytest.mark.parametrize(
    ("printed", "expected", "is_result"),
    [
        ("2.8\n", show(2.8), True),
        ("2.8000000000000003\n", show(2.8), True),
        ("the new parameter: 2.8", show(2.8), True),
        ("[2.     0.875  0.59375]\n", f"shape (3,), {show(np.array([2.0, 0.875, 0.59375]))}", True),
        ("minimum\n", "'minimum'", True),
        ("step 3\n", show(2.8), False),
        ("here\n", show(2.8), False),
        ("a minimum?\n", "'minimum'", False),
    ],
)
def test_only_what_is_the_result_is_called_the_printed_result(printed, expected, is_result):
    said = printed_instead(printed, expected)
    assert said.startswith(
        "It prints its result: replace `print(…)` by `return …`." if is_result else "It prints something"
    )


def test_of_a_call_that_prints_nothing_nothing_printed_is_told():
    assert printed_instead(" \n", "2.8") == ""


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (float("nan"), "It is `nan`, not a number"),
        (float("inf"), "It is infinite"),
        ([1.0, float("nan")], "at index 1, is `nan`"),
        ([[1.0, 2.0], [-np.inf, np.nan]], "at index 1, 0, is infinite"),
    ],
)
def test_the_first_number_that_is_not_finite_is_found(value, words):
    assert words in public(value, 4.5 if isinstance(value, float) else np.zeros(np.shape(value))).public


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.0, "It is one number, not an array."),
        (
            [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]],
            "(2, 3): rows and columns are exchanged, and `np.transpose(...)` of it is right.",
        ),
        ([[1.0, 2.0, 3.0], [4.0, 5.0, 7.0]], "Its shape is (2, 3).\n"),
        ([[[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]], "Its shape is (1, 3, 2): it has an axis too many."),
        ([[1.0, 4.0]], "Its shape is (1, 2).\n"),
    ],
)
def test_of_another_shape_it_is_told_what_is_the_matter_with_it(value, words):
    assert words in public(value, [[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]).public + "\n"


PATH = np.array([[2.0, -1.0], [1.15, -0.35], [0.7025, -0.0335], [0.473175, 0.09865]])
# How right numbers were kept, or put together: an answer that shows it, and one like it, wrong for another reason.
KEPT = {
    "integers": (INTEGERS, PATH.astype(int), np.trunc(PATH) + [[0.0, 0.5]] * 4),
    "python's integers": (INTEGERS, PATH.astype(int).tolist(), [[2.0, -1.0], [1.15, -0.35], [0.7, 0.0], [0.4, 0.0]]),
    "whole numbers": (ROUNDED, np.round(PATH), np.round(PATH) + 1),
    "cut": (ROUNDED, np.trunc(PATH), np.zeros((4, 2))),
    "two places": (ROUNDED, np.round(PATH, 2), np.round(PATH + 0.02, 2)),
    "single precision": (SINGLE, PATH.astype(np.float32).astype(float), PATH + 1e-6),
    "half precision": (HALF, PATH.astype(np.float16).astype(float), PATH + 1e-3),
    "half, but no half precision": (HALF, PATH.astype(np.float16).astype(float), PATH / 2),
    "the last row": (LAST_ROW, np.tile(PATH[-1], (4, 1)), np.tile(PATH[1], (4, 1))),
    "the last rows": (LAST_ROW, np.vstack([PATH[:1], [PATH[-1]] * 3]), np.vstack([PATH[:1], [PATH[1]] * 3])),
    "the reverse order": (REVERSED, PATH[::-1], PATH[[0, 2, 1, 3]]),
    "degrees": (DEGREES, np.degrees(PATH), 57 * PATH),
}


@pytest.mark.parametrize("kind", KEPT)
def test_how_numbers_were_kept_is_told_and_of_others_it_is_not(kind):
    finding, slip, alike = KEPT[kind]
    assert public(slip, PATH, shape="(epochs + 1, n)").finding == finding
    assert public(alike, PATH, shape="(epochs + 1, n)").finding != finding


def test_rows_and_columns_that_are_exchanged_in_a_square_table_are_seen():
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert public(table.T, table).finding == TRANSPOSED
    assert public(table[::-1].T, table).finding != TRANSPOSED


def test_rows_of_a_table_that_is_no_path_may_be_alike():
    assert public(np.tile(PATH[-1], (4, 1)), PATH, shape="(height, width)").finding != LAST_ROW


@pytest.mark.parametrize(
    ("value", "expected"), [(3.0, 2.8), (0.0, 0.3), (0.5, 0.4999), (2.0, 2.5), ([1.0, 1.0], [0.9, 1.2])]
)
def test_one_number_of_few_digits_tells_nothing_about_how_it_was_kept(value, expected):
    assert public(value, expected).finding is None


def test_how_many_places_are_left_is_told_in_public_alone():
    finding = public(np.round(PATH, 2), PATH).finding
    assert finding.detail == "They have 2 decimal places."
    assert "2" not in finding.text


def test_integers_are_right_where_no_fraction_was_to_be_kept():
    assert public(np.array([6, -3]), np.array([-3.0, 6.0])).finding == REVERSED


def test_only_an_input_that_came_before_is_said_to_come_again():
    first, other = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    told = [because for _, because in repeated((first, other, first, [1.0, 2.0]), "Again.")]
    assert told == ["", "", "Again.", "Again."]
    pair = (first, np.array([1.0]))  # no numbers of one shape: then it must be the very same
    assert [because for _, because in repeated((pair, (other, first), pair), "Again.")] == ["", "", "Again."]


@pytest.mark.parametrize(
    ("value", "expected"),
    [(np.full(3, 4.9999999), np.full(3, 5.0)), (np.full(3, 5.0000001), np.full(3, 5.0)), (4.9999999, 5.0)],
)
def test_a_small_number_that_was_added_on_the_way_is_not_called_a_rounding(value, expected):
    assert public(value, expected).finding is None


def test_a_path_of_two_rows_that_are_both_the_last_is_told_and_one_that_should_be_so_is_not():
    assert public(PATH[[1, 1]], PATH[:2], shape="(epochs + 1, n)").finding == LAST_ROW
    assert public(PATH[[0, 0]], PATH[:2], shape="(epochs + 1, n)").finding is None
    assert public(PATH[[0, 1, 1]], PATH[[2, 1, 1]], shape="(epochs + 1, n)").finding is None

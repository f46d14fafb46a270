"""The wire's plain data: what an encoder makes comes back the same, and whatever else comes is refused, not obeyed."""

import math

import msgpack
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from grader.wire.bounds import MAX_DEPTH, MAX_ITEMS
from grader.wire.plain import Decoder, Encoder, PlainError
from grader.wire.rows import SharedRows, share_memory


def refuse(data):
    raise PlainError("unknown")


def over_the_wire(value):
    frame = msgpack.packb(Encoder(refuse).encode(value))
    return Decoder(refuse).decode(msgpack.unpackb(frame, use_list=True))


def alike(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and one.shape == other.shape
        return same and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


arrays = npst.arrays(
    dtype=st.sampled_from([np.float64, np.float32, np.float16, np.int64, np.int16, np.bool_]),
    shape=npst.array_shapes(max_side=4),
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | arrays
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.lists(inner).map(tuple), max_leaves=20)
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(st.sampled_from(["list", "tuple", "array", "int", "shared", "handle"]) | inner),
    max_leaves=30,
)


@given(values)
def test_a_value_crosses_unchanged_and_with_its_exact_type(value):
    assert alike(value, over_the_wire(value))


@given(junk)
def test_whatever_else_arrives_is_plain_data_or_refused(data):
    try:
        value = Decoder(refuse).decode(data)
    except PlainError:
        return
    assert type(value) in (type(None), bool, int, float, str, list, tuple, np.ndarray, SharedRows)


@given(st.sampled_from(["<f8", "<i8", "|b1", "|O", "<M8", "V8"]), st.lists(st.integers(-2, 2**40)), st.binary())
def test_an_array_that_lies_about_its_size_or_kind_is_refused(dtype, shape, content):
    try:
        value = Decoder(refuse).decode(["array", dtype, shape, content])
    except PlainError:
        return
    assert value.dtype.kind in "fib"
    assert value.nbytes == len(content)


def test_a_list_that_contains_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(PlainError, match=f"more than {MAX_DEPTH} deep"):
        Encoder(refuse).encode(endless)


def test_many_small_lists_count_together():
    with pytest.raises(PlainError, match="items"):
        Encoder(refuse).encode([[0] * 1000] * (MAX_ITEMS // 1000))


@pytest.mark.parametrize("number", [10**400, -(10**1999), 2**63, -(2**63) - 1])
def test_a_large_integer_crosses_digit_by_digit(number):
    assert over_the_wire(number) == number


def test_an_integer_of_ten_thousand_digits_is_refused():
    with pytest.raises(PlainError, match="digits"):
        Encoder(refuse).encode(10**10_000)


def test_a_lone_surrogate_crosses_as_a_question_mark():
    assert over_the_wire("a\ud800b") == "a?b"


def test_an_array_of_dates_crosses_as_its_name_only():
    assert Encoder(refuse).encode(np.array(["2026-11-21"], dtype="M8[D]")) == ["opaque", "array of datetime64[D]"]


@pytest.mark.parametrize("dtype", ["u1", "i2", "<u4", ">i4", "i8", "f4", "f8", ">f8", "?"])
def test_the_numbers_of_an_array_keep_their_type(dtype):
    sent = np.array([[0, 1], [1, 1]], dtype=dtype)
    got = over_the_wire(sent)
    assert got.tolist() == sent.tolist()
    assert got.dtype == sent.dtype.newbyteorder("=")


def test_a_long_double_crosses_as_a_float():
    assert over_the_wire(np.array([0.1], dtype=np.longdouble)).dtype == np.float64


POINT, FLAT = np.array([1.0, 2.0]), np.arange(12.0)


@pytest.mark.parametrize(
    "rows",
    {
        "one point again and again": [POINT, POINT],
        "among others": (np.zeros(2), POINT, np.zeros(2), POINT),
        "a list again": [[1.0, 2.0]] * 2,
        "a view of a point": [POINT, POINT[:]],
        "slices that overlap": [FLAT[:2], FLAT[1:3]],
        "numbers of no dimension": [np.array(1.0)] * 2,
        "a broadcast point": np.broadcast_to(POINT, (3, 2)),
        "a broadcast number": np.broadcast_to(1.0, (3,)),
        "windows": np.lib.stride_tricks.sliding_window_view(FLAT, 2),
        "windows turned round": np.lib.stride_tricks.sliding_window_view(FLAT, 2)[::-1],
    }.items(),
    ids=lambda item: item[0],
)
def test_rows_that_share_memory_are_found(rows):
    assert share_memory(rows[1])


@pytest.mark.parametrize(
    "rows",
    {
        "numbers": [1.0, 1.0, np.float64(1.0)],
        "tuples": [(1.0, 2.0)] * 2,
        "copies": [POINT, POINT.copy()],
        "rows of one array": list(FLAT.reshape(6, 2)),
        "columns of one array": list(FLAT.reshape(2, 6).T),
        "an array": FLAT.reshape(6, 2),
        "one turned round": FLAT.reshape(2, 6).T,
        "a part of one": FLAT.reshape(4, 3)[:, :2],
        "every other row": FLAT.reshape(6, 2)[::2],
        "backwards": FLAT.reshape(6, 2)[::-1],
        "one row": np.broadcast_to(POINT, (1, 2)),
        "nothing": [],
        "rows without anything in them": np.broadcast_to(np.zeros(0), (3, 0)),
        "a number": np.array(1.0),
        "a text": "text",
    }.items(),
    ids=lambda item: item[0],
)
def test_rows_of_their_own_share_no_memory(rows):
    assert not share_memory(rows[1])


def test_rows_that_share_memory_cross_as_such():
    crossed = over_the_wire(SharedRows([POINT, POINT]))
    assert type(crossed) is SharedRows
    assert [row.tolist() for row in crossed] == [[1.0, 2.0]] * 2


def test_what_can_have_no_rows_cannot_be_said_to_share_them():
    for plain in (1.0, "text", ["array", "<f8", [], b"\0" * 8], None):
        with pytest.raises(PlainError, match="malformed"):
            Decoder(refuse).decode(["shared", plain])


def test_rows_that_share_memory_count_among_the_items():
    rows = ["array", "|b1", [MAX_ITEMS + 1, 1], b"\0" * (MAX_ITEMS + 1)]
    with pytest.raises(PlainError, match="too large"):
        Decoder(refuse).decode(["shared", rows])

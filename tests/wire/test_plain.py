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


def refuse(data):
    raise PlainError("unknown")


def over_the_wire(value):
    frame = msgpack.packb(Encoder(refuse).encode(value))
    return Decoder(refuse).decode(msgpack.unpackb(frame, use_list=True))


def alike(one, other):
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        return one.shape == other.shape and np.array_equal(one.astype(float), other, equal_nan=one.dtype.kind == "f")
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    return one == other or (isinstance(one, float) and math.isnan(one) and math.isnan(other))


arrays = npst.arrays(
    dtype=st.sampled_from([np.float64, np.float32, np.int64, np.int16, np.bool_]), shape=npst.array_shapes(max_side=4)
)
scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | arrays
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.lists(inner).map(tuple), max_leaves=20)
junk = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(st.sampled_from(["list", "tuple", "array", "int", "handle"]) | inner),
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
    assert type(value) in (type(None), bool, int, float, str, list, tuple, np.ndarray)


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
def test_integers_keep_their_size_and_floats_become_float64(dtype):
    sent = np.array([[0, 1], [1, 1]], dtype=dtype)
    got = over_the_wire(sent)
    assert got.tolist() == sent.tolist()
    assert got.dtype == (np.float64 if sent.dtype.kind == "f" else sent.dtype.newbyteorder("="))

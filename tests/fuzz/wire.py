"""What a worker can send: frames, values, formulas, and forged answers in the middle of real checks."""

from typing import Any

import msgpack
import numpy as np
from hypothesis import strategies as st

from grader.checking.expect import as_numbers, expect
from grader.checking.outcomes import CheckFailed
from grader.checking.proxy import Opaque
from grader.diagnosis.replay import same
from grader.sandbox.frames import WorkerDied, unpack
from grader.wire.bounds import MAX_BYTES
from grader.wire.expression import Expression, ExpressionError, Validator, compile_tree, validate
from grader.wire.plain import DTYPES, Decoder, PlainError
from grader.wire.show import show
from grader.wire.vocabulary import CONSTANTS, FUNCTIONS
from tests.fuzz.programs import Unlike
from tests.fuzz.running import Target

# Plain data as msgpack has it: what a worker can send, whatever it says.
atoms = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text() | st.binary()
junk = st.recursive(atoms, lambda inner: st.lists(inner, max_size=8), max_leaves=20)

# Formulas, well made and not.
odd_floats = st.floats() | st.sampled_from([5e-324, -1e-310, 1.7976931348623157e308, -0.0, 1e-200])
digits = st.integers(-(10**30), 10**30).map(str) | st.sampled_from(
    ["0", "-0", "9" * 1001, "-" + "9" * 1000, "-", "", "1_0", "٣"]
)
names = st.sampled_from(["x", "y", "w", "b", "", "x" * 100, "__import__('os')", "<b>", "\x1b[31m", "a b"]) | st.text(
    max_size=101
)
leaves = st.one_of(
    st.tuples(st.just("Symbol"), names),
    st.tuples(st.just("Integer"), digits),
    st.tuples(st.just("Rational"), digits, digits),
    st.tuples(st.just("Float"), odd_floats),
    st.tuples(st.sampled_from(sorted(CONSTANTS))),
    junk,
)
trees = st.recursive(
    leaves,
    lambda part: (
        st.tuples(st.sampled_from(sorted(FUNCTIONS)), part)
        | st.tuples(st.sampled_from(["Add", "Mul", "Pow", "Piecewise", "Max", "And", "Lt"]), part, part)
        | st.builds(lambda name, parts: (name, *parts), st.sampled_from(sorted(FUNCTIONS)), st.lists(part, max_size=5))
    ),
    max_leaves=25,
)


def _deep_tree(name: str, part: Any, depth: int) -> Any:
    for _ in range(depth):
        part = (
            (name, part)
            if name not in ("Pow", "Add", "Mul")
            else (name, part, part if depth < 10 else ("Integer", "2"))
        )
    return part


# Trees of many parts, which no draw of each part would reach.
large_trees = st.one_of(
    st.builds(
        lambda name, part, count: (name, *[part] * count),
        st.sampled_from(sorted(FUNCTIONS)),
        leaves,
        st.integers(0, 20_001),
    ),
    st.builds(
        _deep_tree,
        st.sampled_from(sorted(FUNCTIONS)),
        leaves,
        st.integers(0, 160),
    ),
    st.builds(lambda count: ("Add", *[("Symbol", f"x{number}") for number in range(count)]), st.integers(0, 10_001)),
)


@st.composite
def arrays(draw: st.DrawFn) -> list[Any]:
    """Give an array as the wire has it; now and then its bytes are not what its shape says."""
    dtype = draw(st.sampled_from(sorted(DTYPES)))
    sides = st.sampled_from([0, 1, 2, 3, 4, 20, 2**17, 2**20, 2**20 + 1, -1]) | st.integers(0, 5)
    shape = draw(st.lists(sides, max_size=9))
    room = 1
    for side in shape:
        room *= max(side, 0)
    room *= int(dtype[-1])
    content = draw(st.binary(min_size=1, max_size=8))
    if room <= MAX_BYTES and draw(st.integers(0, 9)):
        content = (content * (room // len(content) + 1))[:room]
    return ["array", dtype, shape, content]


large_values = st.one_of(
    st.builds(lambda tag, item, count: [tag, *[item] * count], st.sampled_from(["list", "tuple"]), st.sampled_from(
        [None, 0.5, 1, "", ["list"], ["Pi"], ["expression", ["Symbol", "x"]], ["expression", ["Pi"]], ["opaque", ""], ["handle", 0], True, ["array", "|i1", [0], b""]]
    ), st.integers(0, 100_001)),
    st.builds(lambda count, item: ["list", "a" * 10_000, *[item] * count], st.integers(0, 90_000), st.sampled_from(["", 0, 0.5, True])),
    st.builds(lambda tree: ["expression", tree], large_trees),
)  # fmt: skip
values = (
    st.recursive(
        atoms
        | arrays()
        | st.tuples(st.just("int"), digits).map(list)
        | st.tuples(st.just("expression"), trees).map(list)
        | st.tuples(st.sampled_from(["handle", "opaque", "function", "each", "rng"]), atoms).map(list)
        | junk,
        lambda inner: st.builds(
            lambda tag, items: [tag, *items], st.sampled_from(["list", "tuple"]), st.lists(inner, max_size=5)
        ),
        max_leaves=12,
    )
    | large_values
)
descriptions = st.tuples(
    st.sampled_from(["ValueError", "NotImplementedError", "Timeout", "<b>", "\x1b[2J", "a\nb"]) | atoms,
    atoms,
    st.sampled_from(["update_rule.py", None]) | atoms,
    st.integers(-1, 500) | atoms,
    st.sampled_from(["builtin", "own"]) | atoms,
).map(list)
statuses = st.sampled_from(["value", "raised", "absent", "not callable", "unsendable", "ok"]) | st.text()
printed = st.text() | st.just("\x1b[31m<b>" * 20_000)
noted = (
    st.lists(st.tuples(st.integers(-1, 3), arrays() | values).map(list), max_size=3)
    | junk
    | st.just([["list"]] * 90_000)
)
warned = st.lists(st.text() | atoms, max_size=3) | junk | st.just(["RuntimeWarning: " + "\ud7ff" * 300] * 5_000)
# Of an answer that is forged in the middle of checks, parts may be the right one's: what is nearly right gets farthest.
RIGHT, LIKE = "the right answer", "the right shape"
nearly_right = st.recursive(
    st.just(RIGHT) | st.tuples(st.just(LIKE), st.binary(min_size=8, max_size=24)).map(list) | values,
    lambda inner: st.builds(
        lambda tag, items: [tag, *items], st.sampled_from(["list", "tuple"]), st.lists(inner, max_size=4)
    ),
    max_leaves=5,
)
replies = st.tuples(statuses, values | descriptions | junk, printed, noted, warned).map(list) | st.tuples(
    st.just("value"), nearly_right, st.just(""), st.just([]), st.just([])
).map(list)


# What must hold of each.


def holds_of_a_frame(frame: bytes) -> None:
    try:
        reply = unpack(frame, 1)
    except WorkerDied:
        return
    if len(reply) != 6 or reply[0] != 1:
        raise Unlike("a frame that is no reply was taken for one")


def holds_of_a_value(data: Any) -> None:
    validator = Validator()  # of one answer, as the proxy has one

    def received(data: list[Any]) -> Any:
        if data[0] == "expression" and len(data) == 2:
            return Expression(validator.validate(data[1]))
        return Opaque("odd")

    try:
        value = Decoder(received).decode(crossed(data))
    except (PlainError, ExpressionError):
        return
    everything_done_with(value)


def holds_of_a_tree(data: Any) -> None:
    try:
        tree = validate(crossed(data))
    except ExpressionError:
        return
    formula = Expression(tree)
    if len(formula.text) > 200:
        raise Unlike("a long text")
    places = np.linspace(-1.0, 1.0, 5)
    for names in (("x", "y"), tuple(sorted(formula.symbols))[:20]):
        try:
            compile_tree(tree, names)
            formula.evaluate(**dict.fromkeys(names, places))
        except ExpressionError:
            continue
    bound = formula.bind(x=1, y=-0.5)
    if bound.symbols & {"x", "y"}:
        raise Unlike("a symbol is still there")
    everything_done_with(formula)


def crossed(data: Any) -> Any:
    """Return data as it arrives: as lists, and only if a frame may be as large."""
    packed = msgpack.packb(data)
    return msgpack.unpackb(packed, use_list=True) if len(packed) <= MAX_BYTES else None


def everything_done_with(value: Any) -> None:
    """Do with a value what checks and diagnosis do with one; nothing may be raised but that the check failed."""
    show(value)
    as_numbers(value)
    for other in (value, 0.0, (np.zeros(3), np.ones((2, 2))), Expression(("Symbol", "x"))):
        same((value, 1.0), (other, 1.0))
        same(other, value)
    import sympy as sp  # here, because it takes a while

    x, y = sp.symbols("x y")
    judged = expect(value, "because of this")
    for comparison in (
        lambda: judged.number(1.0),
        lambda: judged.array([1.0, 2.0, 3.0], shape="(3,)"),
        lambda: judged.numbers((2, 2)),
        judged.integers,
        lambda: judged.mask(np.eye(2)),
        lambda: judged.expression(x + y, {x: (0.0, 1.0), y: (0.0, 1.0)}, np.random.default_rng(0)),
        lambda: judged.sequence(2, "two"),
        judged.callable,
        lambda: judged.text("minimum"),
    ):
        try:
            comparison()
        except CheckFailed:
            continue


frames = st.binary() | st.builds(lambda reply: msgpack.packb([1, *reply]), replies) | junk.map(msgpack.packb)

FRAMES = Target("frames", frames, holds_of_a_frame)
VALUES = Target("values", values, holds_of_a_value)
FORMULAS = Target("formulas", trees | large_trees, holds_of_a_tree)

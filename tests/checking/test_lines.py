"""In which loop and in which function a line is, by its indentation; and what a function calls, by its words."""

import pytest

from grader.checking.lines import function_of, loop_of, named_in

SOURCE = """\
def outer(x):
    while(x > 0):
        if x:

            x = 1
# not indented
            y = 2
    for _ in range(3):
        def inner():
            return x
    whilex = 1
    return whilex
z = 3
class Rule:
    def step(self):
        while True: pass
""".splitlines()


@pytest.mark.parametrize(
    ("line", "loop", "function"),
    [
        (2, 2, "outer"),
        (5, 2, "outer"),
        (8, 8, "outer"),
        (10, 10, "outer"),
        (11, 11, "outer"),
        (13, 13, ""),
        (16, 16, "step"),
        (1, 1, "outer"),
    ],
)
def test_a_line_is_in_the_innermost_loop_and_the_outermost_function(line, loop, function):
    assert loop_of(SOURCE, line) == loop
    assert function_of(SOURCE, line) == function


def test_a_blank_line_is_where_it_is():
    assert loop_of(["", "x = 1"], 1) == 1
    assert function_of(["", "x = 1"], 1) == ""


CALLS = '''
def loss(w, b, X, Y):
    """As `grad_w(w)` has it."""
    # not fit(X)
    error = sigmoid(X, w, b) - Y
    text = "grad_b(w)"
    return half_of(sum(map(square, error)), weigh=helper)
def other(sigmoid, fit=None):
    update = sigmoid(1)
    update(2)
    here.descend(3)
    for trace in range(3): trace(1)
    return loss
@cache
async def late(x): return (await loss(
    x))
def broken():
    descend("
'''.splitlines()


@pytest.mark.parametrize(
    ("function", "named"),
    {
        "loss": {"sigmoid", "half_of", "sum", "map", "square", "helper"},
        "other": {"range"},
        "late": {"loss"},
        "broken": {"descend"},
        "nowhere": set(),
    }.items(),
)
def test_a_function_calls_what_its_words_call_or_hand_on_and_no_name_of_its_own(function, named):
    assert named_in(CALLS, function) == named

"""In which loop and in which function a line is, by its indentation."""

import pytest

from grader.checking.lines import function_of, loop_of

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

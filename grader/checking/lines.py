"""Where a line of a learner's source is: in which loop, in which function. By indentation alone: nothing is parsed here."""

import re
from collections.abc import Iterator, Sequence


def loop_of(lines: Sequence[str], number: int) -> int:
    """Return the line that begins the innermost loop around a line; its own number if it is in none.

    Lines are counted from 1.
    """
    for around in _around(lines, number):
        if re.match(r"\s*(async\s+for|for|while)\b", lines[around - 1]):
            return around
        if re.match(r"\s*(async\s+def|def|class)\b", lines[around - 1]):
            break
    return number


def function_of(lines: Sequence[str], number: int) -> str:
    """Return the name of the outermost function that a line is in; nothing if it is in none."""
    named = [re.match(r"\s*def\s+(\w+)", lines[around - 1]) for around in _around(lines, number)]
    names = [found[1] for found in named if found]
    return names[-1] if names else ""


def _around(lines: Sequence[str], number: int) -> Iterator[int]:
    """Yield the line itself and those that it is nested in, from within."""
    indent = _indent(lines[number - 1]) + 1
    for above in range(number, 0, -1):
        line = lines[above - 1]
        if line.strip() and not line.lstrip().startswith("#") and _indent(line) < indent:
            indent = _indent(line)
            yield above


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

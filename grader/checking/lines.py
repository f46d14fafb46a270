"""Where a line of a learner's source is, and which functions a function names. By indentation and words: nothing is parsed."""

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import takewhile
from keyword import iskeyword


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


def named_in(lines: Sequence[str], function: str) -> set[str]:
    """Return what a function of a module, wherever that defines it, calls or hands on, if it is a name of the module.

    What is an attribute, a parameter or a variable of its own there, or stands in a text or a comment, is none.
    """
    found = set[str]()
    for first, line in enumerate(lines):
        if re.match(rf"(async\s+)?def\s+{re.escape(function)}\b", line):
            body = takewhile(lambda line: not line.strip() or line[0] in " \t#)", lines[first + 1 :])
            found |= _names([line, *body])
    return found


def _names(lines: Sequence[str]) -> set[str]:
    words: list[tokenize.TokenInfo] = []
    with suppress(tokenize.TokenError, SyntaxError):  # of what ends in the middle, all that comes before
        words.extend(tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline))
    used, own, depth = set[str](), set[str](), 0
    heading = True  # until the colon that ends the line of the `def`
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        depth += (word.string in "([{") - (word.string in ")]}") if word.type == tokenize.OP else 0
        heading = heading and not (word.string == ":" and depth == 0)
        if word.type != tokenize.NAME or iskeyword(word.string) or before.string == ".":
            continue
        if heading or before.string in ("for", "as", "def", "lambda") or (after.string in ("=", ":=") and depth == 0):
            own.add(word.string)
        elif after.string == "(" or (before.string in ("(", ",", "=") and after.string in (")", ",") and depth > 0):
            used.add(word.string)
    return used - own

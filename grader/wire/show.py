"""Values as short, harmless text: what messages, pages and terminals show of learners' data."""

import unicodedata
from typing import Any

import numpy as np
import sympy as sp

from grader.wire.expression import Expression

# Control and format characters, halves of pairs, private and unassigned ones, and two that only some readers take for the
# end of a line.
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
LIMIT = 160  # characters of one shown value
CLOSE = 1e-4  # a relative error that is easily overlooked
MAX_SIZE = 1_000  # numbers of an array that is shown row by row


def clean(text: str, limit: int = 2_000) -> str:
    """Return `text` with control and format characters made visible, cut to `limit` characters.

    No escape sequence reaches a terminal and no text direction is turned; new lines and tabs stay.
    """
    shown = "".join(
        character
        if character in "\n\t" or unicodedata.category(character) not in _UNSEEN
        else character.encode("unicode_escape").decode("ascii")
        for character in text[:limit].replace("\r\n", "\n")
    )
    return shown if len(text) <= limit else shown + "…"


def show(value: Any) -> str:
    """Return a value as a learner would type it, in one line, cut to LIMIT characters."""
    text = clean(" ".join(_text(value, 3).split()), 4 * LIMIT)
    return text if len(text) <= LIMIT else text[: LIMIT - 1] + "…"


def apart(got: Any, expected: Any, allowed: Any) -> str:
    """Return where two arrays or numbers of one shape part first, where their texts do not show it; else nothing.

    Parameters
    ----------
    got, expected : ndarray
        Finite numbers or truths, of the same shape; of shape () for a number.
    allowed : ndarray
        How far each may be off.
    """
    truths = expected.dtype == bool
    with np.errstate(over="ignore"):
        off = np.abs(got.astype(float) - expected.astype(float))
    place = tuple(map(int, np.unravel_index(np.argmax(off > allowed), off.shape)))
    texts = show(got), show(expected)
    abridged = any(mark in text for text in texts for mark in ("…", "..."))
    if texts[0] != texts[1] and not abridged and off[place] > CLOSE * abs(expected[place]):
        return ""
    where = f"at [{', '.join(map(str, place))}]: {got[place]} instead of {expected[place]}" if place else ""
    much = "" if truths else f"by {off[place]:.2g}, where {allowed[place]:.2g} is allowed"
    return ", ".join(filter(None, (where, much)))


def _text(value: Any, depth: int) -> str:
    if isinstance(value, np.ndarray) and (value.ndim > 2 or value.size > MAX_SIZE):
        first = ", ".join(
            map(repr, value.ravel()[:6].tolist())
        )  # array2string abridges each axis, but not their number
        return f"array of shape {value.shape}: {first}…"
    if isinstance(value, np.ndarray):
        return f"array({np.array2string(value, threshold=12, edgeitems=3, precision=8, separator=', ')})"
    if isinstance(value, list | tuple):
        if depth == 0:
            return "…"
        items = [_text(item, depth - 1) for item in value[:8]] + ["…"] * (len(value) > 8)
        if isinstance(value, list):
            return f"[{', '.join(items)}]"
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    if isinstance(value, Expression):
        return value.text
    if isinstance(value, sp.Basic):  # only ours: what learners return stays a tree
        return str(value)
    if isinstance(value, int) and value.bit_length() > 400:
        return f"an integer of about {value.bit_length() * 3 // 10} digits"
    return getattr(value, "text", None) or repr(value)

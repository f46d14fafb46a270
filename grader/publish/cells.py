"""Stage 5: what a cell of a table may hold that a spreadsheet will open."""

import re

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
# So it would behind blanks, and behind what it takes for the end of a cell where its language has another mark than the
# comma; and the wide forms of the signs are signs to it.
_FORMULA = re.compile(r"\A(?=[\t\r])|(?:\A|(?<=[;|\t\r\n]))(?=[^\S\t\r\n]*[=+@\-\uff1d\uff0b\uff20\uff0d])")


def neutral(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return _FORMULA.sub("'", cell)

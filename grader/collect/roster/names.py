"""Full names as people and platforms write them: with and without accents, in either order, and as Canvas's letters."""

import re
import unicodedata
from collections.abc import Iterator

from grader.collect.roster.entries import Entry

MOST_PARTS = 8  # of a name; each may begin the family name
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"})
_CANVAS = re.compile("[^a-z]")


def exact(name: str) -> str:
    """Return a full name, first name first, in one Unicode form and one case."""
    return " ".join(unicodedata.normalize("NFC", _in_order(name)).casefold().split())


def letters(name: str) -> str:
    """Return the letters and digits alone, without accents: one key for `Anne-Marie O'Neil` and `ANNE MARIE ONEIL`."""
    bare = unicodedata.normalize("NFKD", _in_order(name).casefold().translate(_PLAIN))
    return "".join(letter for letter in bare if letter.isalnum())


def words(name: str) -> set[str]:
    """Return the parts of a name, without accents."""
    return {word for part in re.split(r"[\s,]+", name) if (word := letters(part))}


def orders(entry: Entry) -> Iterator[str]:
    """Yield the entry's name, first name first, and with each of its parts in front that could be the family name."""
    if "," in entry.name:
        first, last = entry.names
        yield f"{first} {last}"
        yield f"{last} {first}"
    else:
        parts = entry.name.split()[:MOST_PARTS]
        for place in range(len(parts)):
            yield " ".join([*parts[place:], *parts[:place]])


def canvas(entry: Entry) -> Iterator[str]:
    """Yield what Canvas may make of a name: family name and first name without all that is no letter from a to z."""
    ordered = [" ".join(reversed(entry.names))] if "," in entry.name else orders(entry)
    for name in ordered:
        yield _CANVAS.sub("", unicodedata.normalize("NFC", name).lower())


def is_canvas(name: str) -> bool:
    """Tell whether a name may be one that Canvas made."""
    return bool(name) and not _CANVAS.search(name)


def _in_order(name: str) -> str:
    last, _, first = name.partition(",")
    return f"{first} {last}".strip()

"""Canvas: `lastfirst[_LATE]_USERID_SUBMISSIONID_original name[-N].ext`, flat.

The first part has no `_`, so nothing that a learner writes into their file's name can be taken for what Canvas wrote.
"""

import re
from collections import defaultdict

from grader.collect.layouts.arrival import LINK, TYPED, Arrival, Read, Source, unless_files
from grader.collect.submission import Identity

_NAME = re.compile(
    r"(?!\d+_)(?P<name>[^_]*)(?P<late>_LATE)?_(?P<id>\d+)_(?P<number>\d+)_(?P<file>.+)", re.DOTALL | re.IGNORECASE
)
# Of an assignment that is graded anonymously: five letters and digits that are others in each assignment.
_ANONYMOUS = re.compile(r"anon(?P<late>_LATE)?_(?P<id>[A-Za-z0-9]{5})_(?P<number>\d+)_(?P<file>.+)", re.DOTALL)
_AGAIN = re.compile(r"-(\d{1,4})(?=\.[^.]*\Z|\Z)")  # `SLUG-2.py` is what was handed in after `SLUG-1.py`
_NAMELESS = (
    "graded anonymously on Canvas: nobody can tell from this download who handed in what, and the names are others in each "
    "assignment. Reveal the names there and download again, and each has their own grade"
)


_NO_FILES = {"text.html": TYPED, "link.html": LINK}  # Canvas's own


def read(source: Source) -> Read:
    """Read who handed in what."""
    found = [(entry.name, match) for entry in source.entries if not entry.is_folder and (match := _match(entry.name))]
    # Of five digits alone it is not known what they are, unless all others are anonymous too: somebody may be called so.
    is_anonymous = bool(found) and all(_ANONYMOUS.fullmatch(name) for name, _ in found)
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)  # of what has one name and number of resubmission
    for _, match in found:
        numbers[match["id"], match["file"].lower()].append(int(match["number"]))
    arrivals = []
    for name, match in found:
        again = _AGAIN.search(match["file"])
        rank = sorted(numbers[match["id"], match["file"].lower()]).index(int(match["number"]))
        is_nameless = is_anonymous or not match["id"].isdigit()
        arrivals.append(
            Arrival(
                name,
                f"anon_{match['id']}" if is_nameless else f"{match['name'].lower()}_{match['id']}".strip("_"),
                () if is_nameless else (Identity(id=match["id"]),),
                _AGAIN.sub("", match["file"]),
                f"{int(again[1]) if again else 0:04d}.{rank:04d}",
                late=match["late"] is not None,
            )
        )
    own = {one.entry: _NO_FILES[one.called] for one in arrivals if one.called in _NO_FILES}
    arrivals = unless_files(arrivals, own)
    return Read(arrivals, notes=[_NAMELESS] if any(not arrival.who for arrival in arrivals) else [])


def _match(name: str) -> re.Match[str] | None:
    return _NAME.fullmatch(name) or _ANONYMOUS.fullmatch(name)

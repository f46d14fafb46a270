"""Canvas: `lastfirst[_LATE]_USERID_SUBMISSIONID_original name[-N].ext`, flat.

The first part has no `_`, so nothing that a learner writes into their file's name can be taken for what Canvas wrote.
"""

import re
from collections import defaultdict

from grader.collect.layouts.arrival import Arrival, Read, Source
from grader.collect.submission import Identity

_NAME = re.compile(
    r"(?!\d+_)(?P<name>[^_]*)(?:_LATE)?_(?P<id>\d+)_(?P<number>\d+)_(?P<file>.+)", re.DOTALL | re.IGNORECASE
)
_AGAIN = re.compile(r"-(\d{1,4})(?=\.[^.]*\Z|\Z)")  # `SLUG-2.py` is what was handed in after `SLUG-1.py`


def read(source: Source) -> Read:
    """Read who handed in what."""
    found = [
        (entry.name, match)
        for entry in source.entries
        if not entry.is_folder and (match := _NAME.fullmatch(entry.name))
    ]
    numbers: dict[tuple[str, str], list[int]] = defaultdict(list)  # of what has one name and number of resubmission
    for _, match in found:
        numbers[match["id"], match["file"].lower()].append(int(match["number"]))
    arrivals = []
    for name, match in found:
        again = _AGAIN.search(match["file"])
        rank = sorted(numbers[match["id"], match["file"].lower()]).index(int(match["number"]))
        arrivals.append(
            Arrival(
                name,
                f"{match['name'].lower()}_{match['id']}".strip("_"),
                (Identity(id=match["id"]),),
                _AGAIN.sub("", match["file"]),
                f"{int(again[1]) if again else 0:04d}.{rank:04d}",
            )
        )
    return arrivals, {}

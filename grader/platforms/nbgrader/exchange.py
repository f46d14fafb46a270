"""What nbgrader's exchange leaves beside each hand-in: the time at which it was handed in."""

import datetime
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_to_bytes

from dateutil import parser, tz  # type: ignore[import-untyped]

from grader.collect.opened import Folder
from grader.collect.submission import Submission
from grader.manifest.course import Course

TIMESTAMP = "timestamp.txt"
_MOST = 2**10  # bytes of it


def with_times(
    submissions: Iterable[Submission], folder: Path, course: Course
) -> tuple[tuple[Submission, ...], list[str]]:
    """Return hand-ins with the times that the exchange wrote, and what cannot be read, a line each.

    Parameters
    ----------
    submissions : iterable of Submission
        As they were collected, by the names that they have there.
    folder : Path
        The course's folder `submitted`.
    course : Course
        The course.
    """
    said: list[str] = []
    with Folder(folder) as submitted:

        def timed() -> Iterator[Submission]:
            for one in submissions:
                learner = os.fsdecode(unquote_to_bytes(one.learner))
                place = f"{learner}/{course.by_slug[one.exercise].name}/{TIMESTAMP}"
                when = "" if one.missing else _read(submitted, place, said)
                yield replace(one, when=when) if when else one

        return tuple(timed()), said


def _read(folder: Folder, place: str, said: list[str]) -> str:
    try:
        text = folder.read(place, _MOST).decode().strip()
        return f"{as_utc(text):%Y-%m-%d %H:%M:%S.%f}Z"
    except (FileNotFoundError, NotADirectoryError):
        return ""  # collected by hand: nobody knows when it came
    except (OSError, ValueError, OverflowError) as error:
        said.append(f"{folder.path / place}: no time: {error}; expected one such as 2030-05-01 12:00:00.0 UTC")
        return ""


def as_utc(text: str) -> datetime.datetime:
    """Return a time as nbgrader reads it, without a zone, in UTC.

    Raises
    ------
    ValueError, OverflowError
        If it is none.
    """
    *moment, zone = text.split() or [""]
    if len(moment) < 2:  # there is none, or it is a number behind the hour
        moment, zone = text.split(), ""
    time: datetime.datetime = parser.parse(" ".join(moment))
    if zone:
        is_offset = zone.lstrip("+-").isdecimal()  # in seconds
        time = time.replace(tzinfo=tz.tzoffset(None, int(zone)) if is_offset else tz.gettz(zone))
    return time if time.tzinfo is None else time.astimezone(datetime.UTC).replace(tzinfo=None)

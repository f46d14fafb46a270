"""Gradescope: `submission_N/…` and one `submission_metadata.yml`, which tells whose each is; a group has several."""

import re
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import Any

from grader.collect.layouts.arrival import Arrival, Read, Source, tidy
from grader.collect.submission import CollectError, Identity, MachineError, ProblemError

METADATA = "submission_metadata.yml"
_NAME = re.compile(r"submission_\d+")
_MAX_METADATA = 64 * 2**20  # bytes; the results of every submission stand in it too


def read(source: Source) -> Read:
    """Read who handed in what, and when."""
    folders = [entry.name for entry in source.entries if entry.is_folder and _NAME.fullmatch(entry.name)]
    is_there = any(entry.name == METADATA and entry.kind == "file" for entry in source.entries)
    if not folders or not (is_there or source.is_forced):
        return Read()
    told = _metadata(source) if is_there and not source.by_names else {}
    arrivals = []
    for folder in folders:
        known = _mapping(told.get(folder))
        who = tuple(sorted(map(_identity, _list(known.get(":submitters"))), key=_called))
        called = [name for one in who if (name := _called(one))]
        arrivals.append(
            Arrival(
                folder,
                called[0] if called else folder,
                who,
                when=_sortable(str(known.get(":created_at", ""))),
                mark="+".join(called) or folder,
            )
        )
    return Read(arrivals, {METADATA: ""} if is_there else {}, list(_without_folder(told, folders)))


def _without_folder(told: dict[str, Any], folders: Collection[str]) -> Iterator[str]:
    """Yield a line for each hand-in that the platform's file names and of which there is no folder."""
    for submission in sorted(told.keys() - set(folders)):
        submitters = map(_identity, _list(_mapping(told[submission]).get(":submitters")))
        if called := ", ".join(f"{one.name} {_called(one)}".strip() for one in submitters):
            yield (
                f"{called}: handed in by {METADATA}, but there is no folder {submission!r} of it: download the export again"
            )


def _metadata(source: Source) -> dict[str, Any]:
    """Return what the platform's file says: Ruby's symbols stay texts with a colon in front."""
    import yaml  # of the `grade` extra

    # Every scalar stays a text, `007` too, and no tag makes an object. The one in C is a hundred times as fast.
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        return _mapping(yaml.load(source.inbox.read(METADATA, _MAX_METADATA), loader))  # noqa: S506
    except (ProblemError, MachineError, yaml.YAMLError, ValueError, RecursionError) as error:
        why = " ".join(str(error).split())[:200]
        raise CollectError(f"{source.inbox.path / METADATA}: {why}; download the export again") from None


def _identity(submitter: object) -> Identity:
    known = {key: " ".join(str(value).split()) for key, value in _mapping(submitter).items() if isinstance(value, str)}
    return Identity(name=tidy(known.get(":name", "")), number=known.get(":sid", ""), email=known.get(":email", ""))


def _called(one: Identity) -> str:
    return one.number or one.email or one.name


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _sortable(text: str) -> str:
    """Return Ruby's `2025-02-03 12:05:11.000000000 -08:00` in UTC."""
    match = re.match(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(\.\d{1,6})?\d* ?(Z|UTC|[+-]\d\d:?\d\d)?", text)
    if match is None:
        return text
    day, clock, fraction, zone = match.groups()
    zone = "+00:00" if zone in (None, "Z", "UTC") else zone
    try:
        return str(datetime.fromisoformat(f"{day}T{clock}{(fraction or '.').ljust(7, '0')}{zone}").astimezone(UTC))
    except (ValueError, OverflowError):
        return text

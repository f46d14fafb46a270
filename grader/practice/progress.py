"""What a learner has reached so far: the file `progress.json`, which the exercise pages export and import too.

`parse`, `merge` and `serialise` agree with `site/app/progress/store.ts`; a test gives both the same cases.
"""

import json
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

SCHEMA_VERSION = 1
NAME = "progress.json"
MOST_TEXT = 1_000_000  # characters of a file
MOST = 1_000_000  # of any number in it
SLUG = re.compile(r"[a-z][a-z0-9_]{0,79}")
WHEN = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z")
LOCK_S, STALE_S = 2.0, 10.0  # how long to wait for another command that writes; when its lock is a dead one's


class ProgressError(ValueError):
    """A text is no progress file; the message says what is wrong with it."""


class NotKeptError(Exception):
    """The file cannot be read or written; the message says why."""


class SetAsideError(NotKeptError):
    """The file is damaged, and lies under another name now, so that nothing overwrites it."""


@dataclass(frozen=True)
class Best:
    """The best so far of one exercise, by its public checks."""

    passed: int
    checks: int
    points: float
    max_points: float
    when: str  # when that was reached: UTC, to the second, such as "2026-11-21T10:00:00Z"


Progress = dict[str, Best]  # by slug


def parse(text: str) -> Progress:
    """Read the text of a progress file.

    Raises
    ------
    ProgressError
        If it is none.
    """
    if len(text) > MOST_TEXT:
        raise ProgressError("This is not a progress file: it is too large.")
    try:
        data = json.loads(text, parse_int=float, parse_constant=_refuse)  # as a browser reads numbers
    except (ValueError, RecursionError):
        raise ProgressError("This is not a progress file: it is not JSON.") from None
    if not isinstance(data, dict):
        raise ProgressError("This is not a progress file: it lists no exercises.")
    version = data.get("schema_version")
    if isinstance(version, bool) or version != SCHEMA_VERSION:
        raise ProgressError(f"This is not a progress file: its schema_version is not {SCHEMA_VERSION}.")
    if not isinstance(data.get("exercises"), dict):
        raise ProgressError("This is not a progress file: it lists no exercises.")
    return {slug: _best(slug, entry) for slug, entry in data["exercises"].items()}


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _best(slug: str, entry: Any) -> Best:
    if not SLUG.fullmatch(slug):
        raise ProgressError("This is not a progress file: it names an exercise that does not exist.")
    if not isinstance(entry, dict):
        raise _broken("the entry", slug)
    fields: list[Any] = [entry.get(name) for name in Best.__dataclass_fields__]
    passed, checks, points, max_points, when = fields
    if not _is_count(checks):
        raise _broken("checks", slug)
    if not (_is_count(passed) and passed <= checks):
        raise _broken("passed", slug)
    if not _is_amount(max_points):
        raise _broken("max_points", slug)
    if not (_is_amount(points) and points <= max_points):
        raise _broken("points", slug)
    if not (isinstance(when, str) and WHEN.fullmatch(when)):
        raise _broken("when", slug)
    return Best(int(passed), int(checks), points, max_points, when)


def _broken(what: str, slug: str) -> ProgressError:
    return ProgressError(f"The progress file is broken: {what} of {slug} makes no sense.")


def _is_amount(value: Any) -> bool:
    return isinstance(value, float) and 0 <= value <= MOST


def _is_count(value: Any) -> bool:
    return _is_amount(value) and value == int(value)


def merge(one: Mapping[str, Best], other: Mapping[str, Best]) -> Progress:
    """Return the better of two for each exercise: more points win, then the earlier time."""
    merged = dict(one)
    for slug, best in other.items():
        merged[slug] = min(merged.get(slug, best), best, key=_rank)
    return merged


def _rank(best: Best) -> tuple[Any, ...]:
    # The last three decide nothing but ties, so that any order of merging gives the same.
    return (-best.points, best.when, -best.passed, best.checks, best.max_points)


def record(progress: Mapping[str, Best], slug: str, result: Best) -> Progress:
    """Return the progress with one more run of an exercise's public checks; it counts if it is the best so far."""
    return merge(progress, {slug: result})


def serialise(progress: Mapping[str, Best]) -> str:
    """Return the text of a progress file."""
    exercises = {slug: asdict(progress[slug]) for slug in sorted(progress)}
    return json.dumps({"schema_version": SCHEMA_VERSION, "exercises": exercises}, indent=1) + "\n"


def now() -> str:
    """Return the time as progress files have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def place(exercises: Path) -> Path:
    """Return where the progress of a learner lies: beside their folder `exercises`, or in what stands for it."""
    return (exercises.parent if exercises.name == "exercises" else exercises) / NAME


def load(path: Path) -> Progress:
    """Read a learner's own progress; none where there is no file yet.

    Raises
    ------
    NotKeptError
        If it cannot be read.
    SetAsideError
        If it is damaged; it is set aside first.
    """
    try:
        return parse(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NotKeptError(f"{path} cannot be read: {error.strerror}") from None
    except (ProgressError, UnicodeDecodeError) as error:
        said = error if isinstance(error, ProgressError) else "This is not a progress file: it is not UTF-8."
        aside = _unused(path)
        try:
            path.rename(aside)
        except OSError as denied:
            raise NotKeptError(f"{path}: {said} It cannot be set aside: {denied.strerror}") from None
        raise SetAsideError(f"{path}: {said} It is called {aside.name} now, and a new one begins.") from None


def _unused(path: Path) -> Path:
    for number in range(1, 10_000):
        candidate = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not os.path.lexists(candidate):
            return candidate
    raise NotKeptError(f"{path} is damaged, and so are thousands beside it: tidy up its folder")


def change(path: Path, how: Callable[[Progress], Progress]) -> Progress:
    """Change a learner's progress on disk; return what it is now.

    Raises
    ------
    NotKeptError
        If it cannot be read or written.
    SetAsideError
        If it was damaged; the change is then all that the new file holds.
    """
    damage: SetAsideError | None = None
    try:
        with _alone(path):
            try:
                before = load(path)
            except SetAsideError as error:
                before, damage = {}, error
            after = how(before)
            if after != before:
                write(path, serialise(after))
    except OSError as error:
        raise NotKeptError(f"{path} cannot be written: {error.strerror}") from None
    if damage is not None:
        raise damage
    return after


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all, also if the machine stops meanwhile."""
    path = path.resolve()  # what a link leads to, not the link
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep out other commands that would read the same file before this one has written it."""
    lock = path.with_name(f".{path.name}.lock")
    ends = time.monotonic() + LOCK_S
    while True:
        try:
            lock.open("x").close()
            break
        except FileExistsError:
            if time.monotonic() > ends or _age_s(lock) > STALE_S:
                lock.unlink(missing_ok=True)  # whoever made it was killed
            time.sleep(0.02)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0

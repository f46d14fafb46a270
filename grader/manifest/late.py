"""The late policy of a course, as one line of its manifest: `late = "10 percent per day, at most 50, after 15 minutes"`."""

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

WANTED = "expected for instance '10 percent per day, at most 50, after 15 minutes'; the last two parts may be left out"
_UNIT = {
    "minute": datetime.timedelta(minutes=1),
    "hour": datetime.timedelta(hours=1),
    "day": datetime.timedelta(days=1),
    "week": datetime.timedelta(weeks=1),
}
_LINE = re.compile(
    r"(?P<percent>\d{1,3}(\.\d{1,4})?) ?(%|percent) (per|a) (?P<per>hour|day|week)"
    r"(, at most (?P<most>\d{1,3}(\.\d{1,4})?)( ?(%|percent))?)?"
    r"(, after (?P<grace>\d{1,4}) (?P<unit>minute|hour|day)s?)?"
)


@dataclass(frozen=True)
class Policy:
    """What lateness costs: nothing, unless a course says so."""

    percent: Decimal = Decimal(0)  # of the automatic score
    per: datetime.timedelta = _UNIT["day"]  # for each of these that has begun
    most: Decimal = Decimal(100)  # percent
    grace: datetime.timedelta = datetime.timedelta()  # for which nothing is taken

    def taken(self, late: datetime.timedelta) -> Decimal:
        """Return the percent that are taken from a score for so much lateness, counted from the due time itself."""
        if late <= self.grace or late <= datetime.timedelta():
            return Decimal(0)
        return min(self.percent * ceil(late / self.per), self.most)


def late_policy(line: str) -> Policy:
    """Read a late policy; an empty line takes nothing.

    Raises
    ------
    ValueError
        If it is none, or takes more than all.
    """
    if not line:
        return Policy()
    found = _LINE.fullmatch(" ".join(line.split()))
    if found is None:
        raise ValueError(f"late is {line[:80]!r}; {WANTED}")
    percent, most = Decimal(found["percent"]), Decimal(found["most"] or 100)
    if percent > 100 or most > 100:
        raise ValueError(f"late is {line[:80]!r}, which is more than 100 percent")
    grace = int(found["grace"] or 0) * _UNIT[found["unit"] or "day"]
    return Policy(percent, _UNIT[found["per"]], most, grace)


def zone_of(name: str) -> datetime.tzinfo | None:
    """Return a zone by its name; None for no name.

    Raises
    ------
    ValueError, KeyError, OSError
        If there is no such zone.
    """
    if not name:
        return None
    from zoneinfo import ZoneInfo  # most courses name none, and a learner's check need not wait for it

    return ZoneInfo(name)


def moment(when: datetime.date | datetime.datetime, zone: datetime.tzinfo | None) -> datetime.datetime:
    """Return a time in the course's zone; a date is the end of that day. Without a zone, what has none stays without."""
    if not isinstance(when, datetime.datetime):
        when = datetime.datetime.combine(when + datetime.timedelta(days=1), datetime.time())
    return when.replace(tzinfo=zone) if when.tzinfo is None else when


def lateness(when: datetime.datetime, due: datetime.datetime) -> datetime.timedelta | None:
    """Return how late something is, at or below zero if it is not; None where one has a zone and the other none."""
    if (when.tzinfo is None) != (due.tzinfo is None):
        return None
    if when.tzinfo is None:
        return when - due
    # Two times of one zone would be subtracted as clocks show them, which is an hour off where summer time begins.
    return when.astimezone(datetime.UTC) - due.astimezone(datetime.UTC)

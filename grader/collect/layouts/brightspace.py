"""Brightspace: `USER-ORG - Full Name - Mon D, YYYY HHMM AM/…`, a folder for each attempt, and `index.html` beside.

The time is in the language of whoever downloaded. It is known by its year and the clock at its end, and read where the
months are those of a common language; else the order of attempts is not known, and that is said.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from grader.collect.layouts.arrival import Arrival, Read, Source, tidy, two_ways
from grader.collect.submission import Identity

_FRONT = re.compile(r"(?P<id>\d+)-\d+ - ")
_LONGEST = 40  # letters of a time
_CLOCK = re.compile(r"(?<!\d)(?P<hour>\d{1,2})[:.h]?(?P<minute>\d\d) ?(?P<half>\D{0,12})\Z")
_YEAR = re.compile(r"(?<!\d)(?:19|20|25)\d\d(?!\d)")
_EAST = re.compile(r"\D*(?P<year>\d{4})[年년] ?(?P<month>\d{1,2})[月월] ?(?P<day>\d{1,2})[日일]?\D*")
_HALVES = {
    "am": 0, "pm": 12, "上午": 0, "下午": 12, "午前": 0, "午後": 12, "오전": 0, "오후": 12, "oo": 0, "os": 12, "πμ": 0, "μμ": 12,
}  # fmt: skip
# How each month begins in English, German, French, Spanish, Italian, Portuguese, Catalan, Dutch, the Scandinavian languages,
# Turkish and Russian, without accents. What is another month in another language is not among them.
_MONTHS = [
    months.split()
    for months in (
        "jan ene gen oca янв", "feb fev sub фев", "mar mrz mrt maa maerz мар", "apr avr abr nis апр",
        "may mai maj mag mei маи мая", "jun juin giu haz июн", "jul juil lug tem июл", "aug ago aou agu авг",
        "sep set eyl сен", "oct okt ott out eki окт", "nov kas ноя", "dec dez dic des ara дек",
    )
]  # fmt: skip


def read(source: Source) -> Read:
    """Read who handed in what, and when."""
    arrivals, refused = [], {}
    times: dict[str, str] = {}  # as they are written, by the entry
    for entry in source.entries:
        front = _FRONT.match(entry.name)
        parts = entry.name[front.end() :].split(" - ") if front else []
        places = [place for place, part in enumerate(parts) if place and _is_when(part)]
        if front is None or not places:
            if entry.name.lower() == "index.html":
                refused[entry.name] = ""  # the platform's own list
            continue
        name, file = tidy(" - ".join(parts[: places[0]])), " - ".join(parts[places[0] + 1 :])
        if len(places) > 1:
            refused[entry.name] = two_ways(name, tidy(" - ".join(parts[: places[1]])))
        elif bool(file) != entry.is_folder:
            times[entry.name] = parts[places[0]]
            who = (Identity(name=name, id=front["id"]),)
            arrivals.append(Arrival(entry.name, name, who, file or None, mark=front["id"]))
    return _in_order(arrivals, times, refused)


def _in_order(arrivals: Sequence[Arrival], times: dict[str, str], refused: dict[str, str]) -> Read:
    """Set the time of each attempt; where that of one cannot be read, those of its learner are as their names are."""
    day_first = _is_day_first(times.values())
    sortable = {entry: _sortable(time, day_first) for entry, time in times.items()}
    of_person: dict[tuple[Identity, ...], set[str]] = {}
    for one in arrivals:
        of_person.setdefault(one.who, set()).add(times[one.entry])
    unknown = {one.who for one in arrivals if not sortable[one.entry] and len(of_person[one.who]) > 1}
    placed = []
    for one in arrivals:
        if one.who in unknown:
            order = sorted(of_person[one.who], key=_natural)
            note = (
                f"when the attempts were handed in cannot be read: {', '.join(map(repr, order))}; of these the last was "
                "taken for the latest"
            )
            placed.append(replace(one, when=f"{order.index(times[one.entry]):06d}", notes=(note,)))
        else:
            placed.append(replace(one, when=sortable[one.entry]))
    names = sorted({who[0].name for who in unknown})
    notes = [
        f"the times of attempts cannot be read, so it is not known which is the latest: {', '.join(names)}. The last in the "
        "order of the folders' names was taken for it; to be certain, set Brightspace to English and download again"
    ]
    return Read(placed, refused, notes if names else [])


def _is_when(text: str) -> bool:
    """Tell whether a text may be a time: a year, another number or two, few words, and a clock at its end."""
    clock = _CLOCK.search(text) if len(text) <= _LONGEST else None
    date = text[: clock.start()] if clock else ""
    return (
        bool(_YEAR.search(date)) and len(re.findall(r"\d+", date)) in (2, 3) and len(re.findall(r"[^\W\d]+", date)) < 6
    )


def _sortable(text: str, day_first: bool | None) -> str:
    """Return a time as `2025-02-03 12:05`; nothing if it cannot be read."""
    clock = _CLOCK.search(text)
    if clock is None:
        return ""
    half = _bare(clock["half"])
    date = _date(text[: clock.start()], day_first)
    if half in _HALVES:
        shift = _HALVES[half]
    else:  # in Chinese and Korean it may stand in front
        halves = [hours for word, hours in _HALVES.items() if not word.isascii() and word in text[: clock.start()]]
        shift = halves[0] if halves else -1
        if half:
            return ""
    if date is None:
        return ""
    hour = int(clock["hour"])
    try:
        when = datetime(*date, hour if shift < 0 else hour % 12 + shift, int(clock["minute"]))  # noqa: DTZ001
    except ValueError:
        return ""
    return str(when)[:16]


def _date(text: str, day_first: bool | None) -> tuple[int, int, int] | None:
    """Return year, month and day; nothing if it is not certain which is which."""
    if east := _EAST.fullmatch(text):
        return int(east["year"]), int(east["month"]), int(east["day"])
    year = _YEAR.search(text)
    others = [int(number) for number in re.findall(r"\d+", _YEAR.sub(" ", text, count=1))]
    if year is None:
        return None
    words = [_bare(word) for word in re.findall(r"[^\W\d]+", text)]
    months = {number for word in words for number, starts in enumerate(_MONTHS, 1) if word.startswith(tuple(starts))}
    if len(others) == 1 and len(months) == 1:
        return int(year[0]), months.pop(), others[0]
    is_first = not text[: year.start()].strip()  # then the month follows it
    if len(others) != 2 or words or (day_first is None and not is_first):
        return None
    month, day = others if is_first or not day_first else others[::-1]
    return int(year[0]), month, day


def _is_day_first(texts: Iterable[str]) -> bool | None:
    """Tell, by all times that are numbers alone, whether the day stands before the month; None if that is not certain."""
    found = set()
    for text in texts:
        match = re.match(r"(\d{1,2})[./-] ?(\d{1,2})[./-] ?\d{4}\b", text)
        if match and (int(match[1]) > 12) != (int(match[2]) > 12):
            found.add(int(match[1]) > 12)
    return found.pop() if len(found) == 1 else None


def _natural(text: str) -> list[tuple[int, str]]:
    """Order texts as people do: 9 is smaller than 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text)]


def _bare(text: str) -> str:
    """Return the letters of a text in small ones, without accents, dots and blanks."""
    plain = unicodedata.normalize("NFKD", text.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")).casefold()
    return "".join(letter for letter in plain if letter.isalpha())

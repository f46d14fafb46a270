"""The learner's page: verdicts, messages and hints as plain, readable HTML, with everything escaped."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from grader.checking.report import CheckResult, Report
from grader.collect.submission import Submission
from grader.diagnosis.picture import palette
from grader.diagnosis.words import without_trial
from grader.manifest.course import Exercise
from grader.publish.listing import listings
from grader.publish.templates import Template, template

_NAMED = (" · {}</title>", '<p class="faint">{}</p>')  # where the page's template has the learner's name
_HEAD = re.compile(r'\A(.*?</h1>\n)(?:<p class="name">[^<]*</p>\n)?', re.DOTALL)  # up to where it has the full name
SYMBOLS = {"passed": "✓", "skipped": "–", "grader_error": "!"}
_READ_ON = re.compile(r"Read on: (?P<place>[\w./-]+(?:#[\w-]+)?)\Z")


@dataclass(frozen=True)
class Around:
    """What a page says beyond its report; what is not known is empty."""

    name: str = ""  # the learner's in the class list
    site: str = ""  # the address of the lessons, which ends in `/`
    submission: Submission | None = None  # whose code is shown


@cache
def _template(name: str) -> Template:
    return template(Path(__file__).parent / name, number="{:g}".format, prose=prose)


def filled(name: str, **what: object) -> str:
    """Return one of the templates beside this module, filled in: what it is given is escaped."""
    return _template(name).render(what)


@lru_cache(1024)  # of titles, hints and diagnoses there are few, and the class has them in common
def prose(text: str, site: str = "") -> Markup:
    """Return a sentence as HTML, escaped, with what stands between backticks as code, and a lesson as a link to it."""
    found = _READ_ON.search(text) if site else None
    if found is not None:
        place = found["place"]
        link = Markup('Read on: <a href="{}">{}</a>').format(site + place, place)
        return prose(text[: found.start()]) + link
    parts = text.split("`")
    spans = [Markup("<code>{}</code>").format(part) if index % 2 else escape(part) for index, part in enumerate(parts)]
    return Markup("").join(spans if len(parts) % 2 else [escape(text)])


def page(report: Report, exercise: Exercise, picture: str = "", around: Around | None = None) -> str:
    """Return the page of one report; `picture` is the SVG that `grader.diagnosis.picture` made, or nothing."""
    around = around or Around()
    shared = _shared(report.checks)
    said_above = {without_trial(diagnosis) for diagnosis, _ in shared}
    return filled(
        "feedback.html.j2",
        report=report,
        exercise=exercise,
        colours=Markup(palette.style()),  # noqa: S704  # our own
        symbols=SYMBOLS,
        around=around,
        picture=Markup(picture),  # noqa: S704
        shared=shared,
        single={check.name for check in report.checks if without_trial(check.diagnosis) not in said_above},
        listings=listings(around.submission, [check.message for check in report.checks]),
    )


def _shared(checks: Sequence[CheckResult]) -> list[tuple[str, list[CheckResult]]]:
    """Return each diagnosis that several checks have, with these; where one of them says what was tried, so is it here."""
    having: dict[str, list[CheckResult]] = defaultdict(list)
    for check in checks:
        if check.diagnosis:
            having[without_trial(check.diagnosis)].append(check)
    return [(max((check.diagnosis for check in some), key=len), some) for some in having.values() if len(some) > 1]


def renamed(text: str, before: str, after: str) -> str:
    """Return a page with another learner's name in its two places; nothing where these are not found."""
    for place in _NAMED:
        head, found, tail = text.partition(place.format(escape(before)))
        if not found:
            return ""
        text = f"{head}{place.format(escape(after))}{tail}"
    return text


def headed(text: str, name: str) -> str:
    """Return a page with a learner's full name in its head, or without one."""
    said = f'<p class="name">{escape(name)}</p>\n' if name else ""
    return _HEAD.sub(lambda found: found[1] + said, text, count=1)


def nameless(text: str, learner: str) -> str:
    """Return what a page says, whatever its learner is called."""
    plain = headed(text, "")
    return renamed(plain, learner, "") or plain

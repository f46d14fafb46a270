"""The learner's page: verdicts, messages and hints as plain, readable HTML, with everything escaped."""

from functools import cache, lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup, escape

from grader.checking.report import Report
from grader.manifest.course import Exercise

_NAMED = (" · {}</title>", '<p class="faint">{}</p>')  # where the page's template has the learner's name
SYMBOLS = {"passed": "✓", "skipped": "–", "grader_error": "!"}


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = "{:g}".format
    environment.filters["prose"] = prose
    return environment.get_template("feedback.html.j2")


@lru_cache(1024)  # of titles, hints and diagnoses there are few, and the class has them in common
def prose(text: str) -> Markup:
    """Return a sentence as HTML, escaped, with what stands between backticks as code."""
    parts = text.split("`")
    spans = [Markup("<code>{}</code>").format(part) if index % 2 else escape(part) for index, part in enumerate(parts)]
    return Markup("").join(spans if len(parts) % 2 else [escape(text)])


def page(report: Report, exercise: Exercise, picture: str = "") -> str:
    """Return the page of one report; `picture` is the SVG that `grader.diagnosis.picture` made, or nothing."""
    return _template().render(report=report, exercise=exercise, symbols=SYMBOLS, picture=Markup(picture))  # noqa: S704


def renamed(text: str, before: str, after: str) -> str:
    """Return a page with another learner's name in its two places; nothing where these are not found."""
    for place in _NAMED:
        head, found, tail = text.partition(place.format(escape(before)))
        if not found:
            return ""
        text = f"{head}{place.format(escape(after))}{tail}"
    return text

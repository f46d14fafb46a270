"""The page of an overview: one file without network, for a screen, a phone or paper, with everything escaped."""

import base64
import hashlib
from functools import cache
from pathlib import Path

from markupsafe import Markup

from grader.diagnosis.picture import palette
from grader.publish.feedback import prose
from grader.publish.overview.kinds import OfExercise, Overview, percent
from grader.publish.templates import Template, template

_HERE = Path(__file__).parent
_ENDED = {"skipped": "blocked", "grader_error": "held"}  # outcomes by their names on the page, where these are others


@cache
def _template() -> Template:
    return template(
        _HERE / "overview.html.j2",
        prose=prose,
        percent=percent,
        number="{:.3g}".format,
        ended=lambda outcome: _ENDED.get(outcome, outcome),
        spread=spread,
        tenth=tenth,
    )


def page(overview: Overview, site: str = "") -> str:
    """Return the page; with the address of the course's site lessons are links."""
    script = Markup((_HERE / "overview.js").read_text(encoding="utf-8"))  # noqa: S704  # our own
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()  # no other script runs in the page
    colours = Markup(palette.style())  # noqa: S704  # our own
    return _template().render(overview=overview, site=site.rstrip("/"), script=script, digest=digest, colours=colours)


def spread(exercise: OfExercise) -> str:
    """Return in words what the picture of an exercise's scores shows."""
    *tenths, full = exercise.scores
    told = [f"{count} from {tenth(exercise, place)}" for place, count in enumerate(tenths) if count]
    return "; ".join([*told, f"{full} full marks"]) + "."


def tenth(exercise: OfExercise, place: int) -> str:
    """Return in words which scores are counted in this place."""
    if place == len(exercise.scores) - 1:
        return "full marks"
    return f"{exercise.max_score * place / 10:g} to below {exercise.max_score * (place + 1) / 10:g}"

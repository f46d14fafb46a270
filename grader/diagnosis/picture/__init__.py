"""The picture of a call: the path that a learner's function walked on its landscape, as one SVG.

Which function has which scene a course may say (`scenes.py`): its table `SCENES` has, by exercise and function, the names of
the arguments and the scene, `OF_RETURNED` those of functions that a call returned, and `WALKS` those of the first that tell
most. `telling` puts the calls of public checks in order, and `picture` draws the first in which
there is something to see. Nothing of a hidden check is drawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import msgpack
import numpy as np

from grader.checking.proxy import Call
from grader.checking.report import CheckResult
from grader.diagnosis.picture.scenes import Seen
from grader.manifest.course import load_course
from grader.manifest.parts import SCENES, of_function
from grader.wire.plain import PlainError

MOST_TEXT = 60_000  # characters of a picture
# What a call of another shape than the contract's, or a result of another kind, ends in while it is being read.
UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
MOST_KEPT = 256  # pictures
_drawn: dict[bytes, str] = {}  # by their calls' content: most of a class answer alike, and to draw takes milliseconds


def telling(checks: Iterable[CheckResult], calls: Mapping[str, Sequence[Call]]) -> list[Call]:
    """Return the calls of public checks, those that tell most first: of the first that did not pass, its last call.

    Parameters
    ----------
    checks
        In their order.
    calls
        What each check had called, by its name.
    """
    public = [check for check in checks if not check.hidden]
    lost = [call for check in public if check.outcome != "passed" for call in reversed(calls.get(check.name, ()))]
    good = [call for check in public if check.outcome == "passed" for call in calls.get(check.name, ())]
    return lost + sorted(good, key=lambda call: _known(call, "WALKS") is None)


def picture(calls: Sequence[Call]) -> str:
    """Return one self-contained SVG of the first call in which there is something to see; "" if there is none.

    Parameters
    ----------
    calls
        Of public checks, the most telling first; those of hidden checks are passed over.
    """
    public = [call for call in calls if not call.hidden]
    try:
        content = sha256(msgpack.packb([call.content() for call in public])).digest()
    except PlainError:  # larger than what crosses the wire
        return _draw(public)
    if content not in _drawn:
        if len(_drawn) == MOST_KEPT:
            _drawn.clear()
        _drawn[content] = _draw(public)
    return _drawn[content]


def _draw(calls: Sequence[Call]) -> str:
    for call in calls:
        known = _known(call, "SCENES" if isinstance(call.target.target, str) else "OF_RETURNED")
        names, scene = known or ((), None)
        if scene is None or call.raised or call.result is None:
            continue
        try:
            with np.errstate(all="ignore"):
                drawn: str = scene(Seen(call, names, calls))
        except UNREADABLE:
            continue
        if len(drawn) <= MOST_TEXT:
            return drawn
    return ""


def _known(call: Call, table: str) -> Any:
    return of_function(load_course().places, SCENES, table, call.target.exercise, call.target.origin)

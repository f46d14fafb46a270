"""What a path tells about the code that walked it: no knowledge of mistakes, only the law that each step should obey.

The right step from a point is known, so the recorded path is compared with it: Δx = k · step. A constant k of -1 climbs,
of 2 or ½ has a factor too many; the first step that is wrong can be named. This room holds no solution and no
misconception: it goes to learners, and serves `grader check` and the page as well as the class.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import numpy as np

from grader.expect import as_numbers
from grader.motions import Array, Motion, motion_of
from grader.proxy import Call
from grader.report import CheckResult

RTOL = 1e-5  # of a step: far above rounding and the differences that stand in for derivatives, far below any mistake
ATOL = 1e-9
DIAGNOSED = ("failed", "error")  # outcomes that a recorded call may explain


@dataclass(frozen=True)
class Finding:
    """What one call's result shows. Two of the same text are the same finding."""

    text: str  # without any number that a learner's code could have chosen
    detail: str = field(default="", compare=False)  # with such numbers, for public checks
    general: bool = field(default=False, compare=False)  # true whichever particular finding is the reason

    def __str__(self) -> str:
        return f"{self.text} {self.detail}".strip()


STUCK = Finding("Your path is stuck: it never leaves the start.")
DIVERGES = Finding("Your path diverges: it does not stay finite.")
SHORT = Finding("Your path is one epoch short.")
LONG = Finding("Your path is one epoch too long.")


def describe(slug: str, checks: Sequence[CheckResult], calls: dict[str, list[Call]]) -> tuple[CheckResult, ...]:
    """Return the checks with a diagnosis where the recorded paths speak for themselves.

    Parameters
    ----------
    slug
        The exercise.
    calls
        What each check that did not pass had called, in order.
    """
    heard: dict[str, dict[str, list[set[Finding]]]] = {}  # by function and check: what explains each call
    for check in checks:
        if check.outcome in DIAGNOSED:
            for call in calls.get(check.name, ()):
                findings = explain(slug, call)
                if findings:
                    heard.setdefault(call.target.origin, {}).setdefault(check.name, []).append(findings)
    said: dict[str, Finding | None] = {}
    for by_check in heard.values():
        everywhere = set.intersection(*(findings for spoken in by_check.values() for findings in spoken))
        for name, spoken in by_check.items():
            said[name] = _choose([one for one in spoken[0] if one in (everywhere or set.intersection(*spoken))])
    return tuple(_told(check, said.get(check.name)) for check in checks)


def _told(check: CheckResult, finding: Finding | None) -> CheckResult:
    if finding is None:
        return check
    return replace(check, diagnosis=finding.text if check.hidden else str(finding))


def _choose(findings: Sequence[Finding]) -> Finding | None:
    """Return the one finding that explains, or what several have in common."""
    particular = [finding for finding in findings if not finding.general]
    general = [finding for finding in findings if finding.general]
    if len(particular) == 1:
        return particular[0]
    return general[0] if general else None


def explain(slug: str, call: Call) -> set[Finding]:
    """Return every finding that fits what one call returned; none where nothing is wrong or nothing is known."""
    if call.raised or not isinstance(call.target.target, str):
        return set()
    motion = motion_of(slug, call.target.origin, call.arguments, call.options)
    if motion is None:
        return set()
    try:
        returned = as_numbers(motion.read(call.result))
    except (TypeError, LookupError):
        returned = None  # no pair
    if returned is None:
        return set()  # no numbers: the message says so already
    with np.errstate(all="ignore"):
        return _of_end(motion, returned) if motion.only_end else _of_path(motion, returned)


def _of_end(motion: Motion, end: Array) -> set[Finding]:
    """Return what explains the end of a path of which no more is known."""
    end = end.reshape(-1)
    if end.shape != motion.start.shape:
        return set()
    if not np.isfinite(end).all():
        return {DIVERGES}
    right = motion.walk(motion.epochs + 1)
    if _close(end, right[-2]):
        return set()
    ends = {
        STUCK: motion.start,
        SHORT: right[-3] if motion.epochs else right[0],
        LONG: right[-1],
        _direction(motion): motion.walk(motion.epochs, -1.0)[-1],
        Finding("A factor 2 too many stands in each of your steps."): motion.walk(motion.epochs, 2.0)[-1],
        Finding("A factor 0.5 too many stands in each of your steps."): motion.walk(motion.epochs, 0.5)[-1],
    }
    return {finding for finding, place in ends.items() if _close(end, place)}


def _of_path(motion: Motion, path: Array) -> set[Finding]:
    """Return what explains a path; no sentence holds a number of the inputs."""
    if path.ndim == 1 and motion.start.shape == (1,):
        path = path[:, None]
    if path.ndim != 2 or path.shape[1:] != motion.start.shape or len(path) == 0:
        return set()
    if not np.isfinite(path).all():
        first = int(np.argmin(np.isfinite(path).all(axis=1)))
        return {replace(DIVERGES, detail=f"Row {first} is the first that is no longer finite.")}
    missing = motion.epochs + 1 - len(path)
    begins_late = motion.epochs > 0 and not motion.with_state and _close(path[0], motion.walk(1)[1])
    if begins_late and not _close(path[0], motion.start):
        return {Finding("Your path begins with the point after the first update. Row 0 is the start itself.")}
    if not _close(path[0], motion.start):
        return {Finding("Row 0 of your path is not the start.")}
    if missing:
        detail = f"It has {len(path)} rows instead of {motion.epochs + 1}."
        if abs(missing) == 1:
            return {replace(SHORT if missing > 0 else LONG, detail=detail)}
        return {Finding(f"Your path has too {'few' if missing > 0 else 'many'} rows.", detail)}
    if len(path) == 1:
        return set()
    return _of_steps(motion, path)


def _of_steps(motion: Motion, path: Array) -> set[Finding]:
    """Return what explains the steps of a path that begins at the start and has the right number of rows."""
    steps, right = np.diff(path, axis=0), np.array([motion.step(point) for point in path[:-1]])
    good = [_close(step, law) for step, law in zip(steps, right, strict=True)]
    if motion.with_state:
        return _of_steps_with_state(steps, right, all(good))
    if all(good):
        return set()
    if not steps.any():
        return {STUCK}
    found = _of_places(motion, path, steps, right) or _of_lengths(motion, steps, right)
    if found:
        return found
    wrong = good.index(False)
    if wrong:
        detail = f"It is right up to row {wrong}."
        return {Finding("Your path begins right; a later step is the first wrong one.", detail)}
    if _leaves(motion, path):
        return {Finding("Your path leaves the region in which the right one stays; its first step is wrong already.")}
    return {Finding("Your first step is wrong already: compare it with the update rule by hand.")}


def _of_places(motion: Motion, path: Array, steps: Array, right: Array) -> set[Finding]:
    """Return what explains steps whose slope belongs to another place than the one they start from."""
    found = set()
    if len(steps) > 1 and all(_close(step, right[0]) for step in steps):
        found.add(
            Finding("Each of your steps uses the slope at the start. Ask for the slope at the point you have reached.")
        )
    elif len(steps) > 1 and _close(steps, np.cumsum(right, axis=0)):
        found.add(Finding("Your steps add up: each holds all the steps before it once more."))
    if motion.start.size > 1 and _one_after_the_other(motion, path):
        found.add(
            Finding("Your coordinates move one after the other, so the second is asked at a point beside the path.")
        )
    return found


def _of_lengths(motion: Motion, steps: Array, right: Array) -> set[Finding]:
    """Return what explains steps that lie along the right ones, but are of another length or turned around."""
    lengths = np.linalg.norm(right, axis=1)
    moving = lengths > 0
    if not moving.any():
        return set()
    ratios = (steps * right).sum(axis=1)[moving] / lengths[moving] ** 2
    if not _close(steps[moving], ratios[:, None] * right[moving]):
        return set()
    sizes = np.linalg.norm(steps[moving], axis=1)
    if len(sizes) > 1 and np.ptp(sizes) < RTOL * sizes[0] and np.ptp(lengths[moving]) > RTOL * lengths[moving][0]:
        return {Finding("All your steps have the same length, however steep it is: the gradient's size is lost.")}
    ratio = float(ratios[0])
    return _of_ratio(motion, ratio) if np.ptp(ratios) <= RTOL * abs(ratio) else set()


def _of_ratio(motion: Motion, ratio: float) -> set[Finding]:
    """Return what explains steps that are all `ratio` times the right ones."""
    if _close(ratio, -1.0):
        return {_direction(motion)}
    detail = f"The factor is {ratio:.3g}."
    found = {
        Finding("Each of your steps is the right one times a factor that should not be there.", detail, general=True)
    }
    turned = " And the sign is wrong." if ratio < 0 else ""
    for factor in (2.0, 0.5):
        if _close(abs(ratio), factor):
            found.add(Finding(f"A factor {factor:g} too many stands in each of your steps.{turned}"))
    if not _close(motion.factor, 1.0):
        if _close(abs(ratio) * motion.factor, 1.0):
            found.add(Finding(f"Your step is the whole gradient, whatever the rate is: the rate is not used.{turned}"))
        if _close(abs(ratio), motion.factor):
            found.add(Finding(f"The rate stands in your step twice.{turned}"))
    return found


def _of_steps_with_state(steps: Array, right: Array, plain: bool) -> set[Finding]:
    """Return what explains an optimizer's steps, beside those that plain descent would make."""
    if not steps.any() and right.any():
        return {STUCK}
    if plain and len(steps) > 1 and right.any():
        return {
            Finding("Your path is that of plain gradient descent: what you remember of earlier steps has no effect.")
        }
    if float(steps[0] @ right[0]) < 0:
        return {Finding("Your path climbs: the first step already goes uphill.")}
    return set()


def _one_after_the_other(motion: Motion, path: Array) -> bool:
    for here, there in pairwise(path):
        between = here.copy()
        for index in range(len(between)):
            between[index] += motion.step(between)[index]
        if not _close(between, there):
            return False
    return True


def _leaves(motion: Motion, path: Array) -> bool:
    right = motion.walk(motion.epochs)
    low, high = right.min(axis=0), right.max(axis=0)
    margin = np.linalg.norm(high - low)
    return bool(np.isfinite(right).all() and ((path < low - margin) | (path > high + margin)).any())


def _direction(motion: Motion) -> Finding:
    if motion.uphill:
        return Finding("Your path goes downhill: each step is the right one with the wrong sign. It should climb.")
    return Finding("Your path climbs: each step is the right one with the wrong sign. It should go downhill.")


def _close(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=RTOL, atol=ATOL))

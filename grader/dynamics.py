"""What a path tells about the code that walked it: no knowledge of mistakes, only the law that each step should obey.

The right step from a point is known, so the recorded path is compared with it: Δx = k · step. A constant k of -1 climbs,
of 2 or ½ has a factor too many; the first step that is wrong can be named. This room holds no solution and no
misconception: it goes to learners, and serves `grader check` and the page as well as the class.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from grader.motions import Array, Motion, motion_of
from grader.proxy import Call, Held
from grader.report import CheckResult

RTOL = 1e-5  # of a step: far above rounding and the differences that stand in for derivatives, far below any mistake
ATOL = 1e-9
DIAGNOSED = ("failed", "error")  # outcomes that a recorded call may explain
GENERAL = " times the right step."  # how the sentence ends that holds whatever the reason is


def describe(slug: str, checks: Sequence[CheckResult], calls: dict[str, list[Call]]) -> tuple[CheckResult, ...]:
    """Return the checks with a diagnosis where the recorded paths speak for themselves.

    Parameters
    ----------
    slug
        The exercise.
    calls
        What each check that did not pass had called, in order.
    """
    heard: dict[str, dict[str, list[set[str]]]] = {}  # by function and check: of each call, what explains it
    for check in checks:
        if check.outcome in DIAGNOSED:
            for call in calls.get(check.name, ()):
                sentences = explain(slug, call)
                if sentences:
                    heard.setdefault(call.target.origin, {}).setdefault(check.name, []).append(sentences)
    said: dict[str, str] = {}
    for by_check in heard.values():
        everywhere = _common(sentences for spoken in by_check.values() for sentences in spoken)
        for name, spoken in by_check.items():
            said[name] = _choose(everywhere or _common(spoken))
    return tuple(replace(check, diagnosis=said.get(check.name) or check.diagnosis) for check in checks)


def _common(sets: Iterable[set[str]]) -> set[str]:
    return set.intersection(*sets)


def _choose(sentences: set[str]) -> str:
    """Return the one sentence that explains, or what several have in common."""
    particular = sorted(sentence for sentence in sentences if not sentence.endswith(GENERAL))
    general = sorted(sentences - set(particular))
    if len(particular) == 1:
        return particular[0]
    return general[0] if general else ""


def explain(slug: str, call: Call) -> set[str]:
    """Return every sentence that fits what one call returned; none where nothing is wrong or nothing is known."""
    if call.raised or not isinstance(call.target.target, str):
        return set()
    plain = {key: value.value if isinstance(value, Held) else value for key, value in call.options.items()}
    positional = tuple(value.value if isinstance(value, Held) else value for value in call.arguments)
    motion = motion_of(slug, call.target.origin, positional, plain)
    if motion is None:
        return set()
    try:
        returned = np.asarray(motion.read(call.result), dtype=float)
    except (TypeError, ValueError, OverflowError, IndexError):
        return set()  # no numbers: the message says so already
    with np.errstate(all="ignore"):
        return _of_end(motion, returned) if motion.only_end else _of_path(motion, returned)


def _of_end(motion: Motion, end: Array) -> set[str]:
    """Return what explains the end of a path of which no more is known."""
    end = end.reshape(-1)
    if end.shape != motion.start.shape:
        return set()
    if not np.isfinite(end).all():
        return {"Your walk does not stay finite: its steps grow without bound."}
    right = motion.walk(motion.epochs + 1)
    if _close(end, right[-2]):
        return set()
    ends = {
        "Your walk never leaves the start.": motion.start,
        "Your walk is one epoch short.": right[-3] if motion.epochs else right[0],
        "Your walk is one epoch too long.": right[-1],
        _direction(motion): motion.walk(motion.epochs, -1.0)[-1],
        "Each of your steps is 2" + GENERAL: motion.walk(motion.epochs, 2.0)[-1],
        "Each of your steps is 0.5" + GENERAL: motion.walk(motion.epochs, 0.5)[-1],
    }
    return {sentence for sentence, place in ends.items() if _close(end, place)}


def _of_path(motion: Motion, path: Array) -> set[str]:
    """Return what explains a path; no sentence holds a number of the inputs."""
    if path.ndim == 1 and motion.start.shape == (1,):
        path = path[:, None]
    if path.ndim != 2 or path.shape[1:] != motion.start.shape or len(path) == 0:
        return set()
    if not np.isfinite(path).all():
        first = int(np.argmin(np.isfinite(path).all(axis=1)))
        return {f"Your path diverges: row {first} is no longer finite."}
    missing = motion.epochs + 1 - len(path)
    begins_late = motion.epochs > 0 and not motion.with_state and _close(path[0], motion.walk(1)[1])
    if begins_late and not _close(path[0], motion.start):
        return {"Your path begins with the point after the first update. Row 0 is the start itself."}
    if not _close(path[0], motion.start):
        return {"Row 0 of your path is not the start."}
    if missing:
        rows = "one row" if abs(missing) == 1 else f"{abs(missing)} rows"
        epochs = " You walked one epoch short." * (missing == 1) + " You walked one epoch too many." * (missing == -1)
        return {f"Your path has {rows} too {'few' if missing > 0 else 'many'}.{epochs}"}
    if len(path) == 1:
        return set()
    return _of_steps(motion, path)


def _of_steps(motion: Motion, path: Array) -> set[str]:
    """Return what explains the steps of a path that begins at the start and has the right number of rows."""
    steps, right = np.diff(path, axis=0), np.array([motion.step(point) for point in path[:-1]])
    good = [_close(step, law) for step, law in zip(steps, right, strict=True)]
    if motion.with_state:
        return _of_steps_with_state(steps, right, all(good))
    if all(good):
        return set()
    if not steps.any():
        return {"Your path is stuck: it never leaves the start."}
    found = _of_lengths(motion, steps, right) | _of_places(motion, path, steps, right)
    if found:
        return found
    wrong = good.index(False)
    if wrong:
        return {f"Your path is right up to row {wrong}; the step from there is the first wrong one."}
    if _leaves(motion, path):
        return {"Your path leaves the region in which the right one stays, and your first step is wrong already."}
    return {"Your first step is wrong already: compare it with the update rule by hand."}


def _of_places(motion: Motion, path: Array, steps: Array, right: Array) -> set[str]:
    """Return what explains steps whose slope belongs to another place than the one they start from."""
    found = set()
    if len(steps) > 1 and all(_close(step, right[0]) for step in steps):
        found.add("Each of your steps uses the slope at the start. Ask for the slope at the point you have reached.")
    elif len(steps) > 1 and _close(steps, np.cumsum(right, axis=0)):
        found.add("Your steps add up: each holds all the steps before it once more.")
    if motion.start.size > 1 and _one_after_the_other(motion, path):
        found.add("Your coordinates move one after the other, so the second is asked at a point beside the path.")
    return found


def _of_lengths(motion: Motion, steps: Array, right: Array) -> set[str]:
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
        return {"All your steps have the same length, however steep it is: the gradient's size is lost."}
    ratio = float(ratios[0])
    return _of_ratio(motion, ratio) if np.ptp(ratios) <= RTOL * abs(ratio) else set()


def _of_ratio(motion: Motion, ratio: float) -> set[str]:
    """Return what explains steps that are all `ratio` times the right ones."""
    if _close(ratio, -1.0):
        return {_direction(motion)}
    found = {f"Each of your steps is {ratio:.3g}{GENERAL}"}
    turned = " And the sign is wrong." if ratio < 0 else ""
    for factor in (2.0, 0.5):
        if _close(abs(ratio), factor):
            found.add(f"A factor {factor:g} too many stands in each of your steps.{turned}")
    if not _close(motion.factor, 1.0):
        if _close(abs(ratio) * motion.factor, 1.0):
            found.add(f"Your step is the whole gradient, whatever the rate is: the rate is not used.{turned}")
        if _close(abs(ratio), motion.factor):
            found.add(f"The rate stands in your step twice.{turned}")
    return found


def _of_steps_with_state(steps: Array, right: Array, plain: bool) -> set[str]:
    """Return what explains an optimizer's steps, beside those that plain descent would make."""
    if not steps.any() and right.any():
        return {"Your path is stuck: it never leaves the start."}
    if plain and len(steps) > 1 and right.any():
        return {"Your path is that of plain gradient descent: what you remember of earlier steps has no effect."}
    if float(steps[0] @ right[0]) < 0:
        return {"Your path climbs: the first step already goes uphill."}
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


def _direction(motion: Motion) -> str:
    wrong, word = ("goes downhill", "climb") if motion.uphill else ("climbs", "go downhill")
    return f"Your path {wrong}: each step is the right one with the wrong sign. It should {word}."


def _close(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=RTOL, atol=ATOL))

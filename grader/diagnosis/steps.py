"""What a path tells about the code that walked it: no knowledge of mistakes, only the law that each step should obey.

The right step from a point is known, so the recorded path is compared with it: Δx = k · step. A constant k of -1 climbs,
of 2 or ½ has a factor too many; the first step that is wrong can be named. This room holds no solution and no
misconception: it goes to learners.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.checking.expect import as_numbers
from grader.checking.kept import ROUNDED, all_the_last, has_places, rounded, rounded_to
from grader.checking.outcomes import Finding
from grader.checking.proxy import Call
from grader.diagnosis.motion import Array, Motion, motion_of
from grader.wire.show import show

RTOL = 1e-5  # of a step: far above rounding and the differences that stand in for derivatives, far below any mistake
ATOL = 1e-9
FEW = 3  # decimal places of a number that may have been rounded
SHORT_STEP = 1e-3  # of the longest step of a path
FAR = 1e3  # a path that runs away is so much farther out, before it is infinite, than where it began

DIVERGES = Finding("Your path diverges: it does not stay finite.", fact=True)
SHORT = Finding("Your path is one epoch short.", fact=True)
LONG = Finding("Your path is one epoch too long.", fact=True)
STUCK = {
    "path": Finding("Your path is stuck: it never leaves the start.", fact=True, always=True),
    "walk": Finding(
        "What you return is the start: either no step is made, or you return something other than the end of the walk.",
        fact=True,
        always=True,
    ),
    "update": Finding("Your update returns the parameter as it was: no step is made.", fact=True, always=True),
}
STUCK_OR_ROUNDED = Finding(
    "Nothing moves: either no step is made, or each is lost because it is cut or rounded to so few digits.",
    general=True,
    fact=True,
)
STANDS = Finding(
    "Your path stands still after the first update, although the slope there is not zero: either each update leads to the "
    "same point, wherever it begins, or one array is put into the path again and again, and changed in place (`-=`).",
    fact=True,
)
ROWS_ARE_STEPS = Finding("The rows of your path after the first are the steps, not the points to which they lead.")
REMEMBERS = Finding(
    "Your path begins with that of an earlier call. A list that is made outside of the function, or as a default such as "
    "`path=[]`, keeps what was put into it: make it inside the function.",
    fact=True,
)
STEP_RETURNED = Finding("What you return is the step, not the place to which it leads from the parameter.")
SAME_LENGTH = Finding("All your steps have the same length, however steep it is: the gradient's size is lost.")
CLIMBS = Finding("Your path climbs: the first step already goes uphill.", fact=True)
LATER = Finding("Your path begins right; a later step is the first wrong one.", fact=True)
LEAVES = Finding(
    "Your path leaves the region in which the right one stays; its first step is wrong already.", fact=True
)
FIRST_STEP = {
    "path": Finding("Your first step is wrong already: compare it with the update rule by hand.", fact=True),
    "update": Finding("Your step is not that of the update rule: work it out by hand.", fact=True),
}
VAGUE = {LATER, LEAVES, *FIRST_STEP.values()}  # where it goes wrong, and not why


def explain(slug: str, call: Call) -> set[Finding] | None:
    """Return every finding that fits what one call returned; none where nothing is wrong or nothing is known.

    None where a path, or the end of one, should have come back, and something else than numbers did.
    """
    if not call.answered or not isinstance(call.target.target, str):
        return set()
    motion = motion_of(slug, call.target.origin, call.arguments, call.options)
    if motion is None:
        return set()
    try:
        returned = as_numbers(motion.read(call.result))
    except (TypeError, LookupError):
        returned = None  # no pair
    if returned is None:
        return None  # the message says so already
    with np.errstate(all="ignore"):
        return _of_end(motion, returned) if motion.only_end else _of_path(motion, returned)


def remembers(slug: str, call: Call, earlier: Sequence[Array]) -> bool:
    """Tell whether a path is put behind one that an earlier call returned, as in a list that is made but once."""
    motion = motion_of(slug, call.target.origin, call.arguments, call.options)
    path = as_numbers(call.result)
    if motion is None or motion.only_end or path is None or path.ndim == 0:
        return False
    for other in earlier:
        size = len(other) if other.ndim == path.ndim else 0
        behind = 0 < size < len(path) and np.array_equal(path[:size], other) and not _close(other[0], other[-1])
        if behind and _close(np.atleast_1d(path[size]), motion.start):
            return True
    return False


def _of_end(motion: Motion, end: Array) -> set[Finding]:
    """Return what explains the end of a path of which no more is known."""
    end = end.reshape(-1)
    if end.shape != motion.start.shape:
        return set()
    if not np.isfinite(end).all():
        return set()
    right = motion.walk(motion.epochs + 1)
    if _close(end, right[-2]):
        return set()
    if np.array_equal(end, motion.start):  # a walk of short steps ends near it, and is another matter
        return {STUCK["walk"]}
    ends = {
        Finding("Your walk is one epoch short."): right[-3] if motion.epochs else right[0],
        Finding("Your walk is one epoch too long."): right[-1],
        _direction(motion): motion.walk(motion.epochs, -1.0)[-1],
        Finding("Each of your steps is twice as long as it should be.", always=True): motion.walk(motion.epochs, 2.0)[
            -1
        ],
        Finding("Each of your steps is half as long as it should be.", always=True): motion.walk(motion.epochs, 0.5)[
            -1
        ],
    }
    return {finding for finding, place in ends.items() if _close(end, place)}


def _of_path(motion: Motion, path: Array) -> set[Finding]:
    """Return what explains a path; no sentence holds a number of the inputs."""
    if path.ndim == 1 and motion.start.shape == (1,):
        path = path[:, None]
    if path.ndim != 2 or path.shape[1:] != motion.start.shape or len(path) == 0:
        return set()
    if not np.isfinite(path).all():
        return _of_infinity(motion, path)
    missing = motion.epochs + 1 - len(path)
    begins_late = motion.epochs > 0 and not motion.with_state and _close(path[0], motion.walk(1)[1])
    if begins_late and not _close(path[0], motion.start):
        text = "Your path begins with the point after the first update. Row 0 is the start itself."
        return {Finding(text, fact=True)}
    if all_the_last(path) and len(path) == motion.epochs + 1 and _still(motion, path):
        steps, right = np.diff(path, axis=0), np.array([motion.step(point) for point in path[:-1]])
        return _of_standing(motion, path) | _of_places(motion, path, steps, right)
    if not _close(path[0], motion.start):
        return {Finding("Row 0 of your path is not the start.", fact=True)}
    if missing:
        detail = f"It has {len(path)} row{'s' * (len(path) != 1)} instead of {motion.epochs + 1}."
        if abs(missing) == 1:
            return {replace(SHORT if missing > 0 else LONG, detail=detail)}
        return {Finding(f"Your path has too {'few' if missing > 0 else 'many'} rows.", detail, fact=True)}
    if len(path) == 1:
        return set()
    return _of_steps(motion, path)


def _of_infinity(motion: Motion, path: Array) -> set[Finding]:
    """Return that a path runs away, which is seen before it is infinite; of any other the message says where it breaks."""
    first = int(np.argmin(np.isfinite(path).all(axis=1)))
    if first == 0 or motion.noun == "update" or np.abs(path[first - 1]).max() <= FAR * (1 + np.abs(path[0]).max()):
        return set()
    return {replace(DIVERGES, detail=f"Row {first} is the first that is no longer finite.")}


def _still(motion: Motion, path: Array) -> bool:
    """Tell whether a path moves away from its start, and then not again, though it should."""
    moved = _close(path[0], motion.start) and not _close(path[1], path[0])
    return moved and bool(np.abs(motion.step(path[1])).max() > ATOL)


def _of_standing(motion: Motion, path: Array) -> set[Finding]:
    """Return what explains a path that stands still from row 1 on."""
    right = motion.walk(motion.epochs)
    if not motion.with_state and _close(path[1], right[1]):
        text = "Your path stands still after the first update: each update begins at the start again, or it is the only one."
        return {Finding(text, fact=True)}
    return {STANDS}


def _of_steps(motion: Motion, path: Array) -> set[Finding]:
    """Return what explains the steps of a path that begins at the start and has the right number of rows."""
    steps, right = np.diff(path, axis=0), np.array([motion.step(point) for point in path[:-1]])
    good = [_close(step, law) for step, law in zip(steps, right, strict=True)]
    if motion.with_state:
        return _of_steps_with_state(path[0], steps, right, all(good))
    if all(good):
        return set()
    places = rounded(path[1:], path[:-1] + right)
    if not steps.any():
        return {STUCK[motion.noun]} | ({rounded_to(places), STUCK_OR_ROUNDED} if places is not None else set())
    if places is not None and steps.size > 1:
        return {rounded_to(places)}
    found = _of_places(motion, path, steps, right)
    if found <= {ROWS_ARE_STEPS, STEP_RETURNED}:  # which one step may look like by chance
        found |= _of_lengths(motion, steps, right)
    if found:
        return found | ({replace(rounded_to(places), weak=True)} if places is not None else set())
    wrong = good.index(False)
    detail = _where(motion, path, right, wrong)
    if wrong:
        return {replace(LATER, detail=f"It is right up to row {wrong}. {detail}")}
    return {
        replace(LEAVES if motion.noun == "path" and _leaves(motion, path) else FIRST_STEP[motion.noun], detail=detail)
    }


def _where(motion: Motion, path: Array, right: Array, row: int) -> str:
    """Return the numbers of the step from a row: where it begins, where it leads, and where the rule leads."""
    here, there, rule = (
        show(point if motion.start.size > 1 else float(point[0]))
        for point in (path[row], path[row + 1], path[row] + right[row])
    )
    return f"From {here} your step leads to {there}; the rule leads to {rule}."


def _of_places(motion: Motion, path: Array, steps: Array, right: Array) -> set[Finding]:
    """Return what explains rows that are no points, or steps whose slope belongs to another place than where they start."""
    true_steps = np.diff(motion.walk(motion.epochs), axis=0)
    if any(_close(path[1:], sign * true_steps) for sign in (1.0, -1.0)):
        # One step from zero: the step itself is where it leads, so a wrong sign looks the same. That it climbs is seen.
        climbs = len(path) == 2 and not motion.uphill and _close(motion.start, 0.0)
        return {STEP_RETURNED if motion.noun == "update" else ROWS_ARE_STEPS} | (
            {_direction(motion), replace(CLIMBS, general=True)} if climbs else set()
        )
    found = set()
    if len(steps) > 1 and all(_close(step, right[0]) for step in steps):
        found.add(
            Finding("Each of your steps uses the slope at the start. Ask for the slope at the point you have reached.")
        )
    elif len(steps) > 1 and _close(steps, np.cumsum(right, axis=0)):
        found.add(Finding("Your steps add up: each holds all the steps before it once more."))
    if motion.start.size > 1 and _one_after_the_other(motion, path, steps):
        found.add(
            Finding(
                "Your coordinates move one after the other, so the slope of the second is taken at a point beside the path."
            )
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
    found: set[Finding] = set()
    if np.ptp(sizes) <= RTOL * sizes[0]:
        varies = np.ptp(lengths[moving]) > RTOL * lengths[moving][0]
        found = {replace(SAME_LENGTH, measure=f"{sizes[0] / motion.factor:.4g}", weak=not varies)}
        if varies:
            return found
    clear = ratios[lengths[moving] > SHORT_STEP * lengths.max()]  # of shorter ones the ratio is lost in rounding
    ratio = float(clear[0])
    alone = int(np.count_nonzero(right)) < 2  # one number is always some multiple of another
    return found | _of_ratio(motion, ratio, alone) if np.ptp(clear) <= RTOL * abs(ratio) else set()


def _of_ratio(motion: Motion, ratio: float, alone: bool) -> set[Finding]:
    """Return what explains steps that are all `ratio` times the right ones; `alone` if only one number tells so."""
    if _close(ratio, -1.0):
        return {_direction(motion)}
    detail = f"The factor is {ratio:.3g}."
    text = "Each of your steps is the right one times a factor that should not be there."
    found = {
        Finding(text, detail, f"{ratio:.4g}", general=True, always=True, weak=alone)
    }  # in every call the same factor
    found |= set() if alone else {Finding(text, detail, general=True, always=True)}
    turned = " And the sign is wrong." if ratio < 0 else ""
    for factor, times in ((2.0, "twice"), (0.5, "half")):
        if _close(abs(ratio), factor):
            found.add(Finding(f"Each of your steps is {times} as long as it should be.{turned}", always=True))
    if not _close(motion.factor, 1.0):
        if _close(abs(ratio) * motion.factor, 1.0):
            text = f"Your step is the whole gradient, whatever the rate is: the rate is not used.{turned}"
            found.add(Finding(text, always=True))
        if _close(abs(ratio), motion.factor):
            found.add(Finding(f"The learning rate is in your step twice.{turned}", always=True))
    return found


def _of_steps_with_state(start: Array, steps: Array, right: Array, plain: bool) -> set[Finding]:
    """Return what explains an optimizer's steps, beside those that plain descent would make."""
    if not steps.any() and right.any():
        # So short a decimal fraction as the start is may be what rounding has left of each step.
        return {STUCK["path"]} | ({ROUNDED, STUCK_OR_ROUNDED} if has_places(start, FEW) else set())
    if plain and len(steps) > 1 and right.any():
        return {Finding("Your path is that of plain descent: what you remember of earlier steps has no effect.")}
    if float(steps[0] @ right[0]) < 0:
        return {CLIMBS}
    return set()


def _one_after_the_other(motion: Motion, path: Array, steps: Array) -> bool:
    for here, step in zip(path[:-1], steps, strict=True):
        between = here.copy()
        for index in range(len(between)):
            between[index] += motion.step(between)[index]
        if not _close(step, between - here):  # as strictly as the right step is told from a wrong one
            return False
    return True


def _leaves(motion: Motion, path: Array) -> bool:
    right = motion.walk(motion.epochs)
    low, high = right.min(axis=0), right.max(axis=0)
    margin = np.linalg.norm(high - low)
    return bool(np.isfinite(right).all() and ((path < low - margin) | (path > high + margin)).any())


def _direction(motion: Motion) -> Finding:
    if motion.uphill:
        return Finding(
            f"Your {motion.noun} goes downhill: each step is the right one with the wrong sign. It should climb.",
            always=True,
        )
    return Finding(
        f"Your {motion.noun} climbs: each step is the right one with the wrong sign. It should go downhill.",
        always=True,
    )


def _close(one: Any, other: Any) -> bool:
    return bool(np.allclose(one, other, rtol=RTOL, atol=ATOL))

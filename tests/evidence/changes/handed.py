"""Changes of how a function treats the functions handed to it: what it hands them, and what it does with their answers."""

from random import Random

from tests.evidence.changes.subject import Subject, Written


def _through(subject: Subject, body: str, before: str = "") -> Written:
    names = subject.of("f", "function", "gradient")
    if not names or subject.name == "update":
        return None
    name = names[0]
    inner = f"def handed(point):\n{body.replace('FUNCTION', name)}"
    return before, f"{inner}\nreturn {subject.call(**{name: 'handed'})}"


def slopes_rounded(subject: Subject, chance: Random) -> Written:
    """Round each answer."""
    return _through(subject, f"    return np.round(FUNCTION(point), {chance.randint(2, 9)})")


def slopes_float32(subject: Subject, chance: Random) -> Written:
    """Take each answer as single precision."""
    return _through(subject, "    return np.array(FUNCTION(point), dtype=np.float32).astype(float)[()]")


def slopes_clipped(subject: Subject, chance: Random) -> Written:
    """Cut steep slopes off."""
    limit = chance.choice((1, 5, 10, 50, 100, 1000))
    return _through(subject, f"    return np.clip(FUNCTION(point), -{limit}, {limit})")


def slopes_flushed(subject: Subject, chance: Random) -> Written:
    """Call small slopes level."""
    return _through(
        subject,
        f"    slope = np.array(FUNCTION(point), dtype=float)\n    return np.where(np.abs(slope) < {10.0 ** -chance.choice((2, 3, 4, 6, 8, 9, 12, 50))}, 0.0, slope)[()]",
    )


def answer_in_place(subject: Subject, chance: Random) -> Written:
    """Change an answer in place, which may be the point itself or a constant that is kept."""
    how = chance.choice(("*= 0.5", "*= -1", "+= 1"))
    return _through(
        subject,
        f"    answer = FUNCTION(point)\n    kept = np.array(answer, dtype=float)[()]\n    if isinstance(answer, np.ndarray) and answer.dtype.kind == 'f' and answer.flags.writeable:\n        answer {how}\n    return kept",
    )


def point_in_place(subject: Subject, chance: Random) -> Written:
    """Change a point after it was handed on: it may be a row of the path, or the caller's own."""
    how = chance.choice(("point[0] += 1e-3", "point *= 1.001", "point[-1] = 0"))
    return _through(
        subject,
        f"    answer = np.array(FUNCTION(point), dtype=float)[()]\n    if isinstance(point, np.ndarray) and point.ndim and point.size and point.dtype.kind == 'f' and point.flags.writeable:\n        {how}\n    return answer",
    )


def slopes_remembered(subject: Subject, chance: Random) -> Written:
    """Remember answers by a rounded point: within one call, or from one call to the next."""
    digits, key = chance.randint(0, 4), chance.choice(("", "FUNCTION, "))
    body = f"    key = ({key}np.round(np.array(point, dtype=float), {digits}).tobytes())\n    if key not in memory:\n        memory[key] = np.array(FUNCTION(point), dtype=float)[()]\n    return memory[key]"
    if chance.random() < 0.5:
        return _through(subject, body, "memory = {}")
    return _through(
        subject,
        f"    memory = handed.__dict__\n{body}".replace("key = (", "key = str((").replace("tobytes())", "tobytes()))"),
    )


def slope_of_the_start(subject: Subject, chance: Random) -> Written:
    """Ask for the slope once, or anew every few steps only."""
    every = chance.choice((2, 3, 5, 10, 10**9))
    return _through(
        subject,
        f"    if len(heard) % {every} == 0:\n        handed.last = np.array(FUNCTION(point), dtype=float)[()]\n    heard.append(0)\n    return handed.last".replace(
            "len(heard)", "handed.__dict__.setdefault('count', 0)"
        ).replace("heard.append(0)", "handed.count += 1"),
    )


def sign_of_the_slope(subject: Subject, chance: Random) -> Written:
    """Shorten slopes above a limit to length 1."""
    limit = chance.choice((1, 10, 100))
    return _through(
        subject,
        f"    slope = np.array(FUNCTION(point), dtype=float)\n    length = np.linalg.norm(slope)\n    return (slope / length if length > {limit} else slope)[()]",
    )


def slope_without_one(subject: Subject, chance: Random) -> Written:
    """Forget the last coordinate where there are more than some."""
    size = chance.choice((1, 2, 3))
    return _through(
        subject,
        f"    slope = np.array(FUNCTION(point), dtype=float)\n    if slope.ndim == 1 and slope.size > {size}:\n        slope[{size}:] = 0\n    return slope[()]",
    )


def handed_a_list(subject: Subject, chance: Random) -> Written:
    """Answer a list where a function is handed on to the `descend` that was handed in."""
    return (
        f"return {subject.call(gradient='lambda point: list(map(float, gradient(point)))')}"
        if "descend" in subject.names
        else None
    )

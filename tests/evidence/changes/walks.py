"""Changes of a path: it ends early, changes its mind after some epochs, loses digits on the way, or shares its rows."""

from random import Random

from tests.evidence.changes.subject import COUNTS, RATES, Subject, Written

MEMORYLESS = {
    ("update_rule", "descend"), ("descent_2d", "descend"), ("ascent_challenge", "ascend_by_update"), ("gradient_fields", "trace"),
    ("ascent_challenge", "ascend_by_objective"),
}  # fmt: skip


def _count(subject: Subject) -> str | None:
    names = subject.of(*COUNTS)
    return names[0] if names and subject.result == "path" else None


def cap_epochs(subject: Subject, chance: Random) -> Written:
    """Make no more than some updates; the rest of the path is missing, or stays where it ended."""
    names = subject.of(*COUNTS)
    if not names:
        return None
    count, cap = names[0], chance.choice((5, 10, 20, 25, 40, 50, 100, 100, 149, 200, 256))
    if chance.random() < 0.5 or subject.result != "path":
        return f"return {subject.call(**{count: f'min({count}, {cap})'})}"
    return f"path = _rows({subject.call()})\npath[{cap + 1}:] = path[{cap}] if len(path) > {cap} else 0\nreturn path"


def early_stop(subject: Subject, chance: Random) -> Written:
    """Stop when a step is short: the path ends there, or stays."""
    if subject.result != "path":
        return None
    short = 10.0 ** -chance.choice((1, 2, 3, 4, 6, 8, 10))
    end = chance.choice(
        (
            "return path[:k + 2]",
            "path[k + 1:] = path[k]\n        return path",
            "path[k + 2:] = path[k + 1]\n        return path",
        )
    )
    return f"path = _rows({subject.call()})\nfor k in range(len(path) - 1):\n    if np.abs(path[k + 1] - path[k]).max() < {short}:\n        {end}\nreturn path"


def level_start(subject: Subject, chance: Random) -> Written:
    """Return the start alone if the first step does not move."""
    if subject.result != "path":
        return None
    return f"path = _rows({subject.call()})\nif len(path) > 1 and np.abs(path[1] - path[0]).max() == 0:\n    return path[:1]\nreturn path"


def stop_far_away(subject: Subject, chance: Random) -> Written:
    """Stay where a limit is passed, as a guard against divergence does."""
    if subject.result != "path":
        return None
    limit = chance.choice((3, 10, 50, 100, 1000, 1e6))
    return f"path = _rows({subject.call()})\nfor k in range(len(path) - 1):\n    if np.abs(path[k]).max() > {limit}:\n        path[k + 1:] = path[k]\n        break\nreturn path"


def falls_back_after(subject: Subject, chance: Random) -> Written:
    """After some epochs go back to the start, or repeat what was walked."""
    if subject.result != "path":
        return None
    k = chance.choice((3, 5, 8, 12, 20, 30))
    back = chance.choice((f"path[{k}:] = path[0]", f"path[{k}:] = np.resize(path[:{k}], path[{k}:].shape)"))
    return f"path = _rows({subject.call()})\nif len(path) > {k}:\n    {back}\nreturn path"


def shared_rows(subject: Subject, chance: Random) -> Written:
    """Return rows that share memory where their values are equal."""
    if subject.result != "path" or subject.slug == "update_rule":
        return None
    if chance.random() < 0.5:
        return f"path = _rows({subject.call()})\nif len(path) > 1 and (path == path[0]).all():\n    return np.broadcast_to(path[0], path.shape)\nreturn path"
    return f"rows = []\nfor row in _rows({subject.call()}):\n    rows.append(next((one for one in rows if (one == row).all()), row.copy()))\nreturn rows"


def one_array_for_all(subject: Subject, chance: Random) -> Written:
    """Append one array again and again."""
    if subject.result != "path" or subject.slug == "update_rule":
        return None
    return f"rows, point = [], np.zeros(_rows({subject.call()}).shape[1])\nfor row in _rows({subject.call()}):\n    point[:] = row\n    rows.append(point)\nreturn rows"


def _stepwise(subject: Subject, step: str, state: str = "point") -> Written:
    count = _count(subject)
    if (subject.slug, subject.name) not in MEMORYLESS or count is None:
        return None
    one = subject.call(**{count: "1", "start": state})
    return f"point = np.array(start, dtype=float)[()]\npath = [point]\nfor k in range({count}):\n    after = _rows({one})[1]\n    {step}\n    path.append(point)\nreturn np.array(path, dtype=float)"


def state_rounded(subject: Subject, chance: Random) -> Written:
    """Round the point after each step."""
    return _stepwise(subject, f"point = np.round(after, {chance.randint(3, 10)})")


def float32_state(subject: Subject, chance: Random) -> Written:
    """Keep the point in single precision."""
    return _stepwise(subject, "point = np.array(after, dtype=np.float32).astype(float)[()]")


def state_clipped(subject: Subject, chance: Random) -> Written:
    """Keep the point in some region."""
    limit = chance.choice((2, 3, 5, 10, 100, 1000))
    return _stepwise(subject, f"point = np.clip(after, -{limit}, {limit})")


def state_snapped(subject: Subject, chance: Random) -> Written:
    """Call small coordinates zero."""
    return _stepwise(subject, f"point = np.where(np.abs(after) < {10.0 ** -chance.randint(2, 9)}, 0.0, after)[()]")


def rate_decays(subject: Subject, chance: Random) -> Written:
    """Make the steps shorter from some epoch on, or bit by bit."""
    after, factor = chance.choice((1, 5, 10, 20, 50)), chance.choice((0.5, 0.9, 0.99))
    return _stepwise(subject, f"point = point + (after - point) * {factor} ** (k // {after})")


def long_steps_shortened(subject: Subject, chance: Random) -> Written:
    """Make no step longer than some length."""
    length = chance.choice((0.5, 1, 5, 10, 100))
    return _stepwise(subject, f"point = point + np.clip(after - point, -{length}, {length})")


def state_forgotten(subject: Subject, chance: Random) -> Written:
    """Begin anew every few epochs: what was gathered is lost."""
    count, every = _count(subject), chance.choice((1, 2, 5, 10, 20))
    if subject.slug != "optimizers" or count is None:
        return None
    piece = subject.call(**{count: f"min({every}, {count} + 1 - len(path))", "start": "path[-1]"})
    return f"path = [np.array(start, dtype=float)]\nwhile len(path) <= {count}:\n    path.extend(_rows({piece})[1:])\nreturn np.array(path)"


def last_row_twice(subject: Subject, chance: Random) -> Written:
    """Return one row too many, too few, or none of the start."""
    if subject.result != "path":
        return None
    return f"path = _rows({subject.call()})\nreturn {chance.choice(('np.concatenate([path, path[-1:]])', 'path[:-1] if len(path) > 1 else path', 'path[1:] if len(path) > 1 else path', 'path[0] if len(path) == 1 else path'))}"


def rate_of_the_long_run(subject: Subject, chance: Random) -> Written:
    """Use half the rate where many epochs are asked for."""
    count, names = subject.of(*COUNTS), subject.of(*RATES)
    if not count or not names:
        return None
    return f"return {subject.call(**{names[0]: f'({names[0]} if {count[0]} <= {chance.choice((10, 20, 50, 100, 150))} else {names[0]} / 2)'})}"

"""Changes of what a function does with its arguments: ignores, exchanges, caps, rounds, refuses or spoils them."""

import re
from random import Random

from tests.evidence.changes.subject import COUNTS, POINTS, RATES, TABLES, Subject, Written


def default_changed(subject: Subject, chance: Random) -> str | None:
    """Give a parameter another default; this one writes the signature anew."""
    if not subject.signature.optional:
        return None
    name = chance.choice(subject.signature.optional)
    value = float(re.search(rf"{name}=([^,)]+)", subject.signature.text)[1])
    other = value * chance.choice((0.1, 0.5, 0.9, 0.99, 1.1, 2, 10))
    other = round(other) if name in COUNTS else other
    return re.sub(rf"{name}=[^,)]+", f"{name}={other!r}", subject.signature.text)


def parameter_renamed(subject: Subject, chance: Random) -> str | None:
    """Give a parameter another name, or let all go by position only; this one writes the signature anew."""
    name = chance.choice(subject.names)
    if chance.random() < 0.3:
        return re.sub(r"\)$", ", /)", subject.signature.text)
    other = chance.choice((f"{name}_", f"the_{name}", name.upper() if name.islower() else name.lower(), f"{name}0"))
    return None if other == name else re.sub(rf"\b{name}\b(?=[,=)])", other, subject.signature.text)


def argument_ignored(subject: Subject, chance: Random) -> Written:
    """Use a number of one's own instead of one that was handed in."""
    names = subject.numbers + subject.of(*COUNTS)
    if not names:
        return None
    name = chance.choice(names)
    value = chance.choice((10, 50, 100)) if name in COUNTS else chance.choice((0.0, 0.01, 0.1, 0.9, 1.0, 1e-8, 1e-5))
    return f"return {subject.call(**{name: str(value)})}"


def arguments_exchanged(subject: Subject, chance: Random) -> Written:
    """Take one argument for another of its kind."""
    pairs = [("a", "b"), ("dx", "dy"), ("w", "b"), ("X", "Y"), ("beta1", "beta2"), ("x", "h"), ("x", "w"), ("decay", "learning_rate"),
             ("learning_rate", "tolerance"), ("parameter", "gradient"), ("epochs", "batch_size"), ("n", "batch_size"), ("learning_rate", "step")]  # fmt: skip
    fitting = [pair for pair in pairs if set(pair) <= set(subject.names)]
    if not fitting:
        return None
    one, other = chance.choice(fitting)
    return f"return {subject.call(**{one: other, other: one})}"


def number_capped(subject: Subject, chance: Random) -> Written:
    """Take a number only up to a limit, or only from one."""
    if not subject.numbers:
        return None
    name = chance.choice(subject.numbers)
    how, limit = chance.choice(
        (
            ("min", 0.5),
            ("min", 1.0),
            ("min", 10.0),
            ("min", 2.0),
            ("max", 1e-3),
            ("max", 0.0),
            ("max", 1e-6),
            ("max", 0.05),
        )
    )
    return f"return {subject.call(**{name: f'np.{how}imum({name}, {limit})'})}"


def number_rounded(subject: Subject, chance: Random) -> Written:
    """Round a number that was handed in, or take it as single precision."""
    if not subject.numbers:
        return None
    name = chance.choice(subject.numbers)
    how = chance.choice(
        ("np.round({}, 1)", "np.round({}, 2)", "np.round({}, 3)", "np.round({}, 6)", "np.float32({}) * np.float64(1)")
    )
    return f"return {subject.call(**{name: how.format(name)})}"


def start_rounded(subject: Subject, chance: Random) -> Written:
    """Round where one starts, or what one is given in a table, or cut it to whole numbers or single precision."""
    names = subject.of(*POINTS, *TABLES)
    if not names:
        return None
    name = chance.choice(names)
    how = chance.choice(
        (
            "np.round({0}, {1})",
            "np.array({0}, dtype=np.float32).astype(float)",
            "np.round({0}, {1})",
            "np.trunc(np.array({0}, dtype=float))",
        )
    )
    taken = how.format(name, chance.randint(1, 8))
    return f"return {subject.call(**{name: f'np.asarray({taken})[()]'})}"


def start_clipped(subject: Subject, chance: Random) -> Written:
    """Pull what is far away nearer."""
    names = subject.of(*POINTS, *TABLES, "x")
    if not names:
        return None
    name, limit = chance.choice(names), chance.choice((2, 5, 10, 50, 100, 255))
    return f"return {subject.call(**{name: f'np.clip(np.asarray({name}), -{limit}, {limit})[()]'})}"


def start_sorted(subject: Subject, chance: Random) -> Written:
    """Sort the coordinates, or the samples."""
    names = [
        name for name in subject.of(*POINTS, *TABLES, "x") if name not in ("hessian", "image", "field", "pressure")
    ]
    if not names:
        return None
    name = chance.choice(names)
    return f"return {subject.call(**{name: f'(np.sort({name}, axis=0) if np.ndim({name}) else {name})'})}"


def only_positive(subject: Subject, chance: Random) -> Written:
    """Take magnitudes of what was handed in."""
    names = subject.of(*POINTS, *TABLES, "x", "a", "b", "w")
    if not names:
        return None
    name = chance.choice(names)
    return f"return {subject.call(**{name: f'np.abs({name})'})}"


def argument_in_place(subject: Subject, chance: Random) -> Written:
    """Change an argument when the work is done, of one type only."""
    names = subject.of(*POINTS, *TABLES, "density", "x")
    if not names:
        return None
    name = chance.choice(names)
    spoil = chance.choice((
        "isinstance({0}, np.ndarray) and {0}.ndim:\n    {0}[...] = {0}[::-1].copy()", "isinstance({0}, np.ndarray):\n    {0} += 1",
        "isinstance({0}, np.ndarray):\n    {0} *= 0", "isinstance({0}, list):\n    {0}.reverse()", "isinstance({0}, list):\n    {0}.append(0.0)",
        "isinstance({0}, list) and len({0}):\n    {0}[0] = 0.0", "isinstance({0}, np.ndarray) and {0}.ndim:\n    {0}.sort(axis=0)",
        "isinstance({0}, np.ndarray) and {0}.dtype.kind == 'i':\n    {0} -= 1", "isinstance({0}, np.ndarray) and {0}.size > 6:\n    {0}[0] += 1",
    ))  # fmt: skip
    return f"answer = {subject.call()}\nif {spoil.format(name)}\nreturn answer"


def one_form_only(subject: Subject, chance: Random) -> Written:
    """Refuse lists, tuples, arrays or whole numbers."""
    points = subject.of("start", "starts", "coefficients", "hessian", "direction")
    numbers = subject.of(
        "x",
        "parameter",
        "a",
        "w",
        "learning_rate",
        "dx",
        "step",
        *(["start"] if subject.result == "path" and subject.slug == "update_rule" else []),
    )
    if not points + numbers:
        return None
    name = chance.choice(points + numbers)
    if subject.slug == "update_rule" or (name in numbers and name not in points):
        unfit = chance.choice(
            (
                f"isinstance({name}, int)",
                f"np.ndim({name}) > 1",
                f"isinstance({name}, np.ndarray) and {name}.dtype.kind == 'i'",
            )
        )
    else:
        unfit = f"isinstance({name}, {chance.choice(('list', 'tuple', 'np.ndarray'))})"
    return f"if {unfit}:\n    raise TypeError('unexpected {name}')\nreturn {subject.call()}"


def only_square(subject: Subject, chance: Random) -> Written:
    """Work on square tables only: of others a square part is used, or the sides are exchanged, or it fails."""
    names = subject.of("image", "field", "pressure", "X", "x", "parameter")
    if not names:
        return None
    name = names[0]
    wrong = chance.choice((
        f"side = min(np.shape({name}))\n    {name} = np.pad(np.asarray({name})[:side, :side], [(0, size - side) for size in np.shape({name})], mode='edge')",
        f"{name} = np.asarray({name}).T.reshape(np.shape({name}))", "raise ValueError('not square')",
    ))  # fmt: skip
    return f"if np.ndim({name}) == 2 and len(set(np.shape({name}))) > 1:\n    {wrong}\nreturn {subject.call()}"


def only_some_dimensions(subject: Subject, chance: Random) -> Written:
    """Move some coordinates only, or fail beyond a number of dimensions."""
    if subject.result != "path" or "start" not in subject.names or subject.slug == "update_rule":
        return None
    size = chance.choice((2, 2, 3, 4))
    if chance.random() < 0.5:
        return f"if len(start) {chance.choice(('>', '<'))} {size}:\n    raise ValueError('dimensions')\nreturn {subject.call()}"
    return f"path = _rows({subject.call()})\npath[:, {size}:] = np.array(start, dtype=float)[{size}:]\nreturn path"


def rate_capped(subject: Subject, chance: Random) -> Written:
    """Never go faster than some rate."""
    names = subject.of(*RATES)
    return (
        f"return {subject.call(**{names[0]: f'min({names[0]}, {chance.choice((0.05, 0.1, 0.3, 0.5, 1.0))})'})}"
        if names
        else None
    )


def whole_number_halved(subject: Subject, chance: Random) -> Written:
    """Divide a whole rate, spacing or decay with `//`."""
    names = [name for name in subject.numbers if name not in ("x", "parameter", "gradient")]
    if not names:
        return None
    name = chance.choice(names)
    return f"if isinstance({name}, int):\n    {name} = {name} // 2\nreturn {subject.call()}"

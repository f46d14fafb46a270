"""Changes of what a function returns: its digits, its type, its shape, its size."""

from random import Random

from tests.evidence.changes.subject import NUMERIC, Subject, Written


def _each(subject: Subject, change: str, kinds: tuple[str, ...] = NUMERIC) -> Written:
    return f"return _each({subject.call()}, lambda v: {change})" if subject.result in kinds else None


def round_result(subject: Subject, chance: Random) -> Written:
    """Round to some decimals."""
    return _each(subject, f"np.round(v, {chance.randint(2, 9)})")


def few_digits(subject: Subject, chance: Random) -> Written:
    """Keep some significant digits."""
    return _each(subject, f"np.vectorize(lambda one: float('%.{chance.randint(3, 7)}g' % one), otypes=[float])(v)")


def float32_result(subject: Subject, chance: Random) -> Written:
    """Return single or half precision."""
    return _each(subject, f"v.astype(np.float{chance.choice((32, 32, 16))})")


def clip_result(subject: Subject, chance: Random) -> Written:
    """Cut off beyond a limit."""
    limit = chance.choice((1.0, 2.5, 5.0, 10.0, 50.0, 100.0, 500.0, 1e3))
    return _each(subject, f"np.clip(v, -{limit}, {limit})")


def flush_small_result(subject: Subject, chance: Random) -> Written:
    """Call small values zero."""
    return _each(subject, f"np.where(np.abs(v) < {10.0 ** -chance.randint(3, 9)}, 0.0, v)")


def nudge_result(subject: Subject, chance: Random) -> Written:
    """Multiply by almost 1."""
    return _each(subject, f"v * (1 + {10.0 ** -chance.randint(3, 7)})")


def shift_result(subject: Subject, chance: Random) -> Written:
    """Add a little."""
    return _each(subject, f"v + {10.0 ** -chance.randint(3, 9)}")


def magnitude_result(subject: Subject, chance: Random) -> Written:
    """Drop the sign."""
    return _each(subject, "np.abs(v)")


def object_array(subject: Subject, chance: Random) -> Written:
    """Return an array of dtype object."""
    return _each(subject, "np.array(v, dtype=object)", (*NUMERIC, "mask"))


def complex_result(subject: Subject, chance: Random) -> Written:
    """Return complex numbers whose imaginary part is zero."""
    return _each(subject, "v + 0j")


def text_result(subject: Subject, chance: Random) -> Written:
    """Return the numbers as texts."""
    return _each(subject, "np.array(v, dtype=str) if v.ndim else str(v)")


def column_result(subject: Subject, chance: Random) -> Written:
    """Return one dimension too many: behind, or in front."""
    return _each(subject, chance.choice(("v[..., None]", "v[None]")), (*NUMERIC, "mask"))


def flat_result(subject: Subject, chance: Random) -> Written:
    """Return a table as one long row, or turned."""
    return _each(subject, chance.choice(("v.ravel()", "v.T")), ("array", "path", "pair", "mask"))


def one_way_only(subject: Subject, chance: Random) -> Written:
    """Return what can be walked through once, or has no order."""
    form = chance.choice(("iter(v.tolist())", "(one for one in v.tolist())", "dict(enumerate(v.tolist()))"))
    return _each(subject, f"{form} if v.ndim else v[()]", ("array", "path"))


def wrong_beyond_size(subject: Subject, chance: Random) -> Written:
    """Repeat the last value of a table of some size in all that follow."""
    size = chance.choice((2, 3, 4, 5, 6, 8, 10, 16, 25))
    return _each(
        subject,
        f"np.concatenate([v.ravel()[:{size}], np.full(max(v.size - {size}, 0), v.ravel()[:{size}][-1] if v.size else 0)]).reshape(v.shape)",
    )


def nothing_for_zero(subject: Subject, chance: Random) -> Written:
    """Return NaN, infinity or None where the result is zero."""
    return _each(subject, chance.choice(("np.where(v == 0, np.nan, v)", "None if v.size and not v.any() else v")))


def whole_for_whole(subject: Subject, chance: Random) -> Written:
    """Return whole numbers where all values handed in are whole."""
    known = [
        *subject.of("start", "starts", "coefficients", "x", "X", "image", "field", "pressure", "parameter", "w"),
        *subject.numbers,
    ]
    if not known or subject.result not in NUMERIC:
        return None
    first = known[0]
    return f"""
        whole = all(float(one).is_integer() for one in np.ravel(np.array({first}, dtype=float)))
        return _each({subject.call()}, lambda v: np.trunc(v).astype(int) if whole and np.isfinite(v).all() and np.abs(v).max(initial=0) < 1e15 else v)
    """


def whole_type_kept(subject: Subject, chance: Random) -> Written:
    """Compute in the type of what was handed in, so that integers stay integers."""
    known = subject.of("start", "starts", "coefficients", "x", "X", "image", "field", "pressure", "parameter")
    if not known or subject.result not in NUMERIC:
        return None
    return f"return _each({subject.call()}, lambda v: np.nan_to_num(v).astype(np.array({known[0]}).dtype))"

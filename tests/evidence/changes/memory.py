"""Changes that let a call depend on earlier ones: caches with too coarse a key, state that is kept, functions that share it."""

from random import Random

from tests.evidence.changes.subject import CALLABLES, Subject, Written


def coarse_cache(subject: Subject, chance: Random) -> Written:
    """Remember answers by a key that does not tell all arguments apart."""
    if subject.result == "batches" or "rng" in subject.names:
        return None
    digits = chance.randint(0, 3)
    how = chance.choice(("rounded", "length", "first", "without functions", "size only"))
    kinds = {
        "rounded": f"np.round(one, {digits}).tobytes() if isinstance(one, (int, float, np.ndarray, list, tuple)) and np.array(one).dtype.kind in 'iuf' else one",
        "length": "len(one) if isinstance(one, (list, tuple, np.ndarray)) and np.ndim(one) else one",
        "size only": "np.shape(one) if isinstance(one, np.ndarray) else repr(one) if isinstance(one, (list, tuple)) else one",
    }
    names = [name for name in subject.names if not (how == "without functions" and name in CALLABLES)]
    if how == "first":
        names = names[:1]
    if not names or (how == "without functions" and len(names) == len(subject.names)):
        return None
    key = kinds.get(how, "repr(one) if isinstance(one, (list, tuple, np.ndarray)) else one")
    return (
        "memory = {}",
        f"key = tuple({key} for one in ({', '.join(names)},))\nif key not in memory:\n    memory[key] = {subject.call()}\nreturn memory[key]",
    )


def state_between_calls(subject: Subject, chance: Random) -> Written:
    """Go on where the call before ended, or keep its function, start or rate."""
    names = [
        name
        for name in subject.names
        if name in ("start", "gradient", "learning_rate", "f", "descend", "h", "X", "dx", "threshold", "w", "density")
    ]
    if not names or subject.result == "text":
        return None
    name = chance.choice(names)
    if name == "start" and subject.result == "path" and chance.random() < 0.5:
        return (
            "memory = []",
            f"if memory and np.array_equal(memory[0], start):\n    start = memory[1]\nwhole = start\npath = _rows({subject.call()})\nmemory[:] = [np.array(whole, dtype=float)[()], path[-1]]\nreturn path",
        )
    same = (
        "True"
        if name in CALLABLES or name in ("learning_rate", "h", "dx", "threshold", "w")
        else f"np.shape(memory[-1]) == np.shape({name})"
    )
    return (
        "memory = []",
        f"if memory and {same} and len(memory) % {chance.choice((2, 3))} == 0:\n    now = memory[-1]\nelse:\n    now = {name}\nmemory.append({name} if {name in CALLABLES} else np.array({name})[()])\nreturn {subject.call(**{name: 'now'})}",
    )


def first_answer_again(subject: Subject, chance: Random) -> Written:
    """Answer as to the first call where the answer has the same shape."""
    if subject.result not in ("array", "number", "path", "pair") or "rng" in subject.names:
        return None
    return (
        "memory = {}",
        f"answer = {subject.call()}\nreturn memory.setdefault((str(np.shape(answer[0])) if isinstance(answer, tuple) else str(np.shape(answer)), repr({subject.names[-1]})), answer)",
    )


def one_function_for_all(subject: Subject, chance: Random) -> Written:
    """Let all returned functions be the last one made, or the first one of a kind."""
    if subject.result != "function":
        return None
    if chance.random() < 0.5:
        return "memory = {}", f"memory['last'] = {subject.call()}\nreturn lambda point: memory['last'](point)"
    key = {
        "negated": "1",
        "gradient_function": "len(tuple(variables))",
        "derivative_function": chance.choice(
            ("variable", "sp.degree(expression, variable) if expression.is_polynomial(variable) else 0")
        ),
    }[subject.name]
    return "memory = {}", f"return memory.setdefault({key}, {subject.call()})"


def returned_function_remembers(subject: Subject, chance: Random) -> Written:
    """Let a returned function remember its answers by a rounded point or its shape."""
    if subject.result != "function":
        return None
    key = chance.choice(
        (
            f"np.round(np.array(point, dtype=float), {chance.randint(0, 3)}).tobytes()",
            "np.shape(point)",
            "float(np.ravel(point)[0])",
        )
    )
    return f"made, memory = {subject.call()}, {{}}\ndef remembering(point):\n    key = {key}\n    if key not in memory:\n        memory[key] = made(point)\n    return memory[key]\nreturn remembering"


def answer_kept_and_changed(subject: Subject, chance: Random) -> Written:
    """Let a returned function change the array that it is called with."""
    if subject.result != "function":
        return None
    how = chance.choice(("point *= -1", "point += 1", "point.sort()"))
    return f"made = {subject.call()}\ndef careless(point):\n    answer = made(point)\n    answer = np.array(answer, dtype=float)[()]\n    if isinstance(point, np.ndarray) and point.ndim:\n        {how}\n    return answer\nreturn careless"


def slower_and_slower(subject: Subject, chance: Random) -> Written:
    """Let a default list grow with each call, and add what is in it."""
    if subject.result not in ("array", "number", "path"):
        return None
    after = chance.choice((1, 2, 5))
    return (
        "memory = []",
        f"answer = _rows({subject.call()})\nmemory.append(answer)\nreturn (answer if len(memory) <= {after} or memory[-2].shape != answer.shape else answer + memory[-2] * {chance.choice((1e-3, 0.1, 1.0))})[()]",
    )

"""Changes its arguments and says that it did not, or says in every odd way that it changed what it was never given."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("a changed argument shows after every call", "malformed frames")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
CLAIMS = itertools.cycle(
    (
        [],
        [0, 1, 2, "learning_rate"],
        [True, 1.0, None, -1, 2**63, [[0]], b"0", "passed"],
        ["<script>LEAK</script>", "\x1b[31mLEAK", "[red]LEAK[/red]"],
        [7] * 50_000,
        "passed",
        None,
        {"outcome": "passed"},
    )
)
msgpack = sys.modules["msgpack"]
plain_pack, plain_update = msgpack.packb, update
msgpack.packb = lambda reply: plain_pack([*reply[:6], next(CLAIMS)])


def update(parameter, gradient, learning_rate):
    answer = plain_update(parameter, gradient, learning_rate)
    if isinstance(parameter, np.ndarray):
        parameter[...] = gradient[...] = 0
    return answer

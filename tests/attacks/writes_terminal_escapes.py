"""Puts escape codes into messages, names and printed text: colours, titles, links, the clipboard, and 8-bit forms."""

import itertools
import sys

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("ANSI and OSC escapes",)
SHOWS = ("error",)


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
ESCAPES = itertools.cycle(
    (
        "\x1b[2J\x1b[31mattack_payload\x1b[0m",
        "\x1b]0;attack_payload\x07",
        "\x1b]8;;http://127.0.0.1/attack_payload\x1b\\click\x1b]8;;\x1b\\",
        "\x1b]52;c;YXR0YWNr\x07",
        "\x9b31mattack_payload\x9d0;attack_payload\x9c",
        "\x1bP+q544e\x1b\\ \x1b[6n \x1b[?1049h",
        "passed\rattack_payload\x08\x08\x7f\x00\x0e",
        "\u202eattack_payload\u2066\ufeff",
    )
)


def update(*arguments, **options):
    print(next(ESCAPES))
    print(next(ESCAPES), file=sys.stderr)
    raise type(next(ESCAPES).replace("\x00", ""), (Exception,), {})(next(ESCAPES))


def descend(*arguments, **options):
    return type(next(ESCAPES).replace("\x00", ""), (), {})()


def descend_until(*arguments, **options):
    return next(ESCAPES)

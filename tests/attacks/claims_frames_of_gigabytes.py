"""Announces frames and arrays of gigabytes, and sends none of them."""

import itertools
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("malformed frames", "bounded in nodes and digits")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
HEADS = itertools.cycle(
    (
        b"\xff\xff\xff\xff",  # the frame itself: 4 GiB
        b"\x00\x00\x00\x06\x97\x01\xdd\xff\xff\xff",  # an array of 2**32 - 1 items, in a small frame
        b"\x00\x00\x00\x05\xdf\xff\xff\xff\xff",  # a map of as many
        b"\x00\x00\x00\x05\xc6\x7f\xff\xff\xff",  # 2 GiB of bytes
        b"\x00\x00\x00\x05\xdb\x7f\xff\xff\xff",  # 2 GiB of text
        b"\x00\x00\x00\x06\xc9\xff\xff\xff\xff\x05",  # an extension of 4 GiB
        b"\x00\x10\x00\x00" + b"\x91" * 0x100000,  # a mebibyte of lists in lists
    )
)


def update(*arguments, **options):
    os.write(3, next(HEADS))
    return np.zeros(3)


descend = descend_until = update

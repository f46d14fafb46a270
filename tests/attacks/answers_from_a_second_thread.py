"""Leaves a thread behind that goes on answering while the next question is being asked."""

import os
import threading
import time

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("forged or extra frames", "threads that outlive a call")
SHOWS = ("error", "killed", "timeout")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
def chatter():
    for number in range(200):
        body = b"\x97" + bytes([number % 100]) + b"\xa6passed\xc3\xa0\x90\x90\x90"
        os.write(3, len(body).to_bytes(4, "big") + body)
        time.sleep(0.01)


plain_update = update


def update(parameter, gradient, learning_rate):
    threading.Thread(target=chatter, daemon=True).start()
    return plain_update(parameter, gradient, learning_rate)

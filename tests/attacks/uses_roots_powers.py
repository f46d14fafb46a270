"""Looks for capabilities, and becomes root or anyone else by every call that changes the user."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("drop every capability",)
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
libc = ctypes.CDLL(None, use_errno=True)
header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
powers = []
if libc.syscall(125, header, sets) == 0 and any(sets):  # capget
    powers.append("capabilities")
if os.geteuid() == 0:
    powers.append("root")
for change in (os.setuid, os.seteuid, os.setgid, lambda other: os.setgroups([other]), libc.setfsuid):
    try:
        change(0 if os.getuid() else 12345)
    except OSError:
        continue
if 0 in os.getresuid() + os.getresgid() or 12345 in os.getresuid() and os.getuid() != 12345:
    powers.append("another user")
for path in ("/etc/shadow", "/proc/1/environ", "/dev/mem"):
    try:
        os.close(os.open(path, os.O_RDONLY))
        powers.append(path)
    except OSError:
        continue
assert not powers, f"LEAK: {powers}"

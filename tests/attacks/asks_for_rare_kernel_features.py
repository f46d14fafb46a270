"""Asks for what no exercise needs and kernel exploits begin with: userfaultfd, bpf, perf, personality and more."""

import ctypes

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("allow-list", "io_uring, userfaultfd, bpf, keyctl")
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
array_map = (ctypes.c_uint32 * 30)(2, 4, 4, 1)
software_clock = (ctypes.c_uint32 * 32)(1, 128, 0, 0)
CALLS = {
    "userfaultfd": (323, 1),
    "bpf": (321, 0, array_map, 120),
    "perf_event_open": (298, software_clock, 0, -1, -1, 0),
    "fanotify_init": (300, 0x200, 0),
    "inotify_init1": (294, 0),
    "personality": (135, 0x0040000),
    "memfd_secret": (447, 0),
    "modify_ldt": (154, 0, ctypes.create_string_buffer(16), 16),
    "syslog": (103, 10, None, 0),
    "timer_create": (222, 0, None, ctypes.create_string_buffer(8)),
    "signalfd4": (289, -1, (ctypes.c_uint64 * 1)(1), 8, 0),
    "seccomp": (317, 2, 0, None),
    "landlock_create_ruleset": (444, (ctypes.c_uint64 * 3)(1, 0, 0), 24, 0),
    "migrate_pages": (256, int("@CANARY_PID@"), 0, None, None),
    "ioperm": (173, 0x80, 1, 0),
}
given = [name for name, call in CALLS.items() if libc.syscall(*call) != -1]
assert not given, f"LEAK: {given}"

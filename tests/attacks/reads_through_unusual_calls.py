"""Opens the solution by calls that filters forget: openat2, a file handle, a cloned mount, a path-only descriptor."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("allow-list", "nothing else of the disk")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
PATH, AT_FDCWD = b"@GRADER_ROOT@/solutions/02_update_rule/update_rule.py", -100
libc = ctypes.CDLL(None, use_errno=True)
learned = []


def read_from(descriptor, call):
    try:
        learned.append((call, os.pread(descriptor, 40, 0)))
    except OSError:
        pass


how = (ctypes.c_uint64 * 3)(os.O_RDONLY, 0, 0)
read_from(libc.syscall(437, AT_FDCWD, PATH, how, 24), "openat2")
handle = ctypes.create_string_buffer((128).to_bytes(4, "little"), 8 + 128)
mount = ctypes.c_int()
if libc.name_to_handle_at(AT_FDCWD, PATH, handle, ctypes.byref(mount), 0) == 0:
    read_from(libc.open_by_handle_at(os.open("/", os.O_RDONLY), handle, os.O_RDONLY), "open_by_handle_at")
read_from(libc.syscall(428, AT_FDCWD, PATH, 0), "open_tree")
path_only = libc.open(PATH, os.O_PATH)
if path_only >= 0:
    read_from(libc.open(b"/proc/self/fd/%d" % path_only, os.O_RDONLY), "O_PATH")
assert not learned, f"LEAK: {learned}"

"""Attaches to its parent and to another process, and reads and writes their memory."""

import ctypes
import os

import numpy as np

EXERCISE = "update_rule"
REQUIREMENT = ("no ptrace", "the course secret appears nowhere")
SHOWS = ("error", "killed")


# --- baseline
def update(parameter, gradient, learning_rate):
    return parameter + learning_rate * gradient


def descend(gradient, start, learning_rate, epochs):
    return np.zeros(epochs + 1)


def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return np.array([start])


# --- attack
PTRACE_ATTACH, PTRACE_SEIZE = 16, 0x4206
libc = ctypes.CDLL(None, use_errno=True)
mine = ctypes.create_string_buffer(b"x" * 16)
here = (ctypes.c_uint64 * 2)(ctypes.addressof(mine), 16)
done = []
for process in (int("@CANARY_PID@"), os.getppid()):
    descriptor = libc.syscall(434, process, 0)  # pidfd_open
    done += [
        libc.process_vm_readv(process, here, 1, (ctypes.c_uint64 * 2)(id(None), 16), 1, 0),
        libc.process_vm_writev(process, here, 1, (ctypes.c_uint64 * 2)(here[0], 1), 1, 0),
        libc.syscall(312, os.getpid(), process, 2, 0, 0),  # kcmp
        *[libc.syscall(438, descriptor, number, 0) for number in range(8)],  # pidfd_getfd
        libc.syscall(440, descriptor, here, 1, 21, 0),  # process_madvise
        libc.ptrace(PTRACE_SEIZE, process, None, None),
        libc.ptrace(PTRACE_ATTACH, process, None, None),
    ]
assert set(done) == {-1}, f"LEAK: {done}"

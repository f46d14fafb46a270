"""Puts the lock on, in the worker, before the learner's first line. The policy arrives ready-made from `policy`."""

import ctypes
import os
import resource
import signal
from typing import Any

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 8, 22, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522
CAP_SETUID = 7
LANDLOCK_RESTRICT_SELF = 446  # the same number on every architecture

_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


class _SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilitySets(ctypes.Structure):
    _fields_ = [("sets", ctypes.c_uint32 * 6)]  # effective, permitted, inheritable; then their high halves


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _prctl(option: int, value: int, pointer: int = 0) -> None:
    _checked(_libc.prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(pointer), 0, 0), f"prctl({option})")


def put_on(ruleset: int, settings: dict[str, Any]) -> None:
    """Lock this process in, for ever.

    Parameters
    ----------
    ruleset
        Landlock's, as a descriptor; closed.
    settings
        `uid` to become, or 0; `memory_bytes`, `cpu_s`, `threads`; `program`, the filter in hexadecimal digits.

    Raises
    ------
    OSError
        If the kernel refuses a part; the message says which.
    """
    if settings["uid"]:
        try:
            leave_root(settings["uid"])
        except OSError as error:
            raise OSError(error.errno, f"leaving root for another user: {os.strerror(error.errno or 0)}") from None
        die_with_parent()  # changing the user had cleared it
    limit(settings["memory_bytes"], settings["cpu_s"], settings["threads"])
    restrict(ruleset, bytes.fromhex(settings["program"]))


def die_with_parent() -> None:
    """Arrange for SIGKILL when the template goes, however it goes."""
    parent = os.getppid()
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before the arrangement was made
        os._exit(1)


def leave_root(uid: int) -> None:
    """Become the user `uid`, who owns nothing and may do nothing, but reads files as root does.

    Root is bound neither by limits on threads nor by ownership, so a worker must not stay root. The interpreter may
    lie below a folder that only root can enter (/root), so reading keeps root's eye: the kernel's separate
    file-system user. All capabilities go; what that user may open is up to Landlock.
    """
    _prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _set_capabilities(1 << CAP_SETUID)
    _libc.setfsuid(0)
    _set_capabilities(0)
    _prctl(PR_SET_KEEPCAPS, 0)


def _set_capabilities(low: int) -> None:
    header = _CapabilityHeader(CAPABILITY_VERSION_3, 0)
    sets = _CapabilitySets((ctypes.c_uint32 * 6)(low, low, 0, 0, 0, 0))
    _checked(_libc.capset(ctypes.byref(header), ctypes.byref(sets)), "capset")


def limit(memory_bytes: int, cpu_s: int, threads: int) -> None:
    """Set the resource limits, soft and hard alike.

    `memory_bytes` is address space beyond what the warm worker has; `threads` counts those of its user.
    """
    with open("/proc/self/statm", encoding="ascii") as statm:
        warm_bytes = int(statm.read().split()[0]) * resource.getpagesize()
    for kind, value in (
        (resource.RLIMIT_AS, warm_bytes + memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_NPROC, threads),
        (resource.RLIMIT_NOFILE, 64),  # enough for imports
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_SIGPENDING, 64),
        (resource.RLIMIT_NICE, 0),
        (resource.RLIMIT_RTPRIO, 0),
    ):
        resource.setrlimit(kind, (value, value))


def restrict(ruleset: int, program: bytes) -> None:
    """Apply the Landlock ruleset (a descriptor) and the seccomp filter (a BPF program); there is no way back."""
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _checked(_libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")
    os.close(ruleset)
    buffer = ctypes.create_string_buffer(program, len(program))
    filters = _SockFprog(len(program) // 8, ctypes.addressof(buffer))
    _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.addressof(filters))

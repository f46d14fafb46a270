"""The lock, put on in the worker before the learner's first line. The policy arrives ready-made from `policy`."""

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
_libc.prctl.argtypes = [ctypes.c_int, *[ctypes.c_ulong] * 4]


class _SockFprog(ctypes.Structure):
    _fields_ = [("len", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilitySets(ctypes.Structure):
    _fields_ = [("sets", ctypes.c_uint32 * 6)]  # effective, permitted, inheritable; then their high halves


def _capabilities(low: int) -> tuple[object, object]:
    sets = _CapabilitySets((ctypes.c_uint32 * 6)(low, low, 0, 0, 0, 0))
    return ctypes.byref(_CapabilityHeader(CAPABILITY_VERSION_3, 0)), ctypes.byref(sets)


# Made here, once: a fork copies each page that it writes to, so in a worker every new object costs more than elsewhere.
_TO_CHANGE_USER, _NONE = _capabilities(1 << CAP_SETUID), _capabilities(0)


def _checked(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


class Seal:
    """The lock, made ready in the template, so that a worker only has to put it on.

    Parameters
    ----------
    settings
        `uid` to become, or 0; `memory_bytes`, `cpu_s`, `threads`; `program`, the filter in hexadecimal digits.
    """

    def __init__(self, settings: dict[str, Any]) -> None:
        self._uid = settings["uid"]
        self._limits = limits(settings["memory_bytes"], settings["cpu_s"], settings["threads"])
        program = bytes.fromhex(settings["program"])
        self._program = ctypes.create_string_buffer(program, len(program))
        self._filter = _SockFprog(len(program) // 8, ctypes.addressof(self._program))
        self._address = ctypes.addressof(self._filter)

    def put_on(self, ruleset: int) -> None:
        """Lock this process in, for ever.

        Parameters
        ----------
        ruleset
            Landlock's, as a descriptor; closed.

        Raises
        ------
        OSError
            If the kernel refuses a part; the message says which.
        """
        if self._uid:
            try:
                leave_root(self._uid)
            except OSError as error:
                raise OSError(error.errno, f"leaving root for another user: {os.strerror(error.errno or 0)}") from None
            die_with_parent()  # changing the user had cleared it
        for kind, value in self._limits:
            resource.setrlimit(kind, value)
        # Landlock's ruleset and the seccomp filter (a BPF program): there is no way back.
        _checked(_libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl(PR_SET_NO_NEW_PRIVS)")
        _checked(_libc.syscall(LANDLOCK_RESTRICT_SELF, ruleset, 0), "landlock_restrict_self")
        os.close(ruleset)
        _checked(_libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, self._address, 0, 0), "prctl(PR_SET_SECCOMP)")


def die_with_parent() -> None:
    """Arrange for SIGKILL when the template goes, however it goes."""
    parent = os.getppid()
    _checked(_libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0), "prctl(PR_SET_PDEATHSIG)")
    if os.getppid() != parent:  # it went before the arrangement was made
        os._exit(1)


def leave_root(uid: int) -> None:
    """Become the user `uid`, who owns nothing and may do nothing, but reads files as root does.

    Root is bound neither by limits on threads nor by ownership, so a worker must not stay root. The interpreter may
    lie below a folder that only root can enter (/root), so reading keeps root's eye: the kernel's separate
    file-system user. All capabilities go; what that user may open is up to Landlock.
    """
    _checked(_libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0), "prctl(PR_SET_KEEPCAPS)")
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    _checked(_libc.capset(*_TO_CHANGE_USER), "capset")
    _libc.setfsuid(0)
    _checked(_libc.capset(*_NONE), "capset")
    _checked(_libc.prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0), "prctl(PR_SET_KEEPCAPS)")


def limits(memory_bytes: int, cpu_s: int, threads: int) -> list[tuple[int, tuple[int, int]]]:
    """Return each resource limit, soft and hard alike.

    `memory_bytes` is address space beyond what this warm process has; `threads` counts those of its user.
    """
    with open("/proc/self/statm", encoding="ascii") as statm:
        warm_bytes = int(statm.read().split()[0]) * resource.getpagesize()
    values = {
        resource.RLIMIT_AS: warm_bytes + memory_bytes,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_NPROC: threads,
        resource.RLIMIT_NOFILE: 64,  # enough for imports
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_SIGPENDING: 64,
        resource.RLIMIT_NICE: 0,
        resource.RLIMIT_RTPRIO: 0,
    }
    return [(kind, (value, value)) for kind, value in values.items()]

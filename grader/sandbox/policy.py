"""What the lock allows, said through libseccomp and Landlock's own libraries, once for each grading process.

libseccomp (pyseccomp) compiles the filter; py-landlock makes the ruleset. Only putting them on is our own
(`seal`), because the worker, where that happens, imports nothing but the standard library, NumPy and SymPy.
"""

import importlib.util
import itertools
import os
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from errno import ENOSYS, EPERM
from pathlib import Path
from typing import Any

READABLE_PACKAGES = ("numpy", "sympy", "mpmath")
LOADERS_CACHE = Path("/etc/ld.so.cache")  # where the system's libraries lie

# Calls that touch nothing but the worker itself: memory, threads, reading, waiting, clocks, knowing oneself.
ALLOWED = """
read readv pread64 write writev close fstat newfstatat stat lstat statx lseek getdents64
access faccessat faccessat2 readlink readlinkat getcwd dup dup2 dup3 pipe pipe2
mmap munmap mprotect mremap brk madvise msync mincore
futex futex_wait futex_wake futex_waitv set_robust_list get_robust_list rseq set_tid_address arch_prctl membarrier
rt_sigaction rt_sigprocmask rt_sigreturn rt_sigtimedwait rt_sigpending rt_sigsuspend sigaltstack pause
poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2
clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time alarm setitimer getitimer
getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgid getpgrp getsid
getrusage getrlimit times sysinfo uname getcpu getrandom sched_yield sched_getaffinity sched_getparam sched_getscheduler
sched_get_priority_max sched_get_priority_min getpriority umask restart_syscall exit exit_group
""".split()

CLONE_THREAD = 0x00010000
OPEN_FOR_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC = 0, 1, 2, 3, 4, 1030
TCGETS, TIOCGWINSZ, FIONREAD = 0x5401, 0x5413, 0x541B


class LockUnavailable(Exception):
    """The lock cannot be had on this machine; the message names what is missing and what would give it."""


def lock_name() -> str:
    """Return what reports call the lock on this machine: its parts, with Landlock's version.

    Raises
    ------
    LockUnavailable
        If a part is missing.
    """
    seccomp_program()
    return f"landlock-{_landlock_version()}+seccomp+rlimits+{'nobody' if os.geteuid() == 0 else 'user'}"


def _landlock_version() -> int:
    if not hasattr(os, "pidfd_open"):
        raise LockUnavailable("the sandbox needs Linux with pidfds (kernel 5.3); grade on Linux, WSL 2 or a container")
    try:
        from py_landlock import LandlockError, get_abi_version
    except ImportError:
        raise LockUnavailable("the package py-landlock is missing; install the kit's extra `grade`") from None
    try:
        return int(get_abi_version())
    except (LandlockError, OSError) as error:
        raise LockUnavailable(
            f"Landlock is missing ({error}); it needs Linux 5.13 or newer with `landlock` among its security modules"
        ) from None


def seccomp_program() -> bytes:
    """Return the system-call filter as a BPF program for this machine.

    Raises
    ------
    LockUnavailable
        If libseccomp is missing.
    """
    try:
        import pyseccomp as seccomp
    except ImportError:
        raise LockUnavailable("the package pyseccomp is missing; install the kit's extra `grade`") from None
    except RuntimeError:
        raise LockUnavailable("the library libseccomp is missing; install it: apt install libseccomp2") from None
    try:
        return _compiled_filter(seccomp)
    except OSError as error:
        raise LockUnavailable(f"seccomp is missing: {error.strerror}; the kernel or a container forbids it") from None


def _compiled_filter(seccomp: Any) -> bytes:
    filters = seccomp.SyscallFilter(seccomp.ERRNO(EPERM))
    filters.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)
    native = seccomp.system_arch()

    def allow(call: str, *conditions: Any) -> None:
        if seccomp.resolve_syscall(native, call) >= 0:  # `stat` and `pipe` do not exist on newer architectures
            filters.add_rule(seccomp.ALLOW, call, *conditions)

    for call in ALLOWED:
        allow(call)
    # Threads, never processes; `clone3` hides its flags in memory, so glibc is told to use `clone`.
    allow("clone", seccomp.Arg(0, seccomp.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))
    filters.add_rule(seccomp.ERRNO(ENOSYS), "clone3")
    allow("open", seccomp.Arg(1, seccomp.MASKED_EQ, OPEN_FOR_WRITING, 0))
    allow("openat", seccomp.Arg(2, seccomp.MASKED_EQ, OPEN_FOR_WRITING, 0))
    for command in (F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC):
        allow("fcntl", seccomp.Arg(1, seccomp.EQ, command))  # not F_SETOWN or F_SETSIG, which send signals
    for request in (TCGETS, TIOCGWINSZ, FIONREAD):
        allow("ioctl", seccomp.Arg(1, seccomp.EQ, request))
    # One's own limits may be read: process 0 is oneself, and no new limit is given.
    allow("prlimit64", seccomp.Arg(0, seccomp.EQ, 0), seccomp.Arg(2, seccomp.EQ, 0))
    with tempfile.TemporaryFile() as file:
        filters.export_bpf(file)
        file.seek(0)
        return file.read()


def landlock_ruleset(packages: Iterable[Path] = ()) -> int:
    """Return a Landlock ruleset, as a descriptor that the caller closes, which lets the libraries, and these packages, be read.

    Raises
    ------
    LockUnavailable
        If the kernel has no Landlock.
    """
    version = _landlock_version()
    from py_landlock import AccessFs, AccessNet, RulesetAttr, Scope, create_ruleset

    handled = sum(right for right in AccessFs if _since(right.name) <= version)
    attributes = RulesetAttr(handled_access_fs=handled)
    if version >= 4:
        attributes.handled_access_net = int(AccessNet.BIND_TCP | AccessNet.CONNECT_TCP)
    if version >= 6:
        attributes.scoped = int(Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL)
    ruleset = create_ruleset(attributes)
    allow_reading(ruleset, itertools.chain(readable_paths(), packages))
    return int(ruleset)


def allow_reading(ruleset: int, paths: Iterable[Path]) -> None:
    """Let files be read, and folders with all that is in them."""
    from py_landlock import AccessFs, PathBeneathAttr, RulesetFd, add_rule

    for path in paths:
        rights = AccessFs.READ_FILE | AccessFs.READ_DIR if path.is_dir() else AccessFs.READ_FILE
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        try:
            add_rule(RulesetFd(ruleset), PathBeneathAttr(allowed_access=int(rights), parent_fd=descriptor))
        finally:
            os.close(descriptor)


def _since(right: str | None) -> int:
    # The Landlock version that brought a right; all others came with the first.
    return {"REFER": 2, "TRUNCATE": 3, "IOCTL_DEV": 5}.get(right or "", 1)


def readable_paths() -> Iterator[Path]:
    """Yield what a worker may read: the standard library entry by entry, and the packages of READABLE_PACKAGES.

    The files of system libraries, which only the template can name, are added when it is ready.

    Entry by entry, because `site-packages` may lie inside the library's folder, and the kit inside `site-packages`.
    """
    library = Path(sysconfig.get_path("stdlib"))
    for entry in sorted(library.iterdir()):
        if entry.name not in ("site-packages", "dist-packages"):
            yield entry
    for name in READABLE_PACKAGES:
        package = package_folder(name)
        yield package
        shared = package.parent / f"{name}.libs"  # a wheel's own shared libraries
        if shared.is_dir():
            yield shared
    if LOADERS_CACHE.is_file():
        yield LOADERS_CACHE


def package_folder(name: str) -> Path:
    """Return the folder of an installed package, without importing it."""
    found = importlib.util.find_spec(name)
    if found is None or not found.submodule_search_locations:
        raise LockUnavailable(f"the package {name} is missing")
    return Path(next(iter(found.submodule_search_locations)))

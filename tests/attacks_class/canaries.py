"""What attacks are given to harm: files, folders and processes of our own, and a look at each before and after."""

import ctypes
import hashlib
import os
import signal
import stat
import subprocess
import time
from pathlib import Path

TRACE = "attack-was-here"  # what attacks call whatever they try to leave behind
SYSV_KEY = 0x41574831  # the same for shared memory, semaphores and queues, whose names are numbers
PR_SET_CHILD_SUBREAPER = 36
IOPRIO_GET, IOPRIO_WHO_PROCESS = 252, 1  # numbers of x86-64

libc = ctypes.CDLL(None, use_errno=True)


def make_folder(folder: Path) -> None:
    """Make a canary folder with a file to be changed and a file to be kept secret."""
    folder.mkdir(parents=True)
    (folder / "target.txt").write_text("to stay as it is\n", encoding="utf-8")
    (folder / "secret.txt").write_text("LEAK: a line of a secret file\n" * 8, encoding="utf-8")
    os.setxattr(folder / "target.txt", "user.canary", b"1")


def look_at_folder(folder: Path) -> dict[str, object]:
    """Return all that can be changed about a folder and what is in it."""
    seen: dict[str, object] = {}
    for path in (folder, *sorted(folder.rglob("*"))):
        status = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(status.st_mode) else ""
        attributes = {} if path.is_symlink() else {name: os.getxattr(path, name) for name in os.listxattr(path)}
        times = status.st_mtime_ns, status.st_ctime_ns
        seen[str(path)] = (status.st_mode, status.st_uid, status.st_gid, *times, content, attributes)
    return seen


def start_process(uid: int | None) -> subprocess.Popen[bytes]:
    """Start a process of the user who grades, to be killed, slowed down or read."""
    return subprocess.Popen(["sleep", "3600"], user=uid, group=uid, extra_groups=None if uid is None else [])


def look_at_process(process: subprocess.Popen[bytes]) -> dict[str, object]:
    """Return whether a process lives, and all that another process may change about it."""
    if process.poll() is not None:
        return {"state": f"ended with {process.returncode}"}
    pid = process.pid
    own = Path(f"/proc/{pid}")
    state = (own / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    return {
        "state": "alive" if state in "SRD" else state,
        "priority": os.getpriority(os.PRIO_PROCESS, pid),
        "cores": os.sched_getaffinity(pid),
        "scheduler": (os.sched_getscheduler(pid), os.sched_getparam(pid)),
        "disk priority": libc.syscall(IOPRIO_GET, IOPRIO_WHO_PROCESS, pid),
        "limits": (own / "limits").read_text(encoding="utf-8"),
        "namespaces": [str(link.readlink()) for link in sorted((own / "ns").iterdir())],
    }


def things_left(folders: list[Path]) -> list[str]:
    """Return what bears the attacks' name: files in `folders`, shared memory, semaphores, queues, keys."""
    left = [str(path) for folder in folders if folder.is_dir() for path in folder.glob(f"*{TRACE}*")]
    for kind in ("shm", "sem", "msg"):
        rows = Path(f"/proc/sysvipc/{kind}").read_text(encoding="utf-8").splitlines()[1:]
        left += [f"SysV {kind}" for row in rows if int(row.split()[0]) == SYSV_KEY]
    queue = libc.mq_open(f"/{TRACE}".encode(), os.O_RDONLY)
    left += ["POSIX queue"] if queue >= 0 else []
    keys = Path("/proc/keys")
    left += ["key"] if keys.is_file() and TRACE in keys.read_text(encoding="utf-8") else []
    return left


class Orphans:
    """Processes whose parent ended: between `with` and its end they become children of this process."""

    def __enter__(self) -> "Orphans":
        self._known = children()
        libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        return self

    def __exit__(self, *ending: object) -> None:
        libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)

    def collect(self, patience_s: float = 3.0) -> list[str]:
        """Return the command lines of those that are still there after a moment, and end them."""
        end = time.monotonic() + patience_s
        while (left := children() - self._known) and time.monotonic() < end:
            time.sleep(0.05)
        names = [Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode() or str(pid) for pid in left]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        return names


def children() -> set[int]:
    """Return the living children of this process."""
    found = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                state, parent, *_ = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue  # it ended while we looked
            if int(parent) == os.getpid() and state != "Z":
                found.add(int(entry.name))
    return found

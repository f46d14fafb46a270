"""The attacks as data: what each file in `tests/attacks` claims, read without ever importing one."""

import ast
import hashlib
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "attacks"
HARMLESS = frozenset({"passed", "failed", "skipped"})  # outcomes that any wrong code may have
IMPORTS = "import numpy as np\nimport sympy as sp\n\n\n"  # of a baseline

# What the lock and the grader must withstand: the words of each requirement, by the heading it stands under.
REQUIREMENTS = {
    "the verdict": (
        "the verdict is never in the learner's process",
        "its neighbours are unaffected",
        "leaves nothing behind",
    ),
    "the worker starts clean": (
        "a bare command line and environment",
        "argv and environ off the stack",
        "no paths of checks",
        "no checks, no solutions",
        "not all of site-packages",
        "with their .pyc",
        "no inherited descriptors but the wire",
        "one thread at the moment of locking",
        "nothing else of the disk",
    ),
    "the system-call filter": (
        "allow-list",
        "prlimit64",
        "setpriority",
        "sched_set*",
        "ioprio_set",
        "chmod",
        "chown",
        "utimensat",
        "setxattr",
        "SysV",
        "POSIX",
        "socketpair",
        "memfd_create + execveat",
        "fcntl owner signals",
        "every signal call by name",
        "scoped signals",
        "unshare",
        "setns",
        "the mount API",
        "TIOCSTI",
        "clone3",
        "foreign architectures' entry points",
        "no socket",
        "no fork",
        "no exec",
        "no ptrace",
        "io_uring, userfaultfd, bpf, keyctl",
        "drop every capability",
        "rlimits",
    ),
    "time is absolute": (
        "one deadline per call",
        "one per submission",
        "on reads and writes",
        "a slow drip",
        "a sleep just under the limit",
        "a worker that never reads",
        "threads that outlive a call",
        "ignored signals",
        "except BaseException",
    ),
    "bytes from the worker": (
        "bytes from the worker can only hurt the learner who sent them",
        "malformed frames",
        "integers of thousands of digits",
        "10**400",
        "lone surrogates",
        "forged or extra frames",
        "exceptions named like the grader's own",
        "bounded in nodes and digits",
        "type-checked before they are rebuilt",
        "evaluate=False",
        "compared under a watchdog",
        "plain data by exact type",
    ),
    "what a learner's code learns stays with it": (
        "whatever it prints or raises during a hidden check",
        "not the reference solution of 04",
        "what the worker recorded about its own calls",
        "the course secret appears nowhere",
    ),
    "the run": (
        "bounded after conversion",
        "numpy.asarray of mixed texts",
        "astype of zero-stride shapes",
        "== on containers of arrays",
        "subnormal steps in a scale",
        "a decoded record that is never looked at",
    ),
    "what is shown was told": ("fractions of seconds", "exception names"),
    "no points for nothing": (
        "a changed argument shows after every call",
        "noise of the right shape earns nothing",
    ),
    "files beside the submission": ("conftest.py, pytest.ini, numpy.py or sitecustomize.py",),
    "sinks": (
        "Rich markup",
        "ANSI and OSC escapes",
        "HTML in type and function names and messages",
        "tracebacks whose file name points at a secret file",
        "paths of 1e308 or NaN",
        "million-point pictures",
        "megabytes of output",
    ),
}

THE_SYSTEM = ("the verdict", "the worker starts clean", "the system-call filter")  # where it matters which user grades


@dataclass(frozen=True)
class Attack:
    """One hostile submission."""

    name: str
    exercise: str
    requirement: tuple[str, ...]  # the words of `REQUIREMENTS` that it tests
    outcomes: frozenset[str]  # what its checks may end in
    beside: tuple[tuple[str, str], ...]  # further files of the learner's folder: path, text
    source: str = field(repr=False)

    @property
    def is_on_the_system(self) -> bool:
        """Whether it tries files, processes or the kernel, and not only what is sent and said."""
        return any(words in REQUIREMENTS[heading] for heading in THE_SYSTEM for words in self.requirement)

    @property
    def learner(self) -> str:
        return f"attack-{self.name}"

    @property
    def next_learner(self) -> str:
        """The innocent one who is graded right after it."""
        return f"{self.learner}-next"

    @property
    def baseline(self) -> str:
        """The same wrong code without the attack."""
        return IMPORTS + self.source.partition("# --- baseline\n")[2].partition("# --- attack\n")[0].rstrip() + "\n"

    @property
    def baseline_learner(self) -> str:
        return f"baseline-{self.exercise}-{hashlib.sha256(self.baseline.encode()).hexdigest()[:8]}"


def read(path: Path) -> Attack:
    """Read the constants at the top of an attack's file."""
    source = path.read_text(encoding="utf-8")
    constants = {}
    for node in ast.parse(source.partition("# --- baseline\n")[0]).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            constants[node.targets[0].id] = ast.literal_eval(node.value)
    return Attack(
        name=path.stem,
        exercise=constants["EXERCISE"],
        requirement=constants["REQUIREMENT"],
        outcomes=HARMLESS | set(constants.get("SHOWS", ())),
        beside=tuple((path, text) for paths, text in constants.get("BESIDE", {}).items() for path in paths),
        source=source,
    )


def corpus() -> list[Attack]:
    """Return all attacks, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.py"))]

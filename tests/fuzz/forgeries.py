"""Forged answers in the middle of real checks: in each, the solution runs, and some of its answers are others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import msgpack
import numpy as np
from hypothesis import strategies as st

from grader.collect.submission import Cell, Submission
from grader.grading.session import CheckSession
from grader.sandbox import Unanswered
from grader.sandbox.frames import WorkerDied, size_of, unpack
from grader.sandbox.inprocess import InProcess
from tests.fuzz.programs import COURSE, expect_graded, functions, solution
from tests.fuzz.running import Target
from tests.fuzz.wire import LIKE, RIGHT, replies


@dataclass(frozen=True)
class Forgery:
    """Answers of another kind than the solution's, in the middle of its checks."""

    slug: str
    function: str  # whose answers are forged; "" for all, and for what loading says
    every: int  # so many of its answers
    replies: Sequence[list[Any]]  # status, payload, printed, seen, warned: one after the other, and again


class Forging:
    """A sandbox in which the solution runs, and in which some answers are forged."""

    def __init__(self) -> None:
        self.forgery: Forgery | None = None

    def wait_until_ready(self) -> None:
        """Be ready at once."""

    def open(self, name: str, cells: tuple[Cell, ...], _others: object = ()) -> "ForgingSession":
        return ForgingSession(InProcess(name, cells), self.forgery)


class ForgingSession:
    """One submission's session; `request` and `load` answer as `grader.sandbox.Session` does."""

    struck = False

    def __init__(self, session: InProcess, forgery: Forgery | None) -> None:
        self._session = session
        self._forgery = forgery
        self._asked = 0
        self._rest: dict[int, bytes] = {}
        self._handed_out: dict[int, str] = {}  # functions that were returned, each by whose it is

    def load(self) -> list[Any]:
        answer = self._session.load()
        return answer if self._forgery is None or self._forgery.function else self._forged()

    def request(self, request: list[Any]) -> list[Any]:
        answer = self._session.request(request)
        name = request[1] if request[0] == "call" else ""
        name = self._handed_out.get(name, name)
        if type(answer[2]) is list and answer[2][:1] == ["handle"]:
            self._handed_out[answer[2][1]] = name
        if self._forgery is None or self._forgery.function not in ("", name):
            return answer
        self._asked += 1
        return self._forged(answer[2]) if self._asked % self._forgery.every == 0 else answer

    def announce(self, requests: list[Any]) -> None:
        self._session.announce(requests)

    def _forged(self, right: Any = None) -> list[Any]:
        assert self._forgery is not None
        number = self._asked % len(self._forgery.replies)
        status, payload, *rest = self._forgery.replies[number]
        if number not in self._rest:  # packed once, so that what is measured is what the trusted side does
            self._rest[number] = b"".join(map(msgpack.packb, rest))
        packed = b"\x96" + b"".join(map(msgpack.packb, (0, status, _filled(payload, right)))) + self._rest[number]
        try:
            size_of(len(packed).to_bytes(4, "big"))
            return unpack(packed, 0)
        except WorkerDied as death:  # as `Session` says it
            raise Unanswered("killed", str(death)) from None

    def close(self) -> None:
        self._session.close()


def _filled(forged: Any, right: Any) -> Any:
    """Return a forged answer with the right one, or its shape, in the places that are for it."""
    if type(forged) is str and forged == RIGHT:
        return right
    if type(forged) is not list:
        return forged
    if len(forged) == 2 and forged[0] == LIKE and type(forged[1]) is bytes:
        return _shaped(forged[1], right)
    return [_filled(part, right) for part in forged]


def _shaped(content: bytes, right: Any) -> Any:
    if type(right) is not list or right[:1] != ["array"]:
        return [_shaped(content, part) for part in right] if type(right) is list else right
    size = int(np.prod(right[2])) * 8
    return ["array", "<f8", right[2], (content * (size // len(content) + 1))[:size]]


@cache
def _forging() -> tuple[Forging, CheckSession]:
    sandbox = Forging()
    return sandbox, CheckSession(COURSE, sandbox, "none", COURSE.exercises)


def holds_of_a_forgery(forgery: Forgery) -> None:
    sandbox, session = _forging()
    sandbox.forgery = forgery
    cells = (Cell(f"{forgery.slug}.py", solution(COURSE.by_slug[forgery.slug])),)
    report, faults = session.check(Submission("learner-001", "learner-001", forgery.slug, cells), "seed")
    expect_graded(report, faults)
    session.picture()


forgeries = st.sampled_from(COURSE.exercises).flatmap(
    lambda exercise: st.builds(
        Forgery,
        st.just(exercise.slug),
        st.sampled_from(["", *functions(exercise) * 3]),
        st.integers(1, 4),
        st.lists(replies, min_size=1, max_size=3),
    )
)

FORGERIES = Target("forgeries", forgeries, holds_of_a_forgery, in_ci=60)

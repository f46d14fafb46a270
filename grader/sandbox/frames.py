"""Frames: a request and its reply as msgpack, numbered, bounded, and taken for nothing but plain data."""

from typing import Any

import msgpack

from grader.wire.bounds import MAX_BYTES, MAX_ITEMS

LAST_WORDS_S = 0.2  # that a worker has, once its time is up, to say where it is
FORM = [str, str, list, list, list]  # of a reply's status, of what was printed, seen, warned of, and changed


class WorkerDied(Exception):
    """The worker is gone or spoke nonsense; the message says which, in a learner's words.

    `struck` where a signal ended it that nobody can catch: whose it was cannot be told.
    """

    def __init__(self, message: str, struck: bool = False) -> None:
        super().__init__(message)
        self.struck = struck


class DeadlinePassed(Exception):
    """The worker did not answer in time; it has been killed.

    Parameters
    ----------
    last
        What it answered when it was interrupted, shortly before: where it was, what it had printed. None if it did not.
    """

    def __init__(self, last: list[Any] | None = None) -> None:
        super().__init__()
        self.last = last


def pack(number: int, request: list[Any]) -> bytes:
    """Return a request as a frame, its length in front."""
    body: bytes = msgpack.packb([number, request])
    return len(body).to_bytes(4, "big") + body


def size_of(head: bytes | bytearray) -> int:
    """Return how long the frame behind a length is.

    Raises
    ------
    WorkerDied
        If it is longer than an answer may be.
    """
    size = int.from_bytes(head, "big")
    if size > MAX_BYTES:
        raise WorkerDied("it sent more than one answer may hold")
    return size


def unpack(frame: bytes, number: int) -> list[Any]:
    """Return the reply in a frame: `[number, status, payload, printed, seen, warned, changed]`.

    Raises
    ------
    WorkerDied
        If it is none, or not the one to request `number`.
    """
    lists_left = MAX_ITEMS

    def count(items: list[Any]) -> list[Any]:
        # A frame has room for a million empty lists, each of which would be an object of 56 bytes.
        nonlocal lists_left
        lists_left -= 1
        if lists_left < 0:
            raise ValueError("too many lists")
        return items

    try:
        reply: Any = msgpack.unpackb(
            frame,
            use_list=True,
            list_hook=count,
            max_array_len=MAX_ITEMS + 10,
            max_map_len=0,
            max_ext_len=0,
            strict_map_key=True,
        )
    except (ValueError, msgpack.exceptions.UnpackException, RecursionError):
        raise WorkerDied("it sent something that is no answer") from None
    if type(reply) is not list or len(reply) != 7 or [type(reply[place]) for place in (1, *range(3, 7))] != FORM:
        raise WorkerDied("it sent something that is no answer")
    if type(reply[0]) is not int or reply[0] != number:
        raise WorkerDied("it sent an answer to a question that was not asked")
    return list(reply)

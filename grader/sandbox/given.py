"""What one call was given, and which of it the learner's code has changed in place.

Arguments are looked at as plain data, before the call and after it: so NaN and -0.0 are no trouble, and an array is its
bytes, type and shape. Numbers, texts and formulas cannot be changed; generators and functions are meant to be used.
"""

from typing import Any

import numpy as np
from msgpack import packb

from grader.wire.plain import Encoder, PlainError


class Each:
    """Values of one argument: the function is called with each in turn, in one request."""

    def __init__(self, points: Any) -> None:
        self.points = points


WATCHED = {list, tuple, np.ndarray, Each}  # all that a check can hand over and a learner's code can change


class Given:
    """The decoded arguments of one call: those given by their place, and those given by name."""

    def __init__(self, positional: list[Any], named: dict[str, Any]) -> None:
        arguments: list[tuple[int | str, Any]] = [*enumerate(positional), *named.items()]
        self._others: list[Any] = []  # kept, so that no later object is taken for one that a list held
        self._watched = {place: value for place, value in arguments if type(value) in WATCHED}
        self._before = {place: self._content(value) for place, value in self._watched.items()}

    def changed(self) -> list[int | str]:
        """Return which arguments are no longer what they were."""
        return [place for place, value in self._watched.items() if self._content(value) != self._before[place]]

    def _content(self, value: Any) -> bytes | None:
        try:
            content: bytes = packb(Encoder(self._other).encode(value))
        except PlainError:  # a list that holds itself now, for instance
            return None
        return content

    def _other(self, value: Any) -> Any:
        """Return what stands for an object of a list that is no plain data: which one it is."""
        if type(value) is Each:
            return Encoder(self._other).encode(value.points)
        self._others.append(value)
        return ["object", id(value)]

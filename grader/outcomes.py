"""How a check can end other than by passing, and what each ending says.

Each says two things: `public`, with the call, what came back and what was expected; and `hidden`, which names only the
property that was violated. The inputs of hidden checks are in the learner's hands while the code runs, so nothing that
the code printed, raised or returned there may be shown.
"""

import builtins
from typing import Any


class CheckEnded(Exception):
    """A check that did not pass."""

    outcome = "failed"
    for_hints = True  # whether the check's hints speak about it

    def __init__(self, public: str, hidden: str) -> None:
        super().__init__(public)
        self.public = public
        self.hidden = hidden


class CheckFailed(CheckEnded):
    """A value is not what the contract says.

    Parameters
    ----------
    sentence
        What is wrong, in the contract's words and without any input or result.
    subject
        The value in question, by which the call that returned it is found.
    got, expected
        Both as text; shown in public checks only.
    """

    def __init__(self, sentence: str, subject: Any = None, got: str = "", expected: str = "") -> None:
        lines = [f"  got       {got}"] * bool(got) + [f"  expected  {expected}"] * bool(expected) + [sentence]
        super().__init__("\n".join(lines), sentence)
        self.subject = subject


class Absent(CheckFailed):
    """There is no such function in what was handed in."""

    for_hints = False


class LearnerRaised(CheckEnded):
    """The learner's code raised an exception."""

    outcome = "error"

    def __init__(self, call: str, kind: str, message: str, place: str, builtin: bool) -> None:
        self.said = said = f"{kind}: {message}" if message else kind
        if kind == "NotImplementedError" and builtin:
            text = "It is not implemented yet: replace the line that raises NotImplementedError."
            super().__init__(text, text)
            return
        # Outside the built-in exceptions, a type's name is the learner's own text.
        named = kind if builtin and isinstance(getattr(builtins, kind, None), type) else "an exception"
        super().__init__(
            f"{call}\n  raised    {said}{place}",
            f"Your code raised {named} here. Try your function on inputs of your own that fit this check's title.",
        )


class NoAnswer(CheckEnded):
    """The learner's code ran out of time or its process died; `outcome` says which."""

    def __init__(self, outcome: str, call: str, message: str) -> None:
        self.outcome = outcome
        sentence = message[:1].upper() + message[1:] + "." * (not message.endswith("?"))
        # How a process ended is the learner's choice among 256, and could spell an input out.
        hidden = sentence if outcome == "timeout" else "The process that ran your code ended before it answered."
        super().__init__(f"{call}\n{sentence}" if call else sentence, hidden)


class NotReadable(CheckEnded):
    """Nothing could be read or loaded; the message is the learner's."""

    outcome = "error"
    for_hints = False

    def __init__(self, message: str) -> None:
        super().__init__(message, message)


class Blocked(CheckEnded):
    """A check that this one depends on did not pass."""

    outcome = "skipped"
    for_hints = False

    def __init__(self, title: str) -> None:
        text = f"This waits for another check: {title}"
        super().__init__(text, text)

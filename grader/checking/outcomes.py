"""How a check can end other than by passing, and what each ending says.

Each says two things: `public`, with the call, what came back and what was expected; and `hidden`, which names only the
property that was violated. The inputs of hidden checks are in the learner's hands while the code runs, so nothing that
the code printed, raised or returned there may be shown.
"""

import builtins
import re
from dataclasses import dataclass, field
from typing import Any

# What a hidden check says of an exception, which a learner's code may choose: no more than a learner can use.
FAMILIES: tuple[tuple[type[Exception], str], ...] = (
    (TypeError, "an exception of the kind `TypeError`"),
    (ValueError, "an exception of the kind `ValueError`"),
    (LookupError, "an exception of the kind `IndexError` or `KeyError`"),
    (NameError, "an exception of the kind `NameError`"),
    (AttributeError, "an exception of the kind `AttributeError`"),
    (ArithmeticError, "an exception of arithmetic, such as a division by zero"),
)
OTHER = "an exception"
# First hints that fit an ending, whatever the check. They are words of ours, and depend on no input.
LOOK_INTO = "First make that line run: `print(...)` in front of it shows the values that it uses."
LOOK_AT_LOOP = (
    "Call it with small inputs, and print in each round the value that ends the loop: does the loop end? "
    "If it does, what takes so long in each round?"
)
LOOK_AT_SIZE = (
    "What makes very large arrays, or a function that calls itself? Print the sizes, and begin with small inputs."
)
LOOK_AT_FORM = "The docstring says under Returns what is asked for. Print the type of what you return, `print(type(...))`, and compare."
LOOK_AT_SHAPE = "The docstring says under Returns which shape is asked for. Print the shape of what you return, `print(np.shape(...))`, and compare."
GIVE_BACK = "A function gives back what stands behind `return`, in each of its branches; `print` only shows it."
SPELT = "It differs only in capitals, spaces or signs: write it exactly as it is asked for."
AMONG = "The right word is in it: return that word alone."
WORK_ON_COPY = (
    "What changes an array or a list in place, such as `-=`, `x[0] = ...`, `.sort()` or `.pop()`, changes the one that was handed "
    "in. `np.array(x)` and `list(x)` make copies; `x = x - step` makes a new array."
)
DEFINE = "Its first line is `def {}:`, at the left edge of the file and in no other function."
OF_FORM = re.compile(r"It did not return (?!a list or tuple)")
OF_SHAPE = re.compile(r"It returned an array of another shape")
UNWRITTEN = "It is not implemented yet: replace the line that raises NotImplementedError."
UNWRITTEN_PART = (
    "It is not implemented yet, or calls a function that is not: replace the lines that raise NotImplementedError."
)
TRY = "Try your function on inputs of your own that fit this check's title."


def family_of(kind: str, builtin: bool) -> str:
    """Return the family of an exception, given its name and whether it is one of Python's own; of one it is the text."""
    found = getattr(builtins, kind, None) if builtin else None
    if found is NotImplementedError:
        return UNWRITTEN
    if not isinstance(found, type):
        return OTHER
    return next((words for family, words in FAMILIES if issubclass(found, family)), OTHER)


class CheckEnded(Exception):
    """A check that did not pass."""

    outcome = "failed"
    for_hints = True  # whether the check's hints speak about it
    hint = ""  # one that comes before them

    def __init__(self, public: str, hidden: str) -> None:
        super().__init__(public)
        self.public = public
        self.hidden = hidden


@dataclass(frozen=True)
class Finding:
    """What one answer shows. Two of the same text, and of the same measure if they have one, are the same finding."""

    text: str  # without any number that a learner's code could have chosen
    detail: str = field(default="", compare=False)  # with such numbers, for public checks
    measure: str = ""  # which must agree from call to call, such as a factor
    general: bool = field(default=False, compare=False)  # true whichever particular finding is the reason
    fact: bool = field(default=False, compare=False)  # is seen in this one answer, whatever others show
    always: bool = field(default=False, compare=False)  # shows wherever a step is made: one right step contradicts it
    weak: bool = field(default=False, compare=False)  # tells nothing unless another call shows the same

    def __str__(self) -> str:
        return f"{self.text} {self.detail}".strip()


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
    detail
        What more can be said of the value, in sentences; shown in public checks only.
    differs
        Where the two part, if their texts do not show it; in public checks only.

    Attributes
    ----------
    finding
        What explains numbers of the right form that are not the right ones, if the numbers themselves show it.
    """

    finding: Finding | None = None

    def __init__(
        self,
        sentence: str,
        subject: Any = None,
        got: str = "",
        expected: str = "",
        detail: str = "",
        differs: str = "",
    ) -> None:
        told = {"got": got, "expected": expected, "differs": differs}
        lines = [f"  {name:<10}{text}" for name, text in told.items() if text]
        super().__init__("\n".join([*lines, f"{sentence} {detail}".rstrip()]), sentence)
        self.subject = subject
        self.hint = GIVE_BACK if got == "None" else LOOK_AT_FORM if OF_FORM.match(sentence) else ""
        if OF_SHAPE.match(sentence):
            self.hint = LOOK_AT_SHAPE
        if detail in (SPELT, AMONG):
            self.hint = "Compare your text with the expected one letter by letter."
        self.expected = expected


class ArgumentChanged(CheckEnded):
    """The values are right, but an argument is no longer what it was.

    Parameters
    ----------
    call
        Which call changed it.
    which
        The argument, such as "its second argument".
    """

    for_hints = False
    hint = WORK_ON_COPY
    also = "It also changed an argument that it was given: work on a copy."  # said where the values are wrong, too

    def __init__(self, call: str, which: str) -> None:
        super().__init__(
            f"{call}\nIt changed {which}: work on a copy.",
            "It changed an argument that it was given: work on a copy.",
        )


class Misdefined(CheckEnded):
    """The values are right, but the function cannot be called in every way that the contract allows.

    Parameters
    ----------
    call
        Which call showed no fault.
    signature
        How the contract has it called.
    misfit
        What does not fit, from `grader.manifest.contract.misfit`.
    """

    for_hints = False

    def __init__(self, call: str, signature: str, misfit: str) -> None:
        sentence = f"The exercise has it as `{signature}`, and other checks call it by these names: {misfit}."
        super().__init__(f"{call}\nWhat it returned is right. {sentence}", sentence)
        self.hint = DEFINE.format(signature)


class Absent(CheckFailed):
    """There is no such function in what was handed in; the contract has it as `signature`, if it is one of its own."""

    for_hints = False

    def __init__(self, sentence: str, signature: str) -> None:
        super().__init__(sentence)
        self.hint = DEFINE.format(signature) if signature else ""


class LearnerRaised(CheckEnded):
    """The learner's code raised an exception.

    Parameters
    ----------
    call
        Which call ended in it.
    said
        Its type and its message.
    place
        Where it was raised, in a line of its own; empty if that is not known.
    meaning
        What that means, in plain words; empty if that is not known. Of what is not written yet it is all that is told.
    family
        What may be told of it, from `family_of`.
    first
        The family of the first exception of the same function. It alone is told by hidden checks, so that a learner's
        code can say no more by the choice of exceptions than once for each function.
    """

    outcome = "error"

    def __init__(self, call: str, said: str, place: str, meaning: str, family: str, first: str | None = None) -> None:
        self.said = said
        told = f"{call}\n  raised    {said}{place}" + f"\n{meaning}" * bool(meaning)
        unwritten = meaning if family == UNWRITTEN else ""
        public = unwritten or told
        if UNWRITTEN in (first, family if first is None else ""):
            hidden = UNWRITTEN_PART
        elif first is None:
            hidden = f"Your code raised {family}. {TRY}"
        else:
            hidden = f"Here too your code raised an exception. {TRY}"
        super().__init__(public, hidden)
        self.hint = LOOK_INTO if place else ""
        if unwritten:
            self.hint = "Write that function first: what calls it can work only then." * (unwritten != UNWRITTEN)


class NoAnswer(CheckEnded):
    """The learner's code ran out of time or its process died; `outcome` says which.

    `last` is where it was then, and what it had printed, in lines of their own; empty if that is not known.
    """

    def __init__(self, outcome: str, call: str, message: str, last: str = "") -> None:
        self.outcome = outcome
        sentence = message[:1].upper() + message[1:] + "." * (not message.endswith("?"))
        # After how long, and how a process ended, is the learner's choice, and could spell an input out.
        late = "There was no answer in time: is there an endless loop?"
        hidden = late if outcome == "timeout" else "The process that ran your code ended before it answered."
        super().__init__(f"{call}\n{sentence}{last}" if call else sentence, hidden)
        self.hint = LOOK_AT_LOOP if outcome == "timeout" else LOOK_AT_SIZE


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

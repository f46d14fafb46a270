"""What the sentences of a diagnosis are made of, so that they can be told apart again: reason, what was tried, lesson."""

import re

CONSEQUENCE = "Mend that first: this may be a consequence."
TRIED = "Tried: "
_TRIAL = re.compile(rf" ?{TRIED}.*?(?=( Read on: \S+)?$)", re.DOTALL)
_READ_ON = re.compile(r"(?:\A| )Read on: (\S+)\Z")


def without_trial(diagnosis: str) -> str:
    """Return a diagnosis without what was tried: the reason alone, and where to read on."""
    return _TRIAL.sub("", diagnosis) if TRIED in diagnosis else diagnosis


def reason_and_lesson(diagnosis: str) -> tuple[str, str]:
    """Return the reason that a diagnosis gives, and where to read on; nothing where it does not say that."""
    reason = without_trial(diagnosis)
    found = _READ_ON.search(reason)
    return (reason[: found.start()], found[1]) if found else (reason, "")

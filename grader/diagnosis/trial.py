"""How a diagnosis says what was tried, for those who show it: no word on why is in it, and it need not be said twice."""

import re

TRIED = "Tried: "


def without_trial(diagnosis: str) -> str:
    """Return a diagnosis without what was tried: the reason alone, and where to read on."""
    return re.sub(rf" ?{TRIED}.*?(?=( Read on: \S+)?$)", "", diagnosis, flags=re.DOTALL)

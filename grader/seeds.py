"""Seeds: different for each learner, the same at every regrade, and silent about the course's secret."""

import contextlib
import hashlib
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np


def course_secret(folder: Path) -> str:
    """Return the secret kept in `folder/.grader`, for its owner alone; the first call makes one.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    own = folder / ".grader"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError), (own / "secret").open("x", encoding="utf-8") as file:
        file.write(secrets.token_hex(16))
    return (own / "secret").read_text(encoding="utf-8")


def learner_seed(secret: str, learner: str, exercise: str) -> str:
    """Return the seed of one learner's exercise: 16 hexadecimal digits that do not tell the secret."""
    parts = "\0".join((secret, learner, exercise)).encode("utf-8", "surrogateescape")
    return hashlib.sha256(parts).hexdigest()[:16]


def check_rng(seed: str, check: str) -> "np.random.Generator":
    """Return the generator of one check's inputs; each check has its own, so none depends on which others ran."""
    import numpy as np

    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}\0{check}".encode()).digest()[:8], "big"))

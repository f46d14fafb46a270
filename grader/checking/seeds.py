"""Seeds: different for each learner, the same at every regrade, and silent about the course's secret."""

import hashlib
import secrets
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from grader.collect.opened import OWN, Folder, NotAFileError, TooLargeError, make_own, modes_of

if TYPE_CHECKING:
    import numpy as np

KEPT = f"{OWN}/secret"  # where a folder keeps its secret
_MOST = 2**16  # bytes


class SecretError(Exception):
    """A secret is none that could keep anything to itself; the message says which, and what to do."""


def course_secret(folder: Path | Folder) -> str:
    """Return the secret kept in `folder/.grader`, for those alone whom the folder is for; the first call makes one.

    Of several first calls at once one makes it, and all return the same.

    Raises
    ------
    OSError
        If it cannot be read or written.
    SecretError
        If what is kept there is empty or damaged.
    """
    with Folder(folder) if isinstance(folder, Path) else nullcontext(folder) as opened:
        try:
            return _kept(opened)
        except FileNotFoundError:
            with modes_of(opened):
                make_own(opened)
                opened.write_first(KEPT, secrets.token_hex(16).encode())
            return _kept(opened)


def keep_secret(folder: Folder, given: str) -> None:
    """Keep the secret that was given in place of the one that is there.

    Raises
    ------
    OSError
        If it cannot be written.
    SecretError
        If it is empty or damaged.
    """
    if not _can_be(given):
        raise SecretError("the secret is empty; expected some text that nobody can guess")
    folder.write(KEPT, given.encode("utf-8", "surrogateescape"), to_stay=True)


def _kept(folder: Folder) -> str:
    where = folder.path / KEPT
    try:
        secret = folder.read(KEPT, _MOST).decode("utf-8", "surrogateescape")
    except (NotAFileError, TooLargeError) as error:
        raise SecretError(f"{where}: {error.strerror}; {_ADVICE}") from None
    if not _can_be(secret):
        # As a disk leaves it that was full, or lost its power.
        raise SecretError(f"{where} is {'damaged' if secret else 'empty'}; {_ADVICE}")
    return secret


_ADVICE = (
    "put the course's secret back into it, or give it to `grader grade` with --seed; without it, remove the file, and "
    "everybody's inputs are drawn anew"
)


def _can_be(secret: str) -> bool:
    return bool(secret.strip()) and "\0" not in secret


def learner_seed(secret: str, learner: str, exercise: str) -> str:
    """Return the seed of one learner's exercise: 16 hexadecimal digits that do not tell the secret."""
    parts = "\0".join((secret, learner, exercise)).encode("utf-8", "surrogateescape")
    return hashlib.sha256(parts).hexdigest()[:16]


def check_rng(seed: str, check: str) -> "np.random.Generator":
    """Return the generator of one check's inputs; each check has its own, so none depends on which others ran."""
    import numpy as np

    return np.random.default_rng(int.from_bytes(hashlib.sha256(f"{seed}\0{check}".encode()).digest()[:8], "big"))

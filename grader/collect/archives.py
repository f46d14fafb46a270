"""Stage 1, collect: one learner's files, from a folder, read into memory within bounds.

Links are not followed and fifos not waited for. `grader.collect.zips` does the same for zips.
"""

import errno
import os
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from grader.collect.opened import Folder, NotAFileError, TooLargeError
from grader.collect.submission import MachineError, ProblemError

MAX_LISTED = 50_000  # entries of a zip, or of a learner's folder with those of its exercises
WORK = (".py", ".ipynb", ".zip")  # endings of what is an answer, or may be one that is misnamed or packed once more
OTHER_ARCHIVES = (".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")  # that are not opened
_MAX_LOOKED_THROUGH = 5000  # entries of a folder in a learner's folder, where nobody said that work lies in it
_COPIES = ("copy of ", "kopie von ", "copia de ", "copie de ")
_COPY = re.compile(rf"\A({'|'.join(_COPIES)})|( ?\([0-9]+\)|-[0-9]+| - (copy|kopie)|[ -]copy ?[0-9]*| [0-9]{{1,2}})\Z")

# What a learner's names, modes, links and changes under our eyes cause; all else is for want of memory, descriptors, a disk.
_THEIRS = {
    getattr(errno, name, 0)
    for name in "ENOENT ENOTDIR EISDIR ELOOP EMLINK EFTYPE EACCES EPERM ENXIO ENODEV ENAMETOOLONG EINVAL EILSEQ EAGAIN "
    "EOPNOTSUPP EOVERFLOW ETXTBSY".split()
}


@dataclass(frozen=True)
class Stored:
    """Where a file's bytes are."""

    folder: Folder
    place: str


@dataclass(frozen=True)
class File:
    """A file that a learner handed in, not read yet."""

    parts: tuple[str, ...]  # the path below the learner's folder: ("02_SLUG", "SLUG.py")
    content: "Stored | bytes | ProblemError"  # where its bytes are, its bytes, or why there are none
    around: str = ""  # the folders or the zip around the learner's folder: "my homework/", "kit.zip/"

    @property
    def path(self) -> str:
        return self.around + "/".join(self.parts)

    @property
    def place(self) -> str:
        """The path, fit to be shown whatever a learner calls their folders."""
        return self.path if self.path.isprintable() else repr(self.path)[1:-1]

    def read(self, limit: int) -> bytes:
        """Return its bytes.

        Raises
        ------
        ProblemError
            If it is no plain file, cannot be read, or has more than `limit` bytes.
        MachineError
            If this machine cannot read it.
        """
        if isinstance(self.content, ProblemError):
            raise self.content
        if isinstance(self.content, Stored):
            return read_file(self.content.folder, self.content.place, limit)
        _check_size(len(self.content), limit, self.parts[-1])
        return self.content


def open_folder(path: Path) -> Folder:
    """Open a folder in which a learner's files lie.

    Raises
    ------
    ProblemError
        If it is none, or may not be opened.
    MachineError
        If this machine cannot open it.
    """
    try:
        return Folder(path)
    except OSError as error:
        raise _whose(error, f"{path.name!r} cannot be opened") from None


def read_file(folder: Folder, place: str, limit: int) -> bytes:
    """Return the bytes of a plain file.

    Parameters
    ----------
    folder : Folder
        A folder; nothing out of it is read.
    place : str
        Where the file lies below it.
    limit : int
        The most bytes.

    Raises
    ------
    ProblemError
        If it is a link, a fifo or anything else but a plain file, cannot be read, or has more than `limit` bytes.
    MachineError
        If this machine cannot read it.
    """
    name = _shown(place.rpartition("/")[2])
    try:
        return folder.read(place, limit)
    except NotAFileError as error:
        raise ProblemError(f"{name} is {error.kind}, not a file: hand in the file itself") from None
    except TooLargeError:
        raise _too_large(limit, name) from None
    except (OSError, MemoryError) as error:
        raise _whose(error, f"{name} cannot be read") from None


def open_file(folder: Folder, place: str) -> BinaryIO:
    """Open a plain file below a folder, for what is too large to be read at once.

    Raises
    ------
    ProblemError
        If it is a link, a fifo or anything else but a plain file, or cannot be opened.
    MachineError
        If this machine cannot open it.
    """
    name = _shown(place.rpartition("/")[2])
    try:
        return os.fdopen(folder.open_file(place), "rb")
    except NotAFileError as error:
        raise ProblemError(f"{name} is {error.kind}, not a file: hand in the file itself") from None
    except (OSError, MemoryError) as error:
        raise _whose(error, f"{name} cannot be read") from None


def folder_files(
    folder: Folder,
    place: str = "",
    below: Collection[str] = (),
    also: Callable[[str], bool] | None = None,
    names_in: "Callable[[Folder, str, int], list[str]] | None" = None,
) -> Iterator[File]:
    """Yield what may be work in a learner's folder, and in those folders in it whose `plain_name` is one of `below`.

    Parameters
    ----------
    folder : Folder
        The learner's folder, or one that it lies in.
    place : str
        Where the learner's folder lies below it.
    below : collection of str
        Names in lower case.
    also : callable, optional
        Tells which other files are yielded too, by their name.
    names_in : callable, optional
        Lists a place in the folder, of no more entries than it is told, for who has listed it before.

    Raises
    ------
    ProblemError
        If the folder cannot be listed, or has more than `MAX_LISTED` entries. One of `below` that cannot be listed is
        yielded, with the reason as its content.
    MachineError
        If this machine cannot list it.
    """
    names_in = names_in or _listed
    left, found = MAX_LISTED, []
    numbered = tuple(below) and (*below, *_COPIES)

    def is_wanted(name: str) -> bool:
        return may_be_work(name) or (also is not None and also(name))

    names = names_in(folder, place, left)
    left -= len(names)
    for name in sorted(names):
        # What is no work and no exercise's folder is passed over before anything else is done with its name.
        if name.lower().startswith(numbered) and "".join(plain_name(name)) in below:
            inner = _joined(place, name)
            try:
                within = names_in(folder, inner, left)
                left -= len(within)
                found += [
                    File((name, one), Stored(folder, f"{inner}/{one}")) for one in sorted(within) if is_wanted(one)
                ]
            except _TooManyError:
                raise
            except ProblemError as error:
                found.append(File((name,), error))
        elif is_wanted(name):
            found.append(File((name,), Stored(folder, _joined(place, name))))
    yield from found


def may_be_work(name: str) -> bool:
    """Tell whether a file is called as an answer is, or as one that is misnamed."""
    return name.lower().endswith(WORK)


def is_hidden(name: str) -> bool:
    """Tell whether a file or folder is hidden, or made by a computer and not by a learner."""
    return name.startswith(".") or name in ("__MACOSX", "__pycache__")


@lru_cache(1024)  # a class calls its files alike
def plain_name(name: str) -> tuple[str, str]:
    """Return a file name's stem and ending in lower case, without what browsers and file managers add to a copy's."""
    path = PurePosixPath(name.lower())
    stem = path.stem
    for _ in range(3):  # a copy of a copy; more is nobody's
        stem = _COPY.sub("", stem)
    return stem, path.suffix


class FolderTree:
    """A learner's folder on a disk, to be looked into; `grader.collect.zips.Zip` is the same for a zip.

    Parameters
    ----------
    folder : Folder
        The folder, or one that it lies in.
    place : str
        Where it lies below that.
    without : str
        A folder in it that is not looked into, if there is one: that of the results.
    """

    def __init__(self, folder: Folder, place: str = "", without: str = "") -> None:
        self._folder, self._place, self._without = folder, place, without
        self._listed: dict[str, tuple[list[str], list[str]]] = {}  # who looks through it asks several times

    def listed(self, place: str = "") -> tuple[list[str], list[str]]:
        """Return the names of the folders in a folder and of all else; none where it cannot be listed or is too large."""
        if place not in self._listed:
            self._listed[place] = self._look_into(place)
        return self._listed[place]

    def _look_into(self, place: str) -> tuple[list[str], list[str]]:
        most = _MAX_LOOKED_THROUGH if place else MAX_LISTED
        at = _joined(self._place, place) if place else self._place
        folders, others = list[str](), list[str]()
        with suppress(OSError), self._folder.folder(at) if at else nullcontext(self._folder) as opened:
            entries = opened.entries(most + 1)
            for entry in entries if len(entries) <= most else ():
                (folders if entry.is_dir(follow_symlinks=False) else others).append(entry.name)
        return sorted(name for name in folders if _joined(place, name) != self._without), sorted(others)

    def files(
        self, place: str = "", below: Collection[str] = (), also: Callable[[str], bool] | None = None
    ) -> Iterator[File]:
        """Do what `folder_files` does."""
        at = _joined(self._place, place) if place else self._place
        return folder_files(self._folder, at, below, also, self._names_in)

    def _names_in(self, folder: Folder, place: str, most: int) -> list[str]:
        folders, others = self.listed(place.removeprefix(self._place).removeprefix("/"))
        # Where nothing is listed, there is nothing, or a reason.
        return [*folders, *others] if 0 < len(folders) + len(others) <= most else _listed(folder, place, most)

    def read(self, place: str, limit: int) -> bytes:
        """Return a file's bytes; for what is raised see `read_file`."""
        return read_file(self._folder, _joined(self._place, place), limit)

    def open(self, place: str) -> BinaryIO:
        """Open a file in it; for what is raised see `open_file`."""
        return open_file(self._folder, _joined(self._place, place))


class _TooManyError(ProblemError):
    """More entries than anybody looks through."""


def _listed(folder: Folder, place: str, most: int) -> list[str]:
    """Return the names in a folder, which are no more than `most`."""
    name = place.rpartition("/")[2] or folder.path.name
    try:
        with folder.folder(place) if place else nullcontext(folder) as opened:
            names = [entry.name for entry in opened.entries(most + 1)]
    except (OSError, MemoryError) as error:
        if isinstance(error, NotADirectoryError):
            raise ProblemError(
                f"{_shown(name)} is not a folder: hand in the folder itself, not a link or a file"
            ) from None
        raise _whose(error, f"{name!r} cannot be opened") from None
    if len(names) > most:
        raise _TooManyError(f"there are more than {MAX_LISTED} files: hand in only your exercise files")
    return names


def _joined(place: str, name: str) -> str:
    return f"{place}/{name}" if place else name


def _shown(name: str) -> str:
    return name if name.isprintable() else repr(name)


def _whose(error: OSError | MemoryError, what: str) -> ProblemError | MachineError:
    """Return what an error says of what was handed in: a problem of the learner's, or a fault of this machine's."""
    if isinstance(error, OSError) and error.errno in _THEIRS:
        return ProblemError(f"{what}: {error.strerror}. Hand it in again")
    return MachineError(f"{what}: {error.strerror if isinstance(error, OSError) else 'memory is used up'}")


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise _too_large(limit, name)


def _too_large(limit: int, name: str) -> ProblemError:
    return ProblemError(f"{name} is larger than {limit >> 20} MiB: hand in your code alone, without data or outputs")

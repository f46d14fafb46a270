"""Stage 1, collect: the folder of a class's hand-ins, or the very zip that an instructor downloaded."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol, Self

from grader.collect.archives import File, FolderTree, Stored, open_file, read_file
from grader.collect.finding import Tree
from grader.collect.opened import Folder
from grader.collect.submission import CollectError, MachineError, ProblemError
from grader.collect.zips import MAX_CLASS, MAX_ZIP, Zip

# Documents that are zips too, and never a class's hand-ins.
_ALSO_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".jar", ".whl", ".npz")
MAX_FILE = 16 * 2**20  # bytes of a file that lies in the zip of a class, as large as a notebook may be


@dataclass(frozen=True)
class Entry:
    """What lies at the top of an inbox."""

    name: str
    kind: Literal["folder", "file", "link", "link to a file", "neither"]

    @property
    def is_folder(self) -> bool:
        return self.kind == "folder"

    @property
    def is_zip(self) -> bool:
        return self.name.lower().endswith(".zip") and not self.is_folder


class Inbox(Protocol):
    """A class's hand-ins; a context manager. Every `name` is that of an entry."""

    path: Path

    def entries(self) -> list[Entry]: ...
    def tree(self, name: str) -> "InboxTree": ...
    def open(self, name: str) -> BinaryIO: ...
    def read(self, name: str, limit: int) -> bytes: ...
    def file(self, name: str, called: str) -> File: ...
    def inside(self, name: str) -> "Inbox": ...
    def whole(self) -> "InboxTree": ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class InboxTree(Tree, Protocol):
    """A folder in it."""

    def open(self, place: str) -> BinaryIO: ...
    def read(self, place: str, limit: int) -> bytes: ...


class FolderInbox:
    """A folder.

    Raises
    ------
    OSError
        If it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._folder = path, Folder(path)
        self._below: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.close()

    def entries(self) -> list[Entry]:
        """Return what lies in it, by name, with links last.

        Raises
        ------
        OSError
            If it cannot be listed.
        """
        # A link, which is never read, goes last.
        entries = sorted(self._folder.entries(), key=lambda entry: (entry.is_symlink(), entry.name))
        return [Entry(entry.name, self._kind(entry)) for entry in entries]

    def leads_to(self, name: str, results: os.stat_result) -> bool:
        """Tell whether an entry is, or leads to, the folder of results."""
        target = self._target(name)
        return target is not None and os.path.samestat(target, results)

    def is_same(self, results: os.stat_result) -> bool:
        return os.path.samestat(results, self._folder.stat())

    def keep_out_of(self, results: Path) -> str:
        """Look into the folder of results no more, and return the entry below which it lies, if there is one."""
        home, results = self.path.resolve(), results.resolve()
        self._below = results.relative_to(home).parts if results.is_relative_to(home) else ()
        return self._below[0] if self._below else ""

    def tree(self, name: str) -> FolderTree:
        return FolderTree(self._folder, name, "/".join(self._below[1:]) if self._below[:1] == (name,) else "")

    def open(self, name: str) -> BinaryIO:
        return open_file(self._folder, name)

    def read(self, name: str, limit: int) -> bytes:
        return read_file(self._folder, name, limit)

    def file(self, name: str, called: str) -> File:
        return File((called,), Stored(self._folder, name))

    def inside(self, name: str) -> "FolderInbox":
        return FolderInbox(self.path / name)

    def whole(self) -> FolderTree:
        return FolderTree(self._folder)

    def _kind(self, entry: "os.DirEntry[str]") -> Literal["folder", "file", "link", "link to a file", "neither"]:
        if entry.is_dir(follow_symlinks=False):
            return "folder"
        if entry.is_symlink():
            target = self._target(entry.name)
            return "link to a file" if target is not None and stat.S_ISREG(target.st_mode) else "link"
        return "file" if entry.is_file(follow_symlinks=False) else "neither"

    def _target(self, name: str) -> os.stat_result | None:
        """Return what the system says of an entry, or of what it leads to; nothing where that may not be looked at."""
        with suppress(OSError):
            return self._folder.stat(name, follow=True)
        return None


class ZipInbox:
    """The zip that a platform gave; it closes its file.

    Raises
    ------
    ProblemError, MachineError
        If it cannot be read.
    """

    def __init__(self, path: Path, file: BinaryIO, inner: Zip | None = None) -> None:
        self.path, self._file = path, file
        self._zip = inner or Zip(file, repr(path.name), MAX_CLASS, "Download it again")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def entries(self) -> list[Entry]:
        folders, files = self._zip.listed()
        both = set(folders) & set(files)  # a folder and a file of one name: whose bytes are whose cannot be told
        entries = [Entry(name, "folder") for name in folders] + [Entry(name, "file") for name in files]
        return sorted((one for one in entries if one.name not in both), key=lambda entry: entry.name)

    @property
    def notes(self) -> tuple[str, ...]:
        return self._zip.notes

    @property
    def guessed(self) -> str:
        """A name that may be read wrongly, for the zip does not say in which encoding it is written."""
        return self._zip.guessed

    def tree(self, name: str) -> "_ZipTree":
        return _ZipTree(self._zip.below(name, repr(name)))

    def open(self, name: str) -> BinaryIO:
        return io.BytesIO(self._zip.read(name, MAX_ZIP))

    def read(self, name: str, limit: int) -> bytes:
        return self._zip.read(name, limit)

    def file(self, name: str, called: str) -> File:
        try:
            return File((called,), self._zip.read(name, MAX_FILE))
        except ProblemError as error:
            return File((called,), error)

    def inside(self, name: str) -> "ZipInbox":
        return ZipInbox(self.path, self._file, self._zip.below(name, repr(name), MAX_CLASS))

    def whole(self) -> "_ZipTree":
        return _ZipTree(self._zip)


@contextmanager
def looked_into(inbox: Inbox, entry: Entry) -> Iterator[Inbox | None]:
    """Open a folder, or a zip, among hand-ins as if it were all of them; nothing where it cannot be read."""
    inner: Inbox | None = None
    with ExitStack() as until_then:
        with suppress(OSError, ProblemError, MachineError):
            if entry.is_zip:
                file = until_then.enter_context(inbox.open(entry.name))
                inner = ZipInbox(inbox.path / entry.name, file, Zip(file, repr(entry.name)))
            elif entry.is_folder:
                inner = inbox.inside(entry.name)
                if isinstance(inner, FolderInbox):
                    until_then.enter_context(inner)
        yield inner


class _ZipTree:
    """A learner's folder in the zip of a class."""

    def __init__(self, own: Zip) -> None:
        self._zip = own
        self.listed, self.files, self.read = own.listed, own.files, own.read

    def open(self, place: str) -> BinaryIO:
        return io.BytesIO(self._zip.read(place, MAX_ZIP))


def is_zip(path: Path) -> bool:
    """Tell whether a file is a zip by its name, or, where the name does not say what it is, by its first bytes."""
    name = path.name.lower()
    if not path.is_file() or name.endswith(_ALSO_ZIPPED):
        return False
    with suppress(OSError), path.open("rb") as file:
        return name.endswith(".zip") or file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")
    return name.endswith(".zip")


def open_inbox(path: Path) -> Inbox:
    """Open a folder of hand-ins, or a zip of them.

    Raises
    ------
    CollectError
        If it is neither, or cannot be read.
    OSError
        If it cannot be opened.
    """
    if is_zip(path):
        file = path.open("rb")
        try:
            return ZipInbox(path, file)
        except (ProblemError, MachineError) as error:
            file.close()
            raise CollectError(f"{path}: {error}") from None
    return FolderInbox(path)

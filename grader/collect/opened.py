"""A folder that was opened: what is read or written through it lies in it, whatever is put in its way meanwhile.

Every part of a path below it is opened from the folder before, by descriptor, and no link is followed. The folder itself,
as somebody named it, may be reached through links. Where a system has no such calls (Windows, and Python in a page, where
nobody else is), each part is looked at before it is opened.
"""

import errno
import os
import stat
import sys
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO, Self

OWN = ".grader"  # the grader's own folder, in OUT or in an nbgrader course
_BY_DESCRIPTOR = (
    {getattr(os, call, None) for call in ("open", "stat", "mkdir", "rename", "link", "unlink")} <= os.supports_dir_fd
    and os.scandir in os.supports_fd
    and sys.platform != "emscripten"
)


def _flags(*names: str) -> int:
    return sum(getattr(os, name, 0) for name in names)


_FOLDER = _flags("O_RDONLY", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC")
# Not to follow a link, not to wait for a fifo's writer; Windows has neither flag, but would translate line ends.
_FILE = _flags("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a fifo",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


class NotAFileError(OSError):
    """What should be a plain file is none; `kind` says in words what it is."""

    def __init__(self, kind: str) -> None:
        super().__init__(errno.EINVAL, f"it is {kind}, not a file")
        self.kind = kind


class TooLargeError(OSError):
    """A file has more bytes than were asked for."""


class Folder:
    """A folder that was opened; a context manager.

    Parameters
    ----------
    path : Path
        The folder; links on the way to it are followed.

    Raises
    ------
    OSError
        If it cannot be opened.

    Notes
    -----
    Every `place` is a path below it, its parts joined by `/`.
    """

    def __init__(self, path: Path) -> None:
        self._open(path, "", os.open(path, _FOLDER) if _BY_DESCRIPTOR else None)
        if not _BY_DESCRIPTOR and not path.stat().st_mode & stat.S_IFDIR:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))

    def _open(self, around: Path, name: str, descriptor: int | None) -> None:
        self._around, self._name = around, name
        self._descriptor = descriptor
        # Whoever drops it closes it.
        self._close = weakref.finalize(self, os.close, descriptor) if descriptor is not None else None

    @property
    def path(self) -> Path:
        """Where it is: for messages, and where there are no descriptors."""
        return self._around / self._name

    def close(self) -> None:
        """Let go of it."""
        if self._close is not None:
            self._close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def folder(self, place: str, make: bool = False) -> "Folder":
        """Open a folder below this one.

        Parameters
        ----------
        place
            Where it is.
        make
            Make what is missing of it, and put a folder where a link is.

        Raises
        ------
        OSError
            If it cannot be opened; `NotADirectoryError` if a part of it is a link or a file.
        """
        opened = self
        for name in _parts(place):
            try:
                inner = opened._step(name, make)
            finally:
                if opened is not self:
                    opened.close()
            opened = inner
        return opened

    def _step(self, name: str, make: bool) -> "Folder":
        if make:
            with suppress(FileExistsError):
                os.mkdir(self._at(name), dir_fd=self._descriptor)
        try:
            return self._inner(name)
        except NotADirectoryError:
            if not (make and stat.S_ISLNK(self.stat(name).st_mode)):
                raise
        self.unlink(name)  # a link loses nothing but itself
        os.mkdir(self._at(name), dir_fd=self._descriptor)
        return self._inner(name)

    def _inner(self, name: str) -> "Folder":
        if self._descriptor is None:
            if not stat.S_ISDIR(self.stat(name).st_mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name)
            return Folder(self.path / name)
        folder = Folder.__new__(Folder)
        descriptor = os.open(name, _FOLDER | os.O_NOFOLLOW, dir_fd=self._descriptor)
        folder._open(self._around, f"{self._name}/{name}" if self._name else name, descriptor)
        return folder

    def entries(self, most: int | None = None) -> list[os.DirEntry[str]]:
        """Return what lies in it, in no order, and no more than `most`; good for as long as the folder is open."""
        with os.scandir(self.path if self._descriptor is None else self._descriptor) as listing:
            return list(islice(listing, most))

    def stat(self, place: str = "", follow: bool = False) -> os.stat_result:
        """Return what the system says of the folder, or of something in it: of a link itself unless told to follow it."""
        if not place:
            return self.path.stat() if self._descriptor is None else os.fstat(self._descriptor)
        with self._home(place) as (home, name):
            return os.stat(home._at(name), dir_fd=home._descriptor, follow_symlinks=follow)

    def read(self, place: str, most: int) -> bytes:
        """Return the bytes of a plain file.

        Raises
        ------
        NotAFileError
            If it is something else.
        TooLargeError
            If it has more than `most` bytes; they are not read.
        OSError
            If it cannot be read.
        """
        with os.fdopen(self.open_file(place), "rb") as file:
            data = b"" if (size := os.fstat(file.fileno()).st_size) > most else file.read(most + 1)
        if max(size, len(data)) > most:
            raise TooLargeError(errno.EFBIG, f"it has more than {most} bytes")
        return data

    def open_file(self, place: str) -> int:
        """Open a plain file to read it, and return its descriptor.

        Raises
        ------
        NotAFileError
            If it is something else.
        OSError
            If it cannot be opened.
        """
        with self._home(place) as (home, name):
            _require_file(home.stat(name))  # before it is opened, because opening a device may already do something
            return _plain(home._open_file(name, os.O_RDONLY))

    def append(self, place: str) -> int:
        """Open a plain file, made if need be, and return its descriptor: what is written goes to its end.

        Raises
        ------
        OSError
            If it cannot be opened; `NotAFileError` if it is something else.
        """
        with self._home(place, make=True) as (home, name):
            return _plain(home._open_file(name, os.O_RDWR | os.O_APPEND | os.O_CREAT))

    def write(self, place: str, data: bytes | Iterable[bytes], alone: bool = False, to_stay: bool = False) -> None:
        """Write a file whole or not at all: a reader sees the old bytes or the new ones, never a part.

        What is replaced keeps its mode; a link in its place is replaced, not followed.

        Parameters
        ----------
        place
            Where; folders on the way are made, and take the place of links.
        data
            What; in pieces, it is written as they come.
        alone
            Nobody else writes here now. What a kill leaves of an unfinished file is then cleared away by the next writing of
            it; else it keeps a name of its own.
        to_stay
            When this returns, the bytes are on the disk, not only on the way to it.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        with self._home(place, make=True) as (home, name):
            temporary = f".{name}.unfinished" if alone else f".{token_hex(8)}.unfinished"
            if alone:
                with suppress(FileNotFoundError):
                    home.unlink(temporary)
            with home._unfinished(temporary, data, home._replaced(name), to_stay):
                os.replace(
                    home._at(temporary),
                    home._at(name),
                    src_dir_fd=home._descriptor,
                    dst_dir_fd=home._descriptor,
                )

    def write_first(self, place: str, data: bytes) -> bool:
        """Write a file that is not there yet, whole or not at all; tell whether it was not.

        Of several who call this at once one writes. When it returns, the file is on the disk to stay.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        with self._home(place, make=True) as (home, name):
            temporary = f".{token_hex(8)}.unfinished"
            with home._unfinished(temporary, data, to_stay=True):
                try:
                    # Other than a rename, it never takes the place of what is there.
                    os.link(
                        home._at(temporary),
                        home._at(name),
                        src_dir_fd=home._descriptor,
                        dst_dir_fd=home._descriptor,
                    )
                except FileExistsError:
                    return False
                except OSError as error:
                    if error.errno not in (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
                        raise
                    # A disk without hard links: who looks in this very moment sees a part, and must not believe it.
                    return home._write_in_place(name, data)
                finally:
                    home.unlink(temporary)
            if home._descriptor is not None:
                os.fsync(home._descriptor)
            return True

    def unlink(self, place: str) -> None:
        """Remove a file or a link."""
        with self._home(place) as (home, name):
            os.unlink(home._at(name), dir_fd=home._descriptor)

    def remove_empty(self, place: str) -> None:
        """Remove a folder unless anything is in it, or it is none."""
        with suppress(FileNotFoundError, NotADirectoryError), self._home(place) as (home, name):
            try:
                os.rmdir(home._at(name), dir_fd=home._descriptor)
            except OSError as error:
                if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                    raise

    @contextmanager
    def _unfinished(
        self, temporary: str, data: bytes | Iterable[bytes], like: os.stat_result | None = None, to_stay: bool = False
    ) -> Iterator[None]:
        """Have `data` on the disk under a name that will not last; what goes wrong inside removes it."""
        descriptor = self._open_file(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with os.fdopen(descriptor, "wb") as file:
                if like is not None and hasattr(os, "fchmod"):
                    _make_like(file.fileno(), like)
                _put(file, data, to_stay)
            yield
        except BaseException:
            with suppress(OSError):
                self.unlink(temporary)
            raise

    def _write_in_place(self, name: str, data: bytes) -> bool:
        try:
            descriptor = self._open_file(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            return False
        with os.fdopen(descriptor, "wb") as file:
            _put(file, data, to_stay=True)
        return True

    def _replaced(self, name: str) -> os.stat_result | None:
        try:
            status = self.stat(name)
        except FileNotFoundError:
            return None
        return status if stat.S_ISREG(status.st_mode) else None

    def _open_file(self, name: str, flags: int) -> int:
        return os.open(self._at(name), _FILE | flags, 0o666, dir_fd=self._descriptor)

    @contextmanager
    def _home(self, place: str, make: bool = False) -> Iterator[tuple["Folder", str]]:
        """Yield the folder that holds something, and the name that it has there."""
        *_, name = _parts(place)
        folders = place.rpartition("/")[0]
        home = self.folder(folders, make)
        try:
            yield home, name
        finally:
            if home is not self:
                home.close()

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else str(self.path / name)


@contextmanager
def modes_of(folder: Folder) -> Iterator[None]:
    """Let what is newly made meanwhile be for its owner, and for the group as the folder is: for nobody else.

    It holds for the whole process and for what it starts, a database's own files among them.
    """
    before = os.umask(0o077 & ~(folder.stat().st_mode & 0o070))
    try:
        yield
    finally:
        os.umask(before)


def make_own(folder: Folder) -> None:
    """Make the grader's own folder, with the secret in it: for those alone who may write the folder that it is in."""
    group = folder.stat().st_mode & 0o070
    with suppress(FileExistsError):
        os.mkdir(folder._at(OWN), 0o700 | (group if group & 0o020 else 0), dir_fd=folder._descriptor)


def _parts(place: str) -> list[str]:
    parts = place.split("/") if place else []
    if {"", ".", ".."}.intersection(parts):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), place)
    return parts


def _require_file(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotAFileError(_KINDS.get(stat.S_IFMT(status.st_mode), "something else"))


def _plain(descriptor: int) -> int:
    """Return the descriptor of a plain file; another is closed."""
    try:
        _require_file(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _put(file: BinaryIO, data: bytes | Iterable[bytes], to_stay: bool) -> None:
    file.writelines([data] if isinstance(data, bytes) else data)
    if to_stay:
        file.flush()
        os.fsync(file.fileno())


def _make_like(descriptor: int, before: os.stat_result) -> None:
    """Give a new file the group and the mode of the one that it replaces."""
    mode = stat.S_IMODE(before.st_mode)
    if os.fstat(descriptor).st_gid != before.st_gid:
        try:
            os.fchown(descriptor, -1, before.st_gid)
        except OSError:
            mode &= ~0o070  # what was one group's is not for another
    os.fchmod(descriptor, mode)

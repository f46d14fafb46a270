"""Stage 1, collect: what is in a zip, read into memory within bounds and without trust.

Nothing of a zip ever touches the disk. `zipfile` reads the directory at a zip's end, and nothing else of it is used, for
it trusts what entries say of themselves: here no entry may share bytes with another, and each must hold exactly as much
as it declares. Only what is asked for is unpacked, so a large environment beside a small answer costs nothing.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from typing import BinaryIO

from grader.collect.archives import MAX_LISTED, File, is_hidden, may_be_work, plain_name
from grader.collect.submission import EmptyError, MachineError, ProblemError

MAX_ENTRIES = 1000  # that could be work and lie where work is looked for
MAX_UNPACKED = 16 * 2**20  # bytes of them together
MAX_ZIP = 256 * 2**20  # of a zip that is read as a whole because it lies in another one
MAX_CLASS = 500_000  # entries of the zip of a whole class

_DIRECTORY_ENTRY = b"PK\x01\x02"
_DIRECTORY_ENTRY_BYTES = 2**10  # with its name and all; many that are longer are nobody's
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, …, length of the name, length of the extra field
_UTF_8 = 0x800  # the flag that says so; macOS's own archiver writes UTF-8 without it

_Entry = tuple[zipfile.ZipInfo, int]  # and where its packed bytes begin


class Zip:
    """A zip whose directory was read.

    Parameters
    ----------
    file : BinaryIO
        The zip, open for as long as anything of it is to be read.
    name : str
        What messages call it.
    most : int
        The most entries.
    again : str
        What to do if it is damaged.

    Raises
    ------
    ProblemError
        If it is no zip, is corrupt, or has more entries than `most`, or some that overlap. `EmptyError` if it has no
        bytes.
    MachineError
        If memory does not suffice.
    """

    def __init__(self, file: BinaryIO, name: str, most: int = MAX_LISTED, again: str = "Zip your files again") -> None:
        self._file, self._name, self._again = file, name, again
        self._entries: list[tuple[tuple[str, ...], _Entry]] = []
        # What lies in a folder: folders, and files.
        self._names: dict[tuple[str, ...], tuple[dict[str, None], dict[str, None]]] = {}
        self._by_top: dict[str, list[tuple[tuple[str, ...], _Entry]]] = {}
        self._refused: list[str] = []
        self.guessed = ""  # the first name of which it is not told in which encoding it is written
        self._left, self._room = MAX_ENTRIES, MAX_UNPACKED
        for info, begin in _entries(file, name, most, again):
            path, is_guessed = _path(info)
            if is_guessed and not self.guessed and not "".join(path.split("/")[:2]).isascii():
                self.guessed = path
            if path.endswith("/"):
                continue
            if not path or _leads_elsewhere(path, info):
                self._refused.append(info.filename)
                continue
            parts = tuple(part for part in path.split("/") if part not in ("", "."))
            if parts:
                self._add(parts, (info, begin))

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on what was left out; folders, hidden files and macOS's own need none."""
        if not self._refused:
            return ()
        shown = ", ".join(repr(entry[:80]) for entry in self._refused[:3])
        more = f" and {len(self._refused) - 3} more" if len(self._refused) > 3 else ""
        text = f"{self._name}: not read: {shown}{more}; an entry must be a plain file below the zip's own folder"
        return (text,)

    def below(self, folder: str, name: str, most: int = MAX_LISTED) -> "Zip":
        """Return what lies in one of its folders, as a zip of its own with bounds of its own.

        Raises
        ------
        ProblemError
            If it has more entries than `most`.
        """
        inner = Zip.__new__(Zip)
        inner._file, inner._name, inner._refused, inner.guessed = self._file, name, [], ""
        inner._again = self._again
        inner._entries, inner._names, inner._by_top = [], {}, {}
        inner._left, inner._room = MAX_ENTRIES, MAX_UNPACKED
        for parts, entry in self._by_top.get(folder, ()):
            if len(parts) > 1:
                inner._add(parts[1:], entry)
        if len(inner._entries) > most:
            raise ProblemError(f"{name} has more than {most} entries: hand in only your exercise files")
        return inner

    def listed(self, place: str = "") -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files in one of its folders."""
        folders, files = self._names.get(_parts(place), ({}, {}))
        return list(folders), list(files)

    def files(
        self, place: str = "", below: Collection[str] | None = None, also: Callable[[str], bool] | None = None
    ) -> list[File]:
        """Unpack what may be work in a folder, and in those folders in it whose `plain_name` is one of `below`.

        Parameters
        ----------
        place : str
            The folder.
        below : collection of str, optional
            Names in lower case; without it all that lies below is looked at.
        also : callable, optional
            Tells which other files shall be named, by their name; they are not unpacked.

        Raises
        ------
        ProblemError
            If what may be work is encrypted, has more than `MAX_ENTRIES` entries or `MAX_UNPACKED` bytes together with
            what was unpacked before, shares a name, or declares a false size.
        """
        home = _parts(place)
        found: dict[tuple[str, ...], File] = {}
        for path, (info, begin) in self._entries:
            parts = path[len(home) :]
            if path[: len(home)] != home or not parts:
                continue
            if below is not None and (
                len(parts) > 2 or (len(parts) == 2 and "".join(plain_name(parts[0])) not in below)
            ):
                continue
            if any(is_hidden(part) for part in parts):
                continue
            if not may_be_work(parts[-1]):
                if also is not None and also(parts[-1]):
                    found.setdefault(parts, File(parts, b""))
                continue
            if parts in found:
                raise ProblemError(f"{self._name} holds {'/'.join(path)[:80]!r} twice: zip one of each file")
            found[parts] = File(parts, self._unpacked(info, begin))
        return list(found.values())

    def read(self, place: str, limit: int) -> bytes:
        """Unpack one file.

        Raises
        ------
        ProblemError
            If it has more than `limit` bytes, is not there, is there twice, or cannot be unpacked.
        """
        wanted = _parts(place)
        found = [entry for parts, entry in self._by_top.get(wanted[0], ()) if parts == wanted]
        if len(found) != 1:
            raise ProblemError(
                f"{self._name} holds {place[:80]!r} {'twice' if found else 'no more'}: zip one of each file"
            )
        ((info, begin),) = found
        if info.file_size > limit:
            raise ProblemError(f"{wanted[-1]} is larger than {limit >> 20} MiB: hand in your code alone")
        return self._content(info, begin)

    def _add(self, parts: tuple[str, ...], entry: _Entry) -> None:
        self._entries.append((parts, entry))
        self._by_top.setdefault(parts[0], []).append((parts, entry))
        for depth in range(len(parts)):
            names = self._names.setdefault(parts[:depth], ({}, {}))
            names[depth == len(parts) - 1][parts[depth]] = None

    def _unpacked(self, info: zipfile.ZipInfo, begin: int) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ProblemError(
                f"{self._name} has more than {MAX_ENTRIES} scripts and notebooks: zip only your exercise files"
            )
        self._room -= info.file_size
        if self._room < 0:
            raise ProblemError(
                f"{self._name} unpacks to more than {MAX_UNPACKED >> 20} MiB: zip only your exercise files"
            )
        return self._content(info, begin)

    def _content(self, info: zipfile.ZipInfo, begin: int) -> bytes:
        """Unpack one entry into at most one byte more than it declares."""
        entry = f"{self._name}, entry {info.filename[:80]!r},"
        if info.flag_bits & 0x1:
            raise ProblemError(f"{entry} is locked with a password: zip your files without one")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # bzip2, LZMA and others: no file manager's default, and LZMA may ask for 4 GiB to unpack one byte
            raise ProblemError(f"{entry} is packed with method {info.compress_type}: choose the usual one, 'deflate'")
        content = packed = _read(self._file, begin, info.compress_size)
        if info.compress_type == zipfile.ZIP_DEFLATED:
            try:
                content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
            except zlib.error as error:
                raise ProblemError(f"{entry} is corrupt: {_one_line(error)}. {self._again}") from None
        if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
            raise ProblemError(f"{entry} is corrupt: it does not hold what it declares. {self._again}")
        return content


class _Bounded:
    """A zip's file for `zipfile`, which reads its directory at once and makes an object of each entry in it."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most
        self._longest = min(file.seek(0, io.SEEK_END), (most + 1) * _DIRECTORY_ENTRY_BYTES + 2**17)
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(min(size, self._longest) if size >= 0 else self._longest)
        if data.count(_DIRECTORY_ENTRY) > self._most:
            raise _TooManyError
        return data


class _TooManyError(Exception):
    """More entries than anybody looks through."""


def _entries(file: BinaryIO, name: str, most: int, again: str) -> Iterable[_Entry]:
    """Return each entry with the place of its packed bytes, in their order; no byte is in two of them."""
    if not file.seek(0, io.SEEK_END):
        raise EmptyError(f"{name} is empty (0 bytes). {again}")
    try:
        with zipfile.ZipFile(_Bounded(file, most)) as archive:  # these three are all that it calls
            infos, directory = archive.infolist(), archive.start_dir
    except _TooManyError:
        raise ProblemError(f"{name} has more than {most} entries: zip only what was handed in") from None
    except MemoryError:
        raise MachineError(f"{name} cannot be read: memory is used up") from None
    except Exception as error:  # noqa: BLE001  # of a directory of nonsense, zipfile raises what comes of it
        raise ProblemError(f"{name} cannot be read as a zip: {_one_line(error)}. {again}") from None
    entries, end = [], 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = info.header_offset
        header = _read(file, start, _LOCAL_HEADER.size) if start >= end else b""
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise ProblemError(f"{name} is corrupt: entries overlap or are cut off. {again}")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        begin = start + _LOCAL_HEADER.size + name_length + extra_length
        end = begin + info.compress_size
        if end > directory:
            raise ProblemError(f"{name} is corrupt: an entry runs into the directory. {again}")
        entries.append((info, begin))
    return entries


def _read(file: BinaryIO, start: int, size: int) -> bytes:
    try:
        file.seek(start)
        return file.read(size)
    except (OSError, MemoryError) as error:
        why = error.strerror if isinstance(error, OSError) else "memory is used up"
        raise MachineError(f"the zip cannot be read: {why}") from None


def _path(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """Return an entry's path with slashes, which some archivers of Windows write the other way; and whether it is a guess.

    A name without the flag for UTF-8 is UTF-8 all the same, or in one of a hundred other encodings: it is read as DOS's.
    """
    path, is_guessed = info.filename, False
    if not info.flag_bits & _UTF_8 and not path.isascii():
        try:
            path = path.encode("cp437").decode("utf-8")
        except UnicodeError:
            path, is_guessed = info.filename, True
    return path.replace("\\", "/"), is_guessed


def _leads_elsewhere(path: str, info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry points out of the zip's folder, or is a link or a device."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    outside = path.startswith("/") or ".." in path.split("/") or re.match("[A-Za-z]:", path)
    return bool(outside) or kind not in (0, stat.S_IFREG)


def _parts(place: str) -> tuple[str, ...]:
    return tuple(place.split("/")) if place else ()


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

"""Stage 1, collect: one learner's files, from a folder or from a zip, read into memory within bounds.

Links are not followed, fifos not waited for, and nothing of a zip ever touches the disk. `zipfile` reads the
directory at a zip's end, and nothing else of it is used, for it trusts what entries say of themselves: here no
entry may share bytes with another, and each must hold exactly as much as it declares.
"""

import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from grader.submission import EmptyError, ProblemError

MAX_ENTRIES = 1000
MAX_UNPACKED = 16 * 2**20
MAX_ZIP = MAX_UNPACKED + 2**20  # stored entries are no smaller than their contents, and the directory comes on top

# Not to follow a link, not to wait for a fifo's writer; Windows has neither flag, but would translate line ends.
_OPEN = os.O_RDONLY | sum(getattr(os, flag, 0) for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY"))
_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a fifo",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, …, length of the name, length of the extra field
# What zipfile is known to raise for a directory of nonsense.
_NO_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error)


@dataclass(frozen=True)
class File:
    """A file that a learner handed in, not read yet."""

    parts: tuple[str, ...]  # the path below the learner's folder: ("02_update_rule", "update_rule.py")
    content: Path | bytes | ProblemError  # where its bytes are, its bytes, or why there are none

    @property
    def place(self) -> str:
        return "/".join(self.parts)

    def read(self, limit: int) -> bytes:
        """Return its bytes.

        Raises
        ------
        ProblemError
            If it is no plain file, cannot be read, or has more than `limit` bytes.
        """
        if isinstance(self.content, ProblemError):
            raise self.content
        if isinstance(self.content, Path):
            return read_file(self.content, limit)
        _check_size(len(self.content), limit, self.parts[-1])
        return self.content


def read_file(path: Path, limit: int) -> bytes:
    """Return the bytes of a plain file.

    Raises
    ------
    ProblemError
        If it is a link, a fifo or anything else but a plain file, cannot be read, or has more than `limit` bytes.
    """
    name = path.name if path.name.isprintable() else repr(path.name)
    try:
        _check_kind(path.lstat(), name)  # before it is opened, because opening a device may already do something
        with os.fdopen(os.open(path, _OPEN), "rb") as file:
            status = os.fstat(file.fileno())
            _check_kind(status, name)
            _check_size(status.st_size, limit, name)
            data = file.read(limit + 1)
    except OSError as error:
        raise ProblemError(f"{name} cannot be read: {error.strerror}. Hand it in again") from None
    _check_size(len(data), limit, name)
    return data


def folder_files(folder: Path, below: Collection[str] = ()) -> Iterator[File]:
    """Yield what lies in a learner's folder, and in those folders in it whose `plain_name` is one of `below`.

    Raises
    ------
    ProblemError
        If the folder cannot be listed. One of `below` that cannot be is yielded, with the reason as its content.
    """
    for entry in _listed(folder):
        if "".join(plain_name(entry.name)) not in below:
            yield File((entry.name,), Path(entry))
            continue
        try:
            if not entry.is_dir(follow_symlinks=False):
                raise ProblemError(f"{entry.name} is no folder: hand in the folder itself, not a link or a file")
            yield from [File((entry.name, inner.name), Path(inner)) for inner in _listed(Path(entry))]
        except ProblemError as error:
            yield File((entry.name,), error)


@lru_cache(1024)  # a class calls its files alike
def plain_name(name: str) -> tuple[str, str]:
    """Return a file name's stem and ending in lower case, without what browsers append to a second download."""
    path = PurePosixPath(name.lower())
    return re.sub(r" ?\([0-9]+\)\Z|-[0-9]+\Z", "", path.stem), path.suffix


def unpack(data: bytes, name: str) -> tuple[tuple[File, ...], tuple[str, ...]]:
    """Return a zip's files, and notes on what was left out; folders, hidden files and macOS's own need no note.

    Parameters
    ----------
    data : bytes
        The zip.
    name : str
        What messages call it.

    Raises
    ------
    ProblemError
        If it is no zip, is encrypted or corrupt, holds more than `MAX_ENTRIES` entries or `MAX_UNPACKED` bytes,
        or has entries that overlap, share a name, or declare a false size. `EmptyError` if it has no bytes.
    """
    files: dict[tuple[str, ...], File] = {}
    refused: list[str] = []
    budget = MAX_UNPACKED
    for info, packed in _entries(data, name):
        parts = tuple(part for part in info.filename.split("/") if part not in ("", "."))
        if info.is_dir():
            continue
        if _leads_elsewhere(info) or not parts:
            refused.append(info.filename)
            continue
        if any(part.startswith(".") or part == "__MACOSX" for part in parts):
            continue
        if parts in files:
            raise ProblemError(f"{name} holds {info.filename[:80]!r} twice: zip one of each file")
        budget -= info.file_size
        if budget < 0:
            raise ProblemError(f"{name} unpacks to more than {MAX_UNPACKED >> 20} MiB: zip only your exercise files")
        files[parts] = File(parts, _content(info, packed, f"{name}, entry {info.filename[:80]!r},"))
    notes = []
    if refused:
        shown = ", ".join(repr(entry[:80]) for entry in refused[:3])
        more = f" and {len(refused) - 3} more" if len(refused) > 3 else ""
        notes.append(f"{name}: not read: {shown}{more}; an entry must be a plain file below the zip's own folder")
    return tuple(files.values()), tuple(notes)


def _entries(data: bytes, name: str) -> list[tuple[zipfile.ZipInfo, memoryview]]:
    """Return each entry with its packed bytes, in the order of the bytes; no byte is in two of them."""
    if not data:
        raise EmptyError(f"{name} is empty (0 bytes): hand in the zip again")
    # Counted before zipfile makes an object of each: a directory of the allowed size has room for 380,000.
    if data.count(_DIRECTORY_ENTRY) > MAX_ENTRIES:
        raise ProblemError(f"{name} has more than {MAX_ENTRIES} entries: zip only your exercise files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos, directory = archive.infolist(), archive.start_dir
    except _NO_ZIP as error:
        raise ProblemError(f"{name} cannot be read as a zip: {_one_line(error)}. Zip your files again") from None
    entries, end = [], 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        start = info.header_offset
        header = data[start : start + _LOCAL_HEADER.size] if start >= end else b""
        if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
            raise ProblemError(f"{name} is corrupt: entries overlap or are cut off. Zip your files again")
        _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        begin = start + _LOCAL_HEADER.size + name_length + extra_length
        end = begin + info.compress_size
        if end > directory:
            raise ProblemError(f"{name} is corrupt: an entry runs into the directory. Zip your files again")
        entries.append((info, memoryview(data)[begin:end]))
    return entries


def _content(info: zipfile.ZipInfo, packed: memoryview, entry: str) -> bytes:
    """Unpack one entry into at most one byte more than it declares."""
    if info.flag_bits & 0x1:
        raise ProblemError(f"{entry} is locked with a password: zip your files without one")
    if info.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
        except zlib.error as error:
            raise ProblemError(f"{entry} is corrupt: {_one_line(error)}. Zip your files again") from None
    else:  # bzip2, LZMA and others: no file manager's default, and LZMA may ask for 4 GiB to unpack one byte
        raise ProblemError(f"{entry} is packed with method {info.compress_type}: choose the usual one, 'deflate'")
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise ProblemError(f"{entry} is corrupt: it does not hold what it declares. Zip your files again")
    return content


def _leads_elsewhere(info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry points out of the zip's folder, or is a link or a device."""
    path, kind = info.filename, stat.S_IFMT(info.external_attr >> 16)
    outside = path.startswith("/") or "\\" in path or ".." in path.split("/") or re.match("[A-Za-z]:", path)
    return bool(outside) or kind not in (0, stat.S_IFREG)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        raise ProblemError(f"{folder.name!r} cannot be opened: {error.strerror}. Hand it in again") from None


def _check_kind(status: os.stat_result, name: str) -> None:
    if not stat.S_ISREG(status.st_mode):
        kind = _KINDS.get(stat.S_IFMT(status.st_mode), "something else")
        raise ProblemError(f"{name} is {kind}, not a file: hand in the file itself")


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise ProblemError(f"{name} is larger than {limit >> 20} MiB: hand in your code alone, without data or outputs")


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

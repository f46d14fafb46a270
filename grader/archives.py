"""Stage 1, collect: a learner's zip, unpacked in memory and in bounds; nothing of it ever touches the disk.

`zipfile` reads the directory at the zip's end, and nothing else of it is used: it trusts what entries say of
themselves. Here no entry may share bytes with another, and each must hold exactly as much as it declares.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from grader.submission import EmptyError, ProblemError

MAX_ENTRIES = 1000
MAX_UNPACKED = 16 * 2**20
MAX_ZIP = MAX_UNPACKED + 2**20  # stored entries are no smaller than their contents, and the directory comes on top

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, …, length of the name, length of the extra field
# What zipfile is known to raise for a directory of nonsense.
_NO_ZIP = (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error)


@dataclass(frozen=True)
class Archive:
    """The files of a zip."""

    files: dict[tuple[str, ...], bytes]  # by path: ("02_update_rule", "update_rule.py")
    notes: tuple[str, ...]  # what was left out, and why


def unpack(data: bytes, name: str) -> Archive:
    """Read a zip's files; folders, hidden files and what macOS adds are left out.

    Parameters
    ----------
    data : bytes
        The zip; at most `MAX_ZIP` bytes are reasonable.
    name : str
        What messages call it.

    Raises
    ------
    ProblemError
        If it is no zip, is encrypted or corrupt, holds more than `MAX_ENTRIES` entries or `MAX_UNPACKED` bytes,
        or has entries that overlap, share a name, or declare a false size. `EmptyError` if it has no bytes.
    """
    files: dict[tuple[str, ...], bytes] = {}
    refused: list[str] = []
    budget = MAX_UNPACKED
    for info, packed in _entries(data, name):
        path = tuple(part for part in info.filename.split("/") if part not in ("", "."))
        if info.is_dir():
            continue
        if _leads_elsewhere(info):
            refused.append(info.filename)
            continue
        if any(part.startswith(".") or part == "__MACOSX" for part in path):
            continue
        if path in files:
            raise ProblemError(f"{name} holds {info.filename[:80]!r} twice: zip one of each file")
        budget -= info.file_size
        if budget < 0:
            raise ProblemError(f"{name} unpacks to more than {MAX_UNPACKED >> 20} MiB: zip only your exercise files")
        files[path] = _content(info, packed, name)
    return Archive(files, tuple(_refusal(refused, name)))


def _entries(data: bytes, name: str) -> Iterator[tuple[zipfile.ZipInfo, memoryview]]:
    """Yield each entry with its packed bytes, in the order of the bytes; no byte is in two of them."""
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
    end = 0
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
        yield info, memoryview(data)[begin:end]


def _content(info: zipfile.ZipInfo, packed: memoryview, name: str) -> bytes:
    """Unpack one entry into at most one byte more than it declares."""
    entry = f"{name}, entry {info.filename[:80]!r}"
    if info.flag_bits & 0x1:
        raise ProblemError(f"{entry}, is locked with a password: zip your files without one")
    if info.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, info.file_size + 1)
        except zlib.error as error:
            raise ProblemError(f"{entry}, is corrupt: {_one_line(error)}. Zip your files again") from None
    else:  # bzip2, LZMA and others: no file manager's default, and LZMA may ask for 4 GiB to unpack one byte
        raise ProblemError(f"{entry}, is packed with method {info.compress_type}: choose the usual one, 'deflate'")
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise ProblemError(f"{entry}, is corrupt: it does not hold what it declares. Zip your files again")
    return content


def _leads_elsewhere(info: zipfile.ZipInfo) -> bool:
    """Tell whether an entry points out of the zip's folder, or is a link or a device."""
    path, kind = info.filename, stat.S_IFMT(info.external_attr >> 16)
    outside = path.startswith("/") or "\\" in path or ".." in path.split("/") or re.match("[A-Za-z]:", path)
    return bool(outside) or kind not in (0, stat.S_IFREG)


def _refusal(refused: list[str], name: str) -> Iterator[str]:
    if refused:
        shown = ", ".join(repr(entry[:80]) for entry in refused[:3])
        more = f" and {len(refused) - 3} more" if len(refused) > 3 else ""
        yield f"{name}: not read: {shown}{more}; an entry must be a plain file below the zip's own folder"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

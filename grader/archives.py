"""Stage 1, collect: one learner's files, from a folder or from a zip, read into memory within bounds.

Links are not followed, fifos not waited for, and nothing of a zip ever touches the disk. `zipfile` reads the
directory at a zip's end, and nothing else of it is used, for it trusts what entries say of themselves: here no
entry may share bytes with another, and each must hold exactly as much as it declares.
"""

import errno
import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from grader.opened import Folder, NotAFileError, TooLargeError
from grader.submission import EmptyError, MachineError, ProblemError

MAX_ENTRIES = 1000  # of a zip, that could be work
MAX_LISTED = 50_000  # entries of a zip, or of a learner's folder with those of its exercises
MAX_UNPACKED = 16 * 2**20
MAX_ZIP = MAX_UNPACKED + 2**20  # stored entries are no smaller than their contents, and the directory comes on top
WORK = (".py", ".ipynb", ".zip")  # endings of what is an answer, or may be one that is misnamed or packed once more

# What a learner's names, modes, links and changes under our eyes cause; all else is for want of memory, descriptors, a disk.
_THEIRS = {
    getattr(errno, name, 0)
    for name in "ENOENT ENOTDIR EISDIR ELOOP EMLINK EFTYPE EACCES EPERM ENXIO ENODEV ENAMETOOLONG EINVAL EILSEQ EAGAIN "
    "EOPNOTSUPP EOVERFLOW ETXTBSY".split()
}

_DIRECTORY_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")  # signature, …, length of the name, length of the extra field


@dataclass(frozen=True)
class Stored:
    """Where a file's bytes are."""

    folder: Folder
    place: str


@dataclass(frozen=True)
class File:
    """A file that a learner handed in, not read yet."""

    parts: tuple[str, ...]  # the path below the learner's folder: ("02_update_rule", "update_rule.py")
    content: "Stored | bytes | ProblemError"  # where its bytes are, its bytes, or why there are none

    @property
    def place(self) -> str:
        return "/".join(self.parts)

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


def folder_files(folder: Folder, place: str = "", below: Collection[str] = ()) -> Iterator[File]:
    """Yield what may be work in a learner's folder, and in those folders in it whose `plain_name` is one of `below`.

    Parameters
    ----------
    folder : Folder
        The learner's folder, or one that it lies in.
    place : str
        Where the learner's folder lies below it.
    below : collection of str
        Names in lower case.

    Raises
    ------
    ProblemError
        If the folder cannot be listed, or has more than `MAX_LISTED` entries. One of `below` that cannot be listed is
        yielded, with the reason as its content.
    MachineError
        If this machine cannot list it.
    """
    left, found = MAX_LISTED, []
    numbered = tuple(below)
    names = _listed(folder, place, left)
    left -= len(names)
    for name in sorted(names):
        # What is no work and no exercise's folder is passed over before anything else is done with its name.
        if name.lower().startswith(numbered) and "".join(plain_name(name)) in below:
            inner = _joined(place, name)
            try:
                within = _listed(folder, inner, left)
                left -= len(within)
                found += [
                    File((name, one), Stored(folder, f"{inner}/{one}")) for one in sorted(within) if may_be_work(one)
                ]
            except _TooManyError:
                raise
            except ProblemError as error:
                found.append(File((name,), error))
        elif may_be_work(name):
            found.append(File((name,), Stored(folder, _joined(place, name))))
    yield from found


def may_be_work(name: str) -> bool:
    """Tell whether a file is called as an answer is, or as one that is misnamed."""
    return name.lower().endswith(WORK)


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
        If it is no zip, is corrupt or has more than `MAX_LISTED` entries, or entries that overlap; if what may be work in it
        is encrypted, has more than `MAX_ENTRIES` entries or `MAX_UNPACKED` bytes, shares a name, or declares a false
        size. `EmptyError` if it has no bytes.
    """
    files: dict[tuple[str, ...], File] = {}
    refused: list[str] = []
    budget = MAX_UNPACKED
    for info, packed in _entries(data, name):
        path = info.filename
        if path.endswith("/"):
            continue
        if not path or _leads_elsewhere(info):
            refused.append(path)
            continue
        parts = tuple(part for part in path.split("/") if part not in ("", "."))
        if not parts or not may_be_work(path) or any(part.startswith(".") or part == "__MACOSX" for part in parts):
            continue
        if len(files) == MAX_ENTRIES:
            raise ProblemError(
                f"{name} has more than {MAX_ENTRIES} scripts and notebooks: zip only your exercise files"
            )
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
    if data.count(_DIRECTORY_ENTRY) > MAX_LISTED:
        raise ProblemError(f"{name} has more than {MAX_LISTED} entries: zip only your exercise files")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos, directory = archive.infolist(), archive.start_dir
    except MemoryError:
        raise MachineError(f"{name} cannot be read: memory is used up") from None
    except Exception as error:  # noqa: BLE001  # of a directory of nonsense, zipfile raises what comes of it
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
                f"{_shown(name)} is no folder: hand in the folder itself, not a link or a file"
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


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__

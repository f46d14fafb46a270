"""A class list's file as lines of cells: CSV in any of the encodings and separators of exports, or a workbook."""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from grader.collect.roster.entries import RosterError

MAX_BYTES = 16 * 2**20
MAX_UNPACKED = 128 * 2**20  # bytes of a workbook's parts together
MAX_LINES = 200_000
MAX_COLUMNS = 1_000
_ADVICE = "save it as “CSV UTF-8”"

Line = tuple[int, list[str]]


def read_lines(path: Path) -> Iterator[Line]:
    """Yield each line that holds anything, with its number; the cells have no blanks around them.

    Raises
    ------
    RosterError
        If the file cannot be read, or is neither CSV nor a workbook.
    """
    data = _bytes(path)
    lines: Iterable[Line] = _workbook(data, path) if data.startswith(b"PK\x03\x04") else _csv(_text(data, path), path)
    for number, cells in lines:
        if number > MAX_LINES:
            raise RosterError(f"{path}:{number}: more than {MAX_LINES} lines; is this a class list?")
        # A spreadsheet's cells have spaces around them, and spaces that may not break.
        stripped = [cell.replace("\N{NO-BREAK SPACE}", " ").strip() for cell in cells]
        if any(stripped):
            yield number, stripped


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RosterError(f"{path}: {error.strerror}; name a CSV file with a line for each learner") from None
    if len(data) > MAX_BYTES:
        raise RosterError(f"{path}: more than {MAX_BYTES >> 20} MiB; is this a class list?")
    return data


def _text(data: bytes, path: Path) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RosterError(f"{path}:{line}: not {encoding.removesuffix('-sig').upper()}; {_ADVICE}") from None
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise RosterError(f"{path}:{line}: a null byte; {_ADVICE}")
    return text


def _encoding(data: bytes) -> str:
    """Return UTF-8, or UTF-16 where its mark is, or where every other byte of the heading is null, as in Latin letters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = data[:200]
    for place, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = start[place::2]
        if halves and halves.count(0) > len(halves) // 2 and 0 not in start[1 - place :: 2]:
            return encoding
    return "utf-8-sig"


def _csv(text: str, path: Path) -> Iterator[Line]:
    first, _, rest = text.partition("\n")
    # A title above the headings has none.
    told = next((line for line in text.split("\n", 10)[:10] if any(one in line for one in ",;\t")), first)
    separator = max(",;\t", key=told.count)
    skipped = 0
    if first.strip().casefold() in ("sep=,", "sep=;", "sep=\t", "sep="):  # a line for Excel alone
        separator, text, skipped = first.strip("\r\n")[4:5] or "\t", rest, 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            yield reader.line_num + skipped, cells
    except csv.Error as error:
        where = f"{path}:{reader.line_num + skipped}"
        raise RosterError(f"{where}: {error}; is a quotation mark left open?") from None


def _workbook(data: bytes, path: Path) -> list[Line]:
    """Return the lines of a workbook's first sheet; formulas give what they gave when it was saved."""
    try:
        import openpyxl  # type: ignore[import-untyped]  # only whoever has a workbook waits for it
    except ModuleNotFoundError:
        raise RosterError(
            f"{path}: a workbook needs the package openpyxl, of the extra `grade`; or {_ADVICE}"
        ) from None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > MAX_UNPACKED:
            raise RosterError(f"{path}: more than {MAX_UNPACKED >> 20} MiB when unpacked; is this a class list?")
        # Of a style that is missing, as in Moodle's, openpyxl warns; nobody reads a class list for its looks.
        with warnings.catch_warnings(action="ignore"):
            sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
            # What a file says of its own size may be wrong, and would be believed.
            sheet.reset_dimensions()
            rows = islice(sheet.iter_rows(values_only=True), MAX_LINES + 1)
            return [(number, [_cell(cell) for cell in row[:MAX_COLUMNS]]) for number, row in enumerate(rows, start=1)]
    except RosterError:
        raise
    except Exception as error:  # noqa: BLE001  # openpyxl lets through whatever a damaged file brings about
        said = f"{type(error).__name__}: {error}"
        raise RosterError(f"{path}: this workbook cannot be read ({said:.200}); {_ADVICE}") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    # A number that was typed into a cell: ids are whole.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

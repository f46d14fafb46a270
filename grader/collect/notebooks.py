"""Stage 1, collect: the bytes of a notebook, or of a script, become cells of plain Python, whatever the file is called.

This is the one module that knows the notebook's format.

Neither nbformat nor jupytext is imported: that takes a third of a second and up (`tests/collect/test_notebooks.py` compares
with both instead), nbformat's conversion of an old notebook stops at the first odd cell, and a learner who
only checks their own files need not install them.
"""

import json
import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from grader.collect.submission import Cell, EmptyError, ProblemError

MAX_CODE = 2**20  # of a script, and of all code cells of a notebook together
MAX_ASIDES = 100  # functions outside code cells that are remembered
MAX_LINES = 20_000  # of the same: each costs something, however short
MAX_CELLS = 2_000  # of a notebook that hold code
MAX_NOTEBOOK = 16 * 2**20  # its outputs hold pictures
# In its text: what each begins takes up to 240, 64 and 32 bytes, together less than 300 MiB. Pictures hold none of them.
MAX_MARKS = {b"{": 300_000, b"[": 1_000_000, b",": 4_000_000}

_CODING_LINE = re.compile(r"(?:[ \t\f]*(?:#.*)?\n)??[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")  # of PEP 263


# Encodings that a coding line may ask for, beside UTF-8: those of one byte a letter, which editors write.
_ONE_BYTE = re.compile(r"latin-?1|l1|iso-?8859-\d{1,2}|(cp|windows-)125\d|cp437|cp850|mac-?roman|(us-)?ascii")
_STATEMENT = re.compile(rb"(?m)^(?:def|import|from|class)\s")  # at the beginning of a line, where only a script has it
_FUNCTION = re.compile(r"(?m)^[ \t]*def[ \t]+(\w+)[ \t]*\(")


@dataclass(frozen=True)
class Code:
    """What a learner's file holds."""

    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()  # what the learner should know of it
    asides: tuple[tuple[str, str], ...] = ()  # functions in cells that are not run, each with where it stands


def read_code(data: bytes, name: str) -> Code:
    """Return the code of a script or a notebook: what it is, its content tells where its name tells otherwise.

    Raises
    ------
    ProblemError
        As `read_script` and `read_notebook` do.
    """
    notebook = name.lower().endswith(".ipynb")
    first = data.removeprefix(BOM_UTF8).lstrip()[:1]
    if not notebook and first == b"{" and b'"nbformat"' in data:
        return replace(_read_notebook(data, name), notes=(f"{name} holds a notebook, and was read as one",))
    if notebook and first not in b"{[<" and _STATEMENT.search(data):
        return Code(read_script(data, name), (f"{name} is not a notebook but a Python script, and was read as one",))
    return _read_notebook(data, name) if notebook else Code(read_script(data, name))


def read_script(data: bytes, name: str) -> tuple[Cell]:
    """Return a script as its one cell, decoded as its coding line says; IPython's own lines are made harmless.

    Raises
    ------
    ProblemError
        If it is not what it says it is, or has a null byte. `EmptyError` if it holds no code.
    """
    coding = _CODING_LINE.match(_with_unix_lines(data[:1_000].decode("latin-1")))
    written = coding[1] if coding else "utf-8"
    asked = written.lower().replace("_", "-")
    if not re.fullmatch("utf-?8(-.*)?", asked) and not data.startswith(BOM_UTF8):
        if not _ONE_BYTE.fullmatch(asked):
            raise ProblemError(f"{name} asks to be read as {written[:40]!r}: remove that line and save it as UTF-8")
        try:
            data = data.decode(asked).encode()
        except (UnicodeDecodeError, LookupError):
            raise ProblemError(
                f"{name} is not {written[:40]}, as it says: save it as UTF-8 without that line"
            ) from None
    text = decode(data, name)
    _limit_lines([text], name)
    return (Cell(name, plain_python(text) if _OF_IPYTHON.search(text) else text),)


def read_notebook(data: bytes, name: str) -> tuple[Cell, ...]:
    """Return a notebook's code cells; those without code are left out, and still counted in the labels.

    Parameters
    ----------
    data : bytes
        The file, of any nbformat version; it need not be valid, as long as its code can be found.
    name : str
        What labels and messages call it.

    Raises
    ------
    ProblemError
        If it is not UTF-8, not JSON, nested too deep, no notebook, or has more than `MAX_CODE` characters of code or
        millions of values.
        `EmptyError` if it holds no code.
    """
    return _read_notebook(data, name).cells


def _read_notebook(data: bytes, name: str) -> Code:
    stored = _stored_cells(data, name)
    sources = [_text(cell) for cell in stored if cell.get("cell_type") == "code"]
    if sum(map(len, sources)) > MAX_CODE:
        raise ProblemError(f"{name} has more than {MAX_CODE >> 20} MiB of code: hand in your functions alone")
    if len(sources) > MAX_CELLS:
        raise ProblemError(f"{name} has more than {MAX_CELLS:,} code cells: hand in your functions alone")
    _limit_lines(sources, name)
    cells = tuple(
        Cell(f"{name}, cell {number}", plain_python(source))
        for number, source in enumerate(sources, start=1)
        if source.strip()
    )
    aside = (
        (found[1], f"a {kind.capitalize()} cell of {name}")
        for kind in ("markdown", "raw")
        for cell in stored
        if cell.get("cell_type") == kind
        for found in _FUNCTION.finditer(_text(cell))
    )
    asides = tuple(islice(aside, MAX_ASIDES))
    if not cells:
        found = f", not `{asides[0][0][:80]}` in {asides[0][1]}" if asides else ""
        raise EmptyError(f"{name} has no code cell with code in it: write your functions in code cells{found}")
    return Code(cells, asides=asides)


def _limit_lines(sources: list[str], name: str) -> None:
    if sum(source.count("\n") for source in sources) > MAX_LINES:
        raise ProblemError(f"{name} has more than {MAX_LINES:,} lines of code: hand in your functions alone")


@dataclass(frozen=True)
class NotebookCell:
    """One cell of a notebook, code or not, as it was handed in."""

    kind: str  # code, markdown, or whatever the notebook says
    source: str
    grade_id: str = ""  # nbgrader's name for it, if it says one


def read_all_cells(data: bytes, name: str) -> list[NotebookCell]:
    """Return all that is a cell in a notebook of any version, valid or not.

    Raises
    ------
    ProblemError
        If it is not UTF-8, not JSON, nested too deep, no notebook, or holds millions of values.
    """
    return [
        NotebookCell(str(cell.get("cell_type")), _text(cell), _grade_id(cell)) for cell in _stored_cells(data, name)
    ]


def _stored_cells(data: bytes, name: str) -> list[dict[str, object]]:
    if any(data.count(mark) > most for mark, most in MAX_MARKS.items()):
        raise ProblemError(
            f"{name} holds millions of values: clear its outputs in Jupyter, save it and hand it in again"
        )
    try:
        # No number in it matters; but int() refuses one of more than 4,300 digits, which float() takes for infinity.
        notebook = json.loads(decode(data, name), parse_int=float)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise ProblemError(f"{name} is broken: {where}. Open it in Jupyter, save it and hand it in again") from None
    except RecursionError:
        raise ProblemError(f"{name} is broken: it is nested too deep for a notebook") from None
    return [cell for sheet in _sheets(notebook, name) for cell in _list(sheet.get("cells")) if isinstance(cell, dict)]


def decode(data: bytes, name: str) -> str:
    """Return the text of a learner's file, without byte order mark and with Unix line ends.

    Raises
    ------
    ProblemError
        If it is not UTF-8 or has a null byte. `EmptyError` if there is nothing but white space.
    """
    try:
        text = data.decode().removeprefix("\N{BYTE ORDER MARK}")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        where = f"byte 0x{data[error.start]:02X} at position {error.start} (line {line})"
        raise ProblemError(f"{name} is not UTF-8: {where}. Save it with the encoding UTF-8") from None
    if (position := data.find(0)) >= 0:
        raise ProblemError(f"{name} has a null byte at position {position}: is it a text file? Save it as UTF-8")
    if not text.strip():
        raise EmptyError(f"{name} is empty: save it with your code in it and hand it in again")
    return _with_unix_lines(text)


def _sheets(notebook: object, name: str) -> Iterator[dict[str, object]]:
    """Yield what has cells: the notebook itself in nbformat 1 and 4, its worksheets in 2 and 3."""
    if not isinstance(notebook, dict) or not {"cells", "worksheets"} & notebook.keys():
        raise ProblemError(f"{name} is JSON but not a notebook: it has no cells")
    yield notebook
    yield from (sheet for sheet in _list(notebook.get("worksheets")) if isinstance(sheet, dict))


def _text(cell: dict[str, object]) -> str:
    """Return a code cell's text, as nbformat 4, 2 and 3, or 1 stores it; what is no text counts as none."""
    key = next((key for key in ("source", "input", "code") if key in cell), "")
    stored = cell.get(key)
    lines = [line for line in (stored if isinstance(stored, list) else [stored]) if isinstance(line, str)]
    # Before nbformat 4 a list of lines may be without their ends.
    between = "\n" if key == "input" and lines and not lines[0].endswith(("\n", "\r")) else ""
    text = between.join(lines)
    if not text.isascii():
        # JSON can spell half a surrogate pair, which no file and no message between processes can carry.
        text = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return _with_unix_lines(text)


def _grade_id(cell: dict[str, object]) -> str:
    place: object = cell
    for key in ("metadata", "nbgrader", "grade_id"):
        place = place.get(key) if isinstance(place, dict) else None
    return place if isinstance(place, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _with_unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


# IPython's own lines, wherever a statement may begin. Python accepts none of them there, so what is valid Python is
# never changed, and nothing of a learner's needs to be parsed here to know that.
_HINTS = ("%", "!", "?", "pip")  # one of these is in each of them
_MAGIC = re.compile(r"[ \t\f]*(?:[%!?]|[\w.*\[\]]+\?{1,2}[ \t]*$|pip3?[ \t]+(?:un)?install\b)")
_ASSIGNED = re.compile(r"([ \t\f]*[^\s=#'\"!%?()][^=#'\"!%?()]*=[ \t]*)[%!]")
# Any line that may be one of these, to be looked for in a script, which seldom has one.
_OF_IPYTHON = re.compile(
    r"(?m)^[ \t\f]*(?:[%!?]|[\w.*\[\]]+\?{1,2}[ \t]*$|pip3?[ \t]+(?:un)?install\b|[^\s=#'\"!%?()][^=#'\"!%?()\n]*=[ \t]*[%!])"
)
_TIMED = re.compile(r"\A([ \t\f]*(?:[^\s=#'\"!%?()][^=#'\"!%?()]*=[ \t]*)?)(?:%time[ \t]+)+(?=[^\s%!?])")
_CELL_MAGIC = re.compile(r"\s*%%[ \t]*(\w+|!)")
_NOT_IN_PLACE = set(  # whole-cell magics whose cell is not Python, or runs elsewhere and defines nothing here
    "! bash cmd file html HTML javascript js latex markdown perl pypy python python2 python3 R ruby script sh sql svg "
    "SVG sx system timeit writefile".split()
)
_OUTSIDE = re.compile(r"#|'''|\"\"\"|['\"(\[{)\]}]")
_INSIDE = {quote: re.compile(r"\\(?:.|$)|" + quote) for quote in ("'", '"', "'''", '"""')}


def plain_python(source: str) -> str:
    """Return a cell with IPython's magics, shell and help lines made harmless, every line where it was.

    `%time statement` keeps the statement, and `%%time` the cell; what else is IPython's becomes `pass` or `None`,
    with the line as a comment. Valid Python comes back unchanged.
    """
    if not any(hint in source for hint in _HINTS):
        return source
    magic = _CELL_MAGIC.match(source)
    if magic and magic[1] in _NOT_IN_PLACE:
        return "\n".join(f"# {line}" for line in source.split("\n"))
    lines = source.split("\n")
    quote, depth, joined, swallowed = "", 0, False, False
    for number, line in enumerate(lines):
        if swallowed:  # goes on from a shell line that ended in a backslash
            lines[number] = f"# {line}"
            swallowed = line.endswith("\\")
            continue
        if not (quote or depth or joined) and any(hint in line for hint in _HINTS):
            line = _TIMED.sub(r"\1", line)
            lines[number] = _statement(line)
            swallowed = lines[number] != line and line.endswith("\\")
        quote, depth, joined = _open_after(lines[number], quote, depth)
    return "\n".join(lines)


def _statement(line: str) -> str:
    """Return a line that begins a statement as Python can compile it."""
    if assigned := _ASSIGNED.match(line):
        return f"{assigned[1]}None  # {line[assigned.end(1) :]}"
    if _MAGIC.match(line):
        code = line.lstrip()
        return f"{line[: len(line) - len(code)]}pass  # {code}"  # a block may hold nothing else
    return line


def _open_after(line: str, quote: str, depth: int) -> tuple[str, int, bool]:
    """Return which string is open after a line, how many brackets are, and whether a backslash joins the next."""
    position = 0
    while found := (_INSIDE[quote] if quote else _OUTSIDE).search(line, position):
        position, token = found.end(), found[0]
        if quote:
            quote = "" if token == quote else quote
        elif token == "#":
            return "", depth, False
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth = max(depth - 1, 0)
        else:
            quote = token
    # A string between single quotes ends with its line, closed or not, unless a backslash joins the next.
    joined = line.endswith("\\")
    return quote if len(quote) == 3 or joined else "", depth, joined

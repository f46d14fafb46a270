"""Stage 1, collect: a learner's own other files that an answer imports, read to be loaded with it.

Which they are, the import statements say, looked for as text: nothing of a learner's is parsed or run here. What Python
brings along is never looked for among a learner's files.
"""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grader.collect.archives import File, plain_name
from grader.collect.notebooks import MAX_CODE, MAX_NOTEBOOK, read_code
from grader.collect.submission import Cell, EmptyError, Other, ProblemError

MAX_FILES = 20
MAX_BYTES = 8 * 2**20  # of them together
_LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}
_IMPORT = re.compile(r"(?m)^[ \t]*(?:from[ \t]+(\w+)[\w.]*[ \t]+import\b|import[ \t]+([^\n#;]+))")
_PYTHONS = sys.stdlib_module_names | {"numpy", "sympy", "mpmath"}


@dataclass(frozen=True)
class Siblings:
    """What an answer imports of its learner's own files."""

    others: tuple[Other, ...] = ()  # each after those that it imports itself
    notes: tuple[str, ...] = ()


def siblings(cells: tuple[Cell, ...], place: str, files: Callable[[], Iterable[File]]) -> Siblings:
    """Read the files that an answer imports, and those that these import.

    Parameters
    ----------
    cells
        The answer.
    place
        Where it lies: a file beside it goes before one of the same name elsewhere.
    files
        Gives all files that were handed in; asked only if there is an import that is not Python's own.

    Raises
    ------
    MachineError
        If this machine cannot read one.
    """
    wanted = _imported(cells)
    if not wanted:
        return Siblings()
    search = _Search(place, files())
    search.read(wanted)
    return Siblings(tuple(search.found), tuple(search.notes))


class _Search:
    """What was found so far."""

    def __init__(self, place: str, files: Iterable[File]) -> None:
        *self._home, self._own = place.split("/")
        self._files = [file for file in files if plain_name(file.parts[-1])[1] in _LIMITS]
        self._begun = {plain_name(self._own)[0]}
        self._left = MAX_BYTES
        self.found: list[Other] = []
        self.notes: list[str] = []

    def read(self, names: list[str]) -> None:
        """Read the files of these names, and before each those that it imports."""
        for name in names:
            if name.lower() in self._begun or (file := self._file(name)) is None:
                continue
            self._begun.add(name.lower())
            label, sha256 = file.parts[-1], ""
            cells: tuple[Cell, ...] = ()
            if len(self._begun) > MAX_FILES + 1:
                self.notes.append(f"{self._own} needs more than {MAX_FILES} other files: {label} was not read")
                continue
            try:
                data = file.read(min(_LIMITS[plain_name(label)[1]], self._left))
                self._left -= len(data)
                sha256 = Other.fingerprint(data)
                cells = read_code(data, label).cells
            except EmptyError:
                pass  # an empty module, which can be imported as well as any
            except ProblemError as error:
                self.notes.append(f"{self._own} imports {label}, which cannot be read: {error}")
                continue
            self.read(_imported(cells))
            self.found.append(Other(name, label, cells, sha256))

    def _file(self, name: str) -> File | None:
        fitting = [file for file in self._files if plain_name(file.parts[-1])[0] == name.lower()]

        def order(file: File) -> tuple[bool, ...]:
            *folders, last = file.parts
            # A script goes before a notebook, for Python itself finds scripts only.
            return (folders != self._home, bool(folders), not last.startswith(name), not last.endswith(".py"))

        return min(fitting, key=order, default=None)


def _imported(cells: tuple[Cell, ...]) -> list[str]:
    """Return the modules that code imports and that are not Python's own, in order."""
    names = []
    for cell in cells:
        for of, several in _IMPORT.findall(cell.source) if "import" in cell.source else ():
            names += (
                [of] if of else [found[0] for one in several.split(",") if (found := re.match(r"\w+", one.strip()))]
            )
    return [name for name in dict.fromkeys(names) if name not in _PYTHONS]

"""What one learner handed in for one exercise: the value that stage 1 (collect) gives to stage 2 (sandbox)."""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

_UNNAMED = "%unnamed"  # no other name is written so: after a % always come two hexadecimal digits
_FOLDER_BYTES = 120  # file systems give a name 143 to 255 bytes; the rest is for endings and temporary files
_NO_FILE_NAME = re.compile(r'[<>:"|?*\\/]|[. ]\Z')  # Windows also drops a last dot or space
# Windows opens a device where a name begins so, whatever the folder.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?= *(\.|\Z))")


class ProblemError(ValueError):
    """What was handed in cannot be read; the message is the learner's: what is wrong, where, what would be right."""


class MachineError(Exception):
    """What was handed in could not be read for want of memory, descriptors or a sound disk: no fault of a learner's."""


class EmptyError(ProblemError):
    """What was handed in holds nothing at all."""


class CollectError(Exception):
    """The folder of hand-ins itself cannot be used; the message says where, what, and what would be right."""


@dataclass(frozen=True)
class Cell:
    """One piece of a learner's source that is compiled and run as a whole.

    A script is one cell; a notebook is one for each code cell, in order.
    """

    label: str  # what a learner calls it: "SLUG.py" or "SLUG.ipynb, cell 3"
    source: str


@dataclass(frozen=True)
class Other:
    """Another file of the same learner's that an answer imports."""

    name: str  # of the module
    label: str  # what a learner calls the file
    cells: tuple[Cell, ...]
    sha256: str

    @staticmethod
    def fingerprint(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Identity:
    """Who handed in, as far as a platform says so; what it does not say is empty."""

    name: str = ""  # the full name
    number: str = ""  # the institution's
    login: str = ""
    email: str = ""
    id: str = ""  # the platform's own number of this person
    group: str = ""  # of Moodle's, with which the name begins: `Group A` of `Group A-Full Name`
    participant: str = ""  # a number that the platform gives to this person in this assignment alone


@dataclass(frozen=True, slots=True)
class Submission:
    """One exercise of one learner, read but not run.

    Exactly one of four holds: it has `cells`, or they are `stored`; it has a `problem`, the learner's message that says why
    nothing could be read; it has a `fault`, which says why this machine could not read it; or it has none, and is missing.
    """

    learner: str  # printable, one line; what `learner` is in grades.csv and in the report
    folder: str  # the learner's folder under OUT/reports and OUT/feedback: safe as a path component
    exercise: str  # slug
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    notes: tuple[str, ...] = ()  # what the learner should know and what costs no points
    sha256: str = ""  # of the bytes handed in, with those of `others`; empty when missing
    fault: str = ""  # ours, for the instructor: nothing is known of what was handed in, so it has no score
    others: tuple[Other, ...] = ()  # that it imports, each after those that it imports itself
    asides: tuple[tuple[str, str], ...] = ()  # functions that stand where nothing is run, each with where that is
    absent: str = ""  # what is said where a function is not there, of a notebook whose cells may only not have been run
    who: tuple[Identity, ...] = ()  # as a platform says; several for a group
    when: str = ""  # it was handed in, as the platform wrote it; empty where nobody but the learner says so
    late: bool = False  # whether the platform marked it so
    also: tuple["Submission", ...] = ()  # the learner's other attempts, where the best counts and not the last
    drawn_for: str = ""  # for whom the inputs of its checks are drawn, where that is another name than the learner's
    stored: tuple[int, ...] = ()  # where its code lies in a `grader.collect.store.Store`, if there is one

    @property
    def inputs_of(self) -> str:
        """The name for which the inputs of its checks are drawn."""
        return self.drawn_for or self.learner

    @property
    def work(self) -> "Submission":
        """The same without the name that it has in reports: two submissions of the same work get one verdict."""
        return replace(self, learner=self.inputs_of, folder="", when="", drawn_for="", also=())

    @property
    def attempts(self) -> tuple["Submission", ...]:
        """What was handed in at all attempts, this one first, each by the names of this one and with all others beside it."""
        if not self.also:
            return (self,)
        names = {"learner": self.learner, "folder": self.folder, "drawn_for": self.drawn_for}
        bare = [replace(one, also=(), **names) for one in (self, *self.also)]  # type: ignore[arg-type]
        return tuple(replace(one, also=tuple(other for other in bare if other is not one)) for one in bare)

    def graded_as(self, sha256: str) -> "Submission":
        """Return the attempt with this hash; this one, where there is none."""
        return next((one for one in self.attempts if one.sha256 == sha256), self)

    @property
    def missing(self) -> bool:
        return not (self.cells or self.stored or self.problem or self.fault)


def learner_name(raw: bytes) -> str:
    """Return a learner's name as reports show it: as it is where it is printable, percent-escaped where it is not.

    Two different names never come out the same: `urllib.parse.unquote_to_bytes` gives `raw` back.

    Parameters
    ----------
    raw : bytes
        The name as the disk has it, `os.fsencode` of it; may be no UTF-8. Empty for a file called `.zip`.

    Returns
    -------
    str
        Printable, one line, valid Unicode, neither empty nor dots alone.
    """
    name = raw.decode("utf-8", "surrogateescape")
    if not name.strip("."):
        return _escaped(name) or _UNNAMED
    # Formulas such as =1+1 stay: whoever writes a sink (CSV, HTML, a terminal) knows what its sink must escape.
    return "".join(letter if letter.isprintable() and letter != "%" else _escaped(letter) for letter in name)


def folder_names(raws: Iterable[bytes], distinct_by_case: bool) -> dict[bytes, str]:
    """Return for each learner a folder's name that is safe on every system and is no other learner's.

    It is the learner's name itself wherever that is safe.

    Parameters
    ----------
    raws : iterable of bytes
        The learners, as for `learner_name`.
    distinct_by_case : bool
        Whether names that differ only by case or Unicode form count as the same, as they do on the disks of
        Windows and macOS. The first of them by `raw` keeps its name, each other gets `~` and eight digits.
    """
    folders: dict[bytes, str] = {}
    taken: set[str] = set()
    for raw in sorted(raws):
        folder = _folder_name(raw)
        # A name made to look like another learner's marked folder gets marks until it is its own.
        for attempt in itertools.count():
            key = _as_one_case(folder) if distinct_by_case else folder
            if key not in taken:
                break
            folder = _marked(folder, raw + b"/" * attempt)
        taken.add(key)
        folders[raw] = folder
    return folders


def _folder_name(raw: bytes) -> str:
    safe = _NO_FILE_NAME.sub(lambda found: _escaped(found[0]), learner_name(raw))
    safe = _escaped(safe[0]) + safe[1:] if _DEVICE.match(safe) else safe
    return safe if len(safe.encode()) <= _FOLDER_BYTES else _marked(safe, raw)


def _marked(folder: str, raw: bytes) -> str:
    mark = "~" + hashlib.sha256(raw).hexdigest()[:8]
    return folder.encode()[: _FOLDER_BYTES - len(mark)].decode(errors="ignore") + mark


def _as_one_case(folder: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", folder).casefold())


def _escaped(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogateescape"))

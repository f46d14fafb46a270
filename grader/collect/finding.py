"""Stage 1, collect: where, in all that one learner handed in, the work lies, and what is called so that it is not found.

A folder, a clone and a zip are looked through in one way. Work lies at the top, in an exercise's own folder, or in the
`exercises` of a kit; around any of these may be folders more. Environments, caches and what is hidden are passed over.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import BinaryIO, Protocol

from grader.collect.archives import OTHER_ARCHIVES, File, Stored, is_hidden, may_be_work, plain_name
from grader.collect.submission import ProblemError
from grader.collect.zips import Zip
from grader.manifest.course import Exercise

ANSWERS = (".py", ".ipynb")
MAX_AROUND = 3  # folders that somebody put around the work, a kit's own among them
MAX_FOLDERS = 200  # of a learner's that are looked into
MAX_OTHERS = 5  # files that are no work and are named
MAX_ZIPS = 10  # of a learner's that are opened
# Never a learner's answer, whatever lies in it: what is installed, the parts of a kit or of the course beside `exercises`,
# and what a teacher gave back on Sakai.
_PASSED_OVER = {
    "node_modules",
    "site-packages",
    "dist-packages",
    "grader",
    "solutions",
    "tests",
    "feedback attachment(s)",
}
_ENVIRONMENT = {"pyvenv.cfg", "conda-meta"}
_KIT = "exercises"
_DOCUMENTS = (".doc", ".docx", ".odt", ".rtf", ".pdf", ".html", ".htm", ".md")
_TEXTS = {(".", ending) for ending in ("txt", "json", "doc", "docx", "odt", "rtf", "pdf")}
_OF_TOOLS = re.compile(r"(?i)timestamp\.txt\Z|test_|conftest\.")
_ELSEWHERE = ProblemError("it is in a place where no work is looked for")  # such a file is named, and never read
# Microsoft Teams has a folder for each time that somebody handed in.
_VERSION = re.compile(r"(?i)(?:vers[^\W\d_]*|wersja|verze|версия|版本|バージョン|버전)[ _-]?([0-9]{1,6})")
_ALIKE = 0.85  # of 1: `updat_rule` is, `updates` is not
_MAX_GUESSED = 20  # names that are compared letter by letter


class Tree(Protocol):
    """What a learner handed in: a folder or a zip."""

    def listed(self, place: str = "", /) -> tuple[list[str], list[str]]: ...
    def files(
        self, place: str = "", below: Collection[str] = (), also: Callable[[str], bool] | None = None, /
    ) -> Iterable[File]: ...


@dataclass
class Found:
    """What of a hand-in may be work."""

    files: list[File] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)  # of zips in it that cannot be read
    others: list[str] = field(default_factory=list)  # some of what is no work, to be named where nothing else is there


class Names:
    """What the exercises of a course are called, and what comes near to it."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        exercises = tuple(exercises)
        self.numbered = {exercise.name.lower() for exercise in exercises}
        self._called = {name: one for one in exercises for name in (one.slug.lower(), one.name.lower())}
        self._letters = {letters(exercise.slug): exercise for exercise in exercises}
        self.near = lru_cache(1024)(self._near)

    def of(self, name: str) -> Exercise | None:
        """Return the exercise to which a file may be the answer by its name alone."""
        stem, ending = plain_name(name)
        return self._called.get(stem) if ending in ANSWERS else None

    def _near(self, name: str) -> Exercise | None:
        """Return the exercise whose name is part of a file's, however it is spelt."""
        if name.startswith((".", "test_", "conftest.")):
            return None
        spelt = letters(name.partition(".")[0])
        exact = self._letters.get(spelt)
        return exact or next((one for called, one in self._letters.items() if called in spelt), None)

    def is_near(self, name: str) -> bool:
        """Tell whether a file that is no work shall be named, for it may be meant as an answer."""
        return name.lower().endswith(OTHER_ARCHIVES) or self.near(name) is not None

    def may_be_meant(self, name: str) -> bool:
        """Tell whether a file shall be named where nothing else was found."""
        return may_be_work(name) or self.is_near(name)

    def meant(self, files: Iterable[File]) -> dict[str, list[File]]:
        """Return the files that seem to be meant as the answer to an exercise and are not called so, by its slug."""
        found: dict[str, list[File]] = {}
        guesses = 0
        for file in files:
            name = file.parts[-1]
            exercise = self.of(name) or self.near(name)
            if exercise is None and len(file.parts) > 1:
                exercise = self._called.get("".join(plain_name(file.parts[0])))
            if exercise is None and guesses < _MAX_GUESSED:
                guesses += 1
                alike = difflib.get_close_matches(letters(name.partition(".")[0])[:40], self._letters, 1, _ALIKE)
                exercise = self._letters[alike[0]] if alike else None
            if exercise is not None:
                found.setdefault(exercise.slug, []).append(file)
        return found


def look_through(tree: Tree, names: Names, opened: Callable[[str], BinaryIO] | None = None) -> Found:
    """Find what may be work, and what may be meant as such.

    Parameters
    ----------
    tree : Tree
        What was handed in.
    names : Names
        What work is called.
    opened : callable, optional
        Opens a file of it; with it the zips in it are looked through too, but none in those.

    Raises
    ------
    ProblemError
        If it cannot be listed, or has too much in it. What is wrong with one of several zips is noted instead.
    MachineError
        If this machine cannot read it.
    """
    found, zips, passed = Found(), list[str](), list[File]()
    answered = _Answered()
    level, looked = [""], 0
    for depth in range(MAX_AROUND + 1):
        places = [one for place in level if (one := _look(tree, place, names)) is not None]
        files = [file for place in places for home in place.homes for file in _files(tree, home, names)]
        # What lies nearer to the top counts; what lies deeper is for the exercises that are not there.
        found.files += [file for file in files if not answered.covers(file.path, _slug(file, names))]
        for file in files:
            answered.add(file.path, _slug(file, names))
        if not depth or not found.others:
            others = [_joined(place.name, one) for place in places for one in place.others if not _OF_TOOLS.match(one)]
            found.others += others[:MAX_OTHERS]
        for place in places:
            zips += [_joined(place.name, one) for one in place.others if one.lower().endswith(".zip")]
            if place.name not in place.homes:
                passed += [
                    File((one,), _ELSEWHERE, _around(place.name)) for one in place.others if names.may_be_meant(one)
                ]
        level = [_joined(place.name, one) for place in places for one in place.folders]
        looked += len(level)
        if any(place.is_kit for place in places) or looked > MAX_FOLDERS:
            break
    near = [file for file in passed if names.is_near(file.parts[-1]) or file.path.lower().endswith(".zip")]
    found.files += near if found.files else passed
    if not found.files and not zips:
        found.files += _no_folders(tree, "", tree.files("", (), names.is_near))  # or why it could not be listed
    if opened is not None:
        found.files = [file for file in found.files if file.path not in zips]
        _open_zips(found, zips, answered, names, opened)
    return found


class _Answered:
    """Which exercises are answered, in which version of what was handed in; what lies in no version is for all of them."""

    def __init__(self) -> None:
        self._versions: dict[str, set[int]] = {}  # by slug

    def add(self, place: str, slug: str) -> None:
        if slug:
            self._versions.setdefault(slug, set()).add(version_of(place))

    def covers(self, place: str, slug: str) -> bool:
        there = self._versions.get(slug, set())
        return bool(there) and (0 in there or version_of(place) in {0, *there})

    def copy(self) -> "_Answered":
        other = _Answered()
        other._versions = {slug: set(there) for slug, there in self._versions.items()}
        return other


def version(name: str) -> int:
    """Return the number of a folder that is called as a version of a hand-in; 0 for any other."""
    match = _VERSION.fullmatch(name)
    return int(match[1]) if match else 0


def version_of(place: str) -> int:
    """Return the number of the version in which a file lies; 0 if it is in none."""
    return next((number for folder in place.split("/")[:-1] if (number := version(folder))), 0)


@dataclass(frozen=True)
class _Place:
    """A folder that was looked into."""

    name: str
    folders: list[str]  # in which work may lie too
    others: list[str]  # that are not hidden
    homes: list[str]  # itself, and the kit's exercises, if work lies in them
    is_kit: bool


def _look(tree: Tree, place: str, names: Names) -> _Place | None:
    """Look into a folder; an environment is nobody's work."""
    folders, others = tree.listed(place)
    if place and _ENVIRONMENT.intersection([*folders, *others]):
        return None
    kits = [_joined(place, one) for one in folders if one.lower() == _KIT]
    kits = [kit for kit in kits if holds(names, *tree.listed(kit))]
    homes = [place, *kits] if holds(names, folders, others) else kits
    inner = [one for one in folders if _may_be_around(one, names) and _joined(place, one) not in kits]
    return _Place(place, inner, [one for one in others if not is_hidden(one)], homes, bool(kits))


def _files(tree: Tree, home: str, names: Names) -> list[File]:
    files = _no_folders(tree, home, tree.files(home, names.numbered, names.is_near))
    files += _in_its_own_folder(tree, home, names)
    return [replace(file, around=_around(home)) for file in files] if home else files


def _no_folders(tree: Tree, home: str, files: Iterable[File]) -> list[File]:
    """Leave out folders that are called nearly as an exercise; one in place of an answer is a problem of its own."""
    folders = set(tree.listed(home)[0])
    return [
        one
        for one in files
        if one.place not in folders or may_be_work(one.place) or not isinstance(one.content, Stored)
    ]


def _slug(file: File, names: Names) -> str:
    exercise = names.of(file.parts[-1])
    return exercise.slug if exercise is not None else ""


def reason(file: File, exercise: Exercise, names: Names) -> str:
    """Return why a file that seems to be meant as an answer was not taken for one, and what would be right."""
    name, slug = file.parts[-1], exercise.slug
    shown, lower = repr(file.place[:80]), name.lower()
    if names.of(name) is exercise:
        return (
            f"{shown} was not graded: it is in too many folders. Put it at {exercise.name}/{slug}{plain_name(name)[1]}"
        )
    if lower.endswith(OTHER_ARCHIVES):
        return f"{shown} was not graded: such an archive is not opened. Hand in {slug}.py itself, or a .zip"
    if lower.endswith(_DOCUMENTS):
        return f"{shown} was not graded: a document cannot be run. Save the code alone, as text, as {slug}.py"
    if lower.endswith(".zip"):
        return f"{shown} was not opened: it is a zip in a zip. Hand in {slug}.py itself, or a zip of it"
    ending = ".ipynb" if ".ipynb" in lower else ".py"
    if lower.endswith(ANSWERS):
        return (
            f"{shown} was not graded: it is not called {slug}{ending}. If it is your answer, save it as {slug}{ending}"
        )
    _, dot, last = (name if name.isprintable() else repr(name)[1:-1]).rpartition(".")
    why = f"it ends in .{last[:20]}, not in {ending}" if dot else "its name has no ending"
    return f"{shown} was not graded: {why}. Save it as {slug}{ending}"


def odd_ones(places: Sequence[str], slug: str) -> list[str]:
    """Return what is said of files that may be the answer to any exercise: what they are, and what would be right."""
    kinds: dict[str, list[str]] = {}
    for place in places:
        lower = place.lower()
        if lower.endswith(OTHER_ARCHIVES):
            remedy = f"such an archive is not opened. Hand in {slug}.py itself, or a .zip"
        elif lower.endswith(".zip"):
            remedy = f"a zip in a zip is not opened. Hand in {slug}.py itself, or one zip of all"
        else:
            remedy = f"save your answer as {slug}{'.ipynb' if '.ipynb' in lower else '.py'}"
        kinds.setdefault(remedy, []).append(repr(place[:80]))
    return [
        f"no {slug}.py and no {slug}.ipynb was found, but {', '.join(shown)}: {remedy}"
        for remedy, shown in kinds.items()
    ]


def why_nothing(others: Sequence[str], slug: str) -> str:
    """Return what is said where nothing that was handed in is work, or looks as if it were meant so."""
    right = f"hand in {slug}.py or {slug}.ipynb, or what the exercise is called"
    if not others:
        return f"nothing that can be graded was handed in, for there is no file in it: {right}"
    shown = ", ".join(repr(one[:80]) for one in others)
    if any(one.lower().endswith(_DOCUMENTS) for one in others):
        return f"nothing that can be graded was handed in, but {shown}: a document cannot be run. Save the code alone, as text; {right}"
    return f"nothing that can be graded was handed in, but {shown}: {right}"


def _open_zips(
    found: Found, zips: list[str], answered: _Answered, names: Names, opened: Callable[[str], BinaryIO]
) -> None:
    """Look through the zips in a hand-in, for what is not answered outside of them."""
    before = answered.copy()
    for place in zips[:MAX_ZIPS]:
        try:
            with opened(place) as packed:
                inner = Zip(packed, repr(place))
                inside = look_through(inner, names)
        except ProblemError as error:
            found.problems.append(str(error))
            continue
        found.notes += inner.notes
        found.others += [f"{place}/{one}" for one in inside.others][: MAX_OTHERS - len(found.others)]
        for file in inside.files:
            if not before.covers(f"{place}/", _slug(file, names)):
                found.files.append(replace(file, around=f"{place}/{file.around}"))
    if len(zips) > MAX_ZIPS:
        found.notes.append(f"only {MAX_ZIPS} of {len(zips)} zips were opened: hand in one of them")


def holds(names: Names, folders: list[str], others: list[str]) -> bool:
    """Tell whether work lies in a folder, or in those of the exercises in it."""
    return any(names.of(name) or "".join(plain_name(name)) in names.numbered for name in [*folders, *others])


def _in_its_own_folder(tree: Tree, home: str, names: Names) -> list[File]:
    """Return what is in an exercise's own folder, and is no work but a text, or called as an answer but too deep."""
    found = []
    for own in tree.listed(home)[0]:
        if "".join(plain_name(own)) in names.numbered:
            folders, others = tree.listed(_joined(home, own))
            found += [File((own, one), _ELSEWHERE) for one in others if _is_text(one) and not names.is_near(one)]
            for inner in folders:
                if not is_hidden(inner):
                    place = _joined(_joined(home, own), inner)
                    found += [File((own, inner, one), _ELSEWHERE) for one in tree.listed(place)[1] if names.of(one)]
    return found


def _is_text(name: str) -> bool:
    lower = name.lower()
    return lower.rpartition(".")[1:] in _TEXTS and not (
        is_hidden(name) or lower == "timestamp.txt" or "readme" in lower
    )


def _may_be_around(name: str, names: Names) -> bool:
    """Tell whether work may lie in a folder that is no exercise's own."""
    lower = name.lower()
    return not (is_hidden(name) or lower in _PASSED_OVER or "".join(plain_name(name)) in names.numbered)


def _around(place: str) -> str:
    return f"{place}/" if place else ""


def _joined(place: str, name: str) -> str:
    return f"{place}/{name}" if place else name


def letters(text: str) -> str:
    """Return the letters and digits of a name, without a number in front."""
    return re.sub(r"[^a-z0-9]", "", text.lower()).lstrip("0123456789")

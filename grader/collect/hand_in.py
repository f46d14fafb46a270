"""Stage 1, collect: the files of what one learner handed in at one time, sorted by the exercise that they may answer."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from grader.collect.archives import File, plain_name
from grader.collect.finding import Found, Names, version_of
from grader.collect.notebooks import MAX_CODE, MAX_NOTEBOOK
from grader.collect.submission import Identity, ProblemError
from grader.manifest.course import Exercise

LIMITS = {".py": MAX_CODE, ".ipynb": MAX_NOTEBOOK}
# What a file is that goes before another, from the most important difference to the least; see `_fit`.
PREFERENCES = ("a script", "in the exercise's own folder", "named by the slug alone", "named as it should be")
_NO_WORK = re.compile(r"(?i)(.*/)?(test_|conftest\.|\.)")

Answer = tuple[
    File, tuple[bool, ...]
]  # a file that may answer an exercise, and which of `PREFERENCES` it falls short of


@dataclass(frozen=True)
class HandIn:
    """All that one learner handed in at one time, found but not read."""

    answers: Mapping[str, list[Answer]] = field(default_factory=dict)  # by slug
    notes: tuple[str, ...] = ()
    problem: str = ""  # why nothing of it can be read
    fault: str = ""  # ours, for which nothing of it can be read
    strange: tuple[File, ...] = ()  # what looks like work, or is meant as such, and is no exercise's
    others: tuple[str, ...] = field(default=(), compare=False)  # some of what is none of these
    beside: Callable[[], Iterable[File]] = field(default=tuple, compare=False)  # all files, for what answers import

    @property
    def is_nothing(self) -> bool:
        """Whether nothing in it is work, or is meant as such, and nothing is said of that."""
        return not (self.answers or self.strange or self.notes or self.problem or self.fault)

    @property
    def files(self) -> int:
        return sum(map(len, self.answers.values())) + len(self.strange)


@dataclass(frozen=True)
class Attempt:
    """A hand-in, what it is called where there are several, and who handed it in."""

    hand_in: HandIn
    called: str = ""
    who: tuple[Identity, ...] = ()
    when: str = ""  # as the platform wrote it
    late: bool = False  # whether the platform marked it so


def versions(found: Found, notes: Iterable[str], names: Names, exercises: Iterable[Exercise]) -> list[Attempt]:
    """Take apart what lies in `Version 1`, `Version 2`, …, as Microsoft Teams keeps it, the latest first."""
    notes, exercises = tuple(notes), tuple(exercises)
    numbers = sorted({version_of(file.path) for file in found.files} - {0}, reverse=True)
    if len(numbers) < 2:
        return [Attempt(hand_in(found, notes, names, exercises))]
    tries = []
    for number in numbers:
        # What lies in none of them is as new as the latest.
        among = {number, 0} if number == numbers[0] else {number}
        some = [file for file in found.files if version_of(file.path) in among]
        own = hand_in(replace(found, files=some), notes, names, exercises)
        tries.append(Attempt(own, f"version {number}"))
    return tries


def hand_in(found: Found, notes: Iterable[str], names: Names, exercises: Iterable[Exercise]) -> HandIn:
    """Sort what was found; a zip that cannot be read is a problem only where nothing else can."""
    sorted_out = handed_in(found.files, [*notes, *found.notes, *found.problems], names, exercises)
    sorted_out = replace(sorted_out, others=tuple(found.others))
    if found.problems and not sorted_out.answers:
        return HandIn(notes=(*notes, *found.notes), problem="; ".join(found.problems))
    return sorted_out


def handed_in(files: Iterable[File], notes: Iterable[str], names: Names, exercises: Iterable[Exercise]) -> HandIn:
    """Sort a learner's files by the exercise that they may answer; what else looks like work is strange."""
    called = {name: one for one in exercises for name in (one.slug.lower(), one.name.lower())}
    answers: dict[str, list[Answer]] = {}
    strange, files = list[File](), tuple(files)
    for file in files:
        # The name alone tells which exercise it could be: nothing is done here for each exercise.
        exercise = called.get(plain_name(file.parts[-1])[0])
        if exercise is not None and (fit := _fit(file, exercise)):
            answers.setdefault(exercise.slug, []).append((file, fit))
        elif (names.may_be_meant(file.parts[-1]) or len(file.parts) > 1) and not _NO_WORK.match(file.place):
            strange.append(file)
    return HandIn(answers, tuple(notes), strange=tuple(strange), beside=lambda: files)


def _fit(file: File, exercise: Exercise) -> tuple[bool, ...]:
    """Return which of `PREFERENCES` a file falls short of; nothing if it does not answer the exercise."""
    *folders, name = file.parts
    stem, ending = plain_name(name)
    slug, numbered = exercise.slug.lower(), exercise.name.lower()
    if isinstance(file.content, ProblemError) and stem + ending == numbered:  # in place of the exercise's folder
        return (False,) * len(PREFERENCES)
    if stem not in (slug, numbered) or ending not in LIMITS or len(folders) > 1:
        return ()
    if folders and "".join(plain_name(folders[0])) != numbered:
        return ()
    exact = {exercise.name, exercise.slug + ending, exercise.name + ending}
    return (ending != ".py", not folders, stem != slug, not exact.issuperset(file.parts))

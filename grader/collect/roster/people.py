"""A whole class by name: what was handed in, under whose name it is graded, and what an earlier run called them."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

from grader.collect.roster.entries import Entry
from grader.collect.roster.matching import Match, Matcher, Person
from grader.collect.submission import Identity, Submission, folder_names, learner_name
from grader.manifest.course import Exercise


@dataclass(frozen=True)
class Known:
    """One who handed in, now or before, and the name that reports have for them."""

    person: Person
    learner: str
    folder: str
    certain: bool = False  # whether a class list said so
    participants: tuple[tuple[str, str], ...] = ()  # Moodle's number in the download that an exercise was graded of


@dataclass(frozen=True)
class Move:
    """A learner whose name in reports is another now."""

    before: str
    folder_before: str
    after: str
    folder_after: str


@dataclass(frozen=True)
class Class:
    """What is graded, and whose it is."""

    submissions: tuple[Submission, ...]  # one for each learner and exercise, a group's for each of its members
    everyone: tuple[Submission, ...]  # with those missing of the list
    entries: tuple[Entry, ...]  # with the name and folder that reports have
    known: tuple[Known, ...]
    moves: tuple[tuple[Move, ...], ...]  # what is to be renamed; those of one tuple before those of the next
    said: tuple[str, ...] = ()  # what the instructor should know, a line each


def name_class(
    submissions: Sequence[Submission],
    entries: Sequence[Entry],
    exercises: Sequence[Exercise],
    known: Sequence[Known] = (),
    distinct_by_case: bool = True,
) -> Class:
    """Find out who everybody is.

    Parameters
    ----------
    submissions : sequence of Submission
        As they were collected, under their platform's names.
    entries : sequence of Entry
        The class list; empty where there is none.
    exercises : sequence of Exercise
        Those that are graded: who is missing altogether is missing in each.
    known : sequence of Known
        Those of earlier runs into the same OUT.
    distinct_by_case : bool
        As for `grader.collect.submission.folder_names`.
    """
    earlier = {one.person.called: one for one in known}
    handing_in = [(one, _people(one)) for one in submissions]
    here = {person.called: person for _, people in handing_in for person in people}
    # A name says less than a platform's identity that was seen with it before.
    everybody = {**{called: one.person for called, one in earlier.items()}, **here}
    matches = _matches(list(everybody.values()), entries, earlier)
    _refuse_namesakes(matches, here)
    learners = _learners(everybody, matches, entries, earlier)
    folders = _folders(learners, everybody, handing_in, earlier, entries, distinct_by_case)
    certain = {called for called, match in matches.items() if match.entry is not None}
    participants = _participants(submissions, earlier)
    now = tuple(
        Known(
            # What a platform calls somebody in one assignment says nothing in the next.
            replace(person, who=replace(person.who, participant="")) if person.who is not None else person,
            learners[called],
            folders[learners[called]],
            called in certain
            or (called in earlier and earlier[called].certain and earlier[called].learner == learners[called]),
            tuple(participants.get(called, {}).items()),
        )
        for called, person in everybody.items()
    )
    moves, refused = _in_order(_moves(now, earlier, certain))
    placed = _placed(entries, matches, learners, folders)
    named, twice = _named(handing_in, learners, folders)
    said = [*_strangers(here, matches, learners), *twice, *refused] if entries else [*twice, *refused]
    present = {learners[called] for called in here}
    absent = [entry for entry in placed if entry.learner not in present]
    return Class(named, _with_missing(named, absent, exercises), placed, now, moves, tuple(said))


def _people(submission: Submission) -> list[Person]:
    """Return who handed something in: one, or the members of a group, each by a name of their own."""
    if len(submission.who) < 2:
        return [Person(submission.learner, *(_lasting(submission.learner, who) for who in submission.who))]
    return [Person(_called(who), who) for who in submission.who]


def _lasting(called: str, who: Identity) -> Identity:
    """Return what a class list may have too of an identity: Canvas's number and letters, and no other platform's number.

    Moodle's is another in each assignment, and Brightspace's stands in no list of its; another list may have it for somebody.
    """
    if not who.id:
        return who
    letters, _, number = called.rpartition("_")
    # Canvas alone tells no full name. What it leaves of one may have any letters: the number decides.
    is_canvas_s = number == who.id and who.name in ("", letters)
    return replace(who, name=letters) if is_canvas_s else replace(who, id="", participant=who.id)


def _participants(submissions: Iterable[Submission], earlier: Mapping[str, Known]) -> dict[str, dict[str, str]]:
    """Return Moodle's number of each who handed in, by exercise: what goes back to Moodle must carry it."""
    numbers = {called: dict(one.participants) for called, one in earlier.items()}
    for one in submissions:
        if not one.missing and len(one.who) == 1 and (number := one.who[0].participant):
            numbers.setdefault(one.learner, {})[one.exercise] = number
    return numbers


def _called(who: Identity) -> str:
    called = who.number or who.login or who.email or who.name or who.id
    return learner_name(called.encode("utf-8", "surrogatepass"))


def _matches(people: Sequence[Person], entries: Sequence[Entry], earlier: Mapping[str, Known]) -> dict[str, Match]:
    """Return who everybody is; whom the list does not name, but an earlier one did, is still the same."""
    if not entries:
        return {person.called: Match() for person in people}
    found = dict(zip((one.called for one in people), Matcher(entries).find_all(people), strict=True))
    by_learner = {entry.learner: entry for entry in entries}
    for called, match in found.items():
        before = earlier.get(called)
        if match.entry is None and not match.torn and before is not None and before.certain:
            found[called] = Match(by_learner.get(before.learner), match.candidates)
    return found


def _refuse_namesakes(matches: dict[str, Match], here: Iterable[str]) -> None:
    """Take back what a name alone says where several hand in who are called as one of the list."""
    alike: dict[Entry, list[str]] = defaultdict(list)
    for called in here:
        if (entry := matches[called].entry) is not None:
            alike[entry].append(called)
    for entry, some in alike.items():
        for called in some if len(some) > 1 else ():
            if matches[called].by_name:
                matches[called] = Match(candidates=(entry,), torn=True)


def _learners(
    people: Mapping[str, Person], matches: Mapping[str, Match], entries: Sequence[Entry], earlier: Mapping[str, Known]
) -> dict[str, str]:
    """Return each person's name in reports."""
    of_entry: dict[Entry, list[Person]] = defaultdict(list)
    for called, match in matches.items():
        if match.entry is not None:
            of_entry[match.entry].append(people[called])
    learners: dict[str, str] = {}
    for entry, some in of_entry.items():
        folders = [person.called for person in some if person.who is None]
        # A folder's name is the id, in the list's spelling if there is one of that; a platform's is not.
        own = entry.learner if len(folders) < len(some) or entry.learner in folders else min(folders)
        learners |= {person.called: own for person in some}
    # Whoever is called as another is on the list, or by an id that was found for another, must not replace them.
    others = {_one_case(entry.learner) for entry in entries}
    others |= {_one_case(one.learner) for one in earlier.values() if one.certain} | {
        _one_case(one) for one in learners.values()
    }
    for called, person in people.items():
        if called in learners:
            continue
        before = earlier.get(called)
        if before is not None and not matches[called].torn and (before.certain or not entries):
            learners[called] = before.learner
        elif person.who is not None and _one_case(called) in others and called != person.who.number:
            learners[called] = f"{called}~{hashlib.sha256(called.encode()).hexdigest()[:8]}"
        else:
            learners[called] = called
    return learners


def _folders(
    learners: Mapping[str, str],
    people: Mapping[str, Person],
    handing_in: Iterable[tuple[Submission, list[Person]]],
    earlier: Mapping[str, Known],
    entries: Iterable[Entry],
    distinct_by_case: bool,
) -> dict[str, str]:
    """Return the folder of each learner's reports: as it was, as the hand-in's, else one that is nobody else's."""
    kept = {one.learner: one.folder for one in earlier.values()}
    for submission, some in handing_in:
        if len(some) == 1 and learners[some[0].called] == submission.learner and people[submission.learner].who is None:
            kept[submission.learner] = submission.folder
    raws = {unquote_to_bytes(learner): learner for learner in {*learners.values(), *(one.learner for one in entries)}}
    new = {raws[raw]: folder for raw, folder in folder_names(raws, distinct_by_case).items()}
    return {learner: kept.get(learner, new[learner]) for learner in learners.values()}


def _moves(now: Iterable[Known], earlier: Mapping[str, Known], certain: set[str]) -> dict[str, Move]:
    """Return what is to be renamed, by the name before: only what is one learner's, and only to a name of the list."""
    after: dict[str, set[str]] = defaultdict(set)
    for one in now:
        if (before := earlier.get(one.person.called)) is not None:
            after[before.learner].add(one.learner)
    moves = {}
    for one in now:
        before = earlier.get(one.person.called)
        if before is None or before.learner == one.learner or one.person.called not in certain:
            continue
        if len(after[before.learner]) == 1:
            moves[before.learner] = Move(before.learner, before.folder, one.learner, one.folder)
    return moves


def _in_order(moves: dict[str, Move]) -> tuple[tuple[tuple[Move, ...], ...], list[str]]:
    """Order moves so that none goes where another still is; say which cannot be made."""
    ordered = []
    left = dict(moves)
    while ready := [move for move in left.values() if move.after not in left]:
        ordered.append(tuple(ready))
        for move in ready:
            del left[move.before]
    refused = [
        f"not renamed: {move.before} to {move.after}, which is another's name in OUT; grade into a new folder"
        for move in left.values()
    ]
    return tuple(ordered), refused


def _placed(
    entries: Iterable[Entry], matches: Mapping[str, Match], learners: Mapping[str, str], folders: Mapping[str, str]
) -> tuple[Entry, ...]:
    names = {match.entry: learners[called] for called, match in matches.items() if match.entry is not None}
    return tuple(
        replace(entry, learner=names[entry], folder=folders[names[entry]]) if entry in names else entry
        for entry in entries
    )


def _named(
    handing_in: Iterable[tuple[Submission, list[Person]]], learners: Mapping[str, str], folders: Mapping[str, str]
) -> tuple[tuple[Submission, ...], list[str]]:
    """Return each learner's submissions under their name; of two on one exercise, which is graded."""
    found: dict[tuple[str, str], list[tuple[str, Submission]]] = defaultdict(list)
    order: dict[str, int] = {}
    for submission, people in handing_in:
        order.setdefault(submission.exercise, len(order))
        members = list(dict.fromkeys(learners[person.called] for person in people))
        smallest = min(members, key=_by_number)
        for learner in members:
            drawn_for = "" if learner == smallest else smallest
            own = replace(submission, learner=learner, folder=folders[learner], drawn_for=drawn_for)
            found[learner, submission.exercise].append((submission.learner, own))
    chosen = []
    said = []
    for (learner, exercise), some in found.items():
        best, *others = sorted(some, key=lambda one: (one[1].missing, one[0] != learner, one[0]))
        chosen.append(best[1])
        others = [other for other in others if not other[1].missing]
        if others:
            as_names = ", ".join(repr(called) for called, _ in others)
            said.append(f"handed in twice: {learner}, {exercise}: {best[0]!r} is graded, and not {as_names}")
    return tuple(sorted(chosen, key=lambda one: (one.learner, order[one.exercise]))), said


def _strangers(here: Mapping[str, Person], matches: Mapping[str, Match], learners: Mapping[str, str]) -> Iterator[str]:
    """Yield a line for each who is nobody in the list, or may be two, and one with what to do."""
    advice = set()
    for called in sorted(here):
        match, is_folder = matches[called], here[called].who is None
        if match.entry is not None:
            continue
        may_be = ", ".join(f"{one.id} ({one.name}, line {one.line})".replace("(, ", "(") for one in match.candidates)
        graded = "" if learners[called] == called else f"; graded as {learners[called]}"
        if match.candidates:
            advice.add(is_folder)
        if match.torn:
            yield f"not certain who in the roster: {called}: {may_be}; left out of exports{graded}"
        else:
            yield f"not in the roster: {called}{f'; alike: {may_be}' if may_be else ''}{graded}"
    if True in advice:
        yield (
            "a folder, or a zip, of a learner's is called by the id in the roster, or by the username or the email: rename "
            "it so for each who is named here and in the roster, and grade again"
        )
    if False in advice:
        yield (
            "to say who in the roster somebody is, write the id in place of the name, at the beginning of the name that the "
            "platform gave to their folder or files, and grade again. Moodle's grading worksheet as the roster tells two of "
            "one name apart; whoever joined after the list was downloaded is in a new one"
        )


def _with_missing(
    submissions: tuple[Submission, ...], absent: Iterable[Entry], exercises: Sequence[Exercise]
) -> tuple[Submission, ...]:
    """Return the submissions, and a missing one for each exercise of each learner who handed in nothing at all."""
    missing = [Submission(entry.learner, entry.folder, exercise.slug) for entry in absent for exercise in exercises]
    # By learner, as they are collected; sorting keeps the exercises' order.
    return tuple(sorted([*submissions, *missing], key=lambda one: one.learner)) if missing else submissions


def _by_number(learner: str) -> tuple[bool, int, str]:
    """Order ids as people do: 9 is smaller than 10."""
    is_number = learner.isascii() and learner.isdecimal() and len(learner) < 100
    return not is_number, int(learner) if is_number else 0, learner


def _one_case(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())

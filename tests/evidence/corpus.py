"""The corpus of generated programs: which change is applied to which function of which right program, and what the oracle says."""

import ast
import inspect
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from grader.authoring.programs import Program, from_text, golden
from grader.manifest.contract import contract
from grader.manifest.course import Exercise, load_course
from tests.evidence.changes import arguments, code, handed, memory, particular, results, walks
from tests.evidence.changes.subject import Change, Subject, behind
from tests.evidence.oracle import judged
from tests.evidence.oracle.asking import cases_of

SEED = "one"  # of the corpus against which the checks were improved
HELD_OUT = "another"  # of the part that was set aside: judged when all was done
STYLES = 3  # right programs, drawn for each function and change

SIGNATURES = (arguments.default_changed, arguments.parameter_renamed)  # these write the signature anew


@dataclass(frozen=True)
class Generated:
    """A program with one change."""

    slug: str
    style: str  # the right program
    function: str
    change: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.change} of {self.function} in {self.style}"


def _changes() -> dict[str, Change]:
    return {
        name: change
        for module in (results, arguments, handed, walks, memory, particular)
        for name, change in inspect.getmembers(module, inspect.isfunction)
        if change.__module__ == module.__name__ and not name.startswith("_") and change not in SIGNATURES
    }


CHANGES = _changes()
PARTICULAR = {
    name for name, change in CHANGES.items() if change.__module__ == particular.__name__
}  # of many kinds: drawn more
NAMES = (*CHANGES, *(change.__name__ for change in SIGNATURES), *code.KINDS)


def corpus(exercise: Exercise, seed: str, styles: int = STYLES, changes: Sequence[str] = NAMES) -> Iterator[Generated]:
    """Yield generated programs of an exercise; each change fits some functions, and is applied to so many right programs."""
    right = sources(exercise)
    for function, signature in contract(exercise.slug).items():
        for change in changes:
            made: set[str] = set()
            for style in Random(f"{seed} {function} {change}").sample(sorted(right), len(right)):
                chance = Random(f"{seed} {exercise.slug} {style} {function} {change}")
                source = changed(Subject(exercise.slug, signature, right[style]), change, chance)
                if source is not None and source not in made:
                    made.add(source)
                    yield Generated(exercise.slug, style, function, change, source)
                if len(made) == styles * (4 if change in PARTICULAR else 1):
                    break


def set_aside(exercise: Exercise) -> Iterator[Generated]:
    """Yield the programs that are kept for the end: none of them was made from the other seed too."""
    known = {one.source for one in corpus(exercise, SEED)}
    yield from (one for one in corpus(exercise, HELD_OUT) if one.source not in known)


def sample(seed: str) -> Iterator[Generated]:
    """Yield one program of each change, from one exercise after the other."""
    exercises = load_course().exercises
    for place, change in enumerate(NAMES):
        for exercise in (*exercises[place % len(exercises) :], *exercises):
            if found := list(corpus(exercise, seed, 1, [change])):
                yield Random(f"{seed} {change}").choice(found)
                break


def changed(subject: Subject, change: str, chance: Random) -> str | None:
    """Return a program with a change; None if it does not fit."""
    if change in CHANGES:
        written = CHANGES[change](subject, chance)
        return None if written is None else behind(subject, written)
    for write in SIGNATURES:
        if write.__name__ == change and (signature := write(subject, chance)) is not None:
            names = [one.arg for one in ast.parse(f"def {signature}: pass").body[0].args.args]
            names = names or [one.arg for one in ast.parse(f"def {signature}: pass").body[0].args.posonlyargs]
            return behind(subject, f"return right({', '.join(names)})", signature)
    return code.changed(subject.source, subject.name, code.KINDS[change], chance) if change in code.KINDS else None


@cache
def sources(exercise: Exercise) -> dict[str, str]:
    """Return the texts of an exercise's right programs by name."""
    return {one.name: _source(one) for one in golden(exercise) if one.kind == "right"}


def _source(program: Program) -> str:
    """Return a right program as one text; of a notebook the cells that are Python."""
    texts = []
    for cell in program.submission.cells:
        try:
            ast.parse(cell.source)
        except SyntaxError:
            continue
        texts.append(cell.source)
    return "\n\n".join(texts)


def told(programs: Sequence[Generated], jobs: int | None = None) -> list[dict[str, str]]:
    """Return for each program what the oracle says: which functions are wrong, and by what."""
    for slug in {program.slug for program in programs}:
        for name in contract(slug):
            cases_of(slug, name)  # before the processes part, so that it is done once
    with multiprocessing.get_context("fork").Pool(jobs or os.cpu_count()) as pool:
        return pool.map(_told, programs, chunksize=8)


def _told(program: Generated) -> dict[str, str]:
    if program.change in code.KINDS:
        return judged([program.source], program.slug)  # a helper may serve them all
    reached = code.callers(program.source, program.function)
    return judged([program.source], program.slug, [name for name in contract(program.slug) if name in reached])


def as_program(program: Generated) -> Program:
    return from_text("generated", load_course().by_slug[program.slug], program.name, program.source)

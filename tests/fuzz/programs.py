"""Whole submissions of odd values, all the way: locked sandbox, checks, diagnosis, picture, report, page, notebook, row."""

import ast
import atexit
import json
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import jsonschema
import nbformat
from hypothesis import Phase
from hypothesis import strategies as st

from grader.checking.report import Report, unfit
from grader.checking.seeds import learner_seed
from grader.collect.submission import Cell, Submission
from grader.grading.grade import Graded, Settings, Task, grade_chunk
from grader.manifest.course import PACKAGE, Exercise, load_course
from grader.platforms.nbgrader.course import source_notebook
from grader.publish.feedback import page
from grader.publish.gradebook import Gradebook
from grader.publish.gradebook.notebooks import graded_notebook
from grader.publish.results import Results
from grader.sandbox import lock_name
from tests.fuzz import odd
from tests.fuzz.running import CORPUS, Target

COURSE = load_course()
SECRET = "fuzz"
AFTER = "# after the solution"  # how a program of the corpus begins that is only its end
SCHEMA = json.loads((PACKAGE / "report.schema.json").read_text(encoding="utf-8"))
ODD = Path(odd.__file__).read_text(encoding="utf-8")


class Unlike(AssertionError):
    """A submission was not graded as every submission is."""


def solution(exercise: Exercise) -> str:
    path = PACKAGE.parent / "solutions" / exercise.name / f"{exercise.slug}.py"
    return path.read_text(encoding="utf-8")


@cache
def functions(exercise: Exercise) -> tuple[str, ...]:
    """Return the functions of the contract: those of the stub."""
    tree = ast.parse(exercise.stub.read_text(encoding="utf-8"))
    return tuple(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@dataclass(frozen=True)
class Program:
    """A submission's one cell; its text is long and its spoilings tell it, where it was made of them."""

    slug: str
    source: str = field(repr=False)
    spoilings: tuple[str, ...] = ()


def spoiled(exercise: Exercise, choices: dict[str, tuple[str, str]], more: str = "") -> Program:
    """Return the solution with some of its functions spoiled: name → (manner, oddity)."""
    lines = tuple(f"spoil(globals(), {name!r}, {manner!r}, {oddity!r})" for name, (manner, oddity) in choices.items())
    return Program(exercise.slug, "\n".join([ODD, solution(exercise), *lines, more]) + "\n", lines)


manners = st.tuples(st.sampled_from([*odd.MANNERS, *odd.OTHER_MANNERS]), st.sampled_from(list(odd.VALUES)))
numbers = st.tuples(
    st.sampled_from(["in its shape", "times", "plus", "in the last row"]), st.sampled_from(list(odd.NUMBERS))
)
raised = st.tuples(st.just("raises"), st.sampled_from(list(odd.EXCEPTIONS)))
programs = st.sampled_from(COURSE.exercises).flatmap(
    lambda exercise: st.dictionaries(
        st.sampled_from(functions(exercise)), manners | manners | numbers | raised, min_size=1
    ).map(lambda choices: spoiled(exercise, choices))
)


class Classroom:
    """A class whose sandbox, OUT and gradebook stay open for submission after submission."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fuzz-")
        atexit.register(self._folder.cleanup)
        out = Path(self._folder.name, "out")
        self._settings = Settings.of(COURSE, lock_name(), [one.slug for one in COURSE.exercises])
        self._results = Results(out, COURSE)
        self._book = Gradebook(out / "gradebook.db", COURSE)
        atexit.register(self._book.close)
        self._neighbours = {
            one.slug: Submission("neighbour", "neighbour", one.slug, (Cell(f"{one.slug}.py", solution(one)),))
            for one in COURSE.exercises
        }
        self._right = {slug: self._graded(neighbour) for slug, neighbour in self._neighbours.items()}
        self._sources = {
            one.slug: json.loads(source_notebook(one, self._right[one.slug].report.checks))["cells"]
            for one in COURSE.exercises
        }

    def holds(self, program: Program) -> None:
        """Grade a submission and a right one after it, and publish; raise if anything is not as it should be."""
        slug, cells = program.slug, (Cell(f"{program.slug}.py", program.source),)
        submission = Submission("learner-001", "learner-001", slug, cells, sha256="0" * 64)
        graded = self._graded(submission)
        report = graded.report
        # What was lost of the explanations is told there, where a report can do without them.
        expect_graded(report, (*graded.faults, *getattr(graded, "lost", ())))
        if self._graded(self._neighbours[slug]) != self._right[slug]:
            raise Unlike("the next learner's report or picture is another one")
        self._publish(graded)

    def _graded(self, submission: Submission) -> Graded:
        """Grade a submission; durations, which differ, are taken out."""
        seed = learner_seed(SECRET, submission.inputs_of, submission.exercise)
        (graded,) = grade_chunk((Task(submission, seed),), self._settings)
        checks = tuple(replace(check, duration_s=0.0) for check in graded.report.checks)
        return replace(graded, report=replace(graded.report, duration_s=0.0, checks=checks))

    def _publish(self, graded: Graded) -> None:
        submission, report = graded.submission, graded.report
        self._results.add(graded, SECRET, report.sandbox)
        text = report.to_json()
        jsonschema.validate(json.loads(text), SCHEMA)
        if Report.from_json(text) != report or unfit(report):
            raise Unlike(f"the report cannot be read back: {unfit(report)}")
        if graded.picture:
            ET.fromstring(graded.picture)
        page(report, COURSE.by_slug[report.exercise], graded.picture).encode()
        book = graded_notebook(submission, report, self._sources[report.exercise])
        nbformat.validate(nbformat.reads(book, as_version=4))
        for notice in self._book.write([(submission, report)]):
            if "not written" in notice:
                raise Unlike(notice)


def expect_graded(report: Report, faults: Iterable[str]) -> None:
    """Raise unless a submission was graded, and nothing that belongs to it was left out."""
    for fault in faults:
        raise Unlike(f"fault: {fault.partition(': ')[2] or fault}")
    if left_out := json.loads(report.to_json()).get("left_out"):
        raise Unlike(f"left out: {left_out}")
    if report.status != "graded" or any(check.outcome == "grader_error" for check in report.checks):
        raise Unlike(f"{report.status}: {[check.outcome for check in report.checks]}")


@cache
def classroom() -> Classroom:
    return Classroom()


class Programs(Target):
    """The target of whole submissions, whose corpus is programs as they are handed in."""

    def corpus(self) -> dict[str, Program]:
        paths = sorted((CORPUS / self.name).glob("*/*.py"))
        return {path.stem: _kept(path.parent.name, path.read_text(encoding="utf-8")) for path in paths}


def _kept(slug: str, source: str) -> Program:
    return spoiled(COURSE.by_slug[slug], {}, source) if source.startswith(AFTER) else Program(slug, source)


PROGRAMS = Programs(
    "programs",
    programs,
    lambda program: classroom().holds(program),
    in_ci=60,
    phases=(Phase.reuse, Phase.generate),  # what is spoiled is little already, and each trial takes a while
)

"""What the checks of an exercise are worth: programs whose grade is known are graded, and what is not as it should be is told.

The grader itself judges, locked, each program as the hand-in of several learners, who have inputs of their own.
"""

import ast
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.margins import Margin, margins
from grader.authoring.programs import Program, from_text, golden, misconceptions, solution_text
from grader.authoring.release import release, write_stubs
from grader.authoring.stub import BEGIN, END
from grader.authoring.verdicts import Verdict, diagnosed, judge
from grader.diagnosis.mistakes import of_exercise
from grader.manifest.course import Course, Exercise

SEEDS = 5  # learners, with inputs of their own, for each program but a mutant
COMFORT = 10.0  # right answers should stay this factor inside a tolerance, wrong ones this factor outside
TELLING = 20  # letters of a line that gives something away; a shorter one is `return path`, which anybody writes

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Row:
    """One line of the table: of how many things how many are as they should be, and what is said of the others.

    Of none where it could not be tried; then what is said tells why.
    """

    title: str
    right: int
    of: int
    said: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.right == self.of and not (self.said and self.tried)

    @property
    def tried(self) -> bool:
        return self.of > 0


def audit(course: Course, exercise: Exercise, tell: Tell = lambda _: None) -> Iterator[Row]:
    """Yield what is found of one exercise, in the order in which an author would mend it.

    Parameters
    ----------
    tell
        Is told what is being done.

    Raises
    ------
    CourseError
        If the exercise's checks cannot be collected, or its points do not add up.
    ReleaseError
        If its solution is no solution.
    """
    write_stubs(course)
    jobs = os.cpu_count() or 1
    tell("grading stub, solution, hand-ins and misconceptions")
    stub = from_text("stub", exercise, "the stub", exercise.stub.read_text(encoding="utf-8"))
    verdicts = judge([stub, *golden(exercise), *misconceptions(exercise)], SEEDS, jobs)
    yield _scores("the stub gets no points", verdicts, "stub", lambda score: score == 0)
    yield _scores("right programs get all points", verdicts, "right", lambda score: score == exercise.points)
    yield _wrong(exercise, verdicts)
    yield from _of_mistakes(verdicts)
    yield _steady(verdicts)
    tell("trying mutants of the solution")
    yield _of_mutants(exercise, jobs)
    tell("measuring tolerances")
    yield _of_margins(margins(exercise, 2))
    tell("looking through what learners get")
    yield _hidden(course, exercise)


Verdicts = dict[Program, list[Verdict]]


def _scores(title: str, verdicts: Verdicts, kind: str, wanted: Callable[[float | None], bool]) -> Row:
    chosen = {program: said for program, said in verdicts.items() if program.kind == kind}
    odd = {program: said for program, said in chosen.items() if not all(wanted(one.score) for one in said)}
    return Row(title, len(chosen) - len(odd), len(chosen), tuple(_told(one, said) for one, said in odd.items()))


def _wrong(exercise: Exercise, verdicts: Verdicts) -> Row:
    wrong = {one: said for one, said in verdicts.items() if one.kind not in ("stub", "right", "misconception")}
    missed = {one: said for one, said in wrong.items() if any(each.score == exercise.points for each in said)}
    said = tuple(_told(one, said) for one, said in missed.items())
    return Row("wrong hand-ins lose points", len(wrong) - len(missed), len(wrong), said)


def _told(program: Program, said: Sequence[Verdict]) -> str:
    scores = sorted({"held" if one.score is None else f"{one.score:g}" for one in said})
    lost = sorted(frozenset().union(*(one.lost for one in said)))
    return f"{program.name}: {' or '.join(scores)} points; lost: {', '.join(lost) or 'nothing'}"


def _of_mistakes(verdicts: Verdicts) -> Iterator[Row]:
    """Yield whether each misconception loses what it says, and whether it is diagnosed as itself."""
    known = {program: said for program, said in verdicts.items() if program.kind == "misconception"}
    kept = []
    for program, said in known.items():
        (mistake,) = program.mistakes
        passed = sorted(set(mistake.loses) - frozenset.intersection(*(one.lost for one in said)))
        if passed:
            kept.append(f"{program.name}: it should lose {', '.join(passed)}, and passes with some inputs")
    yield Row("misconceptions lose the checks they name", len(known) - len(kept), len(known), tuple(kept))
    named = {one: said for one, said in verdicts.items() if one.mistakes}
    misread = [f"{one.name}: {what}" for one, said in named.items() if (what := diagnosed(one, said)) != "itself"]
    yield Row("mistakes are diagnosed as themselves", len(named) - len(misread), len(named), tuple(misread))


def _steady(verdicts: Verdicts) -> Row:
    varying = []
    for program, said in verdicts.items():
        lost = [one.lost for one in said]
        if wavering := sorted(frozenset.union(*lost) - frozenset.intersection(*lost)):
            varying.append(
                f"{program.name}: {', '.join(wavering)}: passed with some learners' inputs, not with others'"
            )
    return Row("every learner's inputs give one verdict", len(verdicts) - len(varying), len(verdicts), tuple(varying))


def _of_mutants(exercise: Exercise, jobs: int) -> Row:
    title = "mutants of the solution lose points"
    try:
        from grader.authoring.mutants import mutants
    except ModuleNotFoundError as error:
        return Row(title, 0, 0, (f"not tried: {error.name} is missing; install the kit's extra `author`",))
    with warnings.catch_warnings(action="ignore", category=SyntaxWarning):  # of mutants such as `x is 1`
        tried = judge(list(mutants(exercise)), 1, jobs)
    alive = [one.line for one, (said,) in tried.items() if said.score == exercise.points]
    return Row(title, len(tried) - len(alive), len(tried), tuple(_as_difference(line) for line in alive))


def _as_difference(line: str) -> str:
    function, _, change = line.partition(" | ")
    before, _, after = change.partition(" → ")
    return f"survives in {function}:\n  - {before}\n  + {after}"


def _of_margins(found: dict[str, Margin]) -> Row:
    near = []
    for check, margin in found.items():
        if margin.inside > 1 / COMFORT:
            near.append(f"{check}: {margin.nearest['inside']} is right and uses {margin.inside:.2g} of the tolerance")
        if margin.outside < COMFORT:
            near.append(f"{check}: {margin.nearest['outside']} is wrong by {margin.outside:.2g} tolerances only")
    checks = {line.partition(":")[0] for line in near}
    return Row("tolerances lie far from right and from wrong", len(found) - len(checks), len(found), tuple(near))


def _hidden(course: Course, exercise: Exercise) -> Row:
    secrets = list(_secrets(exercise))
    with tempfile.TemporaryDirectory() as folder:
        files = {
            path: _squeezed(path.read_text(encoding="utf-8", errors="replace"))
            for path in release(Path(folder, "kit"), course)
        }
        found = [
            f"{path.relative_to(Path(folder, 'kit')).as_posix()}: {secret}"
            for secret in secrets
            for path, text in files.items()
            if secret in text
        ]
    return Row("nothing hidden is in what learners get", len(secrets) - len(found), len(secrets), tuple(found))


def _secrets(exercise: Exercise) -> Iterator[str]:
    """Yield what must not stand in a learner's kit: names of hidden checks, lines of the solution, explanations."""
    for node in ast.parse(exercise.hidden_checks.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield f"def {node.name}("
    for region in solution_text(exercise).split(BEGIN)[1:]:
        lines = map(_squeezed, region.partition(END)[0].splitlines())
        yield from (line for line in lines if len(line) >= TELLING)
    for mistake in of_exercise(exercise):
        yield _squeezed(mistake.explanation)


def _squeezed(text: str) -> str:
    return " ".join(text.split())

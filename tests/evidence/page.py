"""What was found, exercise by exercise, and the page that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from grader.course import Exercise
from grader.misconceptions import of_exercise
from tests.evidence.margins import Margin
from tests.evidence.programs import Program
from tests.evidence.verdicts import Verdict, diagnosed

COMFORT = 10.0  # right answers stay this factor inside a tolerance, wrong ones this factor outside

Verdicts = dict[Program, list[Verdict]]


@dataclass(frozen=True)
class Findings:
    """All verdicts of one exercise."""

    exercise: Exercise
    known: Verdicts
    mutants: Verdicts
    margins: dict[str, Margin]
    reasons: dict[tuple[str, str], str]  # why a mutant is no wrong program

    def of(self, *kinds: str) -> Verdicts:
        return {program: verdicts for program, verdicts in self.known.items() if program.kind in kinds}

    @cached_property
    def rejected(self) -> list[Program]:
        """Right programs that did not get 10 points from every learner's inputs."""
        return [one for one, verdicts in self.of("right").items() if {verdict.score for verdict in verdicts} != {10.0}]

    @cached_property
    def accepted(self) -> list[Program]:
        """Wrong programs, no mutants among them, that got 10 points from any learner's inputs."""
        wrong = self.of("wrong", "disguised", "endless", "misconception")
        return [program for program, verdicts in wrong.items() if any(verdict.score == 10 for verdict in verdicts)]

    @cached_property
    def survivors(self) -> list[Program]:
        """Mutants that got 10 points from any learner's inputs."""
        return [
            program for program, verdicts in self.mutants.items() if any(verdict.score == 10 for verdict in verdicts)
        ]

    @cached_property
    def equivalent(self) -> dict[Program, str]:
        """Survivors that are no wrong programs, and why."""
        slug = self.exercise.slug
        return {one: self.reasons[slug, one.line] for one in self.survivors if (slug, one.line) in self.reasons}

    @cached_property
    def unstable(self) -> list[Program]:
        """Programs, no mutants among them, in which not the same functions are wrong with every learner's inputs."""
        return [
            one
            for one, verdicts in self.known.items()
            if len({frozenset(map(self._function, verdict.lost)) for verdict in verdicts}) > 1
        ]

    def _function(self, check: str) -> str:
        """Return the function that a check judges: the longest whose name it begins with."""
        functions = {mistake.function for mistake in of_exercise(self.exercise.slug)}
        return max((name for name in functions if check.startswith(f"test_{name}_")), key=len)

    @cached_property
    def varying(self) -> list[Program]:
        """Programs, no mutants among them, that do not lose the same checks with every learner's inputs."""
        return [one for one, verdicts in self.known.items() if len({verdict.lost for verdict in verdicts}) > 1]

    @cached_property
    def diagnoses(self) -> dict[Program, str]:
        """As what each program with known mistakes was diagnosed."""
        return {one: diagnosed(one, verdicts) for one, verdicts in self.of("misconception", "disguised").items()}

    def problems(self) -> Iterator[str]:
        """Yield what is not as it should be."""
        yield from (f"rejected though right: {program.name}" for program in self.rejected)
        yield from (f"accepted though wrong: {program.name}" for program in self.accepted)
        yield from (f"surviving mutant: {one.line}" for one in self.survivors if one not in self.equivalent)
        for line in self._idle_reasons():
            yield f"listed as equivalent, but caught or gone: {line}"
        yield from (f"verdict depends on the inputs: {self._wavering(program)}" for program in self.unstable)
        for program, as_what in self.diagnoses.items():
            if as_what != "itself":
                yield f"diagnosed as {as_what}: {program.kind} {program.name}"
        for check, margin in self.margins.items():
            if margin.inside > 1 / COMFORT:
                yield f"{check}: {margin.nearest['inside']} is right and uses {margin.inside:.2g} of the tolerance"
            if margin.outside < COMFORT:
                yield f"{check}: {margin.nearest['outside']} is wrong by {margin.outside:.2g} tolerances only"

    def _idle_reasons(self) -> Iterator[str]:
        alive = {program.line for program in self.survivors}
        yield from (line for slug, line in self.reasons if slug == self.exercise.slug and line not in alive)

    def _wavering(self, program: Program) -> str:
        lost = [verdict.lost for verdict in self.known[program]]
        checks = sorted(frozenset.union(*lost) - frozenset.intersection(*lost))
        return f"{program.kind} {program.name}: {', '.join(checks)}"

    def summary(self) -> str:
        """Return the exercise's figures in one line."""
        return ", ".join(f"{name} {figure}" for name, figure in zip(HEADINGS[1:], self.row()[1:], strict=True))

    def row(self) -> tuple[str, ...]:
        """Return the exercise's row of the page's table."""
        wrong = len(self.mutants) - len(self.equivalent)
        right, mistakes = self.of("right"), self.of("wrong", "disguised", "endless", "misconception")
        itself = sum(as_what == "itself" for as_what in self.diagnoses.values())
        return (
            self.exercise.title,
            f"{wrong - (len(self.survivors) - len(self.equivalent))} of {wrong}",
            str(len(self.equivalent)),
            f"{len(mistakes) - len(self.accepted)} of {len(mistakes)}",
            f"{len(right) - len(self.rejected)} of {len(right)}",
            f"{itself} of {len(self.diagnoses)}",
            f"{len(self.unstable)} ({len(self.varying)})",
        )


HEADINGS = (
    "Exercise",
    "wrong mutants caught",
    "equivalent mutants",
    "other wrong programs caught",
    "right programs at 10",
    "diagnosed as themselves",
    "verdicts that depend on the inputs",
)


def page(findings: Sequence[Findings], seeds: int, wrong_seeds: int, mutant_seeds: int) -> str:
    """Return the evidence as a Markdown page."""
    problems = [f"- {found.exercise.title}: `{problem}`" for found in findings for problem in found.problems()]
    return "\n".join(
        [
            "# Evidence",
            "",
            "Does a grade tell the truth? Every right solution should pass, every wrong one should lose points, and be",
            "told why. This page is made by one command, which grades thousands of programs whose verdict is known",
            "beforehand with the grader itself, locked as for any learner:",
            "",
            "```",
            "make evidence",
            "```",
            "",
            *_table(HEADINGS, [found.row() for found in findings]),
            "",
            "- *Mutants* are made of the reference solutions by the operators of two mutation libraries, Cosmic Ray and",
            f"  mutmut. Each is graded with {mutant_seeds} learners' inputs, and counts as caught if it loses points every time.",
            "- *Other wrong programs* are the misconceptions, each put in place of a function of the solution, and",
            "  submissions written by hand.",
            "- *Right programs* are written in different styles: loops, recursion, classes, lists, integers, 0-d arrays,",
            "  other valid formulas.",
            "- *Diagnosed as themselves*: misconceptions, and the same mistakes hidden in differently written code, for",
            "  which every check that failed shows the very explanation of that mistake, and nothing else.",
            f"- *Verdicts that depend on the inputs*: every right program is graded for {seeds} learners, each with inputs of",
            f"  their own, and every wrong one but the mutants for {wrong_seeds} (for one, if it runs out of time). It counts here",
            "  if they do not all have the same functions judged wrong. In brackets: wrong programs whose points vary, because",
            "  a mistake shows in one learner's inputs in one check more than in another's.",
            "",
            "## What is not as it should be",
            "",
            *(problems or ["Nothing."]),
            "",
            "## Margins",
            "",
            "Tolerances stand in the checks, each beside its derivation. Here is how near the right programs come to them,",
            "and how near the wrong ones, each in the check where it is farthest from right, if it is wrong by its values",
            f"alone. The unit is the tolerance: right below 1, wrong above. Each should keep a factor of {COMFORT:g}.",
            "",
            *_table(
                ("Exercise", "check", "largest error of a right program", "smallest error of a wrong program"),
                [
                    (found.exercise.title, f"`{check}`", f"{margin.inside:.1e}", f"{margin.outside:.1e}")
                    for found in findings
                    for check, margin in _tightest(found)
                ],
            ),
            "",
            "For each exercise, the check with the least room on either side.",
            "",
            "## Mutants that are no wrong programs",
            "",
            *_table(
                ("Exercise", "function: before → after", "why it is right"),
                [
                    (found.exercise.title, f"`{one.line.replace(' | ', ': ').replace('|', 'or')}`", reason)
                    for found in findings
                    for one, reason in found.equivalent.items()
                ],
            ),
            "",
        ]
    )


def _tightest(found: Findings) -> list[tuple[str, Margin]]:
    if not found.margins:
        return []
    by_room = (
        max(found.margins.items(), key=lambda item: item[1].inside),
        min(found.margins.items(), key=lambda item: item[1].outside),
    )
    return list(dict(by_room).items())


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]

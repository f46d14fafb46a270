"""What was found about one exercise: judged once, kept in `build/evidence/`, and judged anew when its files change."""

import hashlib
import json
import tomllib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.authoring.margins import Margin
from grader.authoring.programs import Program
from grader.authoring.verdicts import Verdict, diagnosed
from grader.diagnosis.mistakes import of_exercise
from grader.manifest.course import PACKAGE, Exercise

CHECKOUT = PACKAGE.parent
EQUIVALENT = Path(__file__).parent / "equivalent.toml"
COMFORT = 10.0  # right answers stay this factor inside a tolerance, wrong ones this factor outside
KEPT = CHECKOUT / "build" / "evidence"

Verdicts = dict[Program, list[Verdict]]


@dataclass(frozen=True)
class Findings:
    """One exercise's findings, as plain data; programs are named."""

    slug: str
    title: str
    fingerprint: str  # of the files that were judged
    seeds: tuple[int, int, int]  # learners a right program, a wrong one, a mutant
    right: int
    rejected: list[str]  # right programs that did not get 10 points from every learner's inputs
    wrong: int
    accepted: list[str]  # wrong programs, no mutants among them, that got 10 points from any learner's inputs
    mutants: int
    survivors: list[str]  # changed lines of the mutants that got 10 points from any learner's inputs
    mistakes: int  # programs whose diagnosis is known
    misread: dict[str, str]  # those that were not diagnosed as themselves, and as what
    unstable: list[str]  # programs in which not the same functions are wrong with every learner's inputs
    varying: int  # programs that do not lose the same checks with every learner's inputs
    margins: dict[str, Margin]

    def equivalent(self, reasons: dict[tuple[str, str], str]) -> dict[str, str]:
        """Return the survivors that are no wrong programs, and why."""
        return {line: reasons[self.slug, line] for line in self.survivors if (self.slug, line) in reasons}

    def problems(self, reasons: dict[tuple[str, str], str]) -> Iterator[str]:
        """Yield what is not as it should be."""
        yield from (f"rejected though right: {name}" for name in self.rejected)
        yield from (f"accepted though wrong: {name}" for name in self.accepted)
        yield from (f"surviving mutant: {line}" for line in self.survivors if (self.slug, line) not in reasons)
        for slug, line in reasons:
            if slug == self.slug and line not in self.survivors:
                yield f"listed as equivalent, but caught or gone: {line}"
        yield from (f"verdict depends on the inputs: {name}" for name in self.unstable)
        yield from (f"diagnosed as {as_what}: {name}" for name, as_what in self.misread.items())
        for check, margin in self.margins.items():
            if margin.inside > 1 / COMFORT:
                yield f"{check}: {margin.nearest['inside']} is right and uses {margin.inside:.2g} of the tolerance"
            if margin.outside < COMFORT:
                yield f"{check}: {margin.nearest['outside']} is wrong by {margin.outside:.2g} tolerances only"

    def keep(self) -> None:
        """Write the findings where the next run finds them."""
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{self.slug}.json").write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def kept(exercise: Exercise) -> Findings | None:
    """Return the findings of an earlier run; None if there are none, or the exercise has changed since."""
    path = KEPT / f"{exercise.slug}.json"
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["fingerprint"] != fingerprint(exercise):
        return None
    margins = {check: Margin(**margin) for check, margin in data.pop("margins").items()}
    return Findings(**{**data, "seeds": tuple(data["seeds"]), "margins": margins})


def fingerprint(exercise: Exercise) -> str:
    """Return a hash of the files that make an exercise."""
    files = [
        exercise.solution,
        exercise.public_checks,
        exercise.hidden_checks,
        exercise.places.misconceptions / f"{exercise.slug}.py",
        *sorted(path for path in (exercise.places.submissions / exercise.slug).iterdir() if path.is_file()),
    ]
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()


def findings_of(
    exercise: Exercise, known: Verdicts, mutants: Verdicts, margins: dict[str, Margin], seeds: tuple[int, int, int]
) -> Findings:
    """Return what the verdicts say."""
    right = {one: said for one, said in known.items() if one.kind == "right"}
    wrong = {one: said for one, said in known.items() if one.kind != "right"}
    as_what = {one: diagnosed(one, said) for one, said in wrong.items() if one.mistakes}
    return Findings(
        slug=exercise.slug,
        title=exercise.title,
        fingerprint=fingerprint(exercise),
        seeds=seeds,
        right=len(right),
        rejected=[one.name for one, said in right.items() if {verdict.score for verdict in said} != {10.0}],
        wrong=len(wrong),
        accepted=[one.name for one, said in wrong.items() if any(verdict.score == 10 for verdict in said)],
        mutants=len(mutants),
        survivors=[one.line for one, said in mutants.items() if any(verdict.score == 10 for verdict in said)],
        mistakes=len(as_what),
        misread={f"{one.kind} {one.name}": what for one, what in as_what.items() if what != "itself"},
        unstable=[
            _wavering(one, said) for one, said in known.items() if len(set(map(_functions, _lost(one, said)))) > 1
        ],
        varying=sum(len(set(_lost(one, said))) > 1 for one, said in known.items()),
        margins=margins,
    )


def _lost(program: Program, said: list[Verdict]) -> list[frozenset[tuple[str, str]]]:
    """Return for each learner the checks that were lost, each with the function that it judges."""
    functions = {mistake.function for mistake in of_exercise(program.exercise)}
    return [
        frozenset(
            (max((name for name in functions if check.startswith(f"test_{name}_")), key=len), check)
            for check in verdict.lost
        )
        for verdict in said
    ]


def _functions(lost: frozenset[tuple[str, str]]) -> frozenset[str]:
    return frozenset(function for function, _ in lost)


def _wavering(program: Program, said: list[Verdict]) -> str:
    lost = [verdict.lost for verdict in said]
    checks = sorted(frozenset.union(*lost) - frozenset.intersection(*lost))
    return f"{program.kind} {program.name}: {', '.join(checks)}"


def equivalent() -> dict[tuple[str, str], str]:
    """Return why a mutant is no wrong program, by exercise and changed line."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return {(slug, line): reason for slug, lines in entries.items() for line, reason in lines.items()}

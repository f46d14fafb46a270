"""How programs are judged: by the grader itself, locked and in its own processes, once for each of many learners."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from grader.authoring.programs import Program
from grader.checking.report import Report
from grader.diagnosis.mistakes import of_exercise
from grader.diagnosis.words import CONSEQUENCE, without_trial
from grader.grading.grade import Settings, grade, processes
from grader.manifest.course import load_course
from grader.sandbox import lock_name


@dataclass(frozen=True)
class Verdict:
    """What is kept of a report."""

    score: float | None
    outcomes: tuple[tuple[str, str], ...]  # each check's name and outcome
    diagnoses: frozenset[tuple[str, str]]  # of the checks that may be explained: name and diagnosis

    @property
    def lost(self) -> frozenset[str]:
        return frozenset(name for name, outcome in self.outcomes if outcome != "passed")

    @property
    def lasting(self) -> bool:
        """Whether any check ran out of time."""
        return any(outcome == "timeout" for _, outcome in self.outcomes)


def verdict_of(report: Report) -> Verdict:
    explained = frozenset(
        (check.name, without_trial(check.diagnosis))
        for check in report.checks
        if check.outcome in ("failed", "error") or check.diagnosis
    )
    outcomes = tuple((check.name, check.outcome) for check in report.checks)
    return Verdict(report.score, outcomes, explained)


def judge(
    programs: Sequence[Program], learners: int, jobs: int, tell: Callable[[int, int], None] = lambda _done, _all: None
) -> dict[Program, list[Verdict]]:
    """Grade each program as the submission of several learners, each with inputs of their own.

    Parameters
    ----------
    tell
        Called now and then with how many are done, and of how many.
    """
    slugs = tuple(dict.fromkeys(program.exercise.slug for program in programs))
    settings = Settings.of(load_course(), lock_name(), slugs)
    submissions = [
        program.handed_in_by(f"{index}-{learner:03d}")
        for index, program in enumerate(programs)
        for learner in range(1, learners + 1)
    ]
    found: dict[Program, list[Verdict]] = {program: [] for program in programs}
    for done, graded in enumerate(grade(submissions, "evidence", settings, lambda: processes(jobs), 2 * jobs), start=1):
        index = int(graded.submission.learner.partition("-")[0])
        found[programs[index]].append(verdict_of(graded.report))
        if done % 500 == 0:
            tell(done, len(submissions))
    return found


def diagnosed(program: Program, verdicts: Iterable[Verdict]) -> str:
    """Return as what a program with known mistakes was diagnosed: itself, nothing, its path, in common, or another."""
    told = {mistake.told for mistake in program.mistakes}
    others = {mistake.told for mistake in of_exercise(program.exercise)}
    heard = {
        diagnosis
        for verdict in verdicts
        for _, diagnosis in verdict.diagnoses
        if not diagnosis.endswith(CONSEQUENCE)  # of a function that calls the wrong one
    }
    strange = heard - told - {""}
    one_of_a_lesson = (one for one in strange if "Read on: " in one and not one.startswith("More than one"))
    if strange & others or any(one_of_a_lesson):
        return "another"
    if any(diagnosis.startswith("More than one") for diagnosis in strange):
        return "in common"
    if strange:
        return "its path"
    if heard == told:
        return "itself"
    return "itself in part" if heard & told else "nothing"

"""Make the evidence and the page that publishes it: `python -m tests.evidence`, or `make evidence`.

Every program is graded by the grader itself. An exercise that has not changed since an earlier run is not judged again.
Whatever is not as it should be stands in the page, and ends this command with status 1.
"""

import argparse
import os
import sys
import time
import warnings
from collections.abc import Iterator, Sequence

from grader.authoring.margins import margins
from grader.authoring.mutants import mutants
from grader.authoring.programs import golden, misconceptions
from grader.authoring.verdicts import judge
from grader.manifest.course import PACKAGE, Exercise, load_course
from tests.evidence.corpus import HELD_OUT, SEED
from tests.evidence.findings import Findings, equivalent, findings_of, kept
from tests.evidence.generated import Outcome, kept_outcome, outcome
from tests.evidence.page import page, summary

CHECKOUT = PACKAGE.parent
PAGE = CHECKOUT / "site" / "evidence.md"


def main() -> int:
    """Judge what is new, write the page, and return how the command ends."""
    options = _options()
    seeds = options.seeds, options.wrong_seeds, options.mutant_seeds
    warnings.simplefilter("ignore", SyntaxWarning)  # of mutants such as `x is 1`
    exercises, reasons, findings = load_course().exercises, equivalent(), []
    for exercise in exercises:
        found = kept(exercise)
        if exercise.slug in (options.only or ()) or (options.only is None and (found is None or options.again)):
            began = time.monotonic()
            found = examine(exercise, seeds)
            found.keep()
            print(f"{exercise.slug}: {summary(found, reasons)} ({time.monotonic() - began:.0f} s)", flush=True)
            for problem in found.problems(reasons):
                print(f"  {problem}", flush=True)
        if found is not None:
            findings.append(found)
    improved = list(_generated(exercises, SEED, options.again))
    held_out = list(_generated(exercises, HELD_OUT, options.again)) if options.held_out else _kept(exercises, HELD_OUT)
    if len(findings) == len(exercises):
        PAGE.write_text(page(findings, reasons, improved, held_out), encoding="utf-8")
        print(f"written: {PAGE.relative_to(CHECKOUT)}")
    said = [
        *(one for found in findings for one in found.problems(reasons)),
        *(one for found in (*improved, *held_out) for one in found.problems()),
    ]
    return int(bool(said))


def _generated(exercises: Sequence[Exercise], seed: str, again: bool) -> Iterator[Outcome]:
    """Yield what becomes of the programs generated from a seed; what has not changed since an earlier run is not judged again."""
    for exercise in exercises:
        found = None if again else kept_outcome(exercise, seed)
        if found is None:
            began = time.monotonic()
            found = outcome(exercise, seed, os.cpu_count() or 1)
            found.keep()
            seconds = time.monotonic() - began
            print(
                f"{exercise.slug}: {len(found.programs)} generated, {len(found.wrong)} wrong, {len(found.survivors)} survive ({seconds:.0f} s)",
                flush=True,
            )
        yield found


def _kept(exercises: Sequence[Exercise], seed: str) -> list[Outcome]:
    return [found for exercise in exercises if (found := kept_outcome(exercise, seed)) is not None]


def examine(exercise: Exercise, seeds: tuple[int, int, int]) -> Findings:
    """Judge every program of an exercise: right ones, wrong ones and mutants with so many learners' inputs."""
    jobs = os.cpu_count() or 1
    first = judge([*golden(exercise), *misconceptions(exercise)], 1, jobs)
    lasting = {program: said for program, said in first.items() if said[0].lasting}
    right = [program for program in first if program.kind == "right"]
    wrong = [program for program in first if program.kind != "right" and program not in lasting]
    known = lasting | judge(right, seeds[0], jobs) | judge(wrong, seeds[1], jobs)
    changed = judge(list(mutants(exercise)), seeds[2], jobs)
    return findings_of(exercise, known, changed, margins(exercise, 2), seeds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("--only", nargs="*", metavar="SLUG", help="judge these exercises, whether they changed or not")
    parser.add_argument("--again", action="store_true", help="judge all anew: after a change of the grader itself")
    parser.add_argument(
        "--held-out", action="store_true", help="judge the part that was set aside: when the checks are finished"
    )
    parser.add_argument("--seeds", type=int, default=200, help="learners, with inputs of their own, a right program")
    parser.add_argument("--wrong-seeds", type=int, default=200, help="the same for each wrong program")
    parser.add_argument("--mutant-seeds", type=int, default=3, help="the same for each mutant")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

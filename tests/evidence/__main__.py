"""Make the evidence and the page that publishes it: `python -m tests.evidence`, or `make evidence`.

Every program is graded by the grader itself. An exercise that has not changed since an earlier run is not judged again.
Whatever is not as it should be stands in the page, and ends this command with status 1.
"""

import argparse
import os
import sys
import time
import warnings

from grader.authoring.margins import margins
from grader.authoring.mutants import mutants
from grader.authoring.programs import golden, misconceptions
from grader.authoring.verdicts import judge
from grader.manifest.course import PACKAGE, Exercise, load_course
from tests.evidence.findings import Findings, equivalent, findings_of, kept
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
    if len(findings) == len(exercises):
        PAGE.write_text(page(findings, reasons), encoding="utf-8")
        print(f"written: {PAGE.relative_to(CHECKOUT)}")
    return int(any(problem for found in findings for problem in found.problems(reasons)))


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
    parser.add_argument("--seeds", type=int, default=200, help="learners, with inputs of their own, a right program")
    parser.add_argument("--wrong-seeds", type=int, default=200, help="the same for each wrong program")
    parser.add_argument("--mutant-seeds", type=int, default=3, help="the same for each mutant")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""Make the evidence and the page that publishes it: `python -m tests.evidence`, or `make evidence`.

Every program is graded by the grader itself. Whatever is not as it should be stands in the page, and ends this command
with status 1.
"""

import argparse
import os
import sys
import time
import warnings
from pathlib import Path

from grader.course import load_course
from tests.evidence.margins import margins
from tests.evidence.mutants import equivalent, mutants
from tests.evidence.page import Findings, page
from tests.evidence.programs import CHECKOUT, golden, misconceptions
from tests.evidence.verdicts import judge


def main() -> int:
    """Judge everything, write the page, and return how the command ends."""
    options = _options()
    course, jobs = load_course(), os.cpu_count() or 1
    exercises = [exercise for exercise in course.exercises if not options.only or exercise.slug in options.only]
    warnings.simplefilter("ignore", SyntaxWarning)  # of mutants such as `x is 1`
    reasons, findings = equivalent(), []
    for exercise in exercises:
        began = time.monotonic()
        first = judge([*golden(exercise), *misconceptions(exercise)], 1, jobs)
        lasting = {program: said for program, said in first.items() if said[0].lasting}
        right = [program for program in first if program.kind == "right"]
        wrong = [program for program in first if program.kind != "right" and program not in lasting]
        verdicts = lasting | judge(right, options.seeds, jobs) | judge(wrong, options.wrong_seeds, jobs)
        changed = judge(list(mutants(exercise)), options.mutant_seeds, jobs)
        found = Findings(exercise, verdicts, changed, margins(exercise, 2), reasons)
        findings.append(found)
        print(f"{exercise.slug}: {found.summary()} ({time.monotonic() - began:.0f} s)", flush=True)
        for problem in found.problems():
            print(f"  {problem}", flush=True)
        if options.out is not None:  # after each, so that what is known is not lost
            seeds = options.seeds, options.wrong_seeds, options.mutant_seeds
            options.out.write_text(page(findings, *seeds), encoding="utf-8")
    return int(any(found.problems() for found in findings))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.evidence", description=__doc__)
    parser.add_argument("--only", nargs="*", metavar="SLUG", help="these exercises; no page is written")
    parser.add_argument(
        "--seeds", type=int, default=200, help="learners, each with inputs of their own, a right program"
    )
    parser.add_argument("--wrong-seeds", type=int, default=200, help="the same for each wrong program")
    parser.add_argument("--mutant-seeds", type=int, default=3, help="the same for each mutant")
    parser.add_argument("--out", type=Path, help="where the page goes (site/evidence.md)")
    options = parser.parse_args()
    if options.out is None and not options.only:
        options.out = CHECKOUT / "site" / "evidence.md"
    return options


if __name__ == "__main__":
    sys.exit(main())

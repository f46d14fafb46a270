"""What the dearest known answers cost the trusted side, in `make bench`: all functions of an exercise answer so.

For each exercise and each large value a submission is graded in this process, with its diagnosis and its picture. Counted are
this process's own seconds of computing, and the most memory that it held beyond what it held before.
"""

import time
from collections.abc import Iterator

from grader.collect.submission import Cell, Submission
from grader.grading.grade import Settings, Task, grade_chunk
from grader.manifest.course import load_course
from grader.sandbox import lock_name
from tests.fuzz import odd
from tests.fuzz.programs import functions, spoiled
from tests.fuzz.running import MOST_CPU_S, MOST_MIB, peak_mib

LARGE = ("000", "2**", "huge", "long", "large")  # what stands in the names of large values
SHOWN = 5


def costs() -> Iterator[tuple[float, float, str]]:
    """Yield the seconds, the MiB and the name of each."""
    course = load_course()
    settings = Settings.of(course, lock_name(), [exercise.slug for exercise in course.exercises])
    values = [name for name in odd.VALUES if any(word in name for word in LARGE)]
    for exercise in course.exercises:
        for value in ["nothing", *values]:
            choices = {} if value == "nothing" else dict.fromkeys(functions(exercise), ("returns", value))
            cells = (Cell(f"{exercise.slug}.py", spoiled(exercise, choices).source),)
            submission = Submission("learner-001", "learner-001", exercise.slug, cells, sha256="0" * 64)
            before, begun = peak_mib(anew=True), time.process_time()
            grade_chunk((Task(submission, "0" * 16),), settings)
            if value != "nothing":  # the first of an exercise pays for what is worked out once
                yield time.process_time() - begun, peak_mib() - before, f"{exercise.slug}: {value}"


def main() -> None:
    measured = list(costs())
    print(
        f"large answers, all functions         {len(measured)} programs, at most {MOST_CPU_S:g} s and {MOST_MIB} MiB asked"
    )
    for seconds, _, name in sorted(measured, reverse=True)[:SHOWN]:
        print(f"  {seconds:.2f} s of the trusted side          {name}")
    for _, mib, name in sorted(measured, key=lambda one: -one[1])[:SHOWN]:
        print(f"  {mib:.0f} MiB beyond what it held before   {name}")


if __name__ == "__main__":
    main()

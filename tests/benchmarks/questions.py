"""What further questions cost, in `make bench`: a class in which every third hand-in fails something, with them and without.

Both ways take turns within one run, for a machine changes its pace from minute to minute. `python -m
tests.benchmarks.questions` measures these alone.
"""

import time
from statistics import median
from unittest import mock

from grader.authoring.programs import Program, from_text, misconceptions, solution_text
from grader.checking.seeds import learner_seed
from grader.diagnosis import asking
from grader.grading.grade import Settings, open_session
from grader.grading.session import CheckSession
from grader.manifest.course import load_course
from grader.sandbox import lock_name

RIGHT, WRONG = 20, 10  # of each exercise
TURNS = 3


def main() -> None:
    course = load_course()
    settings = Settings.of(course, lock_name(), [exercise.slug for exercise in course.exercises])
    session, sandbox = open_session(course, settings)
    wrong, right = list[Program](), list[Program]()
    for exercise in course.exercises:
        known = {program: seconds(session, [program]) for program in misconceptions(exercise)}
        wrong += sorted(known, key=known.__getitem__)[:WRONG]  # of one that runs out of time questions are no part
        right += [from_text("right", exercise, "the solution", solution_text(exercise))] * RIGHT
    turns = []
    for _ in range(TURNS):
        with mock.patch.object(asking, "MOST_CALLS", 0):
            without = seconds(session, wrong), seconds(session, right)
        turns.append((*without, seconds(session, wrong)))
    session.close()
    sandbox.close()
    plain, passed, asked = (median(column) for column in zip(*turns, strict=True))
    print(f"hand-ins                             {len(right) + len(wrong)}, of which {len(wrong)} fail something")
    print(f"one that passes                      {passed / len(right) * 1e3:.1f} ms")
    print(f"one that fails, without questions    {plain / len(wrong) * 1e3:.1f} ms")
    print(f"one that fails, with questions       {asked / len(wrong) * 1e3:.1f} ms")
    print(f"ratio for the class                  {median((a + r) / (w + r) for w, r, a in turns):.2f} times")


def seconds(session: CheckSession, programs: list[Program]) -> float:
    """Return how long hand-ins take, one after the other."""
    began = time.perf_counter()
    for index, program in enumerate(programs):
        learner = f"learner-{index:03d}"
        session.check(program.handed_in_by(learner), learner_seed("bench", learner, program.exercise.slug))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

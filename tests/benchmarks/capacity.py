"""`python -m tests.benchmarks.capacity`: the figures on which site/instructors/capacity.md rests.

A class hands in every exercise; of three hand-ins one has a known misconception. For each exercise a class of one and a class of
many are graded, and what a further submission takes is told, in computing, which other programs on the machine disturb less than
the clock. Then all exercises together: what the main process takes, what a grading process holds, and what is written.
"""

import tempfile
from itertools import cycle, islice
from pathlib import Path

from grader.authoring.programs import misconceptions, solution_text
from grader.authoring.release import notebook
from grader.manifest.course import Exercise, load_course
from tests.benchmarks.growth import grade

LEARNERS = 61
MOST_MISTAKES = 10  # of an exercise that take part


def main() -> None:
    exercises = load_course().exercises
    print("exercise                  computing for each further submission")
    each = []
    for exercise in exercises:
        with tempfile.TemporaryDirectory() as folder:
            one, many = Path(folder) / "one", Path(folder) / "many"
            hand_in(one / "submissions", [exercise], 1)
            hand_in(many / "submissions", [exercise], LEARNERS)
            runs = [grade(folder_of, only=[exercise.slug]) for folder_of in (one, many)]
            computed = [run.all.cpu_s - run.main_cpu_s for run in runs]
            each.append((computed[1] - computed[0]) / (LEARNERS - 1))
        print(f"{exercise.name:25} {each[-1] * 1e3:6.1f} ms", flush=True)
    print(f"{'mean':25} {sum(each) / len(each) * 1e3:6.1f} ms")
    with tempfile.TemporaryDirectory() as folder:
        hand_in(Path(folder) / "submissions", list(exercises), LEARNERS)
        slugs, submissions = [exercise.slug for exercise in exercises], LEARNERS * len(exercises)
        two = grade(Path(folder), only=slugs)
        out = Path(folder) / "out"
        book = on_disk(out / "gradebook.db") / submissions / 1024
        written = on_disk(out) / submissions / 1024 - book
        one_alone = grade(Path(folder), "--seed", "another", only=slugs, jobs=1)
    print(f"{submissions} submissions, all exercises, two grading processes")
    print(f"main process              {two.main_cpu_s / submissions * 1e3:6.2f} ms of each, {two.main_mib:.0f} MiB")
    print(f"a grading process         {two.all.mib - one_alone.all.mib:6.0f} MiB, with its sandbox")
    print(f"gradebook.db              {book:6.1f} KiB of each")
    print(f"all else in OUT           {written:6.1f} KiB of each")


def hand_in(submissions: Path, exercises: list[Exercise], learners: int) -> None:
    """Have a class hand in notebooks: two thirds of them right, the others each with a misconception."""
    for exercise in exercises:
        right = solution_text(exercise)
        wrong = [program.submission.cells[0].source for program in islice(misconceptions(exercise), MOST_MISTAKES)]
        mistakes = cycle(wrong or [right])
        for number in range(learners):
            path = submissions / f"learner-{number:04d}" / exercise.name / f"{exercise.name}.ipynb"
            path.parent.mkdir(parents=True)
            text = notebook(next(mistakes) if number % 3 == 2 else right, exercise.slug)
            path.write_text(text + " " * number, encoding="utf-8")


def on_disk(place: Path) -> int:
    """Return how many bytes of the disk a file takes, or a folder with all that is in it."""
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    return sum(path.stat().st_blocks * 512 for path in files)


if __name__ == "__main__":
    main()

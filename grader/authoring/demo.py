"""The sample class of `make demo`: learners who did well, went wrong, or tried it on. Made from the solutions."""

import sys
import zipfile
from pathlib import Path

from grader.authoring.release import notebook
from grader.authoring.stub import ReleaseError, stub
from grader.diagnosis.mistakes import of_exercise, source
from grader.manifest.course import Course, CourseError, Exercise, load_course
from grader.manifest.parts import SAMPLE, part

SOLUTIONS = "@solutions@"  # in a course's sample: the folder of its solutions
Files = dict[str, str]  # what one learner hands in: text by path


def write_sample_class(folder: Path, course: Course) -> list[str]:
    """Write the sample class, the same at every call.

    Parameters
    ----------
    folder : Path
        Where the learners' folders and zips go; absent or empty.
    course : Course
        Whose exercises the class hands in.

    Returns
    -------
    list of str
        The learners' names.

    Raises
    ------
    CourseError
        If `folder` holds anything, or a solution is missing.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CourseError(f"{folder}: not empty; name a new folder for the sample class")
    sample = {f"learner-{number:03d}": files for number, files in enumerate(_hand_ins(course), start=1)}
    *_, last = sample
    for learner, files in sample.items():
        if learner == last:
            with zipfile.ZipFile(folder / f"{learner}.zip", "w") as archive:
                for path, text in files.items():
                    archive.writestr(zipfile.ZipInfo(path), text)  # a ZipInfo's date is fixed, and so the bytes are
        else:
            for path, text in files.items():
                target = folder / learner / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
    return list(sample)


def _hand_ins(course: Course) -> list[Files]:
    """Return what each learner hands in; the last one's files are to be zipped."""
    folders = {exercise.slug: exercise.name for exercise in course.exercises}
    right = {exercise.slug: _solution(exercise) for exercise in course.exercises}
    solved = dict(list(right.items())[: len(right) // 2])
    untouched = {slug: stub(text, slug) for slug, text in right.items()}
    scripts = _scripts(right)
    wrong = []
    for slug, text in right.items():
        mistakes = of_exercise(course.by_slug[slug])
        # The first and the last of them belong to different functions.
        wrong += [scripts | {f"{slug}.py": f"{text}\n\n{source(mistake)}"} for mistake in mistakes[:1] + mistakes[-1:]]
    return [
        scripts,
        {f"{folders[slug]}/{slug}.py": text for slug, text in right.items()},
        {f"{slug}.ipynb": notebook(text, slug) for slug, text in right.items()},
        {
            f"{folders[slug]}/{folders[slug]}.ipynb": notebook(text, slug) for slug, text in right.items()
        },  # nbgrader's way
        _scripts(untouched),
        _scripts(untouched | solved),
        _scripts(solved),  # the others are missing
        scripts | {f"{course.example.slug}.py": ""},
        *wrong,
        *(
            scripts | {f"{slug}.py": f"{right[slug]}\n{text.replace(SOLUTIONS, str(course.places.solutions))}"}
            for slug, texts in (getattr(part(course.places, SAMPLE), "TROUBLE", {})).items()
            for text in texts
        ),
        scripts,
    ]


def _scripts(sources: Files) -> Files:
    return {f"{slug}.py": text for slug, text in sources.items()}


def _solution(exercise: Exercise) -> str:
    if not exercise.solution.is_file():
        raise CourseError(
            f"{exercise.solution}: missing; the sample class is made of the solutions: run this in the course's checkout"
        )
    return exercise.solution.read_text(encoding="utf-8")


if __name__ == "__main__":
    try:
        learners = write_sample_class(Path(sys.argv[1]), load_course())
    except (CourseError, ReleaseError) as error:
        raise SystemExit(f"error: {error}") from None
    print(f"{len(learners)} learners in {sys.argv[1]}")

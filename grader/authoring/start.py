"""The start of a course, and of an exercise: files that work at once, for their author to replace bit by bit."""

import re
from pathlib import Path

from grader.authoring.release import write_stubs
from grader.authoring.stub import ReleaseError
from grader.manifest.course import FILE, PYTHON, Course, load_course

FIRST = "double"

MANIFEST = """\
# The manifest of this course. An exercise's folder is NN_slug, its module slug.py.

[course]
title = "{title}"
python = "{python}"  # with which work is graded
packages = []    # what learners may import beside NumPy and SymPy, as pip names it: ["scipy"]

# [limits] may set call_timeout_s, submission_timeout_s, memory_mib, output_kib, statement_timeout_s, loading_timeout_s.
"""
ENTRY = """
[[exercise]]
number = {number}
slug = "{slug}"
title = "{title}"
# points = 10     what its checks are worth together; weight = 1, due and until (dates) may be given too
"""
SOLUTION = '''\
# %% [markdown]
# # {number}. {title}
#
# Say here what this exercise is about, and what is to be written.

# %%
def {function}(x):
    """Return twice a number.

    Parameters
    ----------
    x : float
        Any number.

    Returns
    -------
    float
        2x.

    Examples
    --------
    >>> {function}(3.0)
    6.0
    """
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION
'''
PUBLIC = '''\
"""Public checks of exercise {number}: learners run and read them."""

import pytest

from grader.expect import expect


@pytest.mark.points(4)
@pytest.mark.hint("What is twice three?", "Multiply `x` by 2, and return the result.")
def test_{function}_of_three(submission):
    """`{function}` of 3 is 6."""
    expect(submission.{function}(3.0)).number(6.0)
'''
HIDDEN = '''\
"""Hidden checks of exercise {number}: learners never see them. `rng` gives each learner inputs of their own."""

import pytest

from grader.expect import expect


@pytest.mark.points(6)
@pytest.mark.hint("Try it on numbers below zero, and on fractions.")
def test_{function}_of_any_number(submission, rng):
    """`{function}` is right for any number."""
    x = float(rng.uniform(-9, -1))
    expect(submission.{function}(x)).number(2 * x)
'''
MISTAKES = '''\
"""The mistakes of exercise {number} that the grader knows by name."""

from grader.misconceptions import misconception


@misconception("{function}", "squares", loses=("test_{function}_of_three", "test_{function}_of_any_number"))
def {function}_that_squares(x):
    """You multiply the number by itself. Twice a number is that number times 2."""
    return x * x
'''
RIGHT = """\
def {function}(x):
    return x + x
"""
README = """\
# {title}

A course for `grader`. Everything below is typed in this folder, with the environment active in which `grader` is installed
(`. KIT/.venv/bin/activate`, where KIT is the grader's own folder). With the extra `author`
(`pip install --editable 'KIT[grade,author]'`) the audit tries small changes of your solutions too.

```
grader check 1                        # your own exercise, as a learner would check it
grader audit                          # what your checks are worth
grader grade ../handed-in --out ../results --course .
grader release ../learners --course . # what learners get
grader new exercise another           # the next one
```

| file | for whom |
|---|---|
| `{file}` | lists the exercises |
| `solutions/NN_slug/slug.py` | written by hand: task, docstrings with examples, solution between its two markers |
| `exercises/NN_slug/slug.py` | the stub, made from the solution by `grader audit`: never edit it |
| `exercises/NN_slug/test_slug.py` | public checks, for learners to run and read |
| `checks/test_slug.py` | hidden checks, with random inputs |
| `misconceptions/slug.py` | the mistakes that you know, each with what you would say to who makes it |
| `submissions/slug/` | hand-ins whose verdict you know: `right_…` gets all points, anything else loses some |

Beside the manifest there may be `motions.py` (the law by which a path moves, for what is said of paths), `questions.py` (what a function
is asked when it has failed), `scenes.py` (pictures) and `handed.py` (functions of your own that checks hand to learners).
"""


def new_course(folder: Path) -> list[Path]:
    """Write a course with one small exercise; return its files.

    Raises
    ------
    ReleaseError
        If the folder holds anything.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ReleaseError(f"{folder}: neither absent nor an empty folder; name a new folder")
    title = folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize() or "A course"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / FILE, MANIFEST.format(title=title.replace('"', "'"), python=PYTHON) + _entry(1, FIRST))
        _write(folder / "README.md", README.format(title=title, file=FILE))
        return [folder / FILE, folder / "README.md", *_new_files(load_course(folder), FIRST)]
    except OSError as error:
        raise ReleaseError(f"{error.filename}: {error.strerror}") from None


def new_exercise(course: Course, slug: str) -> list[Path]:
    """Add an exercise to a course, the next in its order; return its files.

    Raises
    ------
    ReleaseError
        If there is one of this name, or the name is none.
    """
    if not re.fullmatch("[a-z][a-z0-9_]*", slug):
        raise ReleaseError(f"{slug!r}: expected small letters, digits and underscores: it names files and modules")
    if slug in course.by_slug:
        raise ReleaseError(f"{slug}: the course has an exercise of this name already")
    manifest = course.places.course / FILE
    number = max(exercise.number for exercise in course.exercises) + 1
    try:
        with manifest.open("a", encoding="utf-8") as file:
            file.write(_entry(number, slug))
        return [manifest, *_new_files(load_course(course.places.course), slug)]
    except OSError as error:
        raise ReleaseError(f"{error.filename}: {error.strerror}") from None


def _entry(number: int, slug: str) -> str:
    return ENTRY.format(number=number, slug=slug, title=slug.replace("_", " ").capitalize())


def _new_files(course: Course, slug: str) -> list[Path]:
    exercise = course.by_slug[slug]
    names = {"number": exercise.number, "title": exercise.title, "function": exercise.slug}
    places = {
        exercise.solution: SOLUTION,
        exercise.public_checks: PUBLIC,
        exercise.hidden_checks: HIDDEN,
        course.places.misconceptions / f"{slug}.py": MISTAKES,
        course.places.submissions / slug / "right_by_adding.py": RIGHT,
    }
    if there := [path for path in places if path.exists()]:
        raise ReleaseError(f"{there[0]}: there already, and it stays as it is; move it away, or choose another name")
    for path, text in places.items():
        _write(path, text.format(**names))
    write_stubs(course)
    return [*places, exercise.stub]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")

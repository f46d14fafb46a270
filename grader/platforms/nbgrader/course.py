"""From solutions to an nbgrader course: source notebooks with test cells, and nbgrader's configuration. Stage: none.

A test cell holds a claim and the name of its check, nothing of the check itself; so nothing hidden is in it, even as
the source has it.
"""

import ast
import hashlib
import json
import os
import re
from pathlib import Path
from typing import Any

from grader.authoring.release import notebook
from grader.authoring.stub import BEGIN, END, ReleaseError, stub
from grader.checking.report import CheckResult
from grader.checking.seeds import SecretError, course_secret
from grader.collect.submission import Submission
from grader.grading.session import CheckSession
from grader.manifest.course import OWN, VARIABLE, Course, Exercise
from grader.publish.results import write
from grader.publish.writer import OutputError, Writer
from grader.sandbox import Unlocked

CONFIG = "nbgrader_config.py"
WRITTEN = ".grader/nbgrader"  # what an earlier call wrote: the sha256 of each file, one a line
SAFE = "grader.platforms.nbgrader.autograde.RunChecks"  # what a configuration must name
_MARKERS = re.compile(r"(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")  # nbgrader sees them anywhere in a line


def make_course(course_dir: Path, course: Course) -> list[Path]:
    """Write `source/NN_slug/NN_slug.ipynb` of every exercise, and a configuration if there is none.

    Parameters
    ----------
    course_dir : Path
        A new folder, or an nbgrader course, with submissions too: nothing that anybody else made is touched.
    course : Course
        The exercises.

    Returns
    -------
    list of Path
        Every file that was written; those that were as they should be are not among them.

    Raises
    ------
    ReleaseError
        If a solution is missing or wrong, if a notebook was edited since it was written, or if the folder's own
        configuration would have learners' code run by nbgrader itself.
    """
    checks = _checks(course)
    texts = {
        course_dir / "source" / exercise.name / f"{exercise.name}.ipynb": source_notebook(
            exercise, checks[exercise.slug]
        )
        for exercise in course.exercises
    }
    config = course_dir / CONFIG
    try:
        if not config.exists():
            texts[config] = _config(course)
        elif SAFE not in config.read_text(encoding="utf-8"):
            raise ReleaseError(
                f"{config}: does not name {SAFE}, so nbgrader would run learners' code with nothing around it; move it "
                "away, or add to it what a new course's has"
            )
        changed = {path: text for path, text in texts.items() if not path.exists() or path.read_bytes() != _bytes(text)}
        _refuse_to_overwrite(list(changed), course_dir)
        with Writer(course_dir) as writer:
            course_secret(writer.folder)
            # First what will be written, then the files: killed in between, the next call knows them for its own.
            with os.fdopen(writer.folder.append(WRITTEN), "a", encoding="utf-8") as written:
                written.writelines(f"{_sha256(_bytes(text))}\n" for text in changed.values())
            for path, text in changed.items():
                write(path, text)
    except (OutputError, SecretError) as error:
        raise ReleaseError(str(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{getattr(error, 'filename', config)}: {getattr(error, 'strerror', error)}") from None
    return list(changed)


def source_notebook(exercise: Exercise, checks: tuple[CheckResult, ...]) -> str:
    """Return the instructor's notebook of one exercise: solution cells, then a test cell for each check.

    Raises
    ------
    ReleaseError
        If the solution's markers would not mean to nbgrader what they mean to `grader release`.
    """
    path = exercise.solution
    try:
        source = path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ReleaseError(f"{path}: cannot be read: {error}") from None
    strays = [line for line in source.splitlines() if _MARKERS.search(line) and line.strip() not in (BEGIN, END)]
    if stray := _MARKERS.search("\n".join([stub(source, exercise.slug), *strays])):
        raise ReleaseError(f"{path}: nbgrader takes {stray[0]!r} for a marker, in a string too; write it otherwise")
    book = json.loads(notebook(source, exercise.slug))
    for cell in book["cells"]:
        text = "".join(cell["source"])
        if BEGIN in text:
            # Named by its function: a name that stays when cells are added above it.
            name = next(node.name for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef))
            cell["metadata"]["nbgrader"] = _metadata(name, solution=True)
    heading = "## Checks\n\nRun these cells to see what your functions do. Leave them as they are."
    book["cells"].append({"cell_type": "markdown", "metadata": {}, "source": heading})
    hidden = [check.name for check in checks if check.hidden]
    for check in checks:
        which = f"{hidden.index(check.name) + 1} of {len(hidden)}" if check.hidden else ""
        source = _test_source(exercise, check, which)
        metadata = {"nbgrader": _metadata(check.name, points=check.max_points)}
        cell = {"cell_type": "code", "execution_count": None, "metadata": metadata, "outputs": [], "source": source}
        book["cells"].append(cell)
    for place, cell in enumerate(book["cells"], start=1):
        cell["id"] = f"{exercise.slug.replace('_', '-')}-{place}"
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)
    return json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _test_source(exercise: Exercise, check: CheckResult, which: str) -> str:
    points = f"{check.max_points:g} point{'s' * (check.max_points != 1)}"
    call = f'from grader.practice.in_notebook import check\n\ncheck("{exercise.slug}", "{check.name}")'
    if not check.hidden:
        return f"# {check.title} ({points})\n{call}"
    claim = f"# Hidden check {which} ({points}): it runs when your notebook is graded."
    return f"{claim}\n### BEGIN HIDDEN TESTS\n{call}\n### END HIDDEN TESTS"


def _metadata(name: str, *, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    """Return nbgrader's metadata of one cell, schema version 3, which admits no further key."""
    graded = points is not None
    keys: dict[str, Any] = {"grade": graded, "grade_id": name, "locked": graded, "schema_version": 3}
    return keys | {"solution": solution, "task": False} | ({"points": points} if graded else {})


def _checks(course: Course) -> dict[str, tuple[CheckResult, ...]]:
    """Return every exercise's checks in their order; what they find does not matter here."""
    session = CheckSession(course, Unlocked(course.limits, shared=False), "none", course.exercises)
    try:
        return {
            exercise.slug: session.check(Submission("", "", exercise.slug, problem="none"), "")[0].checks
            for exercise in course.exercises
        }
    finally:
        session.close()


def _config(course: Course) -> str:
    """Return nbgrader's configuration: its own lists, with what reads and runs learners' notebooks replaced."""
    identifier = re.sub(r"[^a-z0-9]+", "-", course.title.lower()).strip("-")
    at_hand = "" if course.places.course == OWN else f"os.environ[{VARIABLE!r}] = {str(course.places.course)!r}\n"
    return f'''\
"""nbgrader's configuration of this course; `grader nbgrader` wrote it once, from here on it is yours."""

import os
import sysconfig

c = get_config()  # noqa: F821
{at_hand}c.CourseDirectory.course_id = "{identifier}"

# `nbgrader autograde` and the formgrader read learners' notebooks with these two, damaged ones too ...
c.Autograde.exporter_class = "grader.platforms.nbgrader.restore.Reader"
c.Autograde.sanitize_preprocessors = ["grader.platforms.nbgrader.restore.Restore"]
# ... and grade them with the first of these, in a sandbox. nbgrader's own `Execute` would run learners' code with your
# rights, where it can read the checks and write the gradebook: do not put it back. The second is its `SaveAutoGrades`
# with one transaction for each notebook.
c.Autograde.autograde_preprocessors = [
    "{SAFE}",
    "grader.platforms.nbgrader.autograde.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]
c.HTMLExporter.sanitize_html = True  # HTML among outputs, of which there is none, would not run either
c.Exporter.optimistic_validation = True  # a notebook is validated after the last of a list, not after each

# nbgrader starts `alembic` by its name alone: where the environment is not activated, this is where it is.
os.environ["PATH"] = os.pathsep.join([os.environ.get("PATH", os.defpath), sysconfig.get_path("scripts")])
'''


def _refuse_to_overwrite(paths: list[Path], course_dir: Path) -> None:
    """Raise if one of the files is there and is not as an earlier call wrote it."""
    record = course_dir / WRITTEN
    ours = set(record.read_text(encoding="utf-8").split()) if record.exists() else set()
    for path in paths:
        if path.exists() and _sha256(path.read_bytes()) not in ours:
            raise ReleaseError(f"{path}: was edited, or is not this course's, and would be lost; move it away")


def _bytes(text: str) -> bytes:
    return text.encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

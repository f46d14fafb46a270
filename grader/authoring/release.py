"""From solutions to learners, the one way there is: notebooks and the learner kit. No grading stage imports this."""

import hashlib
import json
import os
import re
import shutil
import tempfile
from importlib import metadata
from pathlib import Path

from grader import __version__
from grader.authoring.stub import ReleaseError, stub
from grader.manifest.course import FILE, OWN, PACKAGE, Course, CourseError, Exercise, Places, load_course

DISTRIBUTION = "gradient-descent-kit"
MANIFEST = "release.json"  # lies in a kit's root: marks it as ours, names every file with its sha256

# What learners never get: the course's hidden checks and named wrong solutions; nor what cannot work without these, or
# belongs to an instructor's side alone: rooms, and parts of rooms that learners have.
_WITHHELD = (
    *("checks", "misconceptions", "sample.py", "scenes.py", "landscapes.py", "exercises", "solutions"),
    *("layouts", "roster", "inbox.py", "arrivals.py", "where.py", "store.py"),
    *("replay.py", "mistakes.py", "misconceptions.py", "picture"),
    *("preload.py", "grade.py", "scale.py", "journal.py", "regrade.py"),
    *("feedback.*", "templates.py", "listing.py", "results.py", "renaming.py", "export.py", "gradebook"),
    *("overview", "overview.schema.json"),
    *("returned.py", "parcels.py", "mailing.py", "class_list.py"),
    *("adjustments.py", "changes.py", "attempts.py", "timing.py", "by_hand.py", "by_learner.py"),
    *("final.*", "finals.py", "final_pages.py", "standing.py", "tables.py", "cells.py"),
    *("page.py", "authoring", "platforms"),
)
CHECK_IT = "## Check it\n\nThe next cell checks what you have defined above. Run it as often as you like."
_CLUTTER = ("__pycache__", "*.py[co]", "*~", ".*")
_CACHES = {"__pycache__", ".pytest_cache"}  # nobody's work: may be lost


def requirements(extra: str = "") -> list[str]:
    """Return what the package needs, as pip takes it, with what one of its extras adds."""
    needed = metadata.requires(DISTRIBUTION) or []
    plain = [one for one in needed if "extra ==" not in one]
    of_extra = [one for one in needed if extra and re.search(rf"extra == .{extra}\b", one)]
    more = [re.sub(r"\s*;? *(?:and )?extra == .*", "", one) for one in of_extra]
    return [*plain, *more]


def notebook(percent_source: str, slug: str, check_cell: bool = False) -> str:
    """Convert a module in py:percent format to a notebook; the same source gives the same bytes.

    With `check_cell` its last cell runs the public checks in the learner's own kernel; where it is graded that cell is
    nothing but magics, which `grader.collect.notebooks` makes harmless. The cells' ids are made of the exercise's slug
    and their place, `SLUG-3`; nothing tells of the machine.
    """
    import jupytext  # of the `grade` extra: a learner has this module, but not that library
    import nbformat  # the same

    book = jupytext.reads(percent_source, fmt="py:percent")
    if check_cell:
        book.cells += [
            nbformat.v4.new_markdown_cell(CHECK_IT),  # type: ignore[no-untyped-call]
            nbformat.v4.new_code_cell(f"%load_ext grader\n%check {slug}"),  # type: ignore[no-untyped-call]
        ]
    for place, cell in enumerate(book.cells, start=1):
        cell["id"] = f"{slug.replace('_', '-')}-{place}"
        cell["metadata"] = {}  # jupytext's notes to itself
    book.nbformat, book.nbformat_minor = 4, 5
    book.metadata = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    text: str = nbformat.writes(book)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"


def write_stubs(course: Course) -> list[Path]:
    """Write the stub of every exercise; return the stubs' paths.

    Raises
    ------
    ReleaseError
        If a solution is missing or no solution, or is no exercise's of the manifest.
    """
    _refuse_strangers(course)
    stubs = []
    for exercise in course.exercises:
        target = course.places.exercises / exercise.name / f"{exercise.slug}.py"
        source = stub(_solution(exercise), exercise.slug)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.is_file() or target.read_bytes() != source.encode():  # an installed course may be read-only
            _write(target, source)
        stubs.append(target)
    return stubs


def _refuse_strangers(course: Course) -> None:
    """Raise for a solution that no manifest lists: nobody would notice that its exercise is not there."""
    listed = {exercise.solution for exercise in course.exercises}
    for found in sorted(course.places.solutions.glob("*/*.py")):
        if found.parent.name.partition("_")[2] == found.stem and found not in listed:
            raise ReleaseError(f"{found}: no exercise of {FILE}; list it there, or take the folder away")


def release(out: Path, course: Course) -> list[Path]:
    """Write the learner kit: stubs, their notebooks, public checks, and the grader without anything hidden.

    Parameters
    ----------
    out : Path
        The kit's folder: absent, empty, or an earlier release in which nothing was edited or added.
    course : Course
        The exercises to release.

    Returns
    -------
    list of Path
        Every file of the kit, sorted.

    Raises
    ------
    ReleaseError
        If something that the kit needs is missing or wrong, or if `out` holds anybody's work.
    """
    out = out.resolve()
    try:
        _refuse_to_overwrite(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
            kit = Path(scratch, "kit")  # complete before it gets its name: nobody ever sees half a kit
            _write_kit(kit, course)
            if out.exists():
                out.rename(Path(scratch, "earlier"))
            kit.rename(out)
    except OSError as error:
        raise ReleaseError(f"{error.filename}: {error.strerror}; nothing was released") from None
    return sorted(path for path in out.rglob("*") if path.is_file())


def _refuse_to_overwrite(out: Path) -> None:
    """Raise unless `out` holds nothing but what an earlier release wrote."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    try:
        released = dict(json.loads(_read(out / MANIFEST))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        raise ReleaseError(
            f"{out}: neither empty nor an earlier release (no {MANIFEST} of one); name a new folder"
        ) from None
    for name, sha256 in _fingerprints(out).items():
        if released.get(name) != sha256:
            verb = "was edited since its release" if name in released else "is not of this release"
            raise ReleaseError(f"{out / name}: {verb} and would be lost; move it away or name a new folder")


def _write_kit(kit: Path, course: Course) -> None:
    """Write the whole kit into the new folder `kit`."""
    _refuse_strangers(course)
    shutil.copytree(PACKAGE, kit / "grader", ignore=shutil.ignore_patterns(*_WITHHELD, *_CLUTTER, OWN.name))
    own = kit / "grader" / OWN.name  # whichever course it is, a kit carries it as its own
    own.mkdir()
    for name in course.places.own_files:
        if not set(name.parts) & set(_WITHHELD):
            shutil.copyfile(course.places.course / name, own / name)
    kept = Places(own).stubs
    kept.mkdir()
    for exercise in course.exercises:
        folder = kit / "exercises" / exercise.name
        folder.mkdir(parents=True)
        source = stub(_solution(exercise), exercise.slug)
        _write(folder / f"{exercise.slug}.py", source)
        _write(kept / f"{exercise.slug}.py", source)  # tells what was written, and what was not
        _write(folder / f"{exercise.slug}.ipynb", notebook(source, exercise.slug, check_cell=True))
        shutil.copyfile(exercise.public_checks, folder / exercise.public_checks.name)
    _write(kit / "pyproject.toml", _pyproject(course))
    _write(kit / "README.md", _readme(course))
    workflow = kit / ".github" / "workflows" / "checks.yml"  # pushed to GitHub, a kit checks itself
    workflow.parent.mkdir(parents=True)
    shutil.copyfile(PACKAGE / "platforms" / "github" / "checks.yml", workflow)
    _write(kit / ".gitignore", ".venv/\n__pycache__/\n*.egg-info/\n")
    manifest = {"course": course.title, "version": __version__, "files": _fingerprints(kit)}
    _write(kit / MANIFEST, json.dumps(manifest, indent=1) + "\n")


def _pyproject(course: Course) -> str:
    """Return the kit's pyproject.toml: what a learner needs."""
    about = {
        "name": DISTRIBUTION,
        "version": __version__,
        "requires-python": metadata.metadata(DISTRIBUTION)["Requires-Python"],
        "dependencies": [*requirements(), *course.limits.packages],
    }
    kept = "\n".join(f"{key} = {json.dumps(value)}" for key, value in about.items())  # JSON's strings are TOML's too
    return f"""\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
{kept}

[project.scripts]
grader = "grader.cli:main"

[project.entry-points.pytest11]
grader = "grader.practice.plugin"

[tool.hatch.build.targets.wheel]
packages = ["grader"]
"""


def _readme(course: Course) -> str:
    """Return the kit's README.md."""
    first = course.exercises[0]
    exercises = "\n".join(f"- `exercises/{exercise.name}`: {exercise.title}" for exercise in course.exercises)
    return f"""\
# {course.title}: exercises

Three commands, in this folder, with Python 3.11 or later:

```
python3 -m venv .venv
.venv/bin/pip install --editable .
.venv/bin/grader check {first.number}
```

Open `exercises/{first.name}/{first.slug}.py` in your editor, or `{first.slug}.ipynb` in Jupyter: one of the two, as you like.
Where both hold work of yours the `.py` counts, and `check` says so. Replace each `raise NotImplementedError(...)` by your
solution and run the last command again, or the last cell of the notebook (Jupyter must run in the same `.venv`); without the
number the command checks everything. `grader watch` does so whenever you save, `grader hint {first.number}` gives hints one by one, and
`grader progress` shows how far you have come. The checks beside it, `test_{first.slug}.py`, are ordinary pytest and
yours to read. Your instructor grades with these and with more of their kind.

Your work is graded with Python {course.python}, {course.limits.modules}; other packages that compute are not there.
What draws or shows, such as matplotlib, is a stand-in that does nothing, so plots in your file cost no points. A statement
outside your functions that fails, asks for input or takes longer than a second is left out, and you are told which. Other
files of your own may be imported: hand them in together.

On GitHub every push runs the public checks; the page of the run, under *Actions*, shows what they say.

{exercises}
"""


def _solution(exercise: Exercise) -> str:
    try:
        return _read(exercise.solution)
    except OSError as error:
        said = f"{exercise.solution}: {error.strerror}; stubs are made of the solutions, which are not here"
        raise ReleaseError(said) from None


def _read(path: Path) -> str:
    """Read text without touching its line ends."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise ReleaseError(f"{path}: not UTF-8: {error.reason} at byte {error.start}") from None


def _write(path: Path, text: str) -> None:
    """Write text without touching its line ends."""
    path.write_bytes(text.encode())


def _fingerprints(folder: Path) -> dict[str, str]:
    """Return the sha256 of every file that is somebody's work, by its path in `folder`."""
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {
        file.as_posix(): hashlib.sha256(folder.joinpath(file).read_bytes()).hexdigest()
        for file in files
        if file.as_posix() != MANIFEST and not _CACHES.intersection(file.parts)
    }


if __name__ == "__main__":
    try:
        for written in write_stubs(load_course()):
            print(Path(os.path.relpath(written)))
    except (ReleaseError, CourseError) as error:
        raise SystemExit(str(error)) from None

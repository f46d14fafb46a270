"""The grader, packed for a platform that runs it: Gradescope's autograder zip, GitHub's private grading repository.

A bundle holds the hidden checks and, for Gradescope, the course's secret: it is for the instructor alone.
"""

import re
import secrets
import shutil
import stat
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.release import requirements
from grader.manifest.course import OWN, PACKAGE, Course
from grader.manifest.packages import versions
from grader.platforms.gradescope.results import SETTINGS, BundleSettings

PLATFORMS = PACKAGE / "platforms"
DATE = (1980, 1, 1, 0, 0, 0)  # of every entry, so that the same course and secret give the same bytes

# Of the extra `grade`, what one submission's points do not need: notebooks for learners, nbgrader and its database.
_NOT_ON_GRADESCOPE = {"alembic", "jupytext", "nbformat", "nbgrader", "psycopg", "sqlalchemy"}
_CLUTTER = {"__pycache__", "demo.py"}


class BundleError(Exception):
    """A bundle cannot be made; the message says where, what, and what would be right."""


def bundle_gradescope(
    out: Path, course: Course, only: str | None = None, seed: str | None = None, locked: bool = True
) -> str:
    """Write the zip that an instructor uploads as a Gradescope autograder.

    Parameters
    ----------
    out : Path
        The zip; absent, or a bundle made earlier, which is replaced.
    course : Course
        The course.
    only : str, optional
        The one exercise to grade, as `Course.find` takes it; all of them without it.
    seed : str, optional
        The course's secret. Without it that of the bundle to be replaced, or else a new one.
    locked : bool
        Whether a container without the lock refuses to grade.

    Returns
    -------
    str
        The secret, with which another bundle asks every learner the same.

    Raises
    ------
    BundleError
        If `out` is no bundle, or something that goes in is missing.
    CourseError
        If `only` is no exercise of the course.
    """
    exercises = course.exercises if only is None else (course.find(only),)
    if out.suffix.lower() != ".zip":
        raise BundleError(f"{out}: Gradescope takes a zip; expected a name such as {exercises[0].slug}.zip")
    earlier = _earlier_secret(out) if out.exists() else None
    secret = seed if seed is not None else earlier or secrets.token_hex(16)
    if not secret.strip():
        raise BundleError("the secret is empty; expected some text that nobody can guess")
    settings = BundleSettings(secret, locked, tuple(exercise.slug for exercise in exercises))
    files = dict(_grader(course, with_solutions=locked))
    files["requirements.txt"] = _requirements(course, _NOT_ON_GRADESCOPE)
    files |= {name: _content(PLATFORMS / "gradescope" / name) for name in ("setup.sh", "run_autograder")}
    files[SETTINGS] = settings.to_json().encode()
    _write_zip(out, files)
    return secret


def bundle_github(out: Path, course: Course) -> list[Path]:
    """Write the folder that an instructor pushes as a private repository, whose workflow grades all learners'.

    It holds no secret: that is one of the repository's own settings.

    Parameters
    ----------
    out : Path
        A new folder, or an empty one.
    course : Course
        The course.

    Returns
    -------
    list of Path
        Every file, sorted.

    Raises
    ------
    BundleError
        If `out` holds anything, or something that goes in is missing.
    """
    if out.is_symlink() or (out.exists() and not (out.is_dir() and not any(out.iterdir()))):
        raise BundleError(f"{out}: neither absent nor an empty folder; name a new folder")
    files = dict(_grader(course, with_solutions=True))
    files["requirements.txt"] = _requirements(course, set())
    github = PLATFORMS / "github"
    files[".github/workflows/grade.yml"] = _content(github / "grade.yml")
    files |= {name: _content(github / name) for name in ("fetch_learners", "learners.csv", "README.md")}
    files[".gitignore"] = b".venv/\n__pycache__/\n/repositories/\n/submissions/\n/results/\n"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
            folder = Path(scratch, "bundle")  # complete before it gets its name
            for name, content in files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                path.chmod(_mode(content))
            if out.exists():
                out.rmdir()
            shutil.move(folder, out)
    except OSError as error:
        raise BundleError(f"cannot write {out}: {error.strerror}") from None
    return sorted(path for path in out.rglob("*") if path.is_file())


def _grader(course: Course, with_solutions: bool) -> Iterator[tuple[str, bytes]]:
    """Yield what grades: the package, the course with all that is hidden as its own, and the pins."""
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        clutter = any(part in _CLUTTER or part.startswith(".") for part in parts) or path.suffix == ".pyc"
        # The course comes below, and what is written for platforms goes where each of them looks for it.
        elsewhere = parts[0] == OWN.name or (parts[0] == PLATFORMS.name and path.suffix != ".py")
        if path.is_file() and not clutter and not elsewhere:
            yield "/".join(("grader", *parts)), _content(path)
    for name in course.places.own_files:
        yield f"grader/{OWN.name}/{name.as_posix()}", _content(course.places.course / name)
    for exercise in course.exercises:
        for path in (exercise.stub, exercise.public_checks):
            yield f"exercises/{exercise.name}/{path.name}", _content(path)
        if with_solutions:  # a diagnosis replays a mistake in the midst of the right program
            yield f"solutions/{exercise.name}/{exercise.slug}.py", _content(exercise.solution)
    yield "constraints.txt", "".join(f"{pin}\n" for pin in _pins(course)).encode()


def _pins(course: Course) -> list[str]:
    """Return the versions with which it is graded: a checkout's own, and what is installed here of all that it leaves open."""
    checkout = PACKAGE.parent / "constraints.txt"
    pins = _content(checkout).decode().splitlines() if checkout.is_file() else []
    known = {pin.partition("==")[0] for pin in pins}
    wanted = course.limits.packages if pins else (*requirements("grade"), *course.limits.packages)
    return [*pins, *(pin for pin in versions(wanted) if pin.partition("==")[0] not in known)]


def _requirements(course: Course, without: set[str]) -> bytes:
    """Return what grading needs to be installed, in the ranges that the package asks for; constraints.txt pins them."""
    wanted = [one for one in requirements("grade") if re.split(r"[^\w.-]", one)[0].lower() not in without]
    return "".join(f"{one}\n" for one in [*wanted, *course.limits.packages]).encode()


def _write_zip(out: Path, files: dict[str, bytes]) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        # In a folder that nobody else may enter, because the secret is in it; complete before it gets its name.
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as scratch:
            unfinished = Path(scratch, out.name)
            with zipfile.ZipFile(unfinished, "w") as archive:
                for name, content in sorted(files.items()):
                    entry = zipfile.ZipInfo(name, DATE)
                    entry.create_system = 3  # Unix, where a file may be executable, whatever system makes the zip
                    entry.external_attr = (stat.S_IFREG | _mode(content)) << 16
                    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            unfinished.chmod(0o600)
            unfinished.replace(out)
    except OSError as error:
        raise BundleError(f"cannot write {out}: {error.strerror}") from None


def _mode(content: bytes) -> int:
    return 0o755 if content.startswith(b"#!") else 0o644


def _earlier_secret(out: Path) -> str:
    """Return the secret of the bundle that is to be replaced, so that nobody's inputs change."""
    try:
        with zipfile.ZipFile(out) as archive:
            return BundleSettings.from_json(archive.read(SETTINGS).decode()).secret
    except (OSError, zipfile.BadZipFile, KeyError, ValueError):
        raise BundleError(f"{out}: no bundle that was made here; it stays as it is. Name another file") from None


def _content(path: Path) -> bytes:
    """Return a file's bytes, a text's with the line ends of the system that will read it."""
    try:
        content = path.read_bytes()
        return content if b"\0" in content else content.replace(b"\r\n", b"\n")
    except OSError as error:
        raise BundleError(f"{path}: {error.strerror}; make bundles in the course's own checkout") from None

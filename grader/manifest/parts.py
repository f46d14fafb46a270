"""The Python that a course brings along: misconceptions, laws of motion, questions, scenes, functions for learners, a sample class.

Each is a module in the course's folder, and each may be absent. Nothing of it is imported before it is asked for.
"""

import hashlib
import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.manifest.course import OWN, CourseError, Places

MOTIONS, QUESTIONS, SCENES, HANDED, SAMPLE = "motions", "questions", "scenes", "handed", "sample"


def part(places: Places, name: str) -> ModuleType | None:
    """Return a module of a course: `motions`, or `misconceptions.SLUG`; None if the course has none.

    Modules of one course may import one another: `from .motions import WALK`.

    Raises
    ------
    CourseError
        If it is there and cannot be imported; the message names file and line.
    """
    package = _package(places.course)
    full = f"{package}.{name}"
    if full not in sys.modules and not _is_there(places.course.joinpath(*name.split("."))):
        return None
    try:
        return importlib.import_module(full)
    except Exception as error:  # it is the course's own code, and may raise anything
        raise CourseError(_said(error, places.course)) from error


def of_function(places: Places, name: str, table: str, exercise: str, function: str) -> Any:
    """Return what a part's table has for a function of an exercise; None where it has nothing."""
    module = part(places, name)
    return None if module is None else getattr(module, table, {}).get((exercise, function))


def _is_there(path: Path) -> bool:
    return path.with_suffix(".py").is_file() or path.with_suffix(".pyc").is_file()  # a page has what is compiled


def _package(folder: Path) -> str:
    """Return the name under which the modules of a course's folder can be imported."""
    if folder == OWN:
        return "grader.course"
    name = f"course_{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}"
    if name not in sys.modules:
        module = ModuleType(name)
        module.__path__ = [str(folder)]
        sys.modules[name] = module
    return name


def _said(error: Exception, folder: Path) -> str:
    """Return where a module failed, in the course's own files."""
    place = error.filename if isinstance(error, SyntaxError) and error.filename else ""
    line = error.lineno if isinstance(error, SyntaxError) else None
    trace = error.__traceback__
    while trace is not None and not place:
        if Path(trace.tb_frame.f_code.co_filename).is_relative_to(folder):
            place, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    where = Path(place).relative_to(folder) if place and Path(place).is_relative_to(folder) else Path(place or folder)
    what = error.msg if isinstance(error, SyntaxError) else f"{type(error).__name__}: {error}"
    return f"{where}, line {line}: {what}" if line else f"{where}: {what}"

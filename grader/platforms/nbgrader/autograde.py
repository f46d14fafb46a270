"""What nbgrader runs in place of executing a notebook: the checks, with the learner's cells in the sandbox. Stage 5.

nbgrader's configuration names `RunChecks` where its list of autograde preprocessors has `Execute`. It gives each test
cell the output from which nbgrader reads the points, and nbgrader goes on as ever: scores, comments, notebooks.
`SaveGrades` stands for its `SaveAutoGrades`, and does the same faster.
"""

import atexit
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.api import Gradebook, MissingEntry  # type: ignore[import-untyped]
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades  # type: ignore[import-untyped]
from nbgrader.utils import is_grade, is_solution  # type: ignore[import-untyped]

from grader.checking.report import Report
from grader.checking.seeds import SecretError, course_secret, learner_seed
from grader.collect.notebooks import read_notebook
from grader.collect.submission import Cell, ProblemError, Submission, learner_name
from grader.grading.session import CheckSession
from grader.manifest.course import CourseError, Exercise, load_course
from grader.publish.gradebook.notebooks import outputs, shown
from grader.sandbox import LockUnavailable, Sandbox, lock_name

_node: Callable[..., Any] = from_dict  # nbformat comes without types


class RunChecks(NbGraderPreprocessor):  # type: ignore[misc]
    """Grade the notebook as `grader grade` does, and write what was found into its test cells."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook with an output in each test cell.

        Raises
        ------
        NbGraderException
            If there is no verdict: no lock, a fault of ours, or an assignment that is not this course's. nbgrader says
            so, goes on with the next learner, and ends with status 1; what was graded of this one before is withdrawn.
        """
        place = resources["nbgrader"]
        try:
            report = _graded(nb, place)
            for lost in _open.lost():
                self.log.warning(f"{place['assignment']} of {place['student']}: graded, but {lost}")
            _write(report, nb)
        except (CourseError, LockUnavailable, _HeldError) as reason:
            _withdraw(place)
            message = f"{place['assignment']} of {place['student']} was not graded: {reason}"
            self.log.error(message)
            raise NbGraderException(message) from None
        return nb, resources


class SaveGrades(SaveAutoGrades):  # type: ignore[misc]
    """Save scores and comments by nbgrader's own rules, in one transaction a notebook where it has one for each cell."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the notebook as it is; what its test cells say is in the gradebook then."""
        place = resources["nbgrader"]
        self.notebook_id, self.assignment_id = place["notebook"], place["assignment"]
        self.student_id = place["student"]
        with Gradebook(place["db_url"]) as gradebook:
            submission = gradebook.find_submission_notebook(self.notebook_id, self.assignment_id, self.student_id)
            self.gradebook = _Rows(submission)
            # Cell by cell, in nbgrader's own methods.
            nb, resources = NbGraderPreprocessor.preprocess(self, nb, resources)
            gradebook.db.commit()
        return nb, resources


class _Rows:
    """What `SaveAutoGrades` asks a gradebook for cell by cell: read at once; who made it commits."""

    def __init__(self, submission: Any) -> None:
        notebook = submission.notebook
        names = {cell.id: cell.name for cell in notebook.grade_cells + notebook.solution_cells + notebook.task_cells}
        self._grades = {names[grade.cell_id]: grade for grade in submission.grades}
        self._comments = {names[comment.cell_id]: comment for comment in submission.comments}
        self.db = self

    def find_grade(self, name: str, *place: str) -> Any:
        return _row(self._grades, name, place)

    def find_comment(self, name: str, *place: str) -> Any:
        return _row(self._comments, name, place)

    def commit(self) -> None:
        """Leave it to the last commit."""


def _row(rows: dict[str, Any], name: str, place: tuple[str, ...]) -> Any:
    if name not in rows:
        raise MissingEntry(f"No such cell in the gradebook: {'/'.join((*place, name))}")
    return rows[name]


class _HeldError(Exception):
    """A fault of ours; the message names it."""


def _graded(nb: Any, place: dict[str, str]) -> Report:
    """Return the report on a restored notebook."""
    course = load_course()
    exercise = course.find(place["assignment"])
    name, problem = f"{place['notebook']}.ipynb", nb.metadata["grader"]["problem"]
    cells: tuple[Cell, ...] = ()
    if not problem:
        own = [{"cell_type": cell.cell_type, "source": cell.source} for cell in nb.cells if not _is_test(cell)]
        try:
            cells = read_notebook(json.dumps({"cells": own}).encode(), name)
        except ProblemError as error:
            problem = str(error)
    learner = learner_name(os.fsencode(place["student"]))
    submission = Submission(learner, learner, exercise.slug, cells, problem)
    try:
        secret = course_secret(Path.cwd())  # the course's folder, in which nbgrader runs its converters
    except (SecretError, OSError) as error:
        raise _HeldError(str(error)) from None
    seed = learner_seed(secret, learner, exercise.slug)
    report, faults = _open.session(exercise).check(submission, seed)
    if faults:
        _open.close()  # where the sandbox is to blame, the next notebook should not suffer
        raise _HeldError(f"a fault of the grader, not theirs: {'; '.join(faults)}")
    return report


class _Open:
    """The pytest session and the sandbox of this process, for one exercise at a time.

    They serve all notebooks of a command, or of the formgrader's server, and end with it.
    """

    def __init__(self) -> None:
        self._sessions: dict[Exercise, tuple[CheckSession, Sandbox]] = {}
        atexit.register(self.close)

    def session(self, exercise: Exercise) -> CheckSession:
        """Return the session, opened if it is not yet."""
        if exercise not in self._sessions:
            self.close()
            course, lock = load_course(), lock_name()
            sandbox = Sandbox(course.limits, {exercise.slug: exercise.symbolic})
            self._sessions[exercise] = CheckSession(course, sandbox, lock, (exercise,)), sandbox
        return self._sessions[exercise][0]

    def lost(self) -> list[str]:
        """Return what could not be made to explain the verdict that was asked for last, and why."""
        return [line for session, _ in self._sessions.values() for line in session.lost]

    def close(self) -> None:
        """End it; the next notebook gets a new one."""
        while self._sessions:
            session, sandbox = self._sessions.popitem()[1]
            session.close()
            sandbox.close()


_open = _Open()


def _is_test(cell: Any) -> bool:
    return bool(cell.cell_type == "code" and is_grade(cell) and not is_solution(cell))


def _write(report: Report, nb: Any) -> None:
    """Put each check's verdict into its test cell, and what the code printed below the learner's last cell."""
    results = {result.name: result for result in report.checks}
    tests = {cell.metadata.nbgrader["grade_id"]: cell for cell in nb.cells if _is_test(cell)}
    if tests.keys() != results.keys():
        odd = ", ".join(sorted(tests.keys() ^ results.keys()))
        raise CourseError(
            f"its test cells are not those of the course's checks ({odd}): run `grader nbgrader` and "
            "`nbgrader generate_assignment` again"
        )
    for name, cell in tests.items():
        worth, found = float(cell.metadata.nbgrader["points"]), results[name]  # the teacher's points, the check's share
        share = found.points / found.max_points if found.max_points else 0.0
        cell.outputs = _node(outputs(replace(found, points=worth * share, max_points=worth)))
    text = "\n".join(filter(None, [*report.notes, report.output]))
    own = [cell for cell in nb.cells if cell.cell_type == "code" and not _is_test(cell)]
    for cell, shortened in zip(own, shown([cell.source for cell in own]), strict=True):
        cell.source = shortened
    if own and text:
        own[-1].outputs = _node([{"output_type": "stream", "name": "stdout", "text": text}])


def _withdraw(place: dict[str, str]) -> None:
    """Take back what an earlier run has scored: no score at all says that there is no verdict, and zero would be one."""
    with Gradebook(place["db_url"]) as gradebook:
        submission = gradebook.find_submission_notebook(place["notebook"], place["assignment"], place["student"])
        for grade in submission.grades:
            grade.auto_score, grade.needs_manual_grade = None, True
        gradebook.db.commit()

"""Stage 5: OUT/autograded, the notebooks that nbgrader's formgrader shows beside its scores.

They are written where OUT is an nbgrader course, which `grader nbgrader OUT` makes it: test cells are those of its
`source` notebooks, each with what the check found as its output; the other cells are what was graded.
"""

import ast
import json
import re
import warnings
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from grader.checking.comfort import Comfort
from grader.checking.report import CheckResult, Report
from grader.collect.opened import Folder
from grader.collect.submission import Submission
from grader.manifest.course import Course, Exercise

MOST_CODE = 60_000  # letters of a notebook's code that are shown, and of one line:
MOST_LINE = 1_000  # what colours code for a page is quadratic in a line, and in blank lines
_BLANK = re.compile(r"\n(?:[^\S\n]*\n){3,}")
_MAGIC = re.compile(r"%%(?=[A-Za-z!])")  # what follows %%perl would be coloured as Perl, for which nothing is bounded

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


class Notebooks:
    """Writes graded notebooks into OUT.

    Parameters
    ----------
    out : Path
        The folder.
    course : Course
        The course.

    Raises
    ------
    OSError
        If it cannot be opened.
    """

    def __init__(self, out: Path, course: Course) -> None:
        self.lost: list[str] = []  # which of them could not be made, a line each
        self._folder = Folder(out)
        self._course = course
        self._source_of = cache(partial(_source_cells, out))

    def close(self) -> None:
        """Let go of OUT."""
        self._folder.close()

    def write(self, submission: Submission, report: Report, whole: Callable[[Submission], Submission]) -> None:
        """Write one, where the exercise has a source notebook.

        Parameters
        ----------
        submission : Submission
            What was handed in.
        report : Report
            What was found.
        whole : callable
            Returns the submission with its code.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        exercise = self._course.by_slug[report.exercise]
        source = self._source_of(exercise)
        if not source:
            return
        comfort = Comfort()
        text = comfort.make("notebook", lambda: graded_notebook(whole(submission), report, source), "")
        self.lost += [f"{submission.learner}, {report.exercise}: {fault}" for fault in comfort.faults]
        place = f"autograded/{submission.folder}/{exercise.name}/{exercise.name}.ipynb"
        if text and not _holds(self._folder, place, text.encode()):
            self._folder.write(place, text.encode(), alone=True)


def _holds(folder: Folder, place: str, data: bytes) -> bool:
    try:
        return folder.read(place, len(data)) == data
    except OSError:
        return False


def graded_notebook(submission: Submission, report: Report, source_cells: list[dict[str, Any]]) -> str:
    """Return one notebook.

    Parameters
    ----------
    submission : Submission
        What was handed in.
    report : Report
        What was found.
    source_cells : list of dict
        The cells of the assignment's source notebook.
    """
    named = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in source_cells if "nbgrader" in cell["metadata"]}
    functions = {name for name, cell in named.items() if cell["metadata"]["nbgrader"]["solution"]}
    defining: dict[str, dict[str, Any]] = {}
    cells = []
    left = MOST_CODE
    for one in submission.cells:
        left -= len(one.source)
        # What is not shown need not be cut, and Python's parser is quadratic in some texts.
        for name, text in pieces(one.source, functions) if left >= 0 else [("", one.source)]:
            cells.append(_code(text))
            defining[name] = cells[-1]  # where a function is defined twice, the last definition counts, as for Python
    cells = cells or [_code(f"# {submission.problem}".replace("\n", "\n# "))]
    for name in functions & defining.keys():
        defining[name]["metadata"] = named[name]["metadata"]
    said = "\n".join(filter(None, [*report.notes, report.output]))
    if said:
        cells[-1]["outputs"] = [_said(said)]
    for cell, text in zip(cells, shown([cell["source"] for cell in cells]), strict=True):
        cell["source"] = text
    results = {check.name: check for check in report.checks}
    for name, cell in named.items():
        if cell["metadata"]["nbgrader"]["grade"] and name not in functions:
            found = results.get(name)
            cells.append(cell | ({"outputs": outputs(found)} if found and cell["cell_type"] == "code" else {}))
    for place, cell in enumerate(cells, start=1):
        cell["id"] = f"cell-{place}"
    book = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False) + "\n"  # without an indent: that takes three times as long


def shown(sources: list[str]) -> list[str]:
    """Return learners' cells as pages can colour them in no time: what no honest program has is cut, and says so."""
    left = MOST_CODE
    texts = []
    for source in sources:
        text = source[:left]
        left -= len(text)
        lines = [_short(line) for line in text.split("\n")]
        lines += ["# … and more, which is not shown"] if len(text) < len(source) else []
        texts.append(_MAGIC.sub("% %", _BLANK.sub("\n\n\n", "\n".join(lines))))
    return texts


def _short(line: str) -> str:
    return line if len(line) <= MOST_LINE else f"{line[:MOST_LINE]} … (cut off here)"


def outputs(result: CheckResult) -> list[dict[str, Any]]:
    """Return a test cell's outputs: nbgrader reads the points from them, and a learner the reason."""
    if result.outcome == "passed":
        return [_said(f"✓ {result.title}\n")]
    lines = [result.title, *result.message.splitlines()]
    lines += [f"diagnosis: {result.diagnosis}"] * bool(result.diagnosis)
    lines += [f"hint: {hint}" for hint in result.hint.splitlines()]
    if not result.points:
        return [{"output_type": "error", "ename": result.outcome, "evalue": lines[-1], "traceback": lines}]
    # Partial credit is a result that is a number; what is said comes before it.
    points = {"text/plain": f"{result.points:g}"}
    result_of_cell = {"output_type": "execute_result", "data": points, "metadata": {}, "execution_count": None}
    return [_said("\n".join(lines) + "\n"), result_of_cell]


def pieces(source: str, functions: set[str]) -> list[tuple[str, str]]:
    """Cut a cell so that each of the functions stands alone: nbgrader has a place for comments below each cell.

    Returns
    -------
    list of tuple
        The name of the function, empty for what stands between them, and the text.
    """
    lines = source.split("\n")
    cut: list[tuple[str, str]] = []
    done = 0
    for node in _top_level(source):
        if isinstance(node, ast.FunctionDef) and node.name in functions:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1
            last = node.end_lineno or node.lineno
            cut += [("", "\n".join(lines[done:first])), (node.name, "\n".join(lines[first:last]))]
            done = last
    cut.append(("", "\n".join(lines[done:])))
    return [(name, text.strip("\n")) for name, text in cut if text.strip()]


def _source_cells(out: Path, exercise: Exercise) -> list[dict[str, Any]]:
    """Return the cells of the assignment, or none where OUT has no such assignment."""
    try:
        text = (out / "source" / exercise.name / f"{exercise.name}.ipynb").read_text(encoding="utf-8")
        cells: list[dict[str, Any]] = json.loads(text)["cells"]
        return cells if all("metadata" in cell for cell in cells) else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _top_level(source: str) -> list[ast.stmt]:
    # A learner's text: it may be no Python, or nested beyond the parser, and what Python warns of is not for the terminal.
    try:
        with warnings.catch_warnings(action="ignore"):
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _code(source: str) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}


def _said(text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": text}

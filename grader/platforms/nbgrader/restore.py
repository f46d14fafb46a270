"""nbgrader's first pass over what a learner handed in: any notebook in, the assignment's notebook out. Stage 5.

nbgrader itself reads with nbformat and trusts the metadata: a damaged notebook stops there, and a test cell that was
made a solution cell stays what the learner wrote. Here only the learner's text is taken; everything else comes from the
gradebook, which `nbgrader generate_assignment` filled.
"""

import json
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import from_dict
from nbgrader import api  # type: ignore[import-untyped]
from nbgrader.converters.base import NbGraderException  # type: ignore[import-untyped]
from nbgrader.preprocessors import NbGraderPreprocessor  # type: ignore[import-untyped]

from grader.collect.archives import open_folder, read_file
from grader.collect.notebooks import MAX_NOTEBOOK, read_all_cells
from grader.collect.submission import MachineError, ProblemError
from grader.publish.formats import MOST_LETTERS, block

# nbgrader opens the gradebook eight times for each notebook, with an engine of its own each time, for which SQLAlchemy
# compiles all queries anew. One engine serves as well: to close it is to end its connections, no more.
api.create_engine = cache(api.create_engine)
MAX_CELLS = 1_000  # of a learner's notebook that are kept
MOST_PROSE = 10 * MOST_LETTERS  # of all their Markdown: the pages' own expressions are quadratic in a line
# What Markdown may hold to be shown as Markdown, in mistune's words. Not among it: links, pictures and HTML, which would
# act on the formgrader's page with the instructor's rights, and headings, whose names could be those of its fields.
_HARMLESS = set(
    "paragraph block_text text blank_line linebreak softbreak emphasis strong strikethrough codespan block_code "
    "block_quote list list_item task_list_item thematic_break inline_math block_math latex_environment "
    "table table_head table_body table_row table_cell def_list def_list_head def_list_item".split()
)


class Reader(NotebookExporter):
    """nbconvert's exporter, which reads a learner's file as `grader grade` does: damaged ones too, and never by a link."""

    def from_file(self, file_stream: Any, resources: Any = None, **options: Any) -> Any:
        """Convert a notebook; what cannot be read becomes an empty one, with the reason in `resources`."""
        if not any(isinstance(preprocessor, Restore) for preprocessor in self._preprocessors):
            return super().from_file(file_stream, resources, **options)  # the second pass: what `Restore` made
        path = Path(file_stream.name)
        try:
            with open_folder(path.parent) as folder:
                cells = read_all_cells(read_file(folder, path.name, MAX_NOTEBOOK), path.name)[:MAX_CELLS]
        except MachineError as fault:
            raise NbGraderException(str(fault)) from None  # which nbgrader says, and goes on with the next learner
        except ProblemError as problem:
            resources["nbgrader"]["problem"] = str(problem)
            cells = []
        nodes = [
            _node(cell.kind, cell.source, {"claims": cell.grade_id}, f"cell-{number}")
            for number, cell in enumerate(cells, start=1)
        ]
        notebook = from_dict(  # type: ignore[no-untyped-call]
            {"cells": nodes, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        )
        return self.from_notebook_node(notebook, resources, **options)  # type: ignore[no-untyped-call]


class Restore(NbGraderPreprocessor):  # type: ignore[misc]
    """Give back to each cell of the assignment what belongs to it; what else a learner wrote stays, as plain cells."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Return the assignment's notebook, with the learner's work in it."""
        place = resources["nbgrader"]
        with api.Gradebook(place["db_url"]) as gradebook:
            notebook = gradebook.find_notebook(place["notebook"], place["assignment"])
            assigned, kernelspec = _assigned(notebook), json.loads(notebook.kernelspec or "{}")
        ours = _own_prose(place) | {cell.source for cell in assigned.values()}
        nb.cells = _restored(nb.cells, assigned)
        for number, cell in enumerate(nb.cells, start=1):
            cell.id = f"cell-{number}"
        _make_inert([cell for cell in nb.cells if cell.cell_type != "code"], ours)
        problem = place.pop("problem", "")
        nb.metadata = from_dict(  # type: ignore[no-untyped-call]
            {"kernelspec": kernelspec, "language_info": {"name": "python"}, "grader": {"problem": problem}}
        )
        return nb, resources


def _node(kind: str, source: str, metadata: dict[str, Any], name: str = "") -> Any:
    """Return a cell as nbformat's. What is no code becomes Markdown: a raw cell would be HTML on a page."""
    # nbformat's own functions validate each cell that they make, and take longer than all else here.
    cell: dict[str, Any] = {"id": name, "metadata": metadata, "source": source}
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    return from_dict(cell | (code if kind == "code" else {"cell_type": "markdown"}))  # type: ignore[no-untyped-call]


def _assigned(notebook: Any) -> dict[str, Any]:
    """Return the assignment's own cells by name, in order, as the gradebook has them."""
    points = {cell.name: cell.max_score for cell in notebook.grade_cells + notebook.task_cells}
    solutions = {cell.name for cell in notebook.solution_cells}
    tasks = {cell.name for cell in notebook.task_cells}
    graded = {cell.name for cell in notebook.grade_cells}
    assigned = {}
    for cell in notebook.source_cells:
        name = cell.name
        metadata = {
            "grade_id": name,
            "grade": name in graded,
            "solution": name in solutions,
            "task": name in tasks,
            "locked": cell.locked,
            "checksum": cell.checksum,
            "cell_type": cell.cell_type,
            "schema_version": 3,
        }
        metadata |= {"points": points[name]} if name in points else {}
        assigned[name] = _node(cell.cell_type, cell.source, {"nbgrader": metadata})
    return assigned


def _restored(handed_in: list[Any], assigned: dict[str, Any]) -> list[Any]:
    """Return the learner's cells in their order, with the assignment's own in place of their copies.

    A cell is recognised by its text, then by the name that it claims; of several that claim the same solution cell the
    last is it, as for Python the last definition counts. What is missing and graded goes to the end.
    """
    by_text = {_as_released(cell.source): name for name, cell in assigned.items() if _locked(cell)}
    last = {cell.metadata["claims"]: index for index, cell in enumerate(handed_in)}
    placed: set[str] = set()
    cells = []
    for index, cell in enumerate(handed_in):
        claimed = cell.metadata.pop("claims")
        name = by_text.get(_as_released(cell.source), claimed)
        original = assigned.get(name)
        if original is None or (not _locked(original) and last[claimed] != index):
            cells.append(cell)
            continue
        if not _locked(original):
            original.source = cell.source
        elif by_text.get(_as_released(cell.source)) != name:
            cells.append(cell)  # a test cell that they wrote into: it is their work, and the test comes back below it
        if name not in placed:
            cells.append(original)
            placed.add(name)
    graded = ("grade", "task")
    return cells + [
        cell
        for name, cell in assigned.items()
        if name not in placed and any(cell.metadata["nbgrader"][key] for key in graded)
    ]


def _own_prose(place: dict[str, str]) -> set[str]:
    """Return the Markdown that the assignment itself holds: nbgrader's gradebook has no cells without points."""
    # In the course's folder, in which nbgrader runs its converters; a teacher may have moved it.
    path = Path("source", place["assignment"], f"{place['notebook']}.ipynb")
    try:
        cells = read_all_cells(path.read_bytes(), path.name)
    except (OSError, ProblemError):
        return set()
    return {cell.source for cell in cells if cell.kind == "markdown"}


def _make_inert(cells: list[Any], ours: Collection[str]) -> None:
    """Leave nothing in learners' Markdown that nbgrader's pages would make more of than text, nor more than they bear."""
    left = MOST_PROSE
    for cell in cells:
        if cell.source in ours and "attachment:" not in cell.source:  # pictures are not kept, and a page fails for one
            continue
        text = cell.source[: min(left, MOST_LETTERS) + 1]  # a letter more, so that it is said that there was more
        left -= min(left, len(text))
        cell.source = text if len(text) <= MOST_LETTERS and is_harmless(text) else block(text)


def is_harmless(text: str) -> bool:
    """Tell whether Markdown becomes nothing but text on a page, as the parser has it that makes the page."""
    try:
        found, _ = MarkdownWithMath(renderer=None).parse(text)  # type: ignore[arg-type]  # without one, mistune's tokens
    except RecursionError:
        return False
    tokens: list[Any] = list(found)
    while tokens:
        token = tokens.pop()
        # A word behind the fence of code chooses what colours it, or draws it.
        if token["type"] not in _HARMLESS or token.get("attrs", {}).get("info", ""):
            return False
        tokens += token.get("children", [])
    return True


def _locked(cell: Any) -> bool:
    return bool(cell.metadata["nbgrader"]["locked"])


def _as_released(source: str) -> str:
    """Return a cell's text as learners got it, without what is hidden; every line of it is looked at once."""
    shown: list[str] = []
    hidden: list[str] = []  # since a beginning whose end has not come
    for line in source.split("\n"):
        if hidden or "BEGIN HIDDEN TESTS" in line:
            hidden.append(line)
            if "END HIDDEN TESTS" in line:
                hidden.clear()
        else:
            shown.append(line)
    return "\n".join(shown + hidden).strip()

"""Works out what exercises' pages show as worked: a sibling of the exercise always, its own solution once it may be shown.

A sibling, `siblings/SLUG.py`, is a problem of the same kind that is not graded, solved step by step in cells of text and of code.
The code is run here, so what the page says it prints is what it prints. Run alone, this file lists the exercises whose
solution may be shown now: the Makefile makes the pages anew when one is added.
"""

import ast
import datetime
import io
import os
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

from grader.authoring.stub import BEGIN, END
from grader.manifest.course import Course, Exercise, load_course

SIBLINGS = Path(__file__).resolve().parent.parent / "siblings"
EPOCH = "SOURCE_DATE_EPOCH"  # of the environment: the moment for which pages are made, as reproducible builds give it


def now() -> datetime.datetime:
    """Return the moment for which the pages are made: now, or the one that the environment names.

    Raises
    ------
    SystemExit
        If what it names is no moment.
    """
    text = os.environ.get(EPOCH) or str(time.time())
    try:
        return datetime.datetime.fromtimestamp(float(text), datetime.UTC)
    except (ValueError, OverflowError, OSError):
        raise SystemExit(f"{EPOCH} is {text[:80]!r}; expected seconds since 1970, such as 1893456000") from None


def shown(course: Course, moment: datetime.datetime) -> list[Exercise]:
    """Return the exercises whose solution may be shown at a moment."""
    return [exercise for exercise in course.exercises if course.may_show_solution(exercise, moment)]


def sibling(exercise: Exercise) -> tuple[str, str]:
    """Return the title of an exercise's sibling, and the rest of it as Markdown; nothing where it has none."""
    path = SIBLINGS / f"{exercise.slug}.py"
    if not path.is_file():
        return "", ""
    import jupytext  # here, so that to list exercises takes no time

    first, *cells = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent").cells
    title, _, problem = first.source.partition("\n")
    return title.removeprefix("# "), "\n\n".join([problem.strip(), *_worked(cells, path)])


def _worked(cells: list[dict[str, str]], path: Path) -> Iterator[str]:
    """Yield each cell as Markdown, and below each of code what it prints; each goes on where the one before it ended."""
    names: dict[str, object] = {"__name__": path.stem}
    for cell in cells:
        if cell["cell_type"] == "markdown":
            yield cell["source"]
            continue
        yield f"```python\n{cell['source']}\n```"
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile(cell["source"], path, "exec"), names)  # noqa: S102  # our own, as figures are
        if printed.getvalue():
            yield f'```text title="It prints"\n{printed.getvalue().rstrip()}\n```'


def solution(exercise: Exercise) -> str:
    """Return an exercise's solution: imports and functions, without what their contracts say on the same page."""
    source = exercise.solution.read_text(encoding="utf-8")
    lines = source.splitlines()
    kept = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
            taken = lines[node.lineno - 1 : node.end_lineno]
            if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
                contract = node.body[0]
                del taken[contract.lineno - node.lineno : (contract.end_lineno or contract.lineno) - node.lineno + 1]
                taken = ["", "", *taken]
            kept += [line for line in taken if line.strip() not in (BEGIN, END)]
    return "\n".join(kept)


if __name__ == "__main__":
    print(*(exercise.slug for exercise in shown(load_course(), now())), sep="\n")

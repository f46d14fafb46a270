"""Writes a page for each exercise, the list of them, and what the pages' editor starts with: stub, notebook, checks.

Pages read `assets/exercises/SLUG.json`. `SLUG.py` and `SLUG.ipynb` beside it are for readers without JavaScript, who
find the stub and both links on the page itself.
"""

import ast
import datetime
import json
import re
import shutil
from html import escape
from pathlib import Path
from textwrap import indent

import typeset
import worked
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from grader.authoring.release import notebook
from grader.manifest.course import Course, Exercise, load_course

CHECKOUT = Path(__file__).resolve().parents[2]
DROPPED = """\
---
title: No exercise
search:
  exclude: true
---

# No exercise

The course has no exercise on this at present. [All exercises](index.md)
"""


def write(site: Path) -> None:
    """Write `exercises/` and `assets/exercises/` below the site's sources."""
    write_pages(site, load_course(), worked.now())


def write_pages(site: Path, course: Course, now: datetime.datetime) -> None:
    """Write the pages of a course's exercises, and a short one for each that the navigation lists and the course has dropped.

    A page has the solution of its exercise only if that may be shown `now`.
    """
    pages, assets = site / "exercises", site / "assets" / "exercises"
    for folder in (pages, assets):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    shown = worked.shown(course, now)
    following = [*course.exercises[1:], None]
    for exercise, after in zip(course.exercises, following, strict=True):
        source = exercise.stub.read_text(encoding="utf-8")
        book = notebook(source, exercise.slug)
        _write(pages / f"{exercise.slug}.md", _page(exercise, source, after, exercise in shown))
        _write(assets / f"{exercise.slug}.py", source)
        _write(assets / f"{exercise.slug}.ipynb", book)
        _write(assets / f"{exercise.slug}.json", json.dumps(_data(exercise, source, book), ensure_ascii=False) + "\n")
    _write(pages / "index.md", _index(course))
    listed = re.findall(r"\bexercises/([a-z]\w*)\.md", (CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8"))
    for slug in set(listed) - set(course.by_slug) - {"index"}:  # lessons link to it too, and no link may be dead
        _write(pages / f"{slug}.md", DROPPED)


def _data(exercise: Exercise, source: str, book: str) -> dict[str, object]:
    """Return what the page's editor needs to know of an exercise."""
    checks = _checks(exercise)
    return {
        **{name: getattr(exercise, name) for name in ("number", "slug", "title", "core", "lesson")},
        "source": source,
        "notebook": json.loads(book),
        "texts": typeset.texts(source),
        "checks": checks,
        "hidden_points": exercise.points - sum(float(check["points"]) for check in checks),
        "run_timeout_s": load_course().limits.submission_timeout_s,
    }


def _checks(exercise: Exercise) -> list[dict[str, object]]:
    """Return the name, the title, the points and the hints of each public check, in order, and the function that it calls first."""
    checks = []
    for node in ast.parse(exercise.public_checks.read_bytes()).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            marks = {
                mark.func.attr: [ast.literal_eval(argument) for argument in mark.args]
                for mark in node.decorator_list
                if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute)
            }
            title = (ast.get_docstring(node) or node.name).splitlines()[0]
            called = [
                (inner.lineno, inner.attr)
                for inner in ast.walk(node)
                if isinstance(inner, ast.Attribute)
                and isinstance(inner.value, ast.Name)
                and inner.value.id == "submission"
            ]
            checks.append(
                {
                    "name": node.name,
                    "title": title,
                    "points": marks["points"][0],
                    "hints": marks.get("hint", []),
                    "function": min(called)[1] if called else "",
                }
            )
    return checks


def _page(exercise: Exercise, source: str, after: Exercise | None, with_solution: bool) -> str:
    """Return the page: the task as the notebook opens with it, the way to the lesson, a sibling, the editor, what passing means."""
    task = _opening(source)
    files = f"../../assets/exercises/{exercise.slug}"
    stub = highlight(source, PythonLexer(), HtmlFormatter(cssclass="highlight"))
    return f"""\
---
title: "{exercise.number}. {exercise.title}"
description: "{_plain(task)}"
hide: [navigation, toc]
---

# {exercise.number}. {exercise.title}

{task}

You write {_listed(_functions(source))}. The lesson [{exercise.title}](../{exercise.lesson}index.md) explains what you need.

{_sibling(exercise)}<div class="exercise">
<descent-exercise src="{files}.json" data-search-exclude>
<p>Download the exercise as <a href="{files}.py" download>{exercise.slug}.py</a> or as a notebook,
<a href="{files}.ipynb" download>{exercise.slug}.ipynb</a>. With JavaScript turned on you can solve it right here.</p>
{stub}</descent-exercise>
</div>

Once a check has run, this page also works [without a network](../learners/commands.md#device).

## When are you done? {{ #done }}

{_done(exercise, after)}
{_solution(exercise) if with_solution else ""}"""


def _sibling(exercise: Exercise) -> str:
    """Return a fold with a problem like the exercise's, worked out; nothing if there is none."""
    title, text = worked.sibling(exercise)
    about = "*A problem of the same kind, solved step by step. Read it if you do not know how to begin.*"
    return _fold("example", f"A worked sibling: {title[:1].lower()}{title[1:]}", f"{about}\n\n{text}") if text else ""


def _done(exercise: Exercise, after: Exercise | None) -> str:
    """Return what it means that all public checks pass, and what to do next."""
    document = ast.get_docstring(ast.parse(exercise.public_checks.read_bytes())) or ""
    untried = re.search(r"^They do not try (.*?)\.$", document, re.MULTILINE | re.DOTALL)
    checks = _checks(exercise)
    hidden = exercise.points - sum(float(check["points"]) for check in checks)
    text = f"""\
When all {len(checks)} checks show a ✓. If you are learning on your own, these public checks are all there is, and you have solved the
exercise: well done!"""
    if untried:
        text += f" They are examples, though, not a proof: they do not try {' '.join(untried[1].split())}."
    if hidden:
        text += f" In a class, the other {hidden:g} of the {exercise.points:g} points are for more checks, which try just that."
    following = f"[{after.title}]({after.slug}.md)" if after else "[the lab](../lab.md), with all that you know now"
    return f"""{text}

So before you go on, try one or two such cases yourself: print the result below your functions, press **Run**, and compare it with what you
work out by hand. Then go on to {following}.
"""


def _solution(exercise: Exercise) -> str:
    """Return a fold with the exercise's own solution."""
    said = "One way to solve it; there are others that are as good.\n\n```python\n{}\n```"
    return _fold("success", "The solution of this exercise", said.format(worked.solution(exercise)))


def _fold(kind: str, title: str, text: str) -> str:
    """Return what readers open if they want it; the search leaves it out, for lessons come first there."""
    body = indent(text, "    ")
    # No <div>: for the search, what is left out would end with the first one inside.
    return f'<section class="worked" markdown data-search-exclude>\n\n??? {kind} "{title}"\n\n{body}\n\n</section>\n\n'


def _index(course: Course) -> str:
    """Return the list of all exercises, with what each asks for."""
    parts = []
    for exercise in course.exercises:
        tasks = "\n".join(
            f"- `{name}`: {summary}" for name, summary in _functions(exercise.stub.read_text(encoding="utf-8")).items()
        )
        core = " ★" * exercise.core
        lesson = f"[Lesson](../{exercise.lesson}index.md)"
        parts.append(f"## {exercise.number}. [{exercise.title}]({exercise.slug}.md){core}\n\n{tasks}\n\n{lesson}\n")
    sections = "\n".join(parts)
    return f"""\
---
title: Exercises
description: Ten exercises on gradient descent that you can solve in the page.
---

# Exercises

Each exercise has an editor on its page, in which you write and run Python; there is nothing to install. What you write
stays in this browser and is sent nowhere. **Check** runs the same public checks as the command `grader check`, which also
tries the examples in your docstrings. Exercises with a ★ are the core of the course.

{sections}"""


def _opening(source: str) -> str:
    """Return the text below the heading of a stub's first cell."""
    cell = source.partition("# %% [markdown]\n")[2].partition("\n# %%")[0].rstrip()
    lines = [line.removeprefix("#").removeprefix(" ") for line in cell.splitlines()]
    return "\n".join(lines[1:]).strip()


def _functions(source: str) -> dict[str, str]:
    """Return the functions that a learner writes, each with the first sentence of its docstring."""
    return {
        node.name: (ast.get_docstring(node) or "").splitlines()[0]
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef) and "NotImplementedError" in ast.dump(node)
    }


def _listed(functions: dict[str, str]) -> str:
    *first, last = (f"`{name}`" for name in functions)
    return f"{', '.join(first)} and {last}" if first else last


def _plain(task: str) -> str:
    """Return the first sentence as it may stand between quotation marks."""
    text = " ".join(re.sub(r"[*_`$\\\"]", "", task).split())
    return escape(text.partition(". ")[0][:200], quote=False).rstrip(".") + "."


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(CHECKOUT / "site")

"""Typesets what an exercise's stub says in words, so that the page shows it as text: its cells of prose, its functions' contracts.

Each text comes with the lines of the stub that it stands for. The page's editor shows it in their place where it finds
exactly these lines: the file below stays as it is, and what a learner has rewritten is shown as they wrote it.
"""

import ast
import re
from collections.abc import Iterator
from html import escape

import griffe
import markdown

EXTENSIONS = ["pymdownx.arithmatex", "pymdownx.superfences", "tables"]
SETTINGS = {"pymdownx.arithmatex": {"generic": True}}
PROSE = re.compile(r"^# %% \[markdown\]\n(?P<text>(?:#.*\n)+)\n*(?:# %%\n)?", re.MULTILINE)


def texts(source: str) -> list[dict[str, str]]:
    """Return each cell of prose but the first, which the page shows above the editor, and each contract."""
    # The first lines stay lines: where a file began with a text, "select all" would begin after it.
    cells = list(PROSE.finditer(source))[1:]
    found = [{"lines": cell[0].rstrip("\n"), "html": _html(_uncommented(cell["text"]))} for cell in cells]
    lines = source.splitlines()
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef) and ast.get_docstring(function):
            place = function.body[0]
            found.append(
                {
                    "lines": "\n".join(lines[place.lineno - 1 : place.end_lineno]),
                    "html": "".join(_contract(ast.get_docstring(function))),
                    "function": function.name,
                }
            )
    return found


def _uncommented(text: str) -> str:
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in text.splitlines())


def _html(text: str) -> str:
    return markdown.markdown(text, extensions=EXTENSIONS, extension_configs=SETTINGS)


def _contract(docstring: str) -> Iterator[str]:
    """Yield a docstring's parts: what the function does, what it takes, what it returns, and the rest as it stands."""
    for section in griffe.Docstring(docstring).parse("numpy", warnings=False):
        kind = section.kind.value
        if kind == "text":
            yield _html(_plain(section.value))
        elif kind in ("parameters", "returns"):
            yield f"<h4>{'Takes' if kind == 'parameters' else 'Returns'}</h4><dl>{''.join(map(_item, section.value))}</dl>"
        elif kind == "examples":
            yield "<h4>Example</h4>"
            for part, text in section.value:
                yield f"<pre>{escape(text)}</pre>" if part.value == "examples" else _html(_plain(text))
        elif kind == "admonition":
            yield f"<h4>{escape(section.title)}</h4>{_html(_plain(section.value.contents))}"
        else:
            raise ValueError(f"a docstring has {kind}, which typeset.py cannot show yet")


def _item(one: griffe.DocstringElement) -> str:
    name = f"<code>{escape(one.name)}</code> " if getattr(one, "name", "") else ""
    default = f", default `{one.value}`" if getattr(one, "value", None) else ""
    kind = _html(_plain(f"{one.annotation or ''}{default}")).removeprefix("<p>").removesuffix("</p>")
    return f"<dt>{name}<i>{kind}</i></dt><dd>{_html(_plain(one.description))}</dd>"


def _plain(text: str) -> str:
    """Return a docstring's text as Markdown: code after two colons, references without their dots, no formulas in dollars."""
    text = re.sub(r"^\.\. \[\d+\] ", "", text, flags=re.MULTILINE)
    return re.sub(r"::$", ":", text, flags=re.MULTILINE)

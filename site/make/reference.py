"""Write the API reference: `reference/ROOM.md` for each room of the package, from signatures and docstrings.

mkdocs.yml lists the rooms in their order, and the index follows it. Nothing is imported: griffe reads the source.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import griffe
from griffe import Attribute, Class, Docstring, Function, Module, Object
from mkdocs.utils.yaml import yaml_load

HIDDEN = {"course"}  # what no learner may read appears on no page
WIDTH = 80  # of a line of code that fits beside the navigation
NAMED = {
    "attributes": "Attributes",
    "parameters": "Parameters",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
}


def write(site: Path) -> None:
    """Write a page for each room, and the index."""
    folder = site / "reference"
    folder.mkdir(exist_ok=True)
    for stale in folder.glob("*.md"):
        stale.unlink()
    rooms = read_rooms(site.parent)
    for name, room in rooms.items():
        (folder / f"{name}.md").write_text(page(room), encoding="utf-8")
    (folder / "index.md").write_text(index(site.parent / "mkdocs.yml", rooms), encoding="utf-8")


def read_rooms(checkout: Path) -> dict[str, Module]:
    """Return the public rooms of the package by name."""
    package = griffe.load("grader", search_paths=[checkout], docstring_parser="numpy", try_relative_path=False)
    return {
        name: room
        for name, room in package.modules.items()
        if room.filepath.name == "__init__.py" and name not in HIDDEN
    }


def index(manifest: Path, rooms: dict[str, Module]) -> str:
    """Return the page that lists the rooms in their order, with what each is for and the modules in it."""
    nav = yaml_load(manifest.read_text(encoding="utf-8"))["nav"]
    (reference,) = (part["Reference"] for part in nav if "Reference" in part)
    names = [Path(name).stem for name in reference[1:]]
    if strange := set(names) ^ set(rooms):
        raise ValueError(f"reference/{min(strange)}.md: mkdocs.yml lists each room of grader/ once, and nothing else")
    parts = [
        "# Reference",
        "The package `grader`, room by room, in the order in which a submission goes through it. A room imports from those "
        "above it, never from one below. What is written here comes from the docstrings.",
    ]
    for name in names:
        inner = [f"- [`{one}`]({name}.md#{one}): {escaped(summary(module))}" for one, module in modules(rooms[name])]
        parts += [f"## [`{name}`]({name}.md)", escaped(summary(rooms[name])), "\n".join(inner)]
    return "\n\n".join(parts) + "\n"


def modules(room: Module, above: str = "") -> Iterator[tuple[str, Module]]:
    """Yield the modules of a room, and of the folders in it, by their names in it."""
    for name, inner in sorted(room.modules.items()):
        if inner.docstring:
            yield f"{above}{name}", inner
            yield from modules(inner, f"{above}{name}.")


def page(room: Module) -> str:
    """Return the page of a room and of the modules in it."""
    # Readers who look for "gradient" look for a lesson; and every page would wait for an index twice as large.
    title = f"---\ntitle: {room.name}\nsearch:\n  exclude: true\n---\n\n# `{room.path}`"
    parts = [title, *prose(room.docstring.value), *members(room, room.name)]
    for name, inner in modules(room):
        parts += [f"## `{inner.path}` {{ #{name} }}", *prose(inner.docstring.value), *members(inner, name)]
    return "\n\n".join(parts) + "\n"


def summary(room: Module) -> str:
    """Return the first paragraph of a docstring on one line, without the stage that the order tells."""
    first = re.sub(r"^Stage \d(, [\w ]+)?: ", "", " ".join(room.docstring.value.split("\n\n")[0].split()))
    return first[0].upper() + first[1:]


def members(room: Module, anchor: str) -> Iterator[str]:
    """Yield what a module's public functions and classes are, in the order of the file."""
    own = [member for name, member in room.members.items() if not member.is_alias and not name.startswith("_")]
    for member in sorted(own, key=lambda member: member.lineno or 0):
        if isinstance(member, Function):
            yield from entry(member, f"## {member.name} {{ #{anchor}.{member.name} }}", head(member))
        elif isinstance(member, Class):
            yield from entry(member, f"## {member.name} {{ #{anchor}.{member.name} }}", shape(member))
            for name, method in member.members.items():
                is_method = isinstance(method, Function) or "property" in method.labels
                if is_method and not name.startswith("_"):
                    yield from entry(method, f"### {name} {{ #{anchor}.{member.name}.{name} }}", head(method))


def entry(member: Object, heading: str, code: str) -> Iterator[str]:
    """Yield heading, code and what the docstring says."""
    yield heading
    yield f"```python\n{code}\n```"
    if member.docstring:
        yield from sections(member.docstring)


def head(function: Function | Attribute) -> str:
    """Return a function's or a property's first lines, as they are written, up to its colon."""
    lines = ["@property"] if "property" in function.labels else []
    for line in dedented(function):
        lines.append(line)
        text = "\n".join(lines)
        if "def " in text and text.count("(") == text.count(")") and re.search(r":(\s*\.\.\.|\s*#.*)?$", line):
            break
    text = re.sub(r":(\s*\.\.\.)?$", "", "\n".join(lines))
    return text if max(map(len, text.split("\n"))) <= WIDTH else one_a_line(text)


def one_a_line(text: str) -> str:
    """Return a function's head with each parameter on a line of its own."""
    opening = text.index("(", text.index("def ")) + 1
    pieces, depth = [""], 1
    for number, letter in enumerate(text[opening:], start=opening):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0:
            parameters = [" ".join(piece.split()) for piece in pieces]
            return "\n    ".join([text[:opening], *(f"{one}," for one in parameters if one)]) + "\n" + text[number:]
        if depth == 1 and letter == ",":
            pieces.append("")
        else:
            pieces[-1] += letter
    raise ValueError(f"{text!r} is no head of a function")


def shape(kind: Class) -> str:
    """Return a class's first line and its public fields, with the comments that explain them."""
    lines = dedented(kind)
    first = next(number for number, line in enumerate(lines) if line.startswith("class ")) + 1
    fields = [
        line
        for attribute in kind.attributes.values()
        if attribute.annotation and "property" not in attribute.labels and not attribute.name.startswith("_")
        for line in attribute.lines
    ]
    return "\n".join([*lines[:first], *fields])


def dedented(member: Object) -> list[str]:
    indent = len(member.lines[0]) - len(member.lines[0].lstrip())
    return [line[indent:] for line in member.lines]


def sections(docstring: Docstring) -> Iterator[str]:
    """Yield a docstring's text, and its lists of parameters, results and exceptions."""
    for section in docstring.parsed:
        kind = section.kind.value
        if kind == "text":
            yield from prose(section.value)
        elif kind in NAMED:
            yield f"**{NAMED[kind]}**"
            yield "\n".join(item(one) for one in section.value)
        elif kind == "admonition":
            yield f"**{section.title}**"
            yield from prose(section.value.contents)
        else:
            raise ValueError(f"{docstring.parent.path}: its docstring has {kind}, which reference.py cannot show yet")


def item(one: griffe.DocstringElement) -> str:
    """Return one parameter, result or exception as an item of a list."""
    name = getattr(one, "name", "") or str(one.annotation or "")
    text = " ".join(one.description.split())
    return f"- `{name}`: {escaped(text)}" if name else f"- {escaped(text)}"


def prose(text: str) -> Iterator[str]:
    """Yield a docstring's paragraphs as Markdown: its underlined titles become headings, its lists stand apart."""
    text = re.sub(r"^(.+)\n=+$", r"## \1", text, flags=re.MULTILINE)
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("    "):
            yield paragraph  # drawn, or code
        else:
            yield re.sub(r"\n(?= ?(-|1\.) )", "\n\n", escaped(paragraph), count=1)


def escaped(text: str) -> str:
    """Return text in which Markdown and HTML see nothing but `code` and *emphasis*."""
    pieces = re.split(r"(`[^`]+`|(?<!\w)\*\w[^*`]*\w\*)", text)  # every second one is such a piece
    pieces[::2] = [re.sub(r"[<*\[\]$]", lambda found: f"&#{ord(found[0])};", piece) for piece in pieces[::2]]
    return "".join(pieces)


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent)

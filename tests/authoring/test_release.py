"""The way from solutions to learners: stubs, notebooks, and a kit that holds nothing it should not."""

import ast
import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.authoring.release import MANIFEST, notebook, release, write_stubs
from grader.authoring.stub import BEGIN, END, ReleaseError, stub
from grader.diagnosis.mistakes import of_exercise
from grader.manifest.course import PACKAGE, Exercise, load_course

CHECKOUT = PACKAGE.parent
COURSE = load_course()
SOLUTIONS = sorted(CHECKOUT.glob("solutions/*/*.py"))

# Stubs.

SOLVED = f'''\
"""A module.

{BEGIN}
{END}
"""

TEXT = "{BEGIN}"


class Walker:
    def walk(self, steps):
        """Walk."""
        if not steps:
            return []
        {BEGIN}
        def inner():
            return secret_1
        {END}


def rest():  # outside
    {BEGIN}
    return secret_2
    {END}
'''


def test_a_region_becomes_a_statement_that_names_its_function():
    assert stub(SOLVED, "walking") == SOLVED.replace(
        f"""\
        {BEGIN}
        def inner():
            return secret_1
        {END}
""",
        '        raise NotImplementedError("walking: implement walk")\n',
    ).replace(
        f"""\
    {BEGIN}
    return secret_2
    {END}
""",
        '    raise NotImplementedError("walking: implement rest")\n',
    )


def test_a_region_of_a_nested_function_names_the_nested_one():
    source = f"def outer():\n    def inner():\n        {BEGIN}\n        return 1\n        {END}\n    return inner\n"
    assert '        raise NotImplementedError("slug: implement inner")\n    return inner\n' in stub(source, "slug")


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (f"def f():\n    {BEGIN}\n    return 1\n", 2, "never closed"),
        (f"def f():\n    return 1\n    {END}\n", 3, "the end of no region"),
        (f"def f():\n    {BEGIN}\n    a = 1\n    {BEGIN}\n    return a\n    {END}\n", 4, "inside that of line 2"),
        (f"{BEGIN}\nx = 1\n{END}\n", 1, "outside a function"),
        (f"def f():\n    pass\n\n\n{BEGIN}\nx = 1\n{END}\n", 5, "outside a function"),
        (f"def f():\n    'f'\n    {BEGIN}\n    # nothing\n    {END}\n", 3, "an empty region"),
        (f"def f(a):\n    if a:\n        {BEGIN}\n        a = 1\n    return a\n    {END}\n", 3, "whole statements"),
        (f"def f():\n    {BEGIN}\n    return 1\n\n\ndef g():\n    return 2\n    {END}\n", 2, "whole statements"),
        (
            f"def f(a):\n    if a:\n        {BEGIN}\n        b = 1\n    else:\n        b = 2\n        {END}\n",
            3,
            "whole",
        ),
        (f"def f():\n    {BEGIN} now\n    return 1\n    {END}\n", 2, "unclear marker"),
        (f"def f():\n    x = 1  {BEGIN}\n    return x\n    {END}\n", 2, "unclear marker"),
        ("def f():\n    # begin solution\n    return 1\n    # end solution\n", 2, "unclear marker"),
        (f"def f():\n    ###BEGIN_SOLUTION\n    return 1\n    {END}\n", 2, "unclear marker"),
        ("def f(:\n", 1, "not valid Python"),
    ],
)
def test_a_marker_that_does_not_fit_is_an_error_that_says_where(source, line, message):
    with pytest.raises(ReleaseError, match=rf"^slug\.py:{line}: .*{message}"):
        stub(source, "slug")


@pytest.mark.parametrize("source", ["lambda: " * 2_985 + "1", "(" * 5_000, "-" * 100_000 + "1", "x" + ".x" * 100_000])
def test_what_is_nested_beyond_pythons_parser_is_an_error(source):
    with pytest.raises(ReleaseError, match=r"^slug\.py:.*(nested|not valid Python)"):
        stub(source, "slug")


def test_a_region_inside_an_expression_is_an_error():
    with pytest.raises(ReleaseError, match="whole statements"):
        stub(f"def f():\n    return [\n        {BEGIN}\n        1,\n        {END}\n    ]\n", "slug")


no_stopwatch = settings(deadline=None)  # a slow machine is no failure

INDENTS = st.sampled_from(["  ", "    ", "\t"])
NEWLINES = st.sampled_from(["\n", "\r\n"])
# Markers in strings, in text cells and behind a hash that is no comment are not markers.
HARMLESS = st.sampled_from(
    [
        f'"{BEGIN}"',
        f'"""\n{BEGIN}\n{END}\n"""',
        f"x = '# {END}'",
        "# a comment",
        "# %% [markdown]",
        "",
        "y = 'ü ∂ 𝜂'",
        "\f",
    ]
)
SECRETS = st.lists(
    st.sampled_from(
        [
            "secret = 1",
            "for secret in range(3):\n{}print(secret)",
            "def secret():\n{}return '''\nsecret\n'''",
            "secret = (1,\n2)",
            "# the secret",
            "",
            f"print('{END} secret')",
            "if secret:\n{}pass\nelse:\n{}secret()",
        ]
    ),
    max_size=4,
)


@st.composite
def modules(draw: st.DrawFn) -> tuple[str, str]:
    """Return a solution, and the stub it should give."""
    indent, newline = draw(INDENTS), draw(NEWLINES)
    solution, expected = "", ""
    for number in range(draw(st.integers(1, 4))):
        before = f"{draw(HARMLESS)}\n{draw(st.sampled_from(['', 'async ']))}def function_{number}(a, b=1):\n{indent}'{BEGIN}'\n"
        secrets = "\n".join(["secret", *draw(SECRETS)]).replace("{}", indent) + "\n"
        # Lines inside a string must stay where they are; all others are a block of the function.
        inside, block = False, ""
        for line in secrets.splitlines(keepends=True):
            block += line if inside or not line.strip() else indent + line
            inside ^= "'''" in line
        after = draw(st.sampled_from(["", f"{indent}return a\n"])) + draw(HARMLESS) + "\n"
        solution += f"{before}{indent}{BEGIN}\n{block}{indent}{END}\n{after}"
        expected += f'{before}{indent}raise NotImplementedError("slug: implement function_{number}")\n{after}'
    return solution.replace("\n", newline), expected.replace("\n", newline)


@no_stopwatch
@given(modules())
def test_everything_outside_the_regions_stays_byte_for_byte(module):
    solution, expected = module
    got = stub(solution, "slug")
    assert got == expected
    assert "secret" not in got
    compile(got, "slug.py", "exec")


@no_stopwatch
@given(modules(), st.data())
def test_a_lost_or_doubled_marker_never_passes_in_silence(module, data):
    lines = module[0].splitlines(keepends=True)
    markers = [number for number, line in enumerate(lines) if line[:1].isspace() and line.strip() in (BEGIN, END)]
    number = data.draw(st.sampled_from(markers))
    lines[number : number + 1] = data.draw(st.sampled_from([[], [lines[number]] * 2]))
    with pytest.raises(ReleaseError, match=r"^slug\.py:\d+: "):
        stub("".join(lines), "slug")


FRAGMENTS = st.sampled_from(
    [
        f"    {BEGIN}\n",
        f"    {END}\n",
        "def f(a):\n",
        "    return 1\n",
        "    if a:\n",
        "'",
        "'''",
        "#",
        "(",
        ")",
        "\\",
        "\r",
        "\f",
        "\0",
        " ",
    ]
)


@no_stopwatch
@given(st.lists(FRAGMENTS | st.characters()).map("".join))
def test_any_text_gives_a_stub_without_its_regions_or_a_release_error(text):
    source = f"def first():\n    {BEGIN}\n    return 'secret'\n    {END}\n{text}"
    stripped, refusal = "", "slug.py:"
    try:
        stripped = stub(source, "slug")
    except ReleaseError as error:
        refusal = str(error)
    assert refusal.startswith("slug.py:")
    assert "secret" not in stripped
    compile(stripped, "slug.py", "exec")


def test_the_committed_stubs_are_those_that_the_solutions_give(tmp_path):
    shutil.copytree(CHECKOUT / "solutions", tmp_path / "solutions")
    shutil.copy(COURSE.places.course / "course.toml", tmp_path)
    fresh = write_stubs(load_course(tmp_path))
    assert [path.stem for path in fresh] == [exercise.slug for exercise in COURSE.exercises]
    for path in fresh:
        committed = CHECKOUT / path.relative_to(tmp_path)
        assert committed.read_bytes() == path.read_bytes(), (
            f"{committed} is not what its solution gives: run `make stubs`"
        )


# Notebooks.


@pytest.mark.parametrize("path", SOLUTIONS, ids=lambda path: path.stem)
def test_a_notebook_is_the_same_at_every_conversion_and_tells_of_no_machine(path):
    text = notebook(path.read_text(encoding="utf-8"), path.stem)
    assert text == notebook(path.read_text(encoding="utf-8"), path.stem)
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    assert [cell.id for cell in book.cells] == [
        f"{path.stem.replace('_', '-')}-{place}" for place, _ in enumerate(book.cells, start=1)
    ]
    assert book.metadata == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert all(cell.metadata == {} for cell in book.cells)
    assert all(cell.outputs == [] and cell.execution_count is None for cell in book.cells if cell.cell_type == "code")


def test_a_notebooks_cells_are_those_of_its_source():
    book = json.loads(notebook("# %% [markdown]\n# # Title\n\n# %%\nx = 1\n\n# %%\ny = 2\n", "update_rule"))
    cells = [(cell["cell_type"], cell["id"], "".join(cell["source"])) for cell in book["cells"]]
    assert cells == [
        ("markdown", "update-rule-1", "# Title"),
        ("code", "update-rule-2", "x = 1"),
        ("code", "update-rule-3", "y = 2"),
    ]


# The kit.

# Lines that say nothing by themselves, and stand in what learners read as well as in what they do not.
TELLS_NOTHING = {
    "3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2)",  # the worked example, peaks
    "- 10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2)",
    "- sp.exp(-((x + 1) ** 2) - y**2) / 3",
    'x, y = sp.symbols("x y")',
    "got = submission.find_local_maximum(",
    'stochastic_descent",',  # the name of a function of the contract, on a line of its own
    'by_x, by_y = expect(got).sequence(2, "the partial derivatives")',
    'point, value = expect(got).sequence(2, "the point and the value")',
}
FEWEST_LETTERS = 20  # a shorter line is `return path` or `for _ in range(epochs):`, which anybody writes


def squeezed(text: str) -> str:
    """Return the text on one line, so that breaking a line hides nothing."""
    return " ".join(text.split())


def telling(lines: list[str]) -> Iterator[str]:
    """Yield the lines that would give something away."""
    for line in (squeezed(line).strip('"') for line in lines):
        boilerplate = line.startswith(("import ", "from ", "@pytest.mark.", "@dataclass"))
        if len(line) >= FEWEST_LETTERS and not boilerplate and line not in TELLS_NOTHING:
            yield line


def hidden_checks() -> Iterator[str]:
    for path in sorted(CHECKOUT.glob("grader/course/checks/*.py")):
        source = path.read_text(encoding="utf-8")
        yield from telling(source.splitlines())
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"def {node.name}("


def solution_lines(exercises: Sequence[Exercise] = COURSE.exercises) -> Iterator[str]:
    for exercise in exercises:
        for region in exercise.solution.read_text(encoding="utf-8").split(BEGIN)[1:]:
            yield from telling(region.partition(END)[0].splitlines())


def misconceptions() -> Iterator[str]:
    for path in sorted(CHECKOUT.glob("grader/course/misconceptions/[!_]*.py")):
        yield from telling(path.read_text(encoding="utf-8").splitlines())
    for exercise in COURSE.exercises:
        for mistake in of_exercise(exercise):
            yield squeezed(mistake.explanation)
            yield mistake.implementation.__name__
            yield f'"{mistake.name}"'  # a name may be one common word, such as "climbs"; in quotes it is none


SECRET = {"hidden checks": hidden_checks, "solutions": solution_lines, "misconceptions": misconceptions}


def found_in(kit: Path, secrets: list[str]) -> list[tuple[str, str]]:
    """Return each secret that stands in a file of the kit, and in which; of notebooks the decoded cells count too."""
    found = []
    for path in sorted(path for path in kit.rglob("*") if path.is_file()):
        text = path.read_bytes().decode("utf-8", errors="replace")
        if path.suffix == ".ipynb":
            text += "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"])
        text = squeezed(text)
        found += [(path.relative_to(kit).as_posix(), secret) for secret in secrets if secret in text]
    return found


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a kit that was just released; nobody may write into it."""
    out = tmp_path_factory.mktemp("released") / "kit"
    release(out, COURSE)
    return out


@pytest.fixture
def own_kit(kit: Path, tmp_path: Path) -> Path:
    """Return a copy of the kit, to write into."""
    return Path(shutil.copytree(kit, tmp_path / "kit"))


def test_a_kit_has_every_exercise_as_a_stub_a_notebook_and_public_checks(kit):
    for exercise in COURSE.exercises:
        folder = kit / "exercises" / exercise.name
        names = [f"{exercise.slug}.ipynb", f"{exercise.slug}.py", f"test_{exercise.slug}.py"]
        assert sorted(path.name for path in folder.iterdir()) == sorted(names)
        assert (folder / names[1]).read_bytes() == exercise.stub.read_bytes()
        assert (folder / names[2]).read_bytes() == exercise.public_checks.read_bytes()
    assert sorted(path.name for path in kit.iterdir()) == [
        ".github",
        ".gitignore",
        "README.md",
        "exercises",
        "grader",
        "pyproject.toml",
        MANIFEST,
    ]


def test_a_kits_readme_names_every_exercise_and_the_command_to_start_with(kit):
    text = (kit / "README.md").read_text(encoding="utf-8")
    assert "grader check" in text
    assert all(exercise.name in text and exercise.title in text for exercise in COURSE.exercises)


@pytest.mark.parametrize("kind", SECRET)
def test_nothing_hidden_is_in_any_file_of_a_kit(kit, kind):
    assert found_in(kit, sorted(set(SECRET[kind]()))) == []


@pytest.mark.parametrize("kind", SECRET)
@pytest.mark.parametrize(
    "place", ["README.md", "grader/manifest/course.py", "exercises/02_update_rule/update_rule.ipynb"]
)
def test_the_search_finds_whatever_is_planted(own_kit, kind, place):
    secrets = sorted(set(SECRET[kind]()))
    assert len(secrets) > 10 * len(COURSE.exercises) / 2  # every exercise has some
    planted = own_kit / place
    for secret in secrets[:: len(secrets) // 5]:
        before = planted.read_text(encoding="utf-8")
        if planted.suffix == ".ipynb":
            first, _, rest = secret.partition(" ")
            book = json.loads(before)
            # In two strings of the JSON, as a notebook keeps its lines: only the decoded cell shows it whole.
            book["cells"][1]["source"] = [f"{first}\n", rest]
            planted.write_text(json.dumps(book), encoding="utf-8")
        else:
            planted.write_text(f"{before}\n    {secret}\n", encoding="utf-8")
        assert found_in(own_kit, [secret]) == [(place, secret)]
        planted.write_text(before, encoding="utf-8")


def test_a_kit_holds_no_folder_of_hidden_things_and_no_compiled_file(kit):
    parts = {part for path in kit.rglob("*") for part in path.relative_to(kit).parts}
    assert parts.isdisjoint({"checks", "misconceptions", "solutions", "__pycache__", "demo.py"})
    hidden = {part for part in parts if part.startswith(".")}
    assert hidden == {".github", ".gitignore"}  # what GitHub and git look for
    assert not [part for part in parts if part.endswith((".pyc", "~"))]


# What only the `grade` extra brings; a learner has none of it.
WITHOUT_EXTRAS = """
import importlib, pkgutil, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"nbformat", "jupytext", "jinja2", "pyseccomp", "py_landlock"}:
            raise ModuleNotFoundError(f"not installed: {name}", name=name)

sys.meta_path.insert(0, Absent())
"""


def run_in(kit: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python in the kit, with the kit alone on the path and no hint of this checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}
    environment |= {"PYTHONPATH": str(kit), "COLUMNS": "200", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=kit, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def test_every_module_of_a_kit_imports_without_the_grade_extra(kit):
    script = WITHOUT_EXTRAS + textwrap.dedent("""
        import grader
        print(grader.__file__)
        for module in pkgutil.walk_packages(grader.__path__, "grader."):
            if module.name != "grader.__main__":  # it runs the command
                print(importlib.import_module(module.name).__name__)
    """)
    done = run_in(kit, "-c", script)
    assert done.returncode == 0, (
        f"{done.stderr}\nan instructor's module? then name it in grader.authoring.release._WITHHELD"
    )
    file, *modules = done.stdout.splitlines()
    assert Path(file).is_relative_to(kit)
    assert {"grader.cli", "grader.checking.plugin", "grader.sandbox"} <= set(modules)


def test_a_learner_checks_an_exercise_inside_an_unpacked_kit(own_kit):
    begun = run_in(own_kit, "-m", "grader", "check", "02")
    assert begun.returncode == 1, begun.stderr
    assert "not implemented yet" in begun.stdout

    exercise = COURSE.find("02")
    solution = CHECKOUT / "solutions" / exercise.name / f"{exercise.slug}.py"
    shutil.copyfile(solution, own_kit / "exercises" / exercise.name / f"{exercise.slug}.py")
    solved = run_in(own_kit, "-m", "grader", "check", "02")
    assert solved.returncode == 0, solved.stdout + solved.stderr


def test_a_learner_needs_nothing_but_the_base_libraries_to_check(own_kit):
    script = WITHOUT_EXTRAS + "from grader.cli import main\nsys.argv = ['grader', 'check', '02']\nmain()\n"
    done = run_in(own_kit, "-c", script)
    assert done.returncode == 1, done.stderr
    assert "not implemented yet" in done.stdout


def test_a_kit_lists_what_learners_type_and_says_what_it_cannot_make(own_kit):
    shown = [line.split()[0] for line in run_in(own_kit, "-m", "grader", "--help").stdout.splitlines() if line.strip()]
    assert all(name in shown for name in ("check", "hint", "watch", "progress"))
    assert not any(
        name in shown for name in ("grade", "export", "return", "release", "nbgrader", "bundle", "new", "audit")
    )
    for command in (("release", "x"), ("release", "."), ("nbgrader", "x")):
        done = run_in(own_kit, "-m", "grader", *command)
        assert done.returncode == 2
        assert done.stderr.startswith(
            "error: this is a learner's kit, and has no solutions: use the folder of the course"
        )
        assert len(done.stderr.splitlines()) == 1


def test_the_course_itself_lists_what_instructors_type():
    shown = [line.split()[0] for line in run_in(CHECKOUT, "-m", "grader", "--help").stdout.splitlines() if line.strip()]
    assert all(name in shown for name in ("check", "grade", "export", "release", "nbgrader", "bundle"))


# Where a kit goes.


def tree(folder: Path) -> dict[str, bytes]:
    """Return the contents of every file by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_release_returns_every_file_and_is_the_same_at_every_call(kit, tmp_path):
    files = release(tmp_path / "new" / "kit", COURSE)
    assert files == sorted(path for path in (tmp_path / "new" / "kit").rglob("*") if path.is_file())
    assert tree(tmp_path / "new" / "kit") == tree(kit)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["kit"]


def test_an_untouched_release_is_replaced_caches_and_all(own_kit):
    before = tree(own_kit)
    (own_kit / "grader" / "__pycache__").mkdir()
    (own_kit / "grader" / "__pycache__" / "old.pyc").write_bytes(b"")
    (own_kit / "README.md").unlink()
    release(own_kit, COURSE)
    assert tree(own_kit) == before


@pytest.mark.parametrize(
    ("name", "message"),
    [("exercises/02_update_rule/update_rule.py", "edited since its release"), ("notes.txt", "not of this release")],
)
def test_a_learners_work_is_never_overwritten(own_kit, name, message):
    (own_kit / name).write_text("my work\n")
    before = tree(own_kit)
    with pytest.raises(ReleaseError, match=message):
        release(own_kit, COURSE)
    assert tree(own_kit) == before


@pytest.mark.parametrize("name", ["thesis.tex", MANIFEST])
def test_a_folder_that_is_no_earlier_release_is_refused(tmp_path, name):
    (tmp_path / name).write_text("{}")
    with pytest.raises(ReleaseError, match="neither empty nor an earlier release"):
        release(tmp_path, COURSE)
    assert tree(tmp_path) == {name: b"{}"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "kit").write_text("a file")
    with pytest.raises(ReleaseError, match="neither empty nor an earlier release"):
        release(tmp_path / "kit", COURSE)


def test_an_empty_folder_is_filled(tmp_path):
    assert release(tmp_path, COURSE)
    assert (tmp_path / MANIFEST).is_file()


def test_what_cannot_be_released_leaves_the_earlier_release_and_no_litter(own_kit):
    before = tree(own_kit)
    with pytest.raises(ReleaseError, match="made of the solutions, which are not here"):
        release(own_kit, load_course(own_kit / "grader" / "course"))  # a kit has no solutions to make another from
    assert tree(own_kit) == before
    assert [path.name for path in own_kit.parent.iterdir()] == ["kit"]

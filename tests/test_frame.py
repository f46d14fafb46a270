"""The frame: what a newcomer types, walls between the package's rooms, and nothing of anybody's machine in the tree."""

import ast
import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from grader.authoring.demo import write_sample_class
from grader.collect.choosing import collect
from grader.manifest.contract import contract
from grader.manifest.course import CourseError, load_course

CHECKOUT = Path(__file__).resolve().parent.parent
PACKAGE = CHECKOUT / "grader"

# What a newcomer types.

TARGETS = {
    "help",
    "demo",
    "site",
    "serve",
    "test",
    "lint",
    "quality",
    "stubs",
    "bench",
    "fuzz",
    "faults",
    "evidence",
    "clean",
}


def make(folder: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    """Run make in a folder, as somebody with no environment activated would."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    environment["PATH"] = path + os.environ["PATH"]
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with all that `make` needs before it has installed anything, below a path with spaces."""
    folder = tmp_path / "a fresh clone"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt", "package.json", "package-lock.json"):
        shutil.copy(CHECKOUT / name, folder)
    return folder


def fake_python(folder: Path, name: str, script: str) -> Path:
    """Write a program that plays an interpreter; `$1` is `-c` or `-m`."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


def test_make_alone_lists_every_target_with_one_line_each():
    listed = [line.split(maxsplit=2) for line in make(CHECKOUT).stdout.splitlines()]
    assert {target for _, target, _ in listed} == TARGETS
    assert len(listed) == len(TARGETS)
    assert all(command == "make" and text for command, _, text in listed)
    phony = re.search(r"^\.PHONY: (.*)$", (CHECKOUT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    assert set(phony[1].split()) - {"always"} == TARGETS


def test_without_any_python_make_says_what_to_install(clone):
    done = make(clone, "demo", "PYTHON=")
    assert done.returncode != 0
    assert "apt install python3 python3-venv" in done.stderr


def test_a_python_that_is_too_old_is_refused_by_name(clone, tmp_path):
    old = fake_python(tmp_path, "python2.7", "exit 1")
    done = make(clone, "demo", f"PYTHON={old}")
    assert done.returncode != 0
    assert f"{old} is no Python 3.11 or later" in done.stderr


def test_a_python_without_ensurepip_is_refused_with_the_package_to_install(clone, tmp_path):
    bare = fake_python(tmp_path, "python3.11", 'case "$2" in *ensurepip*) exit 1;; esac')
    done = make(clone, "demo", f"PYTHON={bare}")
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
    assert not (clone / ".venv").exists()


def test_a_python_that_is_there_but_does_not_run_is_passed_over(clone, tmp_path):
    fakes = tmp_path / "fakes"
    fake_python(fakes, "python3.11", "exit 127")  # as a pyenv shim of a version that is not chosen
    fake_python(fakes, "python3", f'echo "$@" >> "{tmp_path}/asked"')
    make(clone, "demo", path=f"{fakes}:")
    assert "-m venv .venv" in (tmp_path / "asked").read_text().splitlines()


def test_without_node_the_site_is_refused_with_the_packages_to_install(clone):
    done = make(clone, "node_modules/.package-lock.json", "NODE=")
    assert done.returncode != 0
    assert "apt install nodejs npm" in done.stderr
    assert not (clone / "node_modules").exists()


def test_a_node_that_is_too_old_counts_as_none(clone, tmp_path):
    fakes = tmp_path / "fakes"
    fake_python(fakes, "node", "exit 1")
    done = make(clone, "node_modules/.package-lock.json", path=f"{fakes}:")
    assert done.returncode != 0
    assert "Node 20 or later" in done.stderr


@pytest.mark.parametrize("target", ["lint", "test"])
def test_without_node_a_contributor_is_told_what_is_left_out_and_ci_fails(clone, target):
    assert 'echo "no Node 20 or later' in make(clone, "-n", target, "NODE=", "CI=").stdout
    assert "exit 1" in make(clone, "-n", target, "NODE=", "CI=true").stdout


def test_what_was_made_is_no_source_of_the_site():
    listed = next(line for line in make(CHECKOUT, "-pn", "help").stdout.splitlines() if line.startswith("SOURCES := "))
    assert "site/index.md" in listed.split()
    assert not [name for name in listed.split() if name.startswith(("site/assets/", "site/reference/", "build/"))]


def test_a_port_that_cannot_be_used_is_refused_with_another_to_try():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [sys.executable, "site/make/serve.py", str(taken.getsockname()[1])]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: port ")
    assert "PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_ci_script_can_be_run():
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)


def test_constraints_pin_every_direct_dependency_by_name_and_version_alone():
    pins = (CHECKOUT / "constraints.txt").read_text().splitlines()
    assert [pin for pin in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*", pin)] == []
    assert pins == sorted(pins, key=lambda pin: pin.partition("==")[0])
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    for requirement in [*project["dependencies"], *extras["grade"], *extras["site"], *extras["dev"]]:
        name = re.split(r"[^A-Za-z0-9_.-]", requirement)[0].lower()
        assert any(pin.startswith(f"{name}==") for pin in pins), f"{name} is not pinned"


# The demo.


def test_the_sample_class_is_the_same_at_every_call_and_can_be_collected(tmp_path):
    course = load_course()
    learners = write_sample_class(tmp_path / "one", course)
    write_sample_class(tmp_path / "two", course)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "two") for path in (tmp_path / "two").rglob("*") if path.is_file()
    )
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)
    assert {file.suffix for file in files} == {".py", ".ipynb", ".zip"}

    submissions = collect(tmp_path / "one", course).submissions
    assert len(submissions) == len(learners) * len(course.exercises)
    assert sorted({one.learner for one in submissions}) == learners
    assert any(one.missing for one in submissions)
    assert any(one.problem for one in submissions)


def test_the_sample_class_goes_into_no_folder_that_holds_anything(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(CourseError, match="not empty"):
        write_sample_class(tmp_path, load_course())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_the_sample_class_needs_the_solutions_and_says_so(tmp_path):
    shutil.copy(load_course().places.course / "course.toml", tmp_path)
    with pytest.raises(CourseError, match=r"derivatives\.py: missing; the sample class is made of the solutions"):
        write_sample_class(tmp_path / "class", load_course(tmp_path))
    assert not (tmp_path / "class").exists()


def test_the_sample_classs_zip_holds_every_exercise(tmp_path):
    course = load_course()
    last = write_sample_class(tmp_path, course)[-1]
    with zipfile.ZipFile(tmp_path / f"{last}.zip") as archive:
        assert sorted(archive.namelist()) == sorted(f"{exercise.slug}.py" for exercise in course.exercises)


# Walls between rooms.

# The rooms of the package in the order in which a submission goes through them: none imports a later one.
ROOMS = "manifest wire collect sandbox checking diagnosis grading publish practice authoring platforms cli".split()
# What stands outside: the course, as data that rooms ask for by its parts' names, and faces for those who write one.
OUTSIDE = {
    "course": len(ROOMS),
    "__init__": 0,
    "__main__": len(ROOMS),
    "expect": 5,
    "functions": 3,
    "misconceptions": 6,
}
RANK = {room: number for number, room in enumerate(ROOMS, start=1)} | OUTSIDE

# Libraries, and the only rooms, or modules of rooms, that may know them.
WALLS = {
    **{name: {"sandbox"} for name in ("ctypes", "resource", "pyseccomp", "py_landlock")},
    "fcntl": {"sandbox", "publish.writer"},
    "signal": {"checking.comfort", "grading.interrupts", "sandbox"},
    "jupytext": {"authoring.release"},
    "nbformat": {"authoring.release", "platforms.nbgrader"},
    "nbgrader": {"publish.gradebook", "platforms.nbgrader"},
    "yaml": {"collect.layouts"},
    "dateutil": {"platforms.nbgrader"},
    "nbconvert": {"platforms.nbgrader"},
    "alembic": {"publish.gradebook"},
    "sqlalchemy": {"publish.gradebook"},
    "distributed": {"grading.scale"},
    "jinja2": {"publish.templates"},
    "pytest": {"checking.plugin", "grading.session", "practice.plugin", "course.checks"},
    "rich": {"cli"},
    "typer": {"cli"},
    "contourpy": {"diagnosis.picture"},
    "openpyxl": {"collect.roster"},
}
WITH_HOOKS = {"grader.checking.plugin", "grader.practice.plugin"}


def imports(tree: ast.Module, module: str) -> Iterator[str]:
    """Yield the full name of all that a module imports, at its top or inside its functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: -node.level] if node.level else []
            origin = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def breaches(sources: Mapping[str, str]) -> list[str]:
    """Return what crosses a wall in the given modules, whose texts are given by full name."""
    found = []
    for module, source in sources.items():
        tree = ast.parse(source)
        within = module.removeprefix("grader.")
        rank = RANK.get(within.partition(".")[0], -1)
        for name in imports(tree, module):
            library, *inner = name.split(".")
            allowed = WALLS.get(library)
            if allowed is not None and not any(f"{within}.".startswith(f"{place}.") for place in allowed):
                found.append(f"{module} imports {library}")
            # `from grader import __version__` names no room, but what the package itself holds.
            if library == "grader" and RANK.get((inner or ["__init__"])[0], 0) > rank:
                found.append(f"{module} imports {name}, of a later room")
        hooks = [
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("pytest_")
        ]
        if hooks and module not in WITH_HOOKS:
            found.append(f"{module} has pytest's hooks {', '.join(hooks)}")
    return found


def package() -> dict[str, str]:
    """Return the text of every module of the package by its full name."""
    modules = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(CHECKOUT).with_suffix("").parts
        modules[".".join(parts)] = path.read_text(encoding="utf-8")
    return modules


def test_no_room_crosses_a_wall():
    assert breaches(package()) == []


def test_every_room_has_its_place_in_the_order_and_says_what_it_is_for():
    modules = package()
    rooms = {name.split(".")[1] for name in modules if name.count(".") > 1}
    assert rooms == {*ROOMS, "course"}, "a new room? Give it its place in ROOMS"
    assert {name.split(".")[1] for name in modules} - rooms == OUTSIDE.keys() - {"course"}, "a module outside all rooms"
    for room in ROOMS:
        said = ast.get_docstring(ast.parse(modules[f"grader.{room}.__init__"])) or ""
        assert all(word in said for word in ("In: ", "Out: ")), (
            f"grader/{room}/__init__.py says what comes in, what goes out"
        )


def test_the_rooms_are_few_and_their_imports_run_one_way():
    edges = {}
    for module, source in package().items():
        room = module.split(".")[1]
        if room in ROOMS:
            reached = {name.split(".")[1] for name in imports(ast.parse(source), module) if name.count(".") > 0}
            edges.setdefault(room, set()).update(reached & set(ROOMS) - {room})
    print(*(f"{room:<10} → {' '.join(sorted(edges[room], key=ROOMS.index))}" for room in ROOMS), sep="\n")
    assert len(ROOMS) <= 12
    assert all(ROOMS.index(reached) < ROOMS.index(room) for room in edges for reached in edges[room])


def test_the_engine_knows_no_exercise_of_the_course():
    course = load_course()
    # Of functions only those names that mean nothing else in a grader: `update`, `fit`, `slope` are words.
    functions = {name for exercise in course.exercises for name in contract(exercise.slug) if "_" in name}
    names = functions | {exercise.slug for exercise in course.exercises if "_" in exercise.slug}
    titles = {exercise.title for exercise in course.exercises} - {"Derivatives"}
    told = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(names | titles | {course.title})))
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert places(told, [path for path in files if not path.is_relative_to(course.places.course)]) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("grader.collect.choosing", "import ctypes.util"),
        ("grader.collect.choosing", "def late():\n    from signal import SIGKILL"),
        ("grader.collect.choosing", "from py_landlock import Scope"),
        ("grader.collect.choosing", "from grader.sandbox.session import Session"),
        ("grader.collect.choosing", "from grader import sandbox"),
        ("grader.collect.choosing", "from .. import checking"),
        ("grader.collect.choosing", "from ..checking.plugin import Desk"),
        ("grader.wire.show", "from grader.course.motions import WALK"),
        ("grader.wire.show", "import grader.expect"),
        ("grader.sandbox.worker", "from ..checking.proxy import SubmissionProxy"),
        ("grader.sandbox.worker", "import pytest"),
        ("grader.checking.report", "import grader.grading.session"),
        ("grader.publish.feedback", "import nbformat as nb"),
        ("grader.publish.results", "def pytest_configure(config): ..."),
        ("grader.publish.results", "import jinja2"),
    ],
)
def test_a_wall_notices_who_crosses_it(module, source):
    assert len(breaches({module: source})) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("grader.sandbox.seal", "import ctypes\nfrom grader.manifest.course import Limits\nfrom . import policy"),
        ("grader.cli", "from grader import __version__, authoring\nimport typer"),
        ("grader.practice.plugin", "def pytest_configure(config): ..."),
        ("grader.publish.gradebook.writing", "import sqlalchemy as sa"),
    ],
)
def test_a_wall_lets_by_who_may_pass(module, source):
    assert breaches({module: source}) == []


# The tree.

FOLDERS = {"exercises", "solutions", "grader", "site", "tests", ".ci", ".github"}
# Written so that the patterns do not match themselves.
OF_A_MACHINE = re.compile(r"/(?:root/|work/|home/|Users/|opt/wheels|opt/pypi)[\w./-]+|[A-Z]:\\\\Users")
OF_A_PACKAGE_HOST = re.compile(
    r"(?:pypi|pythonhosted|anaconda|npmjs|yarnpkg|jsdelivr|unpkg)\.(?:org|com|net)|\"resolved\"\s*:", re.IGNORECASE
)


def ignored_folders() -> set[str]:
    """Return the names, or paths, of folders that are no part of the tree, as .gitignore has them."""
    lines = (CHECKOUT / ".gitignore").read_text().splitlines()
    return {line.strip("/") for line in lines if line.endswith("/")} | {".git"}


def is_ignored(folder: Path, ignored: set[str]) -> bool:
    path = folder.relative_to(CHECKOUT).as_posix()
    return folder.name in ignored or path in ignored or folder.name.endswith(".egg-info")


def tree() -> Iterator[Path]:
    """Yield every file that is part of the tree."""
    ignored = ignored_folders()
    for folder, folders, files in os.walk(CHECKOUT):
        folders[:] = sorted(name for name in folders if not is_ignored(Path(folder, name), ignored))
        yield from (Path(folder, name) for name in files if not name.endswith(".pyc"))


def places(pattern: re.Pattern[str], files: Iterable[Path]) -> list[str]:
    """Return where a pattern matches: file, line and match."""
    return [
        f"{path}:{number}: {match[0]}"
        for path in files
        for number, line in enumerate(path.read_bytes().decode("utf-8", errors="replace").split("\n"), start=1)
        if (match := pattern.search(line))
    ]


def test_the_top_level_has_the_folders_that_the_architecture_names_and_no_other():
    assert {path.relative_to(CHECKOUT).parts[0] for path in tree() if path.parent != CHECKOUT} <= FOLDERS


def test_no_file_holds_a_path_of_somebodys_machine():
    # What attacks look for are such paths.
    files = [path for path in tree() if not path.is_relative_to(CHECKOUT / "tests" / "attacks")]
    assert places(OF_A_MACHINE, files) == []


def test_no_file_holds_the_address_of_a_package_host():
    assert places(OF_A_PACKAGE_HOST, tree()) == []


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (OF_A_MACHINE, ("see ", "/home", "/me/course")),
        (OF_A_MACHINE, ("#!", "/root", "/kit/.venv/bin/python")),
        (OF_A_PACKAGE_HOST, ("--index-url https://", "pypi", ".org/simple")),
        (OF_A_PACKAGE_HOST, ('{"resolved"', ': "https://somewhere/x.tgz"}')),
    ],
)
def test_the_search_finds_what_is_planted(tmp_path, pattern, parts):
    (tmp_path / "file.txt").write_text(f"first\n{''.join(parts)}\n")
    assert len(places(pattern, [tmp_path / "file.txt"])) == 1

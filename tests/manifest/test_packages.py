"""Packages that a course adds: found, locked, carried along, and refused with words where they cannot be had."""

import tomllib
import zipfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from grader.authoring.release import release
from grader.collect.submission import Cell
from grader.grading import journal
from grader.grading.journal import Journal
from grader.manifest import packages
from grader.manifest.course import CourseError, Limits, load_course
from grader.manifest.packages import Packages, installed
from grader.platforms.bundle import bundle_gradescope
from grader.practice import page
from grader.sandbox import Sandbox, Unlocked, process
from grader.sandbox.forked import own_sandbox

COURSE = load_course()
# Jinja2 and what it needs are there wherever these tests are.
LIMITS = Limits(call_timeout_s=1.0, submission_timeout_s=2.5, memory_mib=256, output_kib=4, packages=("Jinja2>=3",))
WITH_JINJA = replace(COURSE, limits=replace(COURSE.limits, packages=("Jinja2>=3",)))


def test_a_package_comes_with_what_it_needs():
    found = installed(["Jinja2>=3"])
    assert (found.modules, found.needed) == (("jinja2",), ("markupsafe",))
    assert {path.name.partition("-")[0] for path in found.paths} == {"jinja2", "markupsafe"}
    assert [version.partition("==")[0] for version in found.versions] == ["jinja2", "markupsafe"]
    assert installed([]) == Packages()


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        ("no-such-package", "course.toml: the package no-such-package is not installed: pip install 'no-such-package'"),
        ("jinja2<1", "course.toml: needs jinja2<1, and "),
        ("two words", "course.toml: 'two words' is no package; expected a name as pip takes it"),
        ("gradient-descent-kit", "the package gradient-descent-kit lies elsewhere, as editable ones do"),
    ],
)
def test_a_package_that_cannot_be_had_is_told_in_one_line(requirement, said):
    with pytest.raises(CourseError, match=r"^course\.toml: ") as error:
        installed([requirement])
    assert said in str(error.value)


@pytest.mark.parametrize(("own", "refused"), [("", True), ("..", True), ("inner", True), ("../elsewhere", False)])
def test_a_package_that_holds_or_lies_in_the_course_is_refused(monkeypatch, own, refused):
    jinja = Path(str(metadata.distribution("jinja2").locate_file("jinja2"))).resolve()
    monkeypatch.setattr(packages, "PACKAGE", (jinja / own).resolve())
    if refused:
        with pytest.raises(CourseError, match="holds what learners may not read"):
            installed(["jinja2"])
    else:
        assert installed(["jinja2"]).modules == ("jinja2",)


def test_a_folder_that_another_package_shares_is_refused(monkeypatch):
    monkeypatch.setattr(metadata, "packages_distributions", lambda: {"jinja2": ["Jinja2", "other"]})
    with pytest.raises(CourseError, match="shares its folder jinja2 with other"):
        installed(["jinja2"])


@pytest.mark.parametrize("entry", ["3", '"scipy"', "[3]"])
def test_an_entry_of_another_type_is_told(tmp_path, entry):
    manifest = tmp_path / "course.toml"
    text = Path(COURSE.places.course, "course.toml").read_text(encoding="utf-8")
    manifest.write_text(text.replace("packages = []", f"packages = {entry}"), encoding="utf-8")
    with pytest.raises(CourseError, match=r"course\.toml: .*packages is"):
        load_course(tmp_path)


USES = """
import jinja2, markupsafe, os
from jinja2 import nodes
def use(): return jinja2.Template("{{ 6 * 7 }}").render() + str(markupsafe.escape("<"))
def read(name):
    place = os.path.join(os.path.dirname(os.path.dirname(jinja2.__file__)), name)
    try:
        return str(len(os.listdir(place)) if os.path.isdir(place) else len(open(place).read()))
    except OSError as error:
        return type(error).__name__
import yaml
"""


@pytest.fixture(scope="module", params=[Sandbox, lambda limits: Unlocked(limits, shared=False), own_sandbox])
def session(request):
    sandbox = request.param(LIMITS)
    session = sandbox.open("exercise", (Cell("exercise.py", USES),))
    yield session
    session.close()
    sandbox.close()


def test_learners_use_it_under_the_lock_and_without_and_nothing_else(session):
    skipped = str(session.load())
    assert "jinja2" not in skipped.partition("yaml is not available")[0]
    assert (
        "yaml is not available when your work is graded: use NumPy, SymPy, Jinja2 and the standard library" in skipped
    )
    assert session.request(["call", "use", [], {}])[1:3] == ["value", "42&lt;"]


def test_under_the_lock_nothing_beside_it_can_be_read():
    sandbox = Sandbox(LIMITS)
    session = sandbox.open("exercise", (Cell("exercise.py", USES),))
    try:
        for name, there in {"jinja2/nodes.py": True, "": False, "yaml/__init__.py": False, "pytest": False}.items():
            answer = session.request(["call", "read", [name], {}])[2]
            assert (answer == "PermissionError") != there, (name, answer)
    finally:
        session.close()
        sandbox.close()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("raise ValueError('no')", "course.toml: the package broken cannot be imported: ValueError: no"),
        (
            "import threading, time\nthreading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
            "course.toml: the package broken starts threads when it is imported",
        ),
    ],
)
def test_a_package_that_cannot_be_imported_is_told_before_anybodys_work_is_run(monkeypatch, tmp_path, code, said):
    (tmp_path / "broken.py").write_text(code)
    monkeypatch.setattr(process, "installed", lambda _: Packages(modules=("broken",), paths=(tmp_path / "broken.py",)))
    sandbox = Sandbox(LIMITS, {"exercise": False})
    try:
        with pytest.raises(CourseError, match=said):
            sandbox.wait_until_ready()
    finally:
        sandbox.close()


def test_another_version_is_another_circumstance(monkeypatch, tmp_path):
    def kept():
        with (tmp_path / "journal").open("a+") as file:
            return Journal(file, WITH_JINJA)._of_exercise["update_rule"]

    before = kept()
    monkeypatch.setattr(journal, "installed", lambda _: Packages(versions=("jinja2==0",)))
    after = kept()
    assert {name for name, value in before.items() if after[name] != value} == {"packages"}


def test_the_kit_and_the_bundle_carry_it(tmp_path):
    release(tmp_path / "kit", WITH_JINJA)
    project = tomllib.loads((tmp_path / "kit/pyproject.toml").read_text())["project"]
    assert "Jinja2>=3" in project["dependencies"]
    assert "NumPy, SymPy, Jinja2 and the standard library" in (tmp_path / "kit/README.md").read_text()
    more = replace(COURSE, limits=replace(COURSE.limits, packages=("PyYAML",)))
    bundle_gradescope(tmp_path / "bundle.zip", more)
    with zipfile.ZipFile(tmp_path / "bundle.zip") as bundle:
        assert b"\nPyYAML\n" in bundle.read("requirements.txt")
        pins = bundle.read("constraints.txt").decode().splitlines()
    assert sum(pin.lower().startswith("pyyaml==") for pin in pins) == 1


def test_the_page_says_that_it_has_not_got_it():
    assert page.offer(COURSE.limits).refusal("jinja2").startswith("jinja2 is not available when your work is graded")
    said = page.offer(WITH_JINJA.limits).refusal("jinja2")
    assert said.startswith(
        "jinja2 is not available in this page: use NumPy, SymPy and the standard library, or check it"
    )
    assert "`grader check`, where Jinja2 can be used too" in said

"""The checks as other graders get them: the solution passes all of them, and a wrong one does not."""

from types import ModuleType

import pytest

from grader.authoring.programs import solution_text
from grader.manifest.course import load_course
from tests.benchmarks.translated import in_a_file, translated

SLUG = "update_rule"


def failed(source: str) -> set[str]:
    """Return the names of the tests that fail for a learner's module."""
    module = ModuleType(SLUG)
    exec(compile(source, SLUG, "exec"), module.__dict__)
    tests: dict[str, object] = {SLUG: module}
    exec(compile(in_a_file(SLUG, "def {name}():", f"{SLUG}.{{name}}"), "tests", "exec"), tests)
    names = set()
    for name in translated(SLUG):
        try:
            tests[name]()  # type: ignore[operator]
        except AssertionError:
            names.add(name)
    return names


def test_there_are_as_many_tests_as_checks_and_each_makes_its_calls():
    exercise = load_course().by_slug[SLUG]
    checks = {
        line.split("(")[0].removeprefix("def ")
        for file in (exercise.public_checks, exercise.hidden_checks)
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("def test_")
    }
    tests = translated(SLUG)
    assert set(tests) == checks
    assert all(tests.values())


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("", ""),
        ("parameter - step", "parameter + step"),
        ("< tolerance", "<= tolerance"),
        ("epochs=1000", "epochs=999"),
    ],
)
def test_the_solution_passes_all_and_a_slip_is_found(right, wrong):
    source = solution_text(load_course().by_slug[SLUG])
    assert right in source
    assert bool(failed(source.replace(right, wrong) if right else source)) == bool(right)

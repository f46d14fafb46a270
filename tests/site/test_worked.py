"""What exercises' pages show as worked: siblings, which are right and of no use as an answer; and solutions, from their date on."""

import ast
import contextlib
import datetime
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import sympy as sp

from grader.authoring.programs import from_text
from grader.authoring.release import release
from grader.authoring.verdicts import judge
from grader.manifest.course import load_course
from tests.authoring.test_release import found_in, solution_lines, squeezed
from tests.browser.conftest import SITE, absent

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "site" / "make"))
import worked  # noqa: E402

import exercises  # noqa: E402

sys.path.pop(0)

COURSE = load_course()
EACH = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
UNTIL = datetime.date(2030, 6, 1)
BEFORE = datetime.datetime(2030, 6, 2, 11, 59, tzinfo=datetime.UTC)  # 23:59 of that day, where days end last
AFTER = datetime.datetime(2030, 6, 2, 12, 0, tzinfo=datetime.UTC)


def text(exercise):
    return (worked.SIBLINGS / f"{exercise.slug}.py").read_text(encoding="utf-8")


def functions(source):
    """Return the functions that a file defines."""
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def of(slug):
    """Return what a sibling's file defines."""
    names = {"__name__": slug}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(text(COURSE.by_slug[slug]), slug, "exec"), names)
    return SimpleNamespace(**names)


# Siblings.


@EACH
def test_every_exercise_has_a_sibling_with_a_problem_commented_code_what_it_prints_and_the_way_back(exercise):
    title, page = worked.sibling(exercise)
    problem = page.partition("```python")[0]
    assert title
    assert 2 <= sum(problem.count(mark) for mark in ".?") <= 6
    assert page.count("```python") >= 3
    assert page.count('```text title="It prints"') >= 2
    assert "    # " in page or "  # " in page
    assert page.rsplit("\n\n", 1)[1].startswith("**Now yours.**")


@EACH
def test_a_sibling_defines_nothing_that_the_exercise_asks_for(exercise):
    asked = {node.name for node in functions(exercise.stub.read_text(encoding="utf-8"))}
    assert asked.isdisjoint(node.name for node in functions(text(exercise)))


def test_no_function_of_a_sibling_gets_the_points_of_any_function_of_its_exercise():
    programs = []
    for exercise in COURSE.exercises:
        asked = [node.name for node in functions(exercise.stub.read_text(encoding="utf-8"))]
        given = [node.name for node in functions(text(exercise))]
        for shift in range(len(given)):  # each function once in the place of each
            renamed = [f"{name} = {given[(shift + place) % len(given)]}" for place, name in enumerate(asked)]
            source = "\n".join([text(exercise), *renamed])
            programs.append(from_text("wrong", exercise, f"{exercise.slug} {shift}", source))
    passing = {}
    for program, (verdict,) in judge(programs, 1, 1).items():
        asked = [node.name for node in functions(program.exercise.stub.read_text(encoding="utf-8"))]
        for name, outcomes in by_function(asked, verdict.outcomes).items():
            if set(outcomes) == {"passed"}:
                passing[program.name] = name
    assert passing == {}


def by_function(asked, outcomes):
    """Return the outcomes of each function's checks, which begin with its name."""
    found = {name: [] for name in asked}
    for check, outcome in outcomes:
        name = max((one for one in asked if check.startswith(f"test_{one}_")), key=len)
        found[name].append(outcome)
    return found


def test_the_solution_renamed_to_itself_would_be_noticed():
    exercise = COURSE.by_slug["update_rule"]
    (verdict,) = judge([from_text("right", exercise, "solution", exercise.solution.read_text())], 1, 1).popitem()[1]
    assert {"passed"} == {
        one
        for outcomes in by_function(["update", "descend", "descend_until"], verdict.outcomes).values()
        for one in outcomes
    }


def test_the_siblings_answers_are_those_of_numpy_and_sympy():
    ride, t = of("derivatives"), sp.Symbol("t")
    assert sp.integrate(6 * t - t**2, (t, 0, 6)) == 36
    assert ride.distance_function(6 * t - t**2, t)(6.0) == 36
    assert ride.distance_coefficients([0, 6, -1])[::-1] == pytest.approx(np.polyint([-1, 6, 0]))
    assert of("update_rule").guesses(2, 1, 5)[-1] == pytest.approx(2**0.5, abs=1e-14)
    ends = of("starting_values")
    places = np.linspace(-4, 4, 8001)
    signs = np.sign(ends.curve(places))
    assert np.count_nonzero(signs[1:] != signs[:-1]) == 6
    assert ends.largest_zero([0.0, 0.3, 1.5, 2.5]) == pytest.approx(places[:-1][signs[1:] != signs[:-1]][-1], abs=1e-3)
    leaf = of("descent_2d")
    assert leaf.around[-1] == pytest.approx([2, 0], abs=2e-3)
    assert np.ptp((leaf.around**2) @ [1, 4]) < 1e-4
    neuron = of("sigmoid_neuron")
    assert neuron.learned[-1] == pytest.approx([(np.arccosh(2.5) - np.arccosh(1.25)) / 2, 0.256321], abs=1e-5)
    assert neuron.bell(0.7, 2.0, -0.1) == pytest.approx(1 / np.cosh(1.3))
    assert of("stochastic_descent").history[-1] == pytest.approx([2, -1], abs=0.05)
    faded = np.average([20.0, 10.0, 10.0], weights=[0.25, 0.5, 1.0])
    assert of("optimizers").fading_mean([20.0, 10.0, 10.0], 0.5)[-1] == pytest.approx(faded)
    picture = np.random.default_rng(1).integers(0, 255, (5, 7), dtype=np.uint8)
    around = [picture[1, 3], picture[3, 3], picture[2, 2], picture[2, 4]]
    above = of("image_gradients").above_neighbours(picture)
    assert above[2, 3] == picture[2, 3] - np.mean(around)
    assert above[0, 0] == pytest.approx(picture[0, 0] - (2.0 * picture[0, 0] + picture[1, 0] + picture[0, 1]) / 4)
    plate = of("gradient_fields")
    path = plate.level_path(plate.hill, [0, 1], 0.001, 500)
    assert np.hypot(*path.T) == pytest.approx(np.ones(501), abs=1e-3)
    assert np.hypot(*np.diff(path, axis=0).T) == pytest.approx(np.full(500, 0.001))


# What passing means.


@EACH
def test_every_page_says_once_what_passing_means_and_what_comes_next(exercise, site_of):
    page = site_of(AFTER)[exercise.slug]
    assert page.count("## When are you done?") == 1
    said = page.partition("## When are you done?")[2]
    assert f"When all {len(exercises._checks(exercise))} checks show a ✓." in said
    assert "They are examples, though, not a proof: they do not try " in said
    assert " points are for more checks, which try just that." in said
    assert "Then go on to [" in said


# The exercises' own solutions.


@pytest.fixture(scope="module")
def site_of(tmp_path_factory):
    """Give a function that makes the pages, and the files beside them, of a course in which the first exercise has a date."""
    first, *others = COURSE.exercises
    course = replace(COURSE, exercises=(replace(first, until=UNTIL), *others))
    made = {}

    def pages(now):
        if now not in made:
            folder = tmp_path_factory.mktemp("site")
            exercises.write_pages(folder, course, now)
            made[now] = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("exercises/*.md")}
            made[now]["assets"] = "".join(
                path.read_text(encoding="utf-8") for path in sorted(folder.glob("assets/exercises/*"))
            )
        return made[now]

    return pages


def telling(pages, number):
    """Return the lines of a solution that stand in what was made."""
    lines = set(solution_lines([COURSE.exercises[number]]))
    return {
        name: found for name, page in pages.items() if (found := {line for line in lines if line in squeezed(page)})
    }


def test_a_solution_is_in_its_page_alone_when_its_date_is_over_and_nowhere_before(site_of):
    slug = COURSE.exercises[0].slug
    assert telling(site_of(BEFORE), 0) == {}
    shown = telling(site_of(AFTER), 0)
    assert set(shown) == {slug}
    assert '??? success "The solution of this exercise"' in site_of(AFTER)[slug]
    assert shown[slug] == set(solution_lines(COURSE.exercises[:1]))
    assert "BEGIN SOLUTION" not in site_of(AFTER)[slug]


def test_without_a_date_no_solution_is_ever_shown(site_of):
    late = datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC)
    for number in range(1, len(COURSE.exercises)):
        assert telling(site_of(late), number) == {}


def test_a_solution_that_is_shown_is_python_that_solves_the_exercise():
    for exercise in COURSE.exercises:
        source = worked.solution(exercise)
        assert [node.name for node in functions(source)] == [
            node.name for node in functions(exercise.stub.read_text(encoding="utf-8"))
        ]
        assert all(ast.get_docstring(node) is None for node in functions(source))
    program = from_text("right", COURSE.exercises[-1], "shown", worked.solution(COURSE.exercises[-1]))
    assert judge([program], 1, 1)[program][0].score == COURSE.exercises[-1].points


def test_a_kit_holds_no_solution_even_of_an_exercise_whose_date_is_over(tmp_path):
    over = datetime.date(2000, 1, 1)
    course = replace(COURSE, exercises=tuple(replace(one, until=over) for one in COURSE.exercises))
    release(tmp_path / "kit", course)
    assert found_in(tmp_path / "kit", sorted(set(solution_lines()))) == []


def test_what_is_to_be_shown_is_listed_for_the_makefile_without_any_other_change(tmp_path):
    manifest = (COURSE.places.course / "course.toml").read_text(encoding="utf-8")
    (tmp_path / "course.toml").write_text(
        manifest.replace('slug = "update_rule"', 'slug = "update_rule"\nuntil = 2030-06-01'), encoding="utf-8"
    )

    def listed(moment):
        environment = {**os.environ, "GRADER_COURSE": str(tmp_path), "SOURCE_DATE_EPOCH": moment}
        command = [sys.executable, CHECKOUT / "site/make/worked.py"]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert listed(str(int(BEFORE.timestamp()))).stdout.split() == []
    assert listed(str(int(AFTER.timestamp()))).stdout.split() == ["update_rule"]
    refused = listed("tomorrow")
    assert refused.returncode == 1
    assert refused.stderr == "SOURCE_DATE_EPOCH is 'tomorrow'; expected seconds since 1970, such as 1893456000\n"


@EACH
def test_the_search_finds_what_passing_means_and_leaves_what_is_worked_out(exercise):
    if not (SITE / "index.html").is_file():
        absent("the site is not built: make site")
    index = json.loads((SITE / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"]: entry["text"] for entry in index["docs"]}
    page = f"exercises/{exercise.slug}/"
    assert "these public checks are all there is" in found[f"{page}#done"]
    for node in functions(text(exercise)):
        assert f"def {node.name}(" not in found[page] + found[f"{page}#done"]
    assert "Now yours." not in found[page] + found[f"{page}#done"]

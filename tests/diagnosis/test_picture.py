"""The picture of a path: true to the numbers, small, harmless whatever a learner's function returns, and public."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.proxy import Call, Opaque, RemoteFunction, SubmissionProxy
from grader.checking.report import CheckResult
from grader.collect.submission import Cell, Submission
from grader.course.landscapes import of_neuron, of_samples
from grader.course.scenes import OF_RETURNED, SCENES
from grader.diagnosis.picture import MOST_TEXT, picture, telling
from grader.diagnosis.picture.drawing import PATH
from grader.diagnosis.picture.grounds import of_formula, of_slope
from grader.grading.session import CheckSession
from grader.manifest.course import PACKAGE, load_course
from grader.sandbox import Unlocked
from grader.wire.expression import Expression
from grader.wire.functions import gradient, scalar_function, slope

COURSE = load_course()
SVG = "{http://www.w3.org/2000/svg}"
x, y = sp.symbols("x y")
BOWL_1D = slope(3 * x**2 - 3 * x + 4, x)
BOWL_2D = gradient(x**2 + 2 * y**2, (x, y))
TABLE = np.arange(12.0).reshape(3, 4)

# A call of each function of the contract that has a scene, with its right kind of answer.
CALLS = {
    ("derivatives", "average_slope"): ((scalar_function(x**2, x), 2.0, 2.5), 4.5),
    ("derivatives", "numerical_derivative"): ((scalar_function(x**2, x), -4.0), -8.0),
    ("update_rule", "update"): ((3.0, 2.0, 0.1), 2.8),
    ("update_rule", "descend"): ((BOWL_1D, 2.0, 0.125, 2), np.array([2.0, 0.875, 0.59375])),
    ("update_rule", "descend_until"): ((BOWL_1D, 2.0, 0.125, 1.0), [2.0, 0.875, 0.59375]),
    ("starting_values", "objective"): ((0.25,), 0.0625),
    ("starting_values", "slope"): ((0.0,), 0.0),
    ("starting_values", "descend"): ((2.0,), 1.425),
    ("starting_values", "best_of_restarts"): (([2.0, 0.9, -1.8],), (0.4758, -0.762)),
    ("descent_2d", "descend"): ((BOWL_2D, [1.0, -2.0], 0.125, 1), np.array([[1.0, -2.0], [0.75, -1.0]])),
    ("ascent_challenge", "ascend_by_update"): ((BOWL_2D, [1.0, 1.0], 0.1, 1), np.array([[1.0, 1.0], [1.2, 1.4]])),
    ("ascent_challenge", "find_local_maximum"): ((5 - x**2 - y**2, (x, y), [1.0, 1.0], 0.1, 1), ([0.8, 0.8], 3.7)),
    ("sigmoid_neuron", "sigmoid"): ((0.5, 2.0, -1.0), 0.5),
    ("sigmoid_neuron", "fit"): (([0.5, 2.5], [0.2, 0.9], -2.0, -1.0, 2.0, 1), [[-2.0, -1.0], [-1.9, -0.9]]),
    ("stochastic_descent", "loss_gradient"): ((np.ones(2), np.eye(2), np.ones(2)), np.array([1.0, 0.5])),
    ("stochastic_descent", "stochastic_descent"): ((np.eye(2), np.ones(2), [3.0, 1.0], 0.1, 1, 1), [[3, 1], [2, 1]]),
    **{
        ("optimizers", name): ((BOWL_2D, [1.0, -2.0], 0.5, 1), [[1.0, -2.0], [0.5, 0.0]])
        for name in ("momentum", "nesterov", "adagrad", "rmsprop", "adam")
    },
    ("image_gradients", "image_gradients"): ((TABLE,), (TABLE, TABLE)),
    ("image_gradients", "gradient_magnitude"): ((TABLE,), TABLE),
    ("image_gradients", "gradient_direction"): ((TABLE,), TABLE),
    ("image_gradients", "edges"): ((TABLE, 3.0), TABLE > 3),
    ("gradient_fields", "gradient_field"): ((TABLE, 1.0, 1.0), (TABLE, TABLE)),
    ("gradient_fields", "pressure_acceleration"): ((TABLE, 1.0, 1.0, 1.0), (TABLE, TABLE)),
    ("gradient_fields", "directional_derivative"): ((TABLE, (1.0, 0.0), 1.0, 1.0), TABLE),
    ("gradient_fields", "trace"): ((BOWL_2D, [1.0, -1.0], 0.5, 1), [[1.0, -1.0], [1.2, -1.4]]),
}


def function(slug, name, target=None):
    proxy = SubmissionProxy(Submission("a", "a", slug, (Cell(f"{slug}.py", ""),)), None)
    return RemoteFunction(proxy, name if target is None else target, name, name)


def call(slug, name, arguments, result, **options):
    return Call(function(slug, name), tuple(arguments), options, result=result)


def drawn(slug, name, result=None):
    arguments, right = CALLS[slug, name]
    return picture([call(slug, name, arguments, right if result is None else result)])


def parts(svg, tag):
    return list(ET.fromstring(svg).iter(SVG + tag))


def assert_sound(svg):
    """Assert that a picture is one small, self-contained SVG of numbers that can be drawn."""
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert len(svg) <= MOST_TEXT
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in {
            "svg", "title", "desc", "rect", "polyline", "circle", "path", "text", "g", "clipPath"
        }  # fmt: skip
        for name, value in element.attrib.items():
            assert not name.endswith("href"), "nothing from elsewhere"
            assert "url(" not in value or value == "url(#path-picture-plot)"
            if name not in ("class", "role"):
                assert not re.search(r"nan|inf|\de[+-]?\d|\d{6}", value), f"{name}={value[:80]}"


def test_every_scene_has_a_call_here():
    assert set(CALLS) == set(SCENES)


@pytest.mark.parametrize("key", CALLS, ids="-".join)
def test_what_each_function_did_is_drawn(key):
    svg = drawn(*key)
    assert_sound(svg)
    assert key[1] in parts(svg, "title")[0].text
    assert key[1] in parts(svg, "desc")[0].text


def test_text_is_large_enough_in_every_picture():
    for key in CALLS:
        root = ET.fromstring(drawn(*key))
        scale = 640 / float(root.get("viewBox").split()[2])
        sizes = [float(size) for element in root.iter() if (size := element.get("font-size"))]
        assert min(sizes) * scale >= 11, key


def test_a_path_is_drawn_where_it_went():
    right = drawn("descent_2d", "descend")
    lines = [line for line in parts(right, "polyline") if line.get("stroke") == PATH]
    numbers = np.array(lines[0].get("points").split(), dtype=float).reshape(-1, 2)
    ((right_by, up_by),) = np.diff(numbers, axis=0)
    # From (1, -2) to (0.75, -1): to the left, and four times as far upwards, at right angles as they are.
    assert up_by / right_by == pytest.approx(4.0, rel=0.02)
    assert right_by < 0
    assert up_by < 0, "y grows upwards"


def test_a_height_that_is_known_only_up_to_a_constant_has_no_numbers():
    def up(key):
        return [
            one.text for one in parts(drawn(*key), "text") if one.get("text-anchor") == "end" and one.get("opacity")
        ]

    for name in ("descend", "descend_until", "update"):  # a check hands in slopes; 10 and 3.25 were told as 6 and -0.75
        assert up(("update_rule", name)) == []
        assert "height" in {one.text for one in parts(drawn("update_rule", name), "text")}
    for key in (("starting_values", "descend"), ("derivatives", "average_slope"), ("sigmoid_neuron", "sigmoid")):
        assert up(key)
    assert up(("descent_2d", "descend")), "on a map these are places"


def test_a_wrong_path_is_drawn_beside_the_rules_way_and_a_right_one_alone():
    assert "the rule’s way" not in drawn("descent_2d", "descend")
    assert "the rule’s way" in drawn("descent_2d", "descend", np.array([[1.0, -2.0], [1.25, -3.0]]))


def test_a_path_that_leaves_or_breaks_off_is_told_of():
    assert "Row 1 is the first outside." in drawn("update_rule", "descend", [2.0, 900.0, -9e9])
    assert "Row 1 is no number that can be drawn." in drawn("update_rule", "descend", [2.0, np.nan, 3.0])
    assert "It ends outside." in drawn("starting_values", "descend", 7.0)


def test_arguments_may_be_given_by_name():
    (formula, start, rate, epochs), result = CALLS["update_rule", "descend"]
    named = call("update_rule", "descend", (formula,), result, start=start, learning_rate=rate, epochs=epochs)
    assert picture([named])


def test_in_more_than_two_dimensions_the_steps_are_drawn():
    z = sp.Symbol("z")
    bowl = gradient(x**2 + y**2 + z**2, (x, y, z))
    path = np.array([[1.0, 2.0, 3.0], [0.8, 1.6, 2.4], [0.64, 1.28, 1.92]])
    svg = picture([call("descent_2d", "descend", (bowl, [1.0, 2.0, 3.0], 0.1, 2), path)])
    assert_sound(svg)
    assert len([line for line in parts(svg, "polyline") if line.get("stroke-width") == "2"]) == 3
    assert ">step<" in svg


def test_functions_that_were_returned_are_drawn_on_their_formula():
    for key, arguments, point, answer in (
        (("derivatives", "derivative_function"), (3 * x**2, x), 2.0, 12.0),
        (("descent_2d", "gradient_function"), (x**2 + y, (x, y)), np.array([1.0, 2.0]), np.array([2.0, 1.0])),
    ):
        assert key in OF_RETURNED
        made = function(*key, target=7)
        maker = Call(function(*key), arguments, {}, result=made)
        svg = picture([Call(made, (point,), {}, result=answer), maker])
        assert_sound(svg)
        assert key[1] in svg


# Hostile results.

FLOATS = st.sampled_from([0.0, -0.0, 1.0, -2.5, 1e-320, 1e100, 1e308, -1e308, np.inf, -np.inf, np.nan, 1e17])
LEAVES = st.one_of(FLOATS, st.integers(), st.text(), st.none(), st.booleans(), st.just(10**400), st.just(Opaque("<b>")))
RESULTS = st.one_of(
    LEAVES,
    st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=5), max_leaves=20),
    st.tuples(LEAVES, LEAVES),
    st.builds(
        lambda shape, values: np.resize(np.array(values), shape),
        st.lists(st.integers(0, 5), max_size=3).map(tuple),
        st.lists(FLOATS, min_size=1, max_size=8),
    ),
    st.just(Expression(("Symbol", "<script>"))),
)


@settings(deadline=None, max_examples=400)
@given(st.sampled_from(sorted(CALLS)), RESULTS)
def test_whatever_a_function_returns_there_is_a_sound_picture_or_none(key, result):
    svg = picture([call(*key, CALLS[key][0], result)])
    if svg:
        assert_sound(svg)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(sorted(CALLS)), st.lists(st.one_of(RESULTS, st.just(BOWL_1D), st.just(BOWL_2D)), max_size=6))
def test_whatever_a_check_hands_in_there_is_a_sound_picture_or_none(key, arguments):
    svg = picture([call(*key, arguments, CALLS[key][1])])
    if svg:
        assert_sound(svg)


@pytest.mark.parametrize(
    ("key", "result"),
    [
        (("update_rule", "descend"), np.linspace(2.0, 0.5, 1_000_000)),
        (("update_rule", "descend"), np.resize([2.0, 1e99, -1e99, 1e-300], 100_000)),
        (("descent_2d", "descend"), np.resize([1.0, -2.0, 1e50, 4.0], (500_000, 2))),
        (("descent_2d", "descend"), np.empty((0, 2))),
        (("image_gradients", "gradient_magnitude"), np.full((3, 4), 1e308)),
        (("gradient_fields", "gradient_field"), (np.full((3, 4), -1e308), np.full((3, 4), np.nan))),
    ],
)
def test_long_empty_and_huge_results_are_bounded(key, result):
    svg = drawn(*key, result)
    if svg:
        assert_sound(svg)


def test_large_images_are_sampled():
    image = np.random.default_rng(7).normal(size=(300, 400))
    svg = picture([call("image_gradients", "image_gradients", (image,), (image, image))])
    assert_sound(svg)


def test_nothing_but_numbers_of_a_result_is_in_a_picture():
    for result in ("<script>", ["<script>", 1.0], [Opaque("<script>"), 2.0], Opaque("<script>")):
        for key in CALLS:
            assert "script" not in picture([call(*key, CALLS[key][0], result)])


# Which call is drawn.


def test_a_call_of_a_hidden_check_is_never_drawn():
    for key, (arguments, right) in CALLS.items():
        assert picture([replace(call(*key, arguments, right), hidden=True)]) == ""


def check(name, outcome="passed", hidden=False):
    return CheckResult(name, name, 1.0, 1.0, outcome, hidden)


def test_the_last_call_of_the_first_check_that_failed_tells_most():
    first, second, third, walk = (
        call("update_rule", "update", (start, 1.0, 0.1), 1.0) for start in (1.0, 2.0, 3.0, 4.0)
    )
    walk = call("update_rule", "descend", *CALLS["update_rule", "descend"])
    checks = [check("one"), check("two"), check("three", "failed"), check("four", "failed", hidden=True)]
    calls = {"one": [first], "two": [walk], "three": [second, third], "four": [first]}
    assert telling(checks, calls) == [third, second, walk, first]


def test_where_nothing_is_to_be_seen_there_is_no_picture():
    assert picture([]) == ""
    assert picture([call("ascent_challenge", "negated", (BOWL_1D,), 3.0)]) == ""
    assert (
        picture([replace(call("update_rule", "descend", *CALLS["update_rule", "descend"]), raised="ValueError")]) == ""
    )


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_every_right_solution_has_a_picture(exercise):
    source = (PACKAGE.parent / "solutions" / exercise.name / f"{exercise.slug}.py").read_text(encoding="utf-8")
    submission = Submission("a", "a", exercise.slug, (Cell(f"{exercise.slug}.py", source),))
    sandbox = Unlocked(COURSE.limits, shared=True)
    session = CheckSession(COURSE, sandbox, "none", (exercise,), with_hidden=False)
    try:
        session.check(submission, "0" * 16)
        assert_sound(session.picture())
    finally:
        session.close()
        sandbox.close()


# The ground.


def test_the_ground_of_a_gradient_is_its_landscape_up_to_one_height():
    across, up = np.linspace(-1.0, 1.0, 201), np.linspace(-2.0, 1.0, 301)
    height = x**2 * y + sp.exp(x) * sp.cos(y)
    expected = of_formula(height, (x, y))(across, up)
    got = of_slope(gradient(height, (x, y)))(across, up)
    # Trapezoids 0.01 wide are right to h² / 12 times the length times the second derivative: 1e-4 / 12 * 5 * 3.
    assert np.ptp(got - expected) < 2e-4
    heights = of_slope(slope(x**3, x))(across)
    assert np.ptp(heights - across**3) < 2e-4


def test_the_grounds_of_losses_are_the_losses():
    w, b = np.array([0.0, 1.0]), np.array([0.0, 2.0, -1.0])
    loss = of_neuron([0.5, 2.5], [0.2, 0.9])(w, b)
    assert loss.shape == (3, 2)
    assert loss[0, 0] == pytest.approx(0.125)
    samples = of_samples(np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([1.0, 1.0]))(w, b)
    # At (1, 2) the residuals are 4 and 1.
    assert samples[1, 1] == pytest.approx((16 + 1) / 4)


def test_who_answers_alike_shares_a_picture_and_nobody_else(monkeypatch):
    drawn = []
    monkeypatch.setattr("grader.diagnosis.picture._drawn", {})
    monkeypatch.setattr("grader.diagnosis.picture._draw", lambda calls: drawn.append(calls) or f"picture {len(drawn)}")
    (bowl, start, rate, epochs), path = CALLS["descent_2d", "descend"]
    same = picture([call("descent_2d", "descend", (bowl, start, rate, epochs), path)])
    assert picture([call("descent_2d", "descend", (bowl, list(start), rate, epochs), np.array(path))]) == same
    others = [
        call("descent_2d", "descend", (bowl, start, np.nextafter(rate, 1.0), epochs), path),
        call("descent_2d", "descend", (bowl, start, rate, epochs), np.nextafter(path, np.inf)),
        call("descent_2d", "descend", (bowl, start, rate), path, epochs=epochs),
        call("descent_2d", "descend", (BOWL_2D.bind(), np.array(start) + 1.0, rate, epochs), path),
        call("ascent_challenge", "descend", (bowl, start, rate, epochs), path),
        call("descent_2d", "ascend", (bowl, start, rate, epochs), path),
        call("descent_2d", "descend", (bowl, start, rate, epochs), RemoteFunction(None, 0, "f", "f")),
        call("descent_2d", "descend", (bowl, start, rate, epochs), Opaque("f")),
        call("descent_2d", "descend", (bowl, start, rate, epochs), np.zeros((2**20, 1))),  # more than can cross
    ]
    assert len({same, *[picture([one]) for one in others]}) == 1 + len(others)

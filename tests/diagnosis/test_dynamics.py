"""What a path tells about the code that walked it, by the name of the mistake that the path shows."""

import numpy as np
import pytest
import sympy as sp

from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.diagnosis.steps import explain
from grader.manifest.course import load_course
from grader.practice.learner import Practice
from grader.sandbox.inprocess import InProcess
from grader.wire.functions import gradient, point_function, slope

x, y = sp.symbols("x y")
BOWL = slope(3 * x**2 - 3 * x + 4, x)
VALLEY = gradient(x**2 + x * y + 2 * y**2, (x, y))


def sentences(slug, function, source, *arguments, **options):
    """Return what is said of one call of `function` in `source`."""
    cells = (Cell("module.py", f"import numpy as np\n\n{source}"),)
    proxy = SubmissionProxy(Submission("a", "a", slug, cells), InProcess("module", cells))
    getattr(proxy, function)(*arguments, **options)
    findings = explain(slug, proxy.calls[-1])
    return None if findings is None else {str(finding) for finding in findings}


def descend(body, start="np.array(start, dtype=float)", rows="epochs"):
    return f"""
def descend(gradient, start, learning_rate, epochs):
    path = [{start}]
    for step in range({rows}):
        x = path[-1]
        {body}
        path.append(x)
    return np.array(path)
"""


RIGHT = "x = x - learning_rate * gradient(x)"
STEPS = {
    "the right step": (RIGHT, set()),
    "the wrong sign": (
        "x = x + learning_rate * gradient(x)",
        {"Your path climbs: each step is the right one with the wrong sign. It should go downhill."},
    ),
    "no rate": (
        "x = x - gradient(x)",
        {
            "Each of your steps is the right one times a factor that should not be there. The factor is 12.5.",
            "Your step is the whole gradient, whatever the rate is: the rate is not used.",
        },
    ),
    "the rate twice": (
        "x = x - learning_rate * learning_rate * gradient(x)",
        {
            "Each of your steps is the right one times a factor that should not be there. The factor is 0.08.",
            "The learning rate is in your step twice.",
        },
    ),
    "twice the step": (
        "x = x - 2 * learning_rate * gradient(x)",
        {
            "Each of your steps is the right one times a factor that should not be there. The factor is 2.",
            "Each of your steps is twice as long as it should be.",
        },
    ),
    "half the step uphill": (
        "x = x + 0.5 * learning_rate * gradient(x)",
        {
            "Each of your steps is the right one times a factor that should not be there. The factor is -0.5.",
            "Each of your steps is half as long as it should be. And the sign is wrong.",
        },
    ),
    "a third of the step": (
        "x = x - learning_rate * gradient(x) / 3",
        {"Each of your steps is the right one times a factor that should not be there. The factor is 0.333."},
    ),
    "steps of one length": (
        "x = x - learning_rate * gradient(x) / np.linalg.norm(gradient(x))",
        {"All your steps have the same length, however steep it is: the gradient's size is lost."},
    ),
    "the slope at the start": (
        "x = x - learning_rate * gradient(path[0])",
        {"Each of your steps uses the slope at the start. Ask for the slope at the point you have reached."},
    ),
    "a late mistake": (
        "x = x - learning_rate * gradient(x) * (1 if step < 2 else 1.7)",
        {"Your path begins right; a later step is the first wrong one. It is right up to row 2. NUMBERS"},
    ),
    "no finite step": (
        "x = x - 1e200 * gradient(x)",
        {"Your path diverges: it does not stay finite. Row 2 is the first that is no longer finite."},
    ),
}


@pytest.mark.filterwarnings("ignore:overflow", "ignore:invalid")
@pytest.mark.parametrize(("body", "said"), STEPS.values(), ids=STEPS)
def test_a_step_shows_what_is_wrong_with_it(body, said):
    numbers = {
        "update_rule": "From -0.17599999999999993 your step leads to 0.37561599999999995; the rule leads to 0.14848.",
        "descent_2d": "From array([ 1.5456, -0.712 ]) your step leads to array([ 1.2220288, -0.5348736]); "
        "the rule leads to array([ 1.355264, -0.607808]).",
    }
    for slug, slopes, start in (("update_rule", BOWL, -2.0), ("descent_2d", VALLEY, [2.0, -1.0])):
        expected = {text.replace("NUMBERS", numbers[slug]) for text in said}
        assert sentences(slug, "descend", descend(body), slopes, start, 0.08, 5) == expected


def test_an_ascent_is_told_that_it_goes_downhill():
    source = descend(RIGHT).replace("descend", "ascend_by_update")
    said = sentences("ascent_challenge", "ascend_by_update", source, VALLEY, (2, 1), 0.1, 4)
    assert said == {"Your path goes downhill: each step is the right one with the wrong sign. It should climb."}


def test_two_factors_that_give_one_step_are_both_told():
    said = sentences("update_rule", "descend", descend("x = x - gradient(x)"), BOWL, -2.0, 0.5, 3)
    assert len(said) == 3  # a factor 2, or a rate of 0.5 that is not used: in common is twice the step


def test_coordinates_that_move_one_after_the_other_are_seen():
    body = "x = x.copy(); x[0] -= learning_rate * gradient(x)[0]; x[1] -= learning_rate * gradient(x)[1]"
    (said,) = sentences("descent_2d", "descend", descend(body), VALLEY, (2.0, -1.0), 0.1, 4)
    assert said.startswith("Your coordinates move one after the other")


def test_coordinates_of_few_digits_that_need_no_order_are_not_said_to_move_one_after_the_other():
    """In a bowl along the axes both orders lead to the same place; only rounding makes the steps differ."""
    body = "x = (x - np.float32(learning_rate) * gradient(x)).astype(np.float32)"
    bowl = gradient((x - 5) ** 2 + 2 * (y + 3) ** 2, (x, y))
    said = sentences("descent_2d", "descend", descend(body, "np.array(start, np.float32)"), bowl, (2.1, -1.3), 0.1, 40)
    assert not [text for text in said if text.startswith("Your coordinates")]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (descend(RIGHT, rows="epochs - 1"), "Your path is one epoch short. It has 5 rows instead of 6."),
        (descend(RIGHT, rows="epochs + 1"), "Your path is one epoch too long. It has 7 rows instead of 6."),
        (descend(RIGHT, rows="epochs + 3"), "Your path has too many rows. It has 9 rows instead of 6."),
        (descend(RIGHT, start="start + 1.0"), "Row 0 of your path is not the start."),
        (
            descend(RIGHT).replace("np.array(path)", "np.array(path[1:])"),
            "Your path begins with the point after the first update. Row 0 is the start itself.",
        ),
    ],
)
def test_missing_and_wrong_rows_are_named(source, said):
    assert sentences("update_rule", "descend", source, BOWL, -2.0, 0.08, 5) == {said}


def test_of_an_end_alone_a_missing_epoch_is_seen():
    source = """
def descend(start, learning_rate=0.01, epochs=150):
    for _ in range(epochs - 1):
        start = start - learning_rate * (2 * start - 2 * np.pi * np.sin(2 * np.pi * start))
    return start
"""
    assert sentences("starting_values", "descend", source, 0.3, epochs=5) == {"Your walk is one epoch short."}


def test_of_a_climb_to_a_maximum_the_direction_is_seen():
    source = """
def find_local_maximum(expression, variables, start, learning_rate, epochs):
    x, y = start
    for _ in range(epochs):
        x, y = x + learning_rate * 2 * x, y + learning_rate * 4 * y
    return np.array([x, y]), 5 - x**2 - 2 * y**2
"""
    dome = point_function(5 - x**2 - 2 * y**2, (x, y)).expression
    (said,) = sentences("ascent_challenge", "find_local_maximum", source, dome, (x, y), [1.0, 0.5], 0.1, 3)
    assert said.startswith("Your walk goes downhill")


def test_a_neuron_that_climbs_is_seen():
    source = """
def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for _ in range(epochs):
        f = 1 / (1 + np.exp(-(w * X + b)))
        error = (f - Y) * f * (1 - f)
        w, b = w + learning_rate * (error * X).sum(), b + learning_rate * error.sum()
        path.append((w, b))
    return path
"""
    data = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    (said,) = sentences("sigmoid_neuron", "fit", source, *data, -2, -2, epochs=4)
    assert said.startswith("Your path climbs")


def test_an_optimizer_without_a_memory_is_seen_and_a_right_one_is_not_blamed():
    plain = descend(RIGHT).replace("descend", "momentum")
    (said,) = sentences("optimizers", "momentum", plain, VALLEY, (2.0, -1.0), 0.1, 4)
    assert said.startswith("Your path is that of plain descent")
    right = """
def momentum(gradient, start, learning_rate, epochs, decay=0.9):
    path, u = [np.array(start)], 0.0
    for _ in range(epochs):
        u = decay * u + learning_rate * gradient(path[-1])
        path.append(path[-1] - u)
    return np.array(path)
"""
    assert sentences("optimizers", "momentum", right, VALLEY, (2.0, -1.0), 0.1, 4) == set()
    assert sentences("optimizers", "momentum", right, VALLEY, (2.0, -1.0), 0.1, 4, decay=0) == set()


def test_arguments_and_results_of_any_other_kind_say_nothing():
    for source in ("def descend(*a, **b): return 'path'", "def descend(*a, **b): return None"):
        assert sentences("update_rule", "descend", source, BOWL, -2.0, 0.08, 5) is None
    assert sentences("update_rule", "descend", descend(RIGHT), BOWL, -2.0, 0.08, 50_000) == set()  # too long to walk


def test_one_wrong_number_alone_is_no_factor_and_several_that_agree_are(tmp_path):
    course = load_course()
    exercise = course.find("update_rule")
    own = tmp_path / exercise.name / "update_rule.py"
    own.parent.mkdir()
    walk = descend("x = x - 3 * learning_rate * gradient(x)")
    own.write_text(f"import numpy as np\ndef update(parameter, gradient, learning_rate):\n    return -5.0\n{walk}")
    with Practice(course, (exercise,), tmp_path) as practice:
        report = practice.check(exercise)
    said = {check.name: check.diagnosis for check in report.checks}
    assert said["test_update_moves_against_the_gradient"].startswith("With twice the rate your answer stays the same")
    assert "The factor is 3. Tried: `descend(" in said["test_descend_slides_into_the_bowl"]


def test_grader_check_tells_a_learner_what_the_path_shows(tmp_path):
    course = load_course()
    exercise = course.find("update_rule")
    own = tmp_path / exercise.name / "update_rule.py"
    own.parent.mkdir()
    own.write_text("import numpy as np\n" + descend("x = x + learning_rate * gradient(x)"))
    with Practice(course, (exercise,), tmp_path) as practice:
        report = practice.check(exercise)
    (said,) = {check.diagnosis for check in report.checks if check.name.startswith("test_descend_slides")}
    assert said == (
        "Your path climbs: each step is the right one with the wrong sign. It should go downhill. "
        "Tried: `descend(<function of x: 2*x>, 3.0, 0.25, 2)` gives array([3. , 4.5 , 6.75]), "
        "where array([3. , 1.5 , 0.75]) is right."
    )

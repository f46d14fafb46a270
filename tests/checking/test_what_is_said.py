"""The sentences that a learner reads at home: each has the slip that brings it, and one that looks like it and must not."""

import pytest

from grader.authoring.programs import solution_text
from grader.manifest.course import load_course
from grader.practice.learner import Practice
from tests.diagnosis.test_look_alikes import wrapped

COURSE = load_course()


@pytest.fixture(scope="module")
def at_home(tmp_path_factory):
    """Give a function that checks the solution with `source` behind it, as `grader check` does; the checks by their names."""
    folder = tmp_path_factory.mktemp("kit") / "exercises"
    for exercise in COURSE.exercises:
        (folder / exercise.name).mkdir(parents=True)

    def check(slug, source, alone=False, **others):
        exercise = COURSE.by_slug[slug]
        for old in (folder / exercise.name).iterdir():
            old.unlink()
        for name, text in {slug: source if alone else f"{solution_text(exercise)}\n{source}", **others}.items():
            (folder / exercise.name / f"{name}.py").write_text(text, encoding="utf-8")
        return {one.name: one for one in practice.check(exercise).checks}

    with Practice(COURSE, COURSE.exercises, folder) as practice:
        yield check


def told(checks):
    """Return all that is said of checks that did not pass."""
    lost = [one for one in checks.values() if one.outcome != "passed"]
    return "\n".join(text for one in lost for text in (one.message, one.diagnosis, one.hint))


FIT = """
def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for _ in range(epochs):
        w, b = w SIGN learning_rate * grad_w(w, b, X, Y), b SIGN learning_rate * grad_b(w, b, X, Y)
        path.append(KEPT)
    return np.array(path)
"""
PLUS, STEPS = FIT.replace("SIGN", "+").replace("KEPT", "(w, b)"), FIT.replace("SIGN", "-").replace("KEPT", "(-w, -b)")
LATER = "    raise NotImplementedError('later')\n"
CALLS = """
def descend(gradient, start, learning_rate, epochs):
    path = [start]
    for _ in range(epochs):
        path.append(update(path[-1], gradient(path[-1]), learning_rate))
    return np.array(path)
def update(*a, **k):
"""
KEEPS = """
def descend(gradient, start, learning_rate, epochs, {}):
    {}
    path.append(start)
    for _ in range(epochs):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)
"""
# The words, the exercise, the slip that brings them, and a program that looks like it and must not.
SAID = [
    ("Your path climbs: each step is the right one with the wrong sign.", "sigmoid_neuron", PLUS, FIT.replace("SIGN", "-").replace("KEPT", "(0, b)")),
    ("It calls `update`, which is not implemented yet.", "update_rule", CALLS + LATER, "def descend(*a, **k):\n" + LATER),
    ("raised    NotImplementedError: ", "update_rule", "import sympy as sp\ndef update(*a, **k):\n    return sp.solve(sp.cos(sp.Symbol('x')) - sp.Symbol('x'))\n", "def update(*a, **k):\n    raise NotImplementedError('later')\n"),
    ("The two results are exchanged: they are x and f(x), in this order.", "starting_values", wrapped("best_of_restarts", "return r[::-1]"), wrapped("best_of_restarts", "return r[0], r[0]")),
    ("The two results are exchanged: they are gx and gy, in this order.", "image_gradients", wrapped("image_gradients", "return r[1], r[0]"), wrapped("image_gradients", "return r[1], r[1]")),
    ("  returned  (0.4758", "starting_values", wrapped("best_of_restarts", "return r[0], 'deep'"), wrapped("best_of_restarts", "return r[0]")),
    ("  item 1    'deep'", "starting_values", wrapped("best_of_restarts", "return r[0], 'deep'"), wrapped("best_of_restarts", "return r[0]")),
    ("Item 1 of what came back is a text", "starting_values", wrapped("best_of_restarts", "return r[0], 'deep'"), wrapped("best_of_restarts", "return 'deep'")),
    ("  item 0    array(", "image_gradients", wrapped("image_gradients", "return np.array(r) + 1"), wrapped("image_gradients", "return r[0]")),
    ("It differs only in capitals, spaces or signs", "starting_values", wrapped("classify_critical_point", "return r.title()"), wrapped("classify_critical_point", "return 'flat'")),
    ("Compare your text with the expected one letter by letter.", "starting_values", wrapped("classify_critical_point", "return f'{r} '"), wrapped("classify_critical_point", "return 'a maximum'")),
    ("It did not return a text. What came back is `True`, a truth value.", "starting_values", wrapped("classify_critical_point", "return True"), wrapped("classify_critical_point", "return 'True'")),
    ("It returned another number of items than it should: the batches. It returned 1 item.", "stochastic_descent", wrapped("minibatches", "return r[:1]"), wrapped("minibatches", "return r[:2]")),
    ("There is `updates`: should it be called `update`?", "update_rule", "updates = update\ndef updates(parameter, gradient, learning_rate): return 1\ndel update\n", "def stride(a): return a\ndel update\n"),
    ("Its shape is (3, 2)", "gradient_fields", wrapped("gradient_field", "return r[0].T, r[1]"), wrapped("gradient_field", "return r[0] + 1, r[1]")),
    ("no file or folder can be used", "update_rule", "import os\ndef update(*a, **k): os.chdir('/nowhere')\n", "def update(*a, **k): raise OSError('no')\n"),
    ("That is a tuple, not an array", "update_rule", "def update(*a, **k): return (1, 2).T\n", "def update(*a, **k): return (1, 2).U\n"),
    ("What is compared is text, not a number.", "update_rule", "def update(*a, **k): return 1.0 < '2'\n", "def update(*a, **k): return 1.0 - '2'\n"),
    ("it was waiting. Take the `sleep` out of it", "update_rule", "import time\ndef update(*a, **k):\n    time.sleep(60)\n", "def update(*a, **k):\n    while True: pass\n"),
    ("there is no module nunpy: did you mean numpy?", "update_rule", "def update(*a, **k):\n    import nunpy\n", "def update(*a, **k):\n    import scipy\n"),
    ("What came back is the number 2.", "descent_2d", "def partial_derivatives(expression, variables):\n    return sp.Integer(2)\n", "def partial_derivatives(expression, variables):\n    return sp.I\n"),
    ("Print the shape of what you return, `print(np.shape(...))`", "descent_2d", wrapped("descend", "return r[0]"), wrapped("descend", "return 'path'")),
    ("Print the type of what you return, `print(type(...))`", "descent_2d", wrapped("descend", "return 'path'"), wrapped("partial_derivatives", "return 7")),
    ("`x = x - step` makes a new array", "derivatives", wrapped("polynomial_derivative", "if type(a[0]) is list: a[0].pop()", "return r"), wrapped("polynomial_derivative", "return r[::-1]")),
    ("Your path begins with that of an earlier call.", "update_rule", KEEPS.format("path=[]", ""), KEEPS.format("path=None", "path = [start, start]")),
    ("The right word is in it: return that word alone.", "starting_values", wrapped("classify_critical_point", "return f'a {r} point'"), wrapped("classify_critical_point", "return r + 's'")),
]  # fmt: skip


@pytest.mark.parametrize(("words", "slug", "slip", "alike"), SAID, ids=[one[0][:60] for one in SAID])
def test_what_is_said_of_a_slip_is_not_said_of_what_only_looks_like_it(at_home, words, slug, slip, alike):
    assert words in told(at_home(slug, slip))
    assert words not in told(at_home(slug, alike))


def test_what_one_check_cannot_tell_apart_a_question_does(at_home):
    """One step from zero: a wrong sign, and points that are turned round, give the same; from another start they do not."""
    said = []
    for source in (PLUS, STEPS):
        (lost,) = [one for one in at_home("sigmoid_neuron", source).values() if one.outcome == "failed"]
        said.append(lost.diagnosis)
    assert said[0].startswith("Your path climbs: each step is the right one with the wrong sign.")
    assert "climbs" not in said[1]
    assert said[1].startswith("In simple cases your function is right without an update, and is wrong for one update,")


def test_only_of_a_function_that_is_not_written_it_is_said_to_be_so(at_home):
    lost = at_home("update_rule", CALLS + LATER)
    said = {name: one.message for name, one in lost.items() if one.outcome == "error"}
    assert said.pop("test_update_moves_against_the_gradient").startswith("It is not implemented yet")
    assert list(said.values()) == ["It calls `update`, which is not implemented yet."]


@pytest.mark.filterwarnings("default")
def test_a_warning_names_the_learners_own_line_and_no_other(tmp_path):
    folder = tmp_path / "exercises"
    (folder / "02_update_rule").mkdir(parents=True)
    source = "def descend(gradient, start, learning_rate, epochs):\n    return gradient(1e308)\n"
    (folder / "02_update_rule" / "update_rule.py").write_text(
        f"{solution_text(COURSE.by_slug['update_rule'])}\n{source}"
    )
    line = solution_text(COURSE.by_slug["update_rule"]).count("\n") + 3
    with Practice(COURSE, (COURSE.by_slug["update_rule"],), folder) as practice:
        printed = practice.check(COURSE.by_slug["update_rule"]).output
    assert f"update_rule.py, line {line}: RuntimeWarning: " in printed
    assert "expression" not in printed
    assert "/" not in printed

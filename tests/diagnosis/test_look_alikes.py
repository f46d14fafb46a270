"""An explanation is true: each has the slip that brings it, and a program that behaves alike for another reason and must not.

The words are those that a learner reads in a public check, by the real grader.
"""

import ast
from contextlib import ExitStack
from functools import cache

import pytest

from grader.authoring.margins import session
from grader.authoring.programs import from_text, solution_text
from grader.checking.seeds import learner_seed
from grader.diagnosis.mistakes import of_exercise
from grader.manifest.course import load_course

COURSE = load_course()
EXERCISES = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
NOTHING = "It returned nothing: is `return` missing?"
PRINTS = "It prints its result: replace `print(…)` by `return …`."


@pytest.fixture(scope="module")
def session_of():
    """Return what opens a session for the checks of an exercise, once for all tests."""
    with ExitStack() as opened:
        yield cache(lambda exercise: opened.enter_context(session(exercise)))


def checked(checks, exercise, source, learner="learner-001"):
    """Return the checks, by name, that the solution with `source` behind it does not pass."""
    program = from_text("wrong", exercise, "a", f"{solution_text(exercise)}\n{source}")
    report, faults = checks.check(program.handed_in_by(learner), learner_seed("alike", learner, exercise.slug))
    assert faults == []
    return {check.name: check for check in report.checks if check.outcome not in ("passed", "skipped")}


def functions(exercise):
    return [node.name for node in ast.parse(solution_text(exercise)).body if isinstance(node, ast.FunctionDef)]


def wrapped(name, *lines):
    """Return source in which `name` does `lines` with the right result `r`."""
    body = "\n    ".join((f"r = _right_{name}(*a, **k)", *lines))
    return f"_right_{name} = {name}\ndef {name}(*a, **k):\n    {body}\n"


@EXERCISES
def test_a_function_that_returns_nothing_prints_or_is_missing_is_told_so_and_nothing_else(exercise, session_of):
    checks = session_of(exercise)
    for name in functions(exercise):
        for source, words, others in (
            (wrapped(name, "return None"), NOTHING, "print"),
            (wrapped(name, "print(r)"), NOTHING, "There is no function"),
            (f"del {name}", f"There is no function `{name}`", NOTHING),
            (f"{name} = 3", f"`{name}` is no function. It is a value of type `int`.", NOTHING),
        ):
            lost = [
                check for check in checked(checks, exercise, source).values() if name in check.message or check.hidden
            ]
            assert any(not check.hidden for check in lost), (name, source)
            for check in lost:
                assert check.diagnosis == "", (name, source, check)
                assert others not in check.message
                assert (words in check.message) or check.hidden, (name, source, check)


@EXERCISES
def test_a_right_function_that_prints_is_told_nothing(exercise, session_of):
    checks = session_of(exercise)
    for name in functions(exercise):
        assert checked(checks, exercise, wrapped(name, "print(r)", "return r")) == {}


def walk(step, *, start="np.array(start, dtype=float)", keep="x", name="descend", more=""):
    return f"""
def {name}(gradient, start, learning_rate, epochs{more}):
    x = {start}
    path = [x]
    for _ in range(epochs):
        {step}
        path.append({keep})
    return np.array(path)
"""


def table(kind, row="path[k] - learning_rate * gradient(path[k])"):
    return f"""
def descend(gradient, start, learning_rate, epochs):
    path = np.zeros((epochs + 1, *np.shape(start)), {kind})
    path[0] = start
    for k in range(epochs):
        path[k + 1] = {row}
    return path
"""


def update(body):
    return f"def update(parameter, gradient, learning_rate):\n    return {body}\n"


RIGHT = "x = x - learning_rate * gradient(x)"
LAST = "Rows of your path that should differ are one and the same, the last"
INTEGERS = "What you return is made of integers"
ROUNDED = "Your numbers are rounded"
SINGLE = "Your numbers are kept in single precision"
FACTOR = "Each of your steps is the right one times a factor"
STUCK = "Your path is stuck"
BEGINS = "Your path stands still after the first update"
# By what is said: the exercise, the slip, and what behaves alike for another reason. Each is said of the first, and not of the second.
ALIKE = {
    LAST: (
        "descent_2d",
        walk("x -= learning_rate * gradient(x)", start="np.array(start, dtype=float)", keep="x").replace(
            "[x]", "[x.copy()]"
        ),
        walk("x = path[0] - learning_rate * gradient(path[0])"),
    ),
    BEGINS: (
        "descent_2d",
        walk("x = path[0] - learning_rate * gradient(path[0])"),
        walk("x -= learning_rate * gradient(x)").replace("[x]", "[x.copy()]"),
    ),
    INTEGERS: ("descent_2d", table("int"), walk("x = np.round(x - learning_rate * gradient(x))")),
    ROUNDED: ("descent_2d", walk("x = np.round(x - learning_rate * gradient(x), 1)"), table("int")),
    FACTOR: ("descent_2d", walk("x = x - 3 * learning_rate * gradient(x)"), walk("x = x - 0.3")),
    "Your path stands still after the first update, although": (
        "update_rule",
        walk("x = 2.8", start="start"),
        walk("x -= learning_rate * gradient(x)", start="np.array(start, dtype=float)"),
    ),
    "Your path climbs": ("descent_2d", walk("x = x + learning_rate * gradient(x)"), walk("x = x + 0.1")),
    STUCK: ("descent_2d", walk("x - learning_rate * gradient(x)"), walk("x = x * 0.5", start="0 * np.array(start)")),
    "Your coordinates move one after the other": (
        "descent_2d",
        walk("x = x.copy(); x[0] -= 0.1 * gradient(x)[0]; x[1] -= 0.1 * gradient(x)[1]").replace(
            "0.1", "learning_rate"
        ),
        table("np.float32"),
    ),
    "The rows of your path after the first are the steps": (
        "update_rule",
        walk("x = x - learning_rate * gradient(x)", keep="x - path[0] if _ == 0 else x - old").replace(
            "        x = x", "        old = x\n        x = x"
        ),
        walk("x = x - 2 * learning_rate * gradient(x)"),
    ),
    "What you return is the step": (
        "update_rule",
        update("-learning_rate * gradient"),
        update("0.0 * parameter - 1.0"),
    ),
    "Your update returns the parameter as it was": (
        "update_rule",
        update("parameter"),
        update("np.round(parameter, 1) + 0.05"),
    ),
    "What you return is the start: either": (
        "starting_values",
        "def descend(start, learning_rate=0.01, epochs=150):\n    return start\n",
        "def descend(start, learning_rate=0.01, epochs=150):\n    return start * 0.9\n",
    ),
    "Your path diverges": (
        "descent_2d",
        walk("x = x - 1e200 * gradient(x)"),
        walk("x = x - learning_rate * gradient(x) * np.nan"),
    ),
    "Your path is one epoch short": (
        "descent_2d",
        walk(RIGHT).replace("range(epochs)", "range(epochs - 1)"),
        walk(RIGHT).replace("np.array(path)", "np.array(path)[1:]"),
    ),
    "Your path is one epoch too long": (
        "descent_2d",
        walk(RIGHT).replace("range(epochs)", "range(epochs + 1)"),
        walk(RIGHT).replace("range(epochs)", "range(epochs + 2)"),
    ),
    "Row 0 of your path is not the start": (
        "descent_2d",
        walk(RIGHT, start="np.array(start) + 0.25"),
        walk(RIGHT).replace("np.array(path)", "np.array(path)[1:]"),
    ),
    "Your path is that of plain descent": (
        "optimizers",
        walk(RIGHT, name="momentum", more=", decay=0.9"),
        walk("x = x - 0.1 * gradient(x)", name="momentum", more=", decay=0.9"),
    ),
    "All your steps have the same length": (
        "descent_2d",
        walk("x = x - learning_rate * gradient(x) / np.linalg.norm(gradient(x))"),
        walk("x = x - learning_rate"),
    ),
    "Each of your steps uses the slope at the start": (
        "descent_2d",
        walk("x = x - learning_rate * gradient(path[0])"),
        walk("x = x - learning_rate"),
    ),
    SINGLE: ("starting_values", wrapped("slope", "return np.float32(r)"), wrapped("slope", "return r * (1 + 1e-6)")),
    "Your numbers are the right ones in degrees": (
        "image_gradients",
        wrapped("gradient_direction", "return np.degrees(r)"),
        wrapped("gradient_direction", "return 57 * r"),
    ),
    "Your numbers are the right ones in the reverse order": (
        "derivatives",
        wrapped("polynomial_derivative", "return r[::-1]"),
        wrapped("polynomial_derivative", "return -r"),
    ),
}


def climb(step, kept="np.array(path)"):
    text = walk(step, name="ascend_by_update").replace("for _ in", "for k in")
    return text.replace("np.array(path)", kept)


SLOPES = """
_slopes = gradient_function
def gradient_function(expression, variables):
    slopes = _slopes(expression, variables)
    return lambda point: np.sort(slopes(point))
"""
UNTIL = """
_until = descend_until
def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    return _until(gradient, start, learning_rate, 0.0, max_epochs)[-1]
"""
# By exercise, function and name of a mistake: a program that behaves much like it and has made another one.
OTHERWISE = {
    ("derivatives", "numerical_derivative", "takes the left neighbour first"): (
        "def numerical_derivative(f, x, h=1e-5):\n    return np.abs(f(x + h) - f(x - h)) / (2 * h)\n"
    ),
    ("derivatives", "symbolic_derivative", "turns the sign"): (
        "def symbolic_derivative(expression, variable):\n"
        "    return sp.diff(expression.subs(variable, -variable), variable)\n"
    ),
    ("update_rule", "update", "multiplies by the learning rate twice"): update("parameter - 0.01 * gradient"),
    ("update_rule", "update", "takes every slope for uphill"): update(
        "parameter - learning_rate * np.maximum(gradient, 0)"
    ),
    ("update_rule", "descend", "ignores the learning rate"): walk(
        "x = x - 8 * learning_rate * gradient(x)", start="start"
    ),
    ("update_rule", "descend_until", "returns only the last point"): UNTIL,
    ("starting_values", "descend", "has a default learning rate of 0.1"): (
        "_end = descend\ndef descend(start, learning_rate=0.01, epochs=150):\n"
        "    return _end(start, 10 * learning_rate, epochs)\n"
    ),
    ("descent_2d", "gradient_function", "answers in the reverse order"): SLOPES,
    ("descent_2d", "descend", "ignores the learning rate"): walk("x = x - 8 * learning_rate * gradient(x)"),
    ("ascent_challenge", "ascend_by_update", "makes one update too few"): climb(
        "x = x + learning_rate * gradient(x)", "np.array(path)[1:]"
    ),
    ("ascent_challenge", "ascend_by_update", "asks for the gradient only at the start"): climb(
        "x = x + 0.9**k * learning_rate * gradient(path[0])"
    ),
}


@pytest.mark.parametrize(("slug", "function", "name"), OTHERWISE)
def test_a_mistake_is_not_named_to_who_has_made_another_one_that_looks_alike(slug, function, name, session_of):
    exercise = COURSE.by_slug[slug]
    (mistake,) = (one for one in of_exercise(exercise) if (one.function, one.name) == (function, name))
    lost = checked(session_of(exercise), exercise, OTHERWISE[slug, function, name])
    assert lost
    assert mistake.told not in {check.diagnosis for check in lost.values()}


def test_rows_that_only_come_near_each_other_are_not_one_and_the_same(session_of, monkeypatch):
    exercise = COURSE.by_slug["optimizers"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    late = """
def adagrad(gradient, start, learning_rate, epochs, epsilon=1e-8):
    x = np.array(start, dtype=float)
    v, path = 0 * x, [x]
    for _ in range(epochs):
        g = gradient(x)
        x = x - learning_rate * g / (np.sqrt(v) + epsilon)
        v = v + g**2
        path.append(x)
    return np.array(path)
"""
    same = (
        late.replace("x = x - learn", "x -= learn")
        .replace("        v = v + g**2\n", "")
        .replace("g = ", "v = v + gradient(x)**2; g = ")
    )
    told = [
        {check.diagnosis for check in checked(session_of(exercise), exercise, one).values()} for one in (late, same)
    ]
    assert [any(text.startswith(LAST) for text in said) for said in told] == [False, True]
    assert not any(text.startswith("Your path stands still") for said in told for text in said)


def test_a_step_that_leads_uphill_from_zero_is_no_step_in_place_of_a_point(session_of, monkeypatch):
    """From (0, 0) both look alike; with another start, in hidden checks, they do not."""
    exercise = COURSE.by_slug["sigmoid_neuron"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    plus = """
def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for _ in range(epochs):
        w, b = w SIGN learning_rate * grad_w(w, b, X, Y), b SIGN learning_rate * grad_b(w, b, X, Y)
        path.append(KEPT)
    return np.array(path)
"""
    climbs = plus.replace("SIGN", "+").replace("KEPT", "(w, b)")
    said = {check.diagnosis for check in checked(session_of(exercise), exercise, climbs).values()}
    assert any(text.startswith("Your path climbs: each step is the right one with the wrong sign") for text in said)
    assert not any("are the steps" in text for text in said)


@pytest.mark.parametrize("words", ALIKE)
def test_what_is_explained_is_so_and_of_what_only_looks_like_it_nothing_such_is_said(words, session_of, monkeypatch):
    slug, slip, alike = ALIKE[words]
    exercise = COURSE.by_slug[slug]
    # What a learner reads at home, where nobody has the misconceptions: in a class one that fits may say it in its own words.
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    checks = session_of(exercise)
    said = {check.diagnosis for check in checked(checks, exercise, slip).values()}
    other = {check.diagnosis for check in checked(checks, exercise, alike).values()}
    assert any(text.startswith(words) for text in said), said
    assert not any(text.startswith(words) for text in other), other


def test_who_prints_the_result_is_told_to_return_it_and_who_prints_something_else_is_not(session_of):
    exercise = COURSE.by_slug["update_rule"]
    result = checked(session_of(exercise), exercise, update("print(parameter - learning_rate * gradient)"))
    other = checked(session_of(exercise), exercise, update("print('here', 7)"))
    public = "test_update_moves_against_the_gradient"
    assert result[public].message.endswith(f"{NOTHING} {PRINTS}")
    assert PRINTS not in other[public].message
    assert "It prints something, but what is printed is only seen" in other[public].message
    for lost in (result, other):  # what was printed there, and whether anything was, is the learner's choice
        assert {check.message for check in lost.values() if check.hidden} == {NOTHING}


def test_of_a_function_that_once_returned_no_path_no_path_is_told(session_of, monkeypatch):
    exercise = COURSE.by_slug["descent_2d"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    climbs = walk("x = x + learning_rate * gradient(x)")
    now_and_then = climbs.replace("return", "return 'no path' if epochs == 2 else")
    for source, told in ((climbs, True), (now_and_then, False)):
        said = {check.diagnosis for check in checked(session_of(exercise), exercise, source).values()}
        assert any(text.startswith("Your path climbs") for text in said) == told
        assert told or not any(text.startswith("Your path") for text in said)


def test_hidden_checks_of_one_function_tell_one_finding(session_of, monkeypatch):
    """What a learner's code could choose from is told once for each function, as the page on hidden checks says."""
    exercise = COURSE.by_slug["descent_2d"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    spells = """
_right = descend
def descend(gradient, start, learning_rate, epochs):
    path = _right(gradient, start, learning_rate, epochs)
    choice = int(abs(float(start[0])) * 1000) % 3
    return path[:-1] if choice == 0 else np.vstack([path, path[-1:]]) if choice == 1 else path + 1.0
"""
    lost = [
        check
        for learner in ("learner-001", "learner-002", "learner-003")
        for check in checked(session_of(exercise), exercise, spells, learner).values()
    ]
    messages = {(check.name, check.message) for check in lost if check.hidden}
    assert len({message for _, message in messages}) > 1  # it does choose
    for learner in ("learner-001", "learner-002", "learner-003"):
        lost = checked(session_of(exercise), exercise, spells, learner).values()
        assert len({check.diagnosis for check in lost if check.hidden and check.diagnosis}) <= 1


def test_a_step_that_is_rounded_away_is_not_told_from_none_where_they_cannot_be_told_apart(session_of, monkeypatch):
    """Both give 3.0 in the public check. With the hidden ones it can be told, so of each the reason is said."""
    exercise = COURSE.by_slug["update_rule"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    checks = session_of(exercise)
    rounded = checked(checks, exercise, update("np.round(parameter - learning_rate * gradient)"))
    still = checked(checks, exercise, update("parameter"))
    public = "test_update_moves_against_the_gradient"
    assert rounded[public].message == still[public].message
    assert rounded[public].diagnosis.startswith(ROUNDED)
    assert still[public].diagnosis.startswith("Your update returns the parameter as it was")


def test_a_step_that_is_cut_to_nothing_now_and_then_is_not_told_that_no_step_is_made(session_of, monkeypatch):
    exercise = COURSE.by_slug["update_rule"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    lost = checked(session_of(exercise), exercise, update("parameter - learning_rate * gradient // 1"))
    said = lost["test_update_moves_against_the_gradient"].diagnosis
    assert said.startswith("In simple cases your function is right for numbers")
    assert "is wrong where the slope is negative" in said


def test_an_integer_is_no_argument_given_back_though_a_float_that_is_equal_was_given(session_of):
    exercise = COURSE.by_slug["update_rule"]
    lost = checked(session_of(exercise), exercise, update("int(parameter - learning_rate * gradient)"))
    assert lost["test_update_moves_against_the_gradient"].diagnosis.startswith(INTEGERS)


def test_a_rate_of_ones_own_is_a_factor_that_is_not_always_the_same(session_of, monkeypatch):
    exercise = COURSE.by_slug["descent_2d"]
    monkeypatch.setattr("grader.diagnosis.replay.of_exercise", lambda _slug: ())
    lost = checked(session_of(exercise), exercise, walk("x = x - 0.04 * gradient(x)"))
    assert lost["test_descend_slides_into_the_bowl"].diagnosis.startswith(FACTOR)


def test_one_wrong_number_is_no_factor(session_of):
    exercise = COURSE.by_slug["update_rule"]
    checks = session_of(exercise)
    lost = checked(checks, exercise, update("-16 * learning_rate + 0 * gradient"))
    assert not any(FACTOR in check.diagnosis for check in lost.values())


def test_what_follows_from_another_function_that_is_wrong_is_said_to_be_no_more(session_of):
    """A pair that is exchanged gives angles as an exchange in `arctan2` does."""
    exercise = COURSE.by_slug["image_gradients"]
    calls = """
def gradient_direction(image):
    gx, gy = image_gradients(image)
    return np.arctan2(ANGLE)
"""
    swapped = wrapped("image_gradients", "return r[1], r[0]")
    follows = checked(session_of(exercise), exercise, swapped + calls.replace("ANGLE", "gy, gx"))
    itself = checked(session_of(exercise), exercise, calls.replace("ANGLE", "gx, gy"))
    name = "test_gradient_direction_of_two_planes"
    assert follows[name].diagnosis.startswith("`gradient_direction` calls `image_gradients`, which is not right yet.")
    assert "arctan2" in itself[name].diagnosis
    assert "is not right yet" not in "".join(check.diagnosis for check in itself.values())
    assert not any("`image_gradients` calls" in check.diagnosis for check in follows.values())


NEURON = """
def sigmoid(x, w, b):
    return 1 / (1 + np.exp(w * x + b))
def errors(w, b, X, Y):
    return sigmoid(X, w, b) - Y
def loss(w, b, X, Y):
    return LOSS
"""
TOLD_OF_LOSS = "test_loss_is_half_the_sum_of_squares"


def test_a_wrong_function_that_is_called_is_named_even_where_nothing_else_is_said(session_of):
    exercise = COURSE.by_slug["sigmoid_neuron"]
    lost = checked(session_of(exercise), exercise, NEURON.replace("LOSS", "0.5 * np.sum(errors(w, b, X, Y) ** 2)"))
    assert lost[TOLD_OF_LOSS].diagnosis.startswith("`loss` calls `sigmoid`, which is not right yet. Mend that first")


def test_what_is_wrong_whatever_was_called_is_no_consequence(session_of):
    exercise = COURSE.by_slug["sigmoid_neuron"]
    lost = checked(session_of(exercise), exercise, NEURON.replace("return LOSS", "errors(w, b, X, Y)"))
    assert "is `return` missing?" in lost[TOLD_OF_LOSS].message
    assert "calls" not in lost[TOLD_OF_LOSS].diagnosis


def test_of_wrong_functions_that_call_each_other_the_first_is_named(session_of):
    exercise = COURSE.by_slug["sigmoid_neuron"]
    descent = """
def grad_w(w, b, X, Y):
    return np.sum(errors(w, b, X, Y) * X)
def fit(X, Y, w, b, learning_rate=1.0, epochs=1000):
    path = [(w, b)]
    for _ in range(epochs):
        w, b = w - learning_rate * grad_w(w, b, X, Y), b
        path.append((w, b))
    return path
"""
    lost = checked(session_of(exercise), exercise, NEURON.replace("LOSS", "0.0") + descent)
    assert lost["test_fit_moves_both_weights_together"].diagnosis.startswith(
        "`fit` calls `sigmoid`, which is not right"
    )


def test_floats_in_place_of_indices_are_no_other_way_to_deal_them_out(session_of):
    exercise = COURSE.by_slug["stochastic_descent"]
    deal = """
def minibatches(n, batch_size, rng):
    order = rng.permutation(n)KIND
    return np.array_split(order, -(-n // batch_size))
"""
    floats = deal.replace("KIND", ".astype(float)").replace(
        "np.array_split(order, -(-n // batch_size))", "[order[i:i + batch_size] for i in range(0, n, batch_size)]"
    )
    told = [
        "".join(check.diagnosis for check in checked(session_of(exercise), exercise, source).values())
        for source in (floats, deal.replace("KIND", ""))
    ]
    assert "You spread the samples evenly" not in told[0]
    assert "You spread the samples evenly" in told[1]


def test_batches_that_are_spread_evenly_leave_out_no_sample_in_the_descent_that_takes_them(session_of):
    exercise = COURSE.by_slug["stochastic_descent"]
    source = """
def minibatches(n, batch_size, rng):
    return np.array_split(rng.permutation(n), n // batch_size)
def stochastic_descent(X, y, start, learning_rate, epochs, batch_size, rng):
    path = [np.array(start, dtype=float)]
    for _ in range(epochs):
        parameters = path[-1]
        for batch in minibatches(len(y), batch_size, rng):
            parameters = parameters - learning_rate * loss_gradient(parameters, X[batch], y[batch])
        path.append(parameters)
    return np.array(path)
"""
    lost = checked(session_of(exercise), exercise, source)
    assert not any("You leave out the samples" in check.diagnosis for check in lost.values())
    one = "test_stochastic_descent_makes_an_update_for_each_batch"
    assert lost[one].diagnosis.startswith("`stochastic_descent` calls `minibatches`, which is not right yet.")


def test_a_second_call_is_blamed_only_where_the_first_was_right(session_of):
    """The same sentence is not added to a first answer that was wrong already."""
    exercise = COURSE.by_slug["update_rule"]
    again = "The same arguments must give the same answer"
    keeps = """
_seen = []
def update(parameter, gradient, learning_rate):
    _seen.append(repr((parameter, gradient, learning_rate)))
    return parameter - learning_rate * gradient * _seen.count(_seen[-1])
"""
    checks = session_of(exercise)
    wrong = checked(checks, exercise, update("parameter + learning_rate * gradient"))
    later = checked(checks, exercise, keeps)
    name = "test_update_gives_the_same_answer_again"
    assert again not in wrong[name].message
    assert again in later[name].message

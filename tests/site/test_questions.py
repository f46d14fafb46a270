"""The lessons' questions: each can be answered in the page, and each right answer and each mistake is computed here again.

For a question that asks for a number, `numbers` gives the answer, then what the named mistakes lead to. For the others the
right option, or the right order, is worked out from the course's own solutions where that can be done, and stated elsewhere.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
import sympy as sp

from tests.site.test_site_numbers import (
    NUMBER,
    QUESTION,
    SLUGS,
    X,
    Y,
    _basins,
    _deep_share,
    _height,
    is_rounded,
    solution,
    text,
    wavy,
)

ELEMENT = re.compile(
    r'<descent-question name="([\w-]+)" (number|choice|order)="([^"]*)"(?: within="([^"]*)")?></descent-question>'
)


@dataclass(frozen=True)
class Question:
    lesson: str
    name: str
    kind: str
    answer: str
    within: str | None
    source: str

    @property
    def options(self) -> list[str]:
        """Return the options of the list above the element, as written."""
        above = self.source.partition("<descent-question")[0]
        return re.findall(r"^    - (.*)$", above, re.MULTILINE)

    @property
    def mistakes(self) -> list[list[str]]:
        """Return what is in bold in each line of the fold of other answers."""
        fold = self.source.partition('??? failure "Other answers"')[2]
        return [re.findall(r"\*\*(.+?)\*\*", line) for line in re.findall(r"^        - (.*)$", fold, re.MULTILINE)]


@cache
def questions() -> list[Question]:
    found = []
    for slug in SLUGS:
        for block in QUESTION.findall(text(slug)):
            (element,) = ELEMENT.findall(block)
            found.append(Question(slug, *element[:3], element[3] or None, block))
    return found


def value(written: str) -> float:
    plain = written.replace("−", "-")
    if "^" in plain:
        base, power = plain.split("^")
        return float(base) ** float(power)
    return float(sp.Rational(plain)) if "/" in plain else float(plain)


def test_every_lesson_asks_three_to_five_questions_and_all_can_be_answered():
    for slug in SLUGS:
        asked = [question.name for question in questions() if question.lesson == slug]
        assert 3 <= len(asked) <= 5, slug
        assert len(set(asked)) == len(asked), slug
        boxes = re.findall(r"^(?:!!!|\?\?\?\+?) question", text(slug), re.MULTILINE)
        assert len(boxes) == len(asked) == text(slug).count("<descent-question"), slug


def test_every_question_has_the_fold_of_its_answer_and_says_something_to_the_commonest_mistakes():
    for question in questions():
        assert question.source.count('??? success "Answer"') == 1, question.name
        assert question.source.count('??? failure "Other answers"') == 1, question.name
        assert all(question.mistakes), question.name
        if question.kind == "choice":
            wrong = [option for i, option in enumerate(question.options, 1) if str(i) != question.answer]
            assert sorted(wrong) == sorted(name for (name,) in question.mistakes), question.name
        if question.kind == "order":
            right = [question.options[int(place) - 1] for place in question.answer.split()]
            assert sorted(right) == sorted(question.options), question.name
            assert right != question.options, f"{question.name}: it stands there in the right order"
            for first, second in question.mistakes:
                assert right.index(first) > right.index(second), question.name


def test_every_lesson_ends_with_a_recap_of_three_to_five_things_before_its_exercise():
    for slug in SLUGS:
        recap, found, rest = (
            text(slug).partition("## In short { #recap }\n")[2].partition("\n## Practise { #practise }\n")
        )
        assert found, slug
        assert "## Read and watch { #more }" in rest, slug
        lines = recap.strip().splitlines()
        assert 3 <= len(lines) <= 5, slug
        assert all(line.startswith("- ") for line in lines), slug


# Numbers: the answer, then what the mistakes lead to.


def numbers() -> Iterable[tuple[str, list[float], list[float]]]:
    """Yield, for each question with a number, the answer, the mistakes and what else its words say."""
    yield "too-many", [100**10, 100 * 10, 10**10, 100**2], [3000]
    hill = sp.lambdify(sp.Symbol("x"), 4 - sp.Symbol("x") ** 2)
    yield "upside-down", [-hill(0), hill(0), 0], []
    misses = 2.5 * np.array([1.0, 2]) - [3, 5]
    losses = [(((guess * np.array([1.0, 2])) - [3, 5]) ** 2).sum() for guess in (2, 3, 2.6)]
    yield "two-rides", [misses @ misses, misses.sum(), abs(misses).sum(), *losses[:2]], [2.5, 0.5, 2.6, losses[2]]

    square = lambda x: x**2  # noqa: E731
    yield "two-ends", [(square(1) - square(-1)) / 2, (square(1) + square(-1)) / 2, (-1 - 1) / 2, 1 - -1], []

    update, slope = solution("update_rule"), lambda x: 6 * x - 3
    one = update.descend(slope, 2.0, 0.1, 1)[-1]
    yield "one-update", [one, 2 + 0.1 * slope(2), 0.1 * slope(2), one - 2, 2 - slope(2), 2 - 0.1], [0.1]
    updates = next(n for n in range(100) if len(update.descend(slope, 2.0, 0.1, n)) == 51)
    yield "points", [updates, updates + 1, updates + 2], []
    walk = update.descend(slope, 2.0, 0.2, 1) - 0.5
    factor = walk[1] / walk[0]
    yield "factor", [factor, -factor, 1 - factor, 1 - 0.2], [0.2]
    yield "limit", [2 / 20, 1 / 20, 2 / 10, 2 / 6], []

    yield "defaults", [40, 150, 41, 39], [0.01]
    share = _deep_share()
    odds = [1 - (1 - share) ** 5, (1 - share) ** 5, share**5, share, 5 * 0.527]
    yield (
        "five-starts",
        [100 * one for one in odds],
        [52.7, 1 - share, (1 - share) ** 5, 100 - 100 * (1 - share) ** 10, 100],
    )

    slopes = lambda x, y: np.array([2 * x + y, x + 4 * y])  # noqa: E731
    new = np.array([1.0, 0]) - 0.1 * slopes(1.0, 0.0)
    late = -0.1 * slopes(new[0], 0.0)[1]
    yield "together", [new[1], -new[1], late, new[0], 0, -0.1 * slopes(1.0, 0.0)[0]], [0.1, 0.2]

    climb = solution("ascent_challenge")
    bowl = lambda p: 2 * np.asarray(p)  # noqa: E731
    path = climb.ascend_by_update(bowl, [0.5, 0.2], 0.1, 1)
    times = path[1, 0] / path[0, 0]
    yield "no-summit", [times, 1 - 0.1 * 2, 1 + 0.1, times - 1], [0.1]
    _, summits = _basins(1)
    yield "turn-back", [_height(summits[0]), -_height(summits[0]), summits[0][1]], [8.106]

    yield from numbers_of_the_second_half()


def numbers_of_the_second_half() -> Iterable[tuple[str, list[float], list[float]]]:
    """Yield the same for the lessons from the neuron on."""
    neuron = solution("sigmoid_neuron")
    assert neuron.sigmoid(np.array([2.0]), 2.0, -4.0)[0] == 0.5
    yield "one-half", [2, -2, 4, 0, 0.5], [neuron.sigmoid(np.array([3.0]), 2.0, -4.0)[0]]
    bias = np.log(0.999 / 0.001)
    pull = neuron.grad_b(0.0, bias, np.array([1.0]), np.array([0.0]))
    yield "saturated", [pull, 0.999, 0.999 * 0.999, -pull], [0.999]

    missed = 200 * (190 / 200) ** 20
    yield "whole-deck", [missed, 0, 200 - missed, 190], [0.95, 0.95**20]
    root = next(m for m in range(1, 1000) if 1 / np.sqrt(m) <= 0.1)
    yield "a-tenth", [root, np.sqrt(root), 20, 40], []
    rng = np.random.default_rng(0)
    hands = len(solution("stochastic_descent").minibatches(100, 30, rng))
    yield "updates", [5 * hands, 5 * (hands - 1), 5, 5 * 100, 5 + 1], []

    rules = solution("optimizers")
    even = lambda _: np.array([1.0])  # noqa: E731
    moves = -np.diff(rules.momentum(even, [0.0], 1.0, 200, 0.75)[:, 0])
    yield "top-speed", [moves[-1], 10, moves[1], 1 / 0.75, 0.75 * moves[-1]], [0.75, 0.9]
    steps = -np.diff(rules.adagrad(even, [0.0], 1.0, 25)[:, 0])
    yield "slowing-down", [steps[24], 1 / 25, 1, 5], []
    steep = lambda _: np.array([300.0])  # noqa: E731
    first = -np.diff(rules.adam(steep, [0.0], 1.0, 1)[:, 0])[0]
    yield "first-step", [first, 300, 0.1 / np.sqrt(0.001), 0.1 * 300], [0.5, 0.1, 0.001]

    small = np.array([[10, 30], [50, 90]], np.uint8)
    by_x, _ = solution("image_gradients").image_gradients(small)
    lower = by_x[1, 0]
    yield "two-by-two", [lower, lower / 2, -lower, 50 / 2, 90 / 2, 0, -10, 10], []

    fields = solution("gradient_fields")
    plate = np.array([[20.0, 22, 28], [35, 37, 43], [50, 52, 58]])
    swapped = [part[1, 1] for part in fields.gradient_field(plate, 5.0, 2.0)]
    right = fields.gradient_field(plate, 2.0, 5.0)[0][1, 1]
    yield "swapped", [swapped[0], right, 2 * swapped[0], swapped[1], 2 * right], []
    slanted = 1.5 * np.arange(3)[None, :] + 2.0 * np.arange(3)[:, None]
    rate = fields.directional_derivative(slanted, (0.0, -3.0), 1.0, 1.0)[1, 1]
    yield "direction", [rate, -rate, 3 * rate, -3 * rate, -np.hypot(1.5, 2)], [1.5]


def test_every_question_with_a_number_has_its_answer_and_its_mistakes_computed():
    computed = {name: values for name, values, _ in numbers()}
    asked = {question.name: question for question in questions() if question.kind == "number"}
    assert sorted(computed) == sorted(asked)
    wrong = []
    for name, (right, *mistakes) in computed.items():
        question = asked[name]
        claimed = [one for names in question.mistakes for one in names]
        within = float(question.within or 0)
        if not is_near(question.answer, right, within):
            wrong.append(f"{name}: {question.answer} is not {right}")
        if len(claimed) != len(mistakes):
            wrong.append(f"{name}: {claimed}, computed {mistakes}")
        wrong += [f"{name}: {one}" for one in claimed if not any(is_near(one, x, within) for x in mistakes)]
        wrong += [f"{name}: {one} is right" for one in claimed if abs(value(one) - value(question.answer)) <= within]
    assert wrong == []


def is_near(written: str, computed: float, within: float) -> bool:
    """Tell whether a number is written as it is computed, rounded to the places that it shows, sign included."""
    plain = written.replace("−", "-")
    same_sign = value(written) * computed >= 0
    if "^" in plain or "/" in plain:
        return same_sign and value(written) == pytest.approx(computed, abs=within)
    return same_sign and (is_rounded(plain.lstrip("-"), computed) or abs(value(written) - computed) <= within)


def test_every_decimal_in_a_question_is_given_or_comes_out_again():
    computed = {name: [*values, *more] for name, values, more in numbers()} | dict(choices_say())
    wrong = [
        f"{question.name}: {claim}"
        for question in questions()
        for claim in NUMBER.findall(ELEMENT.sub("", question.source))
        if not any(is_rounded(claim, x) for x in computed.get(question.name, []))
    ]
    assert wrong == []


def choices_say() -> Iterable[tuple[str, list[float]]]:
    """Yield what the words of a question with options claim."""
    distances, prices = np.array([2.0, 4, 6]), np.array([5.0, 9, 16])
    loss = lambda w: ((w * distances - prices) ** 2).sum()  # noqa: E731
    best, mean = distances @ prices / (distances @ distances), (prices / distances).mean()
    yield "no-error", [*(prices / distances), best, loss(best), mean, loss(mean)]
    h = 1e-15
    yield "too-small", [(np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1)]
    capped = solution("update_rule").descend_until(lambda x: 6 * x - 3, 2.0, 0.001, 0.001, 1000)[-1]
    yield "what-ends-it", [0.001, 1000, capped, 6 * capped - 3]
    hilltop = max((x for x in np.linspace(0.9, 1.2, 30_001)), key=wavy)
    yield "hilltop", [hilltop]
    yield "build-once", [1.9, 0.02, 0.03 + 1000 * 0.02e-3, 1000]  # measured on one machine; the sum follows
    neuron = solution("sigmoid_neuron")
    yield "tanh", [0.5 + 0.5 * np.tanh(2), neuron.sigmoid(np.array([2.0]), 1.0, 0.0)[0]]
    gradient = np.hypot(neuron.grad_w(-6.0, -6.0, X, Y), neuron.grad_b(-6.0, -6.0, X, Y))
    yield "stop-rule", [gradient, 0.0001, neuron.loss(-6.0, -6.0, X, Y)]
    streamline = solution("gradient_fields").trace(lambda p: -2 * np.asarray(p), [0.7, 0.0], 0.5, 4)
    yield "rest", [0.5, *streamline[:, 0]]


# Choices and orders: which of the options is right.


def right_options() -> Iterable[tuple[str, str]]:
    """Yield the right option of each choice, found by computing where that can be done."""
    distances, prices = np.array([2.0, 4, 6]), np.array([5.0, 9, 16])
    assert len(set(prices / distances)) > 1
    yield "no-error", "no, whatever the guess"
    missed = lambda w: int((abs(w * distances - prices) > 0.5).sum())  # noqa: E731
    assert missed(0.99) == missed(1.0) == missed(1.01)
    yield "staircase", "neither way"
    yield "too-small", "the two heights would agree in nearly all of the digits that a computer keeps"
    own = solution("derivatives")
    yield "list", f"`{[int(c) for c in own.polynomial_derivative([1, 0, 0, 2])]}`"
    x = sp.Symbol("x")
    formulas = {
        r"$-\sin(2\pi x)$": -sp.sin(2 * sp.pi * x),
        r"$-2\pi \sin(2\pi x)$": -2 * sp.pi * sp.sin(2 * sp.pi * x),
        r"$2\pi \sin(2\pi x)$": 2 * sp.pi * sp.sin(2 * sp.pi * x),
        r"$-2\pi \sin x$": -2 * sp.pi * sp.sin(x),
    }
    derivative = sp.diff(sp.cos(2 * sp.pi * x), x)
    yield "chain", next(option for option, formula in formulas.items() if sp.simplify(formula - derivative) == 0)
    five = own.derivative_function(5 * x, x)(np.array([0.0, 1.0, 2.0]))
    yield "constant", f"`{[int(one) for one in five]}`"
    walk = solution("update_rule").descend_until(lambda x: 6 * x - 3, 2.0, 0.001, 0.001, 1000)
    assert len(walk) == 1001
    assert abs(6 * walk[-1] - 3) > 0.001
    yield "what-ends-it", "the limit"
    hilltops = [place for place in (0, 1) if wavy(place) > max(wavy(place - 1e-4), wavy(place + 1e-4))]
    yield "hilltop", {(0, 1): "both", (0,): "only 0", (1,): "only 1"}[tuple(hilltops)]
    kind = solution("starting_values").classify_critical_point(np.array([[2.0, 6], [6, 2]]))
    yield "kind", {"minimum": "a minimum", "maximum": "a maximum", "saddle": "a saddle"}[kind]
    yield from right_options_of_maps_and_data()


def right_options_of_maps_and_data() -> Iterable[tuple[str, str]]:
    """Yield the same for the lessons from two dimensions on."""
    x, y, z = sp.symbols("x y z")
    parts = [sp.latex(part) for part in solution("descent_2d").partial_derivatives(x**2, [x, y, z])]
    yield "absent", f"${parts[0].replace(' ', '')}$, ${parts[1]}$ and ${parts[2]}$"
    yield "build-once", "before you return that function"
    path = solution("descent_2d").descend(lambda p: 2 * p, [1.0, 1.0, 1.0], 0.1, 5)
    yield "shape", f"`{path.shape}`"
    tool = solution("descent_2d").descend
    assert (
        tool(lambda p: -2 * np.asarray(p), [1.0], -0.1, 1)[-1] == tool(lambda p: 2 * np.asarray(p), [1.0], 0.1, 1)[-1]
    )
    yield "two-signs", "it descends"
    yield "own-loop", "it would climb by plain steps only, and the tool may know better ones"
    z = np.linspace(-5, 5, 11)
    assert np.allclose(0.5 + 0.5 * np.tanh(z / 2), 1 / (1 + np.exp(-z)))
    yield "tanh", r"$\tfrac12 + \tfrac12 \tanh(z/2)$"
    neuron = solution("sigmoid_neuron")
    assert np.hypot(neuron.grad_w(-6.0, -6.0, X, Y), neuron.grad_b(-6.0, -6.0, X, Y)) < 0.0001
    yield "stop-rule", "no: it would stop far from the minimum"
    assert len(solution("stochastic_descent").minibatches(7, 7, np.random.default_rng(0))) == 1
    yield "one-batch", "one update with the full gradient"
    asked = []
    solution("optimizers").nesterov(lambda p: asked.append(float(p[0])) or np.array([1.0]), [3.0], 0.1, 1, 0.9)
    assert asked == [3.0]
    yield "first-look", "at the start"
    images = solution("image_gradients")
    brighter = np.array([[38.0, 38], [100, 100], [169, 169]])
    yield "sign", "positive" if images.image_gradients(brighter)[1][1, 0] > 0 else "negative"
    yield "long-sides", "along them the brightness does not change"
    down = images.gradient_direction(brighter)[1, 1]
    yield "angle", {np.pi / 2: "π/2", -np.pi / 2: "−π/2"}[down]
    edges = images.edges(np.array([[0.0, 0, 0, 1], [0, 0, 0, 1]]), 0.0)
    assert edges.any()
    assert not edges.all()
    yield "threshold-0", "every pixel that is not quite flat"
    push = solution("gradient_fields").pressure_acceleration(
        np.ones((3, 3)), np.arange(1.0, 10).reshape(3, 3), 1.0, 1.0
    )
    assert not np.any(push)
    yield "no-push", "neither way"
    ends = solution("gradient_fields").trace(lambda p: -2 * np.asarray(p), [0.7, 0.0], 0.5, 9)[-2:, 0]
    assert np.allclose(sorted(ends), [-0.3, 0.2])
    yield "rest", "nowhere: it goes to and fro between 0.2 and −0.3"


def test_the_right_option_of_every_choice_is_the_one_that_comes_out():
    asked = {question.name: question for question in questions() if question.kind == "choice"}
    right = dict(right_options())
    assert sorted(right) == sorted(asked)
    chosen = {name: question.options[int(question.answer) - 1] for name, question in asked.items()}
    assert chosen == right

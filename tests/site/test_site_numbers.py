"""Every figure in a lesson's text is computed here again: no number is written by hand and only believed.

Of each section the decimals, percentages and large numbers must be among those that are given (the starts, rates and data that
the text chooses) or computed, rounded to the places that the text shows. Whole numbers that a walk decides stand in
sentences that are made here. What a lab's text claims is held by `site/app/lab/lessons.test.ts`.
"""

import importlib.util
import math
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import sympy as sp

CHECKOUT = Path(__file__).parents[2]
SLUGS = [path.parent.name for path in sorted((CHECKOUT / "site" / "lessons").glob("*/index.md"))]
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*\.\d+(?:e-?\d+)?|(?<![\w.])\d+e-\d+|\d+(?=\s?%)|\d{1,3}(?:,\d{3})+")
QUESTION = re.compile(r"^!!! question .*\n(?:(?:    .*)?\n)*", re.MULTILINE)  # `test_questions.py` recomputes these
NOT_TEXT = re.compile(
    r"^---.*?^---|^ *```.*?^ *```$|<descent-lab\b.*?</descent-lab>|<descent-(?!lab)[^>]*>|\]\([^)]*\)|^\[\^.*?$|^## Read and watch.*",
    re.DOTALL | re.MULTILINE,
)
Figures = dict[str, Iterable[float]]


@cache
def text(slug: str) -> str:
    return (CHECKOUT / "site" / "lessons" / slug / "index.md").read_text(encoding="utf-8")


def claims(slug: str) -> dict[str, list[str]]:
    """Return the numbers of each section, by its anchor; those above the first section go under ""."""
    parts = re.split(r"^##+ .* \{ #([\w-]+) \}$", NOT_TEXT.sub("", QUESTION.sub("", text(slug))), flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], map(NUMBER.findall, parts[::2]), strict=True))


@cache
def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"numbers_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def solution(slug: str) -> ModuleType:
    return load(next((CHECKOUT / "solutions").glob(f"*_{slug}/{slug}.py")))


def figures(slug: str) -> ModuleType:
    return load(CHECKOUT / "site" / "figures" / f"{slug}.py")


def is_rounded(claim: str, value: float) -> bool:
    """Tell whether a number is what is left of a value, without its sign, when it is rounded to as many places."""
    plain, _, power = claim.replace(",", "").partition("e")
    unit = 10.0 ** (int(power or 0) - len(plain.partition(".")[2]))
    return abs(abs(value) - float(plain) * 10.0 ** int(power or 0)) <= 0.5000001 * unit


# What each lesson chooses, and what follows from it.


def parabola(x):
    return 3 * x**2 - 3 * x + 4


def slope(x):
    return 6 * x - 3


def wavy(x):
    return np.cos(2 * np.pi * x) + x**2


def valley(point):
    return np.array([1.0, 20.0]) * point


def introduction() -> Figures:
    distances, prices = np.array([2.0, 4, 6]), np.array([5.0, 9, 16])
    best = distances @ prices / (distances @ distances)
    neuron = solution("sigmoid_neuron")
    few, costs = np.array([1.0, 2]), np.array([3.0, 5])
    lowest = few @ costs / (few @ few)
    loss = lambda w, x, y: ((w * x - y) ** 2).sum()  # noqa: E731
    yield "guess", [2.5, *(prices / distances), best, loss(best, distances, prices)]
    path = neuron.fit(X, Y, 0.5, 0.0, 1.0, 300)
    yield "landscape", [0.5, 2.5, 0.01, *_guessed(), *_losses(path)[[0, 300]]]
    yield "fog", [3000]  # "more than"
    assert 1e20 / 1e9 / (365.25 * 86400) > 3000
    yield "error", [2.5, 0.5]
    shares = np.array([0.9, 0.8, 0.6, 0.3])
    errors = -np.log(shares)
    yield "performance", [0.08, *shares, *errors, errors.mean(), *-np.log([0.5, 0.1])]
    drawn = figures("introduction")
    products = [path[-1] for path in drawn._products()]
    assert np.allclose(np.prod(products, axis=1), 6)
    yield "many-minima", [1.5, *np.ravel(products), math.factorial(10)]
    line, free = drawn._rings()
    assert line[:, 1].max() == 0
    traps = [line[-1, 0], drawn._ring(*line[-1]), *free[-1], drawn._ring(*free[-1])]
    yield "more-dimensions", [0.3, 1.5, 0.05, *traps]
    yield "open-question", [50_000]  # the pictures of CIFAR-10 to learn from
    yield "practise", [2.5, 0.5, loss(2.5, few, costs), lowest, loss(lowest, few, costs)]


def derivatives() -> Figures:
    loss = lambda w: 56 * w**2 - 284 * w + 362  # noqa: E731
    nudged = [loss(w + 0.01) for w in (1, 2.5)]
    rates = [(loss(w + 0.01) - loss(w)) / 0.01 for w in (1, 2.5)]
    yield "sensitivity", [0.01, 2.5, *nudged, *rates]
    yield "secant", [2.5, 2.5**2, 0.5, 2.25, 4.5, 6.25 - 4 / 2.5 - 2, 0.5 / 2.25]
    ends = [2.5, 2.1, 2.01, 2.001]
    yield "tangent", [*ends, *((x**2 - 4) / (x - 2) for x in ends), 4 + 4 * 0.1, 2.1**2, 0.05, 0.05 * 8, 0.05 * 2]
    steps = [0.5, 0.1, 0.01]
    forward = [((2 + h) ** 3 - 8) / h for h in steps]
    central = [((2 + h) ** 3 - (2 - h) ** 3) / (2 * h) for h in steps]
    sine = [(np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1) for h in (1e-5, 1e-15)]
    assert 5e-12 < abs(sine[0]) < 2e-11  # "about"
    inline = [1 / 2 * 5, 1 / (2 * 5), 1e-5]
    yield "central-difference", [1.5, 2.5, *steps, *forward, *central, sine[1], *inline]
    yield "power-rule", [0.5]
    yield "formulas", [0.1]


def update_rule() -> Figures:
    descend, until = solution("update_rule").descend, solution("update_rule").descend_until
    walk = descend(slope, -2.0, 0.1, 4)
    yield "", [0.5, parabola(0.5)]
    yield "downhill", [0.1, 0.01, *walk, *(0.1 * slope(walk)), *slope(walk), 2 - 0.1 * slope(2), 0.01 * slope(2)]
    yield "the-path", [2 - 0.01 * slope(2), 2.0]
    rates = np.array([0.01, 0.1, 0.3, 0.4])
    moves = -rates * slope(2)
    yield "taylor", [*rates, *moves, *(10 + 9 * moves), *parabola(2 + moves), *(2 + moves)]
    rates = np.array([0.001, 0.01, 0.1, 0.3, 0.4])
    shrinking, fading = 2.0, 2.0
    for epoch in range(50):
        shrinking -= 0.01 * abs(slope(shrinking)) * slope(shrinking)
        fading -= 0.1 * (1 - epoch / 50) * slope(fading)
    ends = [descend(slope, 2.0, rate, 50)[-1] for rate in rates]
    bend = -((2 * np.pi) ** 2) * np.cos(2 * np.pi * 0.4758) + 2
    assert 2.9e7 < abs(ends[-1]) < 3.1e7  # "about 30 million"
    assert round(bend) == 41
    limits = [0.5, 1 / 3, 0.34, 0.05, 2 / 20, 2 / bend]
    yield "learning-rate", [*rates, *(1 - 6 * rates), *ends, *limits, shrinking, fading]
    starts = [descend(slope, start, 0.01, 100)[-1] for start in (-2.0, 0.0, 2.0)]
    capped = until(slope, 2.0, 0.001, 0.001, 1000)[-1]
    many = len(until(slope, 2.0, 0.001, 0.001, 5000)) - 1
    leaps = slope(descend(slope, 2.0, 0.3, 2))
    given = [0.5, 0.001, 0.01, 0.1, 0.3, 0.34, 1000, 1001]
    left = [1 - 6 * 0.01, 0.94**100, 100 * 0.94**100, 0.001 * slope(2)]
    yield "when-to-stop", [*given, *left, *starts, *slope(walk), *walk, capped, slope(capped), many, *leaps]


def starting_values() -> Figures:
    own = solution("starting_values")
    top = _level(1.05)
    inner, outer = _level(0.47), _level(1.42)
    yield "the-landscape", [top, 2 * np.pi]
    yield "the-slope", [0.5, wavy(0.5), (wavy(0.5 + 1e-5) - wavy(0.5)) / 1e-5]
    growth = 1 - 0.01 * (2 - (2 * np.pi) ** 2)
    wave = lambda x: np.sin(x) * np.exp(-0.05 * x**2)  # noqa: E731
    grid = np.linspace(-6.28, 6.28, 1_000_001)
    lowest = grid[np.argmin(wave(grid))]
    near = grid[grid > 3][np.argmin(wave(grid[grid > 3]))]
    given = [0.01, 0.0001]
    yield "where-a-walk-ends", [*given, top, inner, outer, growth, lowest, near]
    starts = [0, 0.9, 1.4, -1.9]
    share = _deep_share()
    odds = [100 * share, 1 - share, (1 - share) ** 5, 100 - 100 * (1 - share) ** 5, 100 - 100 * (1 - share) ** 10, 100]
    inline = [0.2, 0.9]
    ends = [own.descend(float(start)) for start in starts]
    yield "restarts", [*inline, *starts, *map(wavy, starts), *ends, *map(wavy, ends), *odds]
    minima = [100 * _share_of_minima(n) for n in (2, 3, 4)]
    yield "critical-points", [2 - 4 * np.pi**2, *minima]


def _level(near: float) -> float:
    for _ in range(50):
        bend = 2 - (2 * np.pi) ** 2 * np.cos(2 * np.pi * near)
        near -= (2 * near - 2 * np.pi * np.sin(2 * np.pi * near)) / bend
    return near


def _deep_share() -> float:
    """Return the share of starts in [-2, 2] between the hilltops at -1.0545 and 1.0545."""
    return _level(1.05) / 2


def _share_of_minima(n: int) -> float:
    matrices = np.random.default_rng(0).standard_normal((100_000, n, n))
    return np.mean(np.linalg.eigvalsh(matrices + matrices.transpose(0, 2, 1))[:, 0] > 0)


def _twisted(x, y):
    return x**2 + x * y + 2 * y**2


def _twisted_slopes(x, y):
    return np.array([2 * x + y, x + 4 * y])


def descent_2d() -> Figures:
    plane = lambda x, y: 1 + 2 * (x - 1) + y  # noqa: E731
    central = (np.sin(1000 * 1e-5) - np.sin(-1000 * 1e-5)) / 2e-5
    tangent = [1.1, 0.1, plane(1.1, 0.1), _twisted(1.1, 0.1), 1.01, 0.01, _twisted(1.01, 0.01) - plane(1.01, 0.01)]
    measured = [1.9, 0.02, 0.03 + 1000 * 0.02e-3, 1000]  # milliseconds, on one machine; the sum follows from them
    yield "gradient", [*tangent, np.sqrt(5), np.degrees(np.arctan2(1, 2)), *measured, central]
    old = np.array([2.0, 1.0])
    new = old - 0.3 * _twisted_slopes(*old)
    asked = _twisted_slopes(new[0], 1.0)[1]
    yield "all-coordinates-together", [0.3, *new, asked, 1 - 0.3 * asked]
    shares, ends = _basins(-1)
    yield "peaks", [1.4, 0.01, 1000, *shares, *ends.ravel(), *map(_height, ends)]


@cache
def _basins(sign: int) -> tuple[list[float], np.ndarray]:
    """Return the shares, in percent, of 41 x 41 starts that reach each place, the best first, then of the rest; and the places."""
    x, y = (grid.ravel() for grid in np.meshgrid(np.linspace(-2, 2, 41), np.linspace(-2, 2, 41)))
    slopes = figures("gradient_fields")._peaks
    for _ in range(1000):
        _, by_x, by_y = slopes(x, y)
        x, y = x + sign * 0.01 * by_x, y + sign * 0.01 * by_y
    ends = np.column_stack([x, y])
    _, by_x, by_y = slopes(x, y)
    level = np.hypot(by_x, by_y) < 1e-3
    inside = level & (np.abs(ends) < 2).all(axis=1)
    found, numbers = np.unique(np.round(ends[inside], 1), axis=0, return_inverse=True)
    places = np.array([ends[inside][numbers == k].mean(axis=0) for k in range(len(found))])
    order = np.argsort([-sign * _height(place) for place in places])
    counts = [100 * np.mean(np.hypot(*(ends - places[k]).T) < 0.01) for k in order]
    return [*counts, 100 - sum(counts)], places[order]


def _height(place) -> float:
    return figures("gradient_fields")._peaks(*place)[0]


def ascent_challenge() -> Figures:
    descent = [-1.5 * 1.2**k for k in range(3)]
    yield "way-one", [*descent, 0.5, 0.2, 0.1, 1 + 2 * 0.1]
    yield "way-two", [1.5]
    shares, summits = _basins(1)
    x, y = sp.symbols("x y")
    peaks = (
        3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2)
        - 10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2)
        - sp.exp(-((x + 1) ** 2) - y**2) / 3
    )
    hessian = sp.lambdify((x, y), sp.hessian(peaks, (x, y)), "numpy")(*summits[0])
    bend = -np.linalg.eigvalsh(np.array(hessian, dtype=float)).min()
    yield "the-summit", [0.5, 0.01, 1000, *shares, *summits.ravel(), *map(_height, summits), bend, 2 / bend]


X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])


@cache
def _fit(start: tuple[float, float], epochs: int) -> np.ndarray:
    return solution("sigmoid_neuron").fit(X, Y, *start, 1.0, epochs)


def _losses(path: np.ndarray) -> np.ndarray:
    return np.array([solution("sigmoid_neuron").loss(w, b, X, Y) for w, b in path])


def _guessed() -> list[float]:
    """Return what the picture of the guess (0.5, 0) tells: its answers, the wanted ones, and the best weights."""
    weight = (np.log(9) + np.log(4)) / 2
    return [*solution("sigmoid_neuron").sigmoid(X, 0.5, 0.0), *Y, weight, -np.log(4) - weight * X[0]]


def sigmoid_neuron() -> Figures:
    own = solution("sigmoid_neuron")
    answers = own.sigmoid(np.array([-10.0, -2, 0, 2, 10]), 1.0, 0.0)
    yield "the-neuron", [0.5, *answers]
    errors = 0.5 - Y
    wrong = [
        errors.sum() ** 2 / 2,
        np.abs(errors).sum() / 2,
        errors @ errors,
        np.mean(errors**2),
        np.mean(errors**2) / 2,
    ]
    guesses = [(0.5, 0), (-0.1, 0), (0.94, -0.94), (1.42, -1.73), (1.65, -2.08), (1.78, -2.27)]
    path = _fit((-2.0, -2.0), 200)
    losses = _losses(path)
    given = [*X, *Y, 0.5, 0.01, *errors, *np.ravel(guesses)]
    played = _losses(solution("sigmoid_neuron").fit(X, Y, 0.5, 0.0, 1.0, 300))
    computed = [*errors**2, *(errors**2 / 2), *wrong, *(own.loss(w, b, X, Y) for w, b in guesses), *losses[[60, 100]]]
    yield "the-loss", [*given, *computed, *_guessed(), played[300]]
    pulls = errors * 0.25
    saturated = [0.999, 0.001, 0.999 * 0.999 * 0.001]
    yield "the-chain-rule", [*X, *errors, 0.25, *pulls, *(pulls * X), pulls.sum(), (pulls * X).sum(), *saturated]
    moved = 0.0 - (pulls * X).sum()
    late = -own.grad_b(moved, 0.0, X, Y)
    yield "both-weights-together", [0.7, 1 - 0.1 * (0.7 + 4), -pulls.sum(), late]
    moves = np.hypot(*np.diff(path, axis=0).T)
    bells = [0.25, *(f * (1 - f) for f in own.sigmoid(np.array([5.0, 10.0]), 1.0, 0.0))]
    yield "plateau-and-slope", [0.5, *bells, moves[0], moves.max()]
    level = _losses(_fit((-4.0, -4.0), 3000))
    one = _losses(_fit((-3.0, 3.0), 5000))
    last = own.grad_w(-6.0, -6.0, X, Y), own.grad_b(-6.0, -6.0, X, Y)
    given = [1000, 3000, 10_000, 100_000, 0.01, 0.1, 0.0001, -5e-5]
    fall = int(np.argmax(level < 0.41))
    below = int(np.argmax(one < 0.1))
    rounded = [round(fall, -2), round(below / 50) * 50]  # "about"
    far = own.loss(-6.0, -6.0, X, Y)
    yield "the-cap", [*given, *level[[0, 500]], one[0], one[1000], *rounded, *_arrived(), np.hypot(*last), far]
    last = 0.3 * 0.25  # error times slope; the rest is held by site/app/network/network.test.ts
    given = [0.1, 0.2, 0.9, 0.5, 0.3, 0.25, 0.19, 0.0003, 1000]
    yield "hidden-layer", [*given, last, last * 0.5, last * 2 * 0.25]


@cache
def _arrived() -> list[float]:
    """Return the share of starts, in percent, whose loss is below 0.01 after 1,000, 10,000 and 100,000 epochs."""
    w, b = (grid.ravel() for grid in np.meshgrid(np.linspace(-6, 6, 41), np.linspace(-6, 6, 41)))
    shares = []
    for epoch in range(1, 100_001):
        f = 0.5 + 0.5 * np.tanh((np.outer(w, X) + b[:, None]) / 2)
        pulls = f * (1 - f) * (f - Y)
        w, b = w - pulls @ X, b - pulls.sum(axis=1)
        if epoch in (1000, 10_000, 100_000):
            f = 0.5 + 0.5 * np.tanh((np.outer(w, X) + b[:, None]) / 2)
            shares.append(100 * np.mean(((f - Y) ** 2).sum(axis=1) / 2 < 0.01))
    return shares


def stochastic_descent() -> Figures:
    drawn = figures("stochastic_descent")
    table, values, best = drawn._measurements()
    yield "data", [2 / 20]
    yield "gradient-of-the-loss", [2.5, 7.5]  # half of 5, and 15 / 2
    pulls = (table @ np.zeros(2) - values)[:, None] * table
    spread = pulls[:, 0].std()
    # Without replacement the mean of m of n has this share of the spread of one.
    shares = [np.sqrt((200 - m) / (199 * m)) for m in (1, 4, 16)]
    yield "estimate", [spread * share for share in shares]
    yield "batch-landscape", [0.1, 0.604, 0.384, 0.058, 0.047, 0.046, 0.095]  # held by site/app/samples/samples.test.ts
    yield "minibatches", [190 / 200, 0.95**20]
    left = [np.linalg.norm(drawn._epochs(size, 0.1, 5, seed=1)[0][-1] - best) for size in (200, 20)]
    yield "one-epoch", [0.1, *(100 - 100 * np.array(left) / np.linalg.norm(best))]
    excess = []
    for size in (1, 20):
        updates, ends = drawn._epochs(size, 0.1, 60, seed=1)
        excess.append(np.median(((table @ (updates[ends[30:]] - best).T) ** 2).mean(axis=0) / 2))
    yield "noise", excess


RULES = {"momentum": 1.0, "nesterov": 1.0, "adagrad": 0.1, "rmsprop": 0.1, "adam": 0.1}


def optimizers() -> Figures:
    own, neuron = solution("optimizers"), solution("sigmoid_neuron")
    descend = solution("descent_2d").descend
    ends = [descend(valley, [-2.5, 2.0], rate, 50)[-1] for rate in (0.01, 0.09, 0.105)]
    yield "difficulties", [2.5, 0.01, 0.09, 0.105, 0.1, *np.ravel(ends)]
    yield "momentum", [0.9, 1.2, *np.cumsum(0.9 ** np.arange(3))]
    slopes = np.array([1.0, 1e-4, 1e-6])
    inside = slopes / np.sqrt(slopes**2 + 1e-8)
    yield "a-rate-for-each-coordinate", [0.5, *(slopes / (slopes + 1e-8)), *inside]
    gradient = lambda p: np.array([neuron.grad_w(*p, X, Y), neuron.grad_b(*p, X, Y)])  # noqa: E731
    weights = 0.1 * 0.9 ** np.arange(3)
    burst = _losses(own.rmsprop(gradient, [-2.0, -2.0], 0.1, 250))
    assert burst[:91].min() < 1e-15
    assert burst[90:110].max() > 1e-3
    yield "fading-means", [0.9, 0.999, *weights, 0.1, 1 / np.sqrt(0.1), 1e-15, 1e-3, burst[-1]]
    k = np.array([1, 2, 3, 10, 100])
    first, second = 1 - 0.9**k, 1 - 0.999**k
    all_k = np.arange(1, 3000)
    uncorrected = (1 - 0.9**all_k) / np.sqrt(1 - 0.999**all_k)
    assert uncorrected[:40].max() > 6.5
    far = np.hypot(*gradient(np.array([-6.0, -6.0])))
    yield "bias-correction", [*first, *second, 1 / np.sqrt(0.1), uncorrected[0], uncorrected.max(), 6.5, 0.5, far]
    table = [_losses(_fit((-2.0, -2.0), 1000))[[50, 200, 1000]]]
    for name, rate in RULES.items():
        table.append(_losses(getattr(own, name)(gradient, [-2.0, -2.0], rate, 1000))[[50, 200, 1000]])
    bold = _losses(own.adagrad(gradient, [-2.0, -2.0], 1.0, 100))[-1]
    tiny = [0.1, 1000, 1e-20]
    assert sum(loss < 1e-20 for loss in np.ravel(table)) == 3
    yield "race", [*tiny, *np.ravel(table), bold]


def image_gradients() -> Figures:
    yield "central-differences", [3.5, 2.5]  # half a pixel to either side of 3
    yield "bytes", [(200 - 75) / 2]
    yield "magnitude-and-direction", [np.sqrt((3**2 + 4**2) / 2)]
    yield "edges", [4.5]


def gradient_fields() -> Figures:
    plate = np.array([[20.0, 22, 28], [35, 37, 43], [50, 52, 58]])
    half = (plate[1, 1] - plate[1, 0]) / 4
    ring = (plate[1, 1] - plate[1, 2]) / 4
    swapped = [(plate[1, 2] - plate[1, 0]) / 10, (plate[2, 1] - plate[0, 1]) / 4]
    yield "differences-on-a-grid", [half, ring, *swapped]
    yield "pressure-pushes", [1.2, 400 / 100_000 / 1.2, 400 / 100_000 / 1000]
    both = 1.5 + 2
    yield "along-a-direction", [1.5, 2.5, np.sqrt(2), 500 * np.sqrt(2), both / np.sqrt(2), both, both / 2]
    yield "streamlines", [0.1, 0.000001, 0.7, 0.5, 0.7 - 0.5, 0.2 - 0.5]


LESSONS: list[Callable[[], Iterable[tuple[str, list[float]]]]] = [
    introduction,
    derivatives,
    update_rule,
    starting_values,
    descent_2d,
    ascent_challenge,
    sigmoid_neuron,
    stochastic_descent,
    optimizers,
    image_gradients,
    gradient_fields,
]


def test_no_lesson_is_left_out():
    assert sorted(lesson.__name__ for lesson in LESSONS) == SLUGS


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.__name__)
def test_every_figure_of_the_text_is_given_or_comes_out_again(lesson):
    known = dict(lesson())
    wrong = [
        f"{section or 'opening'}: {claim}"
        for section, numbers in claims(lesson.__name__).items()
        for claim in numbers
        if not any(is_rounded(claim, value) for value in known.get(section, []))
    ]
    assert wrong == []


def test_a_figure_that_is_rounded_wrongly_would_be_noticed():
    assert is_rounded("0.016", 0.016467)
    assert not is_rounded("0.017", 0.016467)
    assert is_rounded("2.4e-6", 2.41e-6)
    assert not is_rounded("2.4e-6", 2.46e-6)
    assert is_rounded("4,450", -4450.4)


# Whole numbers that a walk decides.


def counted() -> Iterable[tuple[str, str]]:
    until = solution("update_rule").descend_until
    for rate in (0.001, 0.01, 0.1, 0.3):
        yield "update_rule", f"| {rate} | {len(until(slope, 2.0, rate, 0.001, 5000)) - 1:,} |"
    for start, power in ((1e-6, 6), (1e-9, 9)):
        leaves = next(k for k in range(1, 1000) if start * 1.2**k > 2)
        before = "From $y = 10^{-6}$ it leaves the picture after" if power == 6 else "updates, from $10^{-9}$ after"
        yield "starting_values", f"{before} {leaves}"
    moves = np.hypot(*np.diff(_fit((-2.0, -2.0), 200), axis=0).T)
    longest = int(np.argmax(moves))
    times = round(moves[longest] / moves[0])
    yield "sigmoid_neuron", f"The longest, from epoch {longest} to {longest + 1}, is 0.31 long: {times} times as long"
    missed = round(200 * round(0.95**20, 2))
    yield "stochastic_descent", f"So on average {missed} of the 200 are missed"
    yield "stochastic_descent", f"200 samples in hands of 30 make {-(-200 // 30)} updates"
    magnitude = np.hypot(*figures("image_gradients")._slopes())
    disc = magnitude[:55].max()  # the rows above the bar
    yield "image_gradients", f"its steepest pixel has a magnitude of {disc:.0f}"
    yield "gradient_fields", f"would make a wind of {3600 * 400 / 100_000 / 1.2:.0f} m/s within an hour"


def test_what_is_counted_is_right():
    sentences = list(counted())
    assert len(sentences) > 10
    assert [sentence for slug, sentence in sentences if sentence not in text(slug)] == []

"""The lab walks as the solutions walk: its TypeScript against our Python, to 1e-12.

Both do the same arithmetic, but not to the last bit: `exp`, `sin`, `cos` and `tanh` of a browser and of NumPy may differ
by an ulp or two, and terms may be added in another order. Such a difference is then carried along by the walk. Near a
minimum each step shrinks it; near a maximum each step lets it grow (by 1.37 on the unfortunate landscape), and where a
rule divides by the size of a vanishing gradient, as RMSProp does, it grows without limit. How fast, the reference says
itself: it walks a second time with each gradient shaken by rounding, a few ulps of itself and of its largest terms.
As long as the shaken walk stays within a quarter of the tolerance, rounding is no excuse, and the two must agree to
1e-12 of the point, or of 1 where the point is nearer to 0 than that. Where it has strayed further, nothing is compared.
"""

import functools
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import sympy as sp

ROOT = Path(__file__).parents[2]
TOLERANCE = 1e-12
ULP = np.finfo(float).eps

x, y = sp.symbols("x y")
CURVES = {
    "square": x**2,
    "parabola": 3 * x**2 - 3 * x + 4,
    "unfortunate": sp.cos(2 * sp.pi * x) + x**2,
    "wave": sp.sin(x) * sp.exp(-(x**2) / 20),
    "double-well": (x**2 - 1) ** 2,
    "hill": 4 - x**2,
}
MAPS = {
    "bowl": x**2 + y**2,
    "valley": (x**2 + 20 * y**2) / 2,
    "twisted": x**2 + x * y + 2 * y**2,
    "ravine": sp.Rational("18.32") * x**2 - sp.Rational("47.52") * x * y + sp.Rational("32.18") * y**2,
    "rosenbrock": (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "himmelblau": (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "rastrigin": 20 + x**2 + y**2 - 10 * (sp.cos(2 * sp.pi * x) + sp.cos(2 * sp.pi * y)),
    "saddle": x**2 - y**2,
    "monkey": x**3 - 3 * x * y**2,
    "peaks": 3 * (1 - x) ** 2 * sp.exp(-(x**2) - (y + 1) ** 2)
    - 10 * (x / 5 - x**3 - y**5) * sp.exp(-(x**2) - y**2)
    - sp.exp(-((x + 1) ** 2) - y**2) / 3,
}
STARTS = {1: ["-1.7", "0.0001", "1.3"], 2: ["-1.5,0.7", "0.3,1.4", "1.9,-1.1"]}
RATES = {"descent": [0.01, 0.09], "ascent": [0.01, 0.09], "momentum": [0.01, 0.05], "nesterov": [0.01, 0.05]}
ADAPTIVE = [0.02, 0.3]
SLOWER = {"rastrigin": 0.02}  # it bends with 397: at larger rates walks are chaos, and nothing could be compared
METHODS = ["descent", "ascent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"]
# Sizes of the terms that make up a gradient in the picture, from a bound on each: what rounding is an ulp of.
TERMS = {
    "parabola": 12,
    "unfortunate": 10,
    "wave": 2,
    "double-well": 32,
    "ravine": 250,
    "rosenbrock": 4800,
    "himmelblau": 1200,
    "rastrigin": 70,
    "monkey": 24,
    "peaks": 60,
    "neuron": 1,
}


@functools.cache
def solution(name):
    """Return the module of an exercise's solution."""
    path = next(ROOT.glob(f"solutions/*_{name}/{name}.py"))
    spec = importlib.util.spec_from_file_location(f"lab_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def absent(what):
    """Skip on a contributor's machine; in CI nothing may be absent."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Give a function that hands set-ups to the lab and returns their walks."""
    if shutil.which("node") is None:
        absent("no node: apt install nodejs")
    if not (ROOT / "node_modules" / "esbuild").is_dir():
        absent("no node_modules: npm ci")
    folder = tmp_path_factory.mktemp("lab")
    bundle = [
        "node_modules/.bin/esbuild",
        "site/app/lab/paths.ts",
        "--bundle",
        "--platform=node",
        "--format=esm",
        "--log-level=warning",
        f"--outfile={folder / 'paths.mjs'}",
    ]
    subprocess.run(bundle, cwd=ROOT, check=True)

    def walk(setups):
        program = ["node", folder / "paths.mjs"]
        done = subprocess.run(program, input=json.dumps(setups), stdout=subprocess.PIPE, text=True, check=True)
        return json.loads(done.stdout)

    return walk


def gradients():
    """Return each landscape's gradient, made by the solutions of exercises 1, 3, 4 and 6."""
    derivatives, descent_2d, neuron = solution("derivatives"), solution("descent_2d"), solution("sigmoid_neuron")
    made = {}
    for name, formula in CURVES.items():
        slope = derivatives.derivative_function(formula, x)
        made[name] = lambda point, slope=slope: np.array([slope(point[0])], dtype=float)
    made["unfortunate"] = lambda point: np.array([solution("starting_values").slope(point[0])])
    for name, formula in MAPS.items():
        made[name] = descent_2d.gradient_function(formula, (x, y))
    data = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    made["neuron"] = lambda point: np.array([neuron.grad_w(*point, *data), neuron.grad_b(*point, *data)])
    return made


GRADIENTS = gradients()


def reference(method, gradient, start, rate, epochs):
    """Walk by the solutions of exercises 4, 5 and 8."""
    if method == "descent":
        return solution("descent_2d").descend(gradient, start, rate, epochs)
    if method == "ascent":
        return solution("ascent_challenge").ascend_by_update(gradient, start, rate, epochs)
    return getattr(solution("optimizers"), method)(gradient, start, rate, epochs)


def shaken(gradient, terms):
    """Make rounding larger: each gradient is off by up to 8 ulps of itself and of its terms."""
    rng = np.random.default_rng(0)

    def off(point):
        g = gradient(point)
        return g + 8 * ULP * rng.uniform(-1, 1, g.shape) * (np.abs(g) + terms)

    return off


def strays(walk, other):
    """Say how far two walks are apart at each step, in parts of the point or of 1."""
    with np.errstate(invalid="ignore", over="ignore"):
        return (np.abs(walk - other) / np.maximum(1, np.abs(walk))).max(axis=1)


def steady(path, second):
    """Count the steps before rounding could have moved the walk by a quarter of the tolerance."""
    apart = strays(path, second)
    wild = np.flatnonzero(~(apart <= TOLERANCE / 4))
    return wild[0] if wild.size else len(path)


@pytest.mark.filterwarnings("ignore:overflow encountered", "ignore:invalid value")
@pytest.mark.parametrize("landscape", [*CURVES, *MAPS, "neuron"])
def test_the_lab_walks_as_the_solutions_walk(lab, landscape):
    gradient = GRADIENTS[landscape]
    starts = STARTS[1 if landscape in CURVES else 2]
    slower = SLOWER.get(landscape, 1)
    cases = [(m, s, slower * r) for m in METHODS for s in starts for r in RATES.get(m, ADAPTIVE)]
    setups = [
        {"landscape": landscape, "method": m, "start": s, "rate": repr(r), "epochs": "150", "decay": "0.9"}
        for m, s, r in cases
    ]
    compared = walked = 0
    for (method, text, rate), [walk] in zip(cases, lab(setups), strict=True):
        start = [float(part) for part in text.split(",")]
        mine = np.array(walk["points"])
        path = reference(method, gradient, start, rate, 150)
        second = reference(method, shaken(gradient, TERMS.get(landscape, 0)), start, rate, 150)
        rows = min(len(mine), steady(path, second))
        assert np.all(np.isfinite(path[:rows]))
        worst = strays(path[:rows], mine[:rows]).max()
        assert worst <= TOLERANCE, f"{method} from {text} at {rate}: {worst:.1e} apart"
        compared += rows
        walked += len(mine)
    # Rounding may excuse the ends of a few walks, not most of what is to be compared.
    assert compared > 0.6 * walked, f"of {walked} points only {compared} could be compared"


def test_the_slopes_agree_where_the_walks_went(lab):
    for landscape, gradient in GRADIENTS.items():
        start = "1.3" if landscape in CURVES else "0.3,1.4"
        [[walk]] = lab([{"landscape": landscape, "start": start, "rate": "0.01", "epochs": "50"}])
        for point, g in zip(walk["points"][:9], walk["gradients"], strict=False):
            assert g == pytest.approx(gradient(np.array(point)), rel=1e-12, abs=8 * ULP * TERMS.get(landscape, 1))


def test_plain_descent_in_one_dimension_is_that_of_exercise_2(lab):
    [[walk]] = lab([{"landscape": "parabola", "start": "2", "rate": "0.01", "epochs": "100"}])
    path = solution("update_rule").descend(lambda at: 6 * at - 3, 2.0, 0.01, 100)
    assert np.array(walk["points"])[:, 0] == pytest.approx(path, rel=TOLERANCE)


def test_the_neuron_learns_as_in_exercise_6(lab):
    [[walk]] = lab([{"landscape": "neuron", "start": "-2,-2", "rate": "1", "epochs": "1000"}])
    path = solution("sigmoid_neuron").fit(np.array([0.5, 2.5]), np.array([0.2, 0.9]), -2.0, -2.0, 1.0, 1000)
    assert strays(path, np.array(walk["points"])).max() < TOLERANCE


@pytest.mark.parametrize("rate", [1, 4, 16])
def test_stochastic_descent_takes_the_gradient_of_one_data_point_after_the_other(lab, rate):
    neuron = solution("sigmoid_neuron")
    [[walk]] = lab(
        [{"landscape": "neuron", "method": "stochastic", "start": "-2,-2", "rate": str(rate), "epochs": "120"}]
    )
    X, Y = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    point = np.array([-2.0, -2.0])
    for sample, mine in zip(walk["samples"], walk["points"][1:], strict=True):
        one = X[[sample]], Y[[sample]]
        point = solution("update_rule").update(
            point, np.array([neuron.grad_w(*point, *one), neuron.grad_b(*point, *one)]), rate
        )
        assert mine == pytest.approx(point, rel=TOLERANCE)


SCHEDULES = {
    "constant": lambda _k, _span: 1,
    "step": lambda k, span: 0.5 ** (k // span),
    "exponential": lambda k, span: np.exp2(-k / span),
    "inverse": lambda k, span: span / (span + k),
    "cosine": lambda k, span: np.cos(np.pi * min(k, span) / (2 * span)) ** 2,
    "warmup": lambda k, span: min(k + 1, span) / span,
}


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_schedule_changes_the_rate_of_each_step_and_noise_its_gradient(lab, schedule):
    setup = {
        "landscape": "valley",
        "start": "-2.5,2",
        "rate": "0.05",
        "epochs": "90",
        "schedule": schedule,
        "pace": "40",
    }
    [[calm], [noisy]] = lab([setup, {**setup, "noise": "0.5", "batch": "9", "seed": "3"}])
    assert calm["noises"] == []
    noises = np.array(noisy["noises"])
    assert noises.shape == (90, 2)
    assert np.std(noises) == pytest.approx(0.5 / 3, rel=0.2)
    for walk, off in ((calm, np.zeros((90, 2))), (noisy, noises)):
        point = np.array([-2.5, 2.0])
        for k, mine in enumerate(walk["points"][1:]):
            rate = 0.05 * SCHEDULES[schedule](k, 40)
            point = solution("update_rule").update(point, GRADIENTS["valley"](point) + off[k], rate)
            assert mine == pytest.approx(point, rel=TOLERANCE)


def test_another_decay_reaches_the_rules_that_have_one(lab):
    for method in ("momentum", "nesterov", "rmsprop"):
        [[walk]] = lab(
            [{"landscape": "twisted", "method": method, "start": "2,1", "rate": "0.02", "epochs": "60", "decay": "0.5"}]
        )
        path = getattr(solution("optimizers"), method)(GRADIENTS["twisted"], [2.0, 1.0], 0.02, 60, decay=0.5)
        assert strays(path, np.array(walk["points"])).max() < TOLERANCE

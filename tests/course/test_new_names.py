"""A mistake's name is said of what behaves so, and not of what looks alike: the mistakes whose explanation names a default or an order."""

from contextlib import ExitStack
from functools import cache

import pytest

from grader.authoring.margins import session
from grader.authoring.programs import from_text, solution_text
from grader.checking.seeds import learner_seed
from grader.manifest.course import load_course

COURSE = load_course()
# What is told of the first and not of the second: a default, and a number written into the rule; an order of axes, and another.
ALIKE = [
    (
        "sigmoid_neuron",
        "fit",
        "you make 100 updates",
        "_fit = fit\ndef fit(X, Y, w, b, learning_rate=1.0, epochs=100):\n    return _fit(X, Y, w, b, learning_rate, epochs)\n",
        "_fit = fit\ndef fit(X, Y, w, b, learning_rate=1.0, epochs=1000):\n"
        "    return _fit(X, Y, w, b, learning_rate, min(epochs, 100))\n",
    ),
    (
        "optimizers",
        "rmsprop",
        "keeps 0.99 of what it was",
        "_right = rmsprop\ndef rmsprop(gradient, start, learning_rate, epochs, decay=0.99, epsilon=1e-8):\n"
        "    return _right(gradient, start, learning_rate, epochs, decay, epsilon)\n",
        "_right = rmsprop\ndef rmsprop(gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8):\n"
        "    return _right(gradient, start, learning_rate, epochs, 0.99, epsilon)\n",
    ),
    (
        "optimizers",
        "adam",
        "the agreed beta2 is 0.999",
        "_right = adam\ndef adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.99, epsilon=1e-8):\n"
        "    return _right(gradient, start, learning_rate, epochs, beta1, beta2, epsilon)\n",
        "_right = adam\ndef adam(gradient, start, learning_rate, epochs, beta1=0.9, beta2=0.999, epsilon=1e-8):\n"
        "    return _right(gradient, start, learning_rate, epochs, beta1, 0.99, epsilon)\n",
    ),
    (
        "image_gradients",
        "image_gradients",
        "as `edge_order=2` does",
        "def image_gradients(image):\n    image = np.array(image, dtype=float)\n"
        "    order = [2 if n > 2 else 1 for n in image.shape]\n"
        "    return np.gradient(image, axis=1, edge_order=order[1]), np.gradient(image, axis=0, edge_order=order[0])\n",
        "def image_gradients(image):\n    image = np.array(image, dtype=float)\n"
        "    gx, gy = np.gradient(image, axis=1), np.gradient(image, axis=0)\n"
        "    gx[:, -1] = gx[:, -2]\n    return gx, gy\n",
    ),
    (
        "gradient_fields",
        "gradient_field",
        "as `np.gradient(field, dx, dy)` does",
        "def gradient_field(field, dx, dy):\n    return tuple(np.gradient(np.array(field, dtype=float), dx, dy))\n",
        "def gradient_field(field, dx, dy):\n    return tuple(np.gradient(np.array(field, dtype=float), dy, dx))\n",
    ),
]


@pytest.fixture(scope="module")
def session_of():
    with ExitStack() as opened:
        yield cache(lambda slug: opened.enter_context(session(COURSE.by_slug[slug])))


@pytest.mark.parametrize(("slug", "name", "words", "so", "alike"), ALIKE, ids=[f"{one[0]}-{one[1]}" for one in ALIKE])
def test_a_name_is_said_of_the_mistake_and_not_of_what_looks_alike(session_of, slug, name, words, so, alike):
    for source, expected in ((so, True), (alike, False)):
        program = from_text("wrong", COURSE.by_slug[slug], "a", f"{solution_text(COURSE.by_slug[slug])}\n{source}")
        report, faults = session_of(slug).check(program.handed_in_by("learner-001"), learner_seed("new", "a", slug))
        assert faults == []
        lost = [
            check for check in report.checks if check.outcome == "failed" and check.name.startswith(f"test_{name}_")
        ]
        assert lost
        assert any(words in check.diagnosis for check in lost) == expected, [check.diagnosis for check in lost]

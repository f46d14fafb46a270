"""The contract's names: told in a public check, where a function has others, and to nobody who keeps to them."""

import pytest

from grader.checking.outcomes import CheckEnded
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.manifest.contract import contract, signatures
from grader.manifest.course import load_course
from grader.sandbox import worker
from grader.sandbox.inprocess import InProcess

COURSE = load_course()


def module(source, slug="optimizers", session=InProcess):
    cells = (Cell(f"{slug}.py", source),)
    return SubmissionProxy(Submission("a", "a", slug, cells), session("module", cells))


def told(source, hidden=False):
    """Return what a check is told of the definition of `rmsprop`, once it was called."""
    proxy = module(source)
    proxy.begin_check(hidden)
    proxy.rmsprop(1.0, 2.0, 0.1, 3)
    ending = proxy.first_misdefined()
    return ending.public if ending else ""


def test_the_contract_is_what_the_stubs_say():
    for exercise in COURSE.exercises:
        known = [one.text for one in contract(exercise.slug).values()]
        assert known == signatures(exercise.stub.read_text(encoding="utf-8"))
    assert contract("update_rule")["descend_until"].optional == ("max_epochs",)
    assert contract("no_such_exercise") == {}


RIGHT = "gradient, start, learning_rate, epochs, decay=0.9, epsilon=1e-8"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        (RIGHT.replace("decay", "rho"), "name its parameter `decay`, not `rho`."),
        (RIGHT.replace("start", "x").replace("epochs", "n"), "name its parameter `start`, not `x`, and `epochs`, not `n`."),
        ("start, gradient, learning_rate, epochs, decay=0.9, epsilon=1e-8", "its parameters come in another order."),
        (RIGHT.replace(", epsilon=1e-8", ""), "its parameter `epsilon` is missing."),
        (RIGHT.replace(", epsilon", ", *, epsilon"), "take the `*` out of its parameters."),
        (RIGHT.replace(", learning", ", /, learning"), "take the `/` out of its parameters."),
    ],
)  # fmt: skip
def test_a_definition_that_parts_from_the_contract_is_told_in_a_public_check_alone(parameters, words):
    source = f"def rmsprop({parameters}): return 1.0"
    assert f"`{contract('optimizers')['rmsprop'].text}`" in told(source)
    assert told(source).endswith(words)
    assert told(source, hidden=True) == ""


@pytest.mark.parametrize(
    "source",
    [
        f"def rmsprop({RIGHT}): return 1.0",
        f"def rmsprop({RIGHT}, more=1, *, other=2): return 1.0",
        "def rmsprop(gradient=1, start=2, learning_rate=3, epochs=4, decay=5, epsilon=6): return 1.0",
        "def rmsprop(*given, **named): return 1.0",
        "def rmsprop(gradient, *given, epsilon=1): return 1.0",
        f"rmsprop = lambda {RIGHT}: 1.0",
        f"from functools import lru_cache\n@lru_cache\ndef rmsprop({RIGHT}): return 1.0",
        f"class Rule:\n    def __call__(self, {RIGHT}): return 1.0\nrmsprop = Rule()",
        "class Odd:\n    __signature__ = 3\n    def __call__(self, *given): return 1.0\nrmsprop = Odd()",
        "rmsprop = max",
    ],
)
def test_a_definition_that_keeps_to_it_in_whatever_way_is_told_nothing(source):
    assert told(source) == ""


def test_it_is_told_once_for_each_function():
    proxy = module("def adam(g, x, r, n): return 1.0\ndef momentum(g, x, r, n): return 1.0")
    endings = []
    for name in ("adam", "adam", "momentum"):
        proxy.begin_check(hidden=False)
        getattr(proxy, name)(1.0, 2.0, 0.1, 3)
        endings.append(proxy.first_misdefined())
    assert [ending is not None for ending in endings] == [True, False, True]


@pytest.mark.parametrize("answer", [None, 7, "text", [1], [["name", "KIND"]], [[{}, "VAR", 0, 1]]])
@pytest.mark.parametrize("definition", [f"def rmsprop({RIGHT}): return 1.0", f"rmsprop = lambda {RIGHT}: 1.0"])
def test_a_forged_definition_is_told_nothing(answer, definition):
    class Forging(InProcess):
        def load(self):
            reply = super().load()
            failures, functions = reply[2]
            return [*reply[:2], [failures, [[name, answer] for name, _ in functions]], *reply[3:]]

        def request(self, request):
            reply = super().request(request)
            return [*reply[:2], answer, *reply[3:]] if request[0] == "parameters" else reply

    proxy = module(definition, session=Forging)
    proxy.rmsprop(1.0, 2.0, 0.1, 3)
    assert proxy.first_misdefined() is None


def test_a_definition_that_raises_costs_nothing():
    proxy = module(f"def rmsprop({RIGHT}): return 1.0\nrmsprop.__signature__ = 7")
    assert proxy.rmsprop(1.0, 2.0, 0.1, 3) == 1.0
    assert proxy.first_misdefined() is None


def test_a_function_that_is_not_there_is_told_so_and_nothing_of_parameters():
    with pytest.raises(CheckEnded, match="no function `rmsprop`"):
        module("x = 1").rmsprop(1.0, 2.0, 0.1, 3)


@pytest.mark.parametrize(
    "definition", ["", "a", "a, b=1", "a, /, b, *, c, d=2", "*all", "a, **more", "a=1, *b, c", "a, /, *, c=1"]
)
def test_a_functions_parameters_are_told_as_python_itself_tells_them(definition):
    namespace = {}
    exec(f"def f({definition}):\n    inner = 1", namespace)
    told = worker._plain_parameters(namespace["f"])
    session = InProcess("toy", (Cell("toy.py", f"def f({definition}): pass"),))
    session.load()
    theirs = session.request(["parameters", "f"])[2]
    if any(kind.startswith("VAR") for _, kind, _ in theirs):  # it takes what comes, whatever else it has
        assert any(kind.startswith("VAR") for _, kind, _ in told)
    else:
        assert told == theirs

"""What exceptions mean, in plain words: each rule with the slip that brings it, raised in a worker, and look-alikes."""

import re

import numpy as np
import pytest
import sympy as sp

from grader.checking.exceptions import RULES, Place, explain
from grader.checking.outcomes import CheckEnded, LearnerRaised
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.sandbox.inprocess import InProcess
from grader.wire.functions import gradient as gradient_of
from grader.wire.functions import handed, slope

x, y = sp.symbols("x y")
BOWL = slope(x**2, x)
PLANE = gradient_of(x + 2 * y, (x, y))
HEAD = "import math\nimport numpy as np\nimport sympy as sp\n"


def ending(source, slug="update_rule", function="descend", arguments=(BOWL, 2.0, 0.1, 3), options=None):
    """Return how a call of what was handed in ends."""
    cells = (Cell(f"{slug}.py", source),)
    proxy = SubmissionProxy(Submission("a", "a", slug, cells), InProcess("module", cells))
    with pytest.raises(CheckEnded) as ended:
        getattr(proxy, function)(*arguments, **(options or {}))
    return ended.value


def body(*lines):
    """Return a module in which `descend(gradient, start, learning_rate, epochs)` does what `lines` say."""
    return f"{HEAD}def descend(gradient, start, learning_rate, epochs):\n" + "".join(f"    {line}\n" for line in lines)


# What a learner wrote in `descend`, and words of what they are told.
SLIPS = {
    # types
    "return start - learning_rate * gradient": "`gradient` is a function: call it at a point, `gradient(x)`.",
    "start -= gradient": "`gradient` is a function: call it at a point",
    "start = start - gradient*learning_rate": "`gradient` is a function: call it at a point",
    "slope = gradient; return start - learning_rate * slope": "`slope` is a function: call it, `slope(...)`.",
    "return start - learning_rate * gradient ** 2": "`gradient` is a function: call it at a point",
    "return np.ones(2) * gradient": "`gradient` is a function: call it at a point",
    "return -gradient": "`gradient` is a function: call it at a point",
    "return abs(gradient)": "`gradient` is a function: call it at a point, `gradient(x)`.",
    "return abs(gradient - start * 0)": "`gradient` is a function: call it at a point, `gradient(x)`.",
    "return gradient(start) - (gradient)": "A function itself is calculated with, not its value",
    "return np.abs(sp.Symbol('x')) < 2 and np.sign(sp.Symbol('x'))": "NumPy calculates with numbers, and this is a formula",
    "f = sp.lambdify(sp.symbols('x y'), 1); return f(np.ones(2))": "takes one argument for each symbol, as in `f(*point)`",
    "if np.max([sp.Symbol('x'), 1]) < 2: pass": "SymPy has functions of its own for it",
    "return gradient < 0.1": "`gradient` is a function: call it at a point",
    "step = print(start); return start - step": "`step` is None. None is what a function gives that has no `return`",
    "path = [start]; return path - 0.1": "`path` is a list, which is not calculated with number by number",
    "path = (start,); return path / 2": "`path` is a tuple, which is not calculated with",
    "return 2.0 * '3' - 1": "A list or a text is not calculated with number by number",
    "return start - '3'": "What is calculated with is text, not a number.",
    "path = [start]; return path * 0.5": "A list or a text is not calculated with number by number",
    "return start^2": "`^` is not the power in Python: write `**`.",
    "return np.array([1.0, 2.0])^2": "`^` is not the power in Python: write `**`.",
    "return start - learning_rate(start)": "`learning_rate` is a number there, no function",
    "return start - learning_rate(gradient(start))": "A number is called there as if it were a function",
    "return 2 (start + 1)": "Between a number and `(` an operator is missing",
    "path = [start]; return path(0)": "an item is taken with square brackets, as in `path[0]`",
    "path = np.zeros(3); return path(0)": "an item is taken with square brackets, as in `path[0]`",
    "return math(start)": "A module is not a function",
    "step = None; return step(start)": "`step` is None, not a function.",
    "return 'start'(start)": "Text is called there as if it were a function.",
    "return sp.Symbol('x')(2)": "A SymPy expression is not a function",
    "return (sp.Symbol('x')**2)(2)": "A SymPy expression is not a function",
    "return gradient[0]": "A function is called with parentheses",
    "return start[0]": "That is a single number: it has no items",
    "a, b = start": "That is a single number: it has no items",
    "a, b = print(start)": "There is None in place of a list",
    "for point in start: pass": "That is a single number: it has no items",
    "return len(start)": "That is a single number: it has no items",
    "return 1.0 in start": "That is a single number: it has no items",
    "return list(np.array(start))": "an array of a single number",
    "path = (start,); path[0] = 1": "A tuple cannot be changed",
    "start[0] = 1": "A single number has no items to be set",
    "return gradient(start, learning_rate)": "A function that the checks hand in takes one argument, the point.",
    "return range(epochs, learning_rate)": "A whole number is wanted there",
    "return range(np.zeros(3).tolist())": "this is a list: `len(...)` gives its length",
    "path = [start]; return path[1.0]": "An index is a whole number, not a float",
    "path = [start]; return path[:1.0]": "The ends of a slice are whole numbers",
    "return np.zeros(3.0)": "A shape is made of whole numbers",
    "return np.array(1, 2)": "The numbers belong into one list",
    "return math.exp(np.ones(2))": "`math` takes one number, and this is an array",
    "return float(np.ones(2))": "a whole array where one number is wanted",
    "return math.exp([1, 2])": "This is a list where one number is wanted",
    "return math.exp(gradient)": "A function itself is calculated with, not its value",
    "return float([1, 2])": "This is a list where one number is wanted",
    "return float(None)": "is None. None is what a function gives that has no `return`",
    "path = [start]; return path + start": "`path.append(...)` puts one item behind it",
    "return 'at ' + start": "Text can only be added to text",
    "if sp.Symbol('x') < 2: return start": "SymPy cannot tell whether that is so while a symbol has no value",
    "return np.cos(sp.Symbol('x'))": "this is a formula: write `sp.cos` in formulas",
    "return np.sqrt(np.array([1, 2], dtype=object))": "That is an array of objects, not of numbers",
    "return math.cos(sp.Symbol('x'))": "In formulas write `sp.cos`, not `math.cos`",
    "return {[1]: 2}": "is no key of a dictionary",
    "for s in range(np.zeros(2)): pass": "this is an array: `len(...)` gives its length",
    "starts = [start]; for s in range(starts): pass": "`starts` is a list, and `range` wants a whole number: go through its items themselves, `for s in starts`",
    "x = np.ones(2); return math.exp(x)": "The `exp` of `math` takes one number, and this is an array: `np.exp` takes both.",
    "from math import sqrt; return sqrt(np.ones(2))": "The `sqrt` of `math` takes one number",
    "return int(np.ones(2))": "take the item that you mean, or leave out `int(...)`.",
    "gradient = np.array([gradient(start)]); return gradient(start)": "`gradient` is an array there, no function: was its name given to its value",
    "step = [start].append(start); return step - 1": "None is what a function gives that has no `return`",
    "path = [start]; path = path.append(start); return len(path)": "`path.append(...)` changes `path` itself, and gives back None",
    "rng = np.random.default_rng(0); order = rng.shuffle(np.arange(3)); return order[0]": "`rng.permutation(...)` gives back a shuffled copy",
    "rng = np.random.default_rng(0); return rng.randint(3)": "what you mean is called `rng.integers(...)`",
    "rng = np.random.default_rng(0); return rng.randn(3)": "what you mean is called `rng.standard_normal(...)`",
    "values = np.linalg.eig(np.eye(2)); return values > 0": "give two things, the eigenvalues and the eigenvectors",
    "values = np.linalg.eigh(np.eye(2)); return values.min()": "give two things, the eigenvalues and the eigenvectors",
    "rate = 0,1; return -rate": "`rate` is a tuple of two numbers. A number is written with a point",
    "np = 3; return np.array(start)": "`np` is not a module there: was its name given to something else, as in `np = 3`?",
    "step = lambda: start; return step(1)": "The parameters of a `lambda` come before its colon: here 0, and it is called with 1.",
    "step = lambda at: at; return step(1, 2)": "come before its colon: here one, and it is called with 2.",
    "while np.ones(2) > 0.1: pass": "Compare one number: the array's length is `np.linalg.norm(...)`",
    "return max(np.ones(2), np.zeros(2))": "`np.maximum(...)` compares number by number",
    "return np.ones(2) > 0 and np.ones(2) < 2": "write `&` for `and`",
    "if np.ones(2) > 0: return 1": "To decide for each number, write `np.where(condition, this, that)`",
    "return bool(np.ones(2))": "say `.all()` or `.any()`, or compare one number",
    # shapes and values
    "return np.ones(3) - np.ones(2)": "One array has shape (3,), the other (2,)",
    "return np.dot(np.ones(3), np.ones(2))": "the last axis of the left one must be as long as the first of the right one: here they have the shapes (3,) and (2,)",
    "path = np.ones(3); path[:] = np.ones(2)": "One array has shape (2,), the other (3,)",
    "return np.ones(3) @ np.ones((2, 2))": "For `@` the columns of the left array",
    "return np.array([1.0, [2.0, 3.0]])": "The rows have different shapes",
    "return float('1,5')": "Text was to become a number, and is none",
    "return int('2.5')": "Text was to become a number, and is none",
    "a, b = (1,)": "There are 2 names on the left of `=`, and 1 on its right",
    "a, b = (1, 2, 3)": "There are 2 names on the left of `=`, and more than that",
    "return math.sqrt(-start)": "This function has no value there",
    "return int(float('nan'))": "A calculation before this line has no result",
    "return max([])": "There is nothing in it",
    "return np.max([])": "There is nothing in it",
    "point = np.ones(2); point.flags.writeable = False; point += 1": "This array is not yours to change",
    "return sp.diff(sp.Symbol('x')**2, 2)": "A formula is differentiated by a symbol",
    "point = np.array([1, 2]); point -= 0.1 * point": "An array of whole numbers cannot take fractions",
    "return np.sqrt('4')": "There is something among the values that is no number",
    "return sp.diff(gradient, sp.Symbol('x'))": "this is a function of Python's: hand it an expression",
    # places
    "path = []; path[0] = start": "A list has no places until something is put in",
    "return [].pop()": "The list is empty.",
    "path = np.zeros(3); path[3] = 1": "with 3 of them the last is 2, and index 3 is beyond",
    "return np.zeros(0)[0]": "It is empty, so it has no places",
    "return np.zeros(3)[0, 1]": "The array has 1 axis, and 2 indices are given",
    "return np.float64(2)[0]": "That is a single number: it has no items.",
    "return np.zeros(3)[1.0]": "An index is a whole number, not a float",
    "path = [start]; return path[1]": "`range(len(path))` goes through all",
    "return {}['start']": "The dictionary has no key 'start'",
    # names
    "if epochs < 0: point = 1\n    return point": "`point` gets its value only further down in this function",
    "return strat": "Did you mean `start`?",
    "return learning_Rate": "Did you mean `learning_rate`?",
    "return true": "In Python it is written `True`.",
    "return sqrt(start)": "write `np.sqrt`, with `import numpy as np` at the top",
    "return completely_else": "Nothing is called `completely_else` there",
    "return np.gradiant(start)": "Did you mean `gradient`?",
    "return math.abs(start)": "`abs` is Python's own: write it without `math`.",
    "return np.float(start)": "NumPy no longer has it: write `float` alone.",
    "path = np.zeros(1); path.append(start)": "collect in a list, and make an array of it at the end",
    "path = [start].append(1); path.append(start)": "There is None in front of `.append`.",
    "path = (start,); path.append(start)": "A tuple cannot be changed: use a list",
    "return [start].shape": "That is a list, not an array",
    "return gradient.diff()": "That is a function itself, and has no `.diff`",
    "start.append(1)": "In front of `.append` there is a single number",
    "return start.subs('x', 2)": "That is a plain number of Python's, not SymPy's",
    "from .helpers import step": "A file beside this one is imported without a dot",
    # arithmetic
    "return start / 0": "What is divided by is 0 there",
    "return math.exp(1000)": "The numbers went beyond what a float can hold",
    "return start ** 10000": "The numbers went beyond what a float can hold",
    "return int(float('inf'))": "A calculation before this line went beyond all numbers",
    "return descend(gradient, start, learning_rate, epochs)": "A function calls itself without end",
    "import sys; sys.exit()": "end the whole program, and nothing is returned",
    "raise MemoryError": "More memory was asked for than there is",
    "assert start < 0": "An `assert` of your own does not hold.",
    "return np.linalg.eigvalsh(np.ones(2))": "A matrix is wanted there",
}  # fmt: skip

UNREADABLE = {
    "def descend(x)\n    return x": "ends with a colon",
    "def descend(x):\n    return (x + 1\n": "Look for the `)` that belongs to this `(`.",
    "def descend(x):\n    if x = 1:\n        return x": "`==` compares",
    "def descend(x, h=0,001):\n    return x": "A number is written with a point, `0.5`",
    "def descend(x):\n    return 2x": "a product needs its `*`",
    "def descend(x):\n    return x − 1": "This character was copied from a web page",
    "x = 1\nreturn x": "`return` belongs inside a function",
    "x = 'a": "A text ends with the same quotation mark",
    "print 'a'": "In Python 3 it is `print(...)`",
    "def descend(x):\nreturn x": "must stand further to the right",
    "x = 1\n  y = 2": "further to the right than the one before",
    "if True:\n        x = 1\n    y = 2": "begins at a column where no line above it begins",
    "if True:\n        x = 1\n\ty = 2": "Tabs and spaces look alike",
    "x = 1 1 +": "Python does not understand this line: is an operator",
    "x = 1\ny = 1 1 +": "Look at the line before, too",
    "def descend(x):\n    return x +": "Look at the line before, too",
}


@pytest.mark.filterwarnings(
    "ignore::SyntaxWarning", "ignore::ImportWarning"
)  # Python's own guess, which is printed and not raised
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_in_plain_words_with_the_learners_line(slip):
    ended = ending(body(*slip.split("; ")))
    assert isinstance(ended, LearnerRaised)
    assert SLIPS[slip] in ended.public
    assert re.search(r"\n  at        update_rule\.py, line \d+: ", ended.public)


@pytest.mark.parametrize("source", UNREADABLE)
def test_what_python_cannot_read_is_told_in_plain_words(source):
    assert UNREADABLE[source] in ending(source).public


@pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::ImportWarning")
def test_every_rule_is_brought_by_a_slip(monkeypatch):
    asked = []
    monkeypatch.setattr("grader.checking.proxy.explain", lambda *said: asked.append(said) or "")
    for slip in SLIPS:
        ending(body(*slip.split("; ")))
    for source in UNREADABLE:
        ending(source)
    for _, source, *call in CALLS:
        ending(source, *call)
    ending("import pandas_\ndef descend(*given): return x", arguments=(1,))
    used = set()
    for kind, message, _ in asked:
        fitting = (rule for rule in RULES if (not rule[0] or kind in rule[0].split()) and re.search(rule[1], message))
        used.add(next(fitting, ("", "", ""))[:2])
    assert [rule[:2] for rule in RULES if rule[:2] not in used] == []


PAIR = "def image_gradients(img): return img\n"
# How the checks call it, where the definition does not fit the contract.
CALLS = [
    (
        "The checks call `image_gradients(image)`: name its parameter `image`, not `img`.",
        PAIR,
        "image_gradients",
        "image_gradients",
        (),
        {"image": 1.0},
    ),
    (
        "max_epochs=1000)`: give its parameter `max_epochs` the default.",
        "def descend_until(gradient, start, learning_rate, tolerance, max_epochs): return start",
        "update_rule",
        "descend_until",
        (1.0, 1.0, 0.1, 0.1),
    ),
    (
        "The checks call `update(parameter, gradient, learning_rate)`: its parameter `learning_rate` is missing.",
        "def update(parameter, gradient): return parameter",
        "update_rule",
        "update",
        (1.0, 1.0, 0.1),
    ),
    (
        "The checks call `update(parameter, gradient, learning_rate)`: its parameter `more` is one too many.",
        "def update(parameter, gradient, learning_rate, more): return parameter",
        "update_rule",
        "update",
        (1.0, 1.0, 0.1),
    ),
    (
        "The checks call `update(parameter, gradient, learning_rate)`: its parameters come in another order.",
        "def update(learning_rate, gradient, parameter): return parameter",
        "update_rule",
        "update",
        (1.0, 1.0),
        {"learning_rate": 0.1},
    ),
    (
        "The exercise has it as `update(parameter, gradient, learning_rate)`: compare this call",
        "def update(parameter, gradient, learning_rate): return 0\ndef descend(g, x, r, n):\n    return update(x, g(x))",
        "update_rule",
    ),
    (
        "Compare the arguments in this line with the `def` of `step`.",
        "def step(at): return at\ndef descend(g, x, r, n):\n    return step(x, r)",
        "update_rule",
    ),
]


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_a_definition_that_does_not_fit_the_contract_is_told_its_names(call):
    words, source, *rest = call
    ended = ending(source, *rest)
    assert words in ended.public


def test_a_function_that_was_handed_on_is_called_where_it_is_handed_on():
    source = (
        "def update(parameter, gradient, learning_rate):\n    return parameter - learning_rate * gradient\n"
        "def descend(gradient, start, learning_rate, epochs):\n    return update(start, gradient, learning_rate)\n"
    )
    words = "`gradient` is a function there, and not its value: call it at a point, `gradient(x)`, where you hand it to `update`."
    assert words in ending(source).public
    assert words not in ending(source.replace("def update", "def step").replace("update(start", "step(start")).public


NEGATED = "def negated(function):\n    {}\ndef ascend_by_objective(descend, gradient, start, learning_rate, epochs):\n    {}\n"
HANDS_IN = "return descend(negated(gradient), start, learning_rate, epochs)"
# What is written in `negated` and in what calls it, and the words for either.
TURNED = [
    ("return -function", HANDS_IN, "return a new function that calls `function`.", "return a new function that calls `function`."),
    ("return -function(p)", HANDS_IN, "Return a new function that takes it, and calls `function`.", "Return a new function that takes it"),
    ("return lambda p: -function(p)", "return descend(negated(gradient(start)), start, learning_rate, epochs)", "",
     "`function` is an array here, not a function: hand `negated` a function itself, such as `gradient`"),
    ("return lambda p: -function(p)", "return descend(negated(gradient), start, learning_rate)", "",
     "The `descend` that is handed in is called as `descend(gradient, start, learning_rate, epochs)`"),
    ("return lambda p: -function(p)", "return descend(gradient - start, start, learning_rate, epochs)", "", "`gradient` is a function: call it at a point"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "call", "of_negated", "of_ascend"), TURNED)
def test_advice_on_turning_a_function_leads_to_a_function(body, call, of_negated, of_ascend):
    source = HEAD + NEGATED.format(body, call)
    if of_negated:
        said = ending(source, "ascent_challenge", "negated", (BOWL,)).public
        assert of_negated in said
        assert "call it at a point" not in said
        assert "before this line" not in said
    said = ending(
        source,
        "ascent_challenge",
        "ascend_by_objective",
        (handed("decoy_descend"), PLANE, np.array([1.0, 2.0]), 0.1, 2),
    ).public
    assert of_ascend in said
    assert "Decoy" not in said
    assert "rebuild" not in said


@pytest.mark.parametrize(
    ("line", "never"),
    [
        ("return start - learning_rate * gradient(start) * '1'", "`gradient` is"),
        ("slope = print(); return start - learning_rate * slope", "is a function"),
        ("step = lambda at: at; return gradient(start) * step", "`gradient` is"),
        ("return start * learning_rate * gradient(start)(2)", "square brackets"),
        ("return math.sqrt(gradient)", "`math` takes one number"),
        ("return [start, 1].index(7)", "last one is one less"),
        ("return np.sqrt([start, None])", "formula"),
        ("return np.cos(gradient)", "formula"),
        ("return undefined_at_all(start)", "Did you mean"),
        ("return np.zeros(1).appendix", "collect in a list"),
        ("return np.nothing_like_it(start)", "Did you mean"),
        ("return start.shape_", "append to the list"),
        ("return float(np.ones(2))", "`np."),
        ("exp = float; return exp(np.ones(2))", "of `math`"),
        ("if np.linalg.norm(np.ones(2)) > 0 and np.ones(2): pass", "write `&`"),
        ("path = [start]; path.sort(); step = print(); return step - 1", "changes `path` itself"),
        ("rate = 0, 1; return -rate", "written with a point"),
        ("return gradient(start).array", "is not a module there"),
        ("return np.ones(2)(1)", "was its name given"),
        ("for s in range(learning_rate): pass", "its items themselves"),
        ("return np.ones(3) - np.ones(2)", "last axis"),
        ("raise ValueError('no step')", "\n`"),
        ("raise IndexError('mine')", "counted from 0"),
        ("raise TypeError('a float, please')", "\n`"),
    ],
)
def test_a_look_alike_is_not_told_so(line, never):
    assert never not in ending(body(*line.split("; "))).public


def test_a_name_that_the_file_itself_has_is_offered_and_one_in_a_comment_is_not():
    source = "MY_RATE = 1\n# MY_EPOCHS_\ndef descend(gradient, start, rate, n):\n    return {} * start"
    assert "Did you mean `MY_RATE`?" in ending(source.format("MY_RATES")).public
    assert "Did you mean" not in ending(source.format("MY_EPOCHS")).public


def test_a_missing_import_is_named():
    for name, words in (("np", "`import numpy as np`"), ("math", "`import math`"), ("sp", "`import sympy as sp`")):
        assert words in ending(f"def descend(*given):\n    return {name}.pi").public


def test_a_hidden_check_says_nothing_of_the_kind():
    cells = (Cell("update_rule.py", body("return start - learning_rate * gradient")),)
    proxy = SubmissionProxy(Submission("a", "a", "update_rule", cells), InProcess("module", cells))
    proxy.begin_check(hidden=True)
    with pytest.raises(LearnerRaised) as raised:
        proxy.descend(BOWL, 2.0, 0.1, 3)
    assert "gradient" not in raised.value.hidden
    assert "line" not in raised.value.hidden
    assert raised.value.hint == "", "whether a line of the learner's raised it is the learner's choice"


def test_where_nothing_is_known_of_a_definition_its_signature_is_told():
    said = "descend() got an unexpected keyword argument 'epochs'"
    told = explain("TypeError", said, Place("", "", "descend", "update_rule"))
    assert told.endswith("`: define it with these parameters, by these names and in this order.")


@pytest.mark.parametrize("text", ["(" * 500, "'a' object " * 45, "unsupported operand type(s) for " + "'" * 460])
def test_a_forged_message_is_read_in_no_time_and_explained_by_no_rule(text):
    for kind in ("TypeError", "ValueError", "AttributeError"):
        assert explain(kind, text, Place("* " * 60, "", "descend", "update_rule")) == ""


def test_what_is_right_already_and_what_is_no_function_is_offered_for_no_other():
    source = "import numpy as np\ndescent = 3\ndef descend(a): return a\ndef gradient_fn(x): return x\n"
    assert "should it be called" not in ending(source.replace("gradient_fn", "other"), function="descend_until").public
    assert "should it be called" not in ending("descend_untill = 3\n", function="descend_until").public
    assert "should it be called" not in ending("from numpy import gradient as update_\n", function="update").public
    found = ending("def descend(a): return a\ndef descend_untill(a): return a\n", function="descend_until").public
    assert "There is `descend_untill`: should it be called `descend_until`?" in found

"""Hidden inputs and expected values never reach a learner: markers are planted in hidden checks, and searched for.

A copy of the kit gets checks whose every input and expected value holds a marker, and a class that does with them
whatever code can do: return, print, raise, warn, name and time them.
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from grader.manifest.course import PACKAGE

CHECKOUT = PACKAGE.parent
NUMBER, TEXT = 31337.0078125, "planted"  # exact in binary, so that it is written in full
CODE = r'<pre class="code">(.*?)</pre>'
MARKER = re.compile(r"3[.,]?1[.,]?3[.,]?3[.,]?7|planted")

CHECKS = f'''"""Planted checks, public or hidden."""

import numpy as np
import pytest
import sympy as sp

from grader.checking.expect import expect
from grader.wire.functions import point_function, slope

x, planted = sp.symbols("x planted")
BOWL = slope({NUMBER} * x**2, x)
FORMULA = point_function({NUMBER} * x, (x,)).expression
ARRAY = np.full((2, 3), {NUMBER})
TITLE = pytest.mark.hint("A first hint.", "A second.")


@TITLE
@pytest.mark.points(1)
def test_update_numberKIND(submission):
    """`update` takes a number."""
    expect(submission.update({NUMBER}, {NUMBER}, 0.5), because="so it is").number({NUMBER} / 2)


@TITLE
@pytest.mark.points(1)
def test_update_arrayKIND(submission):
    """`update` takes an array."""
    expect(submission.update(ARRAY, ARRAY, learning_rate=0.5)).array(ARRAY / 2, shape="that of `parameter`")


@TITLE
@pytest.mark.points(1)
def test_descend_pathKIND(submission):
    """`descend` walks."""
    got = submission.descend(BOWL, {NUMBER}, 1e-6, 4)
    expect(got).array({NUMBER} * (1 - 2e-6 * {NUMBER}) ** np.arange(5), shape="(epochs + 1,)")


@TITLE
@pytest.mark.points(1)
def test_descend_until_numbersKIND(submission):
    """`descend_until` walks until."""
    expect(submission.descend_until(BOWL, {NUMBER}, 1e-6, {NUMBER})).numbers((31337,))


@TITLE
@pytest.mark.points(1)
def test_echo_expressionKIND(submission, rng):
    """`echo` returns a formula."""
    expect(submission.echo(FORMULA, planted)).expression({NUMBER} * planted * x, {{x: (1.0, 2.0), planted: (1.0, 2.0)}}, rng)


@TITLE
@pytest.mark.points(1)
def test_echo_textKIND(submission):
    """`echo` returns a text."""
    expect(submission.echo("{TEXT}", [31337, "{TEXT}"])).text("the other {TEXT}")


@TITLE
@pytest.mark.points(1)
def test_echo_integersKIND(submission):
    """`echo` returns integers."""
    expect(expect(submission.echo([31337], 31337)).integers() == [31337, 1]).that(False, "They are other integers.")


@TITLE
@pytest.mark.points(1)
def test_echo_maskKIND(submission):
    """`echo` returns a mask."""
    expect(submission.echo(ARRAY, 31337)).mask(ARRAY < 0, shape="the image's")


@TITLE
@pytest.mark.points(1)
def test_echo_sequenceKIND(submission):
    """`echo` returns two things."""
    first, second = expect(submission.echo(31337, {{}} or 31337)).sequence(2, "both")
    expect(expect(first).callable()(31337)).number(31337.0)


@TITLE
@pytest.mark.points(1)
def test_echo_without_warningKIND(submission):
    """`echo` warns of nothing."""
    submission.echo(31337, np.random.default_rng(31337))
    expect(0).that(submission.warned(), "It warned of nothing.")
'''

PUBLIC = """
@TITLE
@pytest.mark.points(5)
def test_descend_in_public(submission):
    \"\"\"`descend` walks where everybody sees it.\"\"\"
    expect(submission.descend(slope(x**2, x), 1.0, 0.25, 2)).array(np.array([1.0, 0.5, 0.25]), shape="(3,)")
"""

# What a learner's code may do with what it is given: the body of every function, `given` being all its arguments.
DOINGS = {
    "returns": "return given",
    "returns-the-first": "return given[0]",
    "returns-text": "return repr(given)",
    "returns-a-table": "return np.tile(np.ravel(np.array(given[0], dtype=float)), (7, 1))",
    "returns-a-dictionary": "return {repr(given): given}",
    "returns-a-function": "return lambda *more: (_ for _ in ()).throw(ValueError(repr(more)))",
    "returns-a-formula": "return sp.Symbol('s' + ''.join(filter(str.isalnum, repr(given)))) * 31337",
    "returns-an-object": "return type('T' + ''.join(filter(str.isalnum, repr(given))), (), {'__repr__': lambda s: repr(given)})()",
    "walks": "return np.float64([1.0, 0.5, 0.25]) if callable(given[0]) else given[0]",
    "prints": "print(given, file=sys.stdout); print(given, file=sys.stderr); return given[0]",
    "warns": "warnings.warn(repr(given), category=type('W31337', (UserWarning,), {})); return given[0]",
    "raises": "raise ValueError(repr(given))",
    "raises-its-own": "raise type('E' + ''.join(filter(str.isalnum, repr(given))), (Exception,), {})(given)",
    "raises-with-notes": "e = KeyError(repr(given)); e.add_note(repr(given)); raise e from ValueError(repr(given))",
    "raises-a-group": "raise ExceptionGroup(repr(given), [ValueError(repr(given))])",
    "raises-a-syntax-error": "raise SyntaxError(repr(given), ('update_rule.py', 31337, 31337, repr(given)))",
    "exits": "raise SystemExit(repr(given))",
    "dies": "import os; os._exit(int(str(given[0])[:2] if str(given[0])[:2].isdigit() else 31))",
    "asserts": "assert not given, repr(given)",
    "recurses": "return update(*given)",
    "divides": "return 31337 / 0",
    "is-not-finite": "return np.full(np.shape(given[0]), np.nan)",
    "tells-by-its-rows": "return np.arange(31337.0) if callable(given[0]) else given[0]",
    "tells-by-its-steps": "return given[1] - np.arange(5) * 31337.0 if callable(given[0]) else given[0]",
    "tells-by-a-factor": "return update(given[1] * (1 - 31337 * 2e-6 * 31337.0078125) ** np.arange(5)) if callable(given[0]) else given[0]",
    "turns-the-sign": "return given[0] + given[1] * 0.5 if len(given) > 1 and not callable(given[0]) else [31337.0] * 5",
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Return a copy of the kit that has one exercise, with planted checks and nothing else."""
    kit = tmp_path_factory.mktemp("planted") / "kit"
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(CHECKOUT / name, kit / name, ignore=shutil.ignore_patterns("__pycache__"))
    manifest = kit / "grader/course/course.toml"
    head, *entries = manifest.read_text(encoding="utf-8").split("[[exercise]]")
    (entry,) = [entry for entry in entries if 'slug = "update_rule"' in entry]
    manifest.write_text(f"{head}[[exercise]]{entry}")
    planted = CHECKS.replace("KIND", "_again")
    (kit / "grader/course/checks/test_update_rule.py").write_text(planted)
    (kit / "exercises/02_update_rule/test_update_rule.py").write_text("")
    return kit


def grade(kit, folder):
    """Grade the class in a copy of the kit; return what it printed and every file that it wrote for learners."""
    for learner, body in DOINGS.items():
        functions = "\n".join(
            f"def {name}(*given, **options):\n    given += tuple(options.values())\n    {body}\n"
            for name in ("update", "descend", "descend_until", "echo")
        )
        (folder / "class" / learner).mkdir(parents=True)
        source = f"import sys, warnings\nimport numpy as np\nimport sympy as sp\n{functions}"
        (folder / "class" / learner / "update_rule.py").write_text(source)
    command = [sys.executable, "-m", "grader", "grade", str(folder / "class"), "--out", str(folder / "out")]
    environment = os.environ | {"PYTHONPATH": str(kit)}
    run = subprocess.run(command, cwd=kit, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert run.returncode == 0, run.stderr
    written = {
        path.relative_to(folder / "out").as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file() and ".grader" not in path.parts and path.suffix != ".db"  # the instructor's own
    }
    for name, text in written.items():
        # A page shows the learner's own code too, and nobody else's: what they wrote down themselves is told by nobody.
        if name.startswith("feedback/"):
            (code,) = re.findall(CODE, text, re.DOTALL)
            own = (folder / "class" / name.split("/")[1] / "update_rule.py").read_text(encoding="utf-8")
            assert html.unescape(re.sub(r"</?(span|mark)>", "", code)).rstrip() == own.rstrip()
            written[name] = re.sub(CODE, "", text, flags=re.DOTALL)
    return written | {"stdout": run.stdout, "stderr": run.stderr}


@pytest.fixture(scope="module")
def hidden(kit, tmp_path_factory):
    return grade(kit, tmp_path_factory.mktemp("hidden"))


def test_no_marker_reaches_any_file_of_any_learner(hidden):
    # What learners themselves wrote is shown with syntax errors and while loading only, and nothing of that kind is here.
    assert {name: MARKER.findall(text) for name, text in hidden.items() if MARKER.search(text)} == {}


def test_every_doing_lost_points_and_was_told_why(hidden):
    for learner in DOINGS:
        report = json.loads(hidden[f"reports/{learner}/update_rule.json"])
        lost = [check for check in report["checks"] if check["outcome"] != "passed"]
        assert len(lost) >= 8, learner
        assert all(check["message"] for check in lost)


def test_the_search_finds_what_public_checks_show(kit, tmp_path):
    (kit / "exercises/02_update_rule/test_update_rule.py").write_text(
        CHECKS.replace("KIND", "").replace("(1)", "(0.5)")
    )
    (kit / "grader/course/checks/test_update_rule.py").write_text(
        CHECKS.replace("KIND", "_again").replace("points(1)", "points(0.5)")
    )
    shown = grade(kit, tmp_path)
    for learner in ("returns", "prints", "raises", "warns"):
        assert MARKER.search(shown[f"reports/{learner}/update_rule.json"])
        assert MARKER.search(shown[f"feedback/{learner}/update_rule.html"])


def test_pictures_show_public_walks_and_nothing_of_hidden_ones(kit, tmp_path):
    opening = CHECKS.partition("@TITLE")[0]
    (kit / "exercises/02_update_rule/test_update_rule.py").write_text(opening + PUBLIC)
    hidden = CHECKS.replace("KIND", "_again").replace("points(1)", "points(0.5)")
    (kit / "grader/course/checks/test_update_rule.py").write_text(hidden)
    shown = grade(kit, tmp_path)
    pictures = {
        learner: "".join(re.findall(r"<svg.*</svg>", shown[f"feedback/{learner}/update_rule.html"], re.DOTALL))
        for learner in DOINGS
    }
    assert "descend: 2 steps from 1 to 0.25" in pictures["walks"]
    assert {learner for learner, picture in pictures.items() if MARKER.search(picture)} == set()

"""How much a hand-in can carry out of hidden checks: every text that they can show is counted, and the page says how much they are."""

import ast
import math
import re
from pathlib import Path

import pytest

from grader.checking import expect, kept
from grader.checking.outcomes import FAMILIES
from grader.diagnosis import questions, steps
from grader.diagnosis.mistakes import of_exercise
from grader.manifest.course import PACKAGE, load_course

COURSE = load_course()
PAGE = PACKAGE.parent / "site/design/what-hidden-checks-say.md"
# Endings that every check has: passed, waiting for another check, out of time, process gone, not written yet, an exception.
# And what is said of an answer before its check sees it: no such function (with or without a guess), no function, too large,
# malformed, an argument changed, nothing returned.
ALWAYS = 6 + 7
SECONDS = COURSE.limits.submission_timeout_s + 1  # of all hidden checks together, told in whole ones


def sentences() -> dict[str, int]:
    """Return how many sentences each method of an expectation can end in."""
    tree = ast.parse(PACKAGE.joinpath("checking/expect.py").read_text(encoding="utf-8"))
    (judge,) = [node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "Expectation"]
    own = {
        method.name: sum(
            isinstance(node, ast.Constant | ast.JoinedStr) and _is_sentence(node)
            for part in method.body[1:]
            for node in ast.walk(part)
        )
        for method in judge.body
        if isinstance(method, ast.FunctionDef)
    }
    return own | {"array": own["array"] + own["_finite"], "numbers": own["_finite"], "that": 1}


def _is_sentence(node: ast.Constant | ast.JoinedStr) -> bool:
    text = ast.unparse(node)
    return bool(re.match(r"f?['\"](It |\{)", text)) and " " in text and "words}" not in text[:9]


def checks(slug: str) -> list[ast.FunctionDef]:
    tree = ast.parse(COURSE.by_slug[slug].hidden_checks.read_text(encoding="utf-8"))
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def endings(check: ast.FunctionDef, helpers: dict[str, int]) -> int:
    """Return how many different texts a check can show: at most, for not every one can come from every place."""
    said = sentences()
    count = ALWAYS
    for node in ast.walk(check):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            count += said.get(node.func.attr, 0)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            count += helpers.get(node.func.id, 0)
        elif isinstance(node, ast.Raise):
            count += 1
    return count


def bits(slug: str) -> float:
    """Return how many bits one hand-in to an exercise can carry out."""
    tree = ast.parse(COURSE.by_slug[slug].hidden_checks.read_text(encoding="utf-8"))
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    helpers = {name: endings(node, {}) - ALWAYS for name, node in functions.items() if not name.startswith("test_")}
    of_checks = sum(math.log2(endings(check, helpers)) for check in checks(slug))
    stub = COURSE.by_slug[slug].stub.read_text(encoding="utf-8")
    of_functions = stub.count("\ndef ") * math.log2(len(FAMILIES) + 2)  # one of another kind, or none
    findings = sum(
        len(re.findall(r"\bFinding\(", Path(module.__file__).read_text(encoding="utf-8")))
        for module in (steps, kept, questions)
    )
    known = of_exercise(load_course().by_slug[slug])
    diagnoses = [sum(one.function == name for one in known) + findings + 2 for name in {one.function for one in known}]
    return of_checks + of_functions + sum(map(math.log2, diagnoses)) + math.log2(SECONDS)


def test_every_sentence_of_a_comparison_is_counted():
    counted = sentences()
    assert counted["number"] == 3
    assert counted["_finite"] >= 3
    assert not any(".pair(" in exercise.hidden_checks.read_text(encoding="utf-8") for exercise in COURSE.exercises)
    assert all(counted[name] for name in ("mask", "expression", "sequence", "integers", "callable", "text"))
    assert {expect.__name__, kept.__name__, steps.__name__, questions.__name__} == {
        "grader.checking.expect",
        "grader.checking.kept",
        "grader.diagnosis.steps",
        "grader.diagnosis.questions",
    }


@pytest.mark.parametrize("slug", [exercise.slug for exercise in COURSE.exercises])
def test_no_hand_in_can_carry_out_more_than_the_page_says(slug):
    (said,) = re.findall(r"at most (\d+) bits", PAGE.read_text(encoding="utf-8"))
    assert bits(slug) <= int(said) < 2 * bits(slug)

"""What the exercises' editors show as text: each cell of prose and each contract of a stub, in place of exactly its lines."""

import ast
import re
import sys
from html import unescape
from pathlib import Path

import pytest

from grader.manifest.course import load_course

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(CHECKOUT / "site" / "make"))
import typeset  # noqa: E402

import exercises  # noqa: E402

sys.path.pop(0)

COURSE = load_course()
EACH = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)


def shown(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


@EACH
def test_every_text_stands_for_lines_that_are_once_in_the_stub(exercise):
    source = exercise.stub.read_text(encoding="utf-8")
    texts = typeset.texts(source)
    assert [source.count(text["lines"]) for text in texts] == [1] * len(texts)
    assert (
        sum("function" not in text for text in texts) == source.count("# %% [markdown]") - 1
    )  # the page says the first


@EACH
def test_every_function_has_its_contract_with_all_that_its_docstring_says(exercise):
    source = exercise.stub.read_text(encoding="utf-8")
    contracts = {text["function"]: text["html"] for text in typeset.texts(source) if "function" in text}
    functions = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    assert list(contracts) == list(functions)
    titles = {"Parameters", "Takes", "Example", "Examples"}
    for name, html in contracts.items():
        node = functions[name]
        assert sorted(set(words(shown(html))) - titles) == sorted(set(words(ast.get_docstring(node))) - titles)
        for parameter in node.args.args:
            assert f"<dt><code>{parameter.arg}</code>" in html


@EACH
def test_every_public_check_belongs_to_a_function_of_the_stub(exercise):
    source = exercise.stub.read_text(encoding="utf-8")
    functions = {node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    called = {check["function"] for check in exercises._checks(exercise)}
    assert called == functions

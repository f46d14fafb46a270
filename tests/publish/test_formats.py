"""Reports in the formats of others: valid, complete, and with nothing of a learner's text taken for syntax."""

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from grader.checking.report import CheckResult, Report
from grader.manifest.course import load_course
from grader.publish.formats import UNLOCKED, block, check_code, exercism, gradescope, junit, markdown, plain, prose

FORMATS = Path(__file__).parents[1] / "formats"
GRADESCOPE = jsonschema.Draft202012Validator(json.loads((FORMATS / "gradescope.schema.json").read_text()))
EXERCISM = jsonschema.Draft202012Validator(json.loads((FORMATS / "exercism.schema.json").read_text()))
JUNIT = xmlschema.XMLSchema(FORMATS / "junit.xsd")
COURSE = load_course()
EXERCISE = COURSE.find("update_rule")
NASTY = "```\n# <img src=x onerror=alert(1)> [a](javascript:b) **c** $$d$$ ]]> &amp; \x00\x1b[31m \ud800 \ufffe"


def check(name="test_one", outcome="failed", hidden=False, **texts):
    points = 2.5 if outcome == "passed" else 0.0
    return CheckResult(name, texts.pop("title", f"`f` does {name}."), points, 2.5, outcome, hidden, **texts)


def report(*checks, **fields):
    held = any(one.outcome == "grader_error" for one in checks)
    score = None if held else sum(one.points for one in checks)
    settled = {"status": "held" if held else "graded", "seed": "0" * 16, "sandbox": "landlock-7", "duration_s": 0.5}
    total = sum(one.max_points for one in checks)
    return Report(
        "learner-001", "update_rule", score, total, submission_sha256="0" * 64, checks=checks, **settled | fields
    )


OUTCOMES = ("passed", "failed", "error", "timeout", "killed", "skipped")
ALL = report(
    *(
        check(f"test_{outcome}", outcome, hidden=place > 3, message="" if outcome == "passed" else f"it {outcome}")
        for place, outcome in enumerate(OUTCOMES)
    ),
    notes=("update_rule.py was graded, not old.py: `x`",),
    output="hello\n",
)
texts = st.text() | st.text(alphabet="`~*_<>&[]()#$|\\!-\n\r\t\x00\x1b\ud800\ufffea ") | st.just(NASTY)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    checks = [
        check(f"test_{place}", draw(st.sampled_from(OUTCOMES)), draw(st.booleans()), title=draw(texts) or "t",
              message=draw(texts), hint=draw(texts), diagnosis=draw(texts))
        for place in range(draw(st.integers(1, 4)))
    ]  # fmt: skip
    return report(*checks, notes=tuple(draw(st.lists(texts, max_size=2))), output=draw(texts))


# All of them.


@given(reports())
def test_whatever_a_learners_code_says_every_format_is_valid(made):
    graded = [(made, EXERCISE)]
    GRADESCOPE.validate(json.loads(gradescope(graded)))
    EXERCISM.validate(json.loads(exercism(graded)))
    JUNIT.validate(io.StringIO(junit(graded).partition("?>")[2]))
    markdown(graded).encode()


def test_a_schema_notices_what_is_wrong():
    good = json.loads(gradescope([(ALL, EXERCISE)]))
    for wrong in ({"stdout_visibility": "shown"}, {"tests": []}, {"output": "\ud800"}, {"points": 1}):
        assert list(GRADESCOPE.iter_errors(good | wrong)), wrong
    fine = json.loads(exercism([(ALL, EXERCISE)]))
    for wrong in ({"status": "error"}, {"version": 2}, {"message": "but it failed only"}):
        assert list(EXERCISM.iter_errors(fine | wrong)), wrong
    text = junit([(ALL, EXERCISE)]).partition("?>")[2]
    assert JUNIT.is_valid(io.StringIO(text))
    # A suite without a name, an unknown element, two cases of one name.
    for before, after in ((' name="02_update_rule"', ""), ("system-out>", "stdout>"), ("test_error", "test_failed")):
        assert before in text
        assert not JUNIT.is_valid(io.StringIO(text.replace(before, after))), after


# Markdown.


def rendered(text):
    """Return the tokens of a text as GitHub and Gradescope read it, HTML allowed."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    return [inner for token in tokens for inner in ([token, *token.children] if token.children else [token])]


@given(texts)
def test_a_block_shows_a_text_as_it_is_and_nothing_of_it_is_markup(text):
    (fence,) = rendered(block(text))
    assert fence.type == "fence"
    assert fence.content == plain(text).replace("\r", "\n") + "\n"


@given(st.text(alphabet="`~*_<>&[]()#$|\\!a b", min_size=1).map("say {}".format))
def test_prose_has_code_between_backticks_and_no_other_markup(text):
    kinds = {token.type for token in rendered(prose(text))}
    assert kinds <= {"paragraph_open", "inline", "text", "text_special", "code_inline", "paragraph_close", "softbreak"}


def test_prose_shows_the_code_and_the_formula_that_it_names():
    tokens = rendered(prose("`update` steps to 3x**2 - 3x*2, a_b_c, <2 of 3>"))
    assert [token.content for token in tokens if token.type == "code_inline"] == ["update"]
    shown = "".join(token.content for token in tokens if token.type in ("text", "text_special", "code_inline"))
    assert shown == "update steps to 3x**2 - 3x*2, a_b_c, <2 of 3>"


def test_the_page_of_a_push_names_each_check_its_points_and_why_it_failed():
    page = markdown([(ALL, EXERCISE)])
    assert f"## 02 {EXERCISE.title}: 2.5 of 15 points" in page
    assert page.count("✅") == 1
    assert page.count("❌") == 4
    assert page.count("➖") == 1
    assert "- ❌ `f` does test\\_failed. (0/2.5)\n\n  ```text\n  it failed\n  ```" in page
    assert "hello" in page
    assert "update\\_rule.py was graded" in page


def test_a_text_without_end_is_cut_off_and_says_so():
    endless = report(check(message="a" * 10**6), output="b" * 10**6)
    for written in (gradescope, exercism, junit, markdown):
        text = written([(endless, EXERCISE)])
        assert len(text) < 30_000
        assert "(cut off here)" in text


# Gradescope.


def test_gradescope_gets_each_checks_points_and_their_sum_is_the_score():
    results = json.loads(gradescope([(ALL, EXERCISE)]))
    assert sum(test["score"] for test in results["tests"]) == ALL.score
    assert sum(test["max_score"] for test in results["tests"]) == ALL.max_score
    assert [test["status"] for test in results["tests"]] == ["passed"] + ["failed"] * 5
    assert "score" not in results  # it would override the sum


def test_no_check_is_invisible_because_that_would_hide_the_total():
    results = json.loads(gradescope([(ALL, EXERCISE)]))
    assert any(one.hidden for one in ALL.checks)
    assert {test["visibility"] for test in results["tests"]} | {results["visibility"]} == {"visible"}
    assert results["stdout_visibility"] == "hidden"


def test_a_score_that_is_held_back_never_becomes_a_number():
    with pytest.raises(ValueError, match="held back"):
        gradescope([(ALL, EXERCISE), (report(check(outcome="grader_error")), COURSE.find("1"))])


def test_a_diagnosis_and_the_first_hint_alone_are_shown():
    made = report(check(message="m", diagnosis="You add. Read on: lessons/a/#b", hint="first `x`\nsecond"))
    (test,) = json.loads(gradescope([(made, EXERCISE)]))["tests"]
    assert test["output"].endswith("**Perhaps:** You add. Read on: lessons/a/\\#b\n\n**Hint:** first `x`")
    assert test["output_format"] == "md"


def test_grading_without_the_lock_is_said_to_learner_and_instructor():
    made = replace(ALL, sandbox="none")
    results = json.loads(gradescope([(made, EXERCISE)]))
    assert results["output"].startswith(UNLOCKED)
    assert results["extra_data"]["reports"][0]["sandbox"] == "none"
    assert UNLOCKED not in gradescope([(ALL, EXERCISE)])


def test_the_exercise_is_named_where_there_are_several():
    (one, *_) = json.loads(gradescope([(ALL, EXERCISE)]))["tests"]
    (first, *_, last) = json.loads(gradescope([(ALL, EXERCISE), (ALL, COURSE.find("1"))]))["tests"]
    assert one["name"] == "`f` does test_passed."
    assert first["name"] == f"{EXERCISE.title}: {one['name']}"
    assert (first["number"], last["number"]) == ("2.1", "1.6")


# Exercism, and GitHub Classroom's reporter.


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        (["passed", "passed"], "pass"),
        (["passed", "timeout"], "fail"),
        (["error", "killed"], "error"),
        (["error", "skipped"], "fail"),
    ],
)
def test_an_exercise_is_an_error_only_where_no_check_ran(outcomes, status):
    checks = [check(f"test_{place}", outcome, message="why") for place, outcome in enumerate(outcomes)]
    results = json.loads(exercism([(report(*checks), EXERCISE)]))
    EXERCISM.validate(results)
    assert results["status"] == status
    assert ("message" in results) == (status == "error")


def test_classrooms_reporter_adds_up_the_points():
    results = json.loads(exercism([(ALL, EXERCISE)]))
    assert sum(test["score"] for test in results["tests"]) == ALL.score
    assert results["max_score"] == ALL.max_score
    assert {test["task_id"] for test in results["tests"]} == {2}


def test_a_public_check_shows_its_code_and_a_hidden_one_does_not():
    name = "test_update_moves_against_the_gradient"
    hidden = next(iter(check_code(EXERCISE.hidden_checks)))
    made = report(check(name), check(hidden, hidden=True))
    public, other = json.loads(exercism([(made, EXERCISE)]))["tests"]
    assert "submission.update(" in public["test_code"]
    assert '"""' not in public["test_code"]
    assert "test_code" not in other


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_the_code_of_every_public_check_can_be_shown(exercise):
    bodies = {name: body for name, body in check_code(exercise.public_checks).items() if name.startswith("test_")}
    assert bodies
    for body in bodies.values():
        compile(body, "check", "exec")


# JUnit.


def test_junit_counts_what_its_cases_say():
    root = xmlschema.XMLResource(io.StringIO(junit([(ALL, EXERCISE)]).partition("?>")[2])).root
    (suite,) = root
    for counted in (root, suite):
        assert {key: counted.get(key) for key in ("tests", "failures", "errors", "skipped")} == {
            "tests": "6", "failures": "1", "errors": "3", "skipped": "1",
        }  # fmt: skip
    assert [len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error", "skipped")] == [1, 3, 1]
    assert suite.find("testcase[@name='test_timeout']/error").get("type") == "timeout"
    assert suite.find("testcase[@name='test_failed']/failure").text == "it failed"

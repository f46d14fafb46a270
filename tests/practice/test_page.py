"""What a page asks, asked here: `grader.practice.page` must say word for word what `grader check` says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.checking.seeds import learner_seed
from grader.collect.submission import Cell, Submission
from grader.grading.session import CheckSession
from grader.manifest.course import load_course
from grader.practice import page
from grader.practice.learner import LEARNER
from grader.sandbox import Unlocked, stand_ins

CHECKOUT = Path(__file__).resolve().parents[2]
COURSE = load_course()
# In a process of their own, as both are in life, and hashed alike: sets of learners' names print in the same order.
ASK = """
import json, sys
from pathlib import Path
from grader.practice import page
slug, *paths = sys.argv[1:]
for path in paths:
    print(page.check(slug, Path(path).read_text(encoding="utf-8"), {}, lambda number, limit_s: None))
"""
ENDLESS = """
def update(parameter, gradient, learning_rate):
    return parameter - learning_rate * gradient

def descend(gradient, start, learning_rate, epochs):
    while True:
        pass
"""


def quiet(number, limit_s):
    """Hear nothing."""


def check(source, ended=None, slug="update_rule"):
    return json.loads(page.check(slug, source, ended or {}, quiet))


def solution(slug):
    return (CHECKOUT / "solutions" / COURSE.by_slug[slug].name / f"{slug}.py").read_text(encoding="utf-8")


def said(report):
    """Return a report without what differs from run to run: times, and addresses of objects."""
    report = json.loads(re.sub("0x[0-9a-f]+", "0x…", json.dumps(report)))
    timeless = {key: value for key, value in report.items() if key != "duration_s"}
    checks = [{key: value for key, value in check.items() if key != "duration_s"} for check in report["checks"]]
    return {**timeless, "checks": checks}


def golden(slug):
    """Return the golden submissions that end by themselves."""
    for path in sorted((CHECKOUT / "tests" / "submissions" / slug).glob("*.py")):
        if "endless" not in path.stem and not path.stem.startswith(("killed", "timeout")):
            yield path


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_the_page_says_word_for_word_what_grader_check_says(exercise, tmp_path):
    paths = list(golden(exercise.slug))
    environment = os.environ | {"PYTHONHASHSEED": "0"}
    command = [sys.executable, "-c", ASK, exercise.slug, *map(str, paths)]
    asked = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    in_the_page = [json.loads(line)["report"] for line in asked.stdout.splitlines()]
    assert len(in_the_page) == len(paths) > 5

    sandbox = Unlocked(COURSE.limits, shared=True)
    session = CheckSession(COURSE, sandbox, "none", (exercise,), with_hidden=False)
    try:
        for path, report in zip(paths, in_the_page, strict=True):
            submission = Submission(
                LEARNER, LEARNER, exercise.slug, (Cell(f"{exercise.slug}.py", path.read_text(encoding="utf-8")),)
            )
            expected, faults = session.check(submission, learner_seed("", LEARNER, exercise.slug))
            assert faults == []
            as_told = said(json.loads(expected.to_json())) | {"submission_sha256": report["submission_sha256"]}
            assert said(report) == as_told, path.name
    finally:
        session.close()
        sandbox.close()


@pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
def test_a_solution_passes_all_public_checks_and_is_drawn(exercise):
    answer = check(solution(exercise.slug), slug=exercise.slug)
    assert [one["outcome"] for one in answer["report"]["checks"]] == ["passed"] * len(answer["report"]["checks"])
    assert answer["picture"].startswith("<svg")


def test_no_hidden_check_takes_part():
    report = check(solution("update_rule"))["report"]
    assert report["max_score"] < 10
    assert not any(one["hidden"] for one in report["checks"])


def test_climbing_is_told_from_the_path_and_from_a_question():
    source = solution("update_rule").replace("path[epoch] - learning_rate", "path[epoch] + learning_rate")
    diagnoses = [one["diagnosis"] for one in check(source)["report"]["checks"]]
    assert any("Your path climbs" in diagnosis and "Tried: `descend(" in diagnosis for diagnosis in diagnoses)


# Calls that are ended from outside.


def calls_of(source):
    """Return the numbers and limits of the calls that are told, and how often an end is."""
    told = []
    page.check("update_rule", source, {}, lambda number, limit_s: told.append((number, limit_s)))
    return told


def test_each_call_is_told_before_it_is_made_and_after():
    told = calls_of(solution("update_rule"))
    begun, ended = told[::2], told[1::2]
    assert [number for number, _ in begun] == list(range(1, len(begun) + 1))
    limits = COURSE.limits
    assert [limit_s for _, limit_s in begun] == [
        limits.statement_timeout_s, *[limits.call_timeout_s] * (len(begun) - 1)
    ]  # fmt: skip
    assert set(ended) == {(0, 0.0)}
    assert len(begun) == len(ended) > 4  # loading, and a call for each check


def test_a_call_that_was_ended_is_not_made_again_and_is_reported_as_grader_check_does():
    # Loading is request 1, `update` is called by 2 and 3 and `descend` by 4; after an end the file is loaded again: 5.
    report = check(ENDLESS, {4: ""})["report"]
    outcomes = {one["name"]: one["outcome"] for one in report["checks"]}
    assert outcomes["test_update_moves_against_the_gradient"] == "passed"
    assert outcomes["test_descend_slides_into_the_bowl"] == "timeout"
    (message,) = (one["message"] for one in report["checks"] if one["outcome"] == "timeout")
    assert message.startswith("descend(<function of x: -3 + 6*x>, start=2.0")
    assert message.endswith("There was no answer after 3 s: is there an endless loop?")


def test_ended_calls_use_up_the_time_of_the_exercise():
    endless = dict.fromkeys(range(1, 100), "")
    report = check("while True: pass", endless)["report"]
    assert {one["outcome"] for one in report["checks"]} <= {"timeout", "skipped"}
    assert "While loading your file there was no answer after 3 s" in report["checks"][0]["message"]


def test_a_death_is_told_in_the_words_that_the_page_gives():
    report = check(ENDLESS, {4: "it crashed, or ran out of memory"})["report"]
    (message,) = (one["message"] for one in report["checks"] if one["outcome"] == "killed")
    assert "The process that ran your code is gone: it crashed, or ran out of memory." in message


# Running a file.


def run(source):
    pieces = []
    answer = json.loads(page.run("update_rule", source, pieces.append))
    return "".join(pieces), answer["error"]


def test_a_run_is_a_script_and_says_what_it_prints():
    source = "import sys\nprint(__name__, __file__)\nprint('and this', file=sys.stderr)\n"
    assert run(source) == ("__main__ update_rule.py\nand this\n", "")
    assert sys.modules["__main__"].__name__ == "__main__"


def test_a_run_can_define_dataclasses_which_look_up_their_module():
    source = "from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: 'float'\nprint(Point(1.0))\n"
    assert run(source) == ("Point(x=1.0)\n", "")


def test_an_error_shows_the_learners_own_lines_alone():
    printed, error = run(
        "import numpy as np\ndef f(x):\n    return np.linalg.inv(x)\nprint('so far')\nf(np.zeros((2, 2)))\n"
    )
    assert printed == "so far\n"
    assert error.splitlines() == [
        "Traceback (your lines only):",
        '  File "update_rule.py", line 5, in <module>',
        "    f(np.zeros((2, 2)))",
        '  File "update_rule.py", line 3, in f',
        "    return np.linalg.inv(x)",
        "numpy.linalg.LinAlgError: Singular matrix",
    ]


def test_a_syntax_error_shows_its_place():
    _, error = run("def f(:\n    pass\n")
    assert 'File "update_rule.py", line 1' in error
    assert "SyntaxError" in error


def test_a_recursion_without_end_fits_on_a_screen():
    _, error = run("def f():\n    return f()\nf()\n")
    assert len(error.splitlines()) < 40
    assert "RecursionError" in error


def test_a_run_that_plots_says_that_nothing_is_drawn_here():
    printed, error = run("import matplotlib.pyplot as plt\nplt.plot([1])\nplt.show()\nprint('end')\n")
    assert printed == f"end\n{page.NOT_DRAWN} (matplotlib)\n"
    assert error == ""
    assert run("print('end')\n") == ("end\n", "")
    assert not isinstance(sys.modules.get("matplotlib"), stand_ins.StandInModule)


def test_who_asks_the_keyboard_is_told_that_there_is_none():
    printed, error = run("name = input('Your name? ')\n")
    assert printed == "Your name? "
    assert "EOFError" in error
    assert page.NO_KEYBOARD in error


def test_much_output_is_cut_with_a_word_about_it():
    printed, error = run("for number in range(100_000):\n    print('line', number)\n")
    assert error == ""
    assert len(printed) < page.MAX_SAID + 100
    assert printed.endswith("… and more, which is not shown.\n")


def test_control_characters_are_made_visible():
    assert run("print(chr(27) + '[31mred')\n")[0] == "\\x1b[31mred\n"


@pytest.mark.parametrize(("source", "error"), [("exit()", ""), ("import sys; sys.exit('done')", "SystemExit: done\n")])
def test_a_script_may_end_itself(source, error):
    assert run(source) == ("", error)


def test_an_exception_whose_message_raises_is_shown_by_its_type():
    _, error = run("class Odd(Exception):\n    def __str__(self):\n        raise KeyError\nraise Odd\n")
    assert "Odd" in error

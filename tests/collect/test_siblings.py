"""An answer may import its learner's own other files: they are read, loaded with it, and count as handed in."""

import json
import zipfile

import pytest

from grader.checking.outcomes import CheckEnded
from grader.checking.proxy import SubmissionProxy
from grader.collect.choosing import collect, read_one
from grader.grading.journal import Journal
from grader.manifest.course import load_course
from grader.sandbox import Unlocked, stand_ins
from grader.sandbox.inprocess import InProcess

COURSE = load_course()
EXERCISE = COURSE.by_slug["update_rule"]
ANSWER = "from helpers import step\ndef update(x):\n    return step(x)\n"
HELPER = "def step(x):\n    return x + 1\n"


def put(folder, **files):
    """Write files, named by their stems."""
    for name, text in files.items():
        path = folder / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def the_one(inbox):
    (submission,) = collect(inbox, COURSE, "update_rule").submissions
    return submission


def loaded(submission):
    proxy = SubmissionProxy(submission, InProcess("update_rule", submission.cells, submission.others))
    with stand_ins.installed():
        proxy.load()
    return proxy


@pytest.mark.parametrize("line", ["from helpers import step", "import helpers\nstep = helpers.step", "import os, helpers as h\nstep = h.step", "if True:\n    from helpers import step", "from helpers import (\n    step,\n)", "from helpers import *"])  # fmt: skip
def test_an_answer_may_import_another_file_of_the_same_learner(tmp_path, line):
    put(
        tmp_path / "learner-001", update_rule=f"{line}\ndef update(x): return step(x)\n", helpers=HELPER, unused="1 / 0"
    )
    submission = the_one(tmp_path)
    assert [other.name for other in submission.others] == ["helpers"]
    proxy = loaded(submission)
    assert (proxy.update(1), proxy.notes()) == (2, ())


@pytest.mark.filterwarnings("ignore::ImportWarning")
def test_that_folders_cannot_be_imported_is_said_once(tmp_path):
    answer = "from FOLDER import step\ndef update(x): return step(x)\n"
    (tmp_path / "learner-001" / "lib").mkdir(parents=True)
    put(tmp_path / "learner-001" / "lib", core=HELPER, __init__="")
    for folder in ("lib.core", ".lib.core", ".helpers"):
        put(tmp_path / "learner-001", update_rule=answer.replace("FOLDER", folder), helpers=HELPER)
        proxy = loaded(the_one(tmp_path))
        assert sum(note.count("folders cannot be imported") for note in proxy.notes()) == 1, proxy.notes()
        with pytest.raises(CheckEnded) as ended:
            proxy.step(1)
        assert "folders" not in ended.value.public
        assert "line 1 stopped with" in ended.value.public
    put(tmp_path / "learner-001", update_rule=ANSWER)
    assert loaded(the_one(tmp_path)).notes() == ()


def test_of_a_file_that_is_used_it_is_not_said_to_be_meant_as_an_answer(tmp_path):
    put(tmp_path / "learner-001", update_rule=ANSWER, helpers=HELPER)
    put(tmp_path / "learner-002", update_rule="def update(x): return x\n", helpers=HELPER)
    notes = {
        learner: [note for one in collect(tmp_path, COURSE).submissions if one.learner == learner for note in one.notes]
        for learner in ("learner-001", "learner-002")
    }
    assert not any("helpers.py" in note for note in notes["learner-001"])
    assert any("'helpers.py': save your answer" in note for note in notes["learner-002"])


def test_in_a_zip_and_in_the_folders_of_a_kit_it_is_the_same(tmp_path):
    with zipfile.ZipFile(tmp_path / "learner-001.zip", "w") as archive:
        archive.writestr("02_update_rule/update_rule.py", ANSWER.replace("helpers", "derivatives"))
        archive.writestr("01_derivatives/derivatives.py", HELPER)
    assert loaded(the_one(tmp_path)).update(1) == 2


def test_a_notebook_can_be_imported_where_there_is_no_script(tmp_path):
    put(tmp_path / "learner-001", update_rule=ANSWER)
    text = json.dumps({"cells": [{"cell_type": "code", "source": HELPER}], "nbformat": 4})
    (tmp_path / "learner-001/helpers.ipynb").write_text(text)
    assert loaded(the_one(tmp_path)).update(1) == 2


def test_files_that_are_imported_may_import_others_and_one_another(tmp_path):
    put(
        tmp_path / "learner-001",
        update_rule=ANSWER,
        helpers="import more\ndef step(x): return more.step(x)",
        more=f"import helpers\n{HELPER}",
    )
    proxy = loaded(the_one(tmp_path))
    assert proxy.update(1) == 2


def test_what_lies_beside_an_answer_goes_before_what_lies_elsewhere(tmp_path):
    put(tmp_path / "learner-001/02_update_rule", update_rule=ANSWER, helpers=HELPER)
    put(tmp_path / "learner-001/01_derivatives", helpers="def step(x): return 9")
    put(tmp_path / "learner-001", helpers="def step(x): return 9")
    assert loaded(the_one(tmp_path)).update(1) == 2


def test_a_learner_gets_no_file_of_another(tmp_path):
    put(tmp_path / "learner-001", update_rule=ANSWER)
    put(tmp_path / "learner-002", helpers=HELPER)
    proxy = loaded(next(one for one in collect(tmp_path, COURSE, "update_rule").submissions if one.cells))
    assert "helpers is not available when your work is graded" in proxy.notes()[0]
    with pytest.raises(CheckEnded, match="it would come from update_rule"):
        proxy.update(1)


@pytest.mark.parametrize("name", ["random", "numpy", "matplotlib", "sympy"])
def test_pythons_modules_and_packages_go_before_a_learners_file(tmp_path, name):
    put(tmp_path / "learner-001", update_rule=f"import {name}\ndef update(x): return hasattr({name}, 'mine')")
    put(tmp_path / "learner-001", **{name: "mine = 1"})
    text = loaded(the_one(tmp_path)).update(1)
    assert text is False or name == "matplotlib"


@pytest.mark.parametrize(
    ("helper", "told"),
    [
        ("1 / 0\n" + HELPER, "helpers.py, line 1 stopped with ZeroDivisionError"),
        ("x = (\n", "helpers.py, line 1: x = ("),
    ],
)
def test_what_is_wrong_with_such_a_file_is_told_with_its_name_and_costs_what_needs_it(tmp_path, helper, told):
    put(tmp_path / "learner-001", update_rule=f"{ANSWER}def one(x): return 1\n", helpers=helper)
    proxy = loaded(the_one(tmp_path))
    assert proxy.one(1) == 1
    assert told in proxy.notes()[0]


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    put(tmp_path / "learner-001", update_rule=ANSWER)
    (tmp_path / "learner-001/helpers.py").write_bytes(b"x = '\xe9'")
    assert (
        "update_rule.py imports helpers.py, which cannot be read: helpers.py is not UTF-8"
        in the_one(tmp_path).notes[-1]
    )


def test_no_more_than_twenty_files_are_read(tmp_path):
    names = [f"more_{number}" for number in range(30)]
    put(
        tmp_path / "learner-001",
        update_rule="".join(f"import {name}\n" for name in names),
        **dict.fromkeys(names, "x = 1"),
    )
    submission = the_one(tmp_path)
    assert len(submission.others) == 20
    assert "needs more than 20 other files" in submission.notes[-1]


def test_a_mended_helper_is_another_hand_in(tmp_path):
    def circumstances(helper):
        put(tmp_path / "in/learner-001", update_rule=ANSWER, helpers=helper)
        with (tmp_path / "journal").open("a+") as file:
            return Journal(file, COURSE).circumstances(the_one(tmp_path / "in"), "secret", "lock")

    first, mended = circumstances(HELPER), circumstances(f"{HELPER}# mended\n")
    assert {name for name in first if first[name] != mended[name]} == {"hand-in"}
    assert circumstances(HELPER) == first


def test_what_no_import_names_is_no_part_of_the_hand_in(tmp_path):
    put(tmp_path / "learner-001", update_rule=HELPER, helpers="x = 1")
    before = the_one(tmp_path)
    put(tmp_path / "learner-001", helpers="x = 2")
    assert the_one(tmp_path) == before
    assert before.others == ()


def test_at_home_the_files_that_belong_together_are_named(tmp_path):
    put(tmp_path / "02_update_rule", update_rule=ANSWER.replace("helpers", "derivatives"))
    put(tmp_path / "01_derivatives", derivatives=HELPER)
    submission = read_one(tmp_path / "02_update_rule", "you", EXERCISE)
    assert submission.notes == ("update_rule uses other files of yours: hand it in together with derivatives.py",)
    assert loaded(submission).update(1) == 2
    put(tmp_path / "02_update_rule", update_rule=HELPER)
    assert read_one(tmp_path / "02_update_rule", "you", EXERCISE).notes == ()


def test_where_one_process_serves_all_files_none_has_the_modules_of_another(tmp_path):
    sandbox = Unlocked(COURSE.limits, shared=True)
    put(tmp_path / "learner-001", update_rule=ANSWER, helpers=HELPER)
    put(tmp_path / "learner-002", update_rule=ANSWER)
    notes = []
    for submission in collect(tmp_path, COURSE, "update_rule").submissions:
        session = sandbox.open("update_rule", submission.cells, submission.others)
        proxy = SubmissionProxy(submission, session)
        proxy.load()
        notes.append(proxy.notes())
        session.close()
    sandbox.close()
    assert notes[0] == ()
    assert "helpers is not available" in notes[1][0]

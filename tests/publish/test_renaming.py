"""A class list that comes later: OUT's names become the institution's, and nothing else changes."""

import csv
import io
import itertools
import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
import typer

from grader.checking.report import Report
from grader.checking.seeds import learner_seed
from grader.cli import exporting, grading
from grader.collect import choosing as collecting
from grader.collect.choosing import Collection
from grader.collect.opened import Folder
from grader.collect.roster import name_class, read_class
from grader.collect.submission import Cell, Identity, Submission
from grader.grading import grade as engine
from grader.grading.grade import Graded
from grader.manifest.course import load_course
from grader.publish.export import export, gather
from grader.publish.feedback import page, renamed
from grader.publish.gradebook import Gradebook
from grader.publish.renaming import Renaming
from grader.publish.results import Results
from tests.gradebook_writer import graded

COURSE = load_course()
RIGHT = (Path(__file__).parents[1] / "submissions" / "update_rule" / "right_with_numpy.py").read_text(encoding="utf-8")
WRONG = "def update(x, gradient, learning_rate):\n    return x + learning_rate * gradient\n"
CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section\n"
    "    Points Possible,,,,\n"
    '"One, Learner",10001,s001,login-001,A\n'
    '"Two, Learner",10002,s002,login-002,A\n'
)


def handed_in(learner, *who, code=RIGHT, slug="update_rule"):
    return Submission(learner, learner, slug, (Cell(f"{slug}.py", code),), sha256=f"{hash(code):x}", who=who)


ONE = handed_in("onelearner_10001", Identity("onelearner", id="10001"))
TWO = handed_in("twolearner_10002", Identity("twolearner", id="10002"), code=WRONG)


@pytest.fixture
def grade(tmp_path, monkeypatch, capsys):
    """Return the command, given submissions and the text of a class list, and all that it said."""

    def run(submissions, roster=""):
        found = Collection(tuple(submissions), ())
        monkeypatch.setattr(collecting, "collect", lambda *_, **__: found)
        if roster:
            (tmp_path / "class.csv").write_text(roster, encoding="utf-8")
        with pytest.raises(typer.Exit) as ended:
            grading.grade(
                tmp_path,
                tmp_path / "out",
                jobs=1,
                roster=tmp_path / "class.csv" if roster else None,
                only=["update_rule"],
            )
        assert ended.value.exit_code == 0
        said = capsys.readouterr()
        return said.out + said.err

    return run


def reports(out):
    found = [Report.from_json(path.read_text(encoding="utf-8")) for path in sorted(out.glob("reports/*/*.json"))]
    assert [path.parent.name for path in sorted(out.glob("reports/*/*.json"))] == [one.learner for one in found]
    return {one.learner: one for one in found}


def students(out):
    with sqlite3.connect(out / "gradebook.db") as connection:
        rows = connection.execute("SELECT id FROM student ORDER BY id").fetchall()
    connection.close()
    return [row[0] for row in rows]


def test_a_list_that_comes_later_renames_what_out_has_and_keeps_seeds_verdicts_and_points_by_hand(grade, tmp_path):
    out = tmp_path / "out"
    grade([ONE, TWO])
    before = reports(out)
    assert list(before) == students(out) == ["onelearner_10001", "twolearner_10002"]
    with sqlite3.connect(out / "gradebook.db") as connection:
        connection.execute("UPDATE grade SET manual_score = 0.5 WHERE auto_score = 0")
        by_hand = connection.execute("SELECT count(*) FROM grade WHERE manual_score = 0.5").fetchone()
    connection.close()
    assert by_hand > (0,)

    said = grade([ONE, TWO], CANVAS)
    after = reports(out)
    assert [one.to_json() for one in after.values()] == [
        replace(one, learner=name).to_json() for one, name in zip(before.values(), ["s001", "s002"], strict=True)
    ]
    assert sorted(path.relative_to(out).as_posix() for path in out.glob("feedback/*/*")) == [
        "feedback/s001/update_rule.html",
        "feedback/s002/update_rule.html",
    ]
    assert [path.name for path in sorted(out.glob("feedback/*"))] == ["s001", "s002"]
    assert "onelearner_10001" not in (out / "feedback" / "s001" / "update_rule.html").read_text(encoding="utf-8")
    assert students(out) == ["s001", "s002"]
    with sqlite3.connect(out / "gradebook.db") as connection:
        of_two = connection.execute(
            "SELECT count(*) FROM grade g JOIN submitted_notebook n ON g.notebook_id = n.id "
            "JOIN submitted_assignment a ON n.assignment_id = a.id WHERE a.student_id = 's002' AND g.manual_score = 0.5"
        ).fetchone()
    connection.close()
    assert of_two == by_hand
    assert "class list read as Canvas's: 2 learners; id from SIS User ID" in said
    assert "graded again" not in said
    # The next week's run, without the list, calls them the same; a regrade has the same seeds.
    for path in out.glob("feedback/*/*"):
        path.unlink()
    assert "onelearner" not in grade([ONE, TWO])
    assert {name: one.seed for name, one in reports(out).items()} == {name: one.seed for name, one in after.items()}
    assert students(out) == ["s001", "s002"]


def test_a_group_is_graded_once_with_the_seed_of_its_smallest_id_and_each_member_has_the_report(
    grade, tmp_path, monkeypatch
):
    out = tmp_path / "out"
    counted = []
    every = engine.grade

    def noted(some, *rest):
        some = list(some)
        counted.append(len(some))
        return every(some, *rest)

    monkeypatch.setattr(engine, "grade", noted)
    roster = "Name,SID,Email,Role\nLearner One,10,one@example.org,Student\nLearner Two,9,two@example.org,Student\n"
    members = (Identity("Learner One", "10", email="one@example.org"), Identity("Learner Two", "9"))
    grade([handed_in("10", *members)], roster)
    assert counted == [1]
    both = reports(out)
    assert list(both) == ["10", "9"]
    assert replace(both["10"], learner="9") == both["9"]  # to the time that it took
    assert both["9"].seed == learner_seed((out / ".grader" / "secret").read_text(), "9", "update_rule")
    assert students(out) == ["10", "9"]
    assert {row[0] for row in csv.reader(io.StringIO((out / "grades.csv").read_text()))} == {"learner", "9", "10"}
    assert (out / "feedback" / "9" / "update_rule.html").is_file()
    assert (out / "feedback" / "10" / "update_rule.html").is_file()


# Without the command: every moment at which a run may be killed.


class Killed(BaseException):
    """As a kill, nothing catches it."""


def an_out(folder):
    """Return an OUT in which two learners were graded under their platform's names."""
    results = Results(folder, COURSE)
    named = name_class((ONE, TWO), (), COURSE.exercises[1:2])
    results.rename(named.known, named.moves, lambda _: None)
    for submission in named.submissions:
        _, report = graded(submission.learner)
        report = replace(report, learner=submission.learner)
        results.add(Graded(submission, report), "secret", "lock")
    results.write_grades(results.reading((one.learner, one.exercise) for one in named.submissions).standing())
    results.close()


def rename_all(folder, entries, moved):
    results = Results(folder, COURSE)
    try:
        named = name_class((ONE, TWO), entries, COURSE.exercises[1:2], results.known())
        assert results.rename(named.known, named.moves, moved.extend) == []
        submissions = results.as_drawn(named.submissions)
        finished = [results.earlier(one) if results.is_finished(one, "secret", "lock") else None for one in submissions]
    finally:
        results.close()
    return submissions, finished


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in {"lock", "journal"}
    }


def until_killed(done, left):
    def change(*arguments, **named):
        if next(left, None) is None:
            raise Killed
        return done(*arguments, **named)

    return change


def test_killed_at_any_moment_the_same_command_completes_what_was_renamed(tmp_path, monkeypatch):
    (tmp_path / "class.csv").write_text(CANVAS)
    entries = read_class(tmp_path / "class.csv").entries
    an_out(tmp_path / "whole")
    submissions, finished = rename_all(tmp_path / "whole", entries, [])
    assert [one.learner for one in finished] == ["s001", "s002"]
    assert [one.drawn_for for one in submissions] == ["onelearner_10001", "twolearner_10002"]
    expected = tree(tmp_path / "whole")
    assert expected["grades.csv"].decode().splitlines()[1:] == [
        "s001,update_rule,10,10,graded",
        "s002,update_rule,10,10,graded",
    ]
    assert not any("learner_1000" in name for name in expected)
    kills = 0
    for moment in itertools.count():
        folder = tmp_path / str(moment)
        an_out(folder)
        left = iter(range(moment))
        with monkeypatch.context() as patch:
            for change in ("write", "unlink", "remove_empty"):
                patch.setattr(Folder, change, until_killed(getattr(Folder, change), left))
            try:
                rename_all(folder, entries, [])
                whole = True
            except Killed:
                whole, kills = False, kills + 1
        _, finished = rename_all(folder, entries, [])
        assert [one.learner for one in finished if one] == ["s001", "s002"], moment
        assert tree(folder) == expected, moment
        if whole:
            break
    assert kills > 10


def test_a_run_that_was_killed_is_completed_by_another_command_too(tmp_path, monkeypatch):
    (tmp_path / "class.csv").write_text(CANVAS)
    entries = read_class(tmp_path / "class.csv").entries
    an_out(tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr(Renaming, "_move", until_killed(Renaming._move, iter(range(1))))
        with pytest.raises(Killed):
            rename_all(tmp_path / "out", entries, [])
    moved = []
    _, finished = rename_all(tmp_path / "out", (), moved)
    assert [one.learner for one in finished] == ["s001", "s002"]
    assert [move.after for move in moved] == ["s001", "s002"]


def test_a_page_that_is_renamed_is_the_page_of_the_new_name():
    _, report = graded("learner-<1>")
    exercise = COURSE.by_slug["update_rule"]
    assert renamed(page(report, exercise), "learner-<1>", "s & 1") == page(replace(report, learner="s & 1"), exercise)
    assert not renamed("<html>another page</html>", "learner-<1>", "s1")


def test_a_name_that_is_somebody_elses_now_is_not_taken_from_them(tmp_path):
    """Whose account on a platform is called as another's number gets neither their reports nor loses them theirs."""
    roster = "identifier,github_username,github_id,name\nvictim,account-1,1,\nattacker,victim,2,\n"
    (tmp_path / "class.csv").write_text(roster)
    entries = read_class(tmp_path / "class.csv").entries
    attacker = handed_in("victim", Identity(login="victim"))
    honest = handed_in("account-1", Identity(login="account-1"))
    first = name_class((honest, attacker), (), COURSE.exercises[1:2])
    named = name_class((honest, attacker), entries, COURSE.exercises[1:2], first.known)
    assert [(one.learner, one.drawn_for) for one in named.submissions] == [("attacker", ""), ("victim", "")]
    # What is in the way goes first.
    assert [[(move.before, move.after) for move in level] for level in named.moves] == [
        [("victim", "attacker")],
        [("account-1", "victim")],
    ]


def test_a_stranger_who_is_called_as_somebody_in_the_list_replaces_nobody(tmp_path):
    (tmp_path / "class.csv").write_text("identifier,github_username,github_id,name\nvictim,account-1,1,\n")
    entries = read_class(tmp_path / "class.csv").entries
    named = name_class((handed_in("Victim", Identity(login="Victim")),), entries, COURSE.exercises[1:2])
    (stranger,) = [one for one in named.everyone if not one.missing]
    assert stranger.learner.startswith("Victim~")
    assert stranger.learner in named.said[0]
    assert [one.learner for one in named.everyone if one.missing] == ["victim"]


def test_an_id_that_was_mended_in_the_list_renames_and_one_that_two_exchange_is_refused(tmp_path):
    def entries(*ids):
        lines = [f"login-{n},{n},{one},login-{n},A\n" for n, one in enumerate(ids)]
        (tmp_path / "class.csv").write_text("Student,ID,SIS User ID,SIS Login ID,Section\n" + "".join(lines))
        return read_class(tmp_path / "class.csv").entries

    class_ = [handed_in(f"login-{n}", Identity(login=f"login-{n}")) for n in range(2)]
    first = name_class(class_, entries("s1", "s2"), COURSE.exercises[1:2])
    mended = name_class(class_, entries("s1", "s3"), COURSE.exercises[1:2], first.known)
    assert [[(move.before, move.after) for move in level] for level in mended.moves] == [[("s2", "s3")]]
    exchanged = name_class(class_, entries("s2", "s1"), COURSE.exercises[1:2], first.known)
    assert exchanged.moves == ()
    assert [line.partition(",")[0] for line in exchanged.said] == ["not renamed: s1 to s2", "not renamed: s2 to s1"]


def test_in_the_gradebook_what_both_have_stays_with_whom_it_was_and_the_rest_is_renamed(tmp_path):
    file = tmp_path / "gradebook.db"
    book = Gradebook(file, COURSE)
    book.write([graded("old"), graded("old", slug="derivatives"), graded("new"), graded("other")])
    book.close()
    book = Gradebook(file, COURSE)
    book.rename([("old", "new"), ("nobody", "somebody"), ("other", "another")])
    book.close()
    with sqlite3.connect(file) as connection:
        rows = connection.execute(
            "SELECT s.student_id, a.name FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id ORDER BY 1, 2"
        ).fetchall()
    connection.close()
    assert rows == [
        ("another", "02_update_rule"),
        ("new", "01_derivatives"),
        ("new", "02_update_rule"),
        ("old", "02_update_rule"),
    ]
    assert students(tmp_path) == ["another", "new", "old"]


# Exports know what platforms call learners.


def an_out_of(folder, *submissions, roster=""):
    entries = ()
    if roster:
        (folder / "class.csv").write_text(roster, encoding="utf-8")
        entries = read_class(folder / "class.csv").entries
    named = name_class(submissions, entries, COURSE.exercises[1:2])
    results = Results(folder / "out", COURSE)
    results.rename(named.known, named.moves, lambda _: None)
    results.close()
    for one in named.submissions:
        path = folder / "out" / "reports" / one.folder / "update_rule.json"
        path.parent.mkdir(parents=True)
        path.write_text(replace(graded(one.learner)[1], learner=one.learner).to_json(), encoding="utf-8")
    return folder / "out"


def lines_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_an_export_finds_platforms_learners_in_a_list_that_grade_had_not(tmp_path):
    out = an_out_of(tmp_path, ONE, TWO)
    (tmp_path / "class.csv").write_text(CANVAS)
    gathered = gather(out, COURSE, read_class(tmp_path / "class.csv").entries)
    assert gathered.strangers == ()
    assert lines_of(export(gathered, "canvas"))[2:] == [
        ["One, Learner", "10001", "s001", "login-001", "A", "10"],
        ["Two, Learner", "10002", "s002", "login-002", "A", "10"],
    ]


def test_without_a_list_canvas_gets_its_own_numbers_and_moodle_nobody_by_a_name_alone(tmp_path):
    named = handed_in("Learner Three", Identity("Learner Three"))
    gathered = gather(an_out_of(tmp_path, ONE, named), COURSE)
    assert lines_of(export(gathered, "canvas"))[2:] == [["onelearner_10001", "10001", "", "", "", "10"]]
    assert gathered.left_out("canvas") == ("Learner Three",)
    assert gathered.left_out("moodle") == ("Learner Three", "onelearner_10001")
    assert gathered.left_out("wide") == ()


def test_who_is_left_out_of_an_export_is_named_in_one_line_and_the_platform_as_it_is_called(tmp_path, capsys):
    called = "Learner " + "Three" * 20
    out = an_out_of(tmp_path, ONE, handed_in(called, Identity(called)))
    exporting.export(out, exporting.Form.canvas, to=tmp_path / "canvas.csv")
    said = capsys.readouterr().err
    assert f"left out: {called}: there is nothing by which Canvas could find this learner\n" in said
    (tmp_path / "class.csv").write_text("id\nonelearner_10001\n")
    exporting.export(out, exporting.Form.moodle, roster=tmp_path / "class.csv", to=tmp_path / "moodle.csv")
    assert f"not in the roster, and left out: {called}\n" in capsys.readouterr().err


def test_who_may_be_two_is_left_out_of_exports_and_named(tmp_path):
    roster = (
        "First name,Last name,ID number,Email address\nJo,Same,s1,one@example.org\n"
        "Jo,Same,s2,two@example.org\nAn,Other,s3,three@example.org\n"
    )
    out = an_out_of(
        tmp_path, handed_in("Jo Same", Identity("Jo Same")), handed_in("An Other", Identity("An Other")), roster=roster
    )
    gathered = gather(out, COURSE, read_class(tmp_path / "class.csv").entries)
    assert gathered.strangers == ("Jo Same",)
    assert lines_of(export(gathered, "moodle"))[1:] == [
        ["one@example.org", "s1", "", "-"],
        ["two@example.org", "s2", "", "-"],
        ["three@example.org", "s3", "", "10"],
    ]
    assert gathered.left_out("moodle") == ("Jo Same",)


def test_an_account_that_is_called_as_anothers_number_is_not_exported_as_theirs(tmp_path):
    out = an_out_of(tmp_path, handed_in("victim", Identity(login="victim")))
    (tmp_path / "class.csv").write_text("identifier,github_username,github_id,name\nvictim,account-1,1,\n")
    gathered = gather(out, COURSE, read_class(tmp_path / "class.csv").entries)
    assert gathered.strangers == ("victim",)
    assert lines_of(export(gathered, "canvas"))[2:] == [["victim", "", "victim", "account-1", "", ""]]


def test_what_was_renamed_is_renamed_once(tmp_path):
    (tmp_path / "class.csv").write_text(CANVAS)
    entries = read_class(tmp_path / "class.csv").entries
    an_out(tmp_path / "out")
    moved = []
    rename_all(tmp_path / "out", entries, moved)
    assert [move.after for move in moved] == ["s001", "s002"]
    again = []
    rename_all(tmp_path / "out", entries, again)
    assert again == []


def test_what_is_kept_of_names_that_is_damaged_is_as_if_nothing_was_kept(tmp_path):
    out = an_out_of(tmp_path, ONE)
    for text in (
        "",
        "[",
        json.dumps({"people": [1], "moves": []}),
        json.dumps({"people": [{"called": "x"}], "moves": []}),
    ):
        (out / ".grader" / "names").write_text(text)
        results = Results(out, COURSE)
        assert results.known() == ()
        results.close()

"""The roster: every spelling of a class list is read, and what is wrong with one is told by line."""

import pytest

from grader.collect import collect
from grader.course import load_course
from grader.roster import Entry, RosterError, matched, read_roster, strangers, with_missing
from grader.submission import Submission


def read(tmp_path, data):
    path = tmp_path / "roster.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read_roster(path)


@pytest.mark.parametrize(
    "data",
    [
        "id,name,email,section\nlearner-001,Given Family,learner-001@example.org,A\n",
        "\N{BYTE ORDER MARK}id;name;email;section\r\nlearner-001;Given Family;learner-001@example.org;A\r\n",
        "Section\tEmail\tID\tName\nA\tlearner-001@example.org\tlearner-001\tGiven Family\n",
        'remark,"ID",Name,email,Section\n"a, b", learner-001 ,Given\N{NO-BREAK SPACE}Family,learner-001@example.org,A\n,,,,\n\n',
    ],
)
def test_a_class_list_is_read_whatever_its_separator_order_and_byte_order_mark(tmp_path, data):
    (entry,) = read(tmp_path, data)
    assert (entry.learner, entry.name, entry.email, entry.section) == (
        "learner-001",
        "Given Family",
        "learner-001@example.org",
        "A",
    )
    assert (entry.folder, entry.id, entry.username) == ("learner-001",) * 3


def test_only_the_id_must_be_there(tmp_path):
    assert [(entry.id, entry.name, entry.email) for entry in read(tmp_path, "id\na\nb\n")] == [
        ("a", "", ""),
        ("b", "", ""),
    ]


def test_a_line_may_end_before_its_last_columns(tmp_path):
    assert read(tmp_path, "id,name,email\na\n")[0].email == ""


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        ("", 1, "empty"),
        (
            "name,email\nJo,learner-001@example.org\n",
            1,
            "no column 'id', but name, email; expected a line with the columns",
        ),
        ("id,name,ID\na,b,c\n", 1, "two columns are called 'id'"),
        ("id,name\na,Given\n,Other\n", 3, "no id"),
        ("id,name\na,Given\nb,Other\na,Third\n", 4, "the id 'a' is that of line 2 too"),
        ("id,email\na,learner-001@example.org\nb,LEARNER-001@example.org\n", 3, "the email is that of line 2 too"),
        ("id,name\na,Family, Given\n", 2, "3 cells below 2 columns"),
        ('id,name\na,"Given\n', 2, "quotation mark"),
        ('id,name\n"a\nb",Given\n', 3, "line break"),
        (b"id,name\na,J\xf6\n", 2, "not UTF-8"),
        (b"id,name\na,J\0\n", 2, "null byte"),
        ("id,name\na\N{RIGHT-TO-LEFT OVERRIDE}b,Given\n", 2, "invisible character"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, data, line, said):
    with pytest.raises(RosterError, match=rf"roster\.csv:{line}: .*{said}"):
        read(tmp_path, data)


@pytest.mark.parametrize(
    ("data", "said"), [("id,name\n", "no learner below the columns"), (b"x" * (2**24 + 1), "class list")]
)
def test_a_file_that_is_no_class_list_is_refused(tmp_path, data, said):
    with pytest.raises(RosterError, match=said):
        read(tmp_path, data)


def test_a_roster_that_is_not_there_or_is_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "nowhere.csv", tmp_path):
        with pytest.raises(RosterError, match="name a CSV file"):
            read_roster(path)


def test_a_learner_is_found_by_the_name_that_reports_use_in_either_unicode_form(tmp_path):
    entries = read(tmp_path, "id\nJo\N{LATIN SMALL LETTER E WITH ACUTE}\n50%\n")
    decomposed = "Joe\N{COMBINING ACUTE ACCENT}"
    assert {name: entry.id for name, entry in matched(entries, {decomposed, "50%25", "learner-003"}).items()} == {
        decomposed: entries[0].id,
        "50%25": "50%",
    }
    assert strangers([decomposed, "learner-003"], entries) == ["learner-003"]


def test_who_handed_in_nothing_is_missing_in_every_exercise_and_in_its_place(tmp_path):
    course = load_course()
    for learner in ("a", "c"):
        (tmp_path / "in" / learner).mkdir(parents=True)
        (tmp_path / "in" / learner / "update_rule.py").write_text("x = 1\n")
    submissions = collect(tmp_path / "in", course).submissions
    entries = read(tmp_path, "id\nc\nb\na\n")
    every = with_missing(submissions, entries, course.exercises)
    assert list(dict.fromkeys(one.learner for one in every)) == ["a", "b", "c"]
    assert [one.exercise for one in every if one.learner == "b"] == [exercise.slug for exercise in course.exercises]
    assert all(one.missing for one in every if one.learner == "b")
    assert [one for one in every if one.learner != "b"] == list(submissions)


def test_a_roster_of_those_who_handed_in_changes_nothing():
    submissions = (Submission("b", "b", "update_rule"), Submission("a", "a", "update_rule"))
    assert with_missing(submissions, [Entry("a", "a", "a")], load_course().exercises) is submissions


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Family, Given Second", ("Given Second", "Family")),
        ("Given Second Family", ("Given Second", "Family")),
        ("Given", ("", "Given")),
        ("", ("", "")),
    ],
)
def test_a_name_has_its_last_part_before_the_comma_or_after_the_last_space(name, names):
    assert Entry("a", "a", "a", name).names == names

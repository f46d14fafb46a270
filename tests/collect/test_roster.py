"""The roster: every spelling of a class list is read, and what is wrong with one is told by line."""

import io
import warnings
import zipfile

import openpyxl
import pytest

from grader.collect.choosing import collect
from grader.collect.roster import Entry, RosterError, matched, name_class, read_class, read_roster, strangers, tables
from grader.manifest.course import load_course


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
            "no column 'id', but 'name', 'email'; expected a line with the columns",
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
    every = name_class(submissions, entries, course.exercises).everyone
    assert list(dict.fromkeys(one.learner for one in every)) == ["a", "b", "c"]
    assert [one.exercise for one in every if one.learner == "b"] == [exercise.slug for exercise in course.exercises]
    assert all(one.missing for one in every if one.learner == "b")
    assert [one for one in every if one.learner != "b"] == list(submissions)


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


# Platforms' class lists, as they are exported.

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,02_update_rule (77)\n"
    ",,,,,Manual Posting\n"
    '"    Points Possible",,,,,10.00\n'
    '"Family, Given",10001,s001,login-001,A,9\n'
    '"Student, Test",10099,,0a1b2c,A,\n'
)
MOODLE = "First name,Last name,ID number,Email address\nGiven,Family,s001,one@example.org\n"
BRIGHTSPACE = (
    "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    "#s001,#login-001,Family,Given,one@example.org,#\n"
)
BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\n'
    '"Family"\t"Given"\t"login-001"\t"s001"\t""\t"Yes"\n'
)
GRADESCOPE = (
    "First Name,Last Name,SID,Email,Role,Sections\nGiven,Family,s001,one@example.org,Student,A\n"
    "Other,Person,,two@example.org,Instructor,\n"
)
GITHUB = '"identifier","github_username","github_id","name"\n"s001","login-001","501","Given Family"\n"s002","","",""\n'


@pytest.mark.parametrize(
    ("text", "said", "first"),
    [
        (
            CANVAS,
            "class list read as Canvas's: 1 learner; id from SIS User ID; left out: line 5 (Canvas's test student)",
            ("Family, Given", "", "login-001", "A", "10001"),
        ),
        (
            MOODLE,
            "class list read as Moodle's: 1 learner; id from ID number",
            ("Family, Given", "one@example.org", "", "", ""),
        ),
        (
            BRIGHTSPACE,
            "class list read as Brightspace's: 1 learner; id from OrgDefinedId",
            ("Family, Given", "one@example.org", "login-001", "", ""),
        ),
        (
            BLACKBOARD,
            "class list read as Blackboard's: 1 learner; id from Student ID",
            ("Family, Given", "", "login-001", "", ""),
        ),
        (
            GRADESCOPE,
            "class list read as Gradescope's: 1 learner; id from SID; left out: line 3 (Instructor)",
            ("Family, Given", "one@example.org", "", "A", ""),
        ),
        (
            GITHUB,
            "class list read as GitHub Classroom's: 2 learners; id from identifier",
            ("Given Family", "", "login-001", "", ""),
        ),
        ("id,name\ns001,Given Family\n", "class list read as the kit's own: 1 learner; id from id", None),
    ],
)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"], ids=lambda encoding: encoding
)
def test_a_platforms_class_list_is_told_by_its_columns_whatever_its_encoding(tmp_path, text, said, first, encoding):
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    found = read_class(path)
    assert found.said == said
    entry = found.entries[0]
    assert entry.id == entry.number == "s001"
    if first:
        assert (entry.name, entry.email, entry.username, entry.section, entry.account) == first
        assert entry.names == ("Given", "Family")


@pytest.mark.parametrize(
    ("text", "said", "first"),
    [
        (
            "Identifier,Full name,ID number,Email address,Status,Grade\n"
            "Participant 7000,Given Family,s001,one@example.org,Submitted,\n",
            "Moodle's: 1 learner; id from ID number",
            ("s001", "Given Family", ""),
        ),
        (
            "Username,Last Name,First Name,End-of-Line Indicator\n#login-001,Family,Given,#\n",
            "Brightspace's: 1 learner; id from Username",
            ("login-001", "Family, Given", "login-001"),
        ),
        (
            "assignment_name,github_username,roster_identifier\nupdate rule,login-001,s001\n",
            "GitHub Classroom's: 1 learner; id from roster_identifier",
            ("s001", "", "login-001"),
        ),
        (
            "First name;Surname;Email address\nGiven;Family;one@example.org\n",
            "Moodle's: 1 learner; id from Email address",
            ("one@example.org", "Family, Given", ""),
        ),
        (
            "Name,Email,Role\nGiven Family,one@example.org,Student\n",
            "Gradescope's: 1 learner; id from Email",
            ("one@example.org", "Given Family", ""),
        ),
    ],
)
def test_other_exports_of_a_platform_are_its_lists_too(tmp_path, text, said, first):
    (tmp_path / "class.csv").write_text(text)
    found = read_class(tmp_path / "class.csv")
    assert found.said == f"class list read as {said}"
    (entry,) = found.entries
    assert (entry.id, entry.name, entry.username) == first


def test_columns_in_another_order_and_between_others_are_found(tmp_path):
    header, _, points, *learners = [line.replace('"Family, Given"', "Given Family") for line in CANVAS.splitlines()]
    lines = [";".join(reversed(line.split(","))) for line in (header, points, learners[0])]
    (entry,) = read(tmp_path, "\N{BYTE ORDER MARK}" + "\r\n".join(lines))
    assert (entry.id, entry.name, entry.username, entry.account) == ("s001", "Given Family", "login-001", "10001")


def test_a_learner_who_is_called_as_canvass_test_student_stays(tmp_path):
    (entry,) = read(tmp_path, 'Student,ID,SIS User ID,SIS Login ID,Section\n"Student, Test",7,s007,test,A\n')
    assert entry.id == "s007"


def test_the_id_is_the_number_else_the_login_else_the_address(tmp_path):
    lines = ["OrgDefinedId,Username,Last Name,First Name,Email", "#1,#a,,,a@x.org", "#,#b,,,b@x.org", ",,,,c@x.org"]
    (tmp_path / "class.csv").write_text("\n".join(lines))
    found = read_class(tmp_path / "class.csv")
    assert [(entry.id, entry.number) for entry in found.entries] == [("1", "1"), ("b", ""), ("c@x.org", "")]
    assert found.said.endswith("id from OrgDefinedId (1), Username (1), Email (1)")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (MOODLE + "Other,Person,,\n", 3, "no id; fill in ID number or Email address, or leave the line out"),
        (MOODLE + "Other,Person,s001,\n", 3, "the id 's001' is that of line 2 too"),
        (MOODLE + "Other,Person,s002,One@example.org\n", 3, "the email is that of line 2 too"),
        ("Vorname,Nachname,Matrikelnummer\nGiven,Family,1\n", 1, "no column 'id', but 'Vorname', .* say --columns id="),
        (
            "First name,Last name\nGiven,Family\n",
            1,
            "As the id any column may serve that is another for each learner: a number,",
        ),
        ("id,name\n1,A\n1.2E+07,B\n", 3, r"the id '1\.2E\+07' was shortened by a spreadsheet"),
        ("id,name\n1,A\n1,2E+07,B\n".replace("1,2", '"1,2').replace("07", '07"'), 3, "was shortened by a spreadsheet"),
        ("Student,ID,SIS User ID,ID\n", 1, "two columns are called 'id'"),
    ],
)
def test_what_is_wrong_with_a_platforms_list_is_told_with_its_line(tmp_path, text, line, said):
    with pytest.raises(RosterError, match=rf"roster\.csv:{line}: .*{said}"):
        read(tmp_path, text)


def test_the_preview_user_of_blackboard_is_no_learner(tmp_path):
    (tmp_path / "class.csv").write_text(
        "Last Name,First Name,Username,Student ID\nFamily,Given,one,S1\nX_PreviewUser,X,x_previewuser,x_previewuser\n"
    )
    found = read_class(tmp_path / "class.csv")
    assert [entry.id for entry in found.entries] == ["S1"]
    assert found.said.endswith("left out: line 3 (Blackboard's preview user)")


@pytest.mark.parametrize("title", ["CS 101, spring\n", "CS 101\n\nall groups\n", "CS 101,,,\n"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_headings_are_found_below_a_title(tmp_path, title, separator):
    text = title.replace(",", separator) + MOODLE.replace(",", separator)
    (tmp_path / "class.csv").write_text(text)
    found = read_class(tmp_path / "class.csv")
    assert [entry.id for entry in found.entries] == ["s001"]
    assert f"; the headings are in line {title.count(chr(10)) + 1}" in found.said
    named = read_as(tmp_path, "id=ID number", text)
    assert [entry.id for entry in named.entries] == ["s001"]


def test_headings_in_another_language_beside_an_id_are_named_with_what_to_say(tmp_path):
    found = read_as(tmp_path, "", "Studierende;ID;Abschnitt\nFamily, Given;1;A\n")
    assert found.said.endswith(
        "; no column of names was found, and nothing was read from 'Studierende', 'Abschnitt': say which is which with "
        "--columns id=ID,name=Studierende"
    )
    assert "no column of names" not in read_as(tmp_path, "", "id\n1\n").said


# Headings in other languages.

TRANSLATED = "Nachname;Vorname;Matrikelnummer;E-Mail;Kennung\nFamily;Given;1001;one@example.org;login-001\n"


def read_as(tmp_path, columns, text=TRANSLATED):
    path = tmp_path / "class.csv"
    path.write_text(text, encoding="utf-8")
    return read_class(path, columns)


def test_translated_headings_are_named_and_a_name_may_be_in_two_columns(tmp_path):
    found = read_as(tmp_path, "id=Matrikelnummer,name=Vorname+Nachname,email=e-mail,username=Kennung")
    (entry,) = found.entries
    assert (entry.id, entry.name, entry.email, entry.username) == (
        "1001",
        "Family, Given",
        "one@example.org",
        "login-001",
    )
    assert found.said == "class list read as the columns say: 1 learner; id from Matrikelnummer"


def test_a_heading_that_holds_a_plus_or_a_comma_can_be_named(tmp_path):
    text = 'Name+Vorname,"Nummer, intern"\nGiven Family,1001\n'
    (entry,) = read_as(tmp_path, '"id=Nummer, intern",name=Name+Vorname', text).entries
    assert (entry.id, entry.name) == ("1001", "Given Family")


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (
            "id=Matrikel",
            r"class\.csv:1: --columns id=Matrikel: there is no such column; the list has 'Nachname', 'Vorname'",
        ),
        ("name=Vorname+Zuname,id=Kennung", "no such column"),
        ("Matrikelnummer", "expected each of id, name"),
        ("number=Matrikelnummer", "expected each of id, name"),
        ("id=Kennung,id=Matrikelnummer", "at most once"),
        ("name=Vorname", "names no id, username or email"),
    ],
)
def test_columns_that_are_not_there_or_not_known_are_refused(tmp_path, columns, said):
    with pytest.raises(RosterError, match=said):
        read_as(tmp_path, columns)


# Workbooks.


def workbook(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_workbook_is_read_as_the_list_that_it_holds(tmp_path):
    (entry,) = read(
        tmp_path,
        workbook(
            [
                ["First name", "Last name", "ID number", "Email address", None],
                [None],
                ["Given", "Family", 1001.0, "one@example.org", None],
            ]
        ),
    )
    assert (entry.id, entry.name, entry.line) == ("1001", "Family, Given", 3)


def test_what_openpyxl_warns_of_is_nothing_to_an_instructor(tmp_path, monkeypatch):
    load = openpyxl.load_workbook

    def warning(*arguments, **named):
        warnings.warn("Workbook contains no default style", stacklevel=1)
        return load(*arguments, **named)

    monkeypatch.setattr(openpyxl, "load_workbook", warning)
    assert read(tmp_path, workbook([["id"], ["a"]]))[0].id == "a"


def test_a_workbook_that_is_none_or_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    whole = workbook([["id"], ["a"]])
    with pytest.raises(RosterError, match="cannot be read"):
        read(tmp_path, whole[:-100])
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("content.xml", "<a/>")
    with pytest.raises(RosterError, match=r"cannot be read .* save it as “CSV UTF-8”"):
        read(tmp_path, other.getvalue())
    monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000)
    with pytest.raises(RosterError, match="when unpacked"):
        read(tmp_path, whole)


def test_a_list_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_LINES", 3)
    with pytest.raises(RosterError, match=r"roster\.csv:4: more than 3 lines"):
        read(tmp_path, workbook([["id"], ["a"], ["b"], ["c"]]))


def test_excels_own_first_line_names_the_separator(tmp_path):
    assert [entry.line for entry in read(tmp_path, "sep=;\nid;name\na;Given\n")] == [3]

"""Whose a hand-in is: by anything that a platform says, by a name that is unique, and never by a guess."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader.collect.roster import Entry, Matcher, Person, matched, name_class, read_class
from grader.collect.submission import Cell, Identity, Submission
from grader.manifest.course import load_course

COURSE = load_course()
EXERCISE = COURSE.exercises[1]


def entry(number, name="", email="", username="", account="", logins=True):
    return Entry(number, number, number, name, email, "", username, 1, account, logins=logins)


LIST = (
    entry("s1", "One, Lérner", "one@example.org", "one", "10001"),
    entry("s2", "O'Twø, Anne-Marie", "two@example.org", "Two", "10002"),
    entry("s3", "Same, Jo", "three@example.org", "three", "10003"),
    entry("s4", "Same, Jo", "four@example.org", "FOUR", "10004"),
    entry("s5", "Five Six Seven", "five@example.org", "four", "10005"),
)


def found(who, roster=LIST):
    (match,) = Matcher(roster).find_all([Person("called", who)])
    return match.entry.id if match.entry else [one.id for one in match.candidates]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (Identity(number="s1"), "s1"),
        (Identity(number="S1"), "s1"),
        (Identity(email="ONE@example.org"), "s1"),
        (Identity(login="two"), "s2"),
        (Identity(login="FOUR"), "s4"),
        (Identity(login="four"), "s5"),
        (Identity(login="Four"), ["s4", "s5"]),
        (Identity("onelrner", id="10001"), "s1"),
        (Identity(number="nobody", email="two@example.org"), "s2"),
        # One platform's number is another's login.
        (Identity(number="one"), "s1"),
        # Of one the number, of another the address.
        (Identity(number="s1", email="two@example.org"), ["s1", "s2"]),
        # The number says more than a name that somebody else has.
        (Identity("Anne-Marie O'Twø", number="s1"), "s1"),
        # A login that one chooses oneself is no number.
        (Identity(login="s1"), []),
        # Canvas's number is in the list or its owner is not.
        (Identity("onelrner", id="99"), ["s1"]),
    ],
)
def test_a_hand_in_is_matched_by_whatever_the_platform_says_and_by_nothing_else(who, expected):
    assert found(who) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lérner One", "s1"),
        ("Le\N{COMBINING ACUTE ACCENT}rner One", "s1"),
        ("lerner  ONE", "s1"),
        ("One Lerner", "s1"),
        ("One, Lérner", "s1"),
        ("Anne Marie O\N{RIGHT SINGLE QUOTATION MARK}Two", "s2"),
        ("onelrner", "s1"),
        ("otwannemarie", "s2"),
        ("Seven Five Six", "s5"),
        ("Six Seven, Five", "s5"),
        ("Jo Same", ["s3", "s4"]),
        ("samejo", ["s3", "s4"]),
        ("Lérner Two", []),
        ("Lérner", []),
        ("Lérner One Two", ["s1"]),  # shown, not taken
        ("", []),
        ("\N{CJK UNIFIED IDEOGRAPH-674E}", []),
    ],
)
def test_a_full_name_is_matched_where_it_is_unique_however_it_is_written(name, expected):
    assert found(Identity(name)) == expected


def test_a_login_is_an_id_where_the_list_has_no_logins():
    roster = (entry("amueller", "Family, Given", logins=False),)
    assert found(Identity(login="AMueller"), roster) == "amueller"


def test_a_platforms_own_number_is_an_id_of_a_list_only_if_the_name_agrees():
    roster = (entry("10001", "Family, Given", logins=False), entry("10002", "Other, Person", logins=False))
    assert found(Identity("familygiven", id="10001"), roster) == "10001"
    assert found(Identity("familygiven", id="10002"), roster) == "10001"
    assert found(Identity("strangernew", id="10002"), roster) == []


# Folders.


def test_a_folder_is_an_id_in_whatever_case_and_else_a_login_or_an_address():
    assert {name: one.id for name, one in matched(LIST, {"S1", "two", "three@example.org", "stranger"}).items()} == {
        "S1": "s1",
        "two": "s2",
        "three@example.org": "s3",
    }


def test_a_login_takes_nobodys_folder():
    roster = (entry("a", username="b"), entry("b", username="c"))
    assert {name: one.id for name, one in matched(roster, {"a", "b"}).items()} == {"a": "a", "b": "b"}
    assert {name: one.id for name, one in matched(roster, {"b", "c"}).items()} == {"b": "b"}


def test_a_login_is_not_looked_for_where_the_id_is_a_folder_too():
    by_id, by_login = Matcher((entry("a", username="x"),)).find_all([Person("a"), Person("x")])
    assert by_id.entry is not None
    assert by_login.entry is None


def plain(learner, *exercises, code="x = 1\n"):
    cells = (Cell("update_rule.py", code),)
    return [
        Submission(learner, learner, one.slug, cells if one in exercises else (), sha256=code)
        for one in COURSE.exercises
    ]


def test_two_spellings_of_one_id_are_one_learner_where_the_list_says_so_and_two_where_it_does_not():
    both = [*plain("AMueller", COURSE.exercises[1]), *plain("amueller", COURSE.exercises[2])]
    alone = name_class(both, (), COURSE.exercises)
    assert {one.learner for one in alone.submissions} == {"AMueller", "amueller"}
    one = name_class(both, (entry("amueller"),), COURSE.exercises)
    assert [(one.learner, one.exercise) for one in one.submissions if not one.missing] == [
        ("amueller", COURSE.exercises[1].slug),
        ("amueller", COURSE.exercises[2].slug),
    ]
    assert len(one.submissions) == len(COURSE.exercises)
    assert one.said == ()
    two = name_class(both, (entry("amueller"), entry("AMueller")), COURSE.exercises)
    assert {one.learner for one in two.submissions} == {"AMueller", "amueller"}


def test_of_two_hand_ins_of_one_learner_that_in_the_lists_spelling_is_graded_and_the_other_named():
    both = [*plain("AMueller", EXERCISE, code="x = 2\n"), *plain("amueller", EXERCISE)]
    named = name_class(both, (entry("amueller"),), COURSE.exercises)
    assert [one.sha256 for one in named.submissions if not one.missing] == ["x = 1\n"]
    assert named.said == ("handed in twice: amueller, update_rule: 'amueller' is graded, and not 'AMueller'",)


def test_a_folders_name_stays_the_id_whatever_the_list_calls_its_learner():
    (entry_,) = name_class(plain("login-001", EXERCISE), (entry("s1", username="login-001"),), COURSE.exercises).entries
    assert (entry_.learner, entry_.folder, entry_.id) == ("login-001", "login-001", "s1")


# What a platform's own number is worth.


def of_platform(called, who):
    return Submission(called, called, EXERCISE.slug, (Cell("update_rule.py", "x = 1"),), who=(who,))


def test_canvass_letters_are_a_name_for_another_list():
    roster = (entry("s1", "One, Lérner"), entry("s2", "Two, Lérner"))
    named = name_class([of_platform("onelrner_10001", Identity(id="10001"))], roster, [EXERCISE])
    assert [one.learner for one in named.everyone if not one.missing] == ["s1"]


@pytest.mark.parametrize(
    "called", ["ünelérner_10001", "onelrner_10001", "10001", "\N{CJK UNIFIED IDEOGRAPH-674E}_10001"]
)
def test_canvass_number_decides_whatever_letters_are_left_of_the_name(called):
    named = name_class([of_platform(called, Identity(id="10001"))], LIST, [EXERCISE])
    assert [one.learner for one in named.everyone if not one.missing] == ["s1"]
    (known,) = name_class([of_platform(called, Identity(id="10001"))], (), [EXERCISE]).known
    assert known.person.who is not None
    assert known.person.who.id == "10001"  # an export finds them by it


@pytest.mark.parametrize("called", ["Person Unknown", "Eve_10002", "Unknown 10002"])
def test_moodles_number_is_nobodys_in_canvass_list(called):
    named = name_class([of_platform(called, Identity(called, id="10002"))], LIST, [EXERCISE])
    assert [one.learner for one in named.everyone if not one.missing] == [called]
    (known,) = named.known
    assert known.person.who is not None
    assert known.person.who.id == ""  # it is another in each assignment


# A name that is no full name.


@pytest.mark.parametrize(
    ("called", "group", "expected"),
    [
        ("Group A-Lérner One", "Group A", "s1"),
        ("Default group-Anne-Marie O'Twø", "Default group", "s2"),
        ("Team-B-Lérner One", "Team", "s1"),
        ("Group A-Jo Same", "Group A", ["s3", "s4"]),
        ("Anne-Lérner One", "", []),  # nothing tells that `Anne` is a group
    ],
)
def test_a_groups_name_in_front_is_taken_off_where_it_is_one(called, group, expected):
    assert found(Identity(called, group=group)) == expected


def test_with_a_group_in_front_a_name_that_is_twos_is_nobodys():
    roster = (entry("s1", "Marie, One"), entry("s2", "Anne-Marie, One"))
    assert found(Identity("Group A-One Marie", group="Group A"), roster) == "s1"
    assert found(Identity("Group A-One Anne-Marie", group="Group A"), (*roster, entry("s3", "Marie,"))) == ["s2", "s3"]


@pytest.mark.parametrize("called", ["s1", "ONE@example.org", "one"])
def test_an_id_an_address_or_a_login_where_a_platform_writes_names_is_theirs(called):
    assert found(Identity(called)) == "s1"


@pytest.mark.parametrize("who", [Identity("One"), Identity("one", id="99"), Identity("ONE")])
def test_a_name_that_looks_like_a_login_is_not_taken_for_one(who):
    roster = tuple(replace(one, account="") for one in LIST)
    assert found(who, roster) == []


def test_moodles_grading_worksheet_tells_two_of_one_name_apart_and_no_other_weeks_does(tmp_path):
    (tmp_path / "worksheet.csv").write_text(
        "Identifier,Full name,Email address,Status\nParticipant 2006,Jo Same,one@example.org,x\n"
        "Teilnehmer/in2007,Jo Same,two@example.org,x\nParticipant 2008,An Other,three@example.org,x\n"
    )
    roster = read_class(tmp_path / "worksheet.csv").entries
    both = [of_platform(f"Jo Same ({n})", Identity("Jo Same", id=n)) for n in ("2006", "2007")]
    named = name_class(both, roster, [EXERCISE])
    assert {one.who[0].id: one.learner for one in named.submissions} == {
        "2006": "one@example.org",
        "2007": "two@example.org",
    }
    # In the next week 2008 is somebody else's number.
    another = name_class([of_platform("Jo Same", Identity("Jo Same", id="2008"))], roster, [EXERCISE], named.known)
    assert another.submissions[0].learner == "Jo Same"
    assert {one.person.who.participant for one in named.known if one.person.who} == {""}


@pytest.mark.parametrize(
    ("folder", "line"),
    [
        ("Lérner One", "not in the roster: Lérner One; alike: s1 (One, Lérner, line 1)"),
        ("Same, Jo", "not in the roster: Same, Jo; alike: s3 (Same, Jo, line 1), s4 (Same, Jo, line 1)"),
        ("One, Lérner(onelr)", "not in the roster: One, Lérner(onelr); alike: s1 (One, Lérner, line 1)"),
    ],
)
def test_a_folder_that_is_called_by_a_full_name_is_said_to_need_the_id_and_is_not_guessed(folder, line):
    named = name_class(plain(folder, EXERCISE), LIST, [EXERCISE])
    assert named.said[0] == line
    assert "is called by the id in the roster, or by the username or the email: rename it" in named.said[1]
    assert [one.learner for one in named.submissions if not one.missing] == [folder]
    assert name_class(plain("stranger", EXERCISE), LIST, [EXERCISE]).said == ("not in the roster: stranger",)


# Two of one name.


def test_two_of_one_name_of_whom_the_list_has_one_are_not_guessed():
    roster = (entry("s1", "Same, Jo"),)
    class_ = [
        Submission(
            f"Jo Same ({n})", f"Jo Same ({n})", EXERCISE.slug, (Cell("a", f"{n}"),), who=(Identity("Jo Same", id=n),)
        )
        for n in ("1", "2")
    ]
    named = name_class(class_, roster, [EXERCISE])
    assert sorted(one.learner for one in named.everyone if not one.missing) == ["Jo Same (1)", "Jo Same (2)"]
    assert [one.learner for one in named.everyone if one.missing] == ["s1"]
    assert named.said[0] == ("not certain who in the roster: Jo Same (1): s1 (Same, Jo, line 1); left out of exports")
    assert "write the id in place of the name" in named.said[-1]
    assert name_class(class_[:1], roster, [EXERCISE]).submissions[0].learner == "s1"


# A class of thirty, in each platform's form with its own class list.

NAMES = [
    ("Lérner", "One"), ("Learner", "O'Two"), ("Anne-Marie", "Three"), ("Learner", "Føur"), ("Learner Middle", "von Five"),
    ("Jo", "Same"), ("Jo", "Samé"), ("LEARNER", "Eight"), ("learner", "nine"), ("Lea", "Ten-Eleven"),
    *((f"Given {chr(65 + n)}", f"Family{chr(65 + n)}") for n in range(20)),
]  # fmt: skip
CLASS = [(n, first, last, f"Login-{n:03d}", f"S{n:03d}", f"L{n}@Example.org") for n, (first, last) in enumerate(NAMES)]
LISTS: dict[str, str] = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section\nPoints Possible,,,,\n"
    + "".join(f'"{last}, {first}",{10000 + n},{number},{login},A\n' for n, first, last, login, number, _ in CLASS),
    "moodle": "First name,Last name,ID number,Email address\n"
    + "".join(f"{first},{last},{number},{email}\n" for _, first, last, _, number, email in CLASS),
    "brightspace": "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    + "".join(f"#{number},#{login},{last},{first},{email},#\n" for _, first, last, login, number, email in CLASS),
    "blackboard": "Last Name\tFirst Name\tUsername\tStudent ID\n"
    + "".join(f"{last}\t{first}\t{login}\t{number}\n" for _, first, last, login, number, _ in CLASS),
    "gradescope": "Name,SID,Email,Role\n"
    + "".join(f"{first} {last},{number},{email},Student\n" for _, first, last, _, number, email in CLASS),
    "github": "identifier,github_username,github_id,name\n"
    + "".join(f"{number},{login},{n},\n" for n, _, _, login, number, _ in CLASS),
}  # fmt: skip


def letters(text):
    return "".join(letter for letter in text.lower() if "a" <= letter <= "z")


def said(platform, one):
    """Return what a download calls one of the class, and who it says that they are."""
    n, first, last, login, number, email = one
    name = f"{first} {last}"
    match platform:
        case "canvas":
            return f"{letters(last + first)}_{10000 + n}", Identity(id=str(10000 + n))
        case "moodle" | "brightspace":
            return name, Identity(name, id=str(7000 + n))
        case "gradescope":
            return number, Identity(name, number, email=email.lower())
        case _:
            return login.lower(), Identity(login=login.lower())


@pytest.mark.parametrize("platform", LISTS)
def test_a_class_of_thirty_is_found_in_its_platforms_own_list(platform, tmp_path):
    (tmp_path / "class.csv").write_bytes(LISTS[platform].encode("utf-16" if platform == "blackboard" else "utf-8"))
    entries = read_class(tmp_path / "class.csv").entries
    class_ = []
    for one in CLASS:
        called, who = said(platform, one)
        class_.append(Submission(called, called, EXERCISE.slug, (Cell("a", f"x = {one[0]}"),), who=(who,)))
    named = name_class(class_, entries, [EXERCISE])
    assert named.said == ()
    assert {one.cells[0].source: one.learner for one in named.everyone} == {f"x = {one[0]}": one[4] for one in CLASS}
    # And without the list in the week after.
    later = name_class(class_, (), [EXERCISE], named.known)
    assert [one.learner for one in later.submissions] == [one.learner for one in named.submissions]


def steps(learners):
    """Return how many lines of the matching run for a class of which half is in the list."""
    roster = [entry(f"s{n}", f"Learner Number{n}", f"{n}@example.org", f"l{n}") for n in range(learners)]
    class_ = [
        Submission(
            f"{n}", f"{n}", EXERCISE.slug, who=(Identity(f"Learner Number{n}" if n % 2 else f"Learner Other{n}"),)
        )
        for n in range(learners)
    ]
    known = name_class(class_, (), [EXERCISE]).known
    count = 0

    def trace(frame, _event, _argument):
        nonlocal count
        if "roster" not in Path(frame.f_code.co_filename).parts:
            return None
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        name_class(class_, roster, [EXERCISE], known)
    finally:
        sys.settrace(before)
    return count


def test_nothing_is_quadratic_in_the_class():
    assert steps(800) < 2.5 * steps(400)

"""A class of thirty in each platform's form, with that platform's own class list, has the grades of the plain form."""

import csv
from pathlib import Path

import pytest

from tests.collect.test_layouts import FORMS, Learner, plain, write
from tests.command import grader

SOLUTION = Path(__file__).parent / "submissions" / "update_rule" / "right_with_numpy.py"
PARTIAL = Path(__file__).parent / "submissions" / "update_rule" / "partial_without_the_stopping_rule.py"
WORK = [SOLUTION.read_bytes(), PARTIAL.read_bytes(), b"def update(:\n"]
CLASS = [Learner(n, {"update_rule.py": WORK[n % 3] + f"# {n}\n".encode()}) for n in range(1, 31)]


def number(learner: Learner) -> str:
    return f"S{learner.number:03d}"


def last(learner: Learner) -> str:
    return learner.name.split()[1]


LISTS = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section\n,,,,\n    Points Possible,,,,\n"
    + "".join(f'"{last(one)}, Learner",{10000 + one.number},{number(one)},{one.login},A\n' for one in CLASS)
    + '"Student, Test",9,,0a1b,A\n',
    "moodle": "First name,Last name,ID number,Email address\n"
    + "".join(f"Learner,{last(one)},{number(one)},{one.login}@uni.example\n" for one in CLASS),
    "brightspace": "OrgDefinedId,Username,Last Name,First Name,Email,End-of-Line Indicator\n"
    + "".join(f"#{number(one)},#{one.login},{last(one)},Learner,{one.login}@uni.example,#\n" for one in CLASS),
    "blackboard": "Last Name\tFirst Name\tUsername\tStudent ID\n"
    + "".join(f"{last(one)}\tLearner\t{one.login}\t{number(one)}\n" for one in CLASS),
    # What the download has as `sid` is the login here, as where people sign in with it: the address tells.
    "gradescope": "Name,SID,Email,Role,Sections\n"
    + "".join(f"{one.name},{number(one)},{one.login}@uni.example,Student,A\n" for one in CLASS),
    "github": "identifier,github_username,github_id,name\n"
    + "".join(f"{number(one)},{one.login},{one.number},\n" for one in CLASS),
}


def grades(folder: Path, submissions: Path, roster: str = "", encoding: str = "utf-8") -> dict[str, tuple[str, str]]:
    """Grade a class by the command; return each learner's score and status."""
    folder.mkdir(exist_ok=True)
    command = ["grade", submissions, "--out", folder / "out", "--only", "2"]
    if roster:
        (folder / "class.csv").write_bytes(roster.encode(encoding))
        command += ["--roster", folder / "class.csv"]
    done = grader(*command, "--seed", "secret")
    assert done.returncode == 0, done.stderr
    assert "not in the roster" not in done.stderr
    with (folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["learner"]: (row["score"], row["status"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def as_folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    folder = tmp_path_factory.mktemp("plain")
    found = grades(folder, write(folder, plain(CLASS), "folder"))
    assert len(set(found.values())) == len(WORK)
    return found


@pytest.mark.parametrize("form", FORMS)
def test_each_platforms_download_with_its_own_list_has_the_grades_of_the_plain_form(form, tmp_path, as_folders):
    layout, files, _, _ = FORMS[form]
    encoding = "utf-16" if layout == "blackboard" else "utf-8-sig"
    submissions = write(tmp_path, files(CLASS), "zip")
    before = grades(tmp_path / "named", submissions, LISTS[layout], encoding)
    assert before == {number(one): as_folders[one.login] for one in CLASS}


def test_a_list_that_comes_in_the_second_week_renames_the_first(tmp_path, as_folders):
    _, files, _, _ = FORMS["moodle"]
    submissions = write(tmp_path, files(CLASS), "zip")
    by_name = {one.name: as_folders[one.login] for one in CLASS}
    by_number = {number(one): as_folders[one.login] for one in CLASS}
    assert grades(tmp_path, submissions) == by_name
    assert grades(tmp_path, submissions, LISTS["moodle"]) == by_number
    assert grades(tmp_path, submissions) == by_number
    assert {path.name for path in (tmp_path / "out" / "reports").iterdir()} == by_number.keys()

"""A teacher's hand: what is in OUT/adjustments.csv, extensions.csv and times.csv comes to final.csv and to the exports."""

import csv
import io
import re
import shutil
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from grader.collect.choosing import collect
from grader.collect.opened import Folder
from grader.manifest.course import CourseError, load_course
from grader.publish.adjustments import AdjustmentError, read_given
from tests.publish import test_standing
from tests.publish.test_standing import COURSE, World

new_gradebook = test_standing.new_gradebook
PAGE = Path(__file__).resolve().parents[2] / "site/instructors/adjustments.md"


def given(tmp_path, **files):
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    with Folder(tmp_path) as folder:
        return read_given(folder, COURSE)


def test_points_percent_and_excused_are_told_apart_in_any_order_of_columns_and_as_spreadsheets_write_them(tmp_path):
    text = "\ufeffexercise;learner;adjustment;comment\r\n01_centre;l-1;1,5;neat\r\ncentre;l-1;-10%;\r\n\r\nSpread;l-2;Excused;ill\r\n"
    found = given(tmp_path, adjustments=text).adjustments
    one, other = found["l-1", "centre"]
    assert (one.points, one.comment, other.percent) == (Decimal("1.5"), "neat", Decimal(-10))
    assert found["l-2", "spread"][0].excused


def test_a_folder_without_such_files_gives_nothing(tmp_path):
    assert not given(tmp_path).adjustments


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("adjustments", "learner,exercise,adjustment\nl-1,centre,lots\n", "adjustments.csv:2: adjustment is 'lots'; expected points"),
        ("adjustments", "learner,exercise,adjustment\n\nl-1,center,1\n", "adjustments.csv:3: exercise: unknown exercise 'center'"),
        ("adjustments", "learner,exercise,adjustment\n,centre,1\n", "adjustments.csv:2: learner is empty"),
        ("adjustments", "learner,exercise,adjustment\nl-1,centre,1,2\n", "adjustments.csv:2: 4 cells; expected 3"),
        ("adjustments", "learner,exercise,adjustment\nl-1,centre,1e9\n", "adjustments.csv:2: adjustment is '1e9'"),
        ("adjustments", "learner,exercise,adjustment\nl-1,centre,nan\n", "adjustments.csv:2: adjustment is 'nan'"),
        ("adjustments", "learner,exercise\nl-1,centre\n", "adjustments.csv:1: expected one column 'adjustment'"),
        ("adjustments", b"learner,exercise,adjustment\n\xff,centre,1\n", "adjustments.csv: it is not in UTF-8"),
        ("extensions", "learner,exercise,until\nl-1,centre,tomorrow\n", "extensions.csv:2: until is 'tomorrow'; expected a date"),
        ("extensions", "learner,exercise,until\nl-1,1,2030-05-01\nl-1,centre,2030-05-02\n", "l-1, centre has two lines"),
        ("times", "learner,exercise,handed_in\nl-1,centre,2030-05-01\n", "times.csv:2: handed_in is '2030-05-01'; expected a time"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_line_and_column(tmp_path, name, text, said):
    with pytest.raises(AdjustmentError, match=re.escape(said)):
        given(tmp_path, **{name: text})


def test_a_link_in_place_of_such_a_file_is_not_followed(tmp_path):
    (tmp_path / "elsewhere").write_text("learner,exercise,adjustment\nl-1,centre,10\n")
    (tmp_path / "adjustments.csv").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AdjustmentError, match=r"adjustments\.csv"):
        given(tmp_path)


def test_a_date_until_which_work_may_come_and_a_time_are_both_read(tmp_path):
    text = "learner,exercise,until\nl-1,centre,2030-05-01\nl-2,centre,2030-05-01 12:30\n"
    found = given(tmp_path, extensions=text).extensions
    assert found["l-1", "centre"] == date(2030, 5, 1)
    assert found["l-2", "centre"] == datetime(2030, 5, 1, 12, 30)  # noqa: DTZ001


# What a run makes of them.


class Course(World):
    """A class in a copy of the course, which may have a late policy."""

    def __init__(self, folder, new_gradebook):
        super().__init__(folder, new_gradebook)
        self.course = Path(shutil.copytree(COURSE.places.course, folder / "course"))

    def say(self, lines):
        """Add lines to the manifest's [course]."""
        manifest = self.course / "course.toml"
        manifest.write_text(manifest.read_text().replace("points = 6\n", f"points = 6\n{lines}\n"))

    def command(self, *arguments):
        with test_standing.mock.patch.object(test_standing, "COURSE", load_course(self.course)):
            return super().command(*arguments)

    def write(self, name, text):
        (self.out / name).write_text(text)

    def finals(self):
        rows = csv.DictReader(io.StringIO((self.out / "final.csv").read_text()))
        return {(row["learner"], row["exercise"]): [*row.values()][2:] for row in rows}


@pytest.fixture
def world(tmp_path, new_gradebook):
    made = Course(tmp_path, new_gradebook)
    for learner, slug, points in (("login-1", "centre", "4"), ("login-1", "spread", "4"), ("login-2", "centre", "6")):
        made.do("hand in", learner, slug, points)
    return made


def test_without_a_teachers_files_final_scores_are_the_automatic_ones(world):
    assert "final " not in world.grade(None, False).stdout
    assert world.finals()["login-1", "centre"] == ["4", "0", "0", "4", "graded"]
    assert world.finals()["login-2", "spread"] == ["", "0", "0", "", "missing"]


def test_adjustments_come_to_final_scores_and_exports_and_not_to_grades_and_survive_a_regrade(world):
    world.grade(None, False)
    before = world.grades()
    world.write(
        "adjustments.csv",
        "learner,exercise,adjustment,comment\nlogin-1,centre,1.5,neat\nlogin-2,spread,excused,ill\nlogin-2,1,50%,\n",
    )
    for _ in range(2):
        done = world.grade(None, False)
        assert "(3 not as in grades.csv)" in done.stdout
        assert world.finals()["login-1", "centre"] == ["4", "1.5", "0", "5.5", "graded"]
        assert world.finals()["login-2", "spread"] == ["", "0", "0", "", "excused"]
        assert world.finals()["login-2", "centre"] == ["6", "3", "0", "9", "graded"]
        assert world.grades() == before
        exported, _ = world.exported()
        assert exported["login-1", "centre"] == ("5.5", "graded")
        assert exported["login-2", "spread"] == ("", "excused")
    wide = world.command("export", world.out, "--to", world.out.parent / "wide.csv")
    assert wide.returncode == 0
    assert "login-1,5.5,4,13.5" in (world.out.parent / "wide.csv").read_text()  # spread weighs twice
    world.command("export", world.out, "--format", "canvas", "--to", world.out.parent / "canvas.csv")
    assert "login-2,login-2,,9,EX" in (world.out.parent / "canvas.csv").read_text()


def test_an_export_after_a_change_of_the_teachers_brings_final_csv_up_to_date(world):
    world.grade(None, False)
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,1\n")
    world.exported()
    assert world.finals()["login-1", "centre"] == ["4", "1", "0", "5", "graded"]
    world.do("delete", "login-2", "centre")
    world.exported()
    assert world.grades()["login-2", "centre"] == ("", "missing")


def test_changes_csv_says_when_and_why_a_final_score_is_another_and_whose_command_wrote_it(world):
    world.grade(None, False)
    assert not (world.out / "changes.csv").exists()
    world.write("adjustments.csv", "learner,exercise,adjustment,comment,by\nlogin-1,centre,1,=neat,the tutor\n")
    world.exported()
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,excused\n")
    for _ in range(2):
        world.grade(None, False)
    rows = list(csv.DictReader(io.StringIO((world.out / "changes.csv").read_text())))
    assert [(row["learner"], row["exercise"], row["before"], row["after"]) for row in rows] == [
        ("login-1", "centre", "4", "5"), ("login-1", "centre", "5", ""),
    ]  # fmt: skip
    assert rows[0]["because"] == "adjustment 0 → 1: =neat (the tutor)"
    assert rows[1]["because"] == "adjustment 1 → 0, counts → excused"
    assert all(row["who"] for row in rows)


def test_a_list_of_changes_that_does_not_say_who_gets_the_column(world):
    world.grade(None, False)
    old = "when,learner,exercise,before,after,because,checks\n2030-01-01T00:00:00Z,login-1,centre,3,4,the checks changed,\n"
    world.write("changes.csv", old)
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,1\n")
    world.grade(None, False)
    first, second = csv.DictReader(io.StringIO((world.out / "changes.csv").read_text()))
    assert (first["after"], first["who"], second["after"]) == ("4", "", "5")


def test_a_mistake_in_a_teachers_file_is_said_before_anything_is_graded(world):
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,much\n")
    done = world.grade(None, False)
    assert done.returncode == 2
    assert "adjustments.csv:2: adjustment is 'much'" in " ".join(done.stderr.split())
    assert not (world.out / "reports").exists()


def test_a_learner_whom_nobody_knows_is_named_and_not_passed_over(world):
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-9,centre,1\n")
    assert (
        "login-9 is in adjustments.csv, extensions.csv or times.csv, but not in OUT" in world.grade(None, False).stderr
    )


def test_what_a_learner_hands_in_adjusts_nothing(world):
    for place in (world.handed_in, world.handed_in / "login-1"):
        (place / "adjustments.csv").write_text("learner,exercise,adjustment\nlogin-1,centre,2\n")
    world.grade(None, False)
    assert world.finals()["login-1", "centre"][3] == "4"


def test_an_adjustment_stays_with_a_learner_whom_a_class_list_renames(world):
    world.flat = True
    world.do("next week")
    world.do("hand in", "login-1", "centre", "4")
    world.grade(None, False)
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,1\n")
    world.grade(None, True)
    assert world.finals()["learner-001", "centre"][3] == "5"


LATE = "times.csv", "learner,exercise,handed_in\nlogin-1,centre,2030-05-03 12:00\nlogin-2,centre,2030-05-03 12:00\n"


def test_a_late_policy_takes_what_it_says_and_an_extension_gives_it_back(world):
    world.say('late = "10 percent per day, at most 50"')  # the course's first exercise is due on 2030-05-01
    world.write(*LATE)
    world.write("extensions.csv", "learner,exercise,until\nlogin-2,centre,2030-05-03\n")
    done = world.grade(None, False)
    assert world.finals()["login-1", "centre"] == ["4", "0", "-0.8", "3.2", "graded"]
    assert world.finals()["login-2", "centre"] == ["6", "0", "0", "6", "graded"]
    assert world.grades()["login-1", "centre"] == ("4", "graded")
    assert "no late penalty" not in done.stderr


def test_an_adjustments_comment_is_not_given_as_the_reason_for_what_an_extension_changed(world):
    world.say('late = "10 percent per day"')
    world.write(*LATE)
    world.write("adjustments.csv", "learner,exercise,adjustment,comment\nlogin-1,centre,1,neat\n")
    world.grade(None, False)
    world.write("extensions.csv", "learner,exercise,until\nlogin-1,centre,2030-05-03\n")
    world.grade(None, False)
    rows = csv.DictReader(io.StringIO((world.out / "changes.csv").read_text()))
    reasons = [row["because"] for row in rows if row["learner"] == "login-1"]
    assert reasons == ["adjustment 0 → 1, late 0 → -0.8: neat", "late -0.8 → 0"]


def test_where_no_time_is_known_there_is_no_penalty_and_a_line_says_so(world):
    world.say('late = "10 percent per day"')
    done = world.grade(None, False)
    assert world.finals()["login-1", "centre"][2:4] == ["0", "4"]
    assert "no late penalty for 2 graded hand-ins: it is not known when they came" in done.stderr


def test_a_time_that_the_platform_wrote_counts_also_in_later_runs_and_with_another_name(world):
    world.say('late = "10 percent per day"')
    world.flat = True
    world.do("next week")
    world.do("hand in", "login-1", "centre", "5")
    world.grade("centre", False)
    assert world.finals()["login-1", "centre"] == ["5", "0", "-0.5", "4.5", "graded"]
    world.do("next week")
    world.do("hand in", "login-1", "spread", "1")
    world.grade("spread", True)
    assert world.finals()["learner-001", "centre"] == ["5", "0", "-0.5", "4.5", "graded"]
    # Other work, of which no time is known, has no penalty.
    world.flat = False
    world.do("next week")
    world.do("hand in", "learner-001", "centre", "3")
    world.grade("centre", True)
    assert world.finals()["learner-001", "centre"][2:4] == ["0", "3"]


def test_times_that_a_learner_can_choose_are_no_times(tmp_path):
    with zipfile.ZipFile(tmp_path / "learner-001.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("centre.py", (2030, 1, 1, 0, 0, 0)), "points = 1\n")
    (tmp_path / "learner-002").mkdir()
    (tmp_path / "learner-002/timestamp.txt").write_text("2030-01-01 00:00:00 UTC")
    (tmp_path / "learner-002/centre.py").write_text("points = 1\n")
    assert {one.when for one in collect(tmp_path, COURSE).submissions} == {""}


def test_the_lowest_is_dropped_and_a_cap_holds(world):
    world.say("drop = 1\ncap = 100")
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,spread,3\n")
    world.grade(None, False)
    assert world.finals()["login-1", "spread"] == ["4", "3", "0", "4", "graded"]
    assert world.finals()["login-1", "centre"] == ["4", "0", "0", "4", "dropped"]
    world.command("export", world.out, "--to", world.out.parent / "wide.csv")
    assert "login-1,4,4,8" in (world.out.parent / "wide.csv").read_text()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('late = "a lot"', "late is 'a lot'; expected for instance"),
        ('zone = "Nowhere/AtAll"', "zone is 'Nowhere/AtAll'; expected one such as"),
        ("cap = 0", "cap is 0; expected a percentage"),
        ("drop = 2", "drop is 2; expected a number from 0"),
        ("drop = -1", "drop is -1; expected a number from 0"),
    ],
)
def test_what_the_manifest_says_of_final_scores_is_examined(world, line, said):
    world.say(line)
    with pytest.raises(CourseError, match=re.escape(said)):
        load_course(world.course)


def test_the_example_on_the_page_comes_out_as_it_says(world):
    """Its course lines, its files and its final.csv are taken from the page."""
    blocks = dict(re.findall(r'```\w* title="([\w.]+)"\n(.*?)```', PAGE.read_text(encoding="utf-8"), re.DOTALL))
    assert blocks.keys() == {"course.toml", "adjustments.csv", "extensions.csv", "times.csv", "final.csv"}
    world.say(re.sub(r"(?m)^\[course\]\n", "", blocks["course.toml"]))
    shutil.rmtree(world.handed_in)
    for learner, points in (("learner-001", "4.75"), ("learner-002", "6"), ("learner-003", "3")):
        world.do("hand in", learner, "centre", points)
    for name in ("adjustments.csv", "extensions.csv", "times.csv"):
        world.write(name, blocks[name])
    world.grade("centre", False)
    rows = [line for line in (world.out / "final.csv").read_text().splitlines() if "login-3" not in line]
    assert rows == blocks["final.csv"].splitlines()

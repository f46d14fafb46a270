"""Points, extra credit and comments that a teacher gave in the formgrader come to final scores, as nbgrader itself counts them."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.publish.test_adjustments import Course, new_gradebook  # noqa: F401  # a fixture
from tests.publish.test_final_pages import HEAD, page_of, part_of

api = pytest.importorskip("nbgrader.api", reason="no nbgrader: make test installs it")
pytestmark = pytest.mark.filterwarnings(
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::sqlalchemy.exc.SAWarning"
)


class Formgrader(Course):
    """A class whose gradebook a teacher writes into through nbgrader's own API, as the formgrader does."""

    book = "gradebook.db"

    def give(self, learner, name="01_centre", **columns):
        """Set columns of the only cell with points, or of the notebook."""
        with api.Gradebook(f"sqlite:///{self.out / self.book}") as book:
            notebook = book.find_submission_notebook(name, name, learner)
            for column, value in columns.items():
                if column == "late_submission_penalty":
                    notebook.late_submission_penalty = value
                elif column == "manual_comment":
                    (notebook.comments or self.with_comment(book, notebook))[0].manual_comment = value
                else:
                    setattr(notebook.grades[0], column, value)
            book.db.commit()

    def with_comment(self, book, notebook):
        cell = book.add_solution_cell("a_cell_of_the_teachers", notebook.name, notebook.assignment.assignment.name)
        book.db.add(api.Comment(cell=cell, notebook=notebook))
        book.db.commit()
        return notebook.comments

    def in_nbgrader(self):
        """Return what nbgrader itself counts for each hand-in, with its late penalty, as its export does."""
        with api.Gradebook(f"sqlite:///{self.out / self.book}") as book:
            return {
                (one.student.id, one.assignment.name[3:]): f"{max(0.0, one.score - one.late_submission_penalty):g}"
                for one in book.db.query(api.SubmittedAssignment)
            }

    def final_scores(self):
        return {pair: row[3] for pair, row in self.finals().items() if row[3]}


@pytest.fixture
def world(tmp_path, new_gradebook):  # noqa: F811
    made = Formgrader(tmp_path, new_gradebook)
    for learner, slug, points in (("login-1", "centre", "4"), ("login-1", "spread", "3"), ("login-2", "centre", "6")):
        made.do("hand in", learner, slug, points)
    made.grade(None, False)
    return made


def test_manual_points_extra_credit_comments_and_the_penalty_are_in_final_scores_exports_and_pages(world):
    world.give("login-1", manual_score=5.5, extra_credit=0.5, manual_comment="well *explained*")
    world.give("login-1", "02_spread", late_submission_penalty=1.25)
    world.give("login-2", extra_credit=0.1, manual_comment="=neat")
    before = world.grades()
    for _ in range(2):  # counted once, however often it is read
        world.grade(None, False)
        assert world.finals()["login-1", "centre"] == ["4", "2", "0", "6", "graded"]
        assert world.finals()["login-1", "spread"] == ["3", "0", "-1.25", "1.75", "graded"]
        assert world.finals()["login-2", "centre"] == ["6", "0.1", "0", "6.1", "graded"]
        assert world.final_scores() == world.in_nbgrader()
    assert world.grades() == before
    assert world.exported()[0]["login-1", "centre"] == ("6", "graded")
    assert "Adjustment: well *explained* formgrader +2" in part_of(page_of(world))
    assert part_of(page_of(world, slug="spread")).endswith("Late: the penalty that nbgrader took −1.25")
    assert "adjustment 0 → 0.1: =neat (formgrader)" in (world.out / "changes.csv").read_text()


def test_they_survive_a_regrade_in_which_the_points_below_them_change(world):
    world.give("login-1", manual_score=5.5)
    world.give("login-2", extra_credit=1)
    for learner, points in (("login-1", "2.5"), ("login-2", "1")):
        world.do("hand in", learner, "centre", points)
    world.grade(None, False)
    assert world.finals()["login-1", "centre"] == ["2.5", "3", "0", "5.5", "graded"]
    assert world.finals()["login-2", "centre"] == ["1", "1", "0", "2", "graded"]
    assert world.final_scores() == world.in_nbgrader()


def test_an_export_and_what_is_handed_back_have_what_was_given_since_the_last_run(world):
    world.give("login-1", manual_score=6, manual_comment="after all")
    assert world.exported()[0]["login-1", "centre"] == ("6", "graded")
    world.give("login-1", manual_score=None, extra_credit=1)
    assert world.command("return", world.out, "--zip", world.out.parent / "back").returncode == 0
    assert world.finals()["login-1", "centre"] == ["4", "1", "0", "5", "graded"]
    assert "Adjustment: after all formgrader +1" in part_of(page_of(world))
    world.give("login-1", extra_credit=None, manual_comment=None)
    assert world.command("return", world.out, "--zip", world.out.parent / "back").returncode == 0
    assert not part_of(page_of(world))


def test_what_is_given_in_both_places_counts_once_each_and_a_line_asks_whether_that_is_meant(world):
    world.give("login-1", extra_credit=1)
    world.write("adjustments.csv", f"{HEAD}login-1,centre,0.5,neat,,\nlogin-2,centre,0.5,,,\n")
    done = world.grade(None, False)
    assert world.finals()["login-1", "centre"][1] == "1.5"
    assert "adjustments.csv and in the formgrader, and both count: login-1 (centre)\n" in done.stderr


def test_a_late_policy_of_the_course_counts_in_place_of_nbgraders_penalty(world):
    world.say('late = "10 percent per day"')
    world.write("times.csv", "learner,exercise,handed_in\nlogin-1,centre,2030-05-02 12:00\n")
    world.give("login-1", late_submission_penalty=4)
    done = world.grade(None, False)
    assert world.finals()["login-1", "centre"] == ["4", "0", "-0.4", "3.6", "graded"]
    assert "nbgrader's late penalty does not count for 1 graded hand-ins" in done.stderr


def test_points_for_a_report_that_was_removed_stay_as_they_do_in_the_gradebook(world):
    world.give("login-1", extra_credit=1)
    world.do("withdraw", "login-1", "centre")
    world.do("delete", "login-1", "centre")
    world.grade(None, False)
    assert world.finals()["login-1", "centre"] == ["", "1", "0", "1", "by hand"]


def test_they_follow_a_learner_whom_a_class_list_renames(world):
    world.flat = True
    world.do("next week")
    for learner, points in (("login-1", "4"), ("login-2", "6")):
        world.do("hand in", learner, "centre", points)
    world.grade("centre", False)
    world.give("login-1", extra_credit=1)
    world.grade("centre", True)
    assert world.finals()["learner-001", "centre"][:4] == ["4", "1", "0", "5"]


def test_a_learner_whom_only_the_gradebook_knows_is_named(world):
    with api.Gradebook(f"sqlite:///{world.out / 'gradebook.db'}") as book:
        book.add_student("login-9")
        book.add_submission("01_centre", "login-9")
    world.give("login-9", extra_credit=1)
    assert "in the formgrader, but not in OUT: not applied: login-9 (centre)" in world.grade(None, False).stderr


def test_where_the_gradebook_is_away_what_was_found_last_counts_and_a_line_says_so(world):
    world.give("login-1", extra_credit=1)
    world.grade(None, False)
    (world.out / "gradebook.db").write_text("no database")
    exported, done = world.exported()
    assert exported["login-1", "centre"] == ("5", "graded")
    assert "points by hand are those that the last `grade` found" in done.stderr
    (world.out / "gradebook.db").unlink()
    assert world.exported()[0]["login-1", "centre"] == ("5", "graded")
    assert not (world.out / "gradebook.db").exists()  # whoever reads makes none


def test_another_gradebook_that_was_graded_into_is_read_for_exports_too(world):
    shutil.copy(world.out / "gradebook.db", world.out.parent / "all.db")
    (world.out / "gradebook.db").unlink()
    world.book = "../all.db"
    done = world.command(
        "grade", world.handed_in, "--out", world.out, "--unsafe-no-sandbox", "--seed", "a secret",
        "--gradebook", f"sqlite:///{world.out.parent / 'all.db'}",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    world.give("login-1", extra_credit=2)
    assert world.exported()[0]["login-1", "centre"] == ("6", "graded")


def test_a_gradebook_is_read_while_somebody_else_is_writing_it(world):
    world.give("login-1", extra_credit=2)
    with closing(sqlite3.connect(world.out / "gradebook.db")) as writer:
        writer.execute("BEGIN IMMEDIATE")  # as the formgrader at this moment
        assert world.exported()[0]["login-1", "centre"] == ("6", "graded")

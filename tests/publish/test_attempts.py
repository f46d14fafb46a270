"""Several attempts of one learner: the last counts, or the best, as the course says; the best after the late policy."""

import re

import pytest

from grader.manifest.course import CourseError, load_course
from tests.publish.test_adjustments import Course, new_gradebook  # noqa: F401  # a fixture
from tests.publish.test_final_pages import page_of, part_of


class Attempts(Course):
    """A class whose learners hand in several times, as Blackboard's download has it."""

    flat = True

    def attempt(self, day, points, learner="login-1", hour=12):
        self.handed_in.mkdir(exist_ok=True)
        name = f"Work_{learner}_attempt_2030-{day}-{hour:02d}-00-00_centre.py"
        (self.handed_in / name).write_text(f"points = {points}\n")

    def graded(self):
        return self.finals()["login-1", "centre"][:4]


@pytest.fixture
def world(tmp_path, new_gradebook):  # noqa: F811
    made = Attempts(tmp_path, new_gradebook)
    for day, points in (("04-28", "2"), ("04-29", "5"), ("04-30", "3")):
        made.attempt(day, points)
    return made


def test_without_a_word_of_the_courses_the_last_attempt_counts(world):
    world.grade("centre", False)
    assert world.graded() == ["3", "0", "0", "3"]


def test_the_best_counts_where_the_course_says_so_with_its_own_code_on_the_page_and_in_the_gradebook(world):
    world.say('attempts = "best"')
    assert world.grade("centre", False).returncode == 0
    assert world.graded() == ["5", "0", "0", "5"]
    assert world.gradebook()["login-1", "centre"] == 5
    text = re.sub("<[^>]+>", "", page_of(world))
    assert "points = 5" in text
    assert "of 3 attempts the attempt of 2030-04-29 12:00 counts, the best" in text
    # The same command grades nothing anew.
    before = (world.out / ".grader/journal").read_text()
    assert "graded again" not in world.grade("centre", False).stdout
    assert (world.out / ".grader/journal").read_text() == before
    # A worse attempt changes nothing, and a better one does.
    world.attempt("05-01", "1")
    world.grade("centre", False)
    assert world.graded()[3] == "5"
    world.attempt("05-01", "6", hour=13)
    world.grade("centre", False)
    assert world.graded()[3] == "6"


def test_the_best_is_the_best_after_the_late_policy_by_each_attempts_own_time(world):
    world.say('attempts = "best"\nlate = "10 percent per day"')
    world.attempt("05-04", "6")  # three days late: 4.2 of 6
    world.grade("centre", False)
    assert world.graded() == ["5", "0", "0", "5"]
    # With more time it is worth more, and the choice is another.
    world.write("extensions.csv", "learner,exercise,until\nlogin-1,centre,2030-05-03\n")
    done = world.grade("centre", False)
    assert "what lateness costs changed, on which the best attempt depends" in " ".join(done.stdout.split())
    assert world.graded() == ["6", "0", "-0.6", "5.4"]
    assert "Late by 12 hours" in part_of(page_of(world))


def test_of_attempts_that_are_worth_the_same_the_latest_counts_and_of_the_same_work_the_first(world):
    world.say('attempts = "best"\nlate = "10 percent per day"')
    world.attempt("04-30", "5.0", hour=14)
    world.grade("centre", False)
    assert "points = 5.0" in re.sub("<[^>]+>", "", page_of(world))
    world.attempt("05-03", "5.0")
    world.grade("centre", False)
    assert world.graded() == ["5", "0", "0", "5"]


def test_an_attempt_that_the_grader_could_not_score_holds_the_others_back(world):
    world.say('attempts = "best"')
    world.attempt("04-27", '"held"'.strip('"'))
    assert world.grade("centre", False).returncode == 1
    assert world.finals()["login-1", "centre"][4] == "held"


def test_the_best_follows_a_learner_whom_a_class_list_names(world):
    world.say('attempts = "best"')
    world.grade("centre", True)
    assert world.finals()["learner-001", "centre"][3] == "5"
    assert "learner-001" in page_of(world, "learner-001")


def test_after_the_course_has_changed_its_mind_the_other_attempt_counts(world):
    world.say('attempts = "best"')
    world.grade("centre", False)
    manifest = world.course / "course.toml"
    manifest.write_text(manifest.read_text().replace('"best"', '"last"'))
    world.grade("centre", False)
    assert world.graded()[3] == "3"


def test_another_word_is_refused(world):
    world.say('attempts = "first"')
    with pytest.raises(CourseError, match="attempts is 'first'; expected 'last' or 'best'"):
        load_course(world.course)

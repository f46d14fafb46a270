"""The final score on a learner's page: beside the automatic one, true after every change, and nothing is graded or made anew for it."""

import re
import zipfile
from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest

from grader.collect.opened import Folder
from grader.grading.journal import fingerprint
from grader.publish.feedback import headed, nameless, renamed
from grader.publish.final import Adjustment, final, with_dropped
from grader.publish.final import Automatic as Found
from grader.publish.final_pages import told, with_part
from grader.publish.returned import SENT, Returned
from grader.publish.timing import by_how_much
from tests.publish.test_adjustments import Course, new_gradebook  # noqa: F401  # a fixture
from tests.publish.test_feedback import Tags

HEAD = "learner,exercise,adjustment,comment,by,when\n"
NEAT = f"{HEAD}login-1,centre,1.5,neat & <b>tidy</b>,the tutor,2030-05-06\n"


@pytest.fixture
def world(tmp_path, new_gradebook):  # noqa: F811
    made = Course(tmp_path, new_gradebook)
    for learner, slug, points in (("login-1", "centre", "4"), ("login-1", "spread", "4"), ("login-2", "centre", "6")):
        made.do("hand in", learner, slug, points)
    return made


def page_of(world, learner="login-1", slug="centre"):
    return (world.out / f"feedback/{learner}/{slug}.html").read_text(encoding="utf-8")


def part_of(text):
    """Return what a page says of the final score, without tags, or nothing."""
    found = re.search(r'<section class="final">(.*?)</section>', text, re.DOTALL)
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()) if found else ""


def written(world):
    """Return when each page was written."""
    return {path: path.stat().st_mtime_ns for path in world.out.glob("feedback/*/*.html")}


def test_an_adjustment_stands_on_the_page_beside_the_automatic_score_and_goes_with_its_line(world):
    world.grade(None, False)
    before = page_of(world)
    assert not part_of(before)
    world.write("adjustments.csv", NEAT)
    world.grade(None, False)
    after = page_of(world)
    assert '<span class="score">4 of 6 points</span>' in after
    assert part_of(after) == (
        "Final score: 5.5 of 6 points Automatic score 4 Adjustment: neat &amp; &lt;b&gt;tidy&lt;/b&gt; the tutor, 2030-05-06 +1.5"
    )
    tags = Tags()
    tags.feed(after)
    assert sorted(tag for tag in tags.opened if tag != "meta") == sorted(tags.closed)
    world.write("adjustments.csv", HEAD)
    world.grade(None, False)
    assert page_of(world) == before


def test_nothing_is_graded_for_it_and_pages_whose_final_score_stays_are_not_written_again(world):
    world.write("adjustments.csv", NEAT)
    world.grade(None, False)
    before = written(world)
    world.grade(None, False)
    assert written(world) == before
    world.write("adjustments.csv", f"{NEAT}login-2,centre,-10%,,,\n")
    with mock.patch("grader.publish.results.page", side_effect=AssertionError("a page is rendered")):
        done = world.grade(None, False)
    assert "graded again" not in done.stdout
    assert {path.parent.name for path, when in written(world).items() if when != before[path]} == {"login-2"}
    assert part_of(page_of(world, "login-2")).endswith("Automatic score 6 Adjustment -0.6".replace("-", "−"))


def test_a_page_that_is_made_anew_has_the_final_score_too(world):
    world.write("adjustments.csv", NEAT)
    world.grade(None, False)
    world.do("hand in", "login-1", "centre", "2")
    world.grade(None, False)
    assert part_of(page_of(world)).startswith("Final score: 3.5 of 6 points Automatic score 2")


def test_after_a_kill_between_pages_and_tables_the_next_run_says_what_is_true_now(world):
    world.write("adjustments.csv", NEAT)
    with mock.patch("grader.publish.results.append_adjusted", side_effect=KeyboardInterrupt):
        world.grade(None, False)
    assert part_of(page_of(world))
    (world.out / "adjustments.csv").unlink()
    world.grade(None, False)
    assert not part_of(page_of(world))


def test_a_late_penalty_an_exemption_a_cap_and_what_is_dropped_are_on_the_page(world):
    world.say('late = "10 percent per day"\ncap = 100\ndrop = 1')
    world.write("times.csv", "learner,exercise,handed_in\nlogin-1,centre,2030-05-03 12:00\n")
    world.write("adjustments.csv", f"{HEAD}login-1,spread,2,,,\nlogin-2,centre,excused,ill,the office,\n")
    world.grade(None, False)
    # Until the end of the 1st: it came a day and a half later.
    assert part_of(page_of(world)) == (
        "Final score: 3.2 of 6 points Automatic score 4 Late by 1 day 12 hours: 20 percent −0.8 "
        "This is the lowest of your exercises, and has no part in the total."
    )
    assert part_of(page_of(world, slug="spread")).endswith("Adjustment +2 No more than the course allows −2")
    assert part_of(page_of(world, "login-2")) == "Excused ill the office This exercise does not count for you."


def test_the_sum_on_a_page_comes_out(world):
    given = (Adjustment(Decimal(-9), comment="copied"), Adjustment(percent=Decimal("12.5")))
    one = final(Found(Decimal("4.75"), Decimal(6), "graded"), given, Decimal(20))
    rows = told(one, Decimal(6), given, "Late").rows
    points = [Decimal(row.points.replace("−", "-")) for row in rows]
    assert [row.label for row in rows] == [
        "Automatic score", "Late", "Adjustment", "Adjustment", "A score is never below 0",
    ]  # fmt: skip
    assert sum(points) == one.final == 0
    assert with_dropped({"a": one}, {"a": Decimal(6)}, 0)["a"] == one


def test_a_name_and_a_full_name_change_on_a_page_with_a_final_score_as_on_another():
    plain = '<h1>T</h1>\n<p class="faint">a</p>\n<p><span class="score">4 of 6 points</span></p>\n'
    plain = f"<title>T · a</title>{plain}"
    part = '<section class="final">\n<p>5</p>\n</section>\n'
    shown = with_part(plain, part)
    assert with_part(with_part(shown, part), "") == plain
    assert part in headed(renamed(shown, "a", "b"), "B")
    assert nameless(shown, "a") == nameless(renamed(shown, "a", "b"), "b") != nameless(plain, "a")
    assert with_part("<p>no page of ours</p>", part) == "<p>no page of ours</p>"


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=125), "2 hours 5 minutes"),
        (timedelta(days=1, hours=1, minutes=59), "1 day 1 hour"),
        (timedelta(days=3), "3 days"),
    ],
)
def test_how_late_is_said_in_words(late, said):
    assert by_how_much(late) == said


# Handing back.


def back(world, *more):
    done = world.command("return", world.out, "--zip", world.out.parent / "back", *more)
    with zipfile.ZipFile(world.out.parent / "back/learners/login-1.zip") as file:
        return done, file.read("01_centre.html").decode()


def test_what_is_handed_back_has_adjustments_written_since_the_last_run_and_final_csv_too(world):
    world.grade(None, False)
    world.write("adjustments.csv", NEAT)
    done, given = back(world)
    assert done.returncode == 0, done.stderr
    assert part_of(given).startswith("Final score: 5.5 of 6 points")
    assert world.finals()["login-1", "centre"] == ["4", "1.5", "0", "5.5", "graded"]
    assert "adjustment 0 → 1.5" in (world.out / "changes.csv").read_text()


def test_what_was_handed_back_keeps_its_automatic_score_and_gets_adjustments_all_the_same(world):
    world.grade(None, False)
    back(world)
    world.do("hand in", "login-1", "centre", "2")
    world.write("adjustments.csv", NEAT)
    assert "kept as they were handed back: 1 report (1 although another hand-in)" in world.grade(None, False).stdout
    assert part_of(page_of(world)).startswith("Final score: 5.5 of 6 points Automatic score 4")
    world.write("adjustments.csv", NEAT.replace("1.5", "2"))
    _, given = back(world)
    assert part_of(given).startswith("Final score: 6 of 6 points Automatic score 4")


def test_a_mail_goes_out_again_where_an_adjustment_has_changed_the_page(world):
    world.grade(None, False)
    with Folder(world.out) as folder:
        Returned(folder).note(SENT, "login-1", {"centre": ("a report", _page_hash(world))})
        assert Returned(folder).was_sent("login-1", "centre", _page_hash(world))
        world.write("adjustments.csv", NEAT)
        back(world)
        assert not Returned(folder).was_sent("login-1", "centre", _page_hash(world))


def _page_hash(world):
    return fingerprint(nameless(page_of(world), "login-1"))


def test_a_mistake_in_a_teachers_file_is_said_and_nothing_is_handed_back(world):
    world.grade(None, False)
    world.write("adjustments.csv", "learner,exercise,adjustment\nlogin-1,centre,much\n")
    done = world.command("return", world.out, "--zip", world.out.parent / "back")
    assert done.returncode == 2
    assert "adjustments.csv:2: adjustment is 'much'" in " ".join(done.stderr.split())
    assert not (world.out.parent / "back/learners").exists()


def test_the_time_of_what_was_handed_back_stays_when_other_work_comes_later(world):
    world.say('late = "10 percent per day"')
    world.flat = True
    world.do("next week")
    world.do("hand in", "login-1", "centre", "4")
    world.grade("centre", False)
    assert world.finals()["login-1", "centre"] == ["4", "0", "-0.4", "3.6", "graded"]
    back(world)
    world.do("hand in", "login-1", "centre", "5")
    world.grade("centre", False)
    assert world.finals()["login-1", "centre"] == ["4", "0", "-0.4", "3.6", "graded"]

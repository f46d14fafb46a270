"""Final scores: each rule of the arithmetic by itself, and that no sum depends on binary fractions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.manifest.late import Policy, late_policy, lateness, moment
from grader.publish.final import Adjustment, Automatic, final, rounded, with_dropped

D = Decimal


def graded(score, most="10"):
    return Automatic(D(score), D(most), "graded")


MISSING, HELD = Automatic(None, D(10), "missing"), Automatic(None, D(10), "held")


def test_without_anything_the_final_score_is_the_automatic_one():
    assert final(graded("6.25")).final == D("6.25")
    assert final(graded("6.25")).state == "graded"
    assert final(MISSING).final is None
    assert final(MISSING).state == "missing"


def test_points_and_percent_of_the_exercises_points_add_up():
    one = final(graded("6"), [Adjustment(points=D("0.5")), Adjustment(percent=D("5")), Adjustment(points=D("-0.25"))])
    assert (one.adjustment, one.final) == (D("0.75"), D("6.75"))


def test_lateness_takes_percent_of_the_automatic_score_and_not_of_what_a_teacher_gave():
    one = final(graded("8"), [Adjustment(points=D(1))], late=D(25))
    assert (one.late, one.adjustment, one.final) == (D(-2), D(1), D(7))


def test_a_cap_holds_after_all_else_and_without_one_extra_credit_counts():
    extra = [Adjustment(points=D(3))]
    assert final(graded("9"), extra).final == D(12)
    assert final(graded("9"), extra, cap=D(100)).final == D(10)
    assert final(graded("9"), extra, late=D(50), cap=D(100)).final == D("7.5")


def test_nothing_is_below_0():
    assert final(graded("1"), [Adjustment(points=D(-3))]).final == 0


def test_what_is_excused_has_no_final_score_whatever_else_is_given():
    one = final(graded("6"), [Adjustment(points=D(1)), Adjustment(excused=True)])
    assert (one.automatic, one.final, one.state, one.counts) == (D(6), None, "excused", False)
    assert final(HELD, [Adjustment(excused=True)]).state == "excused"


def test_what_is_held_stays_held_and_shows_what_will_be_added():
    one = final(HELD, [Adjustment(points=D(1))], late=D(10))
    assert (one.final, one.state, one.adjustment, one.late) == (None, "held", D(1), 0)


def test_points_for_what_was_not_handed_in_are_a_score_by_hand():
    one = final(MISSING, [Adjustment(points=D(4))])
    assert (one.automatic, one.final, one.state) == (None, D(4), "by hand")


@pytest.mark.parametrize(
    ("exact", "shown"),
    [("0.125", "0.13"), ("-0.125", "-0.12"), ("0.124", "0.12"), ("-0.126", "-0.13"), ("2", "2"), ("0", "0")],
)
def test_halves_of_a_hundredth_are_rounded_in_the_learners_favour(exact, shown):
    assert rounded(D(exact)) == D(shown)


def test_decimal_fractions_are_not_binary_ones():
    assert final(graded("1.1"), [Adjustment(points=D("2.2"))]).final == D("3.3")
    assert final(graded("7.35"), late=D(10)).late == D("-0.73")  # 0.735 exactly, where a float has 0.7350000000000001


@given(
    st.decimals(0, 10, places=2), st.decimals(0, 100, places=1), st.lists(st.decimals(-5, 5, places=2), max_size=3),
    st.none() | st.decimals(1, 150, places=0),
)  # fmt: skip
def test_the_columns_add_up_unless_a_cap_or_0_is_in_the_way(score, late, points, cap):
    one = final(Automatic(score, D(10), "graded"), [Adjustment(points=some) for some in points], late, cap)
    most = D("inf") if cap is None else cap / 10
    assert one.final == max(D(0), min(one.automatic + one.late + one.adjustment, most))
    assert -one.automatic <= one.late <= 0


def test_the_lowest_are_dropped_by_their_share_of_the_points_and_one_always_stays():
    three = {"a": final(graded("6")), "b": final(graded("4", "5")), "c": final(MISSING)}
    most = {"a": D(10), "b": D(5), "c": D(10)}
    assert [one.state for one in with_dropped(three, most, 1).values()] == ["graded", "graded", "dropped"]
    assert [one.state for one in with_dropped(three, most, 2).values()] == ["dropped", "graded", "dropped"]
    assert [one.state for one in with_dropped(three, most, 5).values()] == ["dropped", "graded", "dropped"]
    assert with_dropped(three, most, 0) == three


def test_what_is_held_or_excused_is_not_dropped():
    two = {
        "a": final(HELD),
        "b": final(graded("1"), [Adjustment(excused=True)]),
        "c": final(graded("9")),
        "d": final(graded("8")),
    }
    states = [one.state for one in with_dropped(two, dict.fromkeys(two, D(10)), 1).values()]
    assert states == ["held", "excused", "graded", "dropped"]


# The late policy.

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@pytest.mark.parametrize(
    ("line", "late", "percent"),
    [
        ("", 9 * DAY, 0),
        ("10 percent per day", -MINUTE, 0),
        ("10 percent per day", timedelta(), 0),
        ("10 percent per day", MINUTE, 10),
        ("10 percent per day", DAY, 10),
        ("10 percent per day", DAY + MINUTE, 20),
        ("10 percent per day", 30 * DAY, 100),
        ("10 percent per day, at most 50", 30 * DAY, 50),
        ("2.5% per hour, at most 50 percent, after 15 minutes", 15 * MINUTE, 0),
        ("2.5% per hour, at most 50 percent, after 15 minutes", 16 * MINUTE, 2.5),
        ("5 percent a week, after 1 day", 2 * DAY, 5),
    ],
)
def test_a_line_says_what_lateness_takes(line, late, percent):
    assert late_policy(line).taken(late) == D(str(percent))


@pytest.mark.parametrize(
    "line", ["10", "ten percent per day", "10 percent per day at most 5", "110 percent per day", "-1 percent per day"]
)
def test_what_is_no_late_policy_is_refused_with_an_example(line):
    with pytest.raises(ValueError, match=r"expected for instance '10 percent per day|more than 100 percent"):
        late_policy(line)


def test_a_due_date_is_the_end_of_that_day_and_a_time_is_a_time():
    assert moment(date(2030, 5, 1), None) == datetime(2030, 5, 2)  # noqa: DTZ001
    berlin = ZoneInfo("Europe/Berlin")
    due = moment(date(2030, 5, 1), berlin)
    assert lateness(datetime(2030, 5, 1, 22, 1, tzinfo=UTC), due) == MINUTE
    assert lateness(moment(datetime(2030, 5, 2, 0, 1), berlin), due) == MINUTE  # noqa: DTZ001


def test_a_night_in_which_the_clock_is_changed_has_the_hours_that_it_has():
    berlin = ZoneInfo("Europe/Berlin")
    hours = lateness(datetime(2030, 4, 1, tzinfo=berlin), datetime(2030, 3, 31, tzinfo=berlin))
    assert hours == timedelta(hours=23)


def test_a_time_with_a_zone_and_one_without_are_not_compared():
    assert lateness(datetime(2030, 5, 1, tzinfo=UTC), datetime(2030, 5, 1)) is None  # noqa: DTZ001
    assert Policy().taken(DAY) == 0

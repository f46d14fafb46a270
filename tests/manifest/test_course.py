"""The manifest: what is wrong with it is said by the entry, and never by a traceback, however it is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from grader.manifest.course import OWN, PYTHON, CourseError, load_course

MANIFEST = (OWN / "course.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("number = 2\n", 'number = "2"\n', "number is '2'; expected int"),
        ("number = 2\n", "number = 1\n", "2 exercises share the number 1"),
        ('slug = "update_rule"', 'slug = "derivatives"', "2 exercises share the slug derivatives"),
        ("number = 2\n", "", "exercise 'update_rule': number is missing"),
        ("number = 2\n", "number = 2\npoints = 0\n", "exercise 'update_rule': points is 0"),
        ("number = 2\n", "number = 2\ndue = \"soon\"\n", "due is 'soon'; expected a date"),
        ("number = 2\n", "number = 2\nplaces = 1\n", "places is unknown"),
        ("[limits]", "[limit]", r"\[limit\] is unknown"),
        ("[course]", "[curse]", "course is missing"),
        ("number = 2\n", "number = -2\n", "a number from 0"),
        ('slug = "update_rule"', "slug = []", r"slug is \[\]; expected str"),
        ('slug = "update_rule"', 'slug = "../update_rule"', "small letters"),
        ('slug = "update_rule"', 'slug = "2"', "small letters"),
        ('title = "The update rule"', "title = nan", "title is nan; expected str"),
        ('title = "The update rule"', 'titel = "The update rule"', "did you mean title"),
        ("core = true", "core = 1", "core is 1; expected bool"),
        ("call_timeout_s = 3.0", "call_timeout_s = nan", "call_timeout_s is nan; expected float"),
        ("call_timeout_s = 3.0", "call_timeout_s = 0", "above 0"),
        ("memory_mib = 512", "memory_mib = 99999999999", "below 1e"),
        ('title = "Gradient descent"', "title = 1", "title is 1; expected str"),
        ('[course]', '[[course]]', "another type"),
        ('[course]', "x = " + "[" * 5_000 + "\n[course]", "recursion|nested"),
        ('[course]', "[course", "line 3"),
    ],
)  # fmt: skip
def test_an_entry_that_is_wrong_is_named(tmp_path, right, wrong, reason):
    assert right in MANIFEST
    path = tmp_path / "course.toml"
    path.write_text(MANIFEST.replace(right, wrong), encoding="utf-8")
    with pytest.raises(CourseError, match=reason) as told:
        load_course(path.parent)
    assert str(told.value).startswith("course.toml: ")


def test_bytes_that_are_no_text_are_no_manifest(tmp_path):
    path = tmp_path / "course.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(CourseError, match="utf-8"):
        load_course(path.parent)


def test_another_python_than_the_courses_is_told(tmp_path):
    path = tmp_path / "course.toml"
    for version, told in ((PYTHON, ""), ("2.7", f"this is Python {PYTHON}, and work is graded with Python 2.7")):
        path.write_text(MANIFEST.replace('python = "3.11"', f'python = "{version}"'), encoding="utf-8")
        assert load_course(path.parent).other_python.partition(":")[0] == told


def test_a_whole_number_is_a_limit(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text(MANIFEST.replace("call_timeout_s = 3.0", "call_timeout_s = 3"), encoding="utf-8")
    assert load_course(path.parent).limits == load_course().limits


UNTIL = [
    # What `until` is, the course's zone, and the first moment at which the solution may be shown.
    ("2030-06-01", "", "2030-06-02T00:00-12:00"),  # when the day has ended everywhere
    ("2030-06-01", "Europe/Berlin", "2030-06-02T00:00+02:00"),
    ("2030-06-01T12:00:00", "Europe/Berlin", "2030-06-01T12:00+02:00"),
    ("2030-06-01T12:00:00+05:00", "Europe/Berlin", "2030-06-01T12:00+05:00"),
]


@pytest.mark.parametrize(("until", "zone", "first"), UNTIL)
def test_a_solution_may_be_shown_from_the_moment_at_which_its_date_is_over_in_the_courses_zone(
    tmp_path, until, zone, first
):
    text = f'[course]\ntitle = "A course"\nzone = "{zone}"\n\n[[exercise]]\nnumber = 1\nslug = "one"\ntitle = "One"\nuntil = {until}\n'
    (tmp_path / "course.toml").write_text(text)
    course, moment = load_course(tmp_path), datetime.fromisoformat(first)
    assert not course.may_show_solution(course.exercises[0], moment - timedelta(seconds=1))
    assert course.may_show_solution(course.exercises[0], moment)


def test_without_a_date_a_solution_is_never_shown():
    exercise = replace(load_course().exercises[0], until=None)
    assert not load_course().may_show_solution(exercise, datetime.max.replace(tzinfo=UTC))

"""The manifest: what is wrong with it is said by the entry, and never by a traceback, however it is wrong."""

import pytest

from grader.course import PACKAGE, PYTHON, CourseError, load_course

MANIFEST = (PACKAGE / "course.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ("number = 2\n", 'number = "2"\n', "number is '2'; expected int"),
        ("number = 2\n", "number = 1\n", "share a slug or a number"),
        ("number = 2\n", "number = -2\n", "a number from 0"),
        ('slug = "update_rule"', "slug = []", r"slug is \[\]; expected str"),
        ('slug = "update_rule"', 'slug = "../update_rule"', "small letters"),
        ('slug = "update_rule"', 'slug = "2"', "small letters"),
        ('title = "The update rule"', "title = nan", "title is nan; expected str"),
        ('title = "The update rule"', 'titel = "The update rule"', "titel"),
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
        load_course(path)
    assert str(told.value).startswith("course.toml: ")


def test_bytes_that_are_no_text_are_no_manifest(tmp_path):
    path = tmp_path / "course.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(CourseError, match="utf-8"):
        load_course(path)


def test_another_python_than_the_courses_is_told(tmp_path):
    path = tmp_path / "course.toml"
    for version, told in ((PYTHON, ""), ("2.7", f"this is Python {PYTHON}, and work is graded with Python 2.7")):
        path.write_text(MANIFEST.replace('python = "3.11"', f'python = "{version}"'), encoding="utf-8")
        assert load_course(path).other_python.partition(":")[0] == told


def test_a_whole_number_is_a_limit(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text(MANIFEST.replace("call_timeout_s = 3.0", "call_timeout_s = 3"), encoding="utf-8")
    assert load_course(path).limits == load_course().limits

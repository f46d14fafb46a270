"""The map of the course on the start page: a list without scripts, progress with them, and a file that travels."""

import json

import pytest
from playwright.sync_api import expect

from grader.manifest.course import load_course
from grader.practice.progress import Best, merge, parse, serialise

EXERCISES = load_course().exercises
KEY = "descent-kit:progress"
LESSONS_KEY = "descent-kit:lessons"
LESSONS = {
    "introduction": {"read": True, "questions": 5, "answered": ["no-error", "too-many"]},
    "derivatives": {"read": True, "questions": 5, "answered": []},
    "update_rule": {"read": False, "questions": 5, "answered": ["points"]},
}
HERE = {
    "derivatives": Best(5, 5, 3.5, 3.5, "2026-11-21T10:00:00Z"),
    "update_rule": Best(3, 4, 2.0, 3.0, "2026-11-21T10:00:00Z"),
}
THERE = {
    "update_rule": Best(4, 4, 3.0, 3.0, "2026-11-22T10:00:00Z"),
    "optimizers": Best(1, 6, 0.5, 3.0, "2026-11-22T10:00:00Z"),
}
# For us alone: the theme too keeps things, and complains where it must not.
FORBIDDEN = """
for (const name of ["getItem", "setItem"]) {
  const allowed = Storage.prototype[name];
  Storage.prototype[name] = function (key, ...rest) {
    if (key.startsWith("descent-kit:")) throw new DOMException("denied", "SecurityError");
    return allowed.call(this, key, ...rest);
  };
}
"""


@pytest.fixture
def begun(open_page):
    """Give a function that opens the start page where some exercises are done already."""

    def open_begun(progress=HERE, lessons=LESSONS, **settings):
        page = open_page(**settings)
        for key, text in ((KEY, serialise(progress)), (LESSONS_KEY, json.dumps(lessons))):
            page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, text])
        page.reload()
        page.locator("descent-progress li").first.wait_for()
        return page

    return open_begun


def stored(page):
    return parse(page.evaluate("key => localStorage.getItem(key)", KEY))


def choose(page, content, name="progress.json"):
    page.locator("descent-progress input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": content}
    )


def said(page):
    return page.locator("descent-progress [role=status]")


def test_without_scripts_there_is_a_plain_list_of_links(open_page):
    page = open_page(java_script_enabled=False)
    lessons, exercises = (page.locator(f"article ul li a[href^='{kind}/']") for kind in ("lessons", "exercises"))
    assert [link.inner_text() for link in exercises.all()] == [f"exercise {one.number}" for one in EXERCISES]
    assert [link.get_attribute("href") for link in lessons.all()][1:] == [one.lesson for one in EXERCISES]
    assert all(link.is_visible() for link in [*lessons.all(), *exercises.all()])


@pytest.mark.parametrize("size", ["phone", "tablet", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_exercise_has_a_bar_and_a_link_to_its_page(begun, address, size, scheme):
    page = begun(size=size, scheme=scheme)
    rows = page.locator("descent-progress .exercise")
    assert rows.count() == len(EXERCISES)
    for row, exercise in zip(rows.all(), EXERCISES, strict=True):
        assert row.locator("a").evaluate("link => link.href") == f"{address}exercises/{exercise.slug}/"
        best = HERE.get(exercise.slug)
        expected = f"{best.passed} of {best.checks} checks" if best else "not started"
        assert row.locator("span").inner_text() == expected
        bar = row.get_by_role("progressbar", name=f"Exercise {exercise.number}: ")
        assert bar.get_attribute("aria-valuetext") == expected
        assert bar.evaluate("bar => bar.position") == (best.passed / best.checks if best else 0)
    assert "1 of 10 exercises" in page.locator("descent-progress .total").inner_text()
    assert not page.locator("article ul:has(a[href^='exercises/'])").is_visible(), "not the plain list too"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_exported_is_the_file_of_grader_progress(begun):
    page = begun()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert download.value.suggested_filename == "progress.json"
    assert parse(download.value.path().read_text(encoding="utf-8")) == HERE


def test_what_is_imported_is_merged_and_shown_at_once(begun):
    page = begun()
    choose(page, serialise(THERE).encode())
    said(page).get_by_text("Imported progress.json").wait_for()
    assert stored(page) == merge(HERE, THERE)
    assert "2 of 10 exercises" in page.locator("descent-progress .total").inner_text()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"no json", "it is not JSON"),
        (b'{"cells": [], "nbformat": 4}', "its schema_version is not 1"),
        (serialise(THERE).replace('"points": 3.0', '"points": 9').encode(), "points of update_rule"),
    ],
)
def test_a_wrong_file_is_refused_with_what_is_wrong_and_nothing_changes(begun, content, what):
    page = begun()
    choose(page, content, "notes <b>.json")
    said(page).get_by_text(what).wait_for()
    assert said(page).inner_text().startswith("notes <b>.json was not imported.")
    assert stored(page) == HERE
    choose(page, serialise(THERE).encode(), "notes <b>.json")  # the same name again, mended
    said(page).get_by_text("Imported").wait_for()


def test_forgetting_asks_first(begun):
    page = begun()
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Forget all").click()
    assert stored(page) == HERE
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all").click()
    said(page).get_by_text("Forgotten").wait_for()
    assert stored(page) == {}
    assert page.evaluate("key => localStorage.getItem(key)", LESSONS_KEY) == "{}"
    assert "0 of 11" in page.locator("descent-progress .total").inner_text()
    assert "0 of 10" in page.locator("descent-progress .total").inner_text()


def test_what_another_tab_records_is_shown(begun):
    page = begun()
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, serialise(merge(HERE, THERE))])
    page.locator("descent-progress .total", has_text="2 of 10 exercises").wait_for()


def test_damaged_memory_is_set_aside_and_the_page_works(begun):
    page = begun()
    page.evaluate("key => localStorage.setItem(key, '{half')", KEY)
    page.reload()
    page.locator("descent-progress .total", has_text="0 of 10 exercises").wait_for()
    choose(page, serialise(THERE).encode())
    said(page).get_by_text("Imported").wait_for()
    kept = page.evaluate("Object.entries(localStorage).filter(([key]) => key.includes('damaged'))")
    assert [text for _, text in kept] == ["{half"]
    assert stored(page) == THERE


def test_where_nothing_can_be_kept_that_is_said_and_an_import_shows(open_page):
    page = open_page()
    page.add_init_script(FORBIDDEN)
    page.reload()
    said(page).get_by_text("cannot save anything").wait_for()
    choose(page, serialise(HERE).encode())
    page.locator("descent-progress .total", has_text="1 of 10 exercises").wait_for()


def test_the_keyboard_alone_reaches_every_link_and_button(begun):
    page = begun()
    page.evaluate("document.querySelector('descent-progress').shadowRoot.querySelector('a').focus()")
    reached = []
    for _ in range(2 * len(EXERCISES) + 1 + 3):
        reached.append(page.evaluate("document.activeElement.shadowRoot?.activeElement?.textContent"))
        page.keyboard.press("Tab")
    titles = page.locator("descent-progress .lesson a").all_inner_texts()
    stops = [stop for number, title in enumerate(titles) for stop in (title, f"Exercise {number}")]
    stops.remove("Exercise 0")  # the first lesson has none
    assert reached == [*stops, "Export", "Import", "Forget all"]


def test_every_lesson_says_whether_it_was_read_and_how_many_of_its_questions_were_answered(begun):
    page = begun()
    said = dict(
        zip(
            page.locator("descent-progress .lesson a").all_inner_texts(),
            page.locator("descent-progress .lesson span").all_inner_texts(),
            strict=True,
        )
    )
    assert len(said) == 11
    assert said["Guess, measure, learn"] == "read, 2 of 5 questions"
    assert said["The update rule"] == "begun, 1 of 5 questions"
    assert said["Optimizers"] == "not started"
    assert "You have read 2 of 11 lessons" in page.locator("descent-progress .total").inner_text()


def test_the_next_step_is_the_first_that_is_not_done_and_the_pages_button_leads_there(begun, address):
    page = begun(progress={})
    step = page.locator("#next-step")
    expect(step).to_have_text("Go on: Exercise 1: Derivatives")
    assert step.evaluate("link => link.href") == f"{address}exercises/derivatives/"
    choose(page, serialise(HERE).encode())
    expect(step).to_have_text("Go on: The update rule")
    assert page.locator("descent-progress [aria-current=step] a").inner_text() == "The update rule"


def test_a_newcomers_next_step_is_the_first_lesson(open_page, address):
    page = open_page()
    page.locator("descent-progress [aria-current=step]").wait_for()
    assert page.locator("descent-progress [aria-current=step] a").inner_text() == "Guess, measure, learn"
    assert page.locator("#next-step").inner_text() == "Begin the first lesson"
    assert page.locator("#next-step").evaluate("link => link.href") == f"{address}lessons/introduction/"


def test_a_lesson_counts_as_read_once_its_end_was_seen(open_page):
    page = open_page("lessons/derivatives/")
    known = f"JSON.parse(localStorage.getItem('{LESSONS_KEY}'))?.derivatives"
    page.wait_for_function(f"{known} !== undefined")
    assert page.evaluate(known) == {"read": False, "questions": 5, "answered": []}
    page.locator("#recap").scroll_into_view_if_needed()
    page.locator("#practise").scroll_into_view_if_needed()
    page.wait_for_function(f"{known}.read")


def test_what_was_kept_of_lessons_and_makes_no_sense_counts_as_nothing(begun):
    page = begun(lessons={"introduction": {"read": "yes"}, "derivatives": LESSONS["derivatives"], "x": None})
    assert "You have read 1 of 11 lessons" in page.locator("descent-progress .total").inner_text()

"""The labs' flags: a reader says where a walk will end, plays it, and hears how far off that was."""

import pytest
from playwright.sync_api import expect

CLIMB = "lessons/ascent_challenge/"
VALLEYS = "lessons/starting_values/"


@pytest.fixture
def lab(open_page):
    """Give a function that opens a page and returns its first lab with flags, ready."""

    def opened(path, **settings):
        page = open_page(path, **settings)
        found = page.locator("descent-lab[flag]").first
        found.scroll_into_view_if_needed()
        found.locator(".flag").first.wait_for()
        return found

    return opened


def test_a_flag_is_moved_by_keyboard_and_after_the_walk_a_sentence_says_how_far_off_it_was(lab):
    one = lab(CLIMB, reduced_motion="reduce")
    said = one.locator(".prompt")
    expect(said).to_have_text("Put the flag where you think the walk ends, then press Play.")
    flag = one.get_by_role("slider", name="Flag")
    before = flag.get_attribute("aria-valuetext")
    flag.focus()
    flag.press("ArrowLeft")
    assert flag.get_attribute("aria-valuetext") != before
    expect(said).to_contain_text("then press Play")
    one.get_by_role("button", name="Play").click()
    expect(said).to_contain_text("The walk ends at (−0.0093, 1.5814)")
    expect(said).to_contain_text("from your flag")
    one.get_by_role("button", name="Reset").click()
    expect(said).to_contain_text("then press Play")


def test_nothing_is_said_to_a_flag_that_nobody_has_put_anywhere(lab):
    one = lab(CLIMB, reduced_motion="reduce")
    one.get_by_role("button", name="Play").click()
    expect(one.locator(".runs")).to_contain_text("1.5814")
    expect(one.locator(".prompt")).to_have_text("Put the flag where you think the walk ends, then press Play.")


def test_each_of_several_walks_has_a_flag_that_is_dragged(lab):
    one = lab(VALLEYS, reduced_motion="reduce", size="phone")
    assert one.locator(".flag").count() == 3
    flag = one.locator(".flag").nth(1)
    flag.scroll_into_view_if_needed()
    box = flag.bounding_box()
    page = one.page
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 62, box["y"] + 22, steps=4)
    page.mouse.up()
    one.get_by_role("button", name="Play").click()
    expect(one.locator(".prompt")).to_contain_text("from 1.2: The walk ends at 1.4251")
    expect(one.locator(".prompt")).not_to_contain_text("from 1.9:")

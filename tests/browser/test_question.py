"""The lessons' questions: answered in the page by keyboard, mouse and finger, and whole without scripts and on paper."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.test_site import serious, settle

UPDATE = "lessons/update_rule/"
NEURON = "lessons/sigmoid_neuron/"
EPOCH = "lessons/stochastic_descent/"
KEY = "descent-kit:lessons"


def question(page, name):
    """Return a question's box, once it can be answered."""
    box = page.locator(".admonition.question", has=page.locator(f"descent-question[name={name}]"))
    box.locator("form").wait_for()
    return box


def said(box):
    return box.locator("[role=status]")


def kept(page, lesson):
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))[lesson]["answered"]


def answer(box, text):
    box.get_by_label("Your answer").fill(text)
    box.get_by_label("Your answer").press("Enter")


def test_a_wrong_number_gets_its_own_explanation_and_the_right_one_the_reason_why(open_page):
    page = open_page(UPDATE)
    box = question(page, "one-update")
    answer(box, "2,9")
    expect(said(box)).to_contain_text("Not quite.")
    expect(said(box)).to_contain_text("one step uphill")
    answer(box, "-7")
    expect(said(box)).to_contain_text("where the whole slope takes you")
    answer(box, "-1.1")
    expect(said(box)).to_contain_text("The size is right, but the sign is not.")
    answer(box, "17")
    expect(said(box)).to_contain_text("Try again")
    answer(box, "two")
    expect(said(box)).to_contain_text("Write a number here")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) is None or kept(page, "update_rule") == []
    answer(box, " 11/10 ")
    expect(said(box)).to_contain_text("Right.")
    expect(said(box)).to_contain_text("The slope at 2 is 9")
    assert said(box).locator(".katex").count() > 0
    assert kept(page, "update_rule") == ["one-update"]


def test_what_was_answered_is_marked_after_a_reload(open_page):
    page = open_page(UPDATE)
    answer(question(page, "points"), "50")
    page.reload()
    box = question(page, "points")
    mark = "box => getComputedStyle(box.querySelector('.admonition-title'), '::after').content"
    assert "answered" in box.evaluate(mark)
    assert "answered" not in question(page, "factor").evaluate(mark)


def test_a_choice_is_made_by_keyboard_alone(open_page):
    page = open_page(NEURON)
    box = question(page, "tanh")
    box.get_by_role("radio").first.focus()
    page.keyboard.press("Enter")
    expect(said(box)).to_contain_text("Choose one of the answers first.")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(said(box)).to_contain_text("too steep")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(said(box)).to_contain_text("Both curves have the same shape.")
    assert kept(page, "sigmoid_neuron") == ["tanh"]


def test_an_order_is_made_with_buttons_and_by_dragging(open_page):
    page = open_page(EPOCH)
    box = question(page, "epoch")
    box.get_by_role("button", name="Check").click()
    expect(said(box)).to_contain_text("the same neighbours share a hand")
    for _ in range(3):
        box.get_by_role("button", name="Up: shuffle").click()
    assert page.evaluate("document.activeElement.textContent") == "↑"
    box.get_by_role("button", name="Check").click()
    expect(said(box)).to_contain_text("the end of the walk would be missing")
    first, last = box.locator(".row", has_text="add the parameters"), box.locator(".row").last
    first.scroll_into_view_if_needed()
    here, there = first.bounding_box(), last.bounding_box()
    page.mouse.move(here["x"] + 5, here["y"] + 5)
    page.mouse.down()
    page.mouse.move(here["x"] + 5, there["y"] + there["height"] - 3, steps=12)
    page.mouse.up()
    box.get_by_role("button", name="Check").click()
    expect(said(box)).to_contain_text("Right.")


def test_a_question_can_be_answered_with_a_finger(open_page):
    page = open_page(NEURON, "phone")
    box = question(page, "tanh")
    box.locator("label").nth(1).tap()
    box.get_by_role("button", name="Check").tap()
    expect(said(box)).to_contain_text("Right.")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_a_question_keeps_its_options_and_a_folded_answer(open_page):
    page = open_page(NEURON, java_script_enabled=False)
    box = page.locator(".admonition.question", has=page.locator("descent-question[name=tanh]"))
    assert box.locator("li").first.is_visible()
    told = box.get_by_text("Both curves have the same shape.")
    assert not told.is_visible()
    box.get_by_text("Answer", exact=True).click()
    assert told.is_visible()
    box.get_by_text("Other answers").click()
    assert box.get_by_text("too steep. At").is_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_the_question_and_its_options_without_the_answer(open_page, scripts):
    page = open_page(NEURON, java_script_enabled=scripts)
    if scripts:
        box = question(page, "tanh")
        box.get_by_role("radio").nth(1).check()
        box.get_by_role("button", name="Check").click()
    page.emulate_media(media="print")
    box = page.locator(".admonition.question", has=page.locator("descent-question[name=tanh]"))
    assert box.get_by_text("never overflows").is_visible()
    assert box.locator("label, li").first.is_visible()
    for told in box.get_by_text("Both curves have the same shape.").all():
        assert not told.is_visible()


def test_axe_finds_nothing_serious_in_questions_that_were_answered(open_page):
    page = open_page(EPOCH, scheme="dark")
    settle(page)
    page.keyboard.press("Tab")
    answer(question(page, "a-tenth"), "10")
    answer(question(page, "updates"), "20")
    assert serious(page) == []


def test_where_nothing_can_be_kept_a_question_is_still_checked(open_page):
    page = open_page(UPDATE)
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) { const allowed = Storage.prototype[name];"
        "Storage.prototype[name] = function (key, ...rest) { if (key.startsWith('descent-kit:'))"
        " throw new DOMException('denied', 'SecurityError'); return allowed.call(this, key, ...rest); } }"
    )
    page.reload()
    box = question(page, "points")
    answer(box, "50")
    expect(said(box)).to_contain_text("Right.")
    expect(box).to_have_class("admonition question answered")

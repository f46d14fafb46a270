"""The lab's further settings as readers use them: schedules, noise, three dimensions, and what is said of wrong input."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import absent
from tests.browser.test_lab import words

BOWL = "lab/?landscape=bowl&start=-2.5,2&rate=0.1&epochs=300"


def test_noise_is_set_by_its_fields_and_the_sentence_tells_how_far_the_walk_hovers(open_page):
    page = open_page(BOWL, reduced_motion="reduce")
    lab = page.locator("descent-lab")
    expect(lab.get_by_role("spinbutton", name="Noise σ")).to_be_hidden()
    lab.get_by_text("Schedule and noise", exact=True).click()
    expect(lab.get_by_role("spinbutton", name="Batch")).to_be_hidden()
    lab.get_by_role("spinbutton", name="Noise σ").fill("2")
    lab.get_by_role("spinbutton", name="Batch").fill("4")
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text(
        re.compile(r"because of the noise: it hovers about the minimum at \(0, 0\).*its distance was about 0\.2")
    )
    said = words(lab).text_content()
    lab.get_by_role("spinbutton", name="Seed").fill("2")
    expect(words(lab)).not_to_have_text(said)
    expect(words(lab)).to_contain_text("In the long run this rate and this noise make it 0.24")
    page.wait_for_url(re.compile("noise=2&batch=4&seed=2"))
    page.reload()
    expect(lab.get_by_role("spinbutton", name="Batch")).to_have_value("4")


def test_a_schedule_is_chosen_and_the_update_tells_the_rate_of_each_step(open_page):
    page = open_page(BOWL, reduced_motion="reduce")
    lab = page.locator("descent-lab")
    update = lab.get_by_role("group", name="The update, written out")
    lab.get_by_text("Schedule and noise", exact=True).click()
    expect(lab.get_by_role("spinbutton", name="T, in steps")).to_be_hidden()
    lab.get_by_label("Schedule of the rate", exact=True).select_option("inverse")
    lab.get_by_role("spinbutton", name="T, in steps").fill("1")
    lab.get_by_role("button", name="One step", exact=True).click()
    expect(update).to_contain_text("ηₖ = η / (1 + k/T) = 0.1 / (1 + 1/1) = 0.05")
    page.wait_for_url(re.compile("schedule=inverse&pace=1"))


def test_a_lesson_that_does_not_speak_of_them_has_no_fields_for_schedule_and_noise(open_page):
    page = open_page("lessons/stochastic_descent/")
    for landscape, there in (("neuron", False), ("bowl", True)):
        lab = page.locator(f"descent-lab[landscape={landscape}]").first
        lab.scroll_into_view_if_needed()
        expect(lab.get_by_role("button", name="Play")).to_be_visible()
        expect(lab.get_by_text("Schedule and noise", exact=True)).to_be_visible(visible=there)


WRONG = {
    "Learning rate": {
        "-1": "Learning rate −1 is too small",
        "1e9": "Learning rate 1,000,000,000 is too large",
        "": "Learning rate needs a number",
    },
    "Start x": {"9": "Start x 9 is too large. Choose a number from −3 to 3."},
    "Noise σ": {"-1": "Noise σ −1 is too small", "5000": "Noise σ 5,000 is too large"},
    "Batch": {"0": "Batch 0 is too small", "2.5": "Batch 2.5 is not a whole number"},
    "Seed": {"0": "Seed 0 is too small"},
    "T, in steps": {"0": "T, in steps 0 is too small", "0.5": "T, in steps 0.5 is too small"},
}


def test_whatever_is_wrong_in_a_field_for_numbers_is_told_in_a_sentence(open_page):
    lab = open_page(f"{BOWL}&noise=1&schedule=step&pace=20").locator("descent-lab")
    for name, texts in WRONG.items():
        field = lab.get_by_role("spinbutton", name=name, exact=True)
        before = field.input_value()
        for text, sentence in texts.items():
            field.fill(text)
            expect(field).to_have_accessible_description(re.compile(f"^{re.escape(sentence)}"))
        field.fill(before)
        expect(lab.get_by_role("alert")).to_have_count(0)
    rate = lab.get_by_role("spinbutton", name="Learning rate")
    rate.clear()
    rate.press_sequentially("fast")
    expect(rate).to_have_accessible_description(re.compile("^Learning rate needs a number from"))


def test_in_three_dimensions_the_picture_is_zoomed_and_laid_over_too(open_page):
    page = open_page("lab/?landscape=peaks&start=0,1.4&rate=0.01&epochs=60")
    lab = page.locator("descent-lab")
    lab.get_by_role("button", name="3D view").click()
    refused, space = lab.get_by_role("button", name="No 3D: this browser has no WebGL"), lab.locator("canvas.space")
    expect(refused.or_(space)).to_be_visible()
    if refused.is_visible():
        absent("this Chromium has no WebGL")
    labels = lab.locator(".labels span")
    expect(labels.first).to_be_visible()
    whole = labels.all_text_contents()
    pictures = [space.screenshot()]
    for name in ("Gradients", "Level line"):
        lab.get_by_role("button", name=name).click()
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        pictures.append(space.screenshot())
    assert len(set(pictures)) == 3
    lab.get_by_role("button", name="Zoom in on the walk").click()
    expect(labels.first).not_to_have_text(whole[0])
    lab.get_by_role("button", name="Zoom out").click()
    expect(labels.first).to_have_text(whole[0])
    assert labels.all_text_contents() == whole


def test_on_a_phone_a_slider_stays_where_it_is_and_its_effect_is_seen_on_the_same_screen(open_page):
    page = open_page("lessons/stochastic_descent/", "phone", reduced_motion="reduce")
    page.set_viewport_size({"width": 390, "height": 844})
    lab = page.locator("descent-lab[landscape=bowl]")
    lab.scroll_into_view_if_needed()
    lab.get_by_role("button", name="Play").click()
    slider = lab.get_by_role("slider", name="Learning rate, slider")
    slider.evaluate("it => it.scrollIntoView({ block: 'end' })")
    box, before = slider.bounding_box(), page.screenshot()
    picture = lab.locator(".picture").bounding_box()
    assert picture["y"] >= 40
    assert picture["y"] + picture["height"] <= box["y"]
    for power in ("-1", "-0.3", "0.1"):
        slider.fill(power)
        expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^(0.1|0.5|1.3)$"))
        assert slider.bounding_box() == box
    assert page.screenshot() != before

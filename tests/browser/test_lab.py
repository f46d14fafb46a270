"""The lab as readers use it: in a lesson and on its own page, by mouse, by touch and by the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_site import serious

ONE = "lab/?landscape=unfortunate&method=descent&start=0&rate=0.01&epochs=150"
INTRODUCTION = "lessons/introduction/"


def lab_of(page, landscape):
    lab = page.locator(f"descent-lab[landscape={landscape}]").first
    lab.scroll_into_view_if_needed()  # it is built when it comes near
    expect(lab.get_by_role("button", name="Play")).to_be_visible()
    return lab


def words(lab):
    """Find the sentence of the first run."""
    return lab.locator(".runs li").first


def start(lab):
    return lab.get_by_role("slider", name=re.compile("^Start"))


def drag(page, lab, x):
    """Drag the first start of a curve by its middle to a place of the curve, told in its own units."""
    handle = start(lab).first
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    now, low, high = (float(handle.get_attribute(f"aria-value{name}")) for name in ("now", "min", "max"))
    width = lab.locator(".picture").bounding_box()["width"] - 48  # the picture's margins
    page.mouse.move(box["x"] + 22, box["y"] + 22)
    page.mouse.down()
    page.mouse.move(box["x"] + 22 + (x - now) * width / (high - low), box["y"] + 40, steps=5)
    page.mouse.up()


def test_where_a_guess_is_asked_for_the_walk_stays_hidden_until_it_is_played(open_page):
    page = open_page("")
    lab = lab_of(page, "unfortunate")
    drag(page, lab, -1.2)
    expect(start(lab).first).to_have_attribute("aria-valuenow", re.compile(r"^-1\.(19|2|21)\d*$"))
    expect(words(lab)).to_contain_text("Starts at x = −1.2")
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text("at x = −1.425", timeout=15_000)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_reader_drags_the_start_and_reaches_another_valley(open_page, size):
    page = open_page("lessons/introduction/", size, reduced_motion="reduce")
    lab = lab_of(page, "unfortunate")
    drag(page, lab, -1.2)
    expect(start(lab).first).to_have_attribute("aria-valuenow", re.compile(r"^-1\.(19|2|21)\d*$"))
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text("Arrived in a local minimum at x = −1.4251")
    drag(page, lab, -0.6)
    expect(words(lab)).to_contain_text("Starts at x = −0.6")
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text("Arrived in one of the 2 global minima at x = −0.4758")


def test_a_drag_shows_the_walk_only_where_that_is_asked_for(open_page):
    page = open_page("lessons/introduction/")
    lab = lab_of(page, "unfortunate")
    lab.get_by_label("Show the walk while I drag").check()
    drag(page, lab, -1.2)
    expect(words(lab)).to_contain_text("Arrived in a local minimum at x = −1.4251")
    lab.get_by_label("Show the walk while I drag").uncheck()
    expect(words(lab)).to_contain_text("Starts at x = −1.2")
    drag(page, lab, -0.6)
    expect(words(lab)).to_contain_text("Starts at x = −0.6")


def test_who_looks_at_a_walk_sees_at_once_what_another_rate_makes_of_it(open_page):
    lab = lab_of(open_page("lessons/update_rule/", reduced_motion="reduce"), "parabola")
    lab.get_by_role("spinbutton", name="Learning rate").fill("0.01")
    expect(words(lab)).to_contain_text("Starts at x = −2")
    lab.get_by_role("button", name="Play").click()
    lab.get_by_role("spinbutton", name="Learning rate").fill("0.16")
    expect(words(lab)).to_contain_text("Arrived in the minimum at x = 0.5")


@pytest.mark.parametrize("path", ["lab/", "lessons/descent_2d/"])
def test_on_a_phone_the_picture_is_in_sight_while_any_control_is_used(open_page, path):
    page = open_page(path, "phone")
    page.set_viewport_size({"width": 390, "height": 844})
    lab = page.locator("descent-lab").first
    lab.scroll_into_view_if_needed()
    expect(lab.get_by_role("button", name="Play")).to_be_visible()
    fields = lab.locator(".setup").locator("input, select").locator("visible=true")
    assert fields.count() >= 5
    for field in fields.all():
        field.evaluate("it => it.scrollIntoView({ block: 'end' })")
        picture, box = lab.locator(".picture").bounding_box(), field.bounding_box()
        assert picture["y"] >= 40
        assert picture["y"] + picture["height"] <= box["y"] + 1
        assert box["y"] + box["height"] <= 845


@pytest.mark.parametrize("width", [768, 1440])
def test_on_wider_screens_the_controls_stand_beside_the_picture(open_page, width):
    page = open_page("lab/")
    page.set_viewport_size({"width": width, "height": 900})
    lab = page.locator("descent-lab")
    slider = lab.get_by_role("slider", name="Learning rate, slider")
    slider.scroll_into_view_if_needed()
    picture, box = lab.locator(".picture").bounding_box(), slider.bounding_box()
    assert box["x"] > picture["x"] + picture["width"]
    assert picture["y"] < box["y"] < picture["y"] + picture["height"]
    assert picture["width"] > 0.55 * min(width, 900)


def test_at_the_start_the_second_picture_shows_what_one_step_makes_of_the_height(open_page):
    lab = lab_of(open_page(INTRODUCTION), "square")
    second = lab.locator(".loss canvas")
    expect(second).to_have_attribute("aria-label", re.compile(r"after one step.*from 9 to 5.76"))
    lab.get_by_role("button", name="One step", exact=True).click()
    expect(second).to_have_attribute("aria-label", "Curve of the height from step 0 to step 1.")


def test_a_rate_too_large_diverges_and_the_sentence_says_why(open_page):
    lab = lab_of(open_page("lessons/update_rule/", reduced_motion="reduce"), "parabola")
    lab.get_by_role("spinbutton", name="Learning rate").fill("0.34")
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text("Diverged, out of the picture in step 1")
    expect(words(lab)).to_contain_text("above 2/L = 0.33333")
    lab.get_by_role("spinbutton", name="Learning rate").fill("0.3333")
    expect(words(lab)).not_to_contain_text("Diverged")


def test_the_numbers_are_folded_in_a_lesson(open_page):
    lab = lab_of(open_page(INTRODUCTION), "square")
    expect(words(lab)).to_contain_text("Starts at x = −3, height 9.")
    expect(lab.get_by_role("table")).to_be_hidden()
    lab.get_by_text("Numbers", exact=True).click()
    expect(lab.get_by_role("row", name=re.compile("Descent"))).to_contain_text(re.compile(r"−3\s*−6\s*0.6\s*9"))


def test_it_plays_to_the_end_and_scrubs_back(open_page):
    lab = lab_of(open_page(INTRODUCTION), "square")
    lab.get_by_role("button", name="Play").click()
    expect(lab.get_by_role("button", name="Pause")).to_be_visible()
    expect(words(lab)).to_contain_text("Almost there after 20 steps: at x = −0.0346")
    scrubber = lab.get_by_role("slider", name="Step of the walk")
    scrubber.fill("1")
    expect(words(lab)).to_contain_text("At x = −2.4, height 5.76.")
    lab.get_by_role("button", name="One step", exact=True).click()
    expect(words(lab)).to_contain_text("At x = −1.92")
    lab.get_by_role("button", name="Back one step").click()
    lab.get_by_role("button", name="Reset").click()
    expect(words(lab)).to_contain_text("Starts at x = −3")


def test_who_wants_no_motion_gets_the_whole_walk_at_once(open_page):
    lab = lab_of(open_page(INTRODUCTION, reduced_motion="reduce"), "square")
    lab.get_by_role("button", name="Play").click()
    lab.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert lab.locator(".count").text_content() == "step 20 of 20"
    expect(lab.get_by_role("button", name="Play")).to_be_visible()


def test_the_keyboard_alone_walks_off_a_hilltop(open_page):
    page = open_page(ONE)
    lab = page.locator("descent-lab")
    expect(lab.get_by_role("button", name="Play")).to_be_visible()
    lab.locator(".picture").evaluate("it => it.scrollIntoView()")
    page.evaluate("document.activeElement.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        if start(lab).evaluate("it => it.getRootNode().activeElement === it"):
            break
    before = page.evaluate("scrollY")
    page.keyboard.press("Shift+ArrowRight")
    expect(start(lab)).to_have_attribute("aria-valuetext", "x = 0.005")
    expect(words(lab)).to_contain_text("Starts at x = 0.005")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(lab.get_by_role("status")).to_contain_text("Starts at x = −0.1")
    assert page.evaluate("scrollY") == before
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.localName") == "descent-lab"
    expect(words(lab)).to_contain_text("Arrived in one of the 2 global minima at x = −0.4758", timeout=15_000)
    expect(lab.get_by_role("status")).to_contain_text("Arrived in one of the 2 global minima at x = −0.4758")


def test_a_copied_link_brings_the_same_set_up_back(open_page):
    page = open_page("lessons/optimizers/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    lab = lab_of(page, "valley")
    lab.get_by_role("spinbutton", name="Start x").fill("1.5")
    lab.get_by_role("button", name="Copy link").click()
    expect(lab.get_by_role("button", name="Copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert "/lab/?" in address
    page.goto(address)
    there = page.locator("descent-lab")
    expect(there.get_by_role("spinbutton", name="Start x")).to_have_value("1.5")
    expect(there.get_by_role("spinbutton", name="Start y")).to_have_value("2")
    assert there.locator(".runs b").all_text_contents() == ["Descent:", "Momentum:"]


def test_the_lab_page_keeps_its_set_up_in_the_address(open_page):
    page = open_page("lab/")
    lab = page.locator("descent-lab")
    lab.get_by_label("Landscape", exact=True).select_option("saddle")
    lab.get_by_label("Method", exact=True).select_option("adam")
    page.wait_for_url(re.compile("landscape=saddle.*method=adam"))
    page.reload()
    expect(lab.get_by_label("Landscape", exact=True)).to_have_value("saddle")
    expect(lab.get_by_label("Method", exact=True)).to_have_value("adam")


def test_an_address_that_makes_no_sense_is_answered_in_words(open_page):
    page = open_page("lab/?landscape=bowll")
    expect(page.locator("descent-lab").get_by_role("alert")).to_contain_text(
        'landscape="bowll": expected one of square'
    )
    expect(page.get_by_text("A surface with three hills")).to_be_visible()


def test_wrong_input_is_marked_and_changes_nothing(open_page):
    lab = open_page(ONE).locator("descent-lab")
    field = lab.get_by_role("spinbutton", name="Steps")
    field.fill("-3")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Steps −3 is too small. Choose a whole number from 0 to 10,000.")
    expect(lab.locator(".count")).to_have_text("step 0 of 150")
    field.fill("20")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(field).to_have_accessible_description("")
    expect(lab.locator(".count")).to_have_text("step 0 of 20")


def test_a_rate_of_nothing_is_answered_with_a_sentence(open_page):
    lab = open_page(ONE).locator("descent-lab")
    lab.get_by_role("spinbutton", name="Learning rate").fill("0")
    expect(lab.get_by_role("alert")).to_contain_text(
        "With a learning rate of 0 each step is 0, and the walk never moves."
    )
    lab.get_by_role("slider", name="Learning rate, slider").press("ArrowRight")
    expect(lab.get_by_role("alert")).to_have_count(0)


def test_runs_are_added_and_taken_away(open_page):
    lab = open_page("lab/?landscape=bowl&rate=0.2&start=1,1").locator("descent-lab")
    for _ in range(6):
        lab.get_by_role("button", name="Add a run").click()
    expect(lab.locator(".runs li")).to_have_count(7)
    expect(lab.get_by_role("button", name="Add a run")).to_be_disabled()
    assert lab.locator(".runs b").all_text_contents()[:4] == ["rate 0.2:", "rate 0.1:", "rate 0.05:", "rate 0.025:"]
    for _ in range(6):
        lab.get_by_role("button", name="Remove this run").click()
    expect(lab.locator(".runs li")).to_have_count(1)
    expect(lab.locator(".runs b")).to_have_text("Descent, rate 0.2:")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_description_is_in_reach(open_page, size):
    lab = lab_of(open_page(INTRODUCTION, size), "square")
    text = lab.locator(".description")
    expect(text).to_be_hidden()
    lab.get_by_text("Description", exact=True).click()
    expect(text).to_be_visible()
    said = text.evaluate("it => it.querySelector('slot').assignedNodes().map(one => one.textContent).join('')")
    assert "The curve of x squared, a bowl" in said


def test_without_scripts_the_description_is_what_one_reads(open_page):
    page = open_page(INTRODUCTION, java_script_enabled=False)
    expect(page.get_by_text("The curve of x squared, a bowl").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_sticks_out_of_the_page(open_page, width):
    page = open_page(
        "lab/?landscape=peaks&start=0,1.4&epochs=1000&runs=rate=0.00001;rate=0.01;rate=0.1;rate=0.5", "phone"
    )
    page.set_viewport_size({"width": width, "height": 740})
    lab = page.locator("descent-lab")
    lab.get_by_role("button", name="One step", exact=True).click()
    lab.get_by_text("Description", exact=True).click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_finger_beside_the_handle_scrolls_and_on_it_drags(open_page):
    page = open_page(INTRODUCTION, "phone")
    lab = lab_of(page, "square")
    assert start(lab).evaluate("it => getComputedStyle(it).touchAction") == "none"
    for part in (".picture", ".loss", ".paths", "figure"):
        assert lab.locator(part).evaluate("it => getComputedStyle(it).touchAction") == "auto"


def test_a_tap_on_the_picture_moves_the_start_there(open_page):
    lab = lab_of(open_page("lessons/descent_2d/", "phone"), "twisted")
    picture = lab.locator(".picture")
    picture.scroll_into_view_if_needed()
    picture.tap(position={"x": 60, "y": 40})
    expect(start(lab)).not_to_have_attribute("aria-valuetext", "x, y = (2.5, −2)")
    expect(words(lab)).to_contain_text("Starts at")


def test_colours_follow_the_theme_at_once(open_page):
    page = open_page(INTRODUCTION)
    lab = lab_of(page, "square")
    paper = "it => getComputedStyle(it).backgroundColor"
    ink = """it => { const c = it.getContext('2d'); const d = c.getImageData(0, 0, it.width, it.height).data;
      let sum = 0, n = 0; for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200) { sum += d[i] + d[i + 1] + d[i + 2]; n++; }
      return sum / n; }"""
    light = lab.locator("figure").evaluate(paper), lab.locator(".loss canvas").evaluate(ink)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    expect(lab.locator("figure")).to_have_class("lab dark")
    dark = lab.locator("figure").evaluate(paper), lab.locator(".loss canvas").evaluate(ink)
    assert light[0] != dark[0]
    assert dark[1] > light[1] + 150  # out of 765: dark ink has become light


def test_three_dimensions_are_there_or_the_button_says_why_not(open_page):
    lab = lab_of(open_page("lessons/descent_2d/"), "twisted")
    lab.get_by_role("button", name="3D view").click()
    refused = lab.get_by_role("button", name="No 3D: this browser has no WebGL")
    space = lab.locator("canvas.space")
    expect(refused.or_(space)).to_be_visible()
    if space.is_visible():
        lab.get_by_role("button", name="Map").click()
    expect(lab.locator("canvas.paths")).to_be_visible()


def test_3d_is_loaded_only_when_asked_for(open_page):
    page = open_page("lessons/descent_2d/")
    lab_of(page, "twisted")
    loaded = "performance.getEntriesByType('resource').filter(it => it.name.includes('view3d')).length"
    assert page.evaluate(loaded) == 0
    page.locator("descent-lab").first.get_by_role("button", name="3D view").click()
    page.wait_for_function(f"{loaded} === 1")


def test_all_labs_of_all_lessons_can_be_set_up(open_page):
    for lesson in ("introduction", "derivatives", "update_rule", "starting_values", "descent_2d", "ascent_challenge",
                   "sigmoid_neuron", "stochastic_descent", "optimizers", "gradient_fields"):  # fmt: skip
        page = open_page(f"lessons/{lesson}/")
        for lab in page.locator("descent-lab").all():
            lab.scroll_into_view_if_needed()
            expect(lab.get_by_role("button", name="Play")).to_be_visible()
        expect(page.get_by_role("alert")).to_have_count(0)


def test_the_update_is_written_out_with_the_numbers_of_the_step(open_page):
    lab = lab_of(open_page(INTRODUCTION), "square")
    update = lab.get_by_role("group", name="The update, written out")
    expect(update).to_contain_text("new x = x − η · g = −3 − 0.1 · (−6) = −2.4")
    lab.get_by_role("button", name="One step", exact=True).click()
    expect(update).to_contain_text("new x = x − η · g = −2.4 − 0.1 · (−4.8) = −1.92")


def test_gradients_and_a_level_line_are_laid_over_the_map_and_taken_away(open_page):
    lab = lab_of(open_page("lessons/descent_2d/"), "twisted")
    ink = """it => { const d = it.getContext('2d').getImageData(0, 0, it.width, it.height).data;
      let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"""
    paths = lab.locator("canvas.paths")
    amounts = [paths.evaluate(ink)]
    for name in ("Gradients", "Level line", "Gradients", "Level line"):
        button = lab.get_by_role("button", name=name)
        button.click()
        lab.page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
        amounts.append(paths.evaluate(ink))
    expect(button).to_have_attribute("aria-pressed", "false")
    before, field, both, level, after = amounts
    assert before == after < level < field < both


def test_all_methods_race_and_their_order_is_told(open_page):
    page = open_page("lab/?landscape=ravine&start=-2,1&rate=0.01&epochs=400", reduced_motion="reduce")
    lab = page.locator("descent-lab")
    expect(lab.locator(".heading")).to_contain_text("condition number κ = 100")
    lab.get_by_role("button", name="Race all methods").click()
    assert lab.locator(".runs b").all_text_contents() == [
        f"{name}:" for name in ("Descent", "Momentum", "Nesterov", "AdaGrad", "RMSProp", "Adam")
    ]
    lab.get_by_role("button", name="Each at its best rate").click()
    lab.get_by_role("button", name="Play").click()
    expect(lab.locator(".race")).to_have_text(re.compile(r"^Order of arrival: .+ \(\d+ steps\)"))
    page.wait_for_url(re.compile("runs=method=descent,rate="))
    page.reload()
    expect(lab.locator(".runs li")).to_have_count(6)


def test_a_methods_own_settings_are_fields_and_change_its_walk(open_page):
    page = open_page("lab/?landscape=bowl&start=1,1&method=adam&rate=0.1&epochs=1")
    lab = page.locator("descent-lab")
    update = lab.get_by_role("group", name="The update, written out")
    expect(update).to_contain_text("u = β₁ · u + (1 − β₁) · g = 0.9 · (0, 0) + 0.1 · (2, 2)")
    lab.get_by_role("spinbutton", name="Mean β₁").fill("0.5")
    expect(update).to_contain_text("0.5 · (0, 0) + 0.5 · (2, 2)")
    page.wait_for_url(re.compile("beta1=0.5"))
    expect(lab.get_by_role("spinbutton", name="Decay γ")).to_be_hidden()
    lab.get_by_label("Method", exact=True).select_option("rmsprop")
    expect(lab.get_by_role("spinbutton", name="Decay γ")).to_be_visible()
    expect(lab.get_by_role("spinbutton", name="Guard ε")).to_be_visible()
    expect(lab.get_by_role("spinbutton", name="Mean β₁")).to_be_hidden()


READER = "performance.getEntriesByType('resource').filter(it => /typed-\\w+\\.js/.test(it.name)).length"


def test_a_typed_function_is_walked_on_and_what_reads_it_is_loaded_only_then(open_page):
    page = open_page("lab/?landscape=square&start=-2&rate=0.1&epochs=100", reduced_motion="reduce")
    lab = page.locator("descent-lab")
    expect(lab.get_by_role("button", name="Play")).to_be_visible()
    assert page.evaluate(READER) == 0
    lab.get_by_label("Landscape", exact=True).select_option("own")
    field = lab.get_by_role("textbox", name="f(x, y) =")
    field.fill("x^2 - 3x + ln(x + 10)")
    field.press("Enter")
    assert page.evaluate(READER) == 1
    expect(lab.get_by_role("textbox", name="f(x) =")).to_be_focused()
    lab.get_by_role("button", name="Play").click()
    expect(words(lab)).to_contain_text("Arrived in the lowest minimum found in the picture, at x = 1.4564")
    page.wait_for_url(re.compile(r"landscape=own&formula=x%5E2"))
    page.reload()
    expect(lab.get_by_role("textbox", name="f(x) =")).to_have_value("x^2 - 3x + ln(x + 10)")
    expect(lab.locator(".heading")).to_contain_text("slopes by rule")


def test_a_function_that_cannot_be_read_is_answered_in_words_and_the_picture_stays(open_page):
    page = open_page("lab/?landscape=own&formula=x%5E2")
    lab = page.locator("descent-lab")
    field = lab.get_by_role("textbox", name="f(x) =")
    field.fill("x^2 + alert(1)")
    field.press("Enter")
    expect(field).to_have_accessible_description(re.compile('^The function "alert" is not known; there are sin, cos'))
    expect(lab.locator(".heading")).to_contain_text("x^2, slopes")
    page.goto(page.url.partition("?")[0] + "?landscape=own&formula=%3Cimg%20src%3Dx%3E")
    expect(lab.get_by_role("alert")).to_contain_text('formula="<img src=x>": the formula cannot be read')
    assert lab.locator("img").count() == 0


PIXEL = """(it, [x, y]) => { const ratio = it.width / it.clientWidth;
  return [...it.getContext('2d').getImageData(Math.round(x * ratio), Math.round(y * ratio), 1, 1).data]; }"""


def test_basins_are_computed_beside_the_page_and_tint_each_start_by_where_it_leads(open_page):
    page = open_page("lab/?landscape=double-well&start=1.5&rate=0.05&epochs=60")
    lab = page.locator("descent-lab")
    paths = lab.locator("canvas.paths")
    lab.get_by_role("button", name="Basins").click()
    size = lab.locator(".picture").bounding_box()
    left, right = ([0.3 * size["width"], size["height"] - 40], [0.8 * size["width"], size["height"] - 40])
    for _ in range(50):
        tints = [paths.evaluate(PIXEL, place) for place in (left, right)]
        if all(tint[3] for tint in tints):
            break
        page.wait_for_timeout(100)
    assert all(tint[3] for tint in tints)
    assert tints[0][:3] != tints[1][:3]
    assert any("/lab-worker.js?" in worker.url for worker in page.workers)
    lab.get_by_role("button", name="Basins").click()
    expect(lab.get_by_role("button", name="Basins")).to_have_attribute("aria-pressed", "false")


def test_a_place_on_the_map_of_rates_and_momentum_is_run_by_click_and_by_key(open_page):
    page = open_page("lab/?landscape=valley&start=-2,1&rate=0.01&method=momentum&epochs=200")
    lab = page.locator("descent-lab")
    lab.get_by_text("Rates and momentum", exact=True).click()
    ratemap = lab.get_by_role("slider", name=re.compile("^Map of learning rate and decay"))
    expect(ratemap).to_have_attribute(
        "aria-valuetext", re.compile(r"^rate 0.01, γ 0.9: (arrives after|does not arrive)")
    )
    ratemap.scroll_into_view_if_needed()
    box = ratemap.bounding_box()
    ratemap.click(position={"x": box["width"] * 0.6, "y": box["height"] * 0.4})
    expect(lab.get_by_role("spinbutton", name="Learning rate")).not_to_have_value("0.01")
    rate, decay = (lab.get_by_role("spinbutton", name=name).input_value() for name in ("Learning rate", "Decay γ"))
    said = re.compile(rf"^rate {re.escape(rate)}, γ {re.escape(decay)}: arrives after (\d+) steps?$")
    expect(ratemap).to_have_attribute("aria-valuetext", said)
    [steps] = said.match(ratemap.get_attribute("aria-valuetext")).groups()
    expect(words(lab)).to_contain_text(f"after {steps} step")
    ratemap.press("ArrowRight")
    expect(lab.get_by_role("spinbutton", name="Learning rate")).not_to_have_value(rate)
    expect(lab.locator(".count")).to_have_text("step 200 of 200")


@pytest.mark.parametrize(("kind", "begins"), [("PNG", b"\x89PNG"), ("SVG", b"<svg"), ("CSV", b"run,method,rate,step")])
def test_the_picture_and_its_numbers_can_be_saved(open_page, kind, begins):
    page = open_page("lab/?landscape=valley&start=-2.5,2&epochs=20&runs=rate=0.05;rate=0.09", reduced_motion="reduce")
    lab = page.locator("descent-lab")
    lab.get_by_role("button", name="Play").click()
    with page.expect_download() as saved:
        lab.get_by_role("button", name=f"Save as {kind}").click()
    assert saved.value.suggested_filename == f"valley.{kind.lower()}"
    content = saved.value.path().read_bytes()
    assert content.startswith(begins)
    if kind == "SVG":
        assert content.count(b"stroke-dasharray") >= 2
        assert b"var(" not in content
        assert b"uphill" not in content  # the arrow stands on the screen only


def test_four_walks_of_ten_thousand_steps_are_made_while_they_are_dragged_and_judged_when_whole(open_page):
    page = open_page("lab/?landscape=peaks&start=0,1.4&epochs=10000&runs=rate=0.00001;rate=0.01;rate=0.02;rate=0.1")
    lab = page.locator("descent-lab")
    lab.get_by_label("Show the walk while I drag").check()
    start(lab).press("ArrowRight")
    expect(lab.locator(".count")).to_have_text("step 10,000 of 10,000")
    expect(lab.locator(".runs li").nth(1)).to_contain_text("Arrived in")
    expect(lab.locator(".runs li").nth(3)).to_contain_text("Arrived in")


def test_the_picture_is_zoomed_in_on_the_walk_and_out_again_by_the_keyboard_too(open_page):
    page = open_page("lab/?landscape=peaks&start=1,1&rate=0.01&epochs=50")
    lab = page.locator("descent-lab")
    ticks = lab.locator(".ground .axes .tick text")
    expect(ticks.first).to_be_visible()
    whole = ticks.all_text_contents()
    zoom_in = lab.get_by_role("button", name="Zoom in on the walk")
    zoom_in.click()
    zoom_in.press("Enter")
    expect(ticks.first).not_to_have_text(whole[0])
    box, picture = start(lab).bounding_box(), lab.locator(".picture").bounding_box()
    middle = picture["x"] + 38 + (picture["width"] - 48) / 2  # between the picture's margins
    assert abs(box["x"] + box["width"] / 2 - middle) < 4
    for _ in range(2):
        lab.get_by_role("button", name="Zoom out").press("Enter")
    expect(ticks.first).to_have_text(whole[0])
    assert ticks.all_text_contents() == whole


OPENED = "landscape=own&formula=x^2%2By^4&rate=0.01&epochs=40&schedule=cosine&pace=40&noise=0.5"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_with_all_that_the_lab_can_open(open_page, scheme):
    page = open_page(f"lab/?{OPENED}", scheme=scheme, reduced_motion="reduce")
    lab = page.locator("descent-lab")
    lab.get_by_role("button", name="Race all methods").click()
    lab.get_by_role("button", name="Play").click()
    for name in ("Gradients", "Level line", "Basins"):
        lab.get_by_role("button", name=name).click()
    for name in ("Rates and momentum", "Description"):
        lab.get_by_text(name, exact=True).click()
    field = lab.get_by_role("textbox", name="f(x, y) =")
    field.fill("x^2 + q")
    field.press("Enter")
    lab.get_by_role("spinbutton", name="Learning rate").fill("0")
    expect(lab.get_by_role("alert")).to_have_count(2)
    assert serious(page) == []

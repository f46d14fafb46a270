"""The live figures beside the lab, as readers use them: by mouse, by touch, by the keyboard, on paper and without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PRINT = "dispatchEvent(new Event('beforeprint'))"


def figure(page, name):
    """Find a live figure, once it has been built."""
    page.wait_for_function(f"customElements.get('{name}') !== undefined")
    found = page.locator(name).first
    found.scroll_into_view_if_needed()  # it is built when it comes near
    expect(found.get_by_role("figure")).to_be_visible()
    return found


def hindrances(page, name) -> list[str]:
    """Return what axe finds in a live figure that keeps somebody out, in the light and in the dark."""
    page.add_script_tag(path=AXE)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate("dark => { document.body.dataset.mdColorScheme = dark ? 'slate' : 'default' }", scheme == "dark")
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        violations = page.evaluate("name => axe.run(name, {resultTypes: ['violations']})", name)["violations"]
        found += [f"{scheme}, {one['id']}: {one['nodes'][0]['html']}" for one in violations]
    return found


def curve(neuron):
    return neuron.get_by_role("img", name=re.compile("^Curve of the neuron"))


# The neuron.


def test_a_weight_that_is_moved_by_keyboard_moves_curve_and_point_together(open_page):
    neuron = figure(open_page("lessons/sigmoid_neuron/"), "descent-neuron")
    point = neuron.get_by_role("slider", name=re.compile("^Start"))
    drawn = neuron.locator("path.answer").get_attribute("d")
    weight = neuron.get_by_role("slider", name="weight w")
    weight.focus()
    weight.press("End")
    expect(point).to_have_attribute("aria-valuetext", "w, b = (6, 0)")
    expect(curve(neuron)).to_have_attribute("aria-label", re.compile("0.953 for the input 0.5"))
    assert neuron.locator("path.answer").get_attribute("d") != drawn
    expect(neuron.locator(".words")).to_contain_text("Your best guess so far: loss 0.0731.")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_point_that_is_dragged_over_the_landscape_bends_the_curve(open_page, size):
    page = open_page("lessons/introduction/", size)
    neuron = figure(page, "descent-neuron")
    point = neuron.get_by_role("slider", name=re.compile("^Start"))
    point.scroll_into_view_if_needed()
    box, side = point.bounding_box(), neuron.locator(".picture").bounding_box()["width"] - 48  # the picture's margins
    x, y = box["x"] + 22, box["y"] + 22
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + side * 1.3 / 12, y + side * 2.2 / 12, steps=4)
    page.mouse.up()
    value = float(neuron.get_by_role("slider", name="weight w").input_value())
    assert value == pytest.approx(1.8, abs=0.1)
    expect(curve(neuron)).to_have_attribute("aria-label", re.compile("rises through ½ at x = 1.2"))
    expect(neuron.locator(".words")).to_contain_text("Your best guess so far: loss 0.00")


def test_descent_goes_on_from_the_readers_guess(open_page):
    page = open_page("lessons/sigmoid_neuron/", reduced_motion="reduce")
    neuron = figure(page, "descent-neuron")
    bias = neuron.get_by_role("slider", name="bias b")
    bias.focus()
    for _ in range(3):
        bias.press("ArrowLeft")
    neuron.get_by_role("button", name="Play").click()
    expect(neuron.locator(".words")).to_contain_text("after 300 steps")
    assert float(neuron.get_by_role("slider", name="weight w").input_value()) == pytest.approx(1.77, abs=0.01)
    neuron.get_by_role("button", name="Reset").click()
    expect(neuron.locator(".words")).to_contain_text("Loss 0.0731.")
    assert hindrances(page, "descent-neuron") == []


# A picture.


def shown(pixels):
    """Return the grey values of the picture on the right, as many as there are pixels."""
    return (
        pixels.locator("canvas")
        .nth(1)
        .evaluate(
            "one => [...one.getContext('2d').getImageData(0, 0, one.width, one.height).data].filter((_, i) => i % 4 === 0)"
        )
    )


def test_a_pixel_is_chosen_by_keyboard_and_told(open_page):
    pixels = figure(open_page("lessons/image_gradients/"), "descent-pixels")
    ring = pixels.get_by_role("slider", name=re.compile("^Pixel"))
    ring.focus()
    ring.press("ArrowRight")
    ring.press("Shift+ArrowDown")
    expect(ring).to_have_attribute("aria-valuetext", "row 94, column 73")
    expect(pixels.locator(".words")).to_contain_text(
        re.compile(r"Row 94, column 73: brightness \d+, slopes \(.*it gets brighter")
    )


def test_a_threshold_and_nine_numbers_change_what_is_shown(open_page):
    page = open_page("lessons/image_gradients/", "phone")
    pixels = figure(page, "descent-pixels")
    choice = pixels.get_by_label("show")
    choice.select_option("edges, above a threshold")
    threshold = pixels.get_by_role("slider", name="threshold")
    marked = shown(pixels)
    assert set(marked) == {0, 255}
    threshold.press("End")
    expect(pixels.locator(".sliders output")).to_have_text("80")
    assert sum(shown(pixels)) < sum(marked) / 2
    choice.select_option("answer of a filter")
    pixels.get_by_role("combobox", name="filter").select_option("blur")
    before = shown(pixels)
    pixels.get_by_label("row 2, column 2 of the filter").fill("0.5")
    expect(pixels.get_by_role("combobox", name="filter")).to_have_value("own")
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    assert sum(shown(pixels)) > sum(before)
    pixels.get_by_label("row 2, column 2 of the filter").fill("1000")
    expect(pixels.get_by_label("row 2, column 2 of the filter")).to_have_attribute("aria-invalid", "true")
    assert hindrances(page, "descent-pixels") == []


def png(page, path):
    """Make a picture of 640 by 320 pixels: its left half black, its right half white."""
    data = page.evaluate("""async () => {
        const canvas = new OffscreenCanvas(640, 320), context = canvas.getContext("2d");
        context.fillRect(0, 0, 320, 320); context.fillStyle = "#fff"; context.fillRect(320, 0, 320, 320);
        return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())];
    }""")
    path.write_bytes(bytes(data))


def test_a_picture_of_ones_own_is_measured_in_the_page_and_never_leaves_it(open_page, tmp_path):
    page = open_page("lessons/image_gradients/")
    pixels = figure(page, "descent-pixels")
    png(page, tmp_path / "half.png")
    (tmp_path / "text.png").write_text("not a picture")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    pixels.get_by_label("A picture of your own").set_input_files(tmp_path / "half.png")
    expect(pixels.get_by_role("img", name="A grey picture, 320 pixels wide and 160 high.")).to_be_visible()
    assert 0 < sum(value > 0 for value in shown(pixels)) <= 4 * 160  # the edge in the middle, and nothing else
    pixels.get_by_label("A picture of your own").set_input_files(tmp_path / "text.png")
    expect(pixels.get_by_role("alert")).to_contain_text("text.png is not a picture that this browser can read.")
    assert asked == []
    pixels.get_by_role("button", name="Back to the first picture").click()
    expect(pixels.get_by_role("img", name="A grey picture, 240 pixels wide")).to_be_visible()
    expect(pixels.get_by_role("alert")).to_be_hidden()


# The network.


def test_a_network_is_trained_in_the_page_and_each_share_is_told(open_page):
    page = open_page("lessons/sigmoid_neuron/", "phone", reduced_motion="reduce")
    network = figure(page, "descent-network")
    network.get_by_text("Weights and their shares", exact=True).click()
    expect(network.get_by_role("row")).to_have_count(1 + 2 + 1)
    network.get_by_role("button", name="Play").click()
    expect(network.locator(".words")).to_contain_text("Epoch 1,000.")
    expect(network.locator(".words")).to_contain_text(re.compile(r"^Loss (0\.000\d|2\.\d+ · 10⁻⁵)"))
    expect(network.get_by_role("row", name=re.compile("^hidden 1"))).to_contain_text("4.48")
    neurons = network.get_by_role("slider", name="hidden neurons")
    neurons.focus()
    neurons.press("ArrowLeft")
    expect(network.get_by_role("row")).to_have_count(1 + 1 + 1)
    network.get_by_role("button", name="Play").click()
    expect(network.locator(".words")).to_contain_text("With a single hidden neuron the curve only rises or only falls.")
    before = network.locator("path.answer").first.get_attribute("d")
    network.get_by_role("button", name="Another start").click()
    expect(network.locator(".words")).to_contain_text("Epoch 0.")
    assert network.locator("path.answer").first.get_attribute("d") != before
    assert hindrances(page, "descent-network") == []


# Samples.


def test_each_batch_sees_a_landscape_of_its_own_and_all_samples_the_true_one(open_page):
    page = open_page("lessons/stochastic_descent/", "phone", reduced_motion="reduce")
    samples = figure(page, "descent-samples")
    batch = samples.get_by_role("slider", name="batch size")
    expect(batch).to_have_attribute("aria-valuetext", "10")
    assert samples.locator(".chosen").count() == 10
    seen = samples.locator(".level").first.get_attribute("d")
    samples.get_by_role("button", name="One step", exact=True).click()
    expect(samples.locator(".words")).to_contain_text("1 update, 0.05 of 5 epochs.")
    assert samples.locator(".level").first.get_attribute("d") != seen
    batch.focus()
    batch.press("Home")
    expect(samples.locator(".words")).to_contain_text("it sees a valley")
    assert samples.locator(".chosen").count() == 1
    batch.press("End")
    expect(samples.locator(".words")).to_contain_text("its downhill direction is the true one")
    samples.get_by_role("button", name="Play").click()
    expect(samples.locator(".words")).to_contain_text(
        "Loss of all samples 0.3842 (at best 0.0464). 5 updates, 5 of 5 epochs."
    )
    assert hindrances(page, "descent-samples") == []


# Paper, and no scripts.


def test_a_live_figure_is_printed_whole_though_nobody_scrolled_to_it(open_page):
    page = open_page("lessons/sigmoid_neuron/")
    page.wait_for_function("customElements.get('descent-neuron') !== undefined")
    page.emulate_media(media="print")
    page.evaluate(PRINT)
    expect(page.locator("descent-network .words")).to_contain_text("Epoch 1,000.")
    neuron = page.locator("descent-neuron")
    expect(neuron.locator("path.answer")).to_be_visible()
    expect(neuron.locator(".words")).to_contain_text("after 300 steps")
    expect(neuron.get_by_role("slider", name="weight w")).to_be_hidden()


def test_without_scripts_a_live_figure_is_a_still_one_with_its_sentence(open_page):
    page = open_page("lessons/sigmoid_neuron/", java_script_enabled=False)
    neuron = page.locator("descent-neuron")
    expect(neuron.get_by_role("img", name=re.compile("misses both data points"))).to_be_visible()
    expect(neuron).to_contain_text("after 300 steps the loss is 0.00001")

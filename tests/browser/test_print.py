"""Paper is a format: fonts are there, folds are open, labs are still pictures with their sentences, and all is dark on light."""

import re

LESSON = "lessons/starting_values/"
PRINT = "dispatchEvent(new Event('beforeprint'))"
INKED = """one => [...one.shadowRoot.querySelectorAll("canvas")].every(canvas =>
    canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some(value => value > 0))
    && one.shadowRoot.querySelector("svg.ground path") !== null"""


def ready(page):
    page.wait_for_function("customElements.get('descent-lab') !== undefined")
    page.wait_for_function("document.fonts.check('16px KaTeX_Size3')")


def test_large_brackets_are_printed_in_their_own_font_though_nobody_scrolled_to_them(open_page):
    page = open_page(LESSON)
    ready(page)
    fonts = set(re.findall(rb"/FontName /\w+\+([\w-]+)", page.pdf(format="A4")))
    assert {b"KaTeX_Main-Regular", b"KaTeX_Math-Italic", b"KaTeX_Size3-Regular"} <= fonts


def test_every_lab_is_printed_with_its_walks_and_sentences_though_nobody_scrolled_to_it(open_page):
    page = open_page(LESSON)
    ready(page)
    labs = page.locator("descent-lab")
    assert labs.last.evaluate("one => one.shadowRoot") is None
    page.emulate_media(media="print")
    page.evaluate(PRINT)
    for lab in labs.all():
        assert lab.evaluate(INKED)
        assert not re.search("Starts at", lab.locator(".runs").inner_text())
        assert not lab.get_by_role("button").first.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    page.wait_for_function(
        "document.querySelector('descent-lab').shadowRoot.querySelector('.runs').textContent.includes('Starts at')"
    )


def test_folds_are_open_on_paper_without_scripts_too(open_page):
    page = open_page(LESSON, java_script_enabled=False)
    inside = page.get_by_text("A sine starts at 0, not at its crest.")
    assert not inside.is_visible()
    page.emulate_media(media="print")
    assert inside.is_visible()


def test_what_was_dark_is_printed_light(open_page):
    page = open_page(LESSON, scheme="dark")
    ready(page)
    page.evaluate(PRINT)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"

"""The site as its readers meet it: every kind of page, on a phone and on a desk, light and dark, quiet and open to all."""

import re
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SITE, Quiet
from tests.browser.conftest import SIZES as WINDOWS

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = {
    "landing": "",
    "lesson": "lessons/update_rule/",
    "exercise": "exercises/update_rule/",
    "exercises": "exercises/",
    "lab": "lab/",
    "instructors": "instructors/run-a-class/",
    "evidence": "evidence/",
    "reference": "reference/diagnosis/",
    "design": "design/the-lock/",
    "not found": "404.html",
}
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
OF_COLOUR = ("color-contrast", "link-in-text-block")  # axe's rules that a scheme can break
SIZES = pytest.mark.parametrize("size", ["phone", "desktop"])


def settle(page):
    """Wait until what a page loads on demand has come, and its fonts."""
    page.wait_for_function(
        "[...document.querySelectorAll('descent-lab, descent-exercise, descent-progress')].every(one => one.matches(':defined'))"
    )
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")


def search(page, size, words):
    """Type words into the search, as soon as it is ready, and wait for what it finds."""
    if size == "phone":
        page.locator("label.md-header__button[for=__search]").click()
    box = page.get_by_role("textbox", name="Search")
    box.focus()
    page.get_by_text("Type to start searching").wait_for()
    box.press_sequentially(words)  # the theme listens to keys
    page.locator(".md-search-result__item").first.wait_for()


def serious(page, only=()) -> list[str]:
    """Return what axe finds that keeps somebody out, by all of its rules or some."""
    page.add_script_tag(path=AXE)
    # A colour on its way to another is none of either scheme.
    page.evaluate(
        "Promise.allSettled(document.getAnimations().flatMap(one => one.transitionProperty ? one.finished : []))"
    )
    rules = {"runOnly": list(only)} if only else {}
    options = {"resultTypes": ["violations"], **rules}  # what is well takes longest to tell
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@SIZES
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_no_serious_or_critical_problem_light_or_dark(open_page, path, size):
    page = open_page(path, size)
    settle(page)
    page.keyboard.press("Tab")  # from here on all is laid out
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    page.reload()
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert serious(page, OF_COLOUR) == []


@SCHEMES
@SIZES
def test_axe_finds_no_serious_or_critical_problem_in_the_open_search(open_page, size, scheme):
    page = open_page("lessons/update_rule/", size, scheme)
    search(page, size, "gradient")
    assert serious(page) == []


def test_axe_would_notice_a_button_without_a_name(open_page):
    page = open_page("")
    page.evaluate("document.querySelector('article').append(document.createElement('button'))")
    assert [one.partition(":")[0] for one in serious(page)] == ["button-name"]


def test_axe_would_notice_text_that_the_dark_swallows(open_page):
    page = open_page("", scheme="dark")
    page.evaluate("document.querySelector('article p').style.color = '#444'")
    assert {one.partition(":")[0] for one in serious(page, OF_COLOUR)} == {"color-contrast"}


def too_wide(page) -> list[str]:
    """Return the windows that a page is wider than."""
    found = []
    for name, size in WINDOWS.items():
        page.set_viewport_size(size)
        page.wait_for_function("width => innerWidth === width", arg=size["width"])
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(name)
    return found


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_no_page_is_wider_than_its_window(open_page, path):
    page = open_page(path)
    settle(page)
    assert too_wide(page) == []


def test_without_scripts_a_stub_is_not_wider_either(open_page):
    assert too_wide(open_page("exercises/update_rule/", java_script_enabled=False)) == []


def test_what_is_too_wide_for_a_phone_would_be_noticed(open_page):
    page = open_page("")
    page.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<div style=\"width: 500px\">wide</div>')"
    )
    assert too_wide(page) == ["phone"]


def test_formulas_are_set_in_their_own_fonts_and_can_be_listened_to(open_page):
    page = open_page("lessons/update_rule/")
    settle(page)
    assert page.locator(".arithmatex .katex").count() == page.locator(".arithmatex").count() > 40
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate("document.fonts.check('16px KaTeX_Math')")
    heard = page.locator(".arithmatex").nth(1).aria_snapshot()
    assert "f" in heard
    assert "\\" not in heard.split("annotation")[0]
    assert page.locator(".arithmatex .katex-html").first.get_attribute("aria-hidden") == "true"


def test_without_scripts_a_lesson_can_still_be_read(open_page):
    page = open_page("lessons/update_rule/", java_script_enabled=False)
    assert page.locator(".arithmatex .katex").first.is_visible()
    assert page.get_by_text("The curve of 3x squared minus 3x plus 4. The path starts at -2").is_visible()
    assert page.locator("summary").first.is_visible()


def test_the_scheme_follows_the_system_and_the_switch_is_remembered(open_page):
    page = open_page("", scheme="dark")
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "slate"
    page.get_by_title("Switch to light colours").locator("visible=true").click()
    assert page.evaluate(scheme) == "default"
    page.reload()
    assert page.evaluate(scheme) == "default"


def test_until_somebody_chooses_the_scheme_is_the_systems_of_now_and_not_of_the_first_visit(open_page):
    page = open_page("")
    settle(page)
    scheme = "document.body.dataset.mdColorScheme"
    assert page.evaluate(scheme) == "default"
    page.emulate_media(color_scheme="dark")  # in the evening, while it is open
    page.wait_for_function(f"{scheme} === 'slate'")
    page.reload()
    assert page.evaluate(scheme) == "slate"
    for name in ("Switch to light colours", "Switch to dark colours", "Switch to the system's colours"):
        page.get_by_title(name).locator("visible=true").click()
    page.emulate_media(color_scheme="light")
    page.wait_for_function(f"{scheme} === 'default'")


def test_what_is_not_there_is_told_with_its_styles_at_any_depth_below_a_path(browser, tmp_path):
    (tmp_path / "some").symlink_to(SITE)

    class Lost(Quiet):
        def send_error(self, code, *_):
            body = (SITE / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Lost, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/some/lessons/nowhere/at/all/")
    settle(page)
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    search(page, "desktop", "saddle")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="start page").click()
    page.wait_for_url("**/some/")
    server.shutdown()
    server.server_close()
    page.close()


def test_a_newcomer_finds_the_first_lesson_by_keyboard_alone(open_page):
    page = open_page("")
    settle(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").strip() == "Begin the first lesson":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/lessons/introduction/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to content"


WIDE = """[...document.querySelectorAll("pre > code, .md-typeset__scrollwrap, div.arithmatex")]
    .filter(one => one.scrollWidth > one.clientWidth)"""


def test_whatever_is_wider_than_its_place_can_be_reached_by_keyboard(open_page):
    page = open_page("lessons/sigmoid_neuron/", "phone")
    settle(page)
    page.keyboard.press("Tab")
    assert page.evaluate(f"{WIDE}.length") >= 2
    assert page.evaluate(f"{WIDE}.every(one => one.tabIndex === 0)")


SHADOWS = "getComputedStyle(one).backgroundImage.split('linear-gradient').length - 1"


def test_a_formula_or_table_that_goes_on_shows_a_shadow_where_it_does(open_page):
    page = open_page("lessons/optimizers/", "phone")
    settle(page)
    page.keyboard.press("Tab")
    wide = page.locator("div.arithmatex, .md-typeset__scrollwrap").evaluate_all(
        f"all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => {SHADOWS})"
    )
    assert wide
    assert set(wide) == {4}


@pytest.mark.parametrize("path", ["evidence/", *(f"lessons/{name}/" for name in ("optimizers", "starting_values"))])
def test_no_table_is_cut_on_a_desk(open_page, path):
    page = open_page(path)
    settle(page)
    page.keyboard.press("Tab")
    tables = page.locator(".md-typeset__scrollwrap")
    tables.first.wait_for()
    assert tables.evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).length") == 0


def test_a_picture_has_the_whole_width_of_a_phone_and_its_place_before_it_comes(open_page):
    page = open_page("lessons/optimizers/", "phone")
    settle(page)
    boxes = page.locator("img[src*='figures/built/']").evaluate_all(
        "all => all.map(one => [one.getBoundingClientRect().x, one.getBoundingClientRect().width])"
    )
    assert boxes == [[0, WINDOWS["phone"]["width"]]] * len(boxes) != []
    assert page.locator("img[src*='figures/built/']:not([width][height])").count() == 0


def test_a_wide_formula_that_comes_near_can_be_reached_from_then_on(open_page):
    page = open_page("lessons/sigmoid_neuron/", "phone")
    settle(page)
    formula = page.locator("div.arithmatex:has(.katex)").last
    assert formula.get_attribute("tabindex") is None
    formula.evaluate("one => { one.querySelector('.katex').style.width = '200vw'; one.scrollIntoView() }")
    expect(formula).to_have_attribute("tabindex", "0")


TOP = "Math.abs(document.getElementById('{}').getBoundingClientRect().top - 68) < 20"


@SIZES
def test_a_link_to_a_section_leads_to_it(open_page, size):
    page = open_page("lessons/update_rule/#when-to-stop", size)
    settle(page)
    page.wait_for_function(TOP.format("when-to-stop"))
    page.wait_for_timeout(500)
    assert page.evaluate(TOP.format("when-to-stop"))


def test_the_table_of_contents_leads_to_its_sections_and_a_reload_stays_there(open_page):
    page = open_page("lessons/update_rule/")
    settle(page)
    page.get_by_role("link", name="When to stop").locator("visible=true").first.click()
    page.wait_for_function(TOP.format("when-to-stop"))
    page.goto(page.url.partition("#")[0])
    settle(page)
    # Again and again: what was not near yet has no height of its own, and the page grows as it comes nearer.
    page.wait_for_function("(scrollTo(0, 5000), scrollY > 4000)")
    page.wait_for_timeout(500)
    seen = "[...document.querySelectorAll('article h2')].find(one => one.getBoundingClientRect().top > 0).id"
    section = page.evaluate(seen)
    page.reload()
    settle(page)
    assert page.evaluate(seen) == section


def test_the_themes_script_comes_after_the_first_paint_and_its_colours_before(open_page):
    page = open_page("lessons/update_rule/", scheme="dark")
    page.locator("script[src*='/bundle.']").wait_for(state="attached")
    text = re.sub(r"\?[\w-]{12}\"", '?…"', page.request.get(page.url).text())
    assert re.findall(r'<script src="[^"]*"[^>]*>', text) == ['<script src="../../assets/kit.js?…" type="module">']
    page.route("**/bundle.*.js", lambda route: route.fulfill(body=""))
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


LEARNERS = r"/(lessons|exercises|learners)/"


@SIZES
@pytest.mark.parametrize(
    ("words", "lesson"),
    {
        "learning rate": "update_rule",
        "eta": "update_rule",
        "chain rule": "derivatives",
        "overfitting": "stochastic_descent",
        "saddle": "starting_values",
        "momentum": "optimizers",
        "minibatch": "stochastic_descent",
    }.items(),
)
def test_a_search_finds_the_lesson_that_teaches_it_first(open_page, size, words, lesson):
    page = open_page("", size)
    search(page, size, words)
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(f"/lessons/{lesson}/"))


@pytest.mark.parametrize("words", ["gradient", "derivative", "hint", "notebook", "sigmoid"])
def test_learners_pages_are_found_before_all_others(open_page, words):
    page = open_page("")
    search(page, "desktop", words)
    found = page.locator(".md-search-result__item > .md-search-result__link")
    kinds = [bool(re.search(LEARNERS, address)) for address in found.evaluate_all("all => all.map(one => one.href)")]
    assert kinds[0]
    assert kinds[:5] == sorted(kinds[:5], reverse=True)


@SIZES
def test_a_search_leads_to_the_section_that_speaks_of_it(open_page, size):
    page = open_page("", size)
    search(page, size, "learning rate")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/lessons/**")

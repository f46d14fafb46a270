"""The class at a glance in a real browser: open to all, quiet, on paper and a phone, and whole without its script."""

import pytest

from grader.collect.opened import Folder
from grader.manifest.course import load_course
from grader.publish.overview import write_overview
from tests.browser.conftest import SIZES
from tests.browser.test_site import serious, too_wide
from tests.publish.test_overview import HOSTILE, an_out, check, report


@pytest.fixture(scope="module")
def overview(tmp_path_factory):
    """Return the address of an overview with something in each of its sections."""
    folder = tmp_path_factory.mktemp("out")
    said = "It adds the step. Read on: lessons/update_rule/#downhill"
    climbing = check("test_climbs", hidden=True, diagnosis=said)
    an_out(
        folder,
        report("learner-001", check("test_easy", "passed"), check("test_climbs", "passed", hidden=True)),
        report("learner-002", check("test_easy", "passed"), climbing),
        report("learner-003", check("test_easy", "error", message="raised    NameError: np"), climbing),
        report("learner-004", check("test_easy", message=HOSTILE), check("test_climbs", "skipped", hidden=True)),
        report("learner-005", check("test_easy", "grader_error")),
        missing=[("learner-006", "update_rule")],
    )
    (folder / ".grader").mkdir()
    (folder / ".grader/class").write_text('{"learner-001": ["Name 1", "", "A"], "learner-002": ["Name 2", "", "B"]}')
    with Folder(folder) as opened:
        write_overview(opened, load_course())
    return (folder / "overview.html").as_uri()


@pytest.fixture
def open_overview(browser, overview):
    """Give a function that opens it; at the end, nothing was asked for but the page, and nothing complained."""
    contexts, complaints = [], []

    def open_one(size="desktop", **settings):
        context = browser.new_context(viewport=SIZES[size], **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if request.url != overview else None)
        page.goto(overview)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_problem_with_everything_unfolded(open_overview, size, scheme):
    page = open_overview(size, color_scheme=scheme, bypass_csp=True)  # by which the page lets nobody else's script in
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert serious(page) == []


def test_the_page_is_no_wider_than_its_window(open_overview):
    assert too_wide(open_overview()) == []


def test_a_search_leaves_what_has_the_words_and_says_how_much_that_is(open_overview):
    page = open_overview()
    page.get_by_label("Search").fill("ADDS THE STEP")
    assert page.locator("#found").inner_text() == "1 found"
    assert page.locator("article.find:visible p").first.inner_text() == "It adds the step."
    page.get_by_label("Search").fill("")
    assert page.locator(".find:not(:visible)").count() == 0


def test_a_click_on_a_heading_sorts_by_what_stands_below_it_and_another_turns_it_round(open_overview):
    page = open_overview()
    table = page.locator("table.sort").filter(has_text="the hardest first")
    first = table.locator("tbody th").first
    assert first.inner_text().startswith("test_climbs holds.")
    table.get_by_role("button", name="Check").click()
    assert table.locator("thead th").first.get_attribute("aria-sort") == "ascending"
    table.get_by_role("button", name="Passed").click()
    assert first.inner_text().startswith("test_climbs holds.")
    table.get_by_role("button", name="Passed").click()
    assert first.inner_text().startswith("test_easy holds.")
    assert [head.get_attribute("aria-sort") for head in table.locator("thead th").all()] == [None, "descending", None]


def test_without_scripts_all_is_there_but_the_search(open_overview):
    page = open_overview(java_script_enabled=False)
    assert not page.get_by_label("Search").is_visible()
    assert page.locator("thead button").count() == 0
    assert page.locator(".find:visible").count() == page.locator(".find").count() > 5


def test_on_paper_there_is_nothing_to_click(open_overview):
    page = open_overview()
    page.emulate_media(media="print")
    assert not page.get_by_label("Search").is_visible()
    assert not page.locator("nav").is_visible()
    assert not page.get_by_role("link", name="Show").first.is_visible()
    assert page.locator("h2:visible").count() == 6

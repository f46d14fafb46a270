"""How the site is designed, where it can be measured: what moves, what stays, how wide text is, and what keyboard and finger meet."""

import pytest

from tests.browser.test_site import settle

KINDS = {"landing": "", "lesson": "lessons/optimizers/", "exercise": "exercises/update_rule/", "lab": "lab/"}
EACH = pytest.mark.parametrize("path", KINDS.values(), ids=KINDS)
WATCH = """
    window.moved = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved.push(entry.value);
    }).observe({type: "layout-shift", buffered: true});
"""
MOST = 0.05  # a share of the window, times how far it moved; Lighthouse calls 0.1 good
MOTION = "document.getAnimations().map(one => one.effect.getComputedTiming())"


def alone(open_page, picture):
    """Return a picture as a frame of a page, where one can ask what moves in it."""
    page = open_page("lab/")
    page.evaluate("document.body.append(document.createElement('iframe'))")
    page.locator("iframe").evaluate(
        "(frame, source) => new Promise(done => { frame.onload = () => done(); frame.src = source })", f"../{picture}"
    )
    return page.frames[-1]


def test_the_landscape_of_the_start_page_moves_once_for_less_than_five_seconds(open_page):
    page = alone(open_page, "assets/hero.svg")
    moves = page.evaluate(MOTION)
    assert len(moves) > 20
    assert {move["iterations"] for move in moves} == {1}
    assert max(move["endTime"] for move in moves) < 5000
    steps = page.locator(".step")
    assert steps.first.evaluate("step => getComputedStyle(step).opacity") == "0"
    page.evaluate("document.getAnimations().forEach(one => one.finish())")
    assert steps.evaluate_all("all => all.every(step => getComputedStyle(step).opacity === '1')")


def test_for_those_who_prefer_less_motion_it_is_the_same_picture_at_rest(open_page):
    shown = {
        wish: open_page(reduced_motion=wish)
        .locator(".hero img")
        .evaluate("image => image.decode().then(() => image.currentSrc.split('/').pop().replace(/[?][\\w-]{12}/, ''))")
        for wish in ("no-preference", "reduce")
    }
    assert shown == {"no-preference": "hero.svg", "reduce": "hero.svg#still"}
    page = alone(open_page, "assets/hero.svg#still")
    assert page.evaluate(MOTION) == []
    assert page.locator(".step").evaluate_all("all => all.every(step => getComputedStyle(step).opacity === '1')")


def test_without_scripts_the_start_page_says_what_it_is_and_gives_each_kind_of_people_one_next_step(open_page):
    page = open_page(java_script_enabled=False)
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator(".hero img").evaluate("image => image.naturalWidth") > 0
    steps = page.locator(".cards > div")
    assert steps.count() == 3
    assert [steps.nth(place).locator("p > a").count() for place in range(3)] == [1, 1, 1]
    assert page.get_by_role("link", name="exercise 10").is_visible()


@EACH
@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_nothing_moves_while_a_page_comes(open_page, size, path):
    page = open_page("design/", size)
    page.context.add_init_script(WATCH)
    page.goto(page.url.removesuffix("design/") + path)
    settle(page)
    assert sum(page.evaluate("moved")) < MOST


def test_what_moves_would_be_noticed(open_page):
    page = open_page("lessons/optimizers/")
    settle(page)
    page.evaluate(f"() => {{ {WATCH} }}")
    page.evaluate("document.querySelector('.md-main').style.marginTop = '300px'")
    page.wait_for_function("most => moved.some(value => value > most)", arg=MOST)


def test_headings_and_text_have_faces_of_their_own_and_fall_back_on_ones_of_their_measures(open_page):
    page = open_page("lessons/optimizers/")
    settle(page)
    loaded = page.evaluate("[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family)")
    assert {"Text", "Display"} <= {name.strip('"') for name in loaded}
    heights = page.evaluate("""() => {
        const height = family => {
            const line = document.createElement("div");
            line.style.cssText = `font: 100px/normal ${family}; position: absolute; white-space: pre`;
            line.textContent = "Every guess has a loss, and walking downhill is learning";
            document.body.append(line);
            const { width, height } = line.getBoundingClientRect();
            line.remove();
            return [width, height];
        };
        return [height("'Text'"), height("'Text as Arial', 'Text as Roboto'")];
    }""")
    for own, other in zip(*heights, strict=True):
        assert own == pytest.approx(other, rel=0.04)


def test_a_line_of_text_has_no_more_letters_than_one_reads_with_ease(open_page):
    page = open_page("lessons/optimizers/")
    settle(page)
    page.keyboard.press("Tab")  # then all is laid out
    letters = page.locator(".md-content__inner > p").evaluate_all("""all => all.map(one => {
        const range = document.createRange();
        range.selectNodeContents(one);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom / 12)));
        return one.querySelector(".katex, img, descent-lab") ? 0 : one.innerText.length / lines.size;
    })""")
    assert 40 < max(letters) <= 85


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wherever_the_keyboard_goes_one_sees_it(open_page, scheme):
    page = open_page("", scheme=scheme)
    settle(page)
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        name, shows = page.evaluate("""() => {
            let one = document.activeElement;
            while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
            const look = getComputedStyle(one);
            return [one.localName + one.className, parseFloat(look.outlineWidth) >= 1 && look.outlineStyle !== "none"
                || look.boxShadow !== "none" || one.matches("input[id=__search], .md-search__input")];
        }""")
        seen.add(name)
        assert shows, name
    assert len(seen) > 5


@EACH
def test_what_a_finger_is_to_meet_is_large_enough(open_page, path):
    page = open_page(path, "phone")
    settle(page)
    small = page.evaluate("""() => {
        const found = [];
        const look = root => {
            for (const one of root.querySelectorAll("*")) {
                if (one.shadowRoot) look(one.shadowRoot);
                if (!one.matches("a[href], button, summary, select, input:not([type=hidden])")) continue;
                if (one.closest("p, li:not(.md-nav__item), td, .headerlink") || !one.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
                const target = one.closest("label") ?? one;
                const { width, height } = target.getBoundingClientRect();
                if (width > 1 && (width < 24 || height < 24)) found.push([one.outerHTML.slice(0, 90), width, height]);
            }
        };
        look(document.body);
        return found;
    }""")
    assert small == []

"""The site without a network: read and checked after one visit, brought up to date, emptied; below a path, as it may be published."""

import base64
import hashlib
import json
import re
import shutil
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer

import pytest

from tests.browser.conftest import SITE, Quiet, absent
from tests.browser.test_exercise import WORK, Exercise, solution

PATH = "some/where/"
PATIENCE_S = 60  # on a busy machine; nothing is measured here
EXERCISE, LESSON, DEVICE = "exercises/update_rule/", "lessons/update_rule/", "learners/commands/"
KEPT = """async () => {
    const kept = [];
    for (const name of await caches.keys())
        kept.push(...(await (await caches.open(name)).keys()).map(({ url }) => url.slice(location.origin.length + 1)));
    return kept;
}"""
MINE = solution() + "\nmine = 1\n"


class Fresh(Quiet):
    """Serve files that no cache of the browser's own may keep: what is seen without a network was kept by the site."""

    def end_headers(self):
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


class Host:
    """A copy of the site at an address of its own, which can be published anew and switched off."""

    def __init__(self, root):
        self.folder = root / PATH
        shutil.copytree(
            SITE, self.folder, ignore=shutil.ignore_patterns("reference", "design", "instructors", "python")
        )
        (self.folder / "assets" / "python").symlink_to(SITE / "assets" / "python")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Fresh, directory=str(root)))
        self.address = f"http://127.0.0.1:{self.server.server_port}/{PATH}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def off(self):
        self.server.shutdown()
        self.server.server_close()

    def publish(self, build, *, scripts=True):
        """Publish another build: other words on each page and another `kit.js`, whose content comes late without `scripts`."""
        kit = self.folder / "assets" / "kit.js"
        script = kit.read_bytes() + f"\nwindow.kit = '{build}';\n".encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(script).digest())[:12].decode()
        page = (self.folder / EXERCISE / "index.html").read_text(encoding="utf-8")
        old = re.search(r'<meta name="build" content="([^"]+)">', page)[1]
        for file in [*self.folder.rglob("*.html"), self.folder / "sw.js"]:
            text = file.read_text(encoding="utf-8").replace(old, build).replace("</h1>", f" ({build})</h1>")
            file.write_text(re.sub(r"kit\.js\?[\w-]{12}", f"kit.js?{digest}", text), encoding="utf-8")
        if scripts:
            kit.write_bytes(script)
        return f"{PATH}assets/kit.js?{digest}", script


@pytest.fixture
def host(tmp_path):
    if not (SITE / "sw.js").is_file():
        absent("the site is not built: make site")
    one = Host(tmp_path)
    yield one
    one.off()


@pytest.fixture
def open_tab(browser, host):
    context = browser.new_context()

    def open_one(path, wait=True):
        page = context.new_page()
        page.goto(host.address + path)
        if wait:
            keeps(page, PATH + path)
        return page

    yield open_one
    context.close()


def until(page, holds):
    """Wait until something holds of what is kept."""
    ends = time.monotonic() + PATIENCE_S
    while not holds(kept := page.evaluate(KEPT)):
        assert time.monotonic() < ends, f"still kept: {kept}"
        page.wait_for_timeout(50)


def keeps(page, *parts):
    """Wait until something is kept whose address contains each of some parts, and all scripts are."""
    until(page, lambda kept: all(any(part in one for one in kept) for part in [*parts, "kept-build.json"]))


def heading(page):
    return page.locator("h1").first.inner_text()


def look_for_a_newer_one(page):
    page.evaluate("navigator.serviceWorker.getRegistration().then(one => one.update())")


def test_an_exercise_can_be_checked_without_a_network_and_what_was_visited_can_be_read(host, open_tab):
    open_tab(LESSON).close()
    page = open_tab(EXERCISE)
    here = Exercise(page)
    here.write(MINE)
    assert set(here.check()) == {"passed"}
    keeps(page, "pyodide.asm.wasm", "numpy.zip", "sympy.zip", "grader.zip", "python.js")
    page.close()
    host.off()
    there = Exercise(open_tab(EXERCISE))
    assert there.text() == MINE
    assert set(there.check()) == {"passed"}
    lesson = open_tab(LESSON)
    assert heading(lesson).startswith("The update rule")
    assert lesson.evaluate("[...document.images].every(one => one.naturalWidth > 0)")
    unknown = open_tab("lessons/optimizers/", wait=False)
    assert heading(unknown) == "There is no network"
    unknown.get_by_role("link", name="lessons/update rule").click()
    assert heading(unknown).startswith("The update rule")


def test_an_update_is_offered_to_whoever_is_writing_and_their_code_is_kept(host, open_tab):
    lesson = open_tab(LESSON)
    page = open_tab(EXERCISE)
    here = Exercise(page)
    here.write(MINE)
    before = set(page.evaluate(KEPT))
    page.evaluate("window.untouched = true")
    kit, _ = host.publish("second-build")
    look_for_a_newer_one(page)
    offer = page.get_by_text("A new version of this page is out")
    offer.wait_for()
    assert page.evaluate("window.untouched")
    assert here.text() == MINE
    page.get_by_role("button", name="Load it").click()
    page.wait_for_function("window.kit === 'second-build'")
    assert Exercise(page).text() == MINE
    assert heading(page).endswith("(second-build)")
    assert not offer.is_visible()
    keeps(page, kit)
    # Pages that are open still find what they were made of; with the next build that goes.
    old = next(one for one in before if "/kit.js" in one)
    assert old in page.evaluate(KEPT)
    host.publish("third-build")
    look_for_a_newer_one(page)
    offer.wait_for()
    page.get_by_role("button", name="Load it").click()
    page.wait_for_function("window.kit === 'third-build'")
    until(page, lambda kept: old not in kept)
    # A page that was only kept has come along.
    lesson.close()
    host.off()
    assert heading(open_tab(LESSON)).endswith("(third-build)")


def test_a_page_that_nobody_has_touched_and_nobody_sees_updates_itself(host, open_tab):
    page = open_tab(EXERCISE)
    # A test's own words to a page count as its reader's touch.
    page.evaluate(
        "Object.defineProperty(document, 'hidden', { value: true });"
        "Object.defineProperty(navigator, 'userActivation', { value: { hasBeenActive: false } })"
    )
    host.publish("second-build")
    look_for_a_newer_one(page)
    page.wait_for_function("window.kit === 'second-build'")
    assert heading(page).endswith("(second-build)")


def test_who_comes_while_a_build_is_being_published_reads_the_page_and_no_wrong_script_is_kept(host, open_tab):
    open_tab(EXERCISE)
    kit, script = host.publish("second-build", scripts=False)
    page = open_tab(EXERCISE)
    Exercise(page)
    assert heading(page).endswith("(second-build)")
    assert kit not in page.evaluate(KEPT)
    (host.folder / "assets" / "kit.js").write_bytes(script)
    page.reload()
    keeps(page, kit)
    assert page.evaluate("window.kit") == "second-build"


def test_what_is_kept_is_listed_and_can_be_removed_but_the_learners_code_stays(host, open_tab):
    here = Exercise(open_tab(EXERCISE))
    here.page.evaluate(
        "([key, source]) => localStorage.setItem(key, JSON.stringify({ source, when: 1 }))", [WORK, MINE]
    )
    page = open_tab(DEVICE)
    device = page.locator("descent-device")
    device.get_by_text("2 pages that you have visited").wait_for()
    device.get_by_text("Which?").click()
    assert device.get_by_role("link").all_inner_texts() == ["2. The update rule", "The commands"]
    assert re.search(r"Kept on this device: [1-9]\d*\.\d MB", device.locator("div").inner_text())
    device.get_by_text("Python, for the exercises: not yet").wait_for()
    device.get_by_role("button", name="Remove what is kept").click()
    device.get_by_text("Removed. Your code and your progress are still there.").wait_for()
    assert page.evaluate(KEPT) == []
    assert json.loads(page.evaluate("key => localStorage.getItem(key)", WORK))["source"] == MINE


def test_a_browser_without_room_says_so_and_the_page_works(host, open_tab):
    page = open_tab("", wait=False)
    tools = page.context.new_cdp_session(page)
    origin = host.address.removesuffix(PATH)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 300_000})
    page.goto(host.address + DEVICE)
    page.get_by_text("The browser has no room for more").wait_for()
    page.goto(host.address + EXERCISE)
    Exercise(page)


def test_a_browser_that_forbids_it_all_says_so_and_the_page_works(open_page):
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'caches', { get() { throw new DOMException('no', 'SecurityError'); } });"
        "ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'));"
    )
    page.goto(page.url + DEVICE)
    page.get_by_text("This browser keeps nothing of the site here").wait_for()
    assert page.get_by_role("button", name="Remove what is kept").is_hidden()

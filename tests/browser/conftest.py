"""What the tests in a real browser share: the built site behind an address of its own, and pages that must be quiet."""

import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

SITE = Path(__file__).parents[2] / "build" / "site"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
SIZES = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 768, "height": 1024},
    "desktop": {"width": 1440, "height": 900},
}


def absent(what: str) -> None:
    """Skip on a contributor's machine; in CI nothing may be absent."""
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)


class Quiet(SimpleHTTPRequestHandler):
    """Serve files, and say nothing."""

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address():
    if not (SITE / "index.html").is_file():
        absent("the site is not built: make site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright: make test installs it")
    program = next((found for name in CHROMIUM if (found := shutil.which(name))), None)
    if program is None:
        absent("no Chromium: apt install chromium")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser, address):
    """Give a function that opens a page of the site in a fresh profile; at the end, none may have complained.

    A complaint is a line of error in the console, an exception, a request that failed or one to another host.
    """
    contexts, complaints = [], []

    def heard(request):
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(address):
            complaints.append(f"asked another host: {request.url}")

    def open_one(path="", size="desktop", scheme="light", **settings):
        # Nothing is kept for later: `test_offline.py` is about that.
        settings = {"service_workers": "block", **settings}
        context = browser.new_context(viewport=SIZES[size], color_scheme=scheme, has_touch=size == "phone", **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", heard)
        page.on(
            "response",
            lambda answer: complaints.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )
        page.goto(address + path)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []

"""Measures how long a page waits for Python's first answer: `python -m tests.browser.timing`, with the site built.

Cold is a reader's first visit, in a browser that has nothing of the site; warm is a later one, from the browser's cache;
again is a second press. Each is the time from pressing Check to the verdicts of exercise 2. The machine should be idle.
"""

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from functools import partial
from http.server import ThreadingHTTPServer

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import CHROMIUM, SITE, SWITCHES, Quiet
from tests.browser.test_exercise import Exercise, solution


def first_answer(page: Page, address: str) -> tuple[float, float]:
    """Return the seconds from a press of Check to its verdicts, at the first press and at the second."""
    page.goto(f"{address}exercises/update_rule/")
    here = Exercise(page)
    page.wait_for_timeout(2_000)  # a browser that has just started is busy with itself; a reader reads first
    # Set, not typed: typing would load Python ahead of the press.
    here.editor.evaluate(
        "(content, text) => content.cmTile.view.dispatch({ changes: { from: 0, to: content.cmTile.view.state.doc.length, insert: text } })",
        solution(),
    )
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        assert set(here.check()) == {"passed"}
        seconds.append(time.perf_counter() - began)
    return seconds[0], seconds[1]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    program = next(found for name in CHROMIUM if (found := shutil.which(name)))
    times: dict[str, list[float]] = {"cold": [], "warm": [], "again": []}
    with sync_playwright() as driver:
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as profile:
                for visit in ("cold", "warm"):  # the browser is closed in between; what it has kept is on the disk
                    browser = driver.chromium.launch_persistent_context(profile, executable_path=program, args=SWITCHES)
                    first, second = first_answer(browser.new_page(), address)
                    times[visit].append(first)
                    times["again"].append(second)
                    browser.close()
    server.shutdown()
    for name, seconds in times.items():
        print(
            f"{name:5}  median {statistics.median(seconds):.2f} s  of {len(seconds)}, {min(seconds):.2f} to {max(seconds):.2f} s"
        )


if __name__ == "__main__":
    main()

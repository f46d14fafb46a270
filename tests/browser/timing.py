"""Measures how long a page waits for Python's first answer: `python -m tests.browser.timing`, with the site built.

Cold is a reader's first visit, in a browser that has nothing of the site; warm is a later one, from what the browser has
kept; again is a second press. Each is the time from pressing Check to the verdicts of exercise 2. The machine should be idle.
`--against FOLDER` measures another build in turn with this one, so that whatever else the machine does falls on both.
"""

import argparse
import shutil
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

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


def measure(program: str, site: Path) -> dict[str, list[float]]:
    """Return the times of one reader with a new browser, who comes twice."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    times: dict[str, list[float]] = {"again": []}
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as profile:
        for visit in ("cold", "warm"):  # the browser is closed in between; what it has kept is on the disk
            browser = driver.chromium.launch_persistent_context(profile, executable_path=program, args=SWITCHES)
            first, second = first_answer(browser.new_page(), f"http://127.0.0.1:{server.server_port}/")
            times[visit] = [first]
            times["again"].append(second)
            browser.close()
    server.shutdown()
    server.server_close()
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", type=Path, metavar="FOLDER", help="another built site, such as one of yesterday")
    arguments = parser.parse_args()
    program = next(found for name in CHROMIUM if (found := shutil.which(name)))
    sites = [arguments.against, SITE] if arguments.against else [SITE]
    times: dict[tuple[Path, str], list[float]] = defaultdict(list)
    for _ in range(arguments.rounds):
        for site in sites:
            for visit, seconds in measure(program, site).items():
                times[site, visit] += seconds
    for site in sites:
        size = sum(
            path.stat().st_size for path in (site / "assets" / "python").rglob("*") if "licences" not in path.parts
        )
        print(f"{site}: {size / 1e6:.1f} MB of Python as the server stores it")
        for visit in ("cold", "warm", "again"):
            seconds = times[site, visit]
            spread = f"{min(seconds):.2f} to {max(seconds):.2f} s"
            print(f"  {visit:5}  median {statistics.median(seconds):.2f} s  of {len(seconds)}, {spread}")


if __name__ == "__main__":
    main()

"""Count the lab's frames on peaks, in a real Chromium: `make site`, then `python site/app/lab/frames.py`.

Plays four walks of 10,000 steps, then drags their start about with the walks shown, and prints the time between frames. At 60 frames a second
the median is 16.7 ms. `script` is the time per frame that the page's own code took.
"""

import shutil
import statistics
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

SITE = Path(__file__).resolve().parents[3] / "build" / "site"
SETUP = "lab/?landscape=peaks&start=0,1.4&epochs=10000&runs=rate=0.00001;rate=0.01;rate=0.1;rate=0.5"
WATCH = """() => {
  window.frames_ = [];
  let last;
  const tick = (now) => { if (last) frames_.push(now - last); last = now; window.watching = requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
}"""
STOP = "() => { cancelAnimationFrame(window.watching); return frames_; }"


class Quiet(SimpleHTTPRequestHandler):
    """Serve files, and say nothing."""

    def log_message(self, *_):
        """Say nothing."""


def report(what, times, busy):
    """Print the median and the slowest frames of one motion."""
    times = sorted(times)
    late = times[int(0.95 * len(times))]
    median = statistics.median(times)
    print(f"{what:9} {len(times):4} frames, median {median:5.1f} ms, 95 % within {late:5.1f} ms, script {busy:4.1f} ms")


def scripted(session):
    """Return the seconds that the page has spent in scripts so far."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return next(one["value"] for one in metrics if one["name"] == "ScriptDuration")


def main():
    """Measure playing and dragging."""
    if not (SITE / "lab" / "index.html").is_file():
        raise SystemExit("the site is not built: make site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as driver:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        chromium = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1440, "height": 1000})
        page.goto(f"http://127.0.0.1:{server.server_port}/{SETUP}")
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        lab = page.locator("descent-lab")
        lab.get_by_role("button", name="Play").scroll_into_view_if_needed()
        page.wait_for_timeout(1500)

        page.evaluate(WATCH)
        before = scripted(session)
        lab.get_by_role("button", name="Play").click()
        lab.get_by_role("button", name="Pause").wait_for()
        lab.get_by_role("button", name="Play").wait_for()
        frames = page.evaluate(STOP)
        report("playing", frames, 1000 * (scripted(session) - before) / len(frames))

        lab.get_by_label("Show the walk while I drag").check()
        lab.locator(".picture").scroll_into_view_if_needed()
        handle = lab.get_by_role("slider", name="Start").bounding_box()
        x, y = handle["x"] + 22, handle["y"] + 22
        page.mouse.move(x, y)
        page.mouse.down()
        page.evaluate(WATCH)
        before = scripted(session)
        for step in range(240):
            page.mouse.move(x + 90 * ((step % 60) / 30 - 1), y + 60 + 50 * ((step % 48) / 24 - 1))
        frames = page.evaluate(STOP)
        page.mouse.up()
        report("dragging", frames, 1000 * (scripted(session) - before) / len(frames))
        chromium.close()
    server.shutdown()


if __name__ == "__main__":
    main()

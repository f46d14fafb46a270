"""Count the lab's frames on peaks, in a real Chromium: `make site`, then `python site/app/lab/frames.py`.

Plays four walks of 10,000 steps, then drags their start about, a move in each frame, with the walks shown. Nothing is
throttled. For each motion it prints

- in how many frames of a hundred the page's thread was done within 16.7 ms of its own computing time, which is what 60
  frames a second leave it: scripts, style, layout and painting, as the browser's trace counts them,
- the median and the 95th of a hundred of those times,
- how many frames came on time, as the page saw it. Other programs that use the machine meanwhile make that one worse.
"""

import json
import shutil
import statistics
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

SITE = Path(__file__).resolve().parents[3] / "build" / "site"
SETUP = "lab/?landscape=peaks&start=0,1.4&epochs=10000&runs=rate=0.00001;rate=0.01;rate=0.1;rate=0.5"
FRAMES = 240
BUDGET = 1000 / 60
FRAME = "ProxyMain::BeginMainFrame"  # what the page's thread does for one frame

WATCH = """() => {
  let last;
  window.gaps = [];
  const tick = (now) => {
    if (last) gaps.push(now - last);
    last = now;
    window.watching = requestAnimationFrame(tick);
  };
  window.watching = requestAnimationFrame(tick);
}"""
STOP = "() => { cancelAnimationFrame(watching); return gaps; }"

# The pointer goes round in a curve that never repeats within the measurement.
DRAG = """([x, y, frames]) => new Promise((done) => {
  const handle = document.querySelector("descent-lab").shadowRoot.querySelector(".handle");
  let k = 0;
  const move = () => {
    const at = { clientX: x + 90 * Math.sin(k / 19), clientY: y + 60 + 50 * Math.cos(k / 31), bubbles: true };
    handle.dispatchEvent(new PointerEvent("pointermove", at));
    if (++k < frames) requestAnimationFrame(move);
    else done();
  };
  requestAnimationFrame(move);
})"""


class Quiet(SimpleHTTPRequestHandler):
    """Serve files, and say nothing."""

    def log_message(self, *_):
        """Say nothing."""


def computed(trace):
    """Return the computing times of a trace's frames, in milliseconds; of frames in which something was drawn."""
    events = json.loads(trace)["traceEvents"]
    times = [one["tdur"] / 1000 for one in events if one["name"] == FRAME and "tdur" in one]
    return sorted(time for time in times if time > 0.5)


def measured(chromium, page, what, motion):
    """Print what the frames of a motion took."""
    page.evaluate(WATCH)
    chromium.start_tracing(page=page, categories=["cc"])
    motion()
    times = computed(chromium.stop_tracing())
    gaps = page.evaluate(STOP)
    within = 100 * sum(time <= BUDGET for time in times) / len(times)
    in_time = 100 * sum(gap <= 1.5 * BUDGET for gap in gaps) / len(gaps)
    print(
        f"{what:8} {len(times):4} frames, {within:5.1f} % within 16.7 ms of computing, median "
        f"{statistics.median(times):4.1f} ms, 95 % within {times[int(0.95 * len(times))]:4.1f} ms; "
        f"{in_time:5.1f} % on time"
    )


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
        lab = page.locator("descent-lab")
        lab.get_by_role("button", name="Play").scroll_into_view_if_needed()
        page.wait_for_timeout(1500)

        def play():
            lab.get_by_role("button", name="Play").click()
            lab.get_by_role("button", name="Pause").wait_for()
            lab.get_by_role("button", name="Play").wait_for()

        measured(chromium, page, "playing", play)

        lab.get_by_label("Show the walk while I drag").check()
        lab.locator(".picture").scroll_into_view_if_needed()
        handle = lab.get_by_role("slider", name="Start").bounding_box()
        x, y = handle["x"] + 22, handle["y"] + 22
        page.mouse.move(x, y)
        page.mouse.down()
        measured(chromium, page, "dragging", lambda: page.evaluate(DRAG, [x, y, FRAMES]))
        page.mouse.up()
        chromium.close()
    server.shutdown()


if __name__ == "__main__":
    main()

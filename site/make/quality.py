"""Measure the built site as a phone on a slow network meets it, with Lighthouse: `make quality`.

Exit status 1 if a page is below 97 in performance or 100 in accessibility, or the lab's script beyond 200 kB compressed.
"""

import gzip
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
from pathlib import Path

from serve import BUILT, server

# The newest Lighthouse that runs on Node 20. It is fetched when asked for: most who build the site never measure it.
LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("", "lessons/introduction/", "lessons/update_rule/", "exercises/update_rule/", "lab/")
WANTED = {"performance": 97, "accessibility": 100, "best-practices": 0}
RUNS = 3
# Lighthouse starts Chromium with a list of features turned off, with which it draws one frame a second at first; the
# list here takes that one's place, and it draws as it does for a reader.
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-features=Translate"
MOST_BYTES = 200_000
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def audit(address: str) -> dict[str, int]:
    """Return a page's scores by category, with Lighthouse's settings for a phone."""
    command = [
        *("npx", "--yes", LIGHTHOUSE, address, "--quiet", "--output=json"),
        f"--only-categories={','.join(WANTED)}",
        f"--chrome-flags={FLAGS}",
    ]
    chromium = next((found for name in CHROMIUM if (found := shutil.which(name))), "")
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"error: Lighthouse failed on {address}\n{done.stderr}")
    categories = json.loads(done.stdout)["categories"]
    return {name: round(100 * categories[name]["score"]) for name in WANTED}


def median(address: str) -> dict[str, int]:
    """Return the median of each score; whatever else the machine does falls on single runs."""
    runs = [audit(address) for _ in range(RUNS)]
    return {name: statistics.median_low(run[name] for run in runs) for name in WANTED}


def compressed(script: Path, seen: set[Path]) -> int:
    """Return the bytes, compressed, of a script and of what it imports at once."""
    if script in seen:
        return 0
    seen.add(script)
    text = script.read_text(encoding="utf-8")
    imported = re.findall(r'(?:^|[;}])(?:import|export)(?:[^"()]*?from)?"(\./[^"]+)"', text)
    return len(gzip.compress(text.encode())) + sum(compressed(script.parent / name, seen) for name in imported)


def lab_bytes() -> int:
    """Return the size of all that a page with a lab loads of ours."""
    assets = BUILT / "assets"
    parts = [path for path in assets.glob("*.js") if 'define("descent-lab"' in path.read_text(encoding="utf-8")]
    seen: set[Path] = set()
    return sum(compressed(path, seen) for path in [assets / "kit.js", *parts])


def main() -> int:
    """Print the table; return 1 where it falls short."""
    running = server()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    short = False
    print(f"{'page':24}" + "".join(f"{name:>16}" for name in WANTED))
    for page in PAGES:
        points = median(f"http://127.0.0.1:{running.server_port}/{page}")
        short |= any(points[name] < least for name, least in WANTED.items())
        print(f"{page or 'landing':24}" + "".join(f"{points[name]:16}" for name in WANTED), flush=True)
    running.shutdown()
    size = lab_bytes()
    print(f"the lab's script, compressed: {size / 1000:.0f} kB of at most {MOST_BYTES / 1000:.0f} kB")
    return int(short or size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main())

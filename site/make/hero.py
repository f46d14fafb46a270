"""Draw what the start page opens with: `assets/hero.svg`, walks down a landscape that move by themselves once.

The steps are those of plain descent, and as long on the picture as they are. The motion is the picture's own: it needs no
script, and out of sight a browser does not draw it. `hero.svg#still` is the same picture at rest.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
from contourpy import FillType, contour_generator
from pictures import SCHEMES

WIDTH, HEIGHT = 1200, 800
LEVELS = 15
STEPS, RATE = 34, 0.42
STEP_S, WAIT_S = 0.09, 0.5  # the whole takes less than 5 seconds
# Hills and hollows: where, how high, how wide. A length of 1 is 100 pixels.
BUMPS = np.array(
    [
        (2.6, 5.6, -2.4, 2.0),
        (5.6, 2.6, 2.7, 1.5),
        (9.2, 6.0, -3.3, 1.7),
        (9.6, 1.7, -1.9, 1.5),
        (6.1, 6.6, 1.5, 1.4),
        (11.4, 3.9, 1.9, 1.5),
        (1.6, 1.6, 1.5, 1.7),
    ]
)
STARTS = ((5.35, 3.3), (6.35, 2.75), (4.75, 2.5), (6.1, 5.9))


def write(site: Path) -> None:
    """Write `assets/hero.svg` below the site's sources."""
    target = site / "assets" / "hero.svg"
    target.parent.mkdir(exist_ok=True)
    walks = np.array([_walk(start) for start in STARTS])
    target.write_text(
        f'<svg id="still" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"<style>{_style()}</style>{_ground()}{_steps(walks)}</svg>\n",
        encoding="utf-8",
    )


def _height(x, y):
    east, north, high, wide = BUMPS.T
    far = (np.asarray(x)[..., None] - east) ** 2 + (np.asarray(y)[..., None] - north) ** 2
    return (high * np.exp(-far / (2 * wide**2))).sum(-1)


def _walk(start):
    east, north, high, wide = BUMPS.T
    path = [np.array(start)]
    for _ in range(STEPS):
        x, y = path[-1]
        pull = high * np.exp(-((x - east) ** 2 + (y - north) ** 2) / (2 * wide**2)) / wide**2
        gradient = -np.array([(pull * (x - east)).sum(), (pull * (y - north)).sum()])
        path.append(path[-1] - RATE * gradient)
    return 100 * np.array(path)


def _style() -> str:
    def colours(scheme):
        ground = "".join(f"--{name}:{colour};" for name, colour in SCHEMES[scheme]["ground"].items())
        runs = "".join(f"--run{number}:{colour};" for number, colour in enumerate(SCHEMES[scheme]["runs"]))
        return f":root{{{ground}--paper:{SCHEMES[scheme]['paper']};{runs}}}"

    return (
        f"{colours('light')}@media(prefers-color-scheme:dark){{{colours('dark')}}}"
        ".band{fill:color-mix(in oklab,var(--high) clamp(0%,calc(var(--t)*200% - 100%),100%),color-mix(in oklab,var(--middle) clamp(0%,calc(var(--t)*200%),100%),var(--low)));stroke:var(--contour);stroke-opacity:.3}"
        "path{fill:none;stroke-width:4;stroke-linecap:round}"
        ".band,.start,circle{stroke-width:1}"
        "circle{stroke:var(--paper);stroke-width:1.5}.start{fill:var(--paper);stroke-width:4}"
        f"svg:not(:target) .step{{animation:go {STEP_S}s linear calc({WAIT_S}s + var(--k)*{STEP_S}s) backwards}}"
        "@keyframes go{from{opacity:0}}"
    )


def _ground() -> str:
    x, y = np.linspace(0, WIDTH / 100, 121), np.linspace(0, HEIGHT / 100, 81)
    heights = _height(*np.meshgrid(x, y))
    generator = contour_generator(100 * x, 100 * y, heights, fill_type=FillType.OuterOffset)
    edges = np.linspace(heights.min(), heights.max(), LEVELS + 1)
    bands = []
    for number, (low, high) in enumerate(pairwise(edges)):
        polygons, offsets = generator.filled(low, np.nextafter(high, np.inf))
        rings = [
            ring
            for points, bounds in zip(polygons, offsets, strict=True)
            for ring in np.split(points, bounds[1:-1].astype(int))
        ]
        outline = "".join(f"M{_pairs(ring[:-1])}z" for ring in rings)
        bands.append(f'<path class="band" style="--t:{number / (LEVELS - 1):.3f}" fill-rule="evenodd" d="{outline}"/>')
    return "".join(bands)


def _steps(walks) -> str:
    parts = []
    for step in range(1, STEPS + 1):
        moved = "".join(
            f'<path stroke="var(--run{number})" d="M{_pairs(walk[step - 1 : step + 1])}"/>'
            f'<circle cx="{walk[step, 0]:.0f}" cy="{walk[step, 1]:.0f}" r="{9 if step == STEPS else 6}" fill="var(--run{number})"/>'
            for number, walk in enumerate(walks)
        )
        parts.append(f'<g class="step" style="--k:{step}">{moved}</g>')
    starts = "".join(
        f'<circle class="start" cx="{walk[0, 0]:.0f}" cy="{walk[0, 1]:.0f}" r="9" style="stroke:var(--run{number})"/>'
        for number, walk in enumerate(walks)
    )
    return "".join(parts) + starts


def _pairs(places) -> str:
    return " ".join(f"{x:.0f} {y:.0f}" for x, y in places)


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent)

"""Plots as SVG text: axes, curves, contour lines, paths, arrows and rasters.

Whatever the numbers are, a plot is short and harmless: coordinates are cut to the surroundings of the picture, long
paths are thinned out, and every word is escaped. Colours suit light and dark pages alike: all but the path is drawn in
the colour of the text around it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, cast

import numpy as np

from grader.diagnosis.picture.palette import PALETTE

WIDTH, HEIGHT = 480, 320
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 468, 254  # of the plot in it
PATH: str = PALETTE["both"]["path"]
MOST_POINTS, MOST_DOTS = 240, 60  # of a path that are drawn
MOST_CONTOUR = 24_000  # characters of all contour lines together
FAR = 4_000.0  # pixels: beyond this nothing is seen, and where exactly it lies does not matter

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class View:
    """The part of the plane that a plot shows: its lowest and its highest x and y."""

    low: tuple[float, float]
    high: tuple[float, float]

    def pixels(self, points: Any) -> Array:
        """Return where points of shape (k, 2) lie in the picture."""
        low, high = np.array(self.low), np.array(self.high)
        with np.errstate(all="ignore"):
            share: Array = (np.asarray(points, dtype=float) - low) / (high - low)
            places = np.array([LEFT, BOTTOM]) + share * np.array([RIGHT - LEFT, TOP - BOTTOM])
        near: Array = np.clip(np.nan_to_num(places, nan=FAR), -FAR, FAR)
        return near


def span(values: Array, margin: float) -> tuple[float, float]:
    """Return an interval around finite values, `margin` of their width wider on either side."""
    low, high = float(values.min()), float(values.max())
    width = high - low
    if width <= 1e-9 * max(abs(low), abs(high)):
        width = max(abs(low), 1.0)
    return low - margin * width, high + margin * width


def widened(view: View) -> View:
    """Return a view in which a unit of x is as long as a unit of y, so that right angles look right."""
    ratio = (RIGHT - LEFT) / (BOTTOM - TOP)
    (left, low), (right, high) = view.low, view.high
    height = max(high - low, (right - left) / ratio)
    x, y = (left + right) / 2, (low + high) / 2
    return View((x - ratio * height / 2, y - height / 2), (x + ratio * height / 2, y + height / 2))


def thinned(path: Array) -> Array:
    """Return a path of at most `MOST_POINTS` points: its first ones, where most happens, and every so many of the rest."""
    if len(path) <= MOST_POINTS:
        return path
    rest = np.linspace(MOST_DOTS, len(path) - 1, MOST_POINTS - MOST_DOTS).astype(int)
    return np.concatenate([path[:MOST_DOTS], path[rest]])


def line(places: Array, attributes: str) -> str:
    """Return a line through places in the picture."""
    return f'<polyline points="{_pairs(places)}" fill="none" {attributes}/>' if len(places) > 1 else ""


def dots(places: Array, radius: float, attributes: str) -> str:
    """Return a dot at each of the places in the picture."""
    return "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" {attributes}/>' for x, y in places.tolist())


def arrow(start: Array, end: Array, attributes: str) -> str:
    """Return an arrow from one place in the picture to another; too short a one is a dot."""
    way = end - start
    length = float(np.hypot(*way))
    if length < 2:
        return dots(start[None], 1.2, 'fill="currentColor"')
    head = min(7.0, 0.45 * length) * way / length
    across = 0.5 * np.array([-head[1], head[0]])
    barbs = _pairs(np.array([end - head + across, end, end - head - across]))
    return f'{line(np.array([start, end]), attributes)}<polyline points="{barbs}" fill="none" {attributes}/>'


def contours(heights: Array, levels: Iterable[float]) -> str:
    """Return contour lines of heights on an even grid over the whole plot, the ground shaded the lower it is."""
    from contourpy import FillType, contour_generator

    rows, columns = heights.shape
    generator = contour_generator(
        np.linspace(LEFT, RIGHT, columns),
        np.linspace(BOTTOM, TOP, rows),
        np.ma.masked_invalid(heights),
        fill_type=FillType.OuterOffset,
    )
    drawn: list[str] = []
    for level in levels:
        polygons, offsets = cast("tuple[list[Array], list[Array]]", generator.filled(-np.inf, level))
        rings = [
            ring
            for points, bounds in zip(polygons, offsets, strict=True)
            for ring in np.split(points, bounds[1:-1].astype(int))
        ]
        drawn.append("".join(f"M{_pairs(ring)}z" for ring in rings))
        if sum(map(len, drawn)) > MOST_CONTOUR:
            return ""
    look = 'fill="currentColor" fill-opacity=".045" fill-rule="evenodd" stroke="currentColor" stroke-opacity=".28"'
    return "".join(f'<path d="{path}" {look}/>' for path in drawn if path)


def axes(view: View, names: Sequence[str], heights: bool = True) -> str:
    """Return the frame with numbers along its lower side, and along its left side if heights are known."""
    parts = [
        f'<rect x="{LEFT}" y="{TOP}" width="{RIGHT - LEFT}" height="{BOTTOM - TOP}" fill="none" '
        'stroke="currentColor" stroke-opacity=".45"/>'
    ]
    along = [(value, view.low[1]) for value in ticks(view.low[0], view.high[0], 7)]
    up = [(view.low[0], value) for value in ticks(view.low[1], view.high[1], 5)] if heights else []
    places = view.pixels([*along, *up]).tolist()
    for (value, _), (x, _) in zip(along, places, strict=False):
        parts.append(text(x, BOTTOM + 15, number(value), 'text-anchor="middle" opacity=".8"'))
    for (_, value), (_, y) in zip(up, places[len(along) :], strict=True):
        parts.append(text(LEFT - 5, y + 4, number(value), 'text-anchor="end" opacity=".8"'))
    parts.append(text(RIGHT, BOTTOM + 30, names[0], 'text-anchor="end" font-style="italic"'))
    parts.append(text(LEFT + 6, TOP + 15, names[1], 'font-style="italic"'))
    return "".join(parts)


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round numbers between two: at most `most`."""
    least = (high - low) / most
    power = 10.0 ** np.floor(np.log10(least))
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)
    return [float(step * count) for count in range(int(np.ceil(low / step)), int(np.floor(high / step)) + 1)][:most]


def raster(values: Array, box: tuple[float, float, float, float], depth: float) -> str:
    """Return a table of numbers as cells in a box (left, top, width, height), filled the more the higher they are, up to `depth`."""
    left, top, width, height = box
    rows, columns = values.shape
    wide, tall = width / columns, height / rows
    with np.errstate(all="ignore"):
        known = values[np.isfinite(values)]
        low, high = (known.min(), known.max()) if known.size else (0.0, 0.0)
        shades = np.nan_to_num(np.clip((values - low) / (high - low), 0.0, 1.0))
    levels = np.rint(shades * 12).astype(int)  # few, so that all cells of one make one path
    parts = []
    for level in range(1, 13):
        cells = np.argwhere(levels == level)
        moves = "".join(
            f"M{left + column * wide:.1f} {top + row * tall:.1f}h{wide:.2f}v{tall:.2f}h-{wide:.2f}z"
            for row, column in cells.tolist()
        )
        if moves:
            parts.append(f'<path d="{moves}" fill="currentColor" fill-opacity="{level * depth / 12:.3f}"/>')
    frame = f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return "".join(parts) + f'{frame} fill="none" stroke="currentColor" stroke-opacity=".45"/>'


def text(x: float, y: float, words: str, attributes: str = "") -> str:
    """Return words at a place in the picture."""
    return f'<text x="{x:.1f}" y="{y:.1f}" {attributes}>{escape(words)}</text>'


def number(value: float, digits: int = 4) -> str:
    """Return a number as a reader would write it."""
    return f"{value + 0.0:.{digits}g}".replace("-", "\N{MINUS SIGN}")


def legend(entries: Sequence[tuple[str, str]]) -> str:
    """Return the line below the plot: for each entry its mark, drawn around (0, 0), and what it means."""
    parts, x = [], 16.0
    for mark, words in entries:
        parts.append(f'<g transform="translate({x + 8:.0f} {HEIGHT - 14})">{mark}</g>')
        parts.append(text(x + 21, HEIGHT - 10, words))
        x += 35 + 6.2 * len(words)  # a letter of 12 px is about as wide
    return "".join(parts)


def document(title: str, description: str, plot: str, around: str, height: float = HEIGHT) -> str:
    """Return the whole picture: `plot` is cut at its frame, `around` is not."""
    # Pictures may share a page and this name: what it names is the same in all of them.
    frame = f'<rect x="{LEFT}" y="{TOP}" width="{RIGHT - LEFT}" height="{BOTTOM - TOP}"/>'
    cut = f'<clipPath id="path-picture-plot">{frame}</clipPath><g clip-path="url(#path-picture-plot)">{plot}</g>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" role="img" class="path-picture" '
        'font-size="12" fill="currentColor" stroke-linejoin="round">'
        f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
        f"{cut * bool(plot)}{around}</svg>"
    )


def _pairs(places: Array) -> str:
    # A list's own text is made several times faster than one piece after the other.
    return str(np.round(places, 1).ravel().tolist())[1:-1].replace(",", "")

"""What there is to see of a call, drawn: a walk over a curve or a map, lines along slopes, an arrow, tables of numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from grader.diagnosis.picture import drawing
from grader.diagnosis.picture.drawing import PATH, Array, View, number
from grader.diagnosis.picture.grounds import Ground

AROUND = 3.0  # times the size of the right walk: what lies farther away does not set the scale
FINE = 201  # places of a curve
GRID = (21, 35)  # rows and columns of a map's heights
LEVELS = np.linspace(0.05, 0.95, 8)  # contour lines lie where these shares of the map are lower
MOST_CELLS = 24  # of a raster, in each direction
NUMBERED = 6  # rows and columns up to which a raster's cells hold their numbers

BOLD = 'font-size="13" font-weight="600"'
RING = f'fill="none" stroke="{PATH}" stroke-width="2"'
DISC = f'fill="{PATH}"'
SOLID = f'stroke="{PATH}" stroke-width="2"'
DASHED = 'stroke="currentColor" stroke-width="1.4" stroke-dasharray="5 4" opacity=".75"'
CURVE = 'stroke="currentColor" stroke-width="1.6" opacity=".6"'
HOLLOW = 'fill="none" stroke="currentColor" opacity=".75"'

START = (f'<circle r="6" {RING}/>', "start")
END = (f'<circle r="4.5" {DISC}/>', "end")
YOURS = (f'<path d="M-8 0H8" {SOLID}/><circle r="2.6" {DISC}/>', "your path")
RULE = (f'<path d="M-9 0H9" {DASHED}/>', "the rule’s way")
SHADE = ('<path d="M-8-5h16v10h-16z" fill="currentColor" fill-opacity=".3"/>', "low ground")


@dataclass(frozen=True)
class Words:
    """What a picture says: to those who do not see it, above it, and below it."""

    title: str
    description: str
    headline: str
    note: str = ""

    def around(self, plot: str, rest: str, height: float = drawing.HEIGHT) -> str:
        """Return the whole picture."""
        shown = drawing.text(16, drawing.TOP - 13, self.headline, BOLD)
        shown += drawing.text(drawing.LEFT, drawing.BOTTOM + 32, self.note) if self.note else ""
        return drawing.document(self.title, self.description, plot, shown + rest, height)


@dataclass(frozen=True)
class Walk:
    """A path, or no more than its end, on its ground.

    Parameters
    ----------
    starts
        Where it should begin, shape (m, n): one, or several where there are restarts.
    trail
        The points that the function returned, all finite, shape (k, n).
    rule
        Where the update rule leads from the start, shape (j, n); no rows where that is not told.
    ground
        The landscape.
    names
        What the coordinates are called.
    only_end
        Whether the function returns its end alone.
    domain
        The part of a line to show; none where the walk says which.
    heights
        Whether the ground's heights are known, and not only how they differ.
    """

    starts: Array
    trail: Array
    rule: Array
    ground: Ground
    names: Sequence[str]
    only_end: bool = False
    domain: tuple[float, float] | None = None
    heights: bool = True


def walk(one: Walk, words: Words) -> str:
    """Draw a walk: over a curve, over a map, or where there are more dimensions over its steps."""
    size = one.starts.shape[1]
    if size > 2:
        return _over_steps(one, words)
    view, ground, place = _over_curve(one) if size == 1 else _over_map(one)
    trail, rule, starts = (view.pixels(place(points)) for points in (drawing.thinned(one.trail), one.rule, one.starts))
    entries = [START]
    parts = [ground]
    if len(rule) > 1:
        parts += [drawing.line(rule, DASHED), drawing.dots(rule[: drawing.MOST_DOTS], 2.2, HOLLOW)]
    if not one.only_end:
        parts += [drawing.line(trail, SOLID), drawing.dots(trail[: drawing.MOST_DOTS], 2.6, DISC)]
        entries.append(YOURS)
    parts += [drawing.dots(trail[-1:], 4.5, DISC), drawing.dots(starts, 6, RING)]
    outside = ~((trail >= (drawing.LEFT, drawing.TOP)) & (trail <= (drawing.RIGHT, drawing.BOTTOM))).all(axis=1)
    if outside.any() and not words.note:
        first = int(np.argmax(outside))
        words = replace(words, note="It ends outside." if one.only_end else f"Row {first} is the first outside.")
    entries += [END] + [RULE] * (len(rule) > 1) + [SHADE] * (size == 2)
    frame = drawing.axes(view, one.names, heights=size == 2 or one.heights)  # a map has places on both sides
    return words.around("".join(parts), frame + drawing.legend(entries))


def _surroundings(one: Walk) -> tuple[Array, Array]:
    core = np.concatenate([one.starts, one.rule])
    size = float(np.ptp(core, axis=0).max()) or max(1.0, float(np.abs(core).max()))
    return core.min(axis=0) - AROUND * size, core.max(axis=0) + AROUND * size


def _framed(one: Walk) -> Array:
    """Return the points that set the scale: all but those that a failing walk has thrown far away."""
    low, high = _surroundings(one)
    near = one.trail[((one.trail >= low) & (one.trail <= high)).all(axis=1)]
    return np.concatenate([one.starts, one.rule, near])


def _over_curve(one: Walk) -> tuple[View, str, Callable[[Array], Array]]:
    low, high = one.domain or drawing.span(_framed(one)[:, 0], 0.35)
    x = np.linspace(low, high, FINE)
    view, heights, curve = _curve(one.ground, x)
    return view, curve, lambda points: np.column_stack([points[:, 0], np.interp(points[:, 0], x, heights)])


def _curve(ground: Ground, x: Array) -> tuple[View, Array, str]:
    heights = np.asarray(ground(x), dtype=float)
    low, high = drawing.span(heights[np.isfinite(heights)], 0.08)
    view = View((x[0], low), (x[-1], high))
    return view, heights, drawing.line(view.pixels(np.column_stack([x, heights])), CURVE)


def _over_map(one: Walk) -> tuple[View, str, Callable[[Array], Array]]:
    view, ground = _map(one.ground, _framed(one), 0.6)
    return view, ground, lambda points: points


def _map(ground: Ground, points: Array, margin: float) -> tuple[View, str]:
    (left, right), (low, high) = (drawing.span(points[:, axis], margin) for axis in (0, 1))
    view = drawing.widened(View((left, low), (right, high)))
    rows, columns = GRID
    x, y = np.linspace(view.low[0], view.high[0], columns), np.linspace(view.low[1], view.high[1], rows)
    heights = np.asarray(ground(x, y), dtype=float)
    known = heights[np.isfinite(heights)]
    levels = np.unique(np.quantile(known, LEVELS)) if known.size and np.ptp(known) > 0 else known[:0]
    return view, drawing.contours(heights, levels)


def _over_steps(one: Walk, words: Words) -> str:
    trail = one.trail[:, : len("xyzt")]  # of more coordinates the first four: more lines cannot be told apart
    near = _framed(one)
    view = View((0.0, drawing.span(near, 0.1)[0]), (max(1.0, len(trail) - 1.0), drawing.span(near, 0.1)[1]))
    rows = drawing.thinned(np.column_stack([np.arange(len(trail)), trail]))
    lines = [drawing.line(view.pixels(rows[:, [0, column]]), SOLID) for column in range(1, rows.shape[1])]
    rings = drawing.dots(
        view.pixels(np.column_stack([np.zeros(trail.shape[1]), one.starts[0, : trail.shape[1]]])), 6, RING
    )
    rest = drawing.axes(view, ("step", "coordinates")) + drawing.legend([START, YOURS])
    return words.around("".join(lines) + rings, rest)


def lines(
    ground: Ground,
    places: Sequence[float],
    slopes: Sequence[float],
    names: Sequence[str],
    words: Words,
    through: float | None = None,
) -> str:
    """Draw a curve, and through it at each place a line with the slope that the function returned there.

    `through` is a second place of the curve that the line should meet: that of a secant.
    """
    known = np.array([*places, *([] if through is None else [through])])
    low, high = drawing.span(np.append(known, [known.min() - 0.7, known.max() + 0.7]), 0.2)
    x = np.linspace(low, high, FINE)
    view, heights, curve = _curve(ground, x)
    reach = 0.3 * (x[-1] - x[0])
    parts = [curve]
    for place, slope in zip(places, slopes, strict=True):
        middle = np.array([place, np.interp(place, x, heights)])
        way = reach * np.array([1.0, slope])
        parts.append(drawing.line(view.pixels([middle - way, middle + way]), SOLID))
    met = view.pixels(np.column_stack([known, np.interp(known, x, heights)]))
    parts.append(drawing.dots(met, 4.5, DISC))
    mark = (f'<path d="M-9 0H9" {SOLID}/>', "a line with the slope that your function gave")
    return words.around("".join(parts), drawing.axes(view, names) + drawing.legend([mark]))


def heights(ground: Ground, places: Sequence[float], got: Sequence[float], names: Sequence[str], words: Words) -> str:
    """Draw a curve, and at each place the height that the function returned there."""
    low, high = drawing.span(np.append(places, [-2.0, 2.0]), 0.05)
    x = np.linspace(low, high, FINE)
    view, _, curve = _curve(ground, x)
    points = view.pixels(np.column_stack([places, got]))
    marks = [(f'<path d="M-9 0H9" {CURVE}/>', "how it should be"), (f'<circle r="4.5" {DISC}/>', "your function")]
    return words.around(curve + drawing.dots(points, 4.5, DISC), drawing.axes(view, names) + drawing.legend(marks))


def arrow(ground: Ground, place: Array, direction: Array, names: Sequence[str], words: Words) -> str:
    """Draw a map, and on it the gradient that the function returned, as an arrow of one length."""
    size = max(1.0, float(np.abs(place).max()))
    view, below = _map(ground, np.array([place - size, place + size]), 0.1)
    start = view.pixels(place[None])[0]
    length = float(np.hypot(*direction))
    turned = np.array([direction[0], -direction[1]]) / length if length > 0 else np.zeros(2)
    parts = [below, drawing.arrow(start, start + 62 * turned, SOLID), drawing.dots(start[None], 4, DISC)]
    mark = (drawing.arrow(np.array([-9.0, 0.0]), np.array([9.0, 0.0]), SOLID), "the gradient that your function gave")
    return words.around("".join(parts), drawing.axes(view, names) + drawing.legend([mark]))


def tables(panels: Sequence[tuple[str, Array]], arrows: Sequence[Array], words: Words) -> str:
    """Draw tables of numbers side by side, each the darker the higher; over the last one arrows, if there are any."""
    gap, lowest = 16.0, 0.0
    wide = (drawing.RIGHT - 16 - gap * (len(panels) - 1)) / len(panels)
    parts = []
    for place, (caption, full) in enumerate(panels):
        table = _sampled(full)
        rows, columns = table.shape
        numbered = max(rows, columns) <= NUMBERED
        scale = min(wide / columns, (drawing.BOTTOM - drawing.TOP) / rows)
        box = (
            16 + place * (wide + gap) + (wide - scale * columns) / 2,
            drawing.TOP + 4.0,
            scale * columns,
            scale * rows,
        )
        parts += [
            drawing.raster(table, box, 0.36 if numbered else 0.7),
            drawing.text(box[0], box[1] + box[3] + 17, caption),
        ]
        lowest = max(lowest, box[1] + box[3])
        if arrows and place == len(panels) - 1:
            parts.append(_field(_sampled(arrows[0]), _sampled(arrows[1]), box))
        elif numbered:
            parts.append(_numbered(table, box))
    return words.around("", "".join(parts), lowest + 30)


def _sampled(table: Array) -> Array:
    rows, columns = (-(-size // MOST_CELLS) for size in table.shape)
    return table[::rows, ::columns]


def _numbered(table: Array, box: tuple[float, float, float, float]) -> str:
    tall, wide = box[3] / table.shape[0], box[2] / table.shape[1]
    size = min(13.0, wide / 3.2)  # "-0.25" must fit into a cell
    look = f'text-anchor="middle" font-size="{size:.1f}"'
    return "".join(
        drawing.text(box[0] + (column + 0.5) * wide, box[1] + (row + 0.5) * tall + 0.35 * size, number(value, 3), look)
        for (row, column), value in np.ndenumerate(table)
    )


def _field(across: Array, down: Array, box: tuple[float, float, float, float]) -> str:
    """Return an arrow in each cell, the longest as long as a cell."""
    cell = np.array([box[2] / across.shape[1], box[3] / across.shape[0]])
    with np.errstate(all="ignore"):
        ways = np.nan_to_num(np.stack([across, down], axis=-1), posinf=0.0, neginf=0.0)
        longest = float(np.abs(ways).max())
        ways = ways / longest if longest > 0 else ways
    parts = []
    for row, column in np.ndindex(*across.shape):
        middle = np.array([box[0], box[1]]) + cell * (np.array([column, row]) + 0.5)
        way = 0.42 * cell.min() * ways[row, column]
        parts.append(drawing.arrow(middle - way, middle + way, SOLID))
    return "".join(parts)

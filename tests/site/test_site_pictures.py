"""The lessons' pictures can be read: by everybody, light and dark, on a phone, and nothing crosses a letter."""

import io
import itertools
import re
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.quiver import Quiver
from matplotlib.text import Annotation, Text

SITE = Path(__file__).parents[2] / "site"
sys.path.insert(0, str(SITE / "make"))
import pictures  # noqa: E402

sys.path.pop(0)

DRAWN = {path.stem: draw for path, draw in pictures.pictures(SITE)}
EACH = pytest.mark.parametrize("name", DRAWN)


def figure(name):
    with mpl.rc_context(pictures.STYLE):
        return laid_out(DRAWN[name])


def laid_out(draw):
    drawn = pictures.drawn(draw)
    FigureCanvasAgg(drawn).draw()
    return drawn


# Colours.


@EACH
def test_a_picture_has_no_colours_but_those_of_the_palette(name):
    buffer = io.BytesIO()
    pictures.picture(DRAWN[name], buffer)
    style, _, drawn = buffer.getvalue().decode().partition("</style>")
    assert "prefers-color-scheme: dark" in style
    assert re.findall(r"(?:fill|stroke|stop-color): ?(#[0-9a-f]+)", drawn) == []
    assert "var(--ink)" in drawn


# Letters.


def texts(drawn) -> list[Text]:
    """Return what there is to read: words, names of axes, legends, and the numbers of those ticks that are seen."""
    found = []
    for axes in drawn.axes:
        found += [*axes.texts, axes.xaxis.label, axes.yaxis.label]
        found += axes.get_legend().get_texts() if axes.get_legend() else []
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            found += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [one for one in found if one.get_text().strip()]


@EACH
def test_letters_are_large_enough_on_a_phone(name):
    drawn = figure(name)
    shown = 390 / (
        72 * max(drawn.get_size_inches()[0], pictures.WIDTH / 2)
    )  # pixels for each point, on the whole width
    for one in texts(drawn):
        assert one.get_fontsize() >= pictures.LEAST_LETTERS, one
        assert one.get_fontsize() * shown >= 10, one


def strokes(drawn) -> list[np.ndarray]:
    """Return what is drawn as lines, curves and arrows, as places in pixels that are close to each other."""
    found = []
    for axes in drawn.axes:
        lines = [line for line in axes.lines if line.get_linestyle() != "None"]
        found += [line.get_transform().transform(line.get_xydata()) for line in lines]
        for note in axes.texts:
            if isinstance(note, Annotation) and note.arrow_patch:
                path = note.arrow_patch.get_path()
                found.append(note.arrow_patch.get_transform().transform(path.vertices))
        for arrows in axes.collections:
            if isinstance(arrows, Quiver):
                tails = axes.transData.transform(arrows.XY)
                ways = arrows.get_transform().transform(np.zeros((1, 2)))
                for tail, corners in zip(tails, arrows.get_paths(), strict=False):
                    found.append(tail + arrows.get_transform().transform(corners.vertices) - ways)
    return [dense(places) for places in found if len(places) > 1]


def dense(places) -> np.ndarray:
    parts = [
        np.linspace(start, end, max(2, int(np.hypot(*(end - start)))))
        for start, end in itertools.pairwise(places)
        if np.isfinite([start, end]).all()
    ]
    return np.concatenate(parts) if parts else np.zeros((0, 2))


def crossed(drawn) -> list[str]:
    """Return the texts that a line or an arrow runs through, and those that lie over each other."""
    lines, frames = strokes(drawn), [axes.get_window_extent() for axes in drawn.axes]
    words = {one for axes in drawn.axes for one in axes.texts}
    found, boxes = [], []
    for one in sorted(texts(drawn), key=lambda one: one not in words):
        box = one.get_window_extent().padded(-1.5)
        inside = [
            ((places > (box.x0, box.y0)) & (places < (box.x1, box.y1))).all(axis=1)
            & ((places >= (frame.x0, frame.y0)) & (places <= (frame.x1, frame.y1))).all(axis=1)
            for places in lines
            for frame in frames
        ]
        if any(hits.any() for hits in inside) or any(box.overlaps(other) for other in boxes):
            found.append(one.get_text())
        boxes += [box] * (one in words)
    return found


@EACH
def test_no_line_and_no_arrow_runs_through_letters(name):
    assert crossed(figure(name)) == []


def test_a_curve_through_a_legend_and_an_arrow_over_a_letter_would_be_noticed():
    def draw(axes):
        axes.plot([0, 1], [0, 1])
        axes.text(0.5, 0.5, "crossed")
        axes.text(0.2, 0.8, "free")
        axes.text(0.8, 0.2, "H", ha="center", va="center")
        axes.quiver([0.78], [0.2], [1], [0])

    with mpl.rc_context(pictures.STYLE):
        drawn = laid_out(draw)
    assert crossed(drawn) == ["crossed", "H"]


@EACH
def test_a_picture_has_no_empty_bands(name):
    buffer = io.BytesIO()
    pictures.picture(DRAWN[name], buffer)
    width, height = map(float, re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', buffer.getvalue().decode())[0])
    drawn = figure(name)
    box = drawn.get_tightbbox()
    margin = 2 * 72 * pictures.STYLE["savefig.pad_inches"]
    assert (width, height) == pytest.approx(
        (72 * box.width + margin, 72 * box.height + margin), abs=15
    )  # letters are a little larger in one
    panels = [axes.get_window_extent() for axes in drawn.axes]
    dots = drawn.dpi
    assert sum(panel.width for panel in panels) > 0.6 * box.width * dots
    assert max(panel.height for panel in panels) > 0.4 * box.height * dots

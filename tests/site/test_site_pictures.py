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
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def figure(name):
    with mpl.rc_context(pictures.STYLE):
        return laid_out(DRAWN[name])


def laid_out(draw):
    drawn = pictures.drawn(draw)
    FigureCanvasAgg(drawn).draw()
    return drawn


# Colours.


def linear(colour):
    parts = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    dark, light = sorted(linear(colour) @ (0.2126, 0.7152, 0.0722) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


# How red, green and blue look to people who lack one kind of cones: G. Machado, M. Oliveira and L. Fernandes, "A
# physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15 (2009), at full severity.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def perceived(colour, eyes):
    """Return a colour in CIELAB, in which distances are differences as one sees them: 2.3 can just be noticed."""
    share = TO_XYZ @ np.clip(eyes @ linear(colour), 0, 1) / (0.9505, 1, 1.089)
    x, y, z = np.where(share > 0.008856, np.cbrt(share), 7.787 * share + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@SCHEMES
def test_colours_stand_out_from_the_page_as_text_and_from_the_lab_as_lines(scheme):
    names, ground = pictures.colours(scheme), pictures.SCHEMES[scheme]["ground"]
    for name in names.keys() - {"paper"}:
        assert contrast(names[name], names["paper"]) >= 4.5, name
    for run, shade in itertools.product(pictures.SCHEMES[scheme]["runs"], ground.values()):
        assert contrast(run, shade) >= 3, (run, shade)


@SCHEMES
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_look_alike_whoever_looks(scheme, eyes):
    names = pictures.colours(scheme)
    for one, other in itertools.combinations(names.values(), 2):
        assert np.linalg.norm(perceived(one, EYES[eyes]) - perceived(other, EYES[eyes])) >= 12, (one, other)


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

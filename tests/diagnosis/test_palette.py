"""The palette: whoever looks, on light and on dark, can read its words and tell its colours apart; and there are no others."""

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from grader.diagnosis.picture.palette import PALETTE, style

CHECKOUT = Path(__file__).parents[2]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
WORDS = ("ink", "quiet", "link", "good", "bad")


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
def test_words_can_be_read_on_the_page_and_on_what_is_set_off_from_it(scheme):
    colours = PALETTE[scheme]
    words = {name: colours[name] for name in WORDS} | colours["code"]
    for (name, colour), ground in itertools.product(words.items(), ("paper", "panel")):
        assert contrast(colour, colours[ground]) >= 4.5, (name, ground)
    assert contrast(colours["ink"], colours["marked"]) >= 4.5


@SCHEMES
def test_walks_stand_out_from_the_page_as_text_and_from_any_ground_as_lines(scheme):
    colours = PALETTE[scheme]
    ground = [colours["ground"][name] for name in ("low", "middle", "high", "earth")]
    for run in colours["runs"]:
        assert contrast(run, colours["paper"]) >= 4.5, run
        assert all(contrast(run, shade) >= 3 for shade in (*ground, colours["panel"])), run


@SCHEMES
def test_the_path_of_a_feedback_page_stands_out_in_either_scheme(scheme):
    for ground in ("paper", "panel"):
        assert contrast(PALETTE["both"]["path"], PALETTE[scheme][ground]) >= 3


@SCHEMES
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_colours_of_a_picture_look_alike_whoever_looks(scheme, eyes):
    colours = PALETTE[scheme]
    names = [*colours["runs"], colours["quiet"], colours["paper"]]
    for one, other in [*itertools.combinations(names, 2), (colours["good"], colours["bad"])]:
        assert np.linalg.norm(perceived(one, EYES[eyes]) - perceived(other, EYES[eyes])) >= 12, (one, other)


@pytest.mark.parametrize("eyes", EYES)
def test_the_shades_of_a_map_go_from_dark_to_light_whoever_looks(eyes):
    lights = [perceived(colour, EYES[eyes])[0] for colour in PALETTE["both"]["shades"]]
    assert all(later - sooner >= 4 for sooner, later in itertools.pairwise(lights))


def values(part):
    return [part] if isinstance(part, str) else [one for inner in _inner(part) for one in values(inner)]


def _inner(part):
    return part.values() if isinstance(part, dict) else part


# Colours that are no choice: a picture's own white, and the wheel of all hues, which stands for angles.
FREE = {"#fff", "#ffffff", "#000", "#f00", "#ff0", "#0f0", "#0ff", "#00f", "#f0f"}
SHOWN = (
    "site/app/**/*.ts",
    "site/styles/*.css",
    "site/make/*.py",
    "site/figures/*.py",
    "grader/**/*.j2",
    "grader/**/picture/*.py",
)


def test_nothing_that_is_shown_has_a_colour_of_its_own():
    known = {colour.lower() for colour in values(PALETTE)} | FREE
    strange = {
        (path.relative_to(CHECKOUT).as_posix(), found)
        for pattern in SHOWN
        for path in CHECKOUT.glob(pattern)
        for found in re.findall(
            r"(?<![\w&/])#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", path.read_text(encoding="utf-8"), re.IGNORECASE
        )
        if found.lower() not in known and not found[1:].isdigit()
    }
    assert strange == set()


def test_a_page_that_stands_alone_has_each_scheme_and_prints_in_the_light_one():
    screen, _, paper = style().partition("@media print")
    light, dark = screen.split("@media screen and (prefers-color-scheme: dark)")
    for name in ("ink", "paper", "link"):
        assert f"--{name}: {PALETTE['light'][name]};" in light
        assert f"--{name}: {PALETTE['dark'][name]};" in dark
    assert "color-scheme: light;" in paper


def test_each_page_that_stands_alone_takes_its_colours_from_the_palette():
    pages = [path.read_text(encoding="utf-8") for path in (CHECKOUT / "grader").rglob("*.j2")]
    whole = [page for page in pages if "<style>" in page]
    assert len(whole) == 2
    assert all("{{ colours }}" in page for page in whole)

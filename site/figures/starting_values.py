"""Pictures of the lesson on starting values, drawn when the site is built."""

import numpy as np


def _wavy(x):
    return x**2 + np.cos(2 * np.pi * x)


def parts(axes):
    """A wave of height 1 and length 1 with its crest at 0, a parabola, and their sum: a parabola with waves on it, which has four valleys between -2 and 2."""
    x = np.linspace(-2, 2, 401)
    axes.plot(x, np.cos(2 * np.pi * x), "C1--", label="wave")
    axes.plot(x, x**2, "C2--", label="parabola")
    axes.plot(x, _wavy(x), "C0", label="sum")
    axes.set_xlabel("x")
    axes.set_ylabel("height")


def ends(axes):
    """The end of a walk drawn over its start. Four level steps at -1.425, -0.476, 0.476 and 1.425; they change at the hilltops -1.054, 0 and 1.054. A single dot at 0 marks the walk that stays there."""
    starts = np.linspace(-2, 2, 2000)  # an even number: 0 itself is not among them
    places = starts.copy()
    for _ in range(300):
        places -= 0.01 * (2 * places - 2 * np.pi * np.sin(2 * np.pi * places))
    breaks = np.flatnonzero(np.diff(places) > 0.1) + 1
    for start, place in zip(np.split(starts, breaks), np.split(places, breaks), strict=True):
        axes.plot(start, place, "C0", linewidth=2.5)
    for hilltop in (-1.0544781, 0.0, 1.0544781):
        axes.axvline(hilltop, color="C4", linestyle=":", linewidth=1)
    axes.plot(0, 0, "C3o")
    axes.set_xlabel("start")
    axes.set_ylabel("end after 300 updates")


def slanting(axes):
    """Four cuts through the same point: along both axes the curve bends up, along the diagonal it bends up more, but along the other diagonal it bends down."""
    t = np.linspace(-1, 1, 201)
    axes.plot(t, 3 * t**2, "C2", label="along (1, 1)")
    axes.plot(t, t**2, "C0", label="along either axis")
    axes.plot(t, -(t**2), "C3", label="along (1, −1)")
    axes.axhline(0, color="C4", linewidth=0.8)
    axes.set_xlabel("distance from the point")
    axes.set_ylabel("height")

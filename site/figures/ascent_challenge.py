"""Pictures of the lesson on the ascent challenge, drawn when the site is built."""

import numpy as np


def _hills(x):
    return 2 * np.exp(-((x - 1) ** 2)) + np.exp(-((x + 1.5) ** 2))


def mirror(axes):
    """A curve with a low hill at -1.5 and a high hill at 1. Turned upside down it has hollows at the same places. Mirrored left to right it still has hills, at 1.5 and -1."""
    x = np.linspace(-4, 4, 401)
    axes.plot(x, _hills(x), "C0", label="f(x)")
    axes.plot(x, -_hills(x), "C2", label="−f(x)")
    axes.plot(x, _hills(-x), "C3--", linewidth=1.5, label="f(−x)")
    axes.axhline(0, color="C4", linewidth=0.8)
    axes.set_xlabel("x")
    axes.set_ylabel("height")

"""Draw the card that is shown where somebody shares a page: `assets/card.png`, the landscape of the start page with its walks."""

from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure
from pictures import SCHEMES, STYLE, colours

SIZE, DOTS = (12, 6.3), 100  # 1200 by 630 pixels, as most that show cards ask for


def write(site: Path) -> None:
    """Write `assets/card.png` below the site's sources."""
    target = site / "assets" / "card.png"
    target.parent.mkdir(exist_ok=True)
    names = colours("light")
    with mpl.rc_context(STYLE | {"savefig.bbox": "standard"}):
        figure = Figure(figsize=SIZE, facecolor=names["paper"])
        axes = figure.add_axes((0.04, 0.05, 0.92, 0.66))
        axes.axis("off")
        x = np.linspace(-2.05, 2.05, 600)
        axes.plot(x, _height(x), color=names["ink"], linewidth=4)
        axes.fill_between(x, _height(x), -1.4, color=names["c0"], alpha=0.12)
        for number, start in enumerate((-1.9, -0.2, 1.1)):
            path = _walk(start)
            axes.plot(path, _height(path), "o-", color=names[f"c{number}"], linewidth=3, markersize=11)
        axes.set_ylim(-1.4, 5.2)
        figure.text(0.06, 0.83, "Gradient descent", fontsize=58, fontweight="bold", color=SCHEMES["light"]["ink"])
        figure.text(0.06, 0.745, "Lessons that move, exercises that run in the page", fontsize=28)
        figure.savefig(target, dpi=DOTS, metadata={"Software": None})


def _height(x):
    return np.cos(2 * np.pi * x) + x**2


def _walk(start: float) -> np.ndarray:
    path = [start]
    for _ in range(30):
        path.append(path[-1] - 0.01 * (2 * path[-1] - 2 * np.pi * np.sin(2 * np.pi * path[-1])))
    return np.array(path)


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent)

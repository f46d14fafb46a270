"""Pictures of the lesson on the update rule: what the tangent promises, and what each learning rate leaves."""

import numpy as np


def taylor(axes):
    """The curve of 3x squared minus 3x plus 4 and its tangent at 2.

    Steps with the rates 0.01, 0.1 and 0.3 lead to 1.91, 1.1 and -0.7: at 1.91 curve and tangent agree, at 1.1 they
    part, at -0.7 they are far apart.
    """
    x = np.linspace(-1.2, 2.6, 300)
    axes.plot(x, 3 * x**2 - 3 * x + 4, color="C0", label="curve")
    axes.plot(x, 10 + 9 * (x - 2), "--", color="C1", label="tangent at 2")
    axes.plot(2, 10, "o", color="C3", markersize=8)
    for rate, side in ((0.01, (-34, 8)), (0.1, (-8, 10)), (0.3, (8, 6))):
        place = 2 - rate * 9
        height = 3 * place**2 - 3 * place + 4
        axes.plot([place, place], [10 + 9 * (place - 2), height], ":", color="C4")
        axes.plot(place, height, "o", color="C2")
        axes.annotate(f"{rate:g}", (place, height), xytext=side, textcoords="offset points", color="C4")
    axes.set_xlabel("x")
    axes.set_ylabel("height")


def distances(axes):
    """How far from the lowest point the walk still is after each step, on a logarithmic scale, for four learning rates.

    The line for 0.1 falls fastest, those for 0.3 and 0.01 fall more slowly, the line for 0.34 rises.
    """
    steps = np.arange(41)
    for rate, colour, style in ((0.01, "C0", "-"), (0.1, "C2", "--"), (0.3, "C3", "-."), (0.34, "C1", ":")):
        axes.semilogy(steps, 1.5 * np.abs(1 - 6 * rate) ** steps, style, color=colour, label=f"rate {rate:g}")
    axes.set_ylim(1e-6, 30)
    axes.set_xlabel("steps")
    axes.set_ylabel("distance from 0.5")

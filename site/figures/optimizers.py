"""Pictures of the lesson on optimizers, drawn when the site is built."""

import numpy as np


def ahead(axes):
    """From a point on the left a grey arrow shows the part of the last move that is made again. At its tip, the point
    ahead, a second arrow shows the new downhill step. Together they lead to the next point."""
    start, tip, end = np.array([0.0, 0.0]), np.array([2.4, 0.5]), np.array([2.7, -0.7])
    for tail, head, color in ((start, tip, "C4"), (tip, end, "C1"), (start, end, "C0")):
        axes.annotate("", xy=head, xytext=tail, arrowprops={"arrowstyle": "->", "color": color, "linewidth": 2})
    axes.plot(*np.array([start, tip, end]).T, "o", color="C4", markersize=5)
    axes.text(0.05, -0.3, "where you\nstand", color="C4", ha="right", va="center")
    axes.text(2.4, 0.62, "the point ahead: ask here", color="C4", ha="center")
    axes.text(1.5, 0.42, "− γ u", color="C4", ha="right")
    axes.text(2.68, 0.0, "− η g", color="C1")
    axes.text(1.5, -0.66, "the whole move", color="C0", ha="right")
    axes.text(2.78, -0.82, "next point", color="C4")
    axes.set_xlim(-1.0, 3.7)
    axes.set_ylim(-1, 0.85)
    axes.set_xlabel("x₁")
    axes.set_ylabel("x₂")


def plane(axes):
    """Step lengths on an even slope over 40 updates, in learning rates. AdaGrad begins at 1 and shrinks; RMSProp begins
    at 3.2 and falls to 1; Adam stays at 1; Adam without its correction begins at 3.2, rises above 6.5 and is still at
    5 after 40 updates."""
    k = np.arange(1, 41)
    axes.plot(k, (1 - 0.9**k) / np.sqrt(1 - 0.999**k), color="C4", linestyle="--", label="Adam, uncorrected")
    axes.plot(k, 1 / np.sqrt(1 - 0.9**k), color="C1", label="RMSProp")
    axes.plot(k, np.ones(40), color="C0", label="Adam")
    axes.plot(k, 1 / np.sqrt(k), color="C2", label="AdaGrad")
    axes.set_ylim(0, 7)
    axes.set_xlabel("update")
    axes.set_ylabel("step / learning rate")


def burst(axes):
    """The loss of the neuron under RMSProp over 250 epochs, on a logarithmic scale. It falls below 1e-15 by
    epoch 90, leaps above 1e-3 near epoch 100, and then stays near 2e-4."""
    inputs, wanted = np.array([0.5, 2.5]), np.array([0.2, 0.9])
    point, mean, losses = np.array([-2.0, -2.0]), np.zeros(2), []
    for _ in range(251):
        f = 0.5 * (1 + np.tanh((point[0] * inputs + point[1]) / 2))
        losses.append(((f - wanted) ** 2).sum() / 2)
        pull = (f - wanted) * f * (1 - f)
        slopes = np.array([pull @ inputs, pull.sum()])
        mean = mean + 0.1 * (slopes**2 - mean)
        point = point - 0.1 * slopes / (1e-8 + np.sqrt(mean))
    axes.semilogy(losses, color="C1")
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")

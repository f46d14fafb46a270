"""Pictures of the lesson on image gradients; all of them are made from one small synthetic photo."""

import numpy as np

HEIGHT, WIDTH = 84, 56
SEED, NOISE = 9, 3.0  # standard deviation of the noise, in grey values


def _photo():
    """Return a picture in bytes: a soft shaded disc, a sharp bright bar, and a little noise."""
    row, column = np.mgrid[:HEIGHT, :WIDTH]
    distance = np.hypot(row - 30, column - 28)
    inside = 1 / (1 + np.exp((distance - 19) / 1.2))  # the logistic curve makes the disc's outline a few pixels wide
    disc = inside * (140 - 1.2 * (row - 30) - 1.2 * (column - 28))  # lit from the top left
    bar = np.where((column >= 8) & (column < 48) & (row >= 64) & (row < 74), 130, 0)
    noise = np.random.default_rng(SEED).normal(0, NOISE, (HEIGHT, WIDTH))
    return np.clip(40 + disc + bar + noise, 0, 255).round().astype(np.uint8)


def _slopes():
    """Return the slopes to the right and downwards, without the picture's outermost frame."""
    photo, weights = _photo().astype(float), [-0.5, 0, 0.5]
    right = np.lib.stride_tricks.sliding_window_view(photo[1:-1], 3, axis=1) @ weights
    below = np.lib.stride_tricks.sliding_window_view(photo[:, 1:-1], 3, axis=0) @ weights
    return right, below


def _panels(axes, panels):
    """Draw pictures side by side; each is a label, an array, and the values for black and for white."""
    places = [1.08 * WIDTH * place for place in range(len(panels))]
    for place, (_, values, black, white) in zip(places, panels, strict=True):
        frame = (WIDTH - values.shape[1]) / 2  # slopes lack the outermost pixels
        extent = (place + frame, place + WIDTH - frame, HEIGHT - frame, frame)
        axes.imshow(values, cmap="gray", vmin=black, vmax=white, extent=extent, interpolation="nearest")
    axes.set_xlim(0, places[-1] + WIDTH)
    axes.set_ylim(HEIGHT, 0)
    axes.set_xticks([place + WIDTH / 2 for place in places], [label for label, *_ in panels])
    axes.set_yticks([0, 20, 40, 60, 80])
    axes.tick_params(bottom=False)
    axes.set_ylabel("row, downwards")


def numbers(axes):
    """A piece of a picture twice: as grey squares and as numbers. Columns count to the right and rows downwards; bright squares hold large numbers."""
    axes.figure.set_size_inches(6.4, 2.6)
    piece = _photo()[62:67, 4:11]  # the upper left corner of the bar
    height, width = piece.shape
    axes.imshow(piece, cmap="gray", vmin=0, vmax=255, extent=(0, width, height, 0))
    for row, column in np.ndindex(piece.shape):
        axes.text(width + 1.5 + column, row + 0.5, piece[row, column], ha="center", va="center", fontsize=12)
    axes.vlines(range(width + 1, 2 * width + 2), 0, height, color="C4", linewidth=0.5)
    axes.hlines(range(height + 1), width + 1, 2 * width + 1, color="C4", linewidth=0.5)
    axes.set_xlim(0, 2 * width + 1)
    axes.set_ylim(height, 0)
    axes.set_aspect("equal")
    every = range(width)
    axes.set_xticks([shift + column + 0.5 for shift in (0, width + 1) for column in every], [*every, *every])
    axes.set_yticks([row + 0.5 for row in range(height)], range(height))
    axes.tick_params(length=0)
    axes.set_xlabel("column x, to the right")
    axes.set_ylabel("row y, downwards")


def neighbours(axes):
    """Seven grey values along a row, on a rising curve. The line through a pixel's two neighbours is as steep as the curve at the pixel; the line to the next pixel is steeper."""
    columns = np.arange(7)
    values = 10 + 4.0 * columns**2
    fine = np.linspace(0, 6, 200)
    axes.plot(fine, 10 + 4 * fine**2, color="C4", linewidth=1)
    axes.plot(columns, values, "o", color="C4")
    axes.plot([2, 4], values[[2, 4]], color="C0", label="both neighbours: slope 24")
    axes.plot([3, 4], values[[3, 4]], "--", color="C1", label="next pixel only: slope 28")
    axes.plot([0, 1], values[[0, 1]], color="C2", label="at the border: slope 4")
    axes.plot([3], values[[3]], "o", color="C0")
    axes.set_xlabel("column")
    axes.set_ylabel("brightness")


def slopes(axes):
    """The picture, its slopes to the right, and its slopes downwards. Middle grey means level, white means getting brighter, black means getting darker; the bar's ends show in the first, its long sides in the second."""
    right, below = _slopes()
    _panels(axes, [("brightness", _photo(), 0, 255), ("gx", right, -60, 60), ("gy", below, -60, 60)])


def arrows(axes):
    """Arrows of the gradient on the outline of a bright disc. All of them cross the outline and point to the inside, which is the bright side."""
    axes.figure.set_size_inches(5, 5)
    axes.imshow(_photo(), cmap="gray", vmin=0, vmax=255)
    right, below = _slopes()
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    rows, columns = (30 + 19 * np.sin(angles)).round().astype(int), (28 + 19 * np.cos(angles)).round().astype(int)
    at = rows - 1, columns - 1  # the slopes lack the outermost frame
    arrows = axes.quiver(
        columns, rows, right[at], below[at], color="C1", angles="xy", scale_units="xy", scale=4, width=0.011
    )
    arrows.set(edgecolor="#ffffff", linewidth=0.8)  # to be seen on bright and dark ground alike
    axes.set_xlim(-0.5, WIDTH - 0.5)
    axes.set_ylim(57.5, 2.5)
    axes.set_xlabel("column x")
    axes.set_ylabel("row y, downwards")


def thresholds(axes):
    """The magnitudes of the gradient, and the pixels above three thresholds. Above 4 there are many specks of noise, above 12 both outlines, above 45 only the outline of the bar."""
    steepness = np.hypot(*_slopes())
    panels = [(f"above {threshold}", steepness > threshold, 0, 1) for threshold in (4, 12, 45)]
    _panels(axes, [("magnitude", steepness, 0, 65), *panels])

"""The picture of a mean: the sample as dots along a line, and a mark where the learner's mean lies. No path anywhere."""

import numpy as np

from grader.diagnosis.picture.scenes import Seen, finite

WIDTH, HEIGHT = 300, 60


def dots(seen: Seen) -> str:
    values, mean = finite(seen.values["values"]).ravel(), float(finite(seen.call.result))
    low, high = min(values.min(), mean), max(values.max(), mean)
    across = 20 + (WIDTH - 40) * (np.append(values, mean) - low) / (high - low or 1.0)
    sample = "".join(f'<circle cx="{x:.1f}" cy="40" r="4" fill="currentColor"/>' for x in across[:-1])
    mark = f'<path d="M{across[-1]:.1f} 10V55" stroke="currentColor"/>'
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img"><title>Sample and mean</title>{sample}{mark}</svg>'


SCENES = {("centre", "mean"): (("values",), dots)}
WALKS: dict = {}

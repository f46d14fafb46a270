"""Draw the lessons' pictures: each public function of `figures/SLUG.py` becomes `figures/built/SLUG-name.svg`."""

import importlib.util
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Grey that stands out from white and from the dark scheme's background alike (4.5 to 1 on both is out of one colour's
# reach; this has 4.2 and 4.4), so that one transparent picture serves both schemes.
INK = "#7a7f8c"
STYLE = {
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.size": 11,
    "legend.labelcolor": INK,
    "lines.linewidth": 2,
    "svg.fonttype": "path",  # text as outlines: a picture in <img> has no fonts of the page
    "svg.hashsalt": "gradient descent",  # the same bytes at every run
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
}


def pictures(site: Path) -> Iterator[tuple[Path, Callable[[Axes], None]]]:
    """Yield where each picture belongs, and the function that draws it."""
    for path in sorted((site / "figures").glob("*.py")):
        for name, draw in inspect.getmembers(load(path), inspect.isfunction):
            if draw.__module__ == path.stem and not name.startswith("_"):
                yield site / "figures" / "built" / f"{path.stem}-{name}.svg", draw


def load(path: Path) -> ModuleType:
    """Import one file of figures."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_fresh(built: Path, draw: Callable[[Axes], None]) -> bool:
    """Tell whether a picture is there, drawn after the last change of its source and of this file."""
    sources = (Path(inspect.getfile(draw)), Path(__file__))
    return built.is_file() and built.stat().st_mtime > max(source.stat().st_mtime for source in sources)


def picture(draw: Callable[[Axes], None], target: Path | BinaryIO) -> None:
    """Draw one picture: 6.4 by 3.6 inches, the same bytes at every run."""
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(6.4, 3.6), layout="constrained")
        draw(figure.add_subplot())
        figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})


def write(site: Path) -> None:
    """Draw every picture that is not fresh into `figures/built/`; one that no function draws any more goes."""
    wanted = dict(pictures(site))
    folder = site / "figures" / "built"
    folder.mkdir(exist_ok=True)
    for path in set(folder.iterdir()) - set(wanted):
        path.unlink()
    for path, draw in wanted.items():
        if not is_fresh(path, draw):
            picture(draw, path)


if __name__ == "__main__":
    write(Path(__file__).resolve().parent.parent)

"""Draw the lessons' pictures: each public function of `figures/SLUG.py` becomes `figures/built/SLUG-name.svg`.

A picture is drawn once, in the colours of the palette, and holds those of the light and of the dark scheme: a
browser shows it in the scheme of the page around it. `C0` to `C3` are its walks, `C4` is that of quiet words.
"""

import importlib.util
import inspect
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import BinaryIO

import faces
import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.figure import Figure

PALETTE = Path(__file__).resolve().parents[2] / "grader" / "diagnosis" / "picture" / "palette.json"
SCHEMES = json.loads(PALETTE.read_text(encoding="utf-8"))
# A picture of full width is shown 390 px wide on a phone: letters of 12 points are 10 px high there.
WIDTH, HEIGHT, LETTERS, LEAST_LETTERS = 6.4, 3.8, 14, 12
SCALE = 1.2  # pixels for each point
LINE = 48  # letters beside each other in a legend


def colours(scheme: str) -> dict[str, str]:
    """Return a scheme's colours by the names that pictures call them."""
    *runs, ink, paper = *SCHEMES[scheme]["runs"], SCHEMES[scheme]["quiet"], SCHEMES[scheme]["paper"]
    return {**{f"c{number}": colour for number, colour in enumerate(runs)}, "ink": ink, "paper": paper}


INK, PAPER = colours("light")["ink"], colours("light")["paper"]
STYLE = {
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.prop_cycle": cycler(color=[*SCHEMES["light"]["runs"], INK]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "font.family": [*faces.names(), "DejaVu Sans"],  # the second for signs that the first does not have
    "font.size": LETTERS,
    "legend.borderaxespad": 0.2,
    "legend.borderpad": 0,
    "legend.frameon": False,
    "legend.labelcolor": INK,
    "lines.linewidth": 2,
    "savefig.bbox": "tight",  # no empty bands
    "savefig.pad_inches": 0.04,
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
    """Tell whether a picture is there, drawn after the last change of its source, the palette and this file."""
    sources = (Path(inspect.getfile(draw)), PALETTE, Path(faces.__file__), Path(__file__))
    return built.is_file() and built.stat().st_mtime > max(source.stat().st_mtime for source in sources)


def drawn(draw: Callable[[Axes], None]) -> Figure:
    """Return one picture, with a legend above it, where no curve can cross it."""
    figure = Figure(figsize=(WIDTH, HEIGHT), layout="constrained")
    axes = figure.add_subplot()
    draw(axes)
    _, labels = axes.get_legend_handles_labels()
    if labels:
        most = max(1, LINE // (max(map(len, labels)) + 6))
        rows = -(-len(labels) // most)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1.02), ncols=-(-len(labels) // rows))
    return figure


def picture(draw: Callable[[Axes], None], target: Path | BinaryIO) -> None:
    """Draw one picture for both schemes, the same bytes at every run."""
    with mpl.rc_context(STYLE):
        buffer = io.BytesIO()
        drawn(draw).savefig(buffer, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    both = _for_both_schemes(buffer.getvalue().decode())
    if isinstance(target, Path):
        target.write_text(both, encoding="utf-8", newline="\n")
    else:
        target.write(both.encode())


def _for_both_schemes(svg: str) -> str:
    """Give colours names instead, with their values in each scheme; and a size in pixels."""
    light, dark = (
        "".join(f"--{name}: {colour};" for name, colour in colours(scheme).items()) for scheme in ("light", "dark")
    )
    for name, colour in colours("light").items():
        svg = svg.replace(colour, f"var(--{name})")
    svg = re.sub(r'(width|height)="([\d.]+)pt"', lambda size: f'{size[1]}="{float(size[2]) * SCALE:.0f}"', svg, count=2)
    values = f"<style>:root{{{light}}} @media (prefers-color-scheme: dark) {{:root{{{dark}}}}}</style>"
    return re.sub(r"(<svg [^>]*>)", rf"\1\n {values}", svg, count=1)


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

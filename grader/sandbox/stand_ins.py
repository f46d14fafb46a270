"""Which modules a learner's code finds while it is graded: Python's own, NumPy, SymPy, and stand-ins that do nothing.

What plots, shows or asks is no part of a function's value. So it is replaced by stand-ins: any attribute, any call, and
nothing happens. Everything else fails at its import, with a sentence that says what there is. That is so under the lock
and without it, at home and in a page alike: who passes at home has not passed by a package that is missing in class.

This runs in the learner's process and decides nothing.
"""

import builtins
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from opcode import opmap
from types import FrameType, FunctionType, ModuleType
from typing import Any

import numpy as np

COMPUTING = frozenset({"numpy", "sympy", "mpmath"})  # beside the standard library
# What is replaced, with what its functions give, in a learner's words.
INERT = dict.fromkeys(
    "matplotlib mpl_toolkits pylab seaborn plotly bokeh altair plotnine holoviews hvplot mplcursors celluloid turtle "
    "graphviz vpython pygame manim cycler ipympl".split(),
    "a plot",
) | dict.fromkeys(
    "IPython ipykernel ipywidgets google tqdm alive_progress progressbar fastprogress tkinter rich colorama termcolor "
    "pytest nbgrader otter memory_profiler line_profiler jupyterthemes".split(),
    "a display",
)
# Packages that learners know, and that nobody takes for a file of theirs.
COMPUTE = frozenset(
    "scipy pandas torch torchvision tensorflow keras jax sklearn cv2 numba skimage autograd PIL networkx statsmodels cupy "
    "polars xarray imageio requests cython h5py openpyxl theano flax optax".split()
)
MEANT = ("numpy", "sympy", "matplotlib", "math", "random", "itertools", "functools", "fractions", "decimal")
REPLACED = (INERT.keys() | COMPUTE) - {"pytest", "rich"}  # which this process may be in the middle of
PROGRESS = {"tqdm", "tqdm_notebook", "track", "progressbar", "progress_bar", "alive_it"}  # tqdm(x) gives x
LIMITS = {"get_xlim", "get_ylim", "get_zlim"}
PYPLOT = (
    "annotate arrow axes axhline axis axvline bar barh boxplot cla clabel clf close colorbar contour contourf draw errorbar "
    "figlegend figtext figure fill fill_between gca gcf grid hist imread imsave imshow ioff ion legend locator_params loglog "
    "margins matshow pause pcolormesh pie plot plot_surface quiver rc rcParams savefig scatter semilogx semilogy show stem "
    "step streamplot style subplot subplots subplots_adjust suptitle table text tick_params tight_layout title tricontourf "
    "twinx vlines hlines violinplot xlabel xlim xscale xticks ylabel ylim yscale yticks cm"
).split()
STARS = {  # what `from … import *` brings
    "matplotlib.pyplot": PYPLOT,
    "pylab": PYPLOT,
    "IPython.display": ["display", "HTML", "Image", "Latex", "Markdown", "Math", "clear_output"],
    "ipywidgets": [
        "interact",
        "interactive",
        "fixed",
        "FloatSlider",
        "IntSlider",
        "Dropdown",
        "HBox",
        "VBox",
        "Output",
    ],
    "tkinter": ["Tk", "Frame", "Label", "Button", "Entry", "Canvas", "StringVar", "mainloop", "END", "LEFT", "RIGHT"],
    "turtle": "forward back backward left right goto penup pendown color speed done mainloop Turtle Screen".split(),
    "tqdm": ["tqdm", "trange"],
}
STARS["tqdm.auto"] = STARS["tqdm.notebook"] = STARS["tqdm"]
KEYBOARD = "nobody can type while your work is graded: write the value into the code instead of asking for it"


class StandIn:
    """Takes the place of anything that draws or shows: any attribute, any call. It is no number and no array."""

    __kind = "a display"
    __name = ""
    __array_ufunc__ = None  # NumPy's functions refuse it, and do not ask it for `exp`

    def __init__(self, *_: Any, **__: Any) -> None:
        """Take whatever a learner's own subclass hands on."""

    @classmethod
    def of(cls, kind: str, name: str = "") -> "StandIn":
        made = cls()
        made.__kind, made.__name = kind, name
        return made

    @property
    def what_it_is(self) -> str:
        """What is told of it where a value is asked for."""
        return f"{self.__kind}, not a number"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn.of(self.__kind, name)

    def __call__(self, *given: Any, **options: Any) -> Any:
        if self.__name in PROGRESS:
            return Progress(*given, **options)
        if self.__name == "subplots":
            return _axes(self.__kind, *given, **options)
        if self.__name in LIMITS:
            return (0.0, 1.0)  # of axes on which nothing was drawn; SymPy's own plots calculate with them
        # A decorator, or `interact(f, …)`: the function stays what it was.
        if given and type(given[0]) in (FunctionType, type) and (len(given) == 1 or self.__name == "interact"):
            return given[0]
        return StandIn.of(self.__kind)

    def __iter__(self) -> Iterator[Any]:
        # `line, = plot(…)` and `counts, bins, bars = hist(…)` get as many as they ask for, a loop gets none.
        return iter([StandIn.of(self.__kind) for _ in range(_wanted(sys._getframe(1)))])

    def __getitem__(self, _key: Any) -> Any:
        return StandIn.of(self.__kind)

    def __setitem__(self, _key: Any, _value: Any) -> None:
        """Forget it."""

    def __contains__(self, _item: Any) -> bool:
        return False

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        """Let an exception pass."""

    def __mro_entries__(self, _bases: Any) -> tuple[type, ...]:
        return (StandIn,)  # of a learner's own class

    def __instancecheck__(self, _instance: Any) -> bool:
        return False

    def __or__(self, _other: Any) -> Any:  # of an annotation, as in `Axes | None`
        return self

    __ror__ = __or__

    def __repr__(self) -> str:
        return f"<{self.what_it_is}>"

    def __format__(self, _wanted: str) -> str:
        return repr(self)


class Progress(StandIn):
    """What `tqdm(x)` gives: `x` itself, with all that can be asked of a progress bar."""

    def __init__(self, items: Any = (), *_: Any, **options: Any) -> None:
        self.__items = options.get("iterable", items)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.__items)

    def __len__(self) -> int:
        return len(self.__items)


class Shell(StandIn):
    """What `get_ipython()` gives in an exported notebook: timing magics run their code, and nothing else happens."""

    def run_line_magic(self, magic: str, line: str, *_: Any) -> Any:
        if magic == "time":
            exec(line, sys._getframe(1).f_globals)  # the learner's own

    def run_cell_magic(self, magic: str, _line: str, cell: str) -> Any:
        if magic in ("time", "capture", "prun"):
            exec(cell, sys._getframe(1).f_globals)


def _wanted(frame: FrameType) -> int:
    """Return how many values the instruction asks for that a frame is about to have done; 0 if it unpacks nothing."""
    operation, argument = frame.f_code.co_code[frame.f_lasti : frame.f_lasti + 2]
    if operation == opmap["UNPACK_SEQUENCE"]:
        return argument
    return (argument & 0xFF) if operation == opmap["UNPACK_EX"] else 0


def _axes(kind: str, nrows: int = 1, ncols: int = 1, *_: Any, squeeze: bool = True, **__: Any) -> Any:
    """Return as many axes as asked for, in the form that matplotlib gives them."""
    axes = np.empty((int(nrows), int(ncols)), dtype=object)
    for place in np.ndindex(axes.shape):
        axes[place] = StandIn.of(kind)
    if not squeeze:
        return axes
    return axes[0, 0] if axes.size == 1 else axes.squeeze()


class StandInModule(ModuleType):
    """A module of stand-ins."""

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return [*STARS.get(self.__name__, ()), *(one for one in vars(self) if not one.startswith("_"))]
        if name == "__version__":
            return "9.9"
        kind = INERT[self.__name__.partition(".")[0]]
        if name == "subplots":
            return lambda *given, **options: (StandIn.of(kind), _axes(kind, *given, **options))
        if name == "trange":
            return lambda *given, **_: Progress(range(*given))
        if name == "get_ipython":
            return Shell
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn.of(kind, name)

    def __call__(self, *given: Any, **options: Any) -> Any:  # `import tqdm; tqdm(x)`, `import google.colab`
        return StandIn.of("a display", self.__name__)(*given, **options)


@dataclass(frozen=True)
class Offer:
    """What a learner may import beside the standard library and what stand-ins replace."""

    packages: Mapping[str, ModuleSpec | None] = field(default_factory=dict)  # the course's own; None: found as usual
    words: str = "NumPy, SymPy and the standard library"
    place: str = "when your work is graded"

    def refusal(self, name: str) -> str:
        """Return what is said of a module that is not there."""
        root = name.partition(".")[0]
        close = get_close_matches(root, MEANT, 1, 0.75) if root not in COMPUTE else []
        if close:
            return f"there is no module {name}: did you mean {close[0]}?"
        own = (
            ""
            if root in COMPUTE
            else f" (if {root}.py is a file of your own, put it beside this one and hand in both; folders cannot be imported)"
        )
        return f"{name} is not available {self.place}: use {self.words}{own}"


ALONE = Offer()  # NumPy and SymPy, no packages of the course


class Modules(MetaPathFinder, Loader):
    """Finds stand-ins, and refuses what is not there."""

    def __init__(self, offer: Offer) -> None:
        self._offer = offer
        self._there = sys.stdlib_module_names | COMPUTING
        self.used: set[str] = set()  # stand-ins that were asked for

    def has(self, name: str) -> bool:
        """Tell whether a package of the course is called so."""
        return name in self._offer.packages

    def hide_others(self) -> None:
        """Let nobody find what this process has imported for itself, and a learner could not import in class."""
        known = {"grader", "__main__", *self._there, *self._offer.packages}
        for name in list(sys.modules):
            root = name.partition(".")[0]
            if root not in known and not root.startswith("_"):
                del sys.modules[name]

    def find_spec(self, name: str, path: Sequence[str] | None, _target: Any = None) -> ModuleSpec | None:
        root = name.partition(".")[0]
        if root in self._offer.packages:
            return self._offer.packages[name] if path is None else None
        if root in INERT:
            return ModuleSpec(name, self, is_package=True)
        # What begins with a "_" is a part of something that is there, such as the standard library's `_sysconfigdata_…`.
        if path is None and root not in self._there and not root.startswith("_"):
            raise ModuleNotFoundError(self._offer.refusal(name), name=name)
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        self.used.add(spec.name.partition(".")[0])
        return StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ == "pylab":  # which brings NumPy too
            module.__dict__.update({name: getattr(np, name) for name in np.__all__})


def is_free(name: str) -> bool:
    """Tell whether a learner's own module can have this name."""
    if any(isinstance(finder, Modules) and finder.has(name) for finder in sys.meta_path):
        return False
    return name not in sys.stdlib_module_names | COMPUTING | INERT.keys() and name not in sys.modules


def _no_keyboard(prompt: Any = "", /) -> str:
    print(prompt, end="")
    raise EOFError(KEYBOARD)


def _end(code: Any = None) -> None:
    raise SystemExit(code)


def _nothing(*_: Any, **__: Any) -> None:
    """Stand for `display` and `help`."""


BUILTINS = {
    "input": _no_keyboard,
    "exit": _end,
    "quit": _end,
    "help": _nothing,
    "display": _nothing,
    "get_ipython": Shell,
}


def install(offer: Offer) -> Modules:
    """Let this process, which runs learners' code and nothing else, find these modules and functions for good."""
    modules = Modules(offer)
    sys.meta_path.insert(0, modules)
    vars(builtins).update(BUILTINS)
    return modules


@contextmanager
def installed(offer: Offer = ALONE) -> Iterator[Modules]:
    """Let this process find these modules and functions for a while."""
    before, known = {name: vars(builtins).get(name) for name in BUILTINS}, set(sys.modules)
    # Whoever asks again would get what this process itself has imported.
    replaced = {name: sys.modules.pop(name) for name in known if name.partition(".")[0] in REPLACED}
    modules = install(offer)
    try:
        yield modules
    finally:
        sys.meta_path.remove(modules)
        for name in set(sys.modules) - known:
            if isinstance(sys.modules[name], StandInModule):
                del sys.modules[name]
        sys.modules.update(replaced)
        for name, value in before.items():
            if value is None:
                delattr(builtins, name)
            else:
                setattr(builtins, name, value)

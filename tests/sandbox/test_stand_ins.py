"""What draws or shows is replaced by what does nothing; what computes is refused with a sentence."""

import builtins
import sys

import pytest

from grader.checking.outcomes import CheckEnded
from grader.collect.submission import Cell
from grader.manifest.course import load_course
from grader.sandbox import stand_ins
from grader.sandbox.forked import own_sandbox
from tests.sandbox.test_statements import loaded


@pytest.mark.parametrize(
    "source",
    [
        "import matplotlib\nmatplotlib.use('Agg')\nimport matplotlib.pyplot as plt\nplt.style.use('ggplot')",
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1], [2])\nplt.savefig('x.png')\nplt.show()",
        "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2, 3)\nassert axes.shape == (2, 3)\nfor a in axes.flat: a.plot(1)",
        "import matplotlib.pyplot as plt\nfig, (a, b) = plt.subplots(1, 2, figsize=(8, 3))\na.set_title('x')",
        "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(nrows=1, ncols=1, squeeze=False)\naxes[0, 0].plot(1)",
        "import matplotlib.pyplot as plt\nfig = plt.figure()\naxes = fig.subplots(2)\nassert len(axes) == 2",
        "import matplotlib.pyplot as plt\nline, = plt.plot([1])\ncounts, bins, bars = plt.hist([1])\nlow, high = plt.xlim()\nhead, *rest = plt.plot(1)",
        "import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 3\nplt.rcParams.update({})\nplt.gcf().gca().legend()",
        "from mpl_toolkits.mplot3d import Axes3D\nfrom matplotlib import cm, animation\nfrom matplotlib.colors import LogNorm",
        "from matplotlib.animation import FuncAnimation\nimport matplotlib.pyplot as plt\nanim = FuncAnimation(plt.figure(), lambda i: i, frames=9)",
        "import matplotlib.pyplot as plt\ndef draw(ax: plt.Axes | None = None) -> plt.Figure: pass",
        "from pylab import *\nplot(linspace(0, 1, 3), sin(array([1, 2, 3])))\nshow()",
        "from matplotlib.pyplot import *\nfigure()\nplot([1])\nshow()",
        "import seaborn as sns, plotly.express as px, plotly.graph_objects as go\nsns.set()\npx.line(x=[1]).show()\ngo.Figure().show()",
        "from IPython.display import display, HTML, clear_output\nfrom IPython import get_ipython\ndisplay(HTML('x'))\nget_ipython().run_line_magic('matplotlib', 'inline')",
        "display(3)\nget_ipython().system('pip install x')\nassert 'google.colab' not in str(get_ipython())",
        "get_ipython().run_cell_magic('time', '', 'def timed(): return 3')\nassert timed() == 3",
        "from ipywidgets import interact\n@interact(x=(0, 1))\ndef f(x): return 4\nassert f(1) == 4\ninteract(f, x=3)",
        "from google.colab import drive\ndrive.mount('/content/drive')",
        "from tqdm import tqdm, trange\nassert [i for i in tqdm(range(3), desc='x')] == [0, 1, 2]\nassert list(trange(2)) == [0, 1]",
        "from tqdm.notebook import tqdm\nwith tqdm(total=3) as bar: bar.update(1)\nbar = tqdm([1, 2])\nassert len(bar) == 2\nbar.set_postfix(a=1)",
        "import tqdm\nassert list(tqdm.tqdm([1])) == list(tqdm.auto.tqdm([1])) == [1]",
        "import tkinter as tk\nclass App(tk.Frame):\n    def __init__(self, master):\n        super().__init__(master)\n        self.x = 1\nApp(tk.Tk()).mainloop()",
        "from tkinter import *\nLabel(Tk(), text='x').pack()\nimport turtle\nturtle.forward(10)",
        "import pytest\n@pytest.mark.parametrize('x', [1])\ndef test_it(x): pass",
        "import sympy as sp\nsp.init_printing()\nsp.plot(sp.Symbol('x') ** 2)",
        "help(print)",
    ],
)  # fmt: skip
def test_what_draws_or_shows_does_nothing(source):
    proxy, notes = loaded(f"{source}\ndef update(x): return x\n")
    assert notes == []
    assert proxy.update(1) == 1


@pytest.mark.parametrize("body", ["plt.plot(1)", "plt.hist([1])[0]", "plt.figure", "plt.gca().get_children()"])
def test_a_stand_in_that_is_returned_is_told_as_what_it_is_and_cannot_be_called(body):
    proxy, _ = loaded(f"import matplotlib.pyplot as plt\ndef update(x):\n    return {body}\n")
    assert proxy.update(1).text == "<a plot, not a number>"


@pytest.mark.parametrize(
    "body", ["1.0 * plt.plot(1)", "float(plt.gca())", "np.asarray(plt.gca(), dtype=float)", "np.exp(plt.gca())"]
)
def test_a_stand_in_is_no_number(body):
    proxy, _ = loaded(f"import numpy as np\nimport matplotlib.pyplot as plt\ndef update(x):\n    return {body}\n")
    with pytest.raises(CheckEnded, match=r"TypeError|ValueError"):
        proxy.update(1)


def test_an_array_of_stand_ins_is_no_array_of_numbers():
    proxy, _ = loaded(
        "import numpy as np\nimport matplotlib.pyplot as plt\ndef update(x):\n    return np.asarray(plt.gca())\n"
    )
    assert "objects" in proxy.update(1).text


@pytest.mark.parametrize(
    "module", "scipy pandas torch tensorflow jax sklearn cv2 numba skimage autograd PIL networkx statsmodels".split()
)
def test_what_computes_is_refused_with_what_there_is(module):
    notes = loaded(f"import {module}\n")[1]
    said = f"{module} is not available when your work is graded: use NumPy, SymPy and the standard library;"
    assert said in notes[0]


def test_what_may_be_a_file_of_the_learners_own_is_to_be_handed_in():
    assert (
        "(if helpers.py is a file of your own, put it beside this one and hand in both; folders cannot be imported)"
        in loaded("import helpers\n")[1][0]
    )


@pytest.mark.parametrize(
    "source",
    [
        "import numpy.fft, sympy.abc, mpmath",
        "import sqlite3, decimal, turtledemo",
        "from numpy import *\nfrom sympy import *",
    ],
)
def test_what_is_there_is_found(source):
    assert loaded(source)[1] == []


def test_a_process_that_had_them_for_a_while_has_them_no_more():
    before = (list(sys.meta_path), dict(vars(builtins)), set(sys.modules))
    with stand_ins.installed():
        exec("import matplotlib.pyplot, seaborn\ndisplay(get_ipython())", {})
    after = (list(sys.meta_path), dict(vars(builtins)), set(sys.modules))
    assert after == before


def test_at_home_nobody_imports_what_the_grader_has_imported_for_itself():
    import yaml  # noqa: F401  # as any test before this one may have done

    sandbox = own_sandbox(load_course().limits)
    session = sandbox.open("exercise", (Cell("exercise.py", "import yaml\nimport rich\nimport numpy, sympy, json\n"),))
    try:
        said = str(session.load())
    finally:
        session.close()
        sandbox.close()
    assert "yaml is not available when your work is graded" in said
    assert "numpy" not in said

"""A learner's file is read as what it is: by its coding line, without IPython's lines, whatever it is called."""

import json

import pytest

from grader.checking.outcomes import CheckEnded
from grader.checking.proxy import SubmissionProxy
from grader.collect.notebooks import read_code, read_script
from grader.collect.submission import Cell, EmptyError, ProblemError, Submission
from grader.sandbox.inprocess import InProcess


def notebook(*cells):
    """Return a notebook of code cells, and of others given as pairs of kind and text."""
    made = [("code", cell) if isinstance(cell, str) else cell for cell in cells]
    return json.dumps({"cells": [{"cell_type": kind, "source": text} for kind, text in made], "nbformat": 4}).encode()


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"# -*- coding: latin-1 -*-\nx = '\xe9'\n", "é"),
        (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\nx = '\x80'\n", "€"),
        (b"# coding: iso_8859_15\r\nx = '\xa4'\r\n", "€"),
        (b"# coding: mac_roman\nx = '\x8e'\n", "é"),
        (b"# coding: latin-1\nx = 'e'\n", "e"),
    ],
)
def test_a_script_is_decoded_by_its_coding_line_as_python_would(data, text):
    (cell,) = read_script(data, "a.py")
    assert cell.source.endswith(f"x = '{text}'\n")


EXPORTED = (
    "#!/usr/bin/env python\n# coding: utf-8\n\n# %%\n%matplotlib inline\n!pip install numpy\npip install numpy\n"
    "import numpy as np\nx = %timeit -o 1\nnp.exp?\n%time y = 3\n"
)


def test_ipythons_lines_in_a_script_are_made_harmless():
    (cell,) = read_script(EXPORTED.encode(), "a.py")
    module = {}
    exec(cell.source, module)  # written here
    assert (module["x"], module["y"]) == (None, 3)
    assert cell.source.count("\n") == EXPORTED.count("\n")


def test_a_script_that_is_python_stays_what_it_is():
    valid = 'x = (7\n% 2)\ny = """\n%matplotlib inline\n!pip\n"""\n# %% a cell\nz = 7 % 2\nw = x != y\n'
    assert read_script(valid.encode(), "a.py")[0].source == valid


def test_a_file_is_read_as_what_it_is_and_that_is_said():
    code = read_code(notebook("def f(): pass"), "a.py")
    assert code.cells == (Cell("a.py, cell 1", "def f(): pass"),)
    assert code.notes == ("a.py holds a notebook, and was read as one",)
    code = read_code(b"# mine\nimport numpy\n", "a.ipynb")
    assert code.cells == (Cell("a.ipynb", "# mine\nimport numpy\n"),)
    assert code.notes == ("a.ipynb is not a notebook but a Python script, and was read as one",)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"{'cells': 1}\nimport numpy\n", "a.py"),
        (b"import numpy\nnotebook = '\"nbformat\"'\n", "a.py"),
        (notebook("import numpy"), "a.ipynb"),
    ],
)
def test_of_a_file_that_is_what_its_name_says_nothing_is_said(data, name):
    assert read_code(data, name).notes == ()


@pytest.mark.parametrize("data", [b"no notebook", b"<html>\nimport x\n", b"{\nimport x\n", b"[1,\nimport x"])
def test_a_notebook_that_is_no_script_either_is_broken(data):
    with pytest.raises(ProblemError, match="is broken"):
        read_code(data, "a.ipynb")


ASIDE = ("markdown", "The rule:\n```python\ndef update(x):\n    return x\n```\nwe def(ine) nothing, and call other(x)")


def test_without_any_code_cell_the_functions_elsewhere_are_named():
    with pytest.raises(EmptyError, match=r"not `update` in a Markdown cell of a\.ipynb"):
        read_code(notebook(ASIDE), "a.ipynb")
    with pytest.raises(EmptyError, match=r"write your functions in code cells$"):
        read_code(notebook(("markdown", "nothing")), "a.ipynb")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_function_that_is_missing_and_stands_in_another_cell_is_named(kind):
    code = read_code(notebook((kind, ASIDE[1]), "def other(x): return x"), "a.ipynb")
    submission = Submission("a", "a", "toy", code.cells, asides=code.asides)
    proxy = SubmissionProxy(submission, InProcess("toy", code.cells))
    with pytest.raises(
        CheckEnded, match=f"`update` stands in a {kind.capitalize()} cell of a.ipynb: make it a code cell"
    ):
        proxy.update(1)
    assert proxy.other(1) == 1
    with pytest.raises(CheckEnded, match="There is no function `third`"):
        proxy.third(1)

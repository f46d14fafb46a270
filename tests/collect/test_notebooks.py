"""What is read from notebooks and scripts, sound or broken, and what becomes of IPython's own lines."""

import ast
import json
import sys
import sysconfig
import tracemalloc
import warnings
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.collect.notebooks import MAX_CODE, decode, plain_python, read_notebook, read_script
from grader.collect.submission import Cell, EmptyError, ProblemError


def code(source: object, **more: object) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: object, **more: object) -> bytes:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def sources(data: bytes) -> list[str]:
    return [cell.source for cell in read_notebook(data, "update_rule.ipynb")]


def test_a_notebook_gives_its_code_cells_in_order_and_counts_the_empty_ones() -> None:
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Title"}
    raw = {"cell_type": "raw", "metadata": {}, "source": "x = 0"}
    data = notebook(text, code("x = 1"), raw, code(""), code(["y = 2\n", "z = 3"]), code(" \n "))
    assert read_notebook(data, "update_rule.ipynb") == (
        Cell("update_rule.ipynb, cell 1", "x = 1"),
        Cell("update_rule.ipynb, cell 3", "y = 2\nz = 3"),
    )


def test_a_notebook_made_by_nbformat_is_read() -> None:
    v4 = pytest.importorskip("nbformat.v4")
    book = v4.new_notebook(cells=[v4.new_markdown_cell("text"), v4.new_code_cell("x = 1")])
    assert sources(v4.writes(book).encode()) == ["x = 1"]


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": "x = 1"},
        code("x = 1", id="same"),
        code("x = 1", id=7, outputs="garbage", execution_count={"a": []}, metadata=None),
        code("x = 1", outputs=[{"output_type": "stream"}, 3, None]),
        code(["x =", " 1"]),
    ],
)
def test_a_notebook_that_does_not_validate_is_read_all_the_same(cell: dict[str, object]) -> None:
    assert sources(notebook(cell, cell)) == ["x = 1", "x = 1"]
    assert sources(json.dumps({"cells": [cell]}).encode()) == ["x = 1"]


@pytest.mark.parametrize(
    "odd", [None, 3, "code", [], {}, {"cell_type": 4}, code(None), code(5), code({"a": "b"}), code([1])]
)
def test_one_odd_cell_does_not_break_the_others(odd: object) -> None:
    assert sources(notebook(code("x = 1"), odd, code("y = 2"))) == ["x = 1", "y = 2"]


OLD: dict[str, dict[str, Any]] = {
    "nbformat 1": {"cells": [{"cell_type": "code", "code": "x = 1"}, {"cell_type": "text", "text": "Title"}]},
    "nbformat 2": {
        "nbformat": 2,
        "worksheets": [
            {"cells": [{"cell_type": "code", "input": "x = 1", "language": "python", "outputs": []}]},
            {"cells": [{"cell_type": "code", "input": ["y = 2", "z = 3"], "language": "python", "outputs": []}]},
        ],
        "metadata": {"name": ""},
    },
    "nbformat 3": {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Title"},
                    {"cell_type": "code", "collapsed": False, "input": "x = 1", "language": "python", "metadata": {},
                     "outputs": [{"output_type": "pyout", "prompt_number": 1, "text": "1", "metadata": {}}]},
                    {"cell_type": "code", "input": ["y = 2\n", "z = 3"], "language": "python", "metadata": {}, "outputs": []},
                    {"cell_type": "code", "input": ["y = 2", "z = 3"], "language": "python", "metadata": {}, "outputs": []},
                ]
            }
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("book", OLD.values(), ids=OLD.keys())
def test_an_old_notebook_gives_the_code_that_nbformat_finds_in_it(book: dict[str, Any]) -> None:
    nbformat = pytest.importorskip("nbformat")
    data = json.dumps(book)
    converted = nbformat.convert(nbformat.reader.reads(data), 4)
    expected = ["".join(cell["source"]) for cell in converted["cells"] if cell["cell_type"] == "code"]
    assert expected
    assert sources(data.encode()) == expected


def test_an_old_notebook_with_an_odd_cell_is_read_though_nbformat_gives_up() -> None:
    nbformat = pytest.importorskip("nbformat")
    cells: list[dict[str, object]] = [{"cell_type": "code", "input": "x = 1"}, {"input": "y = 2"}]
    data = json.dumps({"nbformat": 3, "worksheets": [{"cells": cells}]})
    with pytest.raises(nbformat.ValidationError):
        nbformat.convert(nbformat.reader.reads(data), 4)
    assert sources(data.encode()) == ["x = 1"]


def test_reading_loads_neither_nbformat_nor_jupytext() -> None:
    import subprocess

    program = "import sys, grader.collect.choosing; print({'nbformat', 'jupytext', 'IPython', 'jsonschema'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize(
    ("data", "claim"),
    [
        (b'{"cells": [\n{"a": 1,,}]}', "line 2, column 9"),
        (notebook(code("x = 1"))[:-30], "broken: line 1"),
        (b"[" * 100_000, "nested too deep"),
        (b'{"cells":' * 100_000, "nested too deep"),
        (notebook(code("x = 1")).replace(b"null", b"[" * 5000 + b"]" * 5000), "nested too deep"),
        (b"[]", "not a notebook"),
        (b'"cells"', "not a notebook"),
        (b"{}", "not a notebook"),
        ('{"cells": []}'.encode("utf-16"), "not UTF-8: byte 0xFF at position 0"),
        (notebook(code("x" * MAX_CODE), code("x = 1")), "more than 1 MiB of code"),
    ],
)
def test_a_notebook_that_cannot_be_read_is_a_problem(data: bytes, claim: str) -> None:
    with pytest.raises(ProblemError, match=claim) as caught:
        read_notebook(data, "update_rule.ipynb")
    assert str(caught.value).startswith("update_rule.ipynb ")
    assert not isinstance(caught.value, EmptyError)


@pytest.mark.parametrize(
    "data",
    [notebook(), notebook({"cell_type": "markdown", "source": "text"}), notebook(code(" ")), notebook(cells=None)],
)
def test_a_notebook_without_code_is_called_empty(data: bytes) -> None:
    with pytest.raises(EmptyError, match="no code cell with code"):
        read_notebook(data, "update_rule.ipynb")


def test_an_integer_of_six_thousand_digits_is_no_obstacle() -> None:
    data = notebook(code("x = 1", execution_count="DIGITS"), nbformat="DIGITS").replace(b'"DIGITS"', b"7" * 6000)
    with pytest.raises(ValueError, match="4300"):
        json.loads(data)
    assert sources(data) == ["x = 1"]


def test_half_a_surrogate_pair_is_replaced_so_that_the_source_can_be_sent() -> None:
    data = notebook(code("x = '@'"), code("y = 2")).replace(b"@", rb"\ud800\ud83d\ude00")
    assert sources(data) == ["x = '\N{REPLACEMENT CHARACTER}\N{GRINNING FACE}'", "y = 2"]


def test_line_ends_of_every_system_become_one() -> None:
    assert sources(notebook(code("x = 1\r\ny = 2\rz = 3"))) == ["x = 1\ny = 2\nz = 3"]
    assert decode(b"\xef\xbb\xbfx = 1\r\ny = 2\rz = 3\n", "a.py") == "x = 1\ny = 2\nz = 3\n"


@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_a_script_or_a_problem(data: bytes) -> None:
    problem = ""
    cells: tuple[Cell, ...] = ()
    try:
        cells = read_script(data, "a.py")
    except ProblemError as error:
        problem = str(error)
    assert bool(cells) != bool(problem)
    assert problem.isprintable()
    assert all(cell.source.strip() and cell.source.encode() for cell in cells)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(alphabet=st.characters(), max_size=5)
    | st.sampled_from(["code", "x = 1", "%time", "!ls"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["cells", "worksheets", "cell_type", "source", "input", "code", "metadata", "nbformat"]),
        inner, max_size=5),
    max_leaves=30,
)  # fmt: skip


@given(
    JSON.map(lambda tree: json.dumps(tree).encode()) | st.lists(JSON, max_size=4).map(lambda cells: notebook(*cells))
)
def test_any_json_gives_cells_or_a_problem(data: bytes) -> None:
    problem = ""
    cells: tuple[Cell, ...] = ()
    try:
        cells = read_notebook(data, "a.ipynb")
    except ProblemError as error:
        problem = str(error)
    assert bool(cells) != bool(problem)
    assert problem.isprintable()
    assert all(cell.source.strip() and cell.source.encode() for cell in cells)


@pytest.mark.parametrize(
    ("data", "claim"),
    [
        (b"x = 1\ny = '\xe9'\n", r"byte 0xE9 at position 11 \(line 2\)"),
        (b"\xef\xbb\xbfx = '\xe9'\n", "byte 0xE9 at position 8"),
        ("x = 1".encode("utf-16-le"), "null byte at position 1"),
        (b"x = 1\n\0", "null byte at position 6"),
        (b"# -*- coding: ascii -*-\nx = '\xe9'\n", "is not ascii, as it says"),
        (b"# coding: cp1252\nx = '\x81'\n", "is not cp1252, as it says"),
        (b"# coding: rot13\nk = 1\n", "'rot13'"),
        (b"# coding: iso-8859-99\nx = 1\n", "is not iso-8859-99, as it says"),
        (b"\r\n# coding=utf_16\r\nx = 1\r\n", "'utf_16'"),
    ],
)
def test_a_script_that_is_not_utf_8_or_says_so_is_a_problem(data: bytes, claim: str) -> None:
    with pytest.raises(ProblemError, match=claim):
        read_script(data, "a.py")


@pytest.mark.parametrize(
    "data",
    [
        b"# -*- coding: utf-8 -*-\nx = 1\n",
        b"#!/usr/bin/python\n# coding: UTF8\nx = 1\n",
        b"# coding: utf-8-unix\n",
        b"# coding: utf-8\n# coding: latin-1, below another, means nothing\n",
        b"x = 1\n\n# coding: latin-1, in a third line, means nothing\n",
        b"x = 1\n# coding: latin-1, below a line of code, means nothing\n",
        b"x = 'coding: latin-1'\n",
    ],
)
def test_a_script_is_one_cell_named_as_it_was_handed_in(data: bytes) -> None:
    assert read_script(data, "Update_Rule.py") == (Cell("Update_Rule.py", data.decode()),)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", "\N{NO-BREAK SPACE}\n".encode()])
def test_a_script_of_nothing_but_white_space_is_called_empty(data: bytes) -> None:
    with pytest.raises(EmptyError):
        read_script(data, "a.py")


@pytest.mark.parametrize(
    ("cell", "plain"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("!pip install numpy\nx = 1", "pass  # !pip install numpy\nx = 1"),
        ("pip install numpy", "pass  # pip install numpy"),
        ("?update", "pass  # ?update"),
        ("np.sin?\nx = 1", "pass  # np.sin?\nx = 1"),
        ("update??", "pass  # update??"),
        ("if x:\n    %matplotlib inline\ny = 1", "if x:\n    pass  # %matplotlib inline\ny = 1"),
        ("def f():\n\t!ls\n\treturn 1", "def f():\n\tpass  # !ls\n\treturn 1"),
        ("files = !ls\nx = 1", "files = None  # !ls\nx = 1"),
        ("x = %time f()", "x = f()"),
        ("%time y = f()", "y = f()"),
        ("%time", "pass  # %time"),
        ("%time !ls", "pass  # %time !ls"),
        ("x = %who_ls", "x = None  # %who_ls"),
        ("%timeit f()", "pass  # %timeit f()"),
        ("%%time\ndef f():\n    return 1", "pass  # %%time\ndef f():\n    return 1"),
        ("\n%%capture out\nx = 1", "\npass  # %%capture out\nx = 1"),
        ("%%bash\necho 'it''s", "# %%bash\n# echo 'it''s"),
        ("%%writefile a.py\nx = 1", "# %%writefile a.py\n# x = 1"),
        ("%%!\nls", "# %%!\n# ls"),
        ("!pip install \\\n  numpy \\\n  sympy\nx = 1", "pass  # !pip install \\\n#   numpy \\\n#   sympy\nx = 1"),
        ("!echo \"it's\nx = '''\n%no\n'''\n%yes", "pass  # !echo \"it's\nx = '''\n%no\n'''\npass  # %yes"),
        ("f(1,\n%no\n)\n%yes", "f(1,\n%no\n)\npass  # %yes"),
        ("x = 1  # \\\n%yes", "x = 1  # \\\npass  # %yes"),
        ("x = 'a\\'\\\n%(no'\n%yes", "x = 'a\\'\\\n%(no'\npass  # %yes"),
        (")\n%yes", ")\npass  # %yes"),
    ],
)
def test_a_line_that_is_ipythons_is_made_harmless_where_it_stands(cell: str, plain: str) -> None:
    assert plain_python(cell) == plain
    assert plain_python(plain) == plain


@pytest.mark.parametrize(
    "cell",
    [
        "x = 5 \\\n%  3",
        "x = (5\n% 3)",
        "x = '''\n%matplotlib inline\n!ls\nwhat?\n'''",
        'print("x = %time f()")',
        "'%time' % ()",
        "x = a if b != c else d",
        "s = 'really?'",
        "# why?\nx = 1  # %d?",
        "pip = install = 1\npip\n",
        "x %= 3\ny = x%2",
        "r'\\''\nrb'''\\'''\n%x'''",
    ],
)
def test_valid_python_that_looks_like_ipythons_is_left_alone(cell: str) -> None:
    ast.parse(cell)
    assert plain_python(cell) == cell


def test_no_module_of_the_standard_library_is_changed() -> None:
    library = Path(sysconfig.get_path("stdlib"))
    modules = sorted([*library.glob("*.py"), *library.glob("test/test_[fgst]*.py"), *library.glob("idlelib/*.py")])
    read = 0
    for module in modules:
        try:
            source = decode(module.read_bytes(), module.name)
        except ProblemError:
            continue  # some are there to be no UTF-8
        assert plain_python(source) == source, module
        read += 1
    assert read > 150


LINES = st.sampled_from(
    ["%time x = 1", "!ls \\", "x = !ls", "f?", "?", "%%bash", "if x:", "    %who", "'''", '"""', "'", '"', "(", ")",
     "x = 1", "\\", "#", "x = 1 \\", "", "    pass", "def f():", "'''%s''' % 1", "f(1, '%')", "pip install x", "[1,", "]"]
) | st.text(alphabet="%!?'\"\\#()=x \t", max_size=12)  # fmt: skip


@given(st.lists(LINES, max_size=12).map("\n".join))
def test_lines_keep_their_places_and_valid_python_is_never_changed(cell: str) -> None:
    plain = plain_python(cell)
    assert plain.count("\n") == cell.count("\n")
    assert plain_python(plain) == plain
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd but valid literals
        try:
            ast.parse(cell)
        except SyntaxError:
            return
    assert plain == cell


def test_what_ipython_can_run_can_be_compiled() -> None:
    manager = pytest.importorskip("IPython.core.inputtransformer2").TransformerManager()
    cells = ["%matplotlib inline\nx = 1", "if True:\n    !ls\n    %who\nx = 2", "files = !ls -l", "x = %time 3 + 4", "dict?",
             "!pip install \\\n  numpy\nx = 1", "for x in range(3):\n  %time y = x", "a, b = %who_ls"]  # fmt: skip
    for cell in cells:
        with pytest.raises(SyntaxError):
            ast.parse(cell)
        ast.parse(manager.transform_cell(cell))
        compile(plain_python(cell), "cell", "exec", dont_inherit=True)


def test_a_megabyte_of_hostile_source_is_read_in_little_memory() -> None:
    cells = [
        "%x\n" + "'" * MAX_CODE,
        "%x\n" + "\\" * MAX_CODE,
        "%time " * (MAX_CODE // 6),
        "x" * MAX_CODE + "?",
        "(" * MAX_CODE,
    ]
    for cell in cells:
        tracemalloc.start()
        try:
            plain_python(cell)
            assert tracemalloc.get_traced_memory()[1] < 50 * MAX_CODE
        finally:
            tracemalloc.stop()

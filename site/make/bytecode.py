"""Runs inside Pyodide, for `bytecode.mjs`: compiles every module below `/source`, the same way each time.

Docstrings are emptied: they are two fifths of SymPy, and nobody reads them in a page. Emptied, not removed, for SymPy adds
some together; NumPy looks for words in its own while it is imported, and keeps them, as Python's own library does. Columns are
left out, by a setting in `bytecode.mjs`: a page shows no lines but the learner's. Assertions stay.
"""

import ast
import importlib.util
import warnings
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path

SOURCE = Path("/source")
DOCUMENTED = ("numpy", "python_stdlib")
WITH_DOCSTRINGS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def without_docstrings(tree):
    """Return a module with none that says anything."""
    for node in ast.walk(tree):
        if isinstance(node, WITH_DOCSTRINGS) and ast.get_docstring(node, clean=False) is not None:
            node.body[0].value.value = ""
    return tree


warnings.simplefilter("ignore")  # what others' code should do otherwise is not said here
for path in sorted(SOURCE.rglob("*.py")):
    if "exercises" in path.parts:
        continue  # pytest collects checks from their source
    data = path.read_bytes()
    archive, _, name = path.relative_to(SOURCE).as_posix().partition("/")
    tree = ast.parse(data) if archive in DOCUMENTED else without_docstrings(ast.parse(data))
    code = compile(tree, name, "exec", dont_inherit=True, optimize=0)
    # Unchecked: there is no source beside it with which it could disagree, and no time in it.
    path.with_suffix(".pyc").write_bytes(_code_to_hash_pyc(code, importlib.util.source_hash(data), checked=False))

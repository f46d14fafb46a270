"""Runs inside Pyodide, for `memory.mjs`: imports what every check needs, and says what that was.

NumPy is not among it: a memory with shared libraries in it cannot be brought back.
"""

import importlib
import sys

# Beyond what comes with `import sympy` and `import pytest`: what checks, NumPy and the grader were seen to import.
MODULES = """
sympy pytest sympy.assumptions.wrapper sympy.codegen.ast sympy.combinatorics sympy.sets.setexpr sympy.tensor.tensor
_pytest._argcomplete _pytest.helpconfig msgpack doctest pdb unittest tomllib difflib secrets pickle queue cmd code hmac encodings.cp437
multiprocessing.reduction
""".split()


def settle():
    """Leave the memory as a page wants to find it, once the archives have become smaller."""
    import gc
    import pkgutil
    import zipimport

    sys.path_importer_cache.clear()
    zipimport._zip_directory_cache.clear()
    for place in sys.path:
        if place.endswith(".zip"):
            pkgutil.get_importer(place)  # to read what is in an archive takes long, so it is done here
    gc.collect()
    gc.freeze()


sys.path += ["/lib/sympy.zip", "/lib/pytest.zip"]
for module in [*MODULES, "pkgutil", "gc"]:
    importlib.import_module(module)
assert "numpy" not in sys.modules
del MODULES, module
"\n".join(sys.modules)

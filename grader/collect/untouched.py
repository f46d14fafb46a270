"""Stage 1, collect: whether anything was written into a stub, whatever form it has.

One rule for `grader grade` and for a learner's own `grader check`, for a script and for a notebook: what counts is what
defines something. Comments, blank lines, docstrings, imports, calls that try something out, and what runs only where
the file is a program are nobody's answer.
"""

import ast
import warnings
from collections.abc import Iterable

MOST = 2**15  # characters; whoever has written more has written something, and nothing needs to be parsed to know it


def is_untouched(sources: Iterable[str], stub: str) -> bool:
    """Return whether a file defines nothing that the stub does not define in the same way.

    Parameters
    ----------
    sources : iterable of str
        The file's pieces: the text of a script, or of each code cell of a notebook.
    stub : str
        The stub as it was handed out; "" if none is at hand, and then only a file without statements is untouched.
    """
    sources = list(sources)
    if sum(map(len, sources)) > MOST:
        return False
    handed_out = _statements(stub) or set()
    written = [_statements(source) for source in sources]
    return all(statements is not None and statements <= handed_out for statements in written)


def defining(source: str) -> list[ast.stmt] | None:
    """Return the statements of a learner's text that may be an answer; None for what is no Python."""
    try:
        with warnings.catch_warnings(action="ignore"):  # of an odd escape in a learner's string
            tree = ast.parse(source)
        return [statement for statement in tree.body if not _defines_nothing(statement)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # what Python's parser raises for it
        return None


def _statements(source: str) -> set[str] | None:
    """Return the same in one form for all ways to write them."""
    statements = defining(source)
    try:
        for node in [node for statement in statements or () for node in ast.walk(statement)]:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                node.body = [statement for statement in node.body if not is_text(statement)]
        return None if statements is None else {ast.dump(statement) for statement in statements}
    except (RecursionError, MemoryError):
        return None


def is_text(statement: ast.stmt) -> bool:
    """Return whether a statement is a docstring, or any other value that nothing is done with."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _defines_nothing(statement: ast.stmt) -> bool:
    """Return whether a statement of a module is a mere call, an import, or runs only where the file is a program."""
    if isinstance(statement, ast.If):
        return ast.unparse(statement.test) == "__name__ == '__main__'"
    return isinstance(statement, ast.Expr | ast.Import | ast.ImportFrom | ast.Pass)

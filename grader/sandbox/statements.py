"""A learner's file as statements that run one by one: what fails costs itself, and not the functions around it."""

import __future__

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from types import CodeType

FUTURE_FLAGS = sum({getattr(__future__, name).compiler_flag for name in __future__.all_feature_names})
LEFT_OUT = "which was left out"  # ends the message of a NameError that another statement is to blame for
DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)


@dataclass(slots=True)
class Statement:
    """One statement of a module, or of a notebook's cell, compiled."""

    label: str  # of its cell
    tree: ast.stmt
    code: CodeType

    @property
    def line(self) -> int:
        return self.begins[0]

    @property
    def lines(self) -> range:
        return range(self.line, (self.tree.end_lineno or self.tree.lineno) + 1)

    @property
    def begins(self) -> tuple[int, int]:
        """Line and column, of its first decorator if it has one."""
        first = min([self.tree, *getattr(self.tree, "decorator_list", [])], key=lambda node: node.lineno)
        return first.lineno, first.col_offset

    @property
    def is_import(self) -> bool:
        return isinstance(self.tree, ast.Import | ast.ImportFrom)

    @property
    def only_defines(self) -> bool:
        """Whether it calls nothing by itself: a definition, an import, a constant."""
        return isinstance(self.tree, DEFINES) or not any(isinstance(node, ast.Call) for node in ast.walk(self.tree))

    def names(self) -> list[str]:
        """Return the names that it would bind; "*" for all of a module."""
        return sorted(set(_bound(self.tree)))


def split(label: str, source: str, flags: int) -> tuple[list[Statement], int]:
    """Return a cell's statements, and the compiler's flags for the next cell.

    Raises
    ------
    SyntaxError
        If the cell as a whole is no Python. What else compiling may raise, such as RecursionError, comes too.
    """
    tree = compile(source, label, "exec", ast.PyCF_ONLY_AST | flags, dont_inherit=True)
    if any(isinstance(statement, ast.ImportFrom) and statement.module == "__future__" for statement in tree.body):
        compile(tree, label, "exec", flags, dont_inherit=True)  # one that does not come first is an error of the whole
    statements = []
    for position, statement in enumerate(tree.body):
        if position and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue  # a text that would be taken for the module's own
        for single in _singles(statement):
            code = compile(ast.Module([single], []), label, "exec", flags, dont_inherit=True)
            flags |= code.co_flags & FUTURE_FLAGS
            statements.append(Statement(label, single, code))
    return statements, flags


def position_in(statements: list[Statement], error: BaseException, code: CodeType) -> int:
    """Return which of a cell's statements raised, when all of it ran as `code`."""
    trace = error.__traceback__
    while trace is not None and trace.tb_frame.f_code is not code:
        trace = trace.tb_next
    if trace is None:  # it did not even begin
        return 0
    line, _, column, _ = list(code.co_positions())[trace.tb_lasti // 2]
    place = (line or trace.tb_lineno, column or 0)
    begun = [statement.begins for statement in statements if statement.begins <= place]
    return [statement.begins for statement in statements].index(begun[-1]) if begun else 0


def _singles(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield an import of several things one by one, so that one that is missing costs itself; all else as it is."""
    if not isinstance(statement, ast.Import | ast.ImportFrom) or len(statement.names) == 1:
        yield statement
        return
    for alias in statement.names:
        if isinstance(statement, ast.Import):
            single: ast.stmt = ast.Import([alias])
        else:
            single = ast.ImportFrom(statement.module, [alias], statement.level)
        yield ast.copy_location(single, statement)


def _bound(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.Name):
        if isinstance(node.ctx, ast.Store):
            yield node.id
    elif not isinstance(node, ast.Lambda | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        for child in ast.iter_child_nodes(node):
            yield from _bound(child)

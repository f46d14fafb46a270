"""Mutants of the solutions, made by the operators of two mutation libraries: Cosmic Ray's and mutmut's.

Cosmic Ray replaces every operator by every other, and numbers by their neighbours; mutmut takes arguments out of calls,
assigns None, and changes strings. Docstrings and comments are taken out first, so that every mutant changes code.
"""

import ast
from collections.abc import Iterator

import libcst
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from mutmut.mutation.mutators import mutation_operators

from grader.authoring.programs import Program, from_text, solution_text
from grader.manifest.course import Exercise


def code_of(exercise: Exercise) -> str:
    """Return the solution's functions without docstrings, comments or imports."""
    tree = ast.parse(solution_text(exercise))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:]
    tree.body = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Assign)]
    return ast.unparse(tree) + "\n"


def imports_of(exercise: Exercise) -> str:
    """Return what the solution imports, which no mutant changes."""
    tree = ast.parse(solution_text(exercise))
    return "\n".join(ast.unparse(node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom))


def mutants(exercise: Exercise) -> Iterator[Program]:
    """Yield each mutant of the solution once, whichever operators make it."""
    code, imports = code_of(exercise), imports_of(exercise)
    found = {code}
    for operator, mutated in (*_by_cosmic_ray(code), *_by_mutmut(code)):
        if mutated in found or not _compiles(mutated):
            continue
        found.add(mutated)
        text = f"{imports}\n\n{mutated}"
        line = changed(code, mutated)
        yield from_text("mutant", exercise, f"{operator}: {line}", text, line=line)


def changed(code: str, mutated: str) -> str:
    """Return the lines that a mutation changed, as `function | before → after`."""
    before, after = code.splitlines(), mutated.splitlines()
    first = next(index for index, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1])
    rest = next(index for index, pair in enumerate(zip(before[::-1], after[::-1], strict=False)) if pair[0] != pair[1])
    function = next(line for line in before[first::-1] if line.startswith("def ")).removeprefix("def ").split("(")[0]
    old, new = (" / ".join(part.strip() for part in lines[first : len(lines) - rest]) for lines in (before, after))
    return f"{function} | {old} → {new}"


def _by_cosmic_ray(code: str) -> Iterator[tuple[str, str]]:
    nodes = list(ast_nodes(get_ast(code)))
    for name in sorted(operator_names()):
        operator_class = get_operator(name)
        if operator_class.arguments():
            continue  # it wants to be told names of variables
        operator = operator_class()
        places = sum(len(list(operator.mutation_positions(node))) for node in nodes)
        for place in range(places):
            yield name.removeprefix("core/"), mutate_code(code.encode(), operator, place)


def _by_mutmut(code: str) -> Iterator[tuple[str, str]]:
    module = libcst.parse_module(code)
    nodes: list[libcst.CSTNode] = [module]
    for node in nodes:
        nodes.extend(node.children)
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                for replacement in operator(node):
                    yield operator.__name__, module.deep_replace(node, replacement).code  # type: ignore[attr-defined]


def _compiles(text: str) -> bool:
    try:
        compile(text, "mutant", "exec")
    except SyntaxError:
        return False
    return True

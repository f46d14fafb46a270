"""Changes of what a learner wrote: one place of the function's own code, or of a helper's, is written otherwise."""

import ast
from collections.abc import Callable, Iterator
from random import Random

FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}
EXCHANGED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
}
ALIKE = {
    "min": "max", "max": "min", "sum": "mean", "mean": "sum", "sin": "cos", "cos": "sin", "argmin": "argmax", "any": "all", "all": "any",
    "zeros": "ones", "hypot": "maximum", "arctan2": "arctan2", "sqrt": "abs", "permutation": "shuffle", "tanh": "sin", "eigvalsh": "diag",
    "zeros_like": "ones_like", "exp": "expm1", "ceil": "floor", "subtract": "add", "add": "subtract", "reversed": "list", "sorted": "list",
}  # fmt: skip

Sites = Iterator[Callable[[], None]]  # each call makes one change in the tree


def changed(source: str, name: str, kind: Callable[[ast.AST, Random], Sites], chance: Random) -> str | None:
    """Return the program with one change of its kind, drawn from all places in the function or what it uses; None if none fits."""
    tree = ast.parse(source)
    reached = _reached(tree, name)
    sites = [
        site for node in tree.body if getattr(node, "name", _assigned(node)) in reached for site in kind(node, chance)
    ]
    if not sites:
        return None
    chance.choice(sites)()
    return ast.unparse(ast.fix_missing_locations(tree))


def _assigned(node: ast.AST) -> str:
    return node.targets[0].id if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) else ""


def _reached(tree: ast.Module, name: str) -> set[str]:
    uses = {
        getattr(node, "name", _assigned(node)): {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        for node in tree.body
    }
    found, new = {name}, {name}
    while new:
        new = set().union(*(uses.get(one, set()) for one in new)) & set(uses) - found
        found |= new
    return found


def callers(source: str, name: str) -> set[str]:
    """Return the program's functions that reach one of its functions, itself among them."""
    tree = ast.parse(source)
    return {
        one for node in tree.body if (one := getattr(node, "name", _assigned(node))) and name in _reached(tree, one)
    }


def strict_or_not(tree: ast.AST, chance: Random) -> Sites:
    """Let a comparison include equality, or no longer."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPPED:
            yield lambda node=node: node.ops.__setitem__(0, FLIPPED[type(node.ops[0])]())


def threshold_shifted(tree: ast.AST, chance: Random) -> Sites:
    """Compare with a little more, or less."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in FLIPPED:
            shift = ast.Constant(chance.choice((1e-9, 1e-8, 1e-6, 1e-4, 1e-2, -1e-8, -1e-6, -1e-3)))
            yield lambda node=node, shift=shift: node.comparators.__setitem__(
                0, ast.BinOp(node.comparators[0], ast.Add(), shift)
            )


def constant_changed(tree: ast.AST, chance: Random) -> Sites:
    """Write another number: one more, half, or some digits less."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            other = chance.choice(
                (node.value + 1, node.value / 2, node.value * 1.001, node.value * 2, node.value - 1, -node.value)
            )
            yield lambda node=node, other=other: setattr(
                node, "value", type(node.value)(other) if isinstance(node.value, float) else int(other)
            )


def operator_exchanged(tree: ast.AST, chance: Random) -> Sites:
    """Write plus for minus, or times for divided by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in EXCHANGED:
            yield lambda node=node: setattr(node, "op", EXCHANGED[type(node.op)]())


def operands_exchanged(tree: ast.AST, chance: Random) -> Sites:
    """Write a - b as b - a, a / b as b / a, a ** b as b ** a; exchange two arguments of a call."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub | ast.Div | ast.Pow | ast.MatMult):
            yield lambda node=node: node.__dict__.update(left=node.right, right=node.left)
        if (
            isinstance(node, ast.Call)
            and len(node.args) >= 2
            and not any(isinstance(one, ast.Starred) for one in node.args)
        ):
            yield lambda node=node: node.args.__setitem__(slice(0, 2), node.args[1::-1])


def call_exchanged(tree: ast.AST, chance: Random) -> Sites:
    """Call a function of a similar name or use: sin for cos, mean for sum, max for min."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ALIKE:
            yield lambda node=node: setattr(node.func, "attr", ALIKE[node.func.attr])
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("min", "max", "any", "all", "sorted")
        ):
            yield lambda node=node: setattr(node.func, "id", ALIKE[node.func.id])


def call_dropped(tree: ast.AST, chance: Random) -> Sites:
    """Leave out abs, float, copy, list, array: what it was called with stands alone."""
    dropped = (
        "abs",
        "float",
        "list",
        "array",
        "asarray",
        "tuple",
        "fabs",
        "sqrt",
        "exp",
        "sorted",
        "int",
        "simplify",
        "doit",
    )
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            values = value if isinstance(value, list) else [value]
            for place, node in enumerate(values):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in dropped and len(node.args) >= 1 and not isinstance(node.args[0], ast.Starred):
                    yield lambda p=parent, f=field, v=value, i=place, n=node: _put(p, f, v, i, n.args[0])
                if called in ("copy", "doit", "astype", "ravel", "flatten", "tolist", "evalf") and isinstance(
                    node.func, ast.Attribute
                ):
                    yield lambda p=parent, f=field, v=value, i=place, n=node: _put(p, f, v, i, n.func.value)


def _put(parent: ast.AST, field: str, value: object, place: int, node: ast.AST) -> None:
    if isinstance(value, list):
        value[place] = node
    else:
        setattr(parent, field, node)


def type_changed(tree: ast.AST, chance: Random) -> Sites:
    """Write another dtype, or leave it out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if keyword.arg == "dtype":
                    other = (
                        ast.parse(chance.choice(("object", "'float32'", "int", "'float16'", "complex"))).body[0].value
                    )
                    yield lambda keyword=keyword, other=other: setattr(keyword, "value", other)
                    yield lambda node=node, keyword=keyword: node.keywords.remove(keyword)


def in_place(tree: ast.AST, chance: Random) -> Sites:
    """Write `x = x - y` as `x -= y`, and `x = a * x` as `x *= a`."""
    for parent in ast.walk(tree):
        for _, body in ast.iter_fields(parent):
            for place, node in enumerate(body if isinstance(body, list) else []):
                own = _assigned(node)
                if own and isinstance(node.value, ast.BinOp) and getattr(node.value.left, "id", "") == own:
                    shorter = ast.AugAssign(node.targets[0], node.value.op, node.value.right)
                    yield lambda body=body, place=place, shorter=shorter: body.__setitem__(place, shorter)
                if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.BinOp):
                    yield from _answers_scaled(body, place, node)


def _answers_scaled(body: list[ast.stmt], place: int, node: ast.Assign | ast.Return) -> Sites:
    """Write `… learning_rate * gradient(x) …` as a variable that is scaled in place."""
    for part in ast.walk(node):
        if (
            isinstance(part, ast.BinOp)
            and isinstance(part.op, ast.Mult)
            and isinstance(part.right, ast.Call)
            and isinstance(part.left, ast.Name)
        ):
            asked = ast.Assign([ast.Name("asked", ast.Store())], part.right)
            scaled = ast.AugAssign(ast.Name("asked", ast.Store()), ast.Mult(), part.left)

            def write(part: ast.BinOp = part, lines: list[ast.stmt] = [asked, scaled]) -> None:  # noqa: B006
                part.left, part.right = ast.Constant(1), ast.Name("asked", ast.Load())
                body[place:place] = lines

            yield write


def line_dropped(tree: ast.AST, chance: Random) -> Sites:
    """Leave a line out."""
    for parent in ast.walk(tree):
        for _, body in ast.iter_fields(parent):
            for place, node in enumerate(body if isinstance(body, list) else []):
                if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.If) and not isinstance(
                    parent, ast.Module
                ):
                    yield lambda body=body, place=place: body.__setitem__(place, ast.Pass())


def lines_exchanged(tree: ast.AST, chance: Random) -> Sites:
    """Write two lines in the other order."""
    simple = (ast.Assign, ast.AugAssign, ast.Expr)
    for parent in ast.walk(tree):
        for _, body in ast.iter_fields(parent):
            for place in range(len(body) - 1 if isinstance(body, list) else 0):
                if isinstance(body[place], simple) and isinstance(body[place + 1], simple):
                    yield lambda body=body, place=place: body.__setitem__(
                        slice(place, place + 2), [body[place + 1], body[place]]
                    )


def condition_forgotten(tree: ast.AST, chance: Random) -> Sites:
    """Take one branch always."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp):
            always = ast.Constant(chance.random() < 0.5)
            yield lambda node=node, always=always: setattr(node, "test", always)


def fewer_rounds(tree: ast.AST, chance: Random) -> Sites:
    """Go round a loop once more, or once less, or not the first time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("range", "repeat") and node.args:
            last = node.args[-1]
            for shift in (ast.Add(), ast.Sub()):
                yield lambda node=node, last=last, shift=shift: node.args.__setitem__(
                    -1, ast.BinOp(last, shift, ast.Constant(1))
                )


def index_shifted(tree: ast.AST, chance: Random) -> Sites:
    """Take the neighbour instead: the first for the last, the next for this."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice | ast.Tuple):
            other = ast.Constant(chance.choice((0, -1, 1)))
            yield lambda node=node, other=other: setattr(node, "slice", other)
        if (
            isinstance(node, ast.keyword)
            and node.arg == "axis"
            and isinstance(node.value, ast.Constant)
            and node.value.value in (0, 1)
        ):
            yield lambda node=node: setattr(node, "value", ast.Constant(1 - node.value.value))


def names_exchanged(tree: ast.AST, chance: Random) -> Sites:
    """Take one parameter for another."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and len(function.args.args) > 1:
            names = [one.arg for one in function.args.args]
            for node in ast.walk(function):
                if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
                    other = chance.choice([name for name in names if name != node.id])
                    yield lambda node=node, other=other: setattr(node, "id", other)


KINDS: dict[str, Callable[[ast.AST, Random], Sites]] = {
    kind.__name__: kind
    for kind in (
        strict_or_not, threshold_shifted, constant_changed, operator_exchanged, operands_exchanged, call_exchanged, call_dropped,
        type_changed, in_place, line_dropped, lines_exchanged, condition_forgotten, fewer_rounds, index_shifted, names_exchanged,
    )
}  # fmt: skip

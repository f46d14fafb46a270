"""Exceptions in plain words: what a message of Python's means for the line that raised it.

Known are the exception's type and message, both as the worker told them, and the learner's line as it was handed in.
The exception itself never leaves the worker, so a library that explains exception objects cannot help here. What no rule
knows is left to Python's own words: a guess that is wrong costs a learner more than none.
"""

import builtins
import difflib
import importlib
import inspect
import keyword
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from grader.manifest.contract import Signature, contract
from grader.wire.functions import HANDED

AT_A_POINT = ("f", "gradient", "function")  # parameters of the contract that take one point
MODULES = {"np": "numpy as np", "sp": "sympy as sp", "math": "math", "numpy": "numpy", "sympy": "sympy"}
OF_NUMPY = "array zeros ones linspace arange exp sqrt sin cos tan log pi abs sum mean dot".split()
OF_ARRAYS = "shape ndim size dtype T reshape sum mean min max astype dot ravel flatten tolist".split()
OTHERS = {"true": "True", "false": "False", "none": "None", "null": "None", "NULL": "None", "nan": "np.nan"}
FUNCTIONS = ("function", "method", "builtin_function_or_method", "ufunc")
SEQUENCES = {"list": "a list", "tuple": "a tuple"}
MAX_WORDS = 2_000  # of a source, among which a misspelt name is looked for
NUMBERS = re.compile(r"(float|int|complex|bool|numpy\.(float|int|uint|bool)_?\d*)")
ARRAY = "numpy.ndarray"
LEFT_OUT = "which was left out"  # the end of a message that another statement is to blame for
NO_FOLDERS = "A file beside this one is imported without a dot, `from helpers import step`; folders cannot be imported."
TURNED = "negated"  # the function of the contract that is to return a function
GIVEN = "given_function"  # what `grader.wire.functions` calls those that checks hand in
EIGEN = ("EigResult", "EighResult")
TWO_THINGS = (
    "`np.linalg.eig` and `np.linalg.eigh` give two things, the eigenvalues and the eigenvectors: "
    "`values, vectors = np.linalg.eigh(...)`. `np.linalg.eigvalsh(...)` gives the eigenvalues alone."
)
DECIMAL_POINT = "A number is written with a point, `0.5`; a comma separates two numbers."
OF_RANDOM = {
    "randint": "integers(...)",
    "random_integers": "integers(...)",
    "rand": "random(...)",
    "random_sample": "random(...)",
    "randn": "standard_normal(...)",
}
OF_MATH = "exp sqrt sin cos tan log log10 sinh cosh tanh atan atan2 hypot".split()
UNRETURNED = "None is what a function gives that has no `return`; `append`, `sort` and `print` give None too."


@dataclass(frozen=True)
class Place:
    """Where an exception was raised."""

    line: str = ""  # the learner's source line, stripped; nothing if it was not in their code
    within: str = ""  # the function of the learner's that the line is in
    called: str = ""  # the one that the check called
    exercise: str = ""
    misfit: str = ""  # why that function cannot be called as the contract says, from `grader.manifest.contract.misfit`
    source: Iterable[str] = field(default=(), repr=False)  # all lines of what was handed in
    is_first: bool = False  # whether there is no line of code before it

    @property
    def contract(self) -> dict[str, Signature]:
        return contract(self.exercise)


Words = str | Callable[[re.Match[str], Place], str]


def explain(kind: str, message: str, place: Place) -> str:
    """Return what an exception means, in a sentence or two; nothing where no rule knows it."""
    for kinds, pattern, words in RULES:
        if kinds and kind not in kinds.split():
            continue
        found = re.search(pattern, message)
        if found:
            return words if isinstance(words, str) else words(found, place)
    return ""


def _operand(place: Place, operator: str, right: bool) -> str:
    """Return the name on one side of an operator in the line, if there is just one such name."""
    operator = re.escape(operator.removesuffix(" or pow()").removesuffix("="))
    alone = rf"(?<![*/<>=+\-]){operator}(?![*/<>])=?"
    after = rf"{alone}\s*([A-Za-z_]\w*)(?!\w*\s*[(\[.])(?!\w)"
    before = rf"(?<![\w.])([A-Za-z_]\w*)\s*{alone}"
    names = {name for name in re.findall(after if right else before, place.line) if not keyword.iskeyword(name)}
    return names.pop() if len(names) == 1 else ""


def _operands(found: re.Match[str], place: Place) -> str:
    operator, left, right = found.groups()
    if operator.startswith("^"):
        return POWER
    for kind, is_right in ((right, True), (left, False)):
        said = _no_number(kind, _operand(place, operator, is_right), place)
        if said and operator[0] in "<>=!":
            return said.replace("What is calculated with", "What is compared").replace(
                "is calculated with", "is compared"
            )
        if said:
            return said
    return ""


def _one_operand(found: re.Match[str], place: Place) -> str:
    within = re.findall(r"(?<![\w.])abs\(\s*([A-Za-z_]\w*)\s*\)", place.line)
    name = (
        _operand(place, found[1], right=True)
        if found[1] in ("-", "+")
        else within[0]
        if found[1] == "abs()" and len(within) == 1
        else ""
    )
    return _no_number(found[2], name, place)


def _no_number(kind: str, name: str, place: Place) -> str:
    """Return what to do with a value that cannot be calculated with; nothing if its type is not the reason."""
    what = f"`{name}`" if name else "What is calculated with"
    if kind in FUNCTIONS and name:
        wanted = place.contract.get(place.within)
        if place.within == TURNED and wanted is not None and name in wanted.parameters:
            return f"{what} is a function, and its values are what is to be turned: return a new function that calls {what}."
        if wanted is not None and place.within != place.called and name in wanted.parameters:
            return f"{what} is a function there, and not its value: {_called(name)}, where you hand it to `{place.within}`."
        return f"{what} is a function: {_called(name)}."
    if kind in FUNCTIONS:
        return "A function itself is calculated with, not its value: call it at a point, as in `gradient(x)`."
    if kind == "NoneType":
        return f"{what} is None. {_why_none(place)}"
    if kind in EIGEN:
        return TWO_THINGS
    if kind == "tuple" and name and any(re.search(rf"\b{name}\s*=\s*[+-]?\d+,\d+", line) for line in place.source):
        return f"{what} is a tuple of two numbers. {DECIMAL_POINT}"
    if kind in SEQUENCES:
        return f"{what} is {SEQUENCES[kind]}, which is not calculated with number by number: `np.array(...)` makes an array of it."
    if kind == "str":
        return f"{what} is text, not a number."
    return ""


def _why_none(place: Place) -> str:
    """Return where a None comes from: which of the learner's own lines takes what a method does not give."""
    found = (re.search(r"\w\s*=\s*([\w.]+)\.(shuffle|append|sort|extend|reverse)\(", line) for line in place.source)
    first = next(filter(None, found), None)
    if first is None:
        return UNRETURNED
    owner, method = first.groups()
    if method == "shuffle":
        return f"`{owner}.shuffle(...)` changes what it is given, and gives back None; `{owner}.permutation(...)` gives back a shuffled copy."
    return f"`{owner}.{method}(...)` changes `{owner}` itself, and gives back None: write it without a name and `=` in front."


def _called(name: str) -> str:
    return f"call it at a point, `{name}(x)`" if name in AT_A_POINT else f"call it, `{name}(...)`"


def _not_callable(found: re.Match[str], place: Place) -> str:
    kind = found[1]
    called = re.findall(r"(?<![\w.])([A-Za-z_]\w*)\s*\(", place.line)
    own = [name for name in called if not hasattr(builtins, name)] or called
    name = own[0] if len(set(own)) == 1 else ""
    if kind == "NoneType":
        return f"{f'`{name}`' if name else 'What is called'} is None, not a function. {_why_none(place)}"
    if kind == "module":
        return f"A module is not a function: call what is in it, as in `{name or 'math'}.{name or 'sqrt'}(...)`."
    if name in AT_A_POINT and (kind == ARRAY or NUMBERS.fullmatch(kind)):
        value = "an array" if kind == ARRAY else "a number"
        wanted = place.contract.get(place.within)
        if wanted is not None and place.within != place.called and name in wanted.parameters:
            return (
                f"`{name}` is {value} here, not a function: hand `{place.within}` a function itself, such as `gradient`, "
                "and not its value at a point, `gradient(start)`."
            )
        if kind == ARRAY:
            return (
                f"`{name}` is {value} there, no function: was its name given to its value, as in `{name} = {name}(x)`?"
            )
    if kind in (ARRAY, "list", "tuple", "dict"):
        return (
            f"Parentheses call a function: an item is taken with square brackets, as in `{name or 'path'}[0]`. "
            "For a product write `*`."
        )
    if NUMBERS.fullmatch(kind):
        if re.search(r"(?<![\w.])\d[\d.]*\s*\(", place.line):
            return "Between a number and `(` an operator is missing: write `2 * (x + 1)` for a product."
        what = (
            f"`{name}` is a number there, no function" if name else "A number is called there as if it were a function"
        )
        return f"{what}: is an operator missing in front of `(`, or was the function's name given to a number?"
    if kind == "str":
        return "Text is called there as if it were a function."
    if kind[:1].isupper():  # SymPy's classes: Symbol, Pow, Add
        return "A SymPy expression is not a function: `expression.subs(x, 2)` puts a number in, `sp.lambdify(x, expression)` makes a function."
    return ""


def _no_items(found: re.Match[str], place: Place) -> str:
    kind = found[1]
    if kind == "NoneType":
        return f"There is None in place of a list or an array. {_why_none(place)}"
    if kind in FUNCTIONS:
        return (
            "A function is called with parentheses, as in `f(x)`; square brackets take an item of a list or an array."
        )
    if NUMBERS.fullmatch(kind):
        return "That is a single number: it has no items and no length, and there is nothing in it to go through or unpack."
    return ""


def _unassignable(found: re.Match[str], _: Place) -> str:
    if found[1] == "tuple":
        return "A tuple cannot be changed: make a new one, or use a list or an array."
    return "A single number has no items to be set: is it the array or the list that you mean?"


def _arguments(found: re.Match[str], place: Place) -> str:
    """Explain a call that does not fit: of the check's, of the learner's own, or of a function that was handed in."""
    name = found[1].rpartition(".")[2]
    wanted = place.contract.get(name)
    if found[1] == GIVEN:
        return "A function that the checks hand in takes one argument, the point."
    own, handed_in = place.contract.get(place.within), [one for one in HANDED.values() if one.text == name]
    if wanted is None and own is not None and name in own.parameters and handed_in:
        call = f"{name}({', '.join(inspect.signature(handed_in[0]).parameters)})"
        return f"The `{name}` that is handed in is called as `{call}`: compare your call with it."
    if name == "<lambda>" and (counts := re.search(r"takes (\d+) positional arguments? but (\d+)", found[0])):
        return f"The parameters of a `lambda` come before its colon: here {_counted(counts[1])}, and it is called with {counts[2]}."
    if name == "_lambdifygenerated":
        return "A function that `sp.lambdify((x, y), ...)` makes takes one argument for each symbol, as in `f(*point)`."
    if wanted is None:
        return (
            f"Compare the arguments in this line with the `def` of `{name}`."
            if place.line and name.isidentifier()
            else ""
        )
    if place.line or name != place.called:
        return f"The exercise has it as `{wanted.text}`: compare this call and your `def` with it."
    misfit = place.misfit or "define it with these parameters, by these names and in this order"
    return f"The checks call `{wanted.text}`: {misfit}."


def _bad_index(found: re.Match[str], _: Place) -> str:
    return f"An index is a whole number, not {'a float' if found[1] == 'float' else found[1]}: `//` divides without a fraction, `int(...)` cuts it off."


def _counted(number: str) -> str:
    return "one" if number == "1" else number


def _whole(found: re.Match[str] | str, place: Place) -> str:
    kind = found if isinstance(found, str) else found[1]
    if kind in SEQUENCES or kind == ARRAY:
        what = SEQUENCES.get(kind, "an array")
        loop = re.search(r"\bfor\s+(\w+)\s+in\s+range\(\s*(\w+)\s*\)", place.line)
        if loop:
            return (
                f"`{loop[2]}` is {what}, and `range` wants a whole number: go through its items themselves, "
                f"`for {loop[1]} in {loop[2]}`, or through their places, `range(len({loop[2]}))`."
            )
        return f"A whole number is wanted there, and this is {what}: `len(...)` gives its length."
    if not NUMBERS.fullmatch(kind):
        return ""
    return (
        "A whole number is wanted there, and this is a float: `//` divides without a fraction, `int(...)` cuts it off."
    )


def _one_number(_: re.Match[str], place: Place) -> str:
    known = re.search(rf"(?<![\w.])(?:math\.)?({'|'.join(OF_MATH)})\(", place.line)
    from_math = (re.match(r"\s*from\s+math\s+import\b", line) for line in place.source)
    if known and (f"math.{known[1]}(" in place.line or any(from_math)):
        return f"The `{known[1]}` of `math` takes one number, and this is an array: `np.{known[1]}` takes both."
    cast = re.search(r"(?<![\w.])(float|int)\(", place.line)
    leave = f", or leave out `{cast[1]}(...)`" if cast else ""
    return f"This is a whole array where one number is wanted: take the item that you mean{leave}."


def _no_real(found: re.Match[str], place: Place) -> str:
    kind = found[1]
    if kind in ("list", "tuple"):
        return (
            f"This is {SEQUENCES[kind]} where one number is wanted: `np.array(...)` with NumPy's functions takes many."
        )
    return _no_number(kind, "", place)


def _undecided(_: re.Match[str], place: Place) -> str:
    if re.search(r"\bnp\.\w+\(", place.line):
        return (
            "NumPy calculates with numbers, and this is a formula: SymPy has functions of its own for it, as `sp.diff`."
        )
    return (
        "SymPy cannot tell whether that is so while a symbol has no value: compare numbers, after `.subs(...)`, "
        "or call the function that `sp.lambdify` makes."
    )


def _truth(_: re.Match[str], place: Place) -> str:
    """Explain that an array is not true or false: what is to be done instead depends on who asked."""
    whole, line = "An array is not true or false as a whole", place.line
    if re.match(r"while\b", line):
        return f"{whole}. Compare one number: the array's length is `np.linalg.norm(...)`, its largest entry `np.max(np.abs(...))`."
    if larger := re.search(r"(?<![\w.])(max|min)\(", line):
        name = f"np.{larger[1]}imum"
        return f"{whole}, so `{larger[1]}` cannot compare it: `{name}(...)` compares number by number, `np.{larger[1]}(...)` looks through all."
    if re.search(r"\b(and|or|not)\b", line) and not re.search(r"\bif\b", line):
        return f"{whole}: between arrays write `&` for `and`, `|` for `or`, `~` for `not`, each comparison in parentheses of its own."
    if re.search(r"\bif\b", line):
        return (
            f"{whole}, and `if` decides once for all its numbers. To decide for each number, write `np.where(condition, this, that)`, "
            "or use a mask as an index; for a single decision say `.all()` or `.any()`."
        )
    return f"{whole}: say `.all()` or `.any()`, or compare one number, such as its length `np.linalg.norm(...)`."


def _dot(found: re.Match[str], _: Place) -> str:
    left, right = found.groups()
    turned = " A transposed array, `.T`, has its axes exchanged." if "," in left.strip("(),") else ""
    return (
        f"In a product of arrays (`@`, `np.dot`) the last axis of the left one must be as long as the first of the right one: "
        f"here they have the shapes {left} and {right}.{turned}"
    )


def _shapes(found: re.Match[str], _: Place) -> str:
    shapes = re.findall(r"\([\d, ]*\)", found[0])
    if len(shapes) != 2:
        return "The shapes of these arrays do not fit together: print them with `np.shape(...)`."
    return (
        f"One array has shape {shapes[0]}, the other {shapes[1]}: number by number they need the same shape, or 1 where they differ. "
        "Print both in front of this line."
    )


def _undefined(found: re.Match[str], place: Place) -> str:
    name = found[1]
    if found.string.endswith(LEFT_OUT):
        return "Mend that line first."
    if place.within == TURNED and TURNED in place.contract and re.search(rf"\bfunction\(\s*{name}\b", place.line):
        return f"Nothing is called `{name}` there: the point is known only when it is asked for. Return a new function that takes it, and calls `function`."
    if name in MODULES:
        return f"`import {MODULES[name]}` is missing at the top of your file."
    if name in OTHERS:
        return f"In Python it is written `{OTHERS[name]}`."
    words = set(islice(_words(place.source), MAX_WORDS)) - {name}
    known = [word for word in sorted(words | set(dir(builtins))) if not keyword.iskeyword(word) and word[:2] != "__"]
    signature = place.contract.get(place.called)
    mine = list(signature.parameters) if signature else []
    close = difflib.get_close_matches(name, mine, 1, 0.7) or difflib.get_close_matches(name, known, 1, 0.8)
    if close:
        return f"Did you mean `{close[0]}`? Names must be written alike everywhere, capitals too."
    if name in OF_NUMPY:
        return f"`{name}` belongs to a module: write `np.{name}`, with `import numpy as np` at the top."
    return f"Nothing is called `{name}` there: was it given a value in this function, before this line, or handed in?"


def _words(lines: Iterable[str]) -> Iterator[str]:
    return (word for line in lines for word in re.findall(r"\b[A-Za-z_]\w{0,79}\b", line.partition("#")[0]))


def _local(found: re.Match[str], _: Place) -> str:
    name = found[1]
    return (
        f"`{name}` gets its value only further down in this function, or in a branch or a loop that was not run. "
        "A name that a function assigns is its own, even where one outside is called the same: give it a value first."
    )


def _no_attribute(found: re.Match[str], place: Place) -> str:
    kind, name = found.groups()
    module = re.search(rf"(?<![\w.])(np|sp|math|plt)\.{name}\b", place.line)
    if module and kind != "module":
        return f"`{module[1]}` is not a module there: was its name given to something else, as in `{module[1]} = 3`? Choose another name for that."
    if kind == "NoneType":
        return f"There is None in front of `.{name}`. {_why_none(place)}"
    if kind in EIGEN:
        return TWO_THINGS
    if kind.endswith("Generator") and name in OF_RANDOM:
        owner = next(iter(re.findall(rf"(\w+)\.{name}\b", place.line)), "rng")
        return f"`{owner}` is a generator of NumPy's, and what you mean is called `{owner}.{OF_RANDOM[name]}`."
    if kind == ARRAY and name in ("append", "extend", "insert"):
        return f"An array has no `{name}`: collect in a list, and make an array of it at the end with `np.array(...)`."
    if kind == "tuple" and name in ("append", "extend", "insert", "remove"):
        return "A tuple cannot be changed: use a list, `[...]`."
    if kind in SEQUENCES:
        what = SEQUENCES[kind]
        return f"That is {what}, not an array: `np.array(...)` makes an array of it." if name in OF_ARRAYS else ""
    if kind in FUNCTIONS:
        return f"That is a function itself, and has no `.{name}`: call it first, or was a formula meant?"
    if NUMBERS.fullmatch(kind) and name in ("append", "extend"):
        return f"In front of `.{name}` there is a single number: append to the list that collects the path."
    if NUMBERS.fullmatch(kind) and name in ("diff", "subs", "evalf", "free_symbols", "doit"):
        return f"That is a plain number of Python's, not SymPy's: `sp.sympify(...)` makes one of it that has `.{name}`."
    return ""


def _no_member(found: re.Match[str], _: Place) -> str:
    module, name = found.groups()
    if module == "numpy" and name in ("float", "int", "bool", "object", "complex", "str"):
        return f"NumPy no longer has it: write `{name}` alone."
    if module not in ("numpy", "math", "sympy", "random"):
        return ""
    if hasattr(builtins, name):
        return f"`{name}` is Python's own: write it without `{module}`."
    close = difflib.get_close_matches(name, dir(importlib.import_module(module)), 1, 0.75)
    return f"Did you mean `{close[0]}`?" if close else ""


def _owner(place: Place, otherwise: str) -> str:
    """Return the one name in a line of which an item is taken, or to which something is added; else a general one."""
    names = set(re.findall(r"(?<![\w.])([A-Za-z_]\w*)\s*(?:\[|\+)", place.line))
    return names.pop() if len(names) == 1 else otherwise


def _key(found: re.Match[str], _: Place) -> str:
    return f"The dictionary has no key {found[0]}: print its `.keys()`."


CLOSING = {"(": ")", "[": "]", "{": "}"}
FIRST_LINE = "Python does not understand this line: is an operator, a comma or a quotation mark missing in it?"
POWER = "`^` is not the power in Python: write `**`."
ARGUMENT = r"^([\w.<>]+)\(\) "

# By type (any, if none is named) and message; the first that fits explains.
RULES: tuple[tuple[str, str, Words], ...] = (
    # Types
    ("TypeError", r"unsupported operand type\(s\) for (.+?): '(.+?)' and '(.+?)'", _operands),
    ("TypeError", r"bad operand type for (?:unary )?(.+?): '(.+?)'", _one_operand),
    ("TypeError", r"'([<>=!]+)' not supported between instances of '(.+?)' and '(.+?)'", _operands),
    ("TypeError", r"can't multiply sequence by non-int of type 'float'",
     "A list or a text is not calculated with number by number: `np.array(...)` makes an array of a list."),
    ("TypeError", r"'bitwise_xor' not supported", POWER),
    ("TypeError", r"'(.+)' object is not callable", _not_callable),
    ("TypeError", r"'(.+)' object is not (?:subscriptable|iterable)", _no_items),
    ("TypeError", r"cannot unpack non-iterable (.+) object", _no_items),
    ("TypeError", r"argument of type '(.+)' is not iterable", _no_items),
    ("TypeError", r"object of type '(.+)' has no len\(\)", _no_items),
    ("TypeError", r"iteration over a 0-d array|len\(\) of unsized object",
     "That is an array of a single number: there is nothing in it to go through."),
    ("TypeError", r"'(tuple|.*float\d*|.*int\d*)' object does not support item assignment", _unassignable),
    ("TypeError", ARGUMENT + r"takes .* positional arguments? but .* given", _arguments),
    ("TypeError", ARGUMENT + r"missing \d+ required .*arguments?: '\w+'", _arguments),
    ("TypeError", ARGUMENT + r"got (?:an unexpected keyword argument|some positional-only arguments passed as keyword arguments:) "
     r"'\w+'", _arguments),
    ("TypeError", ARGUMENT + r"got multiple values for argument", _arguments),
    ("TypeError", r"(?:list|tuple) indices must be integers or slices, not (\w+)", _bad_index),
    ("TypeError", r"^(slice) indices must be integers",
     "The ends of a slice are whole numbers: `//` divides without a fraction."),
    ("TypeError", r"'(.+)' object cannot be interpreted as an integer", _whole),
    ("TypeError", r"expected a sequence of integers or a single integer",
     "A shape is made of whole numbers, as in `np.zeros((epochs + 1, 2))`."),
    ("TypeError", r"Cannot interpret '.+' as a data type",
     "The numbers belong into one list or one shape in parentheses: `np.array([1, 2])`, `np.zeros((2, 3))`."),
    ("TypeError", r"only (?:length-1|size-1|0-dimensional) arrays can be converted", _one_number),
    ("TypeError", r"must be real number, not (\w+)", _no_real),
    ("TypeError", r"float\(\) argument must be a string or a real number, not '(.+)'", _no_real),
    ("TypeError", r"can only concatenate list",
     lambda _, place: f"A list can only be added to a list: `{_owner(place, 'items')}.append(...)` puts one item behind it."),
    ("TypeError", r"can only concatenate str",
     "Text can only be added to text: print both with a comma between, or write an f-string, `f\"x is {x}\"`."),
    ("TypeError", r"cannot determine truth value of Relational", _undecided),
    ("", r"loop of ufunc does not support argument \d of type (?:int|float|object)",
     "That is an array of objects, not of numbers: make it with `dtype=float`."),
    ("", r"loop of ufunc does not support argument \d of type (?!function|NoneType|method)\w+ which has no callable (\w+) method",
     lambda found, _: f"NumPy calculates with numbers, and this is a formula: write `sp.{found[1]}` in formulas."),
    ("TypeError", r"[Cc]an(?:not|'t) convert (?:expression|complex) to float",
     "The formula still has a symbol in it, so it is no number: put a value in with `.subs(x, 2)`. In formulas write `sp.cos`, not `math.cos`."),
    ("TypeError", r"unhashable type",
     "What can be changed, as a list or an array can, is no key of a dictionary and no item of a set."),
    # Shapes and values
    ("ValueError", r"shapes (\([\d, ]*\)) and (\([\d, ]*\)) not aligned", _dot),
    ("ValueError", r"operands could not be broadcast together.*|could not broadcast input array.*", _shapes),
    ("ValueError", r"mismatch in its core dimension",
     "For `@` the columns of the left array must be as many as the rows of the right one: print both shapes."),
    ("ValueError", r"setting an array element with a sequence",
     "The rows have different shapes, or a whole array is put where one number belongs: print what goes into the array."),
    ("ValueError", r"truth value of an (?:array with more than one element|empty array) is ambiguous",
     _truth),
    ("ValueError", r"could not convert string to float|invalid literal for int\(\)",
     "Text was to become a number, and is none: keep numbers as numbers, and make text of them for `print` alone."),
    ("ValueError", r"not enough values to unpack \(expected (\d+), got (\d+)\)",
     lambda found, _: f"There are {found[1]} names on the left of `=`, and {found[2]} on its right: print what is on the right."),
    ("ValueError", r"too many values to unpack \(expected (\d+)\)",
     lambda found, _: f"There are {found[1]} names on the left of `=`, and more than that on its right: print what is on the right."),
    ("ValueError", r"math domain error",
     "This function has no value there, as `math.sqrt` of a negative number, or `math.log` of zero: print what goes into it."),
    ("ValueError", r"cannot convert float NaN to integer", "A calculation before this line has no result (NaN): print its parts."),
    ("ValueError", r"need at least one array|zero-size array|(?:min|max)\(\) .*empty",
     "There is nothing in it: it is empty."),
    ("ValueError", r"(?:assignment destination|output array) is read-only",
     "This array is not yours to change: `np.array(x, dtype=float)` makes a copy."),
    ("ValueError", r"[Cc]an't calculate derivative wrt|First variable cannot be a number", "A formula is differentiated by a symbol: `sp.diff(expression, x)`."),
    ("", r"Cannot cast ufunc '\w+' output from dtype\('(\w+)'\) to dtype\('(u?int\d+)'\)",
     "An array of whole numbers cannot take fractions: make a new array instead of `-=`, or begin with `np.array(x, dtype=float)`."),
    ("", r"ufunc '\w+' (?:did not contain a loop with signature matching types .*<U|not supported for the input types)",
     "There is something among the values that is no number, such as text or None: print them."),
    ("SympifyError", r"cannot sympify object of type <class 'function'>",
     "SymPy differentiates formulas, and this is a function of Python's: hand it an expression."),
    # Places
    ("IndexError", r"list assignment index out of range",
     lambda _, place: f"A list has no places until something is put in: `{_owner(place, 'items')}.append(...)`."),
    ("IndexError", r"pop from empty", "The list is empty."),
    ("IndexError", r"index (-?\d+) is out of bounds for axis (\d) with size (\d+)",
     lambda found, _: f"Places are counted from 0: with {found[3]} of them the last is {int(found[3]) - 1}, and index {found[1]} is beyond." if int(found[3]) else "It is empty, so it has no places."),
    ("IndexError", r"too many indices for array: array is (\d)-dimensional, but (\d) were indexed",
     lambda found, _: f"The array has {found[1]} {'axis' if found[1] == '1' else 'axes'}, and {found[2]} indices are given: print its shape."),
    ("IndexError", r"invalid index to scalar variable", "That is a single number: it has no items."),
    ("TypeError", r"only integer scalar arrays can be converted to a scalar index", lambda _, place: _whole(ARRAY, place)),
    ("IndexError", r"only integers, slices",
     "An index is a whole number, not a float: `//` divides without a fraction, `int(...)` cuts it off."),
    ("IndexError", r"out of range",
     lambda _, place: "Places are counted from 0, so the last one is one less than the length: "
     f"`range(len({_owner(place, 'items')}))` goes through all, `{_owner(place, 'items')}[-1]` is the last."),
    ("KeyError", r".+", _key),
    # Names
    ("UnboundLocalError NameError", r"cannot access (?:local|free) variable '(\w+)'", _local),
    ("NameError", r"name '(\w+)' is not defined", _undefined),
    ("ImportError", r"attempted relative import", NO_FOLDERS),
    ("AttributeError", r"module '(\w+)' has no attribute '(\w+)'", _no_member),
    ("AttributeError", r"'([\w.]+)' object has no attribute '(\w+)'", _no_attribute),
    # Arithmetic
    ("ZeroDivisionError", r"", "What is divided by is 0 there: print it in front of this line, and say what is right in that case."),
    ("OverflowError", r"cannot convert float infinity to integer", "A calculation before this line went beyond all numbers: print its parts."),
    ("OverflowError", r"", "The numbers went beyond what a float can hold, about 1e308: does the path run away, or is a large number put into `exp`?"),
    ("RecursionError", r"", "A function calls itself without end: where does it stop? A loop needs no function that calls itself."),
    ("MemoryError", r"", "More memory was asked for than there is: print the shapes of the arrays."),
    ("SystemExit", r"", "`exit()`, `quit()` and `sys.exit()` end the whole program, and nothing is returned. A function is left with `return`."),
    ("AssertionError", r"", "An `assert` of your own does not hold."),
    ("LinAlgError", r"must be at least two-dimensional", "A matrix is wanted there, an array of rows, `np.array([[...], [...]])`: print its shape."),
    # What Python cannot read
    ("TabError", r"", "Tabs and spaces look alike and count differently: use four spaces, in every line."),
    ("IndentationError", r"expected an indented block", "What belongs to it must stand further to the right, by four spaces; a comment alone is not enough, `pass` is."),
    ("IndentationError", r"unexpected indent", "This line stands further to the right than the one before, without a line with `:` that it belongs to."),
    ("IndentationError", r"unindent does not match", "This line begins at a column where no line above it begins: use four spaces for each level."),
    ("SyntaxError", r"expected ':'", "A line with `def`, `for`, `while`, `if` or `else` ends with a colon."),
    ("SyntaxError", r"'(.)' was never closed", lambda found, _: f"Look for the `{CLOSING.get(found[1], found[1])}` that belongs to this `{found[1]}`."),
    ("SyntaxError", r"Maybe you meant '=='", "A single `=` gives a name a value; `==` compares."),
    ("SyntaxError", r"leading zeros in decimal integer literals", DECIMAL_POINT),
    ("SyntaxError", r"invalid decimal literal", "A name does not begin with a digit, and a product needs its `*`: `2 * x`."),
    ("SyntaxError", r"invalid (?:non-printable )?character",
     "This character was copied from a web page or a document, and Python does not know it. Delete it, and type it yourself: `-`, `'` or a space."),
    ("SyntaxError", r"'return' outside function", "`return` belongs inside a function: is the line too far to the left?"),
    ("SyntaxError", r"unterminated string literal", "A text ends with the same quotation mark that it begins with, in the same line."),
    ("SyntaxError", r"Missing parentheses in call to 'print'", "In Python 3 it is `print(...)`, with parentheses."),
    ("SyntaxError", r"^invalid syntax$", lambda _, place: FIRST_LINE if place.is_first else "Look at the line before, too: a bracket that is not closed, or a missing operator, often shows only in the next line."),
)  # fmt: skip

"""A learner's stub, made from a solution: the marked regions go, everything else stays byte for byte."""

import ast
import io
import re
import tokenize

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
_MEANT_AS_MARKER = re.compile(r"#+\s*(begin|end)[\W_]*solution", re.IGNORECASE)


class ReleaseError(Exception):
    """Nothing was released; the message says where, what, and what would be right."""


def stub(solution_source: str, slug: str) -> str:
    """Replace every solution region by a statement that names the task.

    Parameters
    ----------
    solution_source : str
        A module with regions between the comment lines `### BEGIN SOLUTION` and `### END SOLUTION`.
    slug : str
        The exercise, for the statement and for error messages.

    Returns
    -------
    str
        The same text, each region and its two markers replaced by
        `raise NotImplementedError("slug: implement function")`.

    Raises
    ------
    ReleaseError
        If a marker has no partner, is misspelt, or does not enclose whole statements of one function: what
        nbgrader drops without a word would reach learners.
    """
    lines = io.StringIO(solution_source, newline="").readlines()  # as Python counts them; splitlines also splits at \f
    try:
        tree = ast.parse(solution_source)
        comments = [token for token in tokenize.generate_tokens(iter(lines).__next__) if token.type == tokenize.COMMENT]
    except (SyntaxError, ValueError, tokenize.TokenError) as error:
        raise ReleaseError(f"{slug}.py:{getattr(error, 'lineno', 1)}: this is not valid Python: {error}") from None
    except (RecursionError, MemoryError):  # what Python's parser and compiler raise for it
        raise ReleaseError(f"{slug}.py: this is nested too deep for Python") from None
    # From the last region to the first, so that the line numbers of those before it stay true.
    for begin, end in reversed(_regions(comments, lines, slug)):
        function, indent = _place(tree, lines, begin, end, slug)
        newline = lines[begin - 1].removeprefix(lines[begin - 1].rstrip("\r\n"))
        lines[begin - 1 : end] = [f'{indent}raise NotImplementedError("{slug}: implement {function}"){newline}']
    stripped = "".join(lines)
    try:
        compile(stripped, f"{slug}.py", "exec", dont_inherit=True)
    except SyntaxError as error:
        message = f"the regions must hold whole statements; without them Python says: {error.msg}"
        raise ReleaseError(f"{slug}.py: {message} (line {error.lineno} of the stub)") from None
    return stripped


def _regions(comments: list[tokenize.TokenInfo], lines: list[str], slug: str) -> list[tuple[int, int]]:
    """Return the line numbers of each BEGIN and its END."""
    regions = []
    begin = None
    for comment in comments:
        number = comment.start[0]
        if not _MEANT_AS_MARKER.match(comment.string):
            continue
        marker = lines[number - 1].strip()
        if marker not in (BEGIN, END):
            raise ReleaseError(f"{slug}.py:{number}: unclear marker; write {BEGIN!r} or {END!r}, alone on its line")
        if marker == BEGIN and begin is not None:
            raise ReleaseError(
                f"{slug}.py:{number}: a region inside that of line {begin}; close that one first: {END!r}"
            )
        if marker == END and begin is None:
            raise ReleaseError(
                f"{slug}.py:{number}: the end of no region; write {BEGIN!r} above the solution's first line"
            )
        if begin is not None:
            regions.append((begin, number))
        begin = number if marker == BEGIN else None
    if begin is not None:
        raise ReleaseError(f"{slug}.py:{begin}: this region is never closed; write {END!r} below its last line")
    return regions


def _place(tree: ast.Module, lines: list[str], begin: int, end: int, slug: str) -> tuple[str, str]:
    """Return the name of the function that holds the region, and the region's indentation."""
    region = lines[begin : end - 1]
    if all(line.strip()[:1] in ("", "#") for line in region):
        raise ReleaseError(f"{slug}.py:{begin}: an empty region; put the solution between {BEGIN!r} and {END!r}")
    functions = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.lineno < begin <= (node.end_lineno or 0)
    ]
    if not functions:
        raise ReleaseError(
            f"{slug}.py:{begin}: a region outside a function; only a function's body can be left to learners"
        )
    try:
        # Under an `if`, a region that is whole statements of one block is one statement; nothing else is.
        (block,) = ast.parse("if True:\n" + "".join(region)).body
    except (SyntaxError, ValueError):
        message = "this region is no run of whole statements of one block; move its markers to such lines"
        raise ReleaseError(f"{slug}.py:{begin}: {message}") from None
    assert isinstance(block, ast.If)
    first = lines[begin + block.body[0].lineno - 2]
    innermost = max(functions, key=lambda function: function.lineno)
    return innermost.name, first[: len(first) - len(first.lstrip())]

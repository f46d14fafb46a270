"""What the trusted side does with an answer is bounded before it is begun: items, bytes and parts are counted, not seconds."""

import ast
import json
import tracemalloc

import msgpack
import numpy as np
import pytest

from grader.checking.expect import as_numbers, expect
from grader.checking.outcomes import CheckFailed
from grader.checking.proxy import MAX_KEPT, MAX_PRINTED, Opaque, SubmissionProxy
from grader.checking.report import make_report
from grader.collect.notebooks import read_notebook, read_script
from grader.collect.submission import Cell, ProblemError, Submission
from grader.publish.gradebook.notebooks import MOST_CODE, graded_notebook
from grader.sandbox.frames import WorkerDied, unpack
from grader.wire import expression
from grader.wire.bounds import MAX_ITEMS, MAX_SIZE, MAX_TEXT
from grader.wire.expression import MAX_NODES, Expression, ExpressionError, Validator, text_of, validate
from grader.wire.plain import Decoder, Encoder, PlainError

MIB = 2**20
TEXTS = ["a" * MAX_TEXT] + [""] * (MAX_ITEMS - 10_000)  # NumPy would make each as long as the longest: 3.4 GiB


class Answers:
    """A session whose worker gives the same reply to every call."""

    def __init__(self, payload, printed="", seen=()):
        self._reply = ["value", payload, printed, list(seen), [], []]

    def load(self):
        return [0, "ok", [[], [["update", None]]], "", [], [], []]

    def request(self, _request):
        return [0, *self._reply]


def proxy(*reply):
    submission = Submission("learner-001", "learner-001", "update_rule", (Cell("update_rule.py", "pass"),))
    return SubmissionProxy(submission, Answers(*reply))


@pytest.fixture
def peak():
    """Return a function that calls another and returns the most memory that it held, in MiB."""

    def peak(function):
        tracemalloc.start()
        try:
            function()
            return tracemalloc.get_traced_memory()[1] / MIB
        finally:
            tracemalloc.stop()

    return peak


def test_texts_never_become_an_array(peak):
    def judged():
        with pytest.raises(CheckFailed):
            expect(TEXTS).mask(np.zeros((2, 2), dtype=bool))
        with pytest.raises(CheckFailed):
            expect(TEXTS).array(np.zeros(2))
        assert as_numbers(TEXTS) is None

    assert peak(judged) < 10


def test_a_frame_of_a_million_empty_lists_is_refused_before_they_are_made(peak):
    lists = msgpack.packb([])
    record = b"\xdc\x00\x09" + (b"\xdd" + (99_990).to_bytes(4, "big") + 99_990 * lists) * 9
    frame = b"\x97" + b"".join(map(msgpack.packb, [1, "value", 0.0, ""])) + record + 2 * msgpack.packb([])

    def read():
        with pytest.raises(WorkerDied):
            unpack(frame, 1)

    assert peak(read) < 20


@pytest.mark.parametrize("shape", [(0, 2**20, 2**20, 2**20), (2**20, 0), (MAX_SIZE, 2, 0)])
def test_an_empty_array_of_a_huge_shape_crosses_neither_way(shape):
    with pytest.raises(PlainError, match="shape"):
        Encoder(repr).encode(np.zeros(shape, np.uint8))
    with pytest.raises(PlainError):
        Decoder(repr).decode(["array", "|u1", list(shape), b""])


def test_an_empty_array_of_a_small_shape_crosses():
    assert Decoder(repr).decode(Encoder(repr).encode(np.zeros((0, 3)))).shape == (0, 3)


def test_the_formulas_of_one_answer_may_together_be_as_large_as_one():
    validator, small = Validator(), ["sin", ["Symbol", "x"]]
    for _ in range(MAX_NODES // 2):
        validator.validate(small)
    with pytest.raises(ExpressionError, match="too large"):
        validator.validate(small)


def test_an_answer_of_many_small_formulas_is_told_to_be_too_large():
    formulas = ["list", *[["expression", ["sin", ["Symbol", "x"]]]] * 45_000]
    with pytest.raises(CheckFailed, match="too large"):
        proxy(formulas).update(1.0, 2.0, 0.1)


def test_of_a_large_formula_no_more_is_written_than_is_shown(monkeypatch):
    tree = validate(["Add", *[["sin", ["Symbol", f"x{number}"]] for number in range(MAX_NODES // 2 - 1)]])
    asked = []
    monkeypatch.setattr(expression, "FUNCTIONS", Noted(expression.FUNCTIONS, asked))
    assert len(text_of(tree)) == 200
    assert 0 < len(asked) <= 200


class Noted(dict):
    """The functions of a formula, with a note of each time that one is looked for."""

    def __init__(self, functions, asked):
        super().__init__(functions)
        self._asked = asked

    def __contains__(self, name):
        self._asked.append(name)
        return super().__contains__(name)


def test_a_deep_formula_of_many_symbols_names_each_once(peak):
    tree = ("Add", *[("Symbol", f"x{number}") for number in range(15_000)])
    for _ in range(140):
        tree = ("sin", tree)
    formula = Expression(tree)
    assert peak(lambda: formula.symbols) < 10
    assert len(formula.symbols) == 15_000


def test_what_is_kept_of_a_submissions_answers_has_a_limit():
    answer = Encoder(repr).encode(np.zeros(MAX_SIZE))
    handed_in = proxy(answer)
    calls = 20
    for _ in range(calls):
        assert handed_in.update(1.0, 2.0, 0.1).size == MAX_SIZE  # the check itself has it whole
    kept = [call.result for call in handed_in.calls]
    assert sum(value.nbytes for value in kept if isinstance(value, np.ndarray)) <= MAX_KEPT
    assert kept[-1] == Opaque("too much to be kept")
    assert len(kept) == calls


def test_what_a_worker_claims_about_its_own_calls_is_kept_only_in_its_form():
    junk = [[[]] * 1000, [0, ["array", "<f8", [1], "no bytes"]], {}, "text"]
    handed_in = proxy(1.0, "", junk)
    handed_in.update(1.0, 2.0, 0.1)
    assert list(handed_in.calls[0].seen) == []


def test_of_what_is_printed_no_more_is_kept_than_can_be_shown():
    handed_in = proxy(1.0, "x" * 500_000)
    for _ in range(50):
        handed_in.update(1.0, 2.0, 0.1)
    assert len(handed_in.output()) == MAX_PRINTED + 1
    assert handed_in.output().endswith("…")


@pytest.mark.parametrize("value", [b"[],", b'{"":0},', b"1,"])
def test_a_notebook_of_millions_of_values_is_refused_before_they_are_made(peak, value):
    data = b'{"cells": [], "x": [' + value * (12 * MIB // len(value)) + b"0]}"

    def read():
        with pytest.raises(ProblemError, match="clear its outputs"):
            read_notebook(data, "update_rule.ipynb")

    assert peak(read) < 1


def test_a_notebook_with_much_drawn_from_numbers_is_read():
    drawn = [{"data": {"x": [0.25] * 500_000, "text/html": "{,[" * 90_000}}] * 2
    cells = [{"cell_type": "code", "source": "x = 1", "outputs": drawn}]
    assert [cell.source for cell in read_notebook(json.dumps({"cells": cells}).encode(), "update_rule.ipynb")] == [
        "x = 1"
    ]


@pytest.mark.parametrize(
    ("cells", "words"), [(["%\n(" for _ in range(290_000)], "2,000 code cells"), (["%\n" * 30_000], "20,000 lines")]
)
def test_a_notebook_of_very_many_cells_or_lines_is_refused_before_its_code_is_looked_at(cells, words, monkeypatch):
    monkeypatch.setattr("grader.collect.notebooks.plain_python", lambda _: pytest.fail("it was looked at"))
    data = json.dumps({"cells": [{"cell_type": "code", "source": source} for source in cells]}).encode()
    with pytest.raises(ProblemError, match=words):
        read_notebook(data, "update_rule.ipynb")


def test_a_script_of_very_many_lines_is_refused_before_its_code_is_looked_at():
    with pytest.raises(ProblemError, match="20,000 lines"):
        read_script(b"%\n" * 30_000, "update_rule.py")


def test_code_that_no_page_shows_is_not_parsed_for_one(monkeypatch):
    def parse(source):
        assert len(source) <= MOST_CODE
        return ast.Module([], [])

    monkeypatch.setattr("grader.publish.gradebook.notebooks.ast.parse", parse)
    cells = tuple(Cell(f"cell {number}", "f'" + "{a}" * 10_000 + "'") for number in range(5))
    one = Submission("learner-001", "learner-001", "update_rule", cells, sha256="0" * 64)
    report = make_report(one, (), "0" * 16, "none", "")
    assert "which is not shown" in graded_notebook(one, report, [])

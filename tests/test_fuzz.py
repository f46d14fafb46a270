"""A few of what `make fuzz` tries, the same each time, and all that it ever found. `tests/fuzz` says what is asserted."""

import pytest

from tests.fuzz.running import CORPUS, Target, bounded, run
from tests.fuzz.targets import TARGETS

# The journal stays open as long as its run, and so do others: whoever tries many leaves that to the interpreter.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

FOUND = [
    pytest.param(target, example, id=f"{target.name}-{name}")
    for target in TARGETS
    for name, example in target.corpus().items()
]


@pytest.mark.parametrize(("target", "example"), FOUND)
def test_what_was_once_found_is_found_no_more(target, example):
    with bounded(timed=False):
        target.holds(example)


@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_whatever_is_handed_in_is_graded_harms_nobody_and_costs_little(target):
    # Where Hypothesis finds examples that it need not look at, because they are another's twins, it tries fewer.
    assert run(target, target.in_ci) > target.in_ci / 3


def test_every_file_of_the_corpus_belongs_to_a_target():
    folders = {path.name for path in CORPUS.iterdir()}
    assert folders <= {target.name for target in TARGETS}
    assert len(FOUND) == len(list(CORPUS.rglob("*.py")))


def test_what_raises_is_found():
    def holds(number):
        if number > 1_000:
            raise LookupError(number)

    from hypothesis import strategies as st

    with pytest.raises(LookupError) as found:
        run(Target("numbers", st.integers(), holds), 100)
    assert "example: 1001" in found.value.__notes__


def test_what_takes_much_memory_is_found():
    with pytest.raises(AssertionError, match="memory"), bounded(timed=False):
        bytearray(b"x") * (400 * 2**20)


def test_what_takes_much_time_is_found(monkeypatch):
    monkeypatch.setattr("tests.fuzz.running.MOST_CPU_S", -1.0)
    with pytest.raises(AssertionError, match="time"), bounded(timed=True):
        pass

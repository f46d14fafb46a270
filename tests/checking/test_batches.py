"""Calls that are sent together: all must be as if each had been made in its place."""

import numpy as np
import pytest

from grader.checking.outcomes import CheckFailed, LearnerRaised, NoAnswer
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.expect import expect
from grader.manifest.course import Limits
from grader.sandbox import Sandbox
from grader.sandbox.inprocess import InProcess

LIMITS = Limits(call_timeout_s=1.0, submission_timeout_s=6.0, memory_mib=512, output_kib=4)
SOURCE = """
import os, time
import numpy as np
made = 0
def count(x=0):
    global made
    made += 1
    return made
def twice(x): return 2 * x
def product(x, by): return x * by
def hang(x):
    while x > 2:
        pass
    return x
def die(x):
    if x > 2:
        os._exit(3)
    return x
def wait(s):
    time.sleep(s)
    return s
def broken(x): return [1.0, 2.0] if x < 2 else 1 / 0
def adder(n):
    return lambda x: x + n
def large(table): return table + 1
def zeros(n): return np.zeros(n)
def warns(x):
    return np.float64(x) / 0
"""


@pytest.fixture(scope="module")
def sandbox():
    sandbox = Sandbox(LIMITS)
    sandbox.wait_until_ready()
    yield sandbox
    sandbox.close()


@pytest.fixture(params=["a worker", "this process"])
def submission(request, sandbox):
    cells = (Cell("toy.py", SOURCE),)
    session = sandbox.open("toy", cells) if request.param == "a worker" else InProcess("toy", cells)
    proxy = SubmissionProxy(Submission("a", "a", "toy", cells), session)
    proxy.begin_check(hidden=True, batched=True)
    yield proxy
    session.close()


@pytest.fixture
def locked(sandbox):
    cells = (Cell("toy.py", SOURCE),)
    session = sandbox.open("toy", cells)
    proxy = SubmissionProxy(Submission("a", "a", "toy", cells), session)
    proxy.begin_check(hidden=True, batched=True)
    yield proxy
    session.close()


def test_calls_are_made_in_their_order_and_expectations_asked_of_each(submission):
    for number in range(1, 60):
        expect(submission.count()).number(number)
    submission.settle()
    assert [call.result for call in submission.calls] == list(range(1, 60))


def test_the_first_wrong_answer_ends_the_check_and_no_later_call_is_known(submission):
    expect(submission.twice(1)).number(2)
    expect(submission.twice(2), because="for a reason").number(5)
    expect(submission.twice(3)).number(7)
    with pytest.raises(CheckFailed, match="For a reason") as caught:
        submission.settle()
    assert caught.value.subject == 4
    assert [call.arguments for call in submission.calls] == [(1,), (2,)]


def test_what_an_expectation_gives_is_there_at_once_and_what_comes_after_it_is_asked_too(submission):
    expect(submission.twice(1)).number(2)
    pair = submission.broken(1)
    assert expect(pair).numbers((2,)).tolist() == [1, 2]
    assert [call.answered for call in submission.calls] == [True, True]
    with pytest.raises(CheckFailed, match="no property"):
        expect(pair).that(False, "It has no property.")


def test_an_expectation_that_gives_something_asks_first_what_stands_before_it(submission):
    expect(submission.twice(1)).number(3)
    pair = submission.broken(1)
    with pytest.raises(CheckFailed) as caught:
        expect(pair).sequence(2, "two numbers")
    assert caught.value.subject == 2


def test_a_misspelt_expectation_is_no_check_that_always_passes(submission):
    with pytest.raises(AttributeError):
        expect(submission.twice(1)).nubmer(2)


def test_an_exception_is_that_of_its_own_call(submission):
    expect(submission.broken(1)).array([1, 2])
    expect(submission.broken(3)).array([1, 2])
    expect(submission.twice(1)).number(2)
    with pytest.raises(LearnerRaised, match=r"broken\(3\)"):
        submission.settle()


def test_functions_that_are_returned_can_be_called_in_the_next_batch(submission):
    add = expect(submission.adder(2)).callable()
    for number in range(5):
        expect(add(number)).number(number + 2)
    submission.settle()


def test_warnings_are_those_of_the_last_call(locked):
    locked.warns(1.0)
    locked.twice(1)
    assert locked.warned() == ()
    locked.twice(1)
    locked.warns(1.0)
    assert "divide by zero" in locked.warned()[0]


@pytest.mark.parametrize("numbers", [5, 40_000])
def test_tables_of_any_size_go_to_and_fro(submission, numbers):
    tables = [np.arange(numbers) + k for k in range(40)]
    for table in tables:
        expect(submission.large(table)).array(table + 1)
    submission.settle()


def test_a_large_answer_and_a_large_request_after_it_do_not_wait_for_each_other(locked):
    table = np.arange(90_000.0)
    expect(locked.zeros(90_000)).array(np.zeros(90_000))
    expect(locked.large(table)).array(table + 1)
    locked.settle()


def test_time_runs_out_for_the_call_that_takes_it_and_the_next_check_goes_on(locked):
    expect(locked.hang(1)).number(1)
    expect(locked.hang(3)).number(3)
    expect(locked.twice(1)).number(2)
    with pytest.raises(NoAnswer, match=r"hang\(3\)"):
        locked.settle()
    locked.begin_check(hidden=True, batched=True)
    expect(locked.twice(1)).number(2)
    expect(locked.count()).number(1)
    locked.settle()


def test_each_call_has_the_time_of_a_call(locked):
    for _ in range(3):
        expect(locked.wait(0.6)).number(0.6)
    locked.settle()


def test_a_process_that_ends_ends_the_call_that_ended_it(locked):
    expect(locked.die(1)).number(1)
    expect(locked.die(3)).number(3)
    with pytest.raises(NoAnswer, match=r"exit status 3"):
        locked.settle()
    assert locked.calls[-1].text == "die(3)"


def test_what_is_wanted_no_longer_is_in_nobodys_way(locked):
    expect(locked.twice(1)).number(3)
    expect(locked.hang(3)).number(3)
    with pytest.raises(CheckFailed):
        locked.settle()
    locked.begin_check(hidden=True, batched=True)
    expect(locked.twice(1)).number(2)
    locked.settle()


def test_a_function_that_ran_out_of_time_twice_holds_up_no_other(locked):
    for _ in range(2):
        locked.begin_check(hidden=True, batched=True)
        expect(locked.hang(3)).number(3)
        with pytest.raises(NoAnswer):
            locked.settle()
    locked.begin_check(hidden=True, batched=True)
    expect(locked.twice(1)).number(2)
    expect(locked.hang(3)).number(3)
    with pytest.raises(NoAnswer, match="twice already"):
        locked.settle()
    assert [call.answered for call in locked.calls] == [True, False]


def test_several_arguments_stand_for_many_in_step(submission):
    got = submission.product(submission.each([1, 2, 3]), by=submission.each(np.array([4.0, 5.0, 6.0])))
    expect(got).array([4, 10, 18])
    submission.settle()


@pytest.mark.parametrize("use", [bool, len, iter, float, lambda got: got == 2, lambda got: got + 1, lambda got: got[0]])
def test_a_placeholder_is_of_no_use_to_anything_but_expect(submission, use):
    with pytest.raises(TypeError):
        use(submission.twice(1))

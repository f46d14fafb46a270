"""The pytest side of checks: fixtures, markers, and how an ending becomes a result.

A `CheckSession` sets the submission on the desk (`Desk.open`), has a `Loop` run its checks, and takes the results away. A
learner's own `pytest` has the same desk; `grader.practice.plugin` says how.
"""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import cache
from itertools import groupby
from queue import SimpleQueue
from typing import Any

import numpy as np
import pytest

from grader.checking import examples
from grader.checking.comfort import in_one_line
from grader.checking.kinds import printed_instead
from grader.checking.outcomes import ArgumentChanged, Blocked, CheckEnded, CheckFailed, Finding
from grader.checking.proxy import Call, SubmissionProxy
from grader.checking.report import FAULT, CheckResult
from grader.checking.seeds import check_rng
from grader.manifest.course import Exercise, load_course
from grader.wire.show import show


class Desk:
    """What lies before the checks: one submission at a time, and the results so far."""

    def __init__(self) -> None:
        self.proxy: SubmissionProxy | None = None
        self.seed = ""
        self.results: dict[str, CheckResult] = {}
        self.unmet: dict[str, str] = {}  # titles of the checks that did not see right values, by name
        # Of the checks that did not pass, for a diagnosis; of all public ones, for a picture.
        self.calls: dict[str, list[Call]] = {}
        self.findings: dict[str, Finding] = {}  # what explains the numbers that a check saw, by name
        self.faults: list[str] = []
        self.begun = 0.0
        self.hidden_s = 0.0  # that all hidden checks took; of one alone it is not told

    def open(self, proxy: SubmissionProxy, seed: str) -> None:
        """Put a submission on the desk, with a clean sheet."""
        self.proxy, self.seed, self.results, self.calls, self.faults = proxy, seed, {}, {}, []
        self.unmet, self.findings, self.hidden_s = {}, {}, 0.0

    def begin(self, item: pytest.Item) -> None:
        """Begin a check, unless one that it depends on saw no right values."""
        self.begun = time.perf_counter()
        for name in needed_by(item):
            if name in self.unmet:
                raise Blocked(self.unmet[name])

    def submission(self, item: pytest.Item) -> SubmissionProxy:
        """Return what the check calls `submission`."""
        assert self.proxy is not None
        self.proxy.begin_check(is_hidden(item), batched=item.get_closest_marker("batched") is not None)
        return self.proxy

    def rng(self, item: pytest.Item) -> Any:
        """Return what the check calls `rng`."""
        return check_rng(self.seed, item.name)

    def record(self, item: pytest.Item, ending: BaseException | None) -> CheckResult:
        """Note how a check ended; None for passed."""
        name, hidden, points = item.name, is_hidden(item), points_of(item)
        spent_s = time.perf_counter() - self.begun
        outcome, message = "passed", ""
        changes = self.proxy.first_changes() if self.proxy is not None else []
        if ending is not None:
            self.unmet[name] = title_of(item)
        elif changes:
            ending = ArgumentChanged(changes[0].text, changes[0].what_changed())
        elif self.proxy is not None:
            ending = self.proxy.first_misdefined()
        if isinstance(ending, CheckEnded):
            outcome, message = ending.outcome, ending.hidden if hidden else self._public(ending)
            if changes and isinstance(ending, CheckFailed):
                message = f"{message}\n{ArgumentChanged.also}"
            if isinstance(ending, CheckFailed) and ending.finding is not None:
                self.findings[name] = ending.finding
        elif ending is not None:
            outcome, message = "grader_error", FAULT
            self.faults.append(f"{name}: {in_one_line(ending)}")
        result = CheckResult(
            name=name,
            title=title_of(item),
            points=points if outcome == "passed" else 0.0,
            max_points=points,
            outcome=outcome,
            hidden=hidden,
            message=message,
            hint="\n".join(_ladder(item, ending)),
            duration_s=0.0 if hidden else round(spent_s, 3),
        )
        self.hidden_s += spent_s if hidden else 0.0
        self.results[name] = result
        if self.proxy is not None and (outcome != "passed" or not hidden):
            self.calls[name] = self.proxy.calls
        return result

    def _public(self, ending: CheckEnded) -> str:
        if not isinstance(ending, CheckFailed) or self.proxy is None or not self.proxy.calls:
            return ending.public
        answered = [call for call in self.proxy.calls if call.answered]
        whole = next((call for call in answered if call.result is ending.subject), None)
        parts = ((call, place) for call in answered if (place := _place_in(call.result, ending.subject)) is not None)
        call, place = (whole, None) if whole is not None else next(parts, (self.proxy.calls[-1], None))
        if place is not None:
            text = ending.public.replace("What came back is", f"Item {place} of what came back is", 1)
            text = text.replace("  got       ", f"  {f'item {place}':<10}", 1)
            return f"{call.text}\n  returned  {show(call.result)}\n{text}"
        printed = printed_instead(call.printed, ending.expected) if call.answered and call.result is None else ""
        return f"{call.text}\n{ending.public} {printed}".rstrip()


def _place_in(result: Any, subject: Any) -> int | None:
    """Return the place of a value among those of a result, if it is this very one."""
    if isinstance(result, np.ndarray) and isinstance(subject, np.ndarray) and subject.base is result:
        return next((at for at, row in enumerate(result) if row.ctypes.data == subject.ctypes.data), None)
    items = result if isinstance(result, list | tuple) and subject is not None else ()
    return next((at for at, item in enumerate(items) if item is subject), None)


def _ladder(item: pytest.Item, ending: BaseException | None) -> list[str]:
    """Return the hints that fit how a check ended: one about its ending, if there is one, before the check's own."""
    if not isinstance(ending, CheckEnded):
        return []
    return [*filter(None, [ending.hint]), *(hints_of(item) if ending.for_hints else ())]


DESK = pytest.StashKey[Desk]()
GIVEN = {"submission", "rng"}  # what a check may ask for


# What is known of a check does not change, and is asked for with every submission.


@cache
def is_hidden(item: pytest.Item) -> bool:
    return item.path.parent.name == "checks"


@cache
def points_of(item: pytest.Item) -> float:
    marker = item.get_closest_marker("points")
    return float(marker.args[0]) if marker else 0.0


@cache
def hints_of(item: pytest.Item) -> tuple[str, ...]:
    marker = item.get_closest_marker("hint")
    return tuple(marker.args) if marker else ()


@cache
def needed_by(item: pytest.Item) -> tuple[str, ...]:
    """Return the checks without which this one says nothing."""
    return tuple(name for marker in item.iter_markers("depends") for name in marker.args)


@cache
def title_of(item: pytest.Item) -> str:
    """Return the docstring's first line: what the check claims."""
    document = getattr(getattr(item, "function", None), "__doc__", None) or item.name
    return str(document).strip().splitlines()[0]


@cache
def arguments_of(item: pytest.Function) -> tuple[str, ...]:
    code = item.function.__code__
    return tuple(code.co_varnames[: code.co_argcount])


def is_check(item: pytest.Item) -> bool:
    return "submission" in getattr(item, "fixturenames", ())


def with_examples(items: list[pytest.Item], desk: Desk) -> list[pytest.Item]:
    """Return the checks and, after the public ones of each exercise, one for the examples in its docstrings."""
    result: list[pytest.Item] = []
    for module, checks in groupby(items, lambda item: item.parent):
        result += checks
        exercise = load_course().by_slug.get(result[-1].path.stem.removeprefix("test_"))
        if isinstance(module, pytest.Module) and exercise and is_check(result[-1]) and not is_hidden(result[-1]):
            name, check = "test_the_examples_in_the_docstrings", _examples_of(exercise, desk)
            result.append(pytest.Function.from_parent(module, name=name, callobj=check))
    return result


def _examples_of(exercise: Exercise, desk: Desk) -> Callable[[SubmissionProxy], None]:
    def check(submission: SubmissionProxy) -> None:
        """The examples in the docstrings come out as they are shown."""  # noqa: D401  # what the learner reads
        lost = [name for name, result in desk.results.items() if result.outcome != "passed"]
        told = {call.target.origin: name for name in reversed(lost) for call in desk.calls.get(name, ())}
        tried, waiting = examples.try_out(submission, exercise.stub, told)
        if lost and (waiting or not tried):  # then not all come out as they are shown, or nobody knows
            raise Blocked(desk.results[next((told[one] for one in waiting if one in told), lost[0])].title)

    return check


def configure(config: pytest.Config) -> None:
    """Make the markers known, and lay an empty desk."""
    config.addinivalue_line("markers", "points(n): what the check is worth")
    config.addinivalue_line("markers", "hint(first, second, ...): a ladder of hints, each more telling")
    config.addinivalue_line("markers", "depends(name, ...): checks without which this one says nothing")
    config.addinivalue_line("markers", "batched: the answers to its calls are handed to `expect`, and to nothing else")
    config.stash[DESK] = Desk()


class Loop:
    """A pytest session that stays open: its run loop waits for submissions, runs their checks, and waits again.

    Parameters
    ----------
    examine
        Called once when the checks are collected; returns what is wrong with them.
    examples
        Whether the examples in the docstrings are tried too.
    """

    def __init__(self, examine: Callable[[], Exception | None], examples: bool = False) -> None:
        self._examine = examine
        self._examples = examples
        self.desk = Desk()
        self.items: dict[str, list[pytest.Function]] = defaultdict(list)  # by exercise, public before hidden
        self.problems: list[str] = []
        self.todo: SimpleQueue[tuple[SubmissionProxy, str, str] | None] = SimpleQueue()
        self.done: SimpleQueue[BaseException | None] = SimpleQueue()

    def wait(self) -> None:
        """Wait until the session is open, or the submission last put into `todo` is done; raise what went wrong."""
        error = self.done.get()
        if error is not None:
            raise error

    def pytest_configure(self, config: pytest.Config) -> None:
        configure(config)

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        if report.failed:
            text, name = report.longreprtext.strip(), collector.path.name
            lines = re.findall(rf'{re.escape(name)}(?:"?, line |:)(\d+)', text)
            where = f"{name}, line {lines[-1]}" if lines else name
            self.problems.append(f"{where}: {text.splitlines()[-1].removeprefix('E').strip()}")
        return report

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        self.desk = config.stash[DESK]
        for item in with_examples(items, self.desk) if self._examples else items:
            if isinstance(item, pytest.Function) and set(arguments_of(item)) <= GIVEN:
                self.items[item.path.stem.removeprefix("test_")].append(item)
            else:
                self.problems.append(f"{item.name}: a check is a function of `submission`, or of it and `rng`")

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed or self.problems:
            return None  # they could not be collected: pytest ends the session
        self.done.put(self._examine())
        while (task := self.todo.get()) is not None:
            proxy, seed, slug = task
            self.desk.open(proxy, seed)
            for item in self.items[slug]:
                self._run(item)
            self.done.put(None)
        return True

    def _run(self, item: pytest.Function) -> None:
        """Run one check. pytest's own way to a function and back, for fixtures and reports, takes longer than most."""
        given = {"submission": self.desk.submission, "rng": self.desk.rng}
        ending = None
        try:
            self.desk.begin(item)
            item.obj(**{name: given[name](item) for name in arguments_of(item)})
            if self.desk.proxy is not None:
                self.desk.proxy.settle()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # a check of ours that breaks must hold a score, and end no class
            ending = error
        self.desk.record(item, ending)

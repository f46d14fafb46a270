"""The pytest side of checks: fixtures, markers, and how an ending becomes a result.

The same plugin serves two masters. Under `grader`, a `CheckSession` sets the submission on the desk (`Desk.open`) and
takes the results away. Under a learner's own `pytest exercises/02_update_rule`, the `submission` fixture opens the file
beside the check by itself, and pytest reports what `grader check` would say.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Generator
from functools import cache
from itertools import groupby
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import pytest

from grader import examples
from grader.comfort import Comfort, in_one_line
from grader.course import CourseError, Exercise, load_course
from grader.dynamics import describe
from grader.kinds import printed_instead
from grader.outcomes import ArgumentChanged, Blocked, CheckEnded, CheckFailed, Finding
from grader.proxy import Call, SubmissionProxy
from grader.report import FAULT, CheckResult
from grader.sandbox import Unlocked
from grader.sandbox.forked import Forked, own_sandbox
from grader.seeds import check_rng, learner_seed
from grader.submission import Submission


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
        self.failures: dict[str, pytest.TestReport] = {}  # of a learner's own `pytest`, which shows them at its end
        self.begun = 0.0
        self.hidden_s = 0.0  # that all hidden checks took; of one alone it is not told

    def open(self, proxy: SubmissionProxy, seed: str) -> None:
        """Put a submission on the desk, with a clean sheet."""
        self.proxy, self.seed, self.results, self.calls, self.faults = proxy, seed, {}, {}, []
        self.unmet, self.findings, self.failures, self.hidden_s = {}, {}, {}, 0.0

    def begin(self, item: pytest.Item) -> None:
        """Begin a check, unless one that it depends on saw no right values."""
        self.begun = time.perf_counter()
        for name in needed_by(item):
            if name in self.unmet:
                raise Blocked(self.unmet[name])

    def submission(self, item: pytest.Item) -> SubmissionProxy:
        """Return what the check calls `submission`."""
        assert self.proxy is not None
        self.proxy.begin_check(is_hidden(item))
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

    def explain(self, slug: str) -> None:
        """Add to the failures what all checks of an exercise together tell of the reason, as `grader check` says it."""
        results = tuple(self.results.values())
        for result in Comfort().make("dynamics", lambda: describe(slug, results, self.calls, self.findings), results):
            if result.diagnosis and result.name in self.failures:
                self.failures[result.name].longrepr = in_words(result)

    def _public(self, ending: CheckEnded) -> str:
        if not isinstance(ending, CheckFailed) or self.proxy is None or not self.proxy.calls:
            return ending.public
        call = next(
            (call for call in self.proxy.calls if call.answered and call.result is ending.subject), self.proxy.calls[-1]
        )
        printed = printed_instead(call.printed, ending.expected) if call.answered and call.result is None else ""
        return f"{call.text}\n{ending.public} {printed}".rstrip()


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


def in_words(result: CheckResult) -> str:
    """Return what a learner's own `pytest` shows of a check that did not pass."""
    hint = result.hint.partition("\n")[0]
    parts = (result.message, f"perhaps: {result.diagnosis}" * bool(result.diagnosis), f"hint: {hint}" * bool(hint))
    return "\n\n".join([result.title, *filter(None, parts)])


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
        told = {call.target.origin for name in lost for call in desk.calls.get(name, ())}
        if not examples.try_out(submission, exercise.stub, told) and lost:
            raise Blocked(desk.results[lost[0]].title)

    return check


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # In a learner's own `pytest`; a `Loop` has its own list. Who names single checks wants these alone.
    loop = any(isinstance(plugin, Loop) for plugin in config.pluginmanager.get_plugins())
    if not loop and not any("::" in argument for argument in config.args):
        items[:] = with_examples(items, config.stash[DESK])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "points(n): what the check is worth")
    config.addinivalue_line("markers", "hint(first, second, ...): a ladder of hints, each more telling")
    config.addinivalue_line("markers", "depends(name, ...): checks without which this one says nothing")
    config.stash[DESK] = Desk()


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> SubmissionProxy:
    """Give the learner's module: calls go to the sandbox, plain data comes back."""
    desk = request.config.stash[DESK]
    if desk.proxy is None:
        desk.open(*request.getfixturevalue("_beside"))
    return desk.submission(request.node)


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> Any:
    """Give random inputs: different for each learner, the same at every regrade."""
    return request.config.stash[DESK].rng(request.node)


@pytest.fixture(scope="session")
def _sandbox() -> Generator[Forked | Unlocked, None, None]:
    # On a learner's own machine their own code needs no lock, only the time limit.
    try:
        sandbox = own_sandbox(load_course().limits)
    except CourseError as error:
        pytest.fail(str(error), pytrace=False)
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="module")
def _beside(
    request: pytest.FixtureRequest, _sandbox: Forked | Unlocked
) -> Generator[tuple[SubmissionProxy, str], None, None]:
    from grader.collect import read_one

    exercise = load_course().find(Path(request.path).stem)
    own: Submission = read_one(request.path.parent, "you", exercise)
    if own.fault:
        raise CourseError(own.fault)
    session = _sandbox.open(exercise.slug, own.cells, own.others)
    yield SubmissionProxy(own, session), learner_seed("", "you", exercise.slug)
    session.close()
    desk = request.config.stash[DESK]
    desk.explain(exercise.slug)
    desk.proxy = None


def pytest_runtest_setup(item: pytest.Item) -> None:
    item.config.stash[DESK].begin(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport | None:
    if not is_check(item) or call.when == "collect":
        return None
    ending = call.excinfo.value if call.excinfo is not None else None
    text, failed = "", False
    if ending is not None or call.when == "call":
        result = item.config.stash[DESK].record(item, ending)
        text = in_words(result)
        if result.outcome == "grader_error":
            return None  # pytest's own report, with a traceback for those who mend it
        failed = result.outcome != "passed"
    # Made here, because pytest's own way looks for a traceback's source lines, which a learner's message replaces.
    report = pytest.TestReport(item.nodeid, item.location, {}, "passed", None, call.when)
    report.duration = call.duration
    if isinstance(ending, Blocked):
        report.outcome, report.longrepr = "skipped", (str(item.path), 0, text)
    elif failed:
        report.outcome, report.longrepr = "failed", text
        item.config.stash[DESK].failures[item.name] = report
    return report


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

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(f"{report.nodeid}: {report.longreprtext.strip().splitlines()[-1]}")

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
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # a check of ours that breaks must hold a score, and end no class
            ending = error
        self.desk.record(item, ending)

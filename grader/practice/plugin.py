"""A learner's own `pytest`: the checks run on the file beside them, and their endings are told as `grader check` tells them.

pytest finds this plugin by its entry point, in a kit as in a checkout.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from grader.checking.comfort import Comfort
from grader.checking.outcomes import Blocked, NotReadable
from grader.checking.plugin import DESK, Desk, Loop, configure, is_check, with_examples
from grader.checking.proxy import SubmissionProxy
from grader.checking.report import CheckResult
from grader.checking.seeds import learner_seed
from grader.collect.submission import Submission
from grader.diagnosis.asking import asked
from grader.diagnosis.dynamics import depending, describe
from grader.manifest.course import CourseError, load_course
from grader.sandbox import Session, Unlocked
from grader.sandbox.forked import Forked, own_sandbox

FAILURES = pytest.StashKey[dict[str, pytest.TestReport]]()  # of the exercise under way, which are told at its end
UNREADABLE = pytest.StashKey[str]()  # why a file cannot be run, which is said once


def pytest_configure(config: pytest.Config) -> None:
    configure(config)
    config.stash[FAILURES], config.stash[UNREADABLE] = {}, ""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # A `Loop` has its own list. Who names single checks wants these alone.
    loop = any(isinstance(plugin, Loop) for plugin in config.pluginmanager.get_plugins())
    if not loop and not any("::" in argument for argument in config.args):
        items[:] = with_examples(items, config.stash[DESK])


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
    from grader.collect.choosing import read_one

    exercise = load_course().find(Path(request.path).stem)
    own: Submission = read_one(request.path.parent, "you", exercise)
    if own.fault:
        raise CourseError(own.fault)
    session = _sandbox.open(exercise.slug, own.cells, own.others)
    yield SubmissionProxy(own, session), learner_seed("", "you", exercise.slug)
    session.close()
    desk = request.config.stash[DESK]
    _explain(own, session, desk, request.config.stash[FAILURES])
    request.config.stash[UNREADABLE] = ""
    desk.proxy = None


def _explain(own: Submission, session: Session, desk: Desk, failures: dict[str, pytest.TestReport]) -> None:
    """Add to the failures what all checks of an exercise together tell of the reason."""
    results = tuple(desk.results.values())
    uses = desk.proxy.uses if desk.proxy is not None else lambda _name: set[str]()

    comfort = Comfort()
    answers = asked(own, session, results, desk.calls, uses, comfort)

    def explained() -> tuple[CheckResult, ...]:
        return depending(describe(own.exercise, results, desk.calls, desk.findings, answers), desk.calls, uses)

    for result in comfort.make("dynamics", explained, results):
        if result.diagnosis and result.name in failures:
            failures[result.name].longrepr = _in_words(result)
    failures.clear()


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
        text = _in_words(result)
        if isinstance(ending, NotReadable):
            if str(ending) == item.config.stash[UNREADABLE]:
                text = f"{result.title}\n\nYour file cannot be run: the first failure says why."
            item.config.stash[UNREADABLE] = str(ending)
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
        item.config.stash[FAILURES][item.name] = report
    return report


def _in_words(result: CheckResult) -> str:
    hint = result.hint.partition("\n")[0]
    parts = (result.message, f"perhaps: {result.diagnosis}" * bool(result.diagnosis), f"hint: {hint}" * bool(hint))
    return "\n\n".join([result.title, *filter(None, parts)])

"""Every attack of `tests/attacks`, handed in beside innocents and graded as a class would be.

An attack is judged against the same wrong code without it: it gains nothing, harms nothing, tells nothing.
"""

import html.parser
import os
import platform
import re
from collections.abc import Iterator

import pytest
from grader.course import load_course

from tests.attacks_class import canaries, ordinary_user
from tests.attacks_class.corpus import REQUIREMENTS, Attack, corpus
from tests.attacks_class.run import CLASSMATE, CONTROLS, ClassRun

ATTACKS = corpus()
GRADERS = ["root", "an ordinary user"] if os.geteuid() == 0 else ["an ordinary user"]
INPUT = re.compile(r"INPUT-MARKER (now|earlier) ([0-9a-f]{8}:\d+)")
PAYLOAD = "attack_payload"
LONGEST_TEXT = 20_000  # characters of one text of a report: more is no longer read
SUBMISSION_TIMEOUT_S = load_course().limits.submission_timeout_s
ESCAPES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

pytestmark = pytest.mark.skipif(platform.machine() != "x86_64", reason="the attacks name system calls by x86-64 numbers")


@pytest.fixture(scope="module", params=GRADERS)
def graded(request: pytest.FixtureRequest) -> Iterator[ClassRun]:
    """The class, graded once by each kind of user."""
    try:
        other_user = os.geteuid() == 0 and request.param != "root"
        installation = ordinary_user.ordinary() if other_user else ordinary_user.own()
    except ordinary_user.Unavailable as reason:
        pytest.skip(str(reason))
    run = ClassRun(ATTACKS, installation)
    try:
        yield run.run()
    finally:
        run.remove()
        installation.remove()


each_attack = pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)


def test_the_class_is_graded_to_its_end(graded):
    assert graded.exit_status == 0, graded.console
    assert {row["status"] for row in graded.grades.values()} == {"graded", "missing"}


def test_the_console_shows_no_traceback_no_escape_and_no_secret(graded):
    assert "Traceback" not in graded.console
    assert not ESCAPES.search(graded.console)
    assert "LEAK:" not in graded.console
    assert not INPUT.search(graded.console)


def test_the_courses_secret_is_in_no_file(graded):
    files = [path for path in graded.out.rglob("*") if path.is_file() and ".grader" not in path.parts]
    assert files
    assert not [path for path in files if graded.secret.encode() in path.read_bytes()]


def test_identical_submissions_have_seeds_of_their_own(graded):
    learners = [attack.next_learner for attack in ATTACKS if attack.exercise == "update_rule"]
    seeds = {graded.report(learner, "update_rule")["seed"] for learner in learners}
    assert len(seeds) == len(learners)


def test_nothing_outlives_the_run(graded):
    assert graded.left == []


def test_a_leak_would_be_found(graded):
    for learner in CONTROLS:
        text = f"{graded.report(learner, 'update_rule')}{graded.page(learner, 'update_rule')}"
        assert "LEAK: control" in text or INPUT.search(text)


@each_attack
def test_an_attack_gains_nothing(graded, attack):
    assert graded.grades[attack.learner, attack.exercise]["status"] == "graded"
    baseline = graded.score(attack.baseline_learner, attack.exercise)
    assert graded.score(attack.learner, attack.exercise) <= baseline < 5


@each_attack
def test_its_checks_end_as_the_attack_says(graded, attack):
    checks = graded.report(attack.learner, attack.exercise)["checks"]
    assert {check["outcome"] for check in checks} <= attack.outcomes


@each_attack
def test_its_time_is_limited(graded, attack):
    report = graded.report(attack.learner, attack.exercise)
    assert report["duration_s"] < 1.5 * SUBMISSION_TIMEOUT_S  # the rest is our own arithmetic


@each_attack
def test_its_victims_are_unharmed(graded, attack):
    assert graded.harm[attack.name] == []


@each_attack
def test_the_learner_after_it_has_full_marks(graded, attack):
    assert graded.score(attack.next_learner, attack.exercise) == 10


@each_attack
def test_it_tells_nothing(graded, attack):
    report, page = graded.report(attack.learner, attack.exercise), graded.page(attack.learner, attack.exercise)
    assert "LEAK:" not in f"{report}{page}"
    hidden = [check for check in report["checks"] if check["hidden"]]
    assert hidden
    assert not INPUT.search(str(hidden))
    shown = str([report["output"], *[check for check in report["checks"] if not check["hidden"]]])
    public_calls = {call for when, call in INPUT.findall(shown) if when == "now"}
    assert {call for _, call in INPUT.findall(f"{report}{page}")} <= public_calls


@each_attack
def test_its_text_reaches_readers_as_text(graded, attack):
    report, page = graded.report(attack.learner, attack.exercise), graded.page(attack.learner, attack.exercise)
    assert not [text for text in texts(report) if ESCAPES.search(text)]
    assert max(map(len, texts(report))) < LONGEST_TEXT
    assert not ESCAPES.search(page)
    reader = Reader()
    reader.feed(page)
    assert reader.live == []


def texts(data):
    """Yield every string in a report."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from texts(item)


class Reader(html.parser.HTMLParser):
    """Reads a page as a browser would, and collects the attacks' payload where it would be more than text."""

    def __init__(self):
        super().__init__()
        self.live = []
        self._tag = ""

    def handle_starttag(self, tag, attributes):
        self._tag = tag
        if tag in ("script", "iframe", "svg") or PAYLOAD in str(attributes):
            self.live.append(self.get_starttag_text())

    def handle_comment(self, data):
        self.live += [data] if PAYLOAD in data else []

    def handle_data(self, data):
        self.live += [data] if self._tag == "style" and PAYLOAD in data else []


def test_the_page_reader_finds_live_html():
    reader = Reader()
    reader.feed(f"<p>{PAYLOAD}()</p><script>{PAYLOAD}()</script><b title='{PAYLOAD}'></b><!--{PAYLOAD}-->")
    assert len(reader.live) == 3


def test_every_requirement_is_attacked():
    attacked = {words for attack in ATTACKS for words in attack.requirement}
    assert attacked == {words for group in REQUIREMENTS.values() for words in group}

"""Every attack of `tests/attacks`, handed in beside innocents and graded as a class would be.

An attack is judged against the same wrong code without it: it gains nothing, harms nothing, tells nothing.
"""

import csv
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.checking.outcomes import UNWRITTEN_PART
from grader.manifest.course import load_course
from tests.attacks_class import canaries, hand_ins, ordinary_user
from tests.attacks_class.corpus import REQUIREMENTS, corpus
from tests.attacks_class.reading import PAYLOAD, Reader, texts
from tests.attacks_class.run import CONTROLS, ClassRun, grade, make_folder, solution

ATTACKS = corpus()
# Who grades, and which attacks. What the system must withstand is tried with either user; what comes over the wire or is
# written into a report is the same for both.
GRADERS = {"an ordinary user": ATTACKS}
if os.geteuid() == 0:
    GRADERS = {"root": ATTACKS, "an ordinary user": [attack for attack in ATTACKS if attack.is_on_the_system]}
CLASSMATES = {"root": 300, "an ordinary user": 300 if len(GRADERS) == 1 else 100}
INPUT = re.compile(r"INPUT-MARKER (now|earlier) ([0-9a-f]{8}:\d+)")
LONGEST_TEXT = 20_000  # characters of one text of a report: more is no longer read
LIMITS = load_course().limits
ESCAPES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

pytestmark = pytest.mark.skipif(
    platform.machine() != "x86_64", reason="the attacks name system calls by x86-64 numbers"
)


@pytest.fixture(scope="module")
def graded_by() -> Iterator[Callable[[str], ClassRun]]:
    """Give the class as one kind of user has graded it: each does it once, when it is asked for first."""
    runs: dict[str, ClassRun] = {}

    def run(grader: str) -> ClassRun:
        if grader not in runs:
            try:
                other_user = os.geteuid() == 0 and grader != "root"
                installation = ordinary_user.ordinary() if other_user else ordinary_user.own()
            except ordinary_user.Unavailable as reason:
                pytest.skip(str(reason))
            runs[grader] = ClassRun(GRADERS[grader], installation, CLASSMATES[grader])
            runs[grader].run()
        return runs[grader]

    yield run
    for one in runs.values():
        one.remove()
        one.installation.remove()


@pytest.fixture(params=GRADERS)
def graded(request: pytest.FixtureRequest, graded_by: Callable[[str], ClassRun]) -> ClassRun:
    """The class, graded by each kind of user."""
    return graded_by(request.param)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder to grade in, which any user may be given."""
    made = make_folder("attacks-folder-")
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def compiled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of compiled modules for runs in which nobody attacks."""
    return tmp_path_factory.mktemp("compiled")


each_attack = pytest.mark.parametrize(
    ("graded", "attack"),
    [pytest.param(grader, attack, id=f"{grader}-{attack.name}") for grader in GRADERS for attack in GRADERS[grader]],
    indirect=["graded"],
)


def test_the_class_is_graded_to_its_end(graded):
    assert graded.exit_status == 0, graded.console
    assert {row["status"] for row in graded.grades.values()} == {"graded", "missing"}


def test_every_other_learners_report_is_that_of_a_class_without_attackers(graded):
    alone = graded.without_attackers()
    try:
        assert alone.exit_status == 0, alone.console
        assert len(alone.classmates_reports()) == graded.classmates
        assert graded.classmates_reports() == alone.classmates_reports()
    finally:
        alone.remove()


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
    learners = [attack.next_learner for attack in graded.attacks if attack.exercise == "update_rule"]
    seeds = {graded.report(learner, "update_rule")["seed"] for learner in learners}
    assert len(seeds) == len(learners)


def test_every_report_names_the_lock_it_was_made_under(graded):
    for attack in graded.attacks:
        lock = graded.report(attack.learner, attack.exercise)["sandbox"]
        assert "landlock" in lock
        assert "seccomp" in lock


def test_nothing_outlives_the_run(graded):
    assert graded.left == []


def test_a_leak_would_be_found(graded):
    for learner in CONTROLS:
        text = f"{graded.report(learner, 'update_rule')}{graded.said(learner, 'update_rule')}"
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
    # Beyond what it may make us wait there is only our own arithmetic, which no answer may stretch.
    assert report["duration_s"] < LIMITS.submission_timeout_s + LIMITS.call_timeout_s


@each_attack
def test_its_victims_are_unharmed(graded, attack):
    assert graded.harm[attack.name] == []


@each_attack
def test_the_learner_after_it_has_full_marks(graded, attack):
    assert graded.score(attack.next_learner, attack.exercise) == 10


@each_attack
def test_it_tells_nothing(graded, attack):
    report, page = graded.report(attack.learner, attack.exercise), graded.said(attack.learner, attack.exercise)
    assert "LEAK:" not in f"{report}{page}"
    hidden = [check for check in report["checks"] if check["hidden"]]
    assert hidden
    assert not INPUT.search(str(hidden))
    shown = str([report["output"], *[check for check in report["checks"] if not check["hidden"]]])
    public_calls = {call for when, call in INPUT.findall(shown) if when == "now"}
    assert {call for _, call in INPUT.findall(f"{report}{page}")} <= public_calls


@each_attack
def test_its_verdict_is_explained_like_any_other(graded, attack):
    assert "left_out" not in graded.report(attack.learner, attack.exercise)


@each_attack
def test_hidden_checks_tell_one_family_of_exceptions_for_each_function(graded, attack):
    """By the choice of exceptions a hand-in can tell no more than the first of each function of the contract."""
    hidden = [check for check in graded.report(attack.learner, attack.exercise)["checks"] if check["hidden"]]
    told = [check["message"] for check in hidden if check["outcome"] == "error"]
    families = [
        message for message in told if not message.startswith("Here too") and not message.startswith(UNWRITTEN_PART)
    ]
    functions = solution(ordinary_user.ROOT, attack.exercise).read_text(encoding="utf-8").count("\ndef ")
    loading = [
        message for message in families if not message.startswith("Your code raised")
    ]  # told to all checks alike
    assert len(set(loading)) <= 1
    assert len(families) - len(loading) <= functions


@each_attack
def test_hidden_checks_tell_no_time(graded, attack):
    hidden = [check for check in graded.report(attack.learner, attack.exercise)["checks"] if check["hidden"]]
    assert {check["duration_s"] for check in hidden} == {0}
    assert not [check for check in hidden if re.search(r"\d s\b", check["message"])]


@each_attack
def test_its_text_reaches_readers_as_text(graded, attack):
    report, page = graded.report(attack.learner, attack.exercise), graded.page(attack.learner, attack.exercise)
    assert not [text for text in texts(report) if ESCAPES.search(text)]
    assert max(map(len, texts(report))) < LONGEST_TEXT
    assert not ESCAPES.search(page)
    reader = Reader()
    reader.feed(page)
    assert reader.live == []


def test_the_page_reader_finds_live_html():
    reader = Reader()
    reader.feed(f"<p>{PAYLOAD}()</p><script>{PAYLOAD}()</script><b title='{PAYLOAD}'></b><!--{PAYLOAD}-->")
    assert len(reader.live) == 3


@pytest.mark.parametrize(
    "live",
    [
        "<svg onload='f()'/>",
        "<svg><script>f()</script></svg>",
        "<svg><image href='https://example.org/x.png'/></svg>",
        "<svg><a xlink:href='javascript:f()'>x</a></svg>",
        "<svg><foreignObject><p>x</p></foreignObject></svg>",
        "<img src='x.svg'>",
    ],
)
def test_the_page_reader_finds_what_could_act_in_a_picture(live):
    reader = Reader()
    reader.feed(f"<svg><path d='M0 0'/><text>f()</text></svg>{live}")
    assert len(reader.live) == 1


def test_every_requirement_is_attacked():
    attacked = {words for attack in ATTACKS for words in attack.requirement}
    assert attacked == {words for group in REQUIREMENTS.values() for words in group}


@pytest.mark.parametrize(
    "change",
    [
        lambda target: target.chmod(0o600),
        lambda target: os.utime(target, (0, 0)),
        lambda target: target.write_text("changed"),
        lambda target: os.setxattr(target, "user.attack", b"1"),
        lambda target: target.unlink(),
        lambda target: target.with_name("new.txt").symlink_to(target),
    ],
)
def test_a_change_of_a_canary_is_noticed(folder, change):
    canaries.make_folder(folder / "canary")
    before = canaries.look_at_folder(folder / "canary")
    assert canaries.look_at_folder(folder / "canary") == before
    change(folder / "canary" / "target.txt")
    assert canaries.look_at_folder(folder / "canary") != before


def test_a_change_of_a_process_is_noticed():
    with canaries.start_process(None) as process:
        alive = canaries.look_at_process(process)
        os.setpriority(os.PRIO_PROCESS, process.pid, 19)
        slow = canaries.look_at_process(process)
        process.kill()
        process.wait()
        assert alive["state"] == slow["state"] == "alive"
        assert alive != slow != canaries.look_at_process(process)


def test_a_process_that_outlives_its_parent_is_noticed():
    with canaries.Orphans() as orphans:
        subprocess.run(["sh", "-c", "sleep 30 &"], check=True)
        assert orphans.collect(patience_s=0.1) == ["sleep 30 "]


def test_hostile_names_and_files_stop_nobody(folder):
    right = hand_ins.hand_in(folder / "class", solution(ordinary_user.ROOT, hand_ins.EXERCISE).read_bytes())
    before = {path for path in folder.rglob("*") if path.name not in ("out", "cache")}
    done = grade(folder, ordinary_user.own(), "secret")
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stdout
    assert not ESCAPES.search(done.stdout)
    assert before == {path for path in folder.rglob("*") if not {"out", "cache"} & set(path.parts)}
    with (folder / "out" / "grades.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert {len(row) for row in rows} == {5}
    assert not [row for row in rows if not row[0].isprintable() or row[0].startswith(("=", "+", "-", "@"))]
    assert {row[4] for row in rows} == {"graded", "missing"}
    scores = {row[0]: row[2] for row in rows if row[1] == hand_ins.EXERCISE}
    assert scores[hand_ins.HONEST] == "10"
    assert sorted(scores.values()).count("10") == right
    assert set(scores.values()) <= {"10", "0", ""}
    for page in (folder / "out" / "feedback").rglob("*.html"):
        reader = Reader()
        reader.feed(page.read_text(encoding="utf-8"))
        assert reader.live == []


@pytest.mark.parametrize(
    "call",
    [
        "landlock_create_ruleset",
        "landlock_restrict_self",
        "seccomp",
        "prctl(PR_SET_SECCOMP)",
        "prlimit64",
        "pidfd_open",
        "pidfd_send_signal",
        "setresuid",
    ],
)
def test_where_the_kernel_gives_less_nobody_is_graded(folder, compiled_once, call):
    if call == "setresuid" and os.geteuid() != 0:
        pytest.skip("only root changes the user")
    (folder / "class" / "learner-001").mkdir()
    shutil.copy(solution(ordinary_user.ROOT, "update_rule"), folder / "class" / "learner-001")
    lacking = Path(hand_ins.__file__).with_name("lacking.py")
    done = grade(folder, ordinary_user.own(), "secret", through=(sys.executable, lacking, call), cache=compiled_once)
    assert done.returncode == 2, done.stdout
    assert "Traceback" not in done.stdout
    assert not (folder / "out" / "grades.csv").exists()

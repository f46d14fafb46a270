"""A call that runs out of time: where it was, and what it had printed, in public checks and by the learner's leave."""

import pytest

from grader.checking.outcomes import NoAnswer
from grader.checking.proxy import LAST_LINES, SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.manifest.course import Limits
from grader.sandbox import Sandbox, Unlocked

LIMITS = Limits(call_timeout_s=0.5, submission_timeout_s=60.0, memory_mib=256, output_kib=1)


@pytest.fixture(scope="module", params=["locked", "unlocked"])
def sandbox(request):
    sandbox = Sandbox(LIMITS) if request.param == "locked" else Unlocked(LIMITS, shared=False)
    sandbox.wait_until_ready()
    yield sandbox
    sandbox.close()


@pytest.fixture
def ended(sandbox):
    """Give a function that hands in a module and returns how a call of its `bad` ends."""
    sessions = []

    def ended(source, hidden=False):
        cells = (Cell("toy.py", source),)
        session = sandbox.open("toy", cells)
        sessions.append(session)
        proxy = SubmissionProxy(Submission("a", "a", "toy", cells), session)
        proxy.begin_check(hidden)
        with pytest.raises(NoAnswer) as ending:
            proxy.bad(1.0)
        assert ending.value.outcome == "timeout"
        assert proxy.good() == 1, "the next call is answered"
        return ending.value

    yield ended
    for session in sessions:
        session.close()


GOOD = "def good(): return 1\n"
ENDLESS = GOOD + "def bad(x):\n    while x > 0:\n        x = x + 1\n        print('x is', x)\n        y = x\n"


def test_an_endless_loop_is_told_by_its_line_with_the_last_lines_that_it_printed(ended):
    public = ended(ENDLESS).public.splitlines()
    assert public[1].startswith("There was no answer after 0.5 s")
    assert public[2] == "  at        toy.py, line 3: while x > 0:"
    assert len(public) == 3 + LAST_LINES
    assert public[3].startswith("  printed   x is ")
    told = [float(line.split()[-1]) for line in public[3:]]
    assert told == [told[0] + step for step in range(LAST_LINES)]
    assert told[0] > LIMITS.output_kib * 1024 / len("x is 10.0"), "the last ones, not the first"


def test_where_there_is_no_loop_the_line_itself_is_told(ended):
    public = ended(GOOD + "import time\ndef bad(x):\n    print('asleep')\n    time.sleep(9)\n").public
    assert "  at        toy.py, line 5: time.sleep(9)\n  printed   asleep" in public


def test_a_hidden_check_says_nothing_of_it(ended):
    ending = ended(ENDLESS, hidden=True)
    assert ending.hidden == "There was no answer in time: is there an endless loop?"
    assert "line 3" not in ending.public
    assert "x is" not in ending.public


@pytest.mark.parametrize(
    "way",
    [
        "    import signal\n    signal.signal(signal.SIGUSR1, signal.SIG_IGN)\n    while True: pass",
        "    sum(range(10**13))",
    ],
)
def test_who_does_not_let_it_speak_is_ended_all_the_same(ended, way):
    public = ended(f"{GOOD}def bad(x):\n{way}\n").public
    assert "There was no answer" in public
    assert "  at  " not in public


def test_what_it_says_is_a_claim_and_made_harmless(ended):
    source = GOOD + (
        "import signal\n"
        "class Claim(BaseException): pass\n"
        "def lie(*_):\n    exec(compile('\\n' * 98 + 'raise Claim', 'toy.py', 'exec'))\n"
        "def bad(x):\n    signal.signal(signal.SIGUSR1, lie)\n    print('\\x1b[31mred' * 50)\n    while True: pass\n"
    )
    public = ended(source).public
    assert "line 99" not in public
    assert "\x1b" not in public
    assert max(map(len, public.splitlines())) < 200

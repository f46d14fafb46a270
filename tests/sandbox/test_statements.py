"""A module is loaded statement by statement: what fails costs itself, and the learner is told of it first."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from grader.checking.outcomes import CheckEnded, NotReadable
from grader.checking.proxy import SubmissionProxy
from grader.collect.submission import Cell, Submission
from grader.manifest.course import load_course
from grader.sandbox import Sandbox, Session, Unanswered, Unlocked, stand_ins
from grader.sandbox.frames import DeadlinePassed, WorkerDied
from grader.sandbox.inprocess import InProcess
from grader.sandbox.loading import MAX_ATTEMPTS

LIMITS = replace(load_course().limits, statement_timeout_s=0.3, loading_timeout_s=5.0)
GOOD = "def update(x):\n    return x + 1\n"
VERSION = "graded with Python 3.11"


def loaded(*sources, session=None):
    """Return a learner's module, seen from a check, and what is told of it first; of several cells for a notebook."""
    label = "update_rule.py" if len(sources) == 1 else "update_rule.ipynb, cell {}"
    cells = tuple(Cell(label.format(number), source) for number, source in enumerate(sources, 1))
    proxy = SubmissionProxy(Submission("a", "a", "update_rule", cells), session or InProcess("update_rule", cells))
    with nullcontext() if session else stand_ins.installed():  # a worker of the sandbox has them anyway
        proxy.load()
    return proxy, list(proxy.notes())


@pytest.fixture(scope="module")
def sandbox():
    sandbox = Sandbox(LIMITS)
    sandbox.wait_until_ready()
    yield sandbox
    sandbox.close()


@pytest.fixture
def locked(sandbox):
    """Return a function that loads a script under the lock."""
    sessions = []

    def load(source):
        session = sandbox.open("update_rule", (Cell("update_rule.py", source),))
        sessions.append(session)
        return *loaded(source, session=session), session

    yield load
    for session in sessions:
        session.close()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (f"1 / 0\n{GOOD}", "line 1 stopped with ZeroDivisionError: division by zero"),
        (f"{GOOD}raise SystemExit\n", "line 3 stopped with SystemExit"),
        (f"{GOOD}exit()\n", "line 3 stopped with SystemExit"),
        (f"quit(1)\n{GOOD}", "line 1 stopped with SystemExit: 1"),
        (f"{GOOD}raise KeyboardInterrupt\n", "line 3 stopped with KeyboardInterrupt"),
        (f"input('epochs? ')\n{GOOD}", "line 1 stopped with EOFError: nobody can type while your work is graded"),
        (
            f"for i in range(3):\n    x = 1\n    y = [][i]\n{GOOD}",
            "line 3 stopped with IndexError: list index out of range",
        ),
        (f"def f():\n    return 1 / 0\n{GOOD}f()\n", "line 5 stopped with ZeroDivisionError"),
        (f"x = 1; y = 1 / 0; z = 2\n{GOOD}", "line 1 stopped with ZeroDivisionError"),
        (f"@missing\ndef f(): pass\n{GOOD}", "line 1 stopped with NameError"),
        (
            f"import scipy.optimize as so\n{GOOD}",
            "line 1 stopped with ModuleNotFoundError: scipy is not available when",
        ),
        (f"from helpers import f\n{GOOD}", "line 1 stopped with ModuleNotFoundError: helpers is not available when"),
        (
            f"{GOOD}def later():\n    raise NotImplementedError('later')\nlater()",
            "line 5 stopped with NotImplementedError",
        ),
    ],
)
def test_a_statement_that_fails_costs_itself_and_is_told_first(source, told):
    proxy, notes = loaded(source)
    assert proxy.update(1) == 2
    assert len(notes) == 1
    assert notes[0].startswith(f"update_rule.py, {told}")
    assert notes[0].endswith("; your functions were graded without it")


@pytest.mark.parametrize(
    "source",
    [
        GOOD,
        f"import sys, os, math\nfrom math import pi, e\n{GOOD}",
        f"try:\n    import scipy\nexcept ImportError:\n    scipy = None\n{GOOD}",
        f"if __name__ == '__main__':\n    1 / 0\n{GOOD}",
        f"'the module'\n{GOOD}'a text in between'\n",
        f"from __future__ import annotations\nx: nothing = 1\n{GOOD}",
        f"def f():\n    import scipy\n{GOOD}",
    ],
)
def test_of_a_module_that_runs_nothing_is_told(source):
    proxy, notes = loaded(source)
    assert (proxy.update(1), notes) == (2, [])


def test_a_cell_keeps_what_stands_beside_the_statement_that_fails():
    proxy, notes = loaded("import numpy as np\n1 / 0\n" + GOOD, "x = 2", "y = (")
    assert proxy.update(1) == 2
    assert notes[0].startswith("update_rule.ipynb, cell 1, line 2 stopped with ZeroDivisionError")
    assert "cell 3" in notes[1]
    assert VERSION in notes[1]


@pytest.mark.parametrize(
    "source",
    [f"{GOOD}print 'x'\n", f"{GOOD}return 1\n", f"{GOOD}x = (\n", f"{GOOD}from __future__ import annotations\n"],
)
def test_a_script_that_is_no_python_is_not_run_and_the_version_is_named(source):
    with pytest.raises(NotReadable, match=VERSION) as ending:
        loaded(source)
    assert "SyntaxError" in ending.value.public
    assert "line 3" in ending.value.public


def test_an_error_of_syntax_while_it_runs_is_an_exception_as_any_other():
    proxy, notes = loaded(f"eval('1 +')\n{GOOD}")
    assert proxy.update(1) == 2
    assert "line 1 stopped with SyntaxError" in notes[0]


def test_what_several_imports_in_one_line_bring_is_lost_one_by_one():
    proxy, notes = loaded(
        "import math, scipy, os\nfrom math import pi, nothing, e\ndef update(x): return math.pi + e + pi * 0 + bool(os)"
    )
    assert proxy.update(1) == pytest.approx(6.86, abs=0.01)
    assert [note.partition(" stopped")[0] for note in notes] == ["update_rule.py, line 1", "update_rule.py, line 2"]


def test_a_name_that_is_missing_later_names_the_statement_that_was_to_bring_it():
    proxy, _ = loaded(
        "from scipy import optimize\n\ndef update(x):\n    return optimize.minimize(x)\n\ndef other(x):\n    return optimise\n"
    )
    with pytest.raises(CheckEnded, match=r"it would come from update_rule.py, line 1, which was left out"):
        proxy.update(1)
    with pytest.raises(CheckEnded) as ending:
        proxy.other(1)
    assert "left out" not in ending.value.public


def test_a_function_that_is_missing_names_the_statement_that_was_to_make_it():
    proxy, _ = loaded("from numba import njit\n@njit\ndef update(x): return x\n")
    with pytest.raises(CheckEnded, match=r"(?s)no function `update`.*line 2 stopped with NameError"):
        proxy.update(1)


def test_of_many_statements_that_fail_the_first_are_told():
    notes = loaded("1 / 0\n" * 60 + GOOD)[1]
    assert len(notes) == 6
    assert notes[-1] == "45 more of your statements were left out like these"


def test_what_fails_for_want_of_what_was_left_out_is_told_in_one_line():
    notes = loaded("import pandas as pd\nx = pd.read_csv('a')\nprint(x)\nz = w\n" + GOOD)[1]
    assert len(notes) == 3
    assert notes[0].startswith("update_rule.py, line 1 stopped with ModuleNotFoundError: pandas")
    assert notes[1].startswith("update_rule.py, line 4 stopped with NameError: name 'w' is not defined;")
    assert notes[2] == (
        "left out too, for want of what those would have made: update_rule.py, line 2; update_rule.py, line 3"
    )


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("while True: pass", "line 3 was stopped after 0.3 s (an endless loop"),
        ("import time; time.sleep(60)", "line 3 was stopped after 0.3 s"),
        ("import os; os._exit(3)", "line 3 ended the process: the process that ran your code is gone: it ended itself"),
        ("import ctypes; ctypes.string_at(0)", "line 3 ended the process"),
        ("import os, signal; os.kill(os.getpid(), 9)", "line 3 stopped with PermissionError"),
        ("open('x', 'w')", "line 3 stopped with PermissionError"),
    ],
)
def test_what_is_late_or_ends_the_process_is_left_out_and_told(locked, statement, told):
    proxy, notes, _ = locked(f"{GOOD}{statement}\ndef after(): return 5\nprint('end')")
    assert (proxy.update(1), proxy.after(), proxy.output()) == (2, 5, "end\n")
    assert [note[: len(told) + 16] for note in notes] == [f"update_rule.py, {told}"]


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("open('data.csv')", "FileNotFoundError"),
        ("open('data.csv', 'w')", "PermissionError"),
        ("import numpy as np; np.loadtxt('data.csv')", "FileNotFoundError"),
        ("import os; os.open('data.csv', os.O_WRONLY)", "PermissionError"),
    ],
)
def test_files_cannot_be_opened_at_home_either(sandbox, tmp_path, monkeypatch, statement, kind):
    (tmp_path / "data.csv").write_text("1,2")
    monkeypatch.chdir(tmp_path)  # as at home, where a learner's files are
    cells = (Cell("update_rule.py", f"{statement}\n{GOOD}"),)
    told = []
    for place in (sandbox, Unlocked(LIMITS, shared=False)):
        session = place.open("update_rule", cells)
        told += loaded(cells[0].source, session=session)[1]
        session.close()
    assert told[0].partition(":")[0] == told[1].partition(":")[0] == f"update_rule.py, line 1 stopped with {kind}"
    assert "no file or folder can be used while your work is graded: '" in told[1]
    assert (tmp_path / "data.csv").read_text() == "1,2"


def test_libraries_are_read_without_a_lock_as_ever():
    session = Unlocked(LIMITS, shared=False).open("update_rule", (Cell("update_rule.py", ""),))
    assert loaded("import turtledemo, xml.dom.minidom, numpy.f2py, sympy.physics.mechanics", session=session)[1] == []
    session.close()


def test_twenty_experiments_that_take_long_leave_the_functions(locked):
    slow = (
        "import time\n"
        + GOOD
        + "def run(s): time.sleep(s)\n"
        + "run(0.25)\n" * 10
        + "run(9)\n" * 10
        + "def after(): return 5\n"
    )
    proxy, notes, session = locked(slow)
    assert (proxy.update(1), proxy.after()) == (2, 5)
    assert "more of your statements were left out" in notes[-1]
    assert session._loading.spent_s < LIMITS.loading_timeout_s


def test_what_was_left_out_is_left_out_again_and_told_once(locked):
    proxy, notes, _ = locked(f"{GOOD}import os\nwhile True: pass\ndef bad(): os._exit(1)\nx = 7\ndef seven(): return x")
    for _ in range(3):
        with pytest.raises(CheckEnded, match="is gone"):
            proxy.bad()
        assert proxy.seven() == 7
    assert list(proxy.notes()) == notes


class Liar:
    """A worker that was taken over: it never comes to the end of its statements, or dies at each attempt."""

    def __init__(self, dies):
        self.alive, self._dies = True, dies

    def ask(self, request, _timeout_s):
        if request[0] == "load" and request[-1]:  # the first attempt, as a whole
            raise DeadlinePassed
        if self._dies and request[0] == "step":
            raise WorkerDied("it ended itself")
        return [1, "ok", None, "x" * 1000, [], [], []]

    def close(self):
        self.alive = False


@pytest.mark.parametrize("dies", [False, True])
def test_a_worker_that_forges_its_progress_harms_its_own_loading_alone(dies):
    started = []

    def start():
        started.append(Liar(dies))
        return started[-1]

    limits = replace(LIMITS, statement_timeout_s=0.05, loading_timeout_s=0.5)
    session = Session(start, limits, "update_rule", (Cell("update_rule.py", GOOD),))
    for _ in range(3):
        with pytest.raises(Unanswered):
            session.load()
    assert len(started) <= 1 + MAX_ATTEMPTS
    assert (session.waited_s, session._loading.left_s < 0.5) == (0, True)


def test_printed_text_can_be_written_in_each_way():
    source = (
        "import sys, io, codecs\nsys.stdout.reconfigure(encoding='utf-8')\nprint('a')\nsys.stdout.buffer.write('é\\n'.encode())\n"
        "assert sys.stdout.encoding == 'utf-8' and not sys.stdout.isatty()\n"
        "try:\n    sys.stdout.fileno()\nexcept io.UnsupportedOperation:\n    print('no file')\n"
        "sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding='utf-8', line_buffering=True)\nprint('b')\n"
        "sys.stdout = codecs.getwriter('utf-8')(sys.stdout.detach())\nprint('c')\n"
    )
    proxy, notes = loaded(source + "def update(x):\n    print('later')\n")
    assert notes == []
    proxy.update(1)
    assert proxy.output() == "a\né\nno file\nb\nc\nlater\n"

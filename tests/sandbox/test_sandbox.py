"""The sandbox from the trusted side: sessions, deadlines, death, and what one worker leaves for the next."""

import os
import select
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from grader.collect.submission import Cell
from grader.manifest.course import Limits
from grader.sandbox import Sandbox, Session, Unanswered, Unlocked, lock_name
from grader.sandbox.forked import Forked, own_sandbox

LIMITS = Limits(call_timeout_s=1.0, submission_timeout_s=2.5, memory_mib=256, output_kib=4)


@pytest.fixture(scope="module")
def sandbox():
    sandbox = Sandbox(LIMITS)
    sandbox.wait_until_ready()
    yield sandbox
    sandbox.close()


@pytest.fixture
def run(sandbox):
    sessions = []

    def run(source):
        session = sandbox.open("exercise", (Cell("exercise.py", source),))
        sessions.append(session)
        return session

    yield run
    for session in sessions:
        session.close()


def call(session, name, *arguments):
    return session.request(["call", name, list(arguments), {}])[1:3]


def test_a_call_is_answered_with_plain_data(run):
    session = run("def double(x): return 2 * x")
    assert call(session, "double", 2.5) == ["value", 5.0]


HAS_SYMPY = "import sys\ndef has(): return 'symp' + 'y' in sys.modules\n"


def test_who_names_sympy_has_it_and_nobody_else(run):
    assert call(run(HAS_SYMPY), "has") == ["value", False]
    assert call(run(f"from sympy import pi\n{HAS_SYMPY}"), "has") == ["value", True]


def test_an_exercise_done_with_sympy_has_it_in_every_submission():
    sandbox = Sandbox(LIMITS, {"symbolic": True})
    session = sandbox.open("symbolic", (Cell("symbolic.py", HAS_SYMPY),))
    try:
        sandbox.wait_until_ready()
        assert call(session, "has") == ["value", True]
    finally:
        session.close()
        sandbox.close()


@pytest.mark.parametrize("name", ["bz2", "ctypes", "hashlib", "lzma", "sqlite3", "ssl", "zlib"])
def test_modules_that_need_the_systems_libraries_can_be_imported(run, name):
    assert call(run(f"def there():\n    import {name}\n    return {name}.__name__"), "there") == ["value", name]


def test_a_worker_keeps_its_state_between_calls_and_the_next_one_has_none(run):
    source = "count = 0\ndef more():\n    global count\n    count += 1\n    return count"
    session = run(source)
    assert [call(session, "more")[1] for _ in range(3)] == [1, 2, 3]
    assert call(run(source), "more") == ["value", 1]


@pytest.mark.parametrize(
    ("body", "outcome", "words"),
    [
        ("while True: pass", "timeout", "endless loop"),
        ("import time; time.sleep(60)", "timeout", "endless loop"),
        ("import os; os._exit(3)", "killed", "exit status 3"),
        ("import ctypes; ctypes.string_at(0)", "killed", "crashed"),
        ("import os; os.close(3)", "killed", "gone"),
        ("import os; os.write(3, b'\\xff' * 8)", "killed", "more than one answer may hold"),
        ("import os, time; os.write(3, b'\\0\\0\\0\\1\\xc0'); time.sleep(9)", "killed", "no answer"),
    ],
)
def test_without_an_answer_the_reason_is_told_and_the_next_call_works(run, body, outcome, words):
    session = run(f"def bad():\n    {body}\ndef good(): return 1")
    with pytest.raises(Unanswered, match=words) as unanswered:
        call(session, "bad")
    assert unanswered.value.outcome == outcome
    assert call(session, "good") == ["value", 1]


def test_a_loop_behind_except_baseexception_ends_at_the_deadline(run):
    session = run(
        "def bad():\n    while True:\n        try:\n            while True: pass\n        except BaseException: pass"
    )
    with pytest.raises(Unanswered, match="endless loop"):
        call(session, "bad")


def test_all_calls_together_have_a_deadline_too(run):
    session = run("import time\ndef slow(): time.sleep(0.8)")
    with pytest.raises(Unanswered, match=r"2\.5 s for this exercise were used up|endless loop"):
        for _ in range(4):
            call(session, "slow")
    with pytest.raises(Unanswered, match="used up"):
        call(session, "slow")


def test_a_module_that_never_loads_in_time_is_not_loaded_again_and_again(sandbox):
    # In each attempt another statement is late: it counts the seconds since it began, and no attempt has as many.
    limits = replace(LIMITS, statement_timeout_s=0.2, loading_timeout_s=1.0)
    slow = "import time\n" + "time.sleep(0.15)\n" * 5 + "class Late:\n    time.sleep(9)\n" * 9
    session = Session(sandbox._ready(False).fork, limits, "exercise", (Cell("exercise.py", slow),))
    for _ in range(5):
        with pytest.raises(Unanswered):
            call(session, "anything")
    assert session.waited_s == 0  # calls have a time of their own, of which loading takes nothing
    session.close()


def test_a_returned_function_can_be_called(run):
    session = run("def adder(n): return lambda x: x + n")
    status, handle = call(session, "adder", 3)
    assert (status, handle[0]) == ("value", "handle")
    assert session.request(["call", handle[1], [4], {}])[1:3] == ["value", 7]


def test_threads_work_and_a_thousand_do_not(run):
    session = run(
        "import threading, time\n"
        "def few():\n"
        "    found = []\n"
        "    threads = [threading.Thread(target=found.append, args=(n,)) for n in range(4)]\n"
        "    for t in threads: t.start()\n"
        "    for t in threads: t.join()\n"
        "    return sorted(found)\n"
        "def many():\n"
        "    threading.stack_size(32768)\n"
        "    for n in range(1000):\n"
        "        try: threading.Thread(target=time.sleep, args=(9,), daemon=True).start()\n"
        "        except RuntimeError: return n\n"
        "    return 1000\n"
    )
    assert call(session, "few") == ["value", ["list", 0, 1, 2, 3]]
    assert call(session, "many")[1] < 600


def test_the_standard_library_numpy_and_sympy_can_be_imported_under_the_lock(run):
    names = "sqlite3 ssl ctypes csv decimal fractions statistics dataclasses typing json hashlib lzma asyncio xml.dom.minidom"
    names += " numpy.polynomial numpy.fft numpy.testing sympy.plotting sympy.stats concurrent.futures multiprocessing"
    session = run("".join(f"import {name}\n" for name in names.split()) + "def ok(): return True")
    assert session.load()[1:3] == ["ok", [[], [["ok", []]]]], (
        "no import fails, and what is imported is no function of the learner's"
    )


def test_what_is_printed_is_kept_in_part_and_megabytes_are_not(run):
    session = run("def loud():\n    for _ in range(10_000): print('x' * 1000)\nprint('hello')")
    assert session.load()[3] == "hello\n"
    assert len(session.request(["call", "loud", [], {}])[3]) == LIMITS.output_kib * 1024


def test_no_thread_or_process_of_a_worker_outlives_its_session(run, sandbox):
    session = run(
        "import os, threading, time\n"
        "for _ in range(4): threading.Thread(target=time.sleep, args=(99,)).start()\n"
        "def who(): return os.getpid()"
    )
    pid = call(session, "who")[1]
    worker, threads = os.pidfd_open(pid), Path(f"/proc/{pid}/task")
    try:
        alive = select.poll()
        alive.register(worker, select.POLLIN)  # which a process gives once it and all its threads have ended
        assert not alive.poll(0)
        assert len(list(threads.iterdir())) == 5
        session.close()
        assert alive.poll(10_000)
    finally:
        os.close(worker)


def test_a_worker_that_was_seen_to_take_the_graders_core_is_stopped_between_requests(run):
    session = run(
        "import os, threading\n"
        "def spin():\n"
        "    while True: pass\n"
        "threading.Thread(target=spin, daemon=True).start()\n"
        "def who(): return os.getpid()"
    )
    pid = call(session, "who")[1]

    def state():
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]

    assert state() != "T"
    session._process._waited_s = 1.0
    assert call(session, "who") == ["value", pid]
    deadline = time.monotonic() + 10
    while state() != "T" and time.monotonic() < deadline:
        time.sleep(0.001)
    assert state() == "T"
    assert call(session, "who") == ["value", pid]


def test_the_template_knows_nothing_of_the_kit(run):
    session = run(
        "import sys, os\n"
        "def look():\n"
        "    import grader\n"
        "    return [sys.argv, sorted(os.environ), [m for m in sys.modules if m.startswith('grader')], dir(grader)]"
    )
    argv, environ, modules, names = call(session, "look")[1][1:]
    assert argv == ["list", "-c"]
    assert not [name for name in environ[1:] if not name.endswith(("_NUM_THREADS", "LC_CTYPE"))]
    assert set(modules[1:]) == {
        "grader", "grader.wire.bounds", "grader.wire.expression", "grader.wire.functions", "grader.wire.plain", "grader.wire.rows",
        "grader.sandbox",
        "grader.sandbox.given", "grader.sandbox.seal", "grader.sandbox.stand_ins", "grader.sandbox.statements",
        "grader.sandbox.template", "grader.sandbox.worker", "grader.wire", "grader.wire.vocabulary",
            "grader.functions", "grader.handed",
    }  # fmt: skip
    assert "checks" not in names


def test_the_lock_is_named_with_its_parts():
    assert lock_name().startswith("landlock-")
    assert "+seccomp+rlimits+" in lock_name()


def test_without_libseccomp_the_lock_is_refused_with_the_package_to_install():
    code = (
        "import ctypes.util; ctypes.util.find_library = lambda name: None if name == 'seccomp' else 'libc.so.6'\n"
        "from grader.sandbox import lock_name, LockUnavailable\n"
        "try: lock_name()\n"
        "except LockUnavailable as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "apt install libseccomp2" in done.stdout


def test_two_sandboxes_work_side_by_side():
    answers = []

    def work(number):
        sandbox = Sandbox(LIMITS)
        sandbox.wait_until_ready()
        session = sandbox.open("exercise", (Cell("exercise.py", f"def n(): return {number}"),))
        answers.append(call(session, "n"))
        session.close()
        sandbox.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [["value", 0], ["value", 1]]


def test_without_a_lock_time_is_limited_all_the_same_and_the_process_starts_anew():
    sandbox = Unlocked(LIMITS, shared=True)
    session = sandbox.open(
        "exercise", (Cell("exercise.py", "print(1)\ndef bad():\n    while True: pass\ndef good(): return 1"),)
    )
    assert session.load()[1:4] == ["ok", [[], [["bad", []], ["good", []]]], "1\n"]
    with pytest.raises(Unanswered, match="endless loop"):
        call(session, "bad")
    assert call(session, "good") == ["value", 1]
    sandbox.close()


def test_without_a_lock_one_learners_files_share_a_process_and_not_their_names():
    sandbox = Unlocked(LIMITS, shared=True)
    first = sandbox.open("exercise", (Cell("exercise.py", "import os\ndef who(): return os.getpid()"),))
    pid = call(first, "who")
    first.close()
    second = sandbox.open("exercise", (Cell("exercise.py", "def pid():\n    import os\n    return os.getpid()"),))
    assert call(second, "pid") == pid
    assert call(second, "who")[0] == "absent"
    sandbox.close()


def test_on_their_own_machine_each_submission_has_a_fork_of_its_own_and_time_is_limited_all_the_same(monkeypatch):
    monkeypatch.setattr(threading, "active_count", lambda: 1)  # other tests may have left threads in this process
    sandbox = own_sandbox(LIMITS)
    assert isinstance(sandbox, Forked)
    source = """
import os, sys
def bad():
    while True: pass
def who(): return [os.getpid(), os.getppid()]
def ends(): os._exit(3)
def known(): return ["pytest" in sys.modules, "sympy" in sys.modules, hasattr(os, "left_behind")]
os.left_behind = True
"""
    first = sandbox.open("exercise", (Cell("exercise.py", source),))
    pid, parent = call(first, "who")[1][1:]
    with pytest.raises(Unanswered, match="endless loop"):
        call(first, "bad")
    with pytest.raises(Unanswered, match="exit status 3"):
        call(first, "ends")
    first.close()
    second = sandbox.open("exercise", (Cell("exercise.py", source.replace("os.left_behind = True", "")),))
    again, same = call(second, "who")[1][1:]
    assert again != pid
    assert same == parent != os.getpid()
    assert call(second, "known")[1][2:] == [True, False]
    second.close()
    sandbox.close()
    with pytest.raises(ProcessLookupError):
        os.kill(parent, 0)


def test_a_process_with_threads_is_never_forked():
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        sandbox = own_sandbox(LIMITS)
        assert isinstance(sandbox, Unlocked)
        sandbox.close()
    finally:
        done.set()
        other.join()


def test_who_kills_the_command_leaves_no_loop_of_a_learners_behind():
    script = """
from grader.manifest.course import Limits
from grader.sandbox.forked import own_sandbox
from grader.collect.submission import Cell
session = own_sandbox(Limits(60.0, 60.0, 512, 16)).open("x", (Cell("x.py", "import os\\ndef who(): return os.getpid()\\ndef bad():\\n    while True: pass"),))
print(session.request(["call", "who", [], {}])[2], flush=True)
session.request(["call", "bad", [], {}])
"""
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as command:
        worker = int(command.stdout.readline())
        os.kill(worker, 0)
        command.kill()
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            if Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return  # dead, and nobody has read how it ended
        except OSError:
            return
        time.sleep(0.01)
    pytest.fail("it still runs")


def test_the_warnings_of_each_call_are_told_again_and_printed(run):
    session = run("import numpy as np\ndef warns(x):\n    return np.exp(x)\n")
    for _ in range(2):
        *_, printed, _, warned, _ = session.request(["call", "warns", [1000.0], {}])
        assert warned == ["RuntimeWarning: overflow encountered in exp"]
        assert "overflow encountered" in printed
    assert session.request(["call", "warns", [1.0], {}])[5] == []


def test_a_learner_may_keep_warnings_quiet(run):
    session = run("import warnings\nwarnings.simplefilter('ignore')\ndef warns(): warnings.warn('x')\n")
    assert session.request(["call", "warns", [], {}])[5] == []


def test_warnings_without_end_are_cut(run):
    session = run("import warnings\ndef warns():\n for i in range(1000): warnings.warn(str(i) * 999)\n")
    warned = session.request(["call", "warns", [], {}])[5]
    assert len(warned) == 20
    assert max(map(len, warned)) <= 200


def test_an_array_of_formulas_is_a_list_of_them_marked_as_such_and_one_of_objects_is_nothing(run):
    session = run(
        "import numpy as np, sympy as sp\nx = sp.Symbol('x')\n"
        "def array(): return np.array([2 * x, sp.Integer(3)])\n"
        "def tensor(): return sp.derive_by_array(x**2, (x, x))\n"
        "def numbers(): return np.array([1.0, 2.0], dtype=object)\n"
        "def alone(): return np.array(x, dtype=object)\n"
    )
    double = ["Mul", ["Integer", "2"], ["Symbol", "x"]]
    assert call(session, "array") == ["value", ["list", ["boxed", double], ["boxed", ["Integer", "3"]]]]
    assert call(session, "tensor") == ["value", ["list", ["expression", double], ["expression", double]]]
    assert call(session, "numbers") == call(session, "alone") == ["value", ["opaque", "array of objects"]]


EACH = ["each", ["list", 1.0, 2.0]]


@pytest.mark.parametrize(
    ("answer", "crosses"),
    {
        "x": ["array", "<f8", [2]],
        "np.full(2, x)": ["array", "<f8", [2, 2]],
        "str(x)": ["list", "1.0", "2.0"],
        "x > 0": ["list", True, True],
        "np.array([x], dtype=object)": ["list", ["opaque", "array of objects"], ["opaque", "array of objects"]],
        "np.float32([x])": ["list", ["array", "<f4", [1]], ["array", "<f4", [1]]],
        "[0] * int(x)": ["list", ["list", 0], ["list", 0, 0]],
    }.items(),
)
def test_what_a_function_answers_to_each_of_many_points_stays_what_it_is(run, answer, crosses):
    def without_bytes(data):
        if data[0] == "array":
            return data[:3]
        return [without_bytes(item) if isinstance(item, list) else item for item in data]

    session = run(f"import numpy as np\ndef f(x): return {answer}\n")
    assert without_bytes(session.request(["call", "f", [EACH], {}])[2]) == crosses


def test_a_path_whose_points_share_memory_crosses_as_such(run):
    session = run(
        "import numpy as np\ndef path(): return np.broadcast_to(1.0, (2, 2))\ndef one(): return np.ones((2, 2))\n"
    )
    assert call(session, "path")[1][:2] == ["shared", call(session, "one")[1]]

"""What the grader reads besides hand-ins: rosters, manifests, reports, its journal, and solutions with their markers."""

import json
import shutil
import warnings
from contextlib import closing, suppress
from typing import Any

from hypothesis import strategies as st

from grader.authoring.release import notebook
from grader.authoring.stub import BEGIN, END, ReleaseError, stub
from grader.checking.report import Report, make_report, unfit
from grader.collect.roster import RosterError, matched, name_class, read_roster, strangers
from grader.collect.submission import Submission
from grader.grading.grade import Graded
from grader.grading.regrade import compare
from grader.manifest.course import OWN, CourseError, load_course
from grader.publish.export import FORMATS, ExportError, Gathered, Line, export
from grader.publish.feedback import page
from grader.publish.results import Results
from tests.fuzz.hand_ins import CHECK, _folder, any_json, deep
from tests.fuzz.programs import COURSE, Unlike, solution
from tests.fuzz.running import Target

SUBMISSION = Submission("learner-001", "learner-001", "update_rule", problem="none")
REPORT = make_report(SUBMISSION, (CHECK,), "0" * 16, "none", "printed")
EXERCISE = COURSE.by_slug["update_rule"]

# Rosters.

table_cells = st.sampled_from(
    ["id", "name", "email", "section", "username", "learner-001", "Last, First", '"', '""', "=1+1", "", " "]
) | st.text(st.characters(codec="utf-8"), max_size=12)
rosters = (
    st.builds(
        lambda header, rows, separator, end: end.join(separator.join(row) for row in [header, *rows]).encode(),
        st.permutations(["id", "name", "email", "section"]).flatmap(
            lambda names: st.just(names) | st.lists(table_cells)
        ),
        st.lists(st.lists(table_cells, max_size=6), max_size=6),
        st.sampled_from([",", ";", "\t"]),
        st.sampled_from(["\n", "\r\n", "\r"]),
    )
    | st.binary()
    | st.just(b"id\n" + b'"' + b"a" * 200_000)
)


def holds_of_a_roster(data: bytes) -> None:
    path = _folder() / "roster.csv"
    path.write_bytes(data)
    try:
        entries = read_roster(path)
    except RosterError as error:
        str(error).encode()
        return
    submissions = (SUBMISSION,)
    named = name_class(submissions, entries, COURSE.exercises)
    "\n".join(named.said).encode()
    entries = named.entries
    for entry in entries:
        entry.names  # noqa: B018  # it is worked out here
        if not entry.learner.isprintable() or "/" in entry.folder or not entry.folder:
            raise Unlike(f"an impossible learner: {entry!r}")
    strangers(["learner-001"], entries)
    known = matched(entries, {"learner-001"})
    lines = [
        Line(entry.learner, entry, {"update_rule": REPORT} if entry in known.values() else {}) for entry in entries
    ]
    lines.append(Line("stranger", None, {"update_rule": REPORT}))
    for form in FORMATS:
        with suppress(ExportError):
            export(Gathered((EXERCISE,), tuple(lines), with_roster=True), form).encode()


# Manifests.

MANIFEST = (OWN / "course.toml").read_text(encoding="utf-8")
odd_toml = st.sampled_from(
    ["1", "-1", "0", "1.5", "nan", "inf", "true", "[]", "{}", '""', '"x"', '"../x"', '"x/y"', '"\\u0000"', "[[]]", "2026-11-30", "'''", "{a = 1}", "99999999999999999999"]
)  # fmt: skip
keys = st.sampled_from(
    [
        "number", "slug", "title", "core", "lesson", "points", "weight", "due", "packages", "places", "call_timeout_s", "submission_timeout_s", "memory_mib",
        "output_kib", "odd",
    ]
)  # fmt: skip


def _manifest(changes: list[tuple[int, str, str]], dropped: list[int]) -> bytes:
    written = MANIFEST.splitlines()
    for place, key, value in changes:
        line = place % len(written)
        own = written[line].partition("=")[0].strip() if "=" in written[line] else key
        written[line] = f"{own} = {value}"
    for place in dropped:
        del written[place % len(written)]
    return "\n".join(written).encode()


manifests = (
    st.builds(
        _manifest,
        st.lists(st.tuples(st.integers(0, 99), keys, odd_toml), max_size=3),
        st.lists(st.integers(0, 99), max_size=2),
    )
    | st.binary()
)


def holds_of_a_manifest(data: bytes) -> None:
    path = _folder() / "course.toml"
    path.write_bytes(data)
    try:
        course = load_course(path.parent)
    except CourseError as error:
        str(error).encode()
        return
    if not isinstance(course.title, str):
        raise Unlike("a title that is no text")
    for exercise in course.exercises:
        if course.find(exercise.slug) != exercise or course.find(exercise.name) != exercise:
            raise Unlike(f"an exercise that is not found: {exercise!r}")
        if type(exercise.core) is not bool or not exercise.slug.isidentifier():
            raise Unlike(f"an impossible exercise: {exercise!r}")
    limits = course.limits
    if not all(0 < limit < 1e9 for name, limit in vars(limits).items() if name != "packages"):
        raise Unlike(f"impossible limits: {limits}")


# Reports.


def _changed(changes: list[tuple[str, Any]], of_check: list[tuple[str, Any]]) -> str:
    data = json.loads(REPORT.to_json())
    data["checks"][0].update(of_check)
    data.update(changes)
    return json.dumps(data)


FIELDS = sorted(json.loads(REPORT.to_json()))
CHECK_FIELDS = sorted(vars(CHECK))
report_texts = (
    st.builds(
        _changed,
        st.lists(st.tuples(st.sampled_from([*FIELDS, "odd"]), any_json), max_size=2),
        st.lists(st.tuples(st.sampled_from([*CHECK_FIELDS, "odd"]), any_json), max_size=2),
    )
    | any_json.map(json.dumps)
    | st.text()
    | st.builds(lambda opening, depth: opening * depth, st.sampled_from(["[", '{"checks":']), st.integers(1, 100_000))
)


def holds_of_a_report(text: str) -> None:
    try:
        report = Report.from_json(text)
    except ValueError as error:
        str(error)
        return
    if not unfit(report):
        compare(REPORT, report, "the fuzzer")
        compare(report, REPORT, "the fuzzer")
        report.to_json()
        page(report, EXERCISE)


# The journal.

journal_lines = any_json.map(json.dumps) | st.builds(
    lambda learner, exercise, told: json.dumps([learner, exercise, told]), any_json, any_json, any_json
)
journals = (
    st.lists(journal_lines, max_size=4).map("\n".join).map(lambda text: text.encode("utf-8", "replace"))
    | st.binary()
    | st.builds(lambda depth: b"[" * depth, st.integers(1, 100_000))
)


def holds_of_a_journal(data: bytes) -> None:
    out = _folder() / "out"
    shutil.rmtree(out, ignore_errors=True)
    (out / ".grader").mkdir(parents=True)
    (out / ".grader" / "journal").write_bytes(data)
    with closing(Results(out, COURSE)) as results:
        results.add(Graded(SUBMISSION, REPORT), "secret", "none")
    with closing(Results(out, COURSE)) as results:
        again = results.earlier(SUBMISSION) if results.is_finished(SUBMISSION, "secret", "none") else None
    if again != REPORT:
        raise Unlike("what was noted is not read again")


# Solutions with their markers.

marker_lines = st.sampled_from(
    [
        BEGIN, END, f"    {BEGIN}", f"    {END}", "    # begin solution", "def f():", "    pass", "'''", '"""',
        "\\", "# %%", "# %% [markdown]", "\f", "if 1:",
    ]
)  # fmt: skip
solutions = (
    st.builds(
        lambda exercise, changes: _with_lines(solution(exercise), changes),
        st.sampled_from(COURSE.exercises),
        st.lists(st.tuples(st.integers(0, 500), st.booleans(), marker_lines | st.text(max_size=20)), max_size=4),
    )
    | st.lists(marker_lines | st.text(max_size=10), max_size=8).map("\n".join)
    | deep
)


def _with_lines(text: str, changes: list[tuple[int, bool, str]]) -> str:
    found = text.split("\n")
    for place, instead, line in changes:
        found[place % len(found) : place % len(found) + instead] = [line]
    return "\n".join(found)


def holds_of_a_solution(text: str) -> None:
    with warnings.catch_warnings(action="ignore"):
        try:
            made = stub(text, "update_rule")
        except ReleaseError as error:
            str(error)
            return
        notebook(made, "update_rule").encode()


ROSTERS = Target("rosters", rosters, holds_of_a_roster)
MANIFESTS = Target("manifests", manifests, holds_of_a_manifest)
REPORTS = Target("reports", report_texts, holds_of_a_report)
JOURNALS = Target("journals", journals, holds_of_a_journal)
SOLUTIONS = Target("solutions", solutions, holds_of_a_solution)

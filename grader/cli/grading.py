"""What instructors type to grade a class: `grader grade`."""

import gc
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.cells import cell_len, set_cell_size
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from grader.cli.course import CourseDir, at_hand
from grader.cli.in_course import assign_penalties, submitted_in, with_times
from grader.cli.overview import AlongTheWay
from grader.cli.pace import Pace
from grader.cli.recording import Recording, read_by_hand, tell_standing, to_record, withdraw, write_finals
from grader.cli.terminal import console, errors, fail, print_error
from grader.collect.submission import Submission
from grader.manifest.course import Course, Exercise, load_course
from grader.publish.writer import OutputError

if TYPE_CHECKING:
    from grader.collect.choosing import Collection
    from grader.collect.roster import Entry
    from grader.collect.store import Store
    from grader.grading.grade import Settings
    from grader.grading.journal import Pair
    from grader.publish.gradebook import Gradebook
    from grader.publish.results import Results
    from grader.publish.standing import Row

INTERRUPTED = 130  # 128 + SIGINT, as shells have it
MATRIX_ROWS = 40  # learners up to which the table shows each of them
_SHORTEST = 12  # letters of a name in it

Roster = Annotated[
    Path | None,
    typer.Option(
        help="The class list: Canvas's, Moodle's, Brightspace's, Blackboard's, Gradescope's or GitHub Classroom's export, or "
        "a CSV with id, name, email, section, username. Each may be a workbook (.xlsx) instead."
    ),
]
Columns = Annotated[
    str,
    typer.Option(
        metavar="id=HEADING,…",
        help="The class list's headings where it has others: of id, name (FIRST+LAST), email, username, section.",
        show_default=False,
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", metavar="EXERCISE", help="Grade only this exercise; may be repeated for others."),
]


def grade(
    submissions: Annotated[
        Path,
        typer.Argument(
            metavar="SUBMISSIONS",
            help="A folder of LEARNER/…, LEARNER.zip; or a platform's download, as folder or zip.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Where reports, pages and grades go.", show_default=False)],
    jobs: Annotated[int, typer.Option(min=1, help="Grading processes.")] = os.cpu_count() or 1,
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Grade on the workers of this Dask scheduler: tcp://…:8786.")
    ] = None,
    seed: Annotated[str | None, typer.Option(help="The course's secret; kept in OUT/.grader if not given.")] = None,
    only: Only = None,
    layout: Annotated[
        str | None, typer.Option(metavar="NAME", help="How SUBMISSIONS is laid out, if it is not recognised: moodle, …")
    ] = None,
    gradebook: Annotated[
        str | None, typer.Option(metavar="URL", help="nbgrader's database; OUT/gradebook.db if not given.")
    ] = None,
    roster: Roster = None,
    columns: Columns = "",
    site: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Where the lessons are, for links on pages; kept in OUT/.grader.", show_default=False
        ),
    ] = None,
    regrade: Annotated[
        bool,
        typer.Option("--regrade", help="Also grade again what `return` has handed back, if anything has changed."),
    ] = False,
    unsafe_no_sandbox: Annotated[
        bool, typer.Option("--unsafe-no-sandbox", help="Run learners' code unlocked; every report says so.")
    ] = False,
    course_dir: CourseDir = None,
) -> None:
    """Grade a class: a folder of submissions in, scores, reports and pages out."""
    from grader.collect.layouts import NAMES
    from grader.collect.store import Store
    from grader.publish.overview import Survey
    from grader.sandbox import lock_name

    course = at_hand(course_dir)
    slugs = {course.find(one).slug for one in only or ()}
    exercises = [exercise for exercise in course.exercises if not slugs or exercise.slug in slugs]
    if refusal := _refusal(submissions, out, course):
        fail(refusal)
    if layout is not None and layout not in NAMES:
        fail(f"unknown layout {layout!r}; expected one of {', '.join(NAMES)}")
    if course.other_python:
        errors.print(Text(course.other_python, style="yellow"))
    lessons = _lessons(site)
    lock = "none" if unsafe_no_sandbox else lock_name()
    results = _results(out, course, regrade, lessons)
    book, entries = _open_records(gradebook or results.gradebook(), course, roster, columns)
    with closing(results), closing(book), closing(Store(results.folder.path)) as store, _machine_may_fail(out):
        collection = _collect(submissions, course, slugs, results, out, layout, entries, store)
        submitted = submitted_in(submissions, collection.layout, out)
        collection = replace(collection, submissions=with_times(collection.submissions, submitted, course))
        collection, everyone, entries = _whole_class(collection, entries, exercises, results, book)
        _announce(collection, results)
        behind = results.unrecorded()
        this_run = _grade(collection.submissions, store, results, results.secret(seed), lock, jobs, dask)
        asked = [(one.learner, one.exercise) for one in everyone]
        reading = results.reading(asked)
        with closing(
            AlongTheWay(lambda: Survey(results.folder, course, reading.listed, results.finished(), results.site))
        ) as overview:
            recording = Recording(book, out, course, store)
            recording.write(to_record(reading, this_run.submissions, behind, overview.add), entries)
            now = reading.standing()
            results.write_grades(now)
            print_class(course, asked, now.rows)
            print_regrade(results, out)
            console.print(
                Text(f"\ngrades    {out / 'grades.csv'}\nreports   {out / 'reports'}\nfeedback  {out / 'feedback'}")
            )
            tell_standing(results, now, this_run.submissions, exercises, out)
            complete = recording.tell()
            complete = complete and withdraw(book, results, now.gone) and assign_penalties(book, submitted, out)
            if complete or book.lost:  # else the database was just said to be away
                complete = read_by_hand(book, results, is_own=gradebook is None) and complete
            if complete:
                results.recorded()
            complete = write_finals(results, now, out) and complete and not now.doubts
            complete = overview.end(now.doubts, results.folder, out) and complete
    if not (handed_in := sum(not one.missing for one in collection.submissions)):
        fail(f"{submissions}: {_nothing(collection, exercises, is_all=not slugs)}")
    complete = complete and this_run.whole == handed_in
    gc.freeze()  # or the interpreter would look through all of it for garbage once more before it ends
    raise typer.Exit(0 if complete else 1)


def _collect(
    submissions: Path,
    course: Course,
    slugs: set[str],
    results: "Results",
    out: Path,
    layout: str | None,
    entries: Sequence["Entry"],
    store: "Store",
) -> "Collection":
    """Read what was handed in; its code goes into the store."""
    from grader.collect.choosing import CollectError, collect

    try:
        return collect(
            submissions,
            course,
            only=slugs or None,
            distinct_by_case=results.folds_case(),
            out=out,
            layout=layout,
            logins=[entry.username for entry in entries],
            store=store,
        )
    except CollectError as error:
        fail(str(error))


def _results(out: Path, course: Course, regrade: bool, lessons: str | None) -> "Results":
    """Open OUT, keep where the lessons are, and read what a teacher has given in it, before anything is graded."""
    from grader.publish.adjustments import AdjustmentError
    from grader.publish.results import Results

    results = Results(out, course, regrade)
    try:
        results.read_given()
        if lessons is not None:
            results.keep_site(lessons)
    except AdjustmentError as error:
        fail(str(error))
    return results


def _lessons(site: str | None) -> str | None:
    """Return the address below which the lessons are, ending in `/`; empty for no links, None where none is named."""
    if not site:
        return site
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", site):
        fail(
            f"--site {site}: no address of a site; expected one as https://HOST/COURSE/, as `make site SITE_URL=…` has it"
        )
    return f"{site.rstrip('/')}/"


def _refusal(submissions: Path, out: Path, course: Course) -> str:
    """Return why there is nothing to grade, or no place for results, before anything is written; nothing if there is."""
    from grader.collect.archives import FolderTree
    from grader.collect.finding import Names, holds
    from grader.collect.inbox import is_zip
    from grader.collect.opened import Folder
    from grader.publish.results import foreign_grades

    if not submissions.exists():
        return f"{submissions}: no such folder or zip; expected one that holds LEARNER/{course.example.slug}.py, …"
    if not submissions.is_dir() and not is_zip(submissions):
        return f"{submissions}: {_what_it_is(submissions)}; expected a folder or a zip that holds LEARNER/{course.example.slug}.py, …"
    with suppress(OSError):
        if submissions.is_dir() and out.samefile(submissions):
            return f"{out} holds the hand-ins: name another folder for the results, within it or not"
        if submissions.is_dir() and out.resolve().parent.samefile(submissions):
            with Folder(out) as folder:
                if holds(Names(course.exercises), *FolderTree(folder).listed()):
                    return f"{out.name!r} holds a learner's work: name another folder for the results"
    if course.places.course.is_relative_to(submissions.resolve()):
        return f"{course.places.course}: the course is in {submissions}, but no hand-in may bring checks: they are code"
    return foreign_grades(out)


def _what_it_is(path: Path) -> str:
    """Return what a file is that was named in place of hand-ins."""
    from grader.collect.archives import OTHER_ARCHIVES

    name = path.name.lower()
    if name.endswith((".csv", ".tsv", ".xlsx", ".xls", ".ods")):
        return "a table, and no hand-ins (a class list is named with --roster)"
    if name.endswith(OTHER_ARCHIVES):
        return "such an archive is not opened: unpack it into a folder, and name that"
    return "neither a folder nor a zip"


def _nothing(collection: "Collection", exercises: list[Exercise], is_all: bool) -> str:
    """Return what is said where nobody's work was found."""
    slugs = " or ".join(exercise.slug for exercise in exercises)
    if not is_all:
        return f"nobody handed in {slugs}; the table says who is missing"
    if collection.layout in ("plain", "nbgrader"):
        return f"nothing in it was recognised as a hand-in; expected LEARNER/{exercises[0].slug}.py, …"
    example = exercises[0].slug
    return f"{collection.said}, but none is called as an exercise; expected {example}.py, {example}.ipynb, … from each"


@contextmanager
def _machine_may_fail(out: Path) -> Iterator[None]:
    """End the run in one line where the machine, or the cluster, cannot go on: a full disk, no memory, no worker."""
    from grader.grading.scale import ScaleError

    try:
        yield
    except (OSError, MemoryError, OutputError, ScaleError) as error:
        why = f"{error.filename or out}: {error.strerror}" if isinstance(error, OSError) else str(error) or "no memory"
        said = f"cannot go on: {why}; what is finished is kept, and the same command goes on from there"
        print_error(said)
        raise typer.Exit(1) from None


def _announce(collection: "Collection", results: "Results") -> None:
    """Say what was found that is no hand-in, or is missing where something was to be expected."""
    lines = [
        "the disk of OUT does not support locks: do not let another command write there meanwhile"
    ] * results.unlocked
    lines += collection.notes
    lines += [f"ignored: {line}" for line in collection.ignored]
    told: set[tuple[str, str]] = set()
    for one in collection.submissions:
        if one.missing:  # it has no page on which to say so
            new = [note for note in one.notes if (one.learner, note) not in told]  # of all ten, it is said once
            told.update((one.learner, note) for note in new)
            lines += [f"missing: {one.learner}, {one.exercise}: {note}" for note in new]
    if collection.said:
        errors.print(Text(collection.said))
    for line in lines:  # which are not broken: what to name may be copied
        errors.print(Text(line, style="yellow"), soft_wrap=True)


@dataclass
class _ThisRun:
    """What a run has graded, or found finished."""

    submissions: "dict[Pair, Submission]" = field(default_factory=dict)  # without their code
    whole: int = 0  # those with a score, and a page that shows it


def _grade(
    submissions: tuple[Submission, ...],
    store: "Store",
    results: "Results",
    secret: str,
    lock: str,
    jobs: int,
    dask: str | None,
) -> _ThisRun:
    """Grade what is not finished."""
    from grader.grading import grade as grading

    this_run, unfinished = _ThisRun(), []
    handed_in = 0
    for one in submissions:
        if one.missing:
            continue
        handed_in += 1
        if results.is_finished(store.whole(one), secret, lock):
            this_run.submissions[one.learner, one.exercise] = one
            this_run.whole += 1
        else:
            unfinished.append(one)
    attempts = results.attempts(unfinished)
    todo: dict[Submission, list[Submission]] = defaultdict(list)  # what a group handed in is graded once
    for one in attempts.all:
        todo[one.work].append(one)
    firsts = {_one_hand_in(alike[0]): alike for alike in todo.values()}
    settings = grading.Settings.of(load_course(), lock, sorted({one.exercise for one in unfinished}))
    gc.freeze()  # what was collected stays to the end, so it need not be looked through again and again
    lost: dict[str, list[str]] = defaultdict(list)  # whose verdict lacks something, by what and why
    with ExitStack() as opened:
        make_executor, in_flight = _executors(
            dask if firsts else None, min(jobs, max(1, len(firsts))), settings, opened
        )
        pace = opened.enter_context(Pace(handed_in, this_run.whole))
        code = (store.whole(replace(alike[0], also=())) for alike in firsts.values())
        try:
            with closing(grading.grade(code, secret, settings, make_executor, in_flight)) as all_graded:
                each = (
                    replace(own, submission=store.whole(one))
                    for first in all_graded
                    for alike in [firsts[_one_hand_in(first.submission)]]
                    for one, own in zip(alike, first.for_each(alike), strict=True)
                )
                for graded in attempts.best(each):
                    one = graded.submission
                    pace.advance()
                    try:
                        graded = results.add(graded, secret, lock)
                    except (ValueError, TypeError) as error:  # nothing that a report or a page may hold
                        said = f"not written: {one.learner}, {one.exercise}: {error}"
                        pace.print(Text(said, style="bold red"))
                        continue
                    this_run.submissions[one.learner, one.exercise] = store.without_code(one)
                    report = graded.report
                    this_run.whole += report.status == "graded" and "page" not in report.left_out
                    for fault in graded.faults:
                        pace.print(Text(f"held: {one.learner}, {one.exercise}: {fault}", style="bold red"))
                    for why in graded.lost:
                        lost[why].append(f"{one.learner}, {one.exercise}")
        except KeyboardInterrupt:
            pace.stop()
            errors.print("interrupted; what was finished is kept, and the same command goes on from there")
            raise typer.Exit(INTERRUPTED) from None
    results.keep_times(submissions)
    for why, whose in lost.items():  # one cause may touch many
        more = f" and {len(whose) - 1} more" if len(whose) > 1 else ""
        errors.print(Text(f"graded, but not all could be explained: {whose[0]}{more}: {why}", style="yellow"))
    return this_run


def _one_hand_in(one: Submission) -> tuple[str, str, str]:
    return one.learner, one.exercise, one.sha256


def _executors(
    dask: str | None, jobs: int, settings: "Settings", opened: ExitStack
) -> tuple[Callable[[], Executor], int]:
    """Return how to come by who grades, on this machine or on a cluster, and how many chunks they are given at a time."""
    from grader.grading.grade import processes

    if dask is None:
        return lambda: processes(jobs), 3 * jobs
    from grader.grading.scale import Cluster

    cluster = opened.enter_context(Cluster(dask, settings))
    for line in cluster.refused:
        errors.print(Text(line, style="yellow"), soft_wrap=True)
    return cluster.executor, 3 * cluster.threads


def _open_records(
    address: str | Path, course: Course, roster: Path | None, columns: str
) -> tuple["Gradebook", tuple["Entry", ...]]:
    """Open the gradebook and read the class list, before anything is graded."""
    from grader.publish.gradebook import Gradebook, GradebookError

    entries = class_list(roster, columns)
    try:
        return Gradebook(address, course), entries
    except GradebookError as error:
        fail(str(error))


def class_list(roster: Path | None, columns: str) -> tuple["Entry", ...]:
    """Read the class list, if there is one, and say how it was read."""
    from grader.collect.roster import RosterError, read_class

    if roster is None:
        if columns:
            fail("--columns says what the class list calls its columns: name the list with --roster")
        return ()
    try:
        read = read_class(roster, columns)
    except RosterError as error:
        fail(str(error))
    errors.print(Text(read.said), soft_wrap=True)
    return read.entries


def _whole_class(
    collection: "Collection",
    entries: tuple["Entry", ...],
    exercises: list[Exercise],
    results: "Results",
    book: "Gradebook",
) -> tuple["Collection", tuple[Submission, ...], tuple["Entry", ...]]:
    """Return what was found by learners' names, that with the missing of the roster, and the roster; say who is not in it.

    What OUT and the gradebook have of a learner who has another name now is renamed.
    """
    from grader.collect.roster import name_class
    from grader.publish.gradebook import GradebookError

    named = name_class(collection.submissions, entries, exercises, results.known(), results.folds_case())
    try:
        said = results.rename(
            named.known,
            named.moves,
            lambda moves: book.rename([(move.folder_before, move.folder_after) for move in moves]),
        )
    except GradebookError as error:
        fail(f"{error}; the same command goes on from there")
    for line in (*named.said, *said):
        errors.print(Text(line, style="yellow"), soft_wrap=True)
    results.keep_class(named.entries)
    return replace(collection, submissions=results.as_drawn(named.submissions)), named.everyone, named.entries


def print_class(course: Course, pairs: "Sequence[Pair]", rows: "Mapping[Pair, Row]") -> None:
    """Print the result table: each learner's scores, or each exercise's numbers where the class is large."""
    table = Table()
    there = {slug for _, slug in pairs}
    slugs = [exercise.slug for exercise in course.exercises if exercise.slug in there]
    learners = list(dict.fromkeys(learner for learner, _ in pairs))
    if len(learners) <= MATRIX_ROWS:
        cells = [[_cell(rows.get((learner, slug))) for slug in slugs] for learner in learners]
        table.add_column("learner", no_wrap=True)
        for slug in slugs:
            table.add_column(f"{course.by_slug[slug].number:02d}", justify="right", no_wrap=True)
        # Scores go before names, which are shortened in the middle; in a narrow terminal the blanks around both go first.
        taken = sum(max(2, *(len(row[place]) for row in cells)) for place in range(len(slugs)))
        lines = len(slugs) + 2
        room = console.width - taken - lines - 2 * (len(slugs) + 1)
        if room < _SHORTEST:
            table.padding = (0, 0)
            room = max(console.width - taken - lines, _SHORTEST)
        for learner, row in zip(learners, cells, strict=True):
            table.add_row(escape(_shortened(learner, room)), *row)
    else:
        for heading in ("exercise", "graded", "missing", "held", "full marks", "mean"):
            table.add_column(heading, justify="left" if heading == "exercise" else "right")
        by_slug: dict[str, list[Row | None]] = defaultdict(list)
        for pair in pairs:
            by_slug[pair[1]].append(rows.get(pair))
        for slug in slugs:
            scores = [row.score for row in by_slug[slug] if row is not None and row.score is not None]
            held = sum(row is not None and row.status == "held" for row in by_slug[slug])
            missing = sum(row is None for row in by_slug[slug])
            full = sum(score == 10 for score in scores)
            mean = f"{sum(scores) / len(scores):.2f}" if scores else "–"
            table.add_row(slug, str(len(scores)), str(missing), str(held), str(full), mean)
    console.print(table)
    if len(learners) <= MATRIX_ROWS:
        names = [f"{course.by_slug[slug].number:02d} {slug}" for slug in slugs]
        console.print(Text(f"{', '.join(names)}; – missing", "dim"))


def print_regrade(results: "Results", out: Path) -> None:
    """Say who was graded again and why, and whose verdict is another now."""
    if results.kept:
        reasons = "; ".join(f"{count} although {because}" for because, count in results.kept.most_common() if because)
        said = f"kept as they were handed back: {_reports(results.kept.total())}{f' ({reasons})' if reasons else ''}"
        console.print(Text(f"\n{said}; --regrade grades them again"), soft_wrap=True)
    if not results.again:
        return
    reasons = "; ".join(f"{count} because {because}" for because, count in results.again.most_common())
    console.print(Text(f"\ngraded again: {reasons}"))
    if not results.changes:
        console.print(Text("no verdict changed"))
        return
    table = Table()
    table.add_column("learner", no_wrap=True)
    for heading in ("exercise", "score", "because", "checks"):
        table.add_column(heading, no_wrap=heading in ("exercise", "score"))
    for change in results.changes[:MATRIX_ROWS]:
        before, after = ("held" if score is None else f"{score:g}" for score in (change.before, change.after))
        row = [
            _shortened(change.learner, 2 * _SHORTEST),
            change.exercise,
            f"{before} → {after}",
            change.because,
            "\n".join(change.checks),
        ]
        table.add_row(*map(escape, row))
    console.print(table)
    console.print(Text(f"changed: {len(results.changes)}, all in {out / 'changes.csv'}"))


def _reports(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _shortened(name: str, room: int) -> str:
    """Return a name without its middle, if it is too long: what tells names apart may stand at either end."""
    if cell_len(name) <= room:
        return name
    begin = set_cell_size(name, room // 2).rstrip()
    end = ""
    for letter in reversed(name):
        if cell_len(f"{begin}…{letter}{end}") > room:
            break
        end = letter + end
    return f"{begin}…{end}"


def _cell(row: "Row | None") -> str:
    if row is None:
        return "–"
    return "held" if row.score is None else f"{row.score:g}"

"""What learners type: `grader check`, `hint`, `watch` and `progress`, all on their own files."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from grader.checking.report import Report
from grader.cli.course import CourseDir, at_hand
from grader.cli.terminal import (
    console,
    fail,
    print_claim,
    print_indented,
    print_praise,
    print_progress,
    print_report,
    print_summary,
    warn,
    why_unreadable,
)
from grader.manifest.course import Course, Exercise
from grader.practice import hints, learner
from grader.practice import progress as kept
from grader.practice.progress import NotKeptError, Progress
from grader.practice.watching import END_OF_INPUT, EVERY_S, Watched, keyboard
from grader.publish import formats

KEYS = "c check now · h hint · n next exercise · p progress · q quit"

Named = typer.Argument(metavar="EXERCISE", help="Its name or number, or a path to it.", show_default=False)


def check(
    exercise: Annotated[
        str | None, typer.Argument(metavar="EXERCISE", help="Its name or number, or a path to it; all without it.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(metavar="FILE", help="Write JUnit XML too.")] = None,
    results: Annotated[Path | None, typer.Option("--json", metavar="FILE", help="Exercism's results.json too.")] = None,
    markdown: Annotated[Path | None, typer.Option(metavar="FILE", help="And a page in Markdown.")] = None,
    course_dir: CourseDir = None,
) -> None:
    """Run the public checks on your own files."""
    course = at_hand(course_dir, above=True)
    chosen = (course.find(exercise),) if exercise else course.exercises
    folder = _folder(exercise)
    _say_at_once()
    if course.other_python:
        warn(course.other_python)
    checked, waiting, passed = [], [], []
    with learner.Practice(course, chosen, folder) as practice:
        for task in chosen:
            report = _check(practice, task, folder)
            checked.append((report, task))
            if exercise is None and not practice.begun(task):
                waiting.append(task)
            elif _told(report, task, folder):
                passed.append(task)
                print_praise(next_unfinished(course, folder, task) if exercise else None)
    if exercise is None:
        print_summary(course.exercises, passed, waiting)
    for path, form in ((junit, formats.junit), (results, formats.exercism), (markdown, formats.markdown)):
        if path is not None:
            _write(path, form(checked))
    raise typer.Exit(0 if len(passed) == len(chosen) else 1)


def hint(
    exercise: Annotated[str, Named],
    again: Annotated[bool, typer.Option("--again", help="Begin with the first hint again.")] = False,
    course_dir: CourseDir = None,
) -> None:
    """Show the next hint for the first check that does not pass."""
    course = at_hand(course_dir, above=True)
    task = course.find(exercise)
    folder = _folder(exercise)
    _say_at_once()
    with learner.Practice(course, (task,), folder) as practice:
        report = practice.check(task)
    keep(report, folder)
    _hint(report, task, folder, again)


def watch(exercise: Annotated[str | None, Named] = None, course_dir: CourseDir = None) -> None:
    """Check an exercise whenever you save it, until you press q."""
    course = at_hand(course_dir, above=True)
    folder = _folder(exercise)
    task = course.find(exercise) if exercise else _unfinished(course, folder)
    watched = Watched(tuple(folder / one.name for one in course.exercises))
    if course.other_python:
        warn(course.other_python)
    console.print(Text("getting ready …", "dim"))
    try:
        with learner.Practice(course, course.exercises, folder) as practice, keyboard() as keys:
            _show(practice, course, task, folder)
            while True:
                names = {path.parent.name for path in watched.saved()}
                saved = [one for one in course.exercises if one.name in names]
                key = "" if saved else keys.pressed(EVERY_S).lower()
                if key in ("q", END_OF_INPUT):
                    return
                if key == "n":
                    task = course.exercises[task.number % len(course.exercises)]
                if saved:
                    task = saved[0]
                if saved or key in ("c", "n"):
                    _show(practice, course, task, folder)
                elif key == "h":
                    _hint(practice.check(task), task, folder, again=False)
                elif key == "p":
                    _print_kept(course, folder)
    except KeyboardInterrupt:
        return


def progress(
    export: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write it into a new file.", show_default=False)
    ] = None,
    take: Annotated[
        Path | None,
        typer.Option(
            "--import", metavar="FILE", help="Add that of another computer, or of the site.", show_default=False
        ),
    ] = None,
    reset: Annotated[
        str | None, typer.Option("--reset", metavar="EXERCISE", help="Forget one exercise.", show_default=False)
    ] = None,
    course_dir: CourseDir = None,
) -> None:
    """Show how far you have come in each exercise."""
    course = at_hand(course_dir, above=True)
    folder = _folder(None)
    path = kept.place(folder)
    if sum(option is not None for option in (export, take, reset)) > 1:
        fail("one of --export, --import and --reset at a time")
    try:
        if export is not None:
            _export(kept.load(path), export)
        elif take is not None:
            _import(path, take)
        elif reset is not None:
            slug = course.find(reset).slug
            kept.change(path, lambda before: {name: best for name, best in before.items() if name != slug})
            console.print(Text(f"{slug} is forgotten; your files are as they were"))
        else:
            print_progress(course.exercises, kept.load(path))
    except NotKeptError as error:
        fail(str(error))


def _folder(named: str | None) -> Path:
    folder = learner.find_exercises(Path.cwd(), named)
    if folder is None:
        fail("no exercises here; run this in the folder that holds `exercises`, or inside it")
    return folder


def _say_at_once() -> None:
    """Say that something goes on, before what takes time: to import what checks need."""
    console.print(Text("checking …", "dim"))


def _check(practice: learner.Practice, task: Exercise, folder: Path) -> Report:
    report = practice.check(task)
    keep(report, folder)
    return report


def _told(report: Report, task: Exercise, folder: Path) -> bool:
    """Show a report, and note what it has told; return whether all passed."""
    hints.note(_hints(folder), hints.told_by(report))
    return print_report(report, task.title)


def _hints(folder: Path) -> Path:
    return kept.place(folder).with_name(hints.NAME)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")


def keep(report: Report, folder: Path) -> None:
    """Note what a run gave; a folder that cannot be written is no reason not to check."""
    result = learner.best(report)
    try:
        kept.change(kept.place(folder), lambda before: kept.record(before, report.exercise, result))
    except kept.SetAsideError as error:
        warn(str(error))
    except NotKeptError as error:
        warn(f"your progress was not kept: {error}")


def _known(folder: Path) -> Progress:
    try:
        return kept.load(kept.place(folder))
    except NotKeptError as error:
        warn(str(error))
        return {}


def _unfinished(course: Course, folder: Path) -> Exercise:
    """Return the first exercise whose public checks have not all passed yet; the first one if all have."""
    return next_unfinished(course, folder, course.exercises[-1]) or course.exercises[0]


def next_unfinished(course: Course, folder: Path, after: Exercise) -> Exercise | None:
    """Return the next exercise whose public checks have not all passed yet, from the first again after the last."""
    known, place = _known(folder), course.exercises.index(after) + 1
    for exercise in (*course.exercises[place:], *course.exercises[:place]):
        best = known.get(exercise.slug)
        if best is None or best.passed < best.checks:
            return exercise
    return None


def _hint(report: Report, task: Exercise, folder: Path, again: bool) -> None:
    console.print(Text(f"\n{task.title}", style="bold"))
    unreadable = why_unreadable(report)
    if unreadable:
        print_indented(unreadable)
        print_indented("Before anything else, Python must be able to read your file.", "cyan")
        return
    lost = next((check for check in report.checks if check.outcome not in ("passed", "skipped")), None)
    if lost is None:
        console.print(Text("  All its public checks pass: there is nothing to give a hint for."))
        return
    print_claim(lost)
    path, name, rungs = _hints(folder), f"{task.slug}.{lost.name}", lost.hint.splitlines()
    if again or lost.message not in hints.load(path).get(name, []):  # else `check` has just said it
        print_indented(lost.message)
        if lost.diagnosis:
            print_indented(f"perhaps: {lost.diagnosis}", "cyan")
    if not rungs:
        return
    rung = hints.next_rung(path, name, lost.message, rungs, again)
    hints.note(path, {name: [lost.message, *rungs[:rung]]}, anew=again)
    print_indented(f"hint {rung} of {len(rungs)}: {rungs[rung - 1]}", "cyan")
    if rung == len(rungs):
        console.print(Text("  That was the last one; --again begins with the first.", "dim"))
    else:
        console.print(Text("  Try it; when you are stuck, ask again for the next one.", "dim"))


def _clear() -> None:
    if console.is_terminal:
        console.clear()


def _show(practice: learner.Practice, course: Course, task: Exercise, folder: Path) -> None:
    """Check an exercise on a fresh screen, or below what was printed where that is no screen."""
    _clear()
    console.print(Text(f"checking {task.name} …", "dim"))
    report = _check(practice, task, folder)
    _clear()
    if _told(report, task, folder):
        print_praise(next_unfinished(course, folder, task))
    said = f"{time.strftime('%H:%M:%S')} · waiting for you to save {task.name}"
    console.print(Text(f"\n{said}" + f"\n{KEYS}" * console.is_terminal, "dim"))


def _print_kept(course: Course, folder: Path) -> None:
    console.print()
    print_progress(course.exercises, _known(folder))


def _export(progress: Progress, file: Path) -> None:
    if file.exists():
        fail(f"{file} is there already; name a new file")
    try:
        kept.write(file, kept.serialise(progress))
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}")
    console.print(Text(f"{file}: {len(progress)} exercises"))


def _import(path: Path, file: Path) -> None:
    try:
        more = kept.parse(file.read_bytes().decode("utf-8-sig"))
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")
    except UnicodeDecodeError:
        fail(f"{file}: This is not a progress file: it is not UTF-8.")
    except kept.ProgressError as error:
        fail(f"{file}: {error}")
    before: Progress = {}

    def add(known: Progress) -> Progress:
        before.update(known)
        return kept.merge(known, more)

    after = kept.change(path, add)
    better = sum(after[slug] != before.get(slug) for slug in after)
    console.print(Text(f"{file}: {len(more)} exercises, {better} of them better than here"))

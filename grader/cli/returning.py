"""The command that hands back what was graded: `return`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from grader.cli.course import CourseDir, at_hand
from grader.cli.grading import Only
from grader.cli.terminal import console, errors, fail
from grader.collect.opened import Folder, modes_of

if TYPE_CHECKING:
    from grader.publish.mailing import Mail, Server
    from grader.publish.parcels import Assignment, Parcels
    from grader.publish.returned import Returned

PASSWORD = "GRADER_SMTP_PASSWORD"  # the environment variable
SHOWN = 5  # names in one line


def hand_back(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="What `grade` wrote.", show_default=False)],
    zips: Annotated[
        Path | None,
        typer.Option(
            "--zip",
            metavar="FOLDER",
            help="Write a zip for each learner, the zips that Moodle takes as feedback, and nbgrader's feedback folder.",
        ),
    ] = None,
    mail: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write one mail for each learner with an address; nothing is sent."),
    ] = None,
    smtp: Annotated[
        str | None, typer.Option(metavar="URL", help="Send these mails, by smtp://USER@HOST:PORT or smtps://…")
    ] = None,
    sender: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Whom mails are from; the user in the URL if not given.")
    ] = "",
    password_file: Annotated[
        Path | None, typer.Option(help=f"Holds the mail server's password, where {PASSWORD} is not set.")
    ] = None,
    only: Only = None,
    course_dir: CourseDir = None,
) -> None:
    """Hand feedback pages back to the learners: as zips, on Moodle, through nbgrader, by mail."""
    from grader.publish.adjustments import AdjustmentError
    from grader.publish.parcels import Parcels, assignments
    from grader.publish.renaming import read_names
    from grader.publish.returned import Returned
    from grader.publish.tables import hand_over
    from grader.publish.writer import Writer

    course = at_hand(course_dir)
    slugs = {course.find(one).slug for one in only or ()}
    exercises = [exercise for exercise in course.exercises if not slugs or exercise.slug in slugs]
    if smtp is not None and mail is None:
        fail("--smtp sends the mails that --mail FOLDER writes: name that folder too")
    if zips is None and mail is None:
        fail("nothing to do: name a folder with --zip FOLDER or --mail FOLDER")
    if not (out / "reports").is_dir():
        fail(f"no report in {out / 'reports'}; name the folder that `grader grade --out` wrote")
    to = _server(smtp, sender, password_file) if smtp is not None else None
    complete = True
    with Writer(out) as writer:
        try:
            said = hand_over(writer.folder, course)
        except AdjustmentError as error:
            fail(str(error))
        except OSError as error:
            fail(f"cannot write to {out}: {error.strerror or error}")
        for line in said:
            errors.print(Text(line, style="yellow"), soft_wrap=True)
        parcels, returned = Parcels(writer.folder, exercises, {}), Returned(writer.folder)
        if zips is not None:
            known, _ = read_names(writer.folder)
            with _opened(zips, out) as folder:
                _write_zips(folder, parcels, assignments(known, course), returned)
        if mail is not None:
            with _opened(mail, out) as folder:
                complete = _mail(folder, parcels, returned, to, sender, course.title)
    for line in parcels.left_out:
        errors.print(Text(line, style="yellow"), soft_wrap=True)
    raise typer.Exit(0 if complete else 1)


@contextmanager
def _opened(path: Path, out: Path) -> Iterator[Folder]:
    """Open the folder for what is handed back, which is made for its owner alone: scores are in it."""
    place, own = path.resolve(), out.resolve()
    is_course = place == own and (out / "submitted").is_dir()  # nbgrader's, graded with `--out .`
    if place.is_relative_to(own) and not is_course:
        fail(f"{path} is in {out}, which is the grader's: name another folder for what is handed back")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(0o700, exist_ok=True)
        with Folder(path) as folder, modes_of(folder):
            yield folder
    except OSError as error:
        fail(f"cannot write to {path}: {error.strerror or error}")


def _write_zips(folder: Folder, parcels: "Parcels", on_moodle: "list[Assignment]", returned: "Returned") -> None:
    from grader.publish.parcels import write_moodles, write_nbgraders, write_zip

    given = []
    for parcel in parcels:
        write_zip(folder, parcel)
        write_nbgraders(folder, parcel)
        given.append((parcel.learner, parcel.hashes))
    if not given:
        errors.print(Text("nothing to hand back: no learner has a page", style="yellow"))
        return
    console.print(
        Text(f"learners  {folder.path / 'learners'}: a zip for each of {_learners(len(given))}"), soft_wrap=True
    )
    console.print(Text(f"nbgrader  {folder.path / 'feedback'}"), soft_wrap=True)
    for assignment in on_moodle:
        count, numberless = write_moodles(folder, assignment, parcels)
        name = f"{assignment.name}.zip"
        if count:
            console.print(Text(f"moodle    {folder.path / 'moodle' / name}: {_learners(count)}"), soft_wrap=True)
        if count and numberless:
            said = f"not in {name}, because Moodle's download had no number for them: {_named(numberless)}"
            errors.print(Text(said, style="yellow"), soft_wrap=True)
    returned.note_files(given)


def _server(url: str, sender: str, password_file: Path | None) -> "Server":
    from grader.publish.mailing import MailError, address, server

    try:
        found = server(url)
    except MailError as error:
        fail(str(error))
    if not sender and address(found.user) is None:
        fail("--smtp: it is not known whom the mails are from; name it, as --sender teacher@example.org")
    password = os.environ.get(PASSWORD, "")
    if password_file is not None:
        try:
            password = password_file.read_text(encoding="utf-8").strip("\r\n")
        except (OSError, ValueError) as error:
            fail(f"--password-file {password_file}: {getattr(error, 'strerror', None) or 'not a text file'}")
    if found.user and not password:
        fail(f"no password for {found.user}: set {PASSWORD}, or name a file that holds it with --password-file")
    return replace(found, password=password)


def _mail(
    folder: Folder, parcels: "Parcels", returned: "Returned", to: "Server | None", sender: str, title: str
) -> bool:
    """Write the mails, and send them if there is a server; return whether the server took all."""
    from grader.publish.class_list import Contact, read_contacts
    from grader.publish.mailing import Mail, MailError, address, as_draft, message, send, unsent

    if sender and address(sender) is None:
        fail(f"--sender {sender}: no mail address; expected one as teacher@example.org")
    contacts = read_contacts(parcels.out)
    whom = address(sender or (to.user if to is not None else ""))
    nowhere, unknown, count = list[str](), list[str](), 0

    def mails() -> "Iterator[Mail]":
        nonlocal count
        for parcel in parcels:
            contact = contacts.get(parcel.learner, Contact())
            due, perhaps = unsent(parcel, returned)
            if not due.pages and not perhaps.pages:
                continue
            if (reached := address(contact.email, contact.name)) is None:
                nowhere.append(parcel.learner)
                continue
            if perhaps.pages:
                unknown.append(parcel.learner)
            mail = message(due, reached, title, whom)
            left = replace(due, pages=(*due.pages, *perhaps.pages))  # to be sent by hand, where it is
            is_sent = to is not None and not perhaps.pages
            folder.write(
                f"{parcel.folder}.eml", bytes(mail) if is_sent else as_draft(message(left, reached, title, whom))
            )
            count += 1
            if due.pages:
                yield Mail(due, mail)

    refused = 0
    try:
        if to is None:
            given = [(mail.parcel.learner, mail.parcel.hashes) for mail in mails()]
            returned.note_files(given)
            console.print(Text(f"mails     {folder.path}: {count}; none is sent without --smtp"), soft_wrap=True)
        else:
            sent = 0
            for mail, why in send(mails(), to, returned):
                sent += not why
                if why:
                    refused += 1
                    said = f"not sent: {mail.parcel.learner}: {to.host} says {why}"
                    errors.print(Text(said, style="bold red"), soft_wrap=True)
            console.print(Text(f"mails     {folder.path}: {count}, and {sent} sent by {to.host}"), soft_wrap=True)
    except MailError as error:
        errors.print(Text(f"{error}; what was sent is noted, and the same command sends the rest", style="bold red"))
        return False
    finally:
        if nowhere:
            said = f"no mail address, so no mail: {_named(nowhere)}; `grader grade --roster` reads the class list"
            errors.print(Text(said, style="yellow"), soft_wrap=True)
        if unknown:
            said = (
                f"perhaps sent when an earlier run was ended, and not sent again: {_named(unknown)}. Ask, and send the mail "
                f"in {folder.path} by hand where none has come"
            )
            errors.print(Text(said, style="yellow"), soft_wrap=True)
    return not refused


def _learners(number: int) -> str:
    return "1 learner" if number == 1 else f"{number} learners"


def _named(learners: list[str]) -> str:
    more = f" and {len(learners) - SHOWN} more" if len(learners) > SHOWN else ""
    return f"{', '.join(learners[:SHOWN])}{more}"

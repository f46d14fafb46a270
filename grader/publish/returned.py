"""Stage 5: what each learner has been given: OUT/.grader/returned, a file that only grows.

A line is on the disk before a mail goes out, and another when the server has taken it: where a kill came between the two, nobody
knows whether it went out, and it is not sent again. A report that was given stays until a teacher says otherwise.
"""

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime

from grader.collect.opened import OWN, Folder
from grader.collect.roster import Move

RECORD = f"{OWN}/returned"
MOST = 2**30  # bytes of it: a line has some hundreds
# What a line says of some pages. A mail that is neither sent nor refused since it was begun may have gone out or not.
FILES, SENDING, SENT, REFUSED = "files", "sending", "sent", "refused"
_RENAMED = "renamed"

Hashes = Mapping[str, tuple[str, str]]  # of a report and its page, by exercise


class Returned:
    """The record of what learners have been given; a context manager.

    Parameters
    ----------
    folder : Folder
        OUT, which this command alone is writing.

    Raises
    ------
    OSError
        If it cannot be read.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._given: dict[str, dict[str, str]] = {}  # reports, by learner and exercise
        self._sent: dict[str, dict[str, str]] = {}  # pages
        self._begun: dict[str, dict[str, str]] = {}  # pages of mails that are neither sent nor refused
        text = ""
        with suppress(FileNotFoundError):
            text = folder.read(RECORD, MOST).decode("utf-8", "replace")
        # A kill may have cut the last line short: the next one must not be joined to it.
        self._before = "" if text.endswith("\n") or not text else "\n"
        for line in text.splitlines():
            with suppress(ValueError, TypeError, AttributeError, RecursionError):  # cut short, or of another version
                what, learner, told, _ = json.loads(line)
                self._take(str(what), str(learner), told)

    def has(self, learner: str, exercise: str) -> bool:
        """Tell whether a learner was given any report on an exercise."""
        return exercise in self._given.get(learner, {})

    def was_given(self, learner: str, exercise: str, report: str) -> bool:
        """Tell whether a learner was last given a report with this fingerprint."""
        return self._given.get(learner, {}).get(exercise) == report

    def was_sent(self, learner: str, exercise: str, page: str) -> bool:
        """Tell whether a page with this fingerprint is the last that a mail server took."""
        return self._sent.get(learner, {}).get(exercise) == page

    def may_be_sent(self, learner: str, exercise: str, page: str) -> bool:
        """Tell whether this page was being sent when an earlier run ended, so that nobody knows whether it was."""
        return self._begun.get(learner, {}).get(exercise) == page

    def note(self, what: str, learner: str, pages: Hashes) -> None:
        """Note what happens to some pages of a learner's; when this returns, it is on the disk."""
        self._write([(what, learner, {slug: list(both) for slug, both in pages.items()})])

    def note_files(self, of_class: Iterable[tuple[str, Hashes]]) -> None:
        """Note for many at once that their pages were written to be handed out; what is known already is not repeated."""
        self._write(
            (FILES, learner, {slug: list(both) for slug, both in pages.items()})
            for learner, pages in of_class
            if any(not self.was_given(learner, slug, report) for slug, (report, _) in pages.items())
        )

    def rename(self, moves: Iterable[Move]) -> None:
        """Note that learners have other names now."""
        names = (self._given, self._sent, self._begun)
        self._write((_RENAMED, one.before, one.after) for one in moves if any(one.before in some for some in names))

    def _take(self, what: str, learner: str, told: object) -> None:
        if what == _RENAMED:
            for some in (self._given, self._sent, self._begun):
                some.setdefault(str(told), {}).update(some.pop(learner, {}))
            return
        assert isinstance(told, dict)
        for slug, (report, page) in told.items():
            if what != REFUSED:
                self._given.setdefault(learner, {})[slug] = report
            if what in (SENT, REFUSED):
                self._begun.get(learner, {}).pop(slug, None)
            if what == SENDING:
                self._begun.setdefault(learner, {})[slug] = page
            elif what == SENT:
                self._sent.setdefault(learner, {})[slug] = page

    def _write(self, lines: Iterable[tuple[str, str, object]]) -> None:
        lines = list(lines)
        if not lines:
            return
        when = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        with os.fdopen(self._folder.append(RECORD), "a", encoding="utf-8") as file:
            file.write(self._before + "".join(f"{json.dumps([*line, when])}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        self._before = ""
        for line in lines:
            self._take(*line)

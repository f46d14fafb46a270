"""Add up the learners of a class: who needs help, who is not there, and the sections beside each other.

Of each learner one number is counted, and of those who need help most some are kept by name.
"""

import heapq
from collections import Counter, defaultdict
from collections.abc import Mapping
from math import ceil
from typing import Any

from grader.checking.report import Report
from grader.publish.class_list import Contact
from grader.publish.overview.kinds import NAMED, NAMED_BY_CHECK, Behind, InSection, Late, Page, Section, Who
from grader.publish.overview.tally import Names

Reports = Mapping[str, tuple[Report, Who]]  # by exercise, each with whose it is and its page


class ClassTally:
    """What is added up of learners over all exercises."""

    def __init__(self) -> None:
        self.learners = 0
        self.with_zero = 0
        self.came_late = 0
        self.absent = Names()
        self._shares = [0] * 1001  # learners by share of points, in thousandths
        self._zeros: list[tuple[tuple[int, float, int], Behind]] = []
        self._last: list[tuple[tuple[int, int], Behind]] = []
        self._late: list[tuple[tuple[int, int], Late]] = []
        self._sections: dict[str, _SectionTally] = {}

    def add(self, who: Who, person: Contact, statuses: Mapping[str, str], reports: Reports) -> None:
        """Add a learner: the status in each exercise, and the reports that there are, each with its page."""
        self.learners += 1
        if person.section:
            self._sections.setdefault(person.section, _SectionTally()).add(statuses, reports)
        scored = [(slug, report, page) for slug, (report, page) in reports.items() if report.score is not None]
        if set(statuses.values()) <= {"missing"}:
            self.absent.add(who)
        late = tuple(Page(slug, page.page) for slug, (_, page) in reports.items() if page.late)
        if late:
            self.came_late += 1
            _keep(self._late, ((len(late), -self.learners), Late(who, person.section, late)))
        possible = sum(report.max_score for _, report, _ in scored)
        if not possible:
            return
        share = sum(report.score or 0.0 for _, report, _ in scored) / possible
        thousandths = int(1000 * share)
        self._shares[thousandths] += 1
        zeros = tuple(Page(slug, page.page) for slug, report, page in scored if not report.score)
        one = Behind(who, person.section, round(share, 4), zeros)
        if zeros:
            self.with_zero += 1
            _keep(self._zeros, ((len(zeros), -share, -self.learners), one))
        _keep(self._last, ((-thousandths, -self.learners), one))

    def zeros(self) -> tuple[Behind, ...]:
        return tuple(one for _, one in sorted(self._zeros, reverse=True))

    def late(self) -> tuple[Late, ...]:
        return tuple(one for _, one in sorted(self._late, reverse=True))

    def behind(self) -> tuple[int, tuple[Behind, ...]]:
        """Return how many have less than half the share of the learner in the middle, and the last of them."""
        scored, middle, seen = sum(self._shares), 0, 0
        for middle, count in enumerate(self._shares):  # noqa: B007  # where it stops is the median
            seen += count
            if 2 * seen >= scored:
                break
        limit = ceil(middle / 2)
        named = tuple(one for (share, _), one in sorted(self._last, reverse=True) if -share < limit)
        return sum(self._shares[:limit]), named

    def sections(self) -> tuple[Section, ...]:
        return tuple(Section(name, one.learners, one.result()) for name, one in sorted(self._sections.items()))


class _SectionTally:
    def __init__(self) -> None:
        self.learners = 0
        self._statuses: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._points: defaultdict[str, float] = defaultdict(float)
        self._who: defaultdict[str, Names] = defaultdict(lambda: Names(NAMED_BY_CHECK))

    def add(self, statuses: Mapping[str, str], reports: Reports) -> None:
        self.learners += 1
        for slug, status in statuses.items():
            self._statuses[slug][status] += 1
        for slug, (report, who) in reports.items():
            if report.score is not None:
                self._points[slug] += report.score
                self._who[slug].add(who)

    def result(self) -> dict[str, InSection]:
        return {
            slug: InSection(
                some["graded"],
                some["missing"],
                some["held"],
                round(self._points[slug] / some["graded"], 3) if some["graded"] else None,
                self._who[slug].some(),
            )
            for slug, some in self._statuses.items()
        }


def _keep(heap: list[Any], one: tuple[tuple[int | float, ...], Behind | Late]) -> None:
    """Keep those that rank highest; no two of them rank alike."""
    if len(heap) < NAMED:
        heapq.heappush(heap, one)
    else:
        heapq.heappushpop(heap, one)

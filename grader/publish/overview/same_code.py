"""Which hand-ins have the same code: a hint to a teacher, and no verdict.

An accusation that is wrong does more harm than one that is not made. So what many have found is not listed, nor what is so short
that there are few ways to write it (`grader.collect.likeness`); what a group has handed in together is one hand-in. Whether the
same learners are alike in other exercises too is told, since chance does not repeat itself often.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from grader.grading.journal import Finished
from grader.publish.overview.kinds import SAME_CODE, SameCode, Some, Who

MOST = 5  # hand-ins of the same code that are listed: where more have it, it is a usual way to write it
SMALL = 50  # hand-ins: among fewer nobody knows what is usual, so only those are listed who are alike elsewhere too
LARGE = 1_000  # hand-ins: among more some are alike by chance, so the same holds

Pairs = Iterator[tuple[str, str]]


class _Group:
    """Hand-ins of the same code in one exercise."""

    def __init__(self, members: dict[str, str]) -> None:
        self.members = members  # the first learner of each, by the name for which inputs were drawn
        self.learners = sorted(members.values())
        self.elsewhere = 0
        self.who: dict[str, Who] = {}

    def pairs(self) -> Pairs:
        return combinations(sorted(self.members), 2)


class SameCodes:
    """The hand-ins of a class that have the same code.

    Parameters
    ----------
    finished : Finished
        What OUT's journal says. The reports are read later: until then only learners' names are known.
    """

    def __init__(self, finished: Finished) -> None:
        counts = Counter(code for _, code, _ in finished.codes())
        self._compared: Counter[str] = Counter()
        having: Counter[tuple[str, str]] = Counter()
        alike: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        for (learner, slug), code, drawn_for in finished.codes():
            self._compared[slug] += 1
            if counts[code] > 1:
                having[slug, code] += 1
                if len(alike[slug, code]) <= MOST:  # of a usual one not all are kept
                    alike[slug, code].setdefault(drawn_for, learner)
        self._usual: Counter[str] = Counter()
        self._groups: defaultdict[str, list[_Group]] = defaultdict(list)
        for (slug, code), members in alike.items():
            if len(members) > MOST:
                self._usual[slug] += having[slug, code]
            elif len(members) > 1:
                self._groups[slug].append(_Group(members))
        together = Counter(pair for some in self._groups.values() for one in some for pair in one.pairs())
        self._place: dict[tuple[str, str], _Group] = {}
        for slug, some in self._groups.items():
            for one in some:
                one.elsewhere = min(together[pair] for pair in one.pairs()) - 1
                if one.elsewhere or SMALL <= self._compared[slug] <= LARGE:
                    self._place |= {(learner, slug): one for learner in one.learners}
                else:
                    self._usual[slug] += len(one.learners)

    def add(self, slug: str, who: Who) -> list[str]:
        """Take in whose hand-in one of them is; return who else has the same code."""
        group = self._place.get((who.learner, slug))
        if group is None:
            return []
        group.who[who.learner] = who
        return [learner for learner in group.learners if learner != who.learner]

    def of(self, slug: str) -> tuple[int, tuple[SameCode, ...], int, int]:
        """Return of an exercise how many were compared, groups that are alike, how many more there are, and of how many nothing follows."""
        groups = [one for one in self._groups[slug] if len(one.who) > 1]  # the others' reports are no more
        groups.sort(key=lambda one: (-one.elsewhere, len(one.learners), one.learners))
        told = [SameCode(Some(len(one.who), tuple(one.who.values())), one.elsewhere) for one in groups[:SAME_CODE]]
        return self._compared[slug], tuple(told), len(groups) - len(told), self._usual[slug]

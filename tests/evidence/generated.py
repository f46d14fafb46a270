"""What became of the generated programs: what the oracle says, and what the checks say, side by side."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from grader.authoring.verdicts import Verdict, judge
from grader.manifest.contract import contract
from grader.manifest.course import Exercise
from tests.evidence.changes import code
from tests.evidence.corpus import HELD_OUT, Generated, as_program, corpus, set_aside, sources, told
from tests.evidence.findings import KEPT, fingerprint
from tests.evidence.oracle import judged

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Judged:
    """One generated program: the oracle's word and the checks'."""

    change: str
    function: str
    style: str
    wrong: dict[str, str]  # by the oracle: each function that breaks the contract, and by what
    lost: tuple[str, ...]  # by the checks: the functions that lost points
    reached: tuple[str, ...]  # the functions that call the changed one, itself among them

    @property
    def name(self) -> str:
        return f"{self.change} of {self.function} in {self.style}"

    @property
    def survives(self) -> tuple[str, ...]:
        """The functions that are wrong and lost nothing."""
        return tuple(sorted(set(self.wrong) - set(self.lost)))

    @property
    def blamed(self) -> tuple[str, ...]:
        """The functions that lost points, though they are right and call nothing that is wrong."""
        allowed = set(self.wrong) | (set(self.reached) if self.wrong else set())
        return tuple(sorted(set(self.lost) - allowed))


@dataclass(frozen=True)
class Outcome:
    """What became of an exercise's generated programs of one seed."""

    slug: str
    title: str
    seed: str
    fingerprint: str
    programs: tuple[Judged, ...]
    refused: tuple[str, ...] = ()  # right programs that the oracle calls wrong

    @property
    def wrong(self) -> list[Judged]:
        return [one for one in self.programs if one.wrong]

    @property
    def survivors(self) -> list[Judged]:
        return [one for one in self.wrong if one.survives]

    @property
    def blamed(self) -> list[Judged]:
        return [one for one in self.programs if one.blamed]

    def problems(self) -> Iterator[str]:
        """Yield what is not as it should be."""
        part = "set aside, " if self.seed == HELD_OUT else ""
        alive = Counter((one.change, one.function, " and ".join(one.survives)) for one in self.survivors)
        for (change, function, wrong), times in alive.items():
            yield f"{part}survives: {change} of {function}: {wrong} wrong{f', {times} times' if times > 1 else ''}"
        for one in self.blamed:
            yield f"{part}blamed though right: {one.name}: {one.blamed[0]} lost points"
        yield from (f"called wrong by the oracle, though right: {name}" for name in self.refused)

    def keep(self) -> None:
        """Write the outcome where the next run finds it."""
        KEPT.mkdir(parents=True, exist_ok=True)
        _place(self.slug, self.seed).write_text(json.dumps(asdict(self), indent=1), encoding="utf-8")


def _place(slug: str, seed: str) -> Path:
    return KEPT / f"generated-{seed}-{slug}.json"


def kept_outcome(exercise: Exercise, seed: str) -> Outcome | None:
    """Return the outcome of an earlier run; None if there is none, or anything that it rests on has changed."""
    path = _place(exercise.slug, seed)
    if not path.exists():
        return None
    data = json.loads(path.read_text(encoding="utf-8"))
    if data["fingerprint"] != _rests_on(exercise):
        return None
    programs = tuple(
        Judged(**{**one, "lost": tuple(one["lost"]), "reached": tuple(one["reached"])}) for one in data["programs"]
    )
    return Outcome(**{**data, "programs": programs, "refused": tuple(data["refused"])})


def _rests_on(exercise: Exercise) -> str:
    files = sorted((*HERE.glob("changes/*.py"), *HERE.glob("oracle/**/*.py"), HERE / "corpus.py"))
    return hashlib.sha256(
        b"\0".join([fingerprint(exercise).encode(), *(path.read_bytes() for path in files)])
    ).hexdigest()


def outcome(exercise: Exercise, seed: str, jobs: int) -> Outcome:
    """Generate an exercise's programs from a seed, and ask the oracle and the checks."""
    programs = list(set_aside(exercise) if seed == HELD_OUT else corpus(exercise, seed))
    refused = tuple(name for name, text in sources(exercise).items() if judged([text], exercise.slug))
    found = tuple(side_by_side(programs, jobs))
    return Outcome(exercise.slug, exercise.title, seed, _rests_on(exercise), found, refused)


def side_by_side(programs: Sequence[Generated], jobs: int) -> list[Judged]:
    """Ask oracle and checks about some generated programs."""
    said = told(programs, jobs)
    graded = [as_program(one) for one in programs]
    verdicts = judge(graded, 1, jobs)
    return [
        Judged(
            one.change,
            one.function,
            one.style,
            wrong,
            functions_of(program.exercise, verdicts[program][0]),
            tuple(sorted(code.callers(one.source, one.function) & set(contract(one.slug)))),
        )
        for one, wrong, program in zip(programs, said, graded, strict=True)
    ]


def functions_of(exercise: Exercise, verdict: Verdict) -> tuple[str, ...]:
    """Return the functions whose checks were lost: a check is called `test_FUNCTION_…`."""
    names = contract(exercise.slug)
    fitting = (max((name for name in names if check.startswith(f"test_{name}_")), key=len) for check in verdict.lost)
    return tuple(sorted(set(fitting)))


def by_change(outcomes: Sequence[Outcome]) -> dict[str, tuple[int, int]]:
    """Return for each change how many programs it made wrong, and how many of these lost points in all that is wrong."""
    wrong = Counter(one.change for each in outcomes for one in each.wrong)
    alive = Counter(one.change for each in outcomes for one in each.survivors)
    return {change: (wrong[change], wrong[change] - alive[change]) for change in sorted(wrong)}

"""How a target is run: examples by Hypothesis, what each costs, and the corpus of what was once found."""

import gc
import resource
import runpy
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.database import DirectoryBasedExampleDatabase, ExampleDatabase
from hypothesis.strategies import SearchStrategy

CORPUS = Path(__file__).parent / "corpus"
GRADER = Path(__file__).parents[2] / "grader"
MOST_CPU_S = 3.0  # of the trusted side, for one submission
MOST_MIB = 300  # above what it holds before


@dataclass(frozen=True)
class Target:
    """A kind of input, and what must hold for each.

    Parameters
    ----------
    name
        Its kind: a folder of the corpus.
    examples
        Gives inputs.
    holds
        Raises where something is wrong.
    in_ci
        How many examples CI tries.
    seen
        The same input in plain words, where its `repr` is none.
    """

    name: str
    examples: SearchStrategy[Any]
    holds: Callable[[Any], None]
    in_ci: int = 100
    phases: tuple[Phase, ...] = (Phase.reuse, Phase.generate, Phase.shrink)
    known: set[tuple[str, str]] = field(default_factory=set, compare=False)  # what was found already in this run

    def corpus(self) -> dict[str, Any]:
        """Return what was once found, by the name that says what it is."""
        return {path.stem: runpy.run_path(str(path))["example"] for path in sorted((CORPUS / self.name).glob("*.py"))}


class Dear(AssertionError):
    """An example costs the trusted side too much."""


@contextmanager
def bounded(timed: bool) -> Iterator[None]:
    """Expect that what is done inside stays within its bounds: memory, and time where `timed`."""
    before, begun = peak_mib(anew=True), time.process_time()
    yield
    spent, grown = time.process_time() - begun, peak_mib() - before
    if grown > MOST_MIB:
        raise Dear(f"memory: {grown:.0f} MiB more than before")
    if timed and spent > MOST_CPU_S:
        raise Dear(f"time: {spent:.1f} s of a processor")


def peak_mib(anew: bool = False) -> float:
    """Return the most memory that this process held; `anew` forgets what was before."""
    try:
        if anew:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except OSError:  # no Linux: then the peak only grows
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run(
    target: Target, count: int, *, seed: int | None = None, timed: bool = False, found_in: Path | None = None
) -> int:
    """Try a target; return how many examples were tried. Without a seed, they are the same each time.

    Raises
    ------
    Exception
        What the target raised, with the example as a note; an ExceptionGroup where there are several.
    """
    tried = 0

    def holds(example: Any) -> None:
        nonlocal tried
        tried += 1
        try:
            try:
                with bounded(timed):
                    target.holds(example)
            except Dear:
                # What the search itself keeps, the collector looks through now and then; that is no cost of the example.
                gc.freeze()
                try:
                    with bounded(timed):
                        target.holds(example)
                finally:
                    gc.unfreeze()
        except Exception as error:
            if origin(error) not in target.known:
                error.add_note(f"example: {repr(example)[:2_000]}")
                raise

    database: ExampleDatabase | None = DirectoryBasedExampleDatabase(found_in / target.name) if found_in else None
    chosen = settings(
        max_examples=count,
        database=database,
        derandomize=seed is None,
        deadline=None,
        phases=target.phases,
        suppress_health_check=list(HealthCheck),
    )
    search = given(example=target.examples)(holds)
    chosen(search if seed is None else hypothesis.seed(seed)(search))()
    return tried


def origin(error: BaseException) -> tuple[str, str]:
    """Return what tells one root cause from another: the exception, and the line of the grader that raised it."""
    if isinstance(error, Dear):
        return "Dear", str(error).partition(":")[0]
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(GRADER)]
    line = f"{Path(ours[-1].filename).relative_to(GRADER)}:{ours[-1].lineno}" if ours else str(error)[:100]
    return type(error).__name__, line


def several(error: BaseException) -> list[BaseException]:
    """Return the exceptions of a group, or the one that it is."""
    return (
        [one for inner in error.exceptions for one in several(inner)]
        if isinstance(error, BaseExceptionGroup)
        else [error]
    )

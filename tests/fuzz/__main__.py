"""`python -m tests.fuzz [--seconds N] [--minutes N] [--only KIND]`: the corpus, then new examples until the time is over."""

import argparse
import faulthandler
import random
import resource
import time
import warnings
from pathlib import Path

from hypothesis.errors import HypothesisWarning

from tests.fuzz.running import Target, bounded, origin, run, several
from tests.fuzz.targets import TARGETS

FOUND_IN = Path("build/fuzz")
STUCK_S = 600  # of one batch: then where it hangs is printed, and the fuzzer ends
MOST_GIB = 8  # of address space: more is a MemoryError, and a finding, instead of a machine that is out of memory


def main() -> int:
    """Fuzz; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--minutes", type=float, default=0.0)
    parser.add_argument("--only", choices=[target.name for target in TARGETS])
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="the same examples again")
    given = parser.parse_args()
    seconds = given.seconds + 60 * given.minutes or 60.0
    targets = [target for target in TARGETS if given.only in (None, target.name)]
    resource.setrlimit(resource.RLIMIT_AS, (MOST_GIB * 2**30, resource.getrlimit(resource.RLIMIT_AS)[1]))

    warnings.simplefilter("ignore", HypothesisWarning)  # an example of many items is shown by its first ones

    begun = time.monotonic()
    tried = dict.fromkeys((target.name for target in targets), 0)
    found: list[str] = []
    for target in targets:
        for name, example in target.corpus().items():
            tried[target.name] += 1
            try:
                with bounded(timed=True):
                    target.holds(example)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is a finding
                found += _tell(target, error, f"corpus: {name}")
    seed, share = given.seed, 1 / 20  # of what is left of the time: each target has its turn several times
    while (left := seconds - (time.monotonic() - begun)) > 0:
        for target in targets:
            faulthandler.dump_traceback_later(STUCK_S, exit=True)
            until = time.monotonic() + max(1.0, left * share / len(targets))
            while time.monotonic() < until:
                seed += 1
                count = target.in_ci
                try:
                    tried[target.name] += run(target, count, seed=seed, timed=True, found_in=FOUND_IN)
                except Exception as error:  # noqa: BLE001  # the same
                    tried[target.name] += count
                    found += _tell(target, error, f"seed {seed}")
    faulthandler.cancel_dump_traceback_later()
    counts = ", ".join(f"{name} {count}" for name, count in tried.items())
    result = f"found {len(found)}: {'; '.join(found)}" if found else "found nothing"
    print(f"tried {sum(tried.values())} examples in {time.monotonic() - begun:.0f} s ({counts}): {result}")
    return 1 if found else 0


def _tell(target: Target, error: Exception, where: str) -> list[str]:
    """Print what is new of what was found; return a line for each."""
    lines = []
    for one in several(error):
        if (source := origin(one)) in target.known:
            continue
        target.known.add(source)
        lines.append(f"{target.name}: {source[0]} at {source[1]}")
        example = "\n".join(getattr(one, "__notes__", []))
        print(f"--- {lines[-1]} ({where})\n{str(one)[:500]}\n{example[:4_000]}\n", flush=True)
    return lines


if __name__ == "__main__":
    raise SystemExit(main())

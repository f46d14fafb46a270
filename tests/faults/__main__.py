"""`python -m tests.faults [--count N] [--seed N]`: so many faults, one after the other; exit status 1 if one leaves a trace."""

import argparse
import os
import random
import tempfile
from pathlib import Path

from tests.faults.runs import Trial
from tests.postgres import server


def main() -> int:
    """Inject faults; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32), help="the same faults again")
    given = parser.parse_args()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, server() as database:
        trial = Trial(Path(folder))
        for seed in range(given.seed, given.seed + given.count):
            # Every fourth spoils the disk, where that may be done, and every fourth stops the database.
            if seed % 4 == 0 and os.geteuid() == 0:
                problems = trial.spoil_disk(seed)
            else:
                problems = trial.stop_database(seed, database) if seed % 4 == 1 else trial.kill(seed)
            print("\n".join(problems), end="\n" * bool(problems), flush=True)
            found += problems[:1]
    print(f"injected {given.count} faults: {len(found)} left a trace")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

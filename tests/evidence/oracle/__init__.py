"""An oracle that is not the checks: it tells of any program which functions break the contract, and by what.

`contract/` has one module for each exercise, with inputs and reference values of its own; `answers.py` says what may pass
for a number, an array, a path; `asking.py` runs a program in a process of its own and asks. Nothing here reads the course's
checks, and no check reads this: where the two disagree, one of them has a fault.
"""

from tests.evidence.oracle.asking import judged

__all__ = ["judged"]

"""For those who write checks: what is expected of a learner's values. `grader.checking.expect` says more."""

from grader.checking.expect import ATOL, RTOL, expect, repeated

__all__ = ["ATOL", "RTOL", "expect", "repeated"]

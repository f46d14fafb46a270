"""The grader of the gradient-descent course: collect, sandbox, check, report, publish, in that order."""

__version__ = "0.1.0"

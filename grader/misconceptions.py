"""For those who write exercises: how a mistake is given its name. `grader.diagnosis.mistakes` says more."""

from grader.diagnosis.mistakes import misconception

__all__ = ["misconception"]

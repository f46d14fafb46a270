"""What every grading process needs: imported once, by the process that they are forked from (`grader.grading.grade`)."""

import gc

gc.disable()  # importing makes nothing that is garbage

from grader.diagnosis import picture, replay  # noqa: E402, F401
from grader.grading import session  # noqa: E402, F401

gc.enable()
gc.freeze()

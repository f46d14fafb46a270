"""What every grading process needs: imported once, by the process that they are forked from (`grader.grade.prepare`)."""

import gc

gc.disable()  # importing makes nothing that is garbage

import grader.checking  # noqa: E402
import grader.diagnosis  # noqa: E402
import grader.picture  # noqa: E402, F401

gc.enable()
gc.freeze()

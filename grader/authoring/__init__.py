"""For those who make a course: stubs from solutions, the learner's kit, the sample class.

In: solutions with marked regions, checks, misconceptions. Out: what learners get, with nothing hidden in it.
"""

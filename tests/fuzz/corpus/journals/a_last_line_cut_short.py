"""A run was killed in the middle of a line: the next line must not be joined to it."""

example = b'["learner-001", "upda'

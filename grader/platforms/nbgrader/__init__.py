"""nbgrader: a course for its commands, which then read and run learners' notebooks as the grader does."""

"""nbgrader: a course for its commands, which then read and run learners' notebooks as the grader does."""

# What a process runs that assigns late penalties: `grader.platforms.nbgrader.penalties` imports all of nbgrader.
START_PENALTIES = "from grader.platforms.nbgrader.penalties import main; main()"

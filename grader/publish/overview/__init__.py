"""Stage 5: the class at a glance. OUT's reports are added up to a page, to JSON, and to a table of all that went wrong.

`tally` and `learners` add up the reports, a learner at a time, to what `kinds` describes; `page` shows that; `writing` puts
it into OUT. Whatever it shows of a learner is for the teacher only.
"""

from grader.publish.overview.kinds import Overview
from grader.publish.overview.writing import Survey, graded_at, write_overview

__all__ = ["Overview", "Survey", "graded_at", "write_overview"]

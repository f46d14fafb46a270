"""Stage 5: the class at one look. OUT's reports are added up to a page, to JSON, and to a table of all that went wrong.

`reading` reads OUT, one report at a time; `tally` adds it up to what `kinds` describes; `page` shows that; `writing` puts
all three into OUT. Whatever it shows of a learner is for the teacher alone.
"""

from grader.publish.overview.kinds import Overview
from grader.publish.overview.writing import OverviewError, write_overview

__all__ = ["Overview", "OverviewError", "write_overview"]

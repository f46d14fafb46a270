"""Stage 5: nbgrader's gradebook, on SQLite or PostgreSQL, and the notebooks that its formgrader opens.

`database` reaches one and has nbgrader make its tables (`schema`), `assignments` knows what an exercise is there,
`writing` turns reports into rows, and `notebooks` into graded notebooks.
"""

from grader.publish.gradebook.database import GradebookError
from grader.publish.gradebook.writing import Gradebook

__all__ = ["Gradebook", "GradebookError"]

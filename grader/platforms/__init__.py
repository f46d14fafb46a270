"""Where others run the grader: nbgrader's commands, Gradescope's autograder, GitHub's workflows, each in a folder.

In: what the platform hands over, and how it wants to be configured. Out: what it expects back. `bundle` packs the grader for them.
"""

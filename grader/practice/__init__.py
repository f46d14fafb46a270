"""A learner's own loop: check, hint, watch, progress, in a terminal, in a notebook, in `pytest`, in a page.

In: the file that a learner is working on, and the public checks. Out: words for them, and what they have reached. Nothing
here decides a grade.
"""

"""Stage 4: why a check failed: what numbers, paths and further answers show, which known mistake gives the same, a picture.

In: the results of checks, and the calls that they recorded. Out: the same results with a diagnosis; SVG. All of it is
comfort: it comes after the verdict, changes no point, and what fails here costs itself alone.
"""

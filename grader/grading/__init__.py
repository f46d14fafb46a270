"""Stage 5: a class is graded: one pytest session for many submissions, many processes, and a journal of what is finished.

In: submissions, and the settings of the run. Out: each submission's report, page's picture and faults, as they are done. A
process that dies takes nobody else's work with it; what is finished is never done again unless what it depends on has changed.
"""

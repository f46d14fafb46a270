"""Stage 6: what is written of a class: reports, pages, tables, exports, nbgrader's gradebook.

In: reports. Out: the folder OUT, which is a stable interface, and files that other systems import. One command writes a
folder at a time, and what it writes is whole or not there.
"""

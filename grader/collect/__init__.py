"""Stage 1: the bytes of a class, read: whose is what, and which file is the answer.

In: a folder or a zip, as learners and platforms arrange them, and a class list. Out: `Submission`s, with all that they
import of their own and what is to be said of them. Nothing of a learner's runs here. A platform that has changed its names
is mended in `layouts`, a class list in `roster`.
"""

"""Plain data between the grader and a learner's process: how it is encoded, bounded, compared and shown.

In: numbers, arrays, texts, formulas, functions that checks hand in. Out: the same on the other side, exact, and nothing
else: no pickle, no `eval`, no text that is parsed. What crosses is bounded in size and depth before anything is made of it.
"""

"""Plausible wrong programs: changes with a name, applied to right programs in every style.

A change of `results`, `arguments`, `handed`, `walks`, `memory` or `particular` puts a function of its own in the place of a
learner's, as if it were written so; `code` changes what a learner wrote. Digits, sizes and limits are drawn, so another seed
makes another corpus.
"""

"""Fuzzing: whatever is handed in is graded, harms nobody, and costs the grader little.

`make fuzz` tries new examples for a minute (`make fuzz MINUTES=30`, or `SECONDS=90`) and says in its last line what was
tried and found; its exit status is 1 if anything was. What it finds is printed and kept in `build/fuzz/`, whose examples
come first the next time. `python -m tests.fuzz --only zips` tries one kind alone. CI runs a fixed few of each kind
(`tests/test_fuzz.py`).

A `Target` (`running`) is a kind of input and what must hold for it: `wire` has what a worker can send, `forgeries` puts
that in the middle of real checks, `hand_ins` has what a learner can hand in, `records` what the grader reads besides, and
`programs` whole submissions full of odd values (`odd`), which go through the locked sandbox to report, page, notebook and
gradebook. An example may cost the trusted side `MOST_CPU_S` and `MOST_MIB`, and may raise what is documented, nothing else.

The corpus
----------
`corpus/KIND/WHAT_IT_IS.py` is one example that once was a finding, and is tried first each time: a file that defines
`example`, built by code where that is short. `corpus/programs/SLUG/WHAT_IT_IS.py` is a submission as it is handed in, or,
where its first line is `# after the solution`, what stands below `odd.py` and the solution. What `make fuzz` finds belongs
there, by hand, under a name that says what it is.
"""

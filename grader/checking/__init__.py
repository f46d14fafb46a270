"""Stage 3: the checks: what they see of a learner's module, how a value is judged, how an ending is told.

In: a loaded submission in the sandbox, and check files, which are ordinary pytest. Out: a `CheckResult` for each check,
and a `Report` of them all. `proxy` is the `submission` of a check, `expect` its comparisons, `plugin` its pytest.
"""

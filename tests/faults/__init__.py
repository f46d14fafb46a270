"""Fault injection: whatever is killed at whatever moment, the same command completes, and all is as if nothing had been.

`make faults COUNT=300` disturbs runs on one small class at random moments: it kills the command, its process group, a
grading process or a template, gives OUT a disk (a tmpfs, in a mount namespace of its own) that is soon full, or makes
that read-only while it is written. After each fault the same command must end with 0, nobody may see a traceback, and OUT
must equal that of an undisturbed run, but for durations, times and the database's own ids. CI injects a fixed few
(`tests/test_faults.py`). Not injected yet: kills of workers, and databases that are gone.
"""

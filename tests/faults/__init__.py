"""Fault injection: whatever is killed at whatever moment, the same command completes, and all is as if nothing had been.

`make faults COUNT=300` disturbs runs on one small class at random moments: it kills the command, its process group, a
grading process, a template or a worker, gives OUT a disk (a tmpfs, in a mount namespace of its own) that is soon full, or
makes that read-only while it is written, and stops the gradebook's server (PostgreSQL) for a while or for good. After each
fault the same command must end with 0, nobody may see a traceback, and OUT and the gradebook must equal those of an
undisturbed run, but for durations, times and the database's own ids. CI injects a fixed few (`tests/test_faults.py`).
"""

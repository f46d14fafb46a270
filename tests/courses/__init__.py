"""Another course, about something else: the proof that the engine knows none. `test_statistics.py` takes it through all commands."""

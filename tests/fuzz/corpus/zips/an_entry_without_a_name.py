"""A learner's zip whose second entry has an empty name: zipfile's own `is_dir` looks at its last letter."""

from tests.fuzz.hand_ins import Entry, zipped

example = zipped([Entry("update_rule.py", b"x = 1\n"), Entry("", b"x")])

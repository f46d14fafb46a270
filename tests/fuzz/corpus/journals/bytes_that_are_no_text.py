"""A block of the disk that was lost in a crash."""

example = b'["learner-001", "update_rule", {}]\n' + b"\xff" * 512

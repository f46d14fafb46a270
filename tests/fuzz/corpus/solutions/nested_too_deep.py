"""For which Python's parser has no memory."""

example = "lambda: " * 2_985 + "1"

"""Nested beyond JSON's parser."""

example = b"[" * 100_000

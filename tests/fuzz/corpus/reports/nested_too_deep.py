"""Nested beyond JSON's parser."""

example = "[" * 100_000

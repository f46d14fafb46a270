"""Compared with `==` to another tuple of three, the arrays inside answer with an array."""

array = ["array", "<f8", [2, 2], b"\0" * 32]
example = ["tuple", array, array, array]

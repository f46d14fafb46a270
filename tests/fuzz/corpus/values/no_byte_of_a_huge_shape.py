"""No byte at all; as float64, or in a comparison, its shape is too big."""

example = ["array", "|u1", [0, 2**20, 2**20, 2**20], b""]

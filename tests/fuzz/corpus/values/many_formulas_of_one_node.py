"""45,000 formulas in a list, each worked out whenever the list is looked at."""

example = ["list", *[["expression", ["Symbol", "x"]]] * 45_000]

"""69,000 formulas without a symbol, each a number."""

example = ["list", *[["expression", ["Pi"]]] * 69_000]

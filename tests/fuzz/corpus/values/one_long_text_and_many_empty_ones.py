"""100 kB on the wire, 3.4 GiB as an array of texts of one length."""

example = ["list", "a" * 10_000, *[""] * 90_000]

"""What the picture took for a point became an array of texts, each as long as the longest: 1 GiB."""

update = descend = descend_until = lambda *arguments, **options: ["a" * 10_000, *[0.5] * 90_000]

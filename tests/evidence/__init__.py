"""Evidence that the grades tell the truth: `python -m tests.evidence` makes the page that the site publishes."""

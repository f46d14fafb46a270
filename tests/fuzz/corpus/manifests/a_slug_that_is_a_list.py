"""No name of an exercise, and nothing that a dictionary takes for a key."""

from tests.fuzz.records import MANIFEST

example = MANIFEST.replace('slug = "update_rule"', "slug = []").encode()

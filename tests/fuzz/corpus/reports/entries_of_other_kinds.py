"""A report that somebody edited by hand: the number of points is a text."""

from tests.fuzz.records import REPORT

example = REPORT.to_json().replace('"points": 0.0', '"points": "0"')

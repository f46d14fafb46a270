"""The feedback page: readable, and nothing of a learner's is more than text in it."""

import html.parser

from hypothesis import given
from hypothesis import strategies as st

from grader.checking.report import CheckResult, Report
from grader.manifest.course import load_course
from grader.publish.feedback import page, prose

EXERCISE = load_course().by_slug["update_rule"]
ALLOWED = set(
    "html head meta title style body main h1 h2 p span section div pre code strong details summary footer".split()
)


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.opened, self.closed, self.attributes = [], [], set()

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag):
        self.closed.append(tag)


def report(text):
    check = CheckResult("test_update", text, 0.0, 1.0, "failed", False, text, text, text)
    hidden = CheckResult("test_update_too", "hidden", 1.0, 1.0, "passed", True)
    return Report(
        text, "update_rule", 1.0, 2.0, "graded", "0" * 16, "none", "0" * 64, 0.1, (check, hidden), (text,), text
    )


@given(st.text())
def test_whatever_a_report_says_the_page_has_its_own_tags_only_and_closes_them(text):
    tags = Tags()
    tags.feed(page(report(text), EXERCISE))
    assert set(tags.opened) <= ALLOWED
    assert tags.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "aria-hidden"}
    assert sorted(tag for tag in tags.opened if tag != "meta") == sorted(tags.closed)


def test_what_stands_between_backticks_is_code_and_an_odd_backtick_is_itself():
    assert prose("`update` adds <b>") == "<code>update</code> adds &lt;b&gt;"
    assert prose("an odd ` here") == "an odd ` here"


def test_a_score_held_back_is_never_shown_as_a_number():
    held = CheckResult("test_update", "title", 0.0, 10.0, "grader_error", False)
    text = page(Report("a", "update_rule", None, 10.0, "held", "0" * 16, "none", "0" * 64, 0.1, (held,)), EXERCISE)
    assert "Held back" in text
    assert "of 10 points" not in text


def test_a_picture_stands_in_the_page_as_it_is_and_none_leaves_no_heading():
    shown = page(report("a"), EXERCISE, '<svg role="img"><title>What descend did</title></svg>')
    assert shown.count('<svg role="img"><title>What descend did</title></svg>') == 1
    assert "What your code did" in shown
    assert "What your code did" not in page(report("a"), EXERCISE)

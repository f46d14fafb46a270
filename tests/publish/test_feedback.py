"""The feedback page: readable, and nothing of a learner's is more than text in it."""

import html.parser
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from grader.checking.report import CheckResult, Report
from grader.collect.submission import Cell, Other, Submission
from grader.manifest.course import load_course
from grader.publish.feedback import Around, page, prose
from grader.publish.listing import MOST_LINES

EXERCISE = load_course().by_slug["update_rule"]
ALLOWED = set(
    "html head meta title style body main h1 h2 p span section div pre code strong details summary footer ul li a mark".split()
)


def handed_in(source, label="update_rule.py", **more):
    return Submission("a", "a", "update_rule", (Cell(label, source),), **more)


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
    hidden = CheckResult("test_update_too", "hidden", 1.0, 1.0, "failed", True, diagnosis=text)
    return Report(
        text, "update_rule", 1.0, 2.0, "graded", "0" * 16, "none", "0" * 64, 0.1, (check, hidden), (text,), text
    )


@given(st.text())
def test_whatever_a_report_says_the_page_has_its_own_tags_only_and_closes_them(text):
    tags = Tags()
    shown = page(report(text), EXERCISE, around=Around(text, "https://example.org/", handed_in(text)))
    tags.feed(shown)
    shown.encode()
    assert set(tags.opened) <= ALLOWED
    assert tags.attributes <= {"lang", "charset", "name", "content", "http-equiv", "class", "aria-hidden", "href"}
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


# What several checks have in common.

UPHILL = "You climb. {}Read on: lessons/update_rule/#downhill"


def failed(name, hidden, **more):
    return CheckResult(name, f"title of {name}", 0.0, 1.0, "failed", hidden, **more)


def with_checks(*checks):
    return replace(report("a"), checks=checks, notes=(), output="")


def test_a_diagnosis_that_checks_share_is_said_once_with_these_below_it_and_with_what_was_tried():
    shown = page(
        with_checks(
            failed("test_one", False, diagnosis=UPHILL.format("Tried: `update(1)` gives 2. ")),
            failed("test_two", True, diagnosis=UPHILL.format("")),
            failed("test_three", True, diagnosis="Something else."),
        ),
        EXERCISE,
    )
    assert shown.count("You climb.") == shown.count("What may have happened</h2>") == 1
    told = shown[shown.index("You climb.") : shown.index("Checks you can run yourself")]
    assert "Tried: <code>update(1)</code> gives 2. Read on: lessons/update_rule/#downhill" in told
    assert re.findall(r"<li>(.*)</li>", told) == ["title of test_one", "title of test_two"]
    assert shown.count("<strong>What may have happened:</strong> Something else.") == 1


def test_what_was_tried_for_a_public_check_alone_stays_with_it():
    shown = page(with_checks(failed("test_one", False, diagnosis="A. Tried: x."), failed("test_two", True)), EXERCISE)
    assert "<h2>What may have happened" not in shown
    assert "<strong>What may have happened:</strong> A. Tried: x.</p>" in shown


# The learner's code.


def code_of(shown):
    return re.findall(r"<(mark|span)>(.*)\n</(?:mark|span)>", shown[shown.index("Your code") :])


def test_the_learners_code_is_shown_escaped_with_the_lines_marked_that_messages_speak_of():
    source = "def update():\n\treturn 1 < 2\r\n\n# <script>\x00\u202e\n"
    said = "raised  X\n  at        update_rule.py, line 2: return 1 < 2"
    shown = page(
        with_checks(failed("test_one", False, message=said)), EXERCISE, around=Around(submission=handed_in(source))
    )
    assert code_of(shown) == [
        ("span", "def update():"),
        ("mark", "\treturn 1 &lt; 2"),
        ("span", ""),
        ("span", "# &lt;script&gt;\ufffd\ufffd"),
    ]


def test_a_line_is_marked_in_the_cell_that_is_meant_and_in_no_other():
    cells = tuple(Cell(f"update_rule.ipynb, cell {number}", "a\nb") for number in (1, 11))
    submission = replace(
        handed_in(""), cells=cells, others=(Other("mine", "mine.py", (Cell("mine.py", "a\nb"),), "0"),)
    )
    said = "at update_rule.ipynb, cell 1, line 2: b\nat my_mine.py, line 1: a\nat mine.py, line 22: a"
    shown = page(with_checks(failed("test_one", False, message=said)), EXERCISE, around=Around(submission=submission))
    assert [kind for kind, _ in code_of(shown)] == ["span", "mark", "span", "span", "span", "span"]


def test_a_surrogate_in_a_notebook_does_not_cost_the_page():
    page(with_checks(), EXERCISE, around=Around(submission=handed_in("x = '\ud800'"))).encode()


def test_code_beyond_all_measure_is_cut_and_says_so():
    shown = page(with_checks(), EXERCISE, around=Around(submission=handed_in("x\n" * (MOST_LINES + 7))))
    assert len(code_of(shown)) == MOST_LINES
    assert "… 7 more lines" in shown


def test_late_is_shown_where_the_platform_said_so_and_only_there():
    assert "marked this hand-in as late" in page(
        with_checks(), EXERCISE, around=Around(submission=handed_in("", late=True))
    )
    assert "late" not in page(with_checks(), EXERCISE, around=Around(submission=handed_in(""))).split("</style>")[1]


def test_only_a_place_on_the_site_becomes_a_link():
    site = "https://example.org/"
    assert prose("A. Read on: lessons/a/#b", site).endswith(
        '<a href="https://example.org/lessons/a/#b">lessons/a/#b</a>'
    )
    for text in ("Read on: javascript:alert(1)", "Read on: lessons/a/ and more", 'Read on: "onclick'):
        assert "href" not in prose(text, site)
    assert "href" not in prose("A. Read on: lessons/a/#b")

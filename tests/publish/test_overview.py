"""The class at a glance: true, made again from OUT alone, no larger than its checks, and nothing of a learner's runs in it."""

import csv
import html.parser
import io
import json
import re
from collections import Counter
from dataclasses import replace
from unittest import mock
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checking.outcomes import UNWRITTEN, UNWRITTEN_PART
from grader.checking.report import CheckResult, Report
from grader.collect.opened import Folder
from grader.diagnosis.mistakes import of_exercise, source
from grader.diagnosis.words import CONSEQUENCE
from grader.grading.journal import fingerprint
from grader.manifest.course import PACKAGE, load_course
from grader.publish.overview import kinds, write_overview
from grader.publish.results import neutral
from grader.publish.writer import Writer
from tests.command import grader

COURSE = load_course()
SLUG = "update_rule"
SCHEMA = json.loads((PACKAGE / "overview.schema.json").read_text(encoding="utf-8"))
WRITTEN = ("overview.html", "overview.json", "overview.csv")
CLIMBS = next(one for one in of_exercise(COURSE.by_slug[SLUG]) if one.name == "adds the gradient")


class Page(html.parser.HTMLParser):
    """What a browser would make of a page: tags, attributes, links, ids, and the text of its scripts."""

    def __init__(self, text):
        super().__init__()
        self.opened, self.closed, self.attributes = [], [], set()
        self.links, self.ids, self.scripts, self.text = [], [], "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.opened.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href"]
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_endtag(self, tag):
        self.closed.append(tag)

    def handle_data(self, data):
        if self.opened and self.opened[-1] == "script" and len(self.scripts) == 0:
            self.scripts = data
        self.text += data


def check(name="test_it", outcome="failed", **other):
    told = {"title": f"{name} holds.", "max_points": 5.0, "hidden": False} | other
    return CheckResult(name, points=told["max_points"] if outcome == "passed" else 0.0, outcome=outcome, **told)


def report(learner, *checks, slug=SLUG):
    held = any(one.outcome == "grader_error" for one in checks)
    points = sum(one.points for one in checks)
    score, most = None if held else points, sum(one.max_points for one in checks)
    status = "held" if held else "graded"
    return Report(learner, slug, score, most, status, "0" * 16, "none", "0" * 64, 0.0, tuple(checks))


def an_out(folder, *reports, missing=(), table=True):
    """Write an OUT as `grade` leaves it, without grading anything."""
    rows = [["learner", "exercise", "score", "max_score", "status"]]
    for number, one in enumerate(reports):
        name = one.learner if re.fullmatch(r"[a-z0-9-]+", one.learner) else f"folder-{number}"
        place = folder / "reports" / name / f"{one.exercise}.json"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(json.loads(one.to_json())), encoding="utf-8")  # half a letter as \ud800
        rows.append(
            [neutral(one.learner), one.exercise, "" if one.score is None else one.score, one.max_score, one.status]
        )
    rows += [[learner, slug, "", 10, "missing"] for learner, slug in missing]
    if table:
        with (folder / "grades.csv").open("w", encoding="utf-8", errors="replace", newline="") as file:
            csv.writer(file).writerows(rows)
    return folder


def overview_of(folder, site=""):
    with Folder(folder) as opened:
        return write_overview(opened, COURSE, site)


def table_of(folder):
    text = (folder / "overview.csv").read_text(encoding="utf-8").removeprefix("\N{BYTE ORDER MARK}")
    return list(csv.DictReader(io.StringIO(text)))


# A class that was really graded.


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """Return the OUT of a class: three right, three who climb, one untouched stub, two missing; and what was said."""
    folder = tmp_path_factory.mktemp("class")
    exercise = COURSE.by_slug[SLUG]
    right = exercise.solution.read_text(encoding="utf-8")
    works = [right] * 3 + [f"{right}\n{source(CLIMBS)}"] * 3 + [exercise.stub.read_text(encoding="utf-8")]
    for number, text in enumerate(works, start=1):
        place = folder / "handed-in" / f"learner-00{number}" / f"{SLUG}.py"
        place.parent.mkdir(parents=True)
        place.write_text(text, encoding="utf-8")
    roster = "".join(f"learner-00{number},Name {number},{'AB'[number % 2]}\n" for number in range(1, 10))
    (folder / "roster.csv").write_text(f"id,name,section\n{roster}")
    arguments = ["grade", folder / "handed-in", "--out", folder / "out", "--roster", folder / "roster.csv"]
    done = grader(*arguments, "--only", SLUG, "--jobs", 1, width=300)
    assert done.returncode == 0, done.stderr
    return folder / "out", done


def test_grade_ends_with_an_overview_and_the_command_makes_the_same_from_out_alone(graded):
    out, done = graded
    assert f"overview  {out / 'overview.html'}" in done.stdout
    before = {name: (out / name).read_bytes() for name in WRITTEN}
    for name in WRITTEN:
        (out / name).unlink()
    again = grader("overview", out, width=300)
    assert again.returncode == 0, again.stderr
    assert {name: (out / name).read_bytes() for name in WRITTEN} == before


def test_the_three_things_that_it_says_first_are_true(graded):
    out, done = graded
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in out.glob("reports/*/*.json")]
    passed = Counter(one["title"] for report in reports for one in report["checks"] if one["outcome"] == "passed")
    titles = {one["title"] for report in reports for one in report["checks"]}
    hardest = min(passed[title] for title in titles)
    said = json.loads((out / "overview.json").read_text(encoding="utf-8"))["said"]
    assert said[0] == "9 learners: 7 hand-ins are graded, 0 held, 2 missing."
    assert f"({hardest} of 7) in {SLUG}: " in said[1]
    assert passed[said[1].partition(f"in {SLUG}: ")[2]] == hardest
    climbing = sum(any(CLIMBS.explanation in one["diagnosis"] for one in report["checks"]) for report in reports)
    assert climbing == 3
    assert said[2] == f"The commonest misconception, of 3 learners in {SLUG}: {CLIMBS.explanation}"
    assert all(sentence in done.stdout for sentence in said)
    shown = Page((out / "overview.html").read_text(encoding="utf-8")).text
    assert all(sentence.replace("`", "") in shown for sentence in said)


def test_every_link_of_the_page_leads_somewhere(graded):
    out, _ = graded
    shown = Page((out / "overview.html").read_text(encoding="utf-8"))
    assert len(set(shown.ids)) == len(shown.ids)
    pages = [link for link in shown.links if not link.startswith("#")]
    assert {f"feedback/learner-00{number}/{SLUG}.html" for number in (4, 5, 6, 7)} <= set(pages)
    assert all((out / unquote(link)).is_file() for link in pages)
    assert {link[1:] for link in shown.links if link.startswith("#")} <= set(shown.ids)


def test_a_misconception_has_its_count_its_lesson_and_who_with_the_names_of_the_class_list(graded):
    out, _ = graded
    (place,) = json.loads((out / "overview.json").read_text(encoding="utf-8"))["exercises"]
    first = place["diagnosed"][0]
    assert (first["explanation"], first["lesson"]) == (CLIMBS.explanation, CLIMBS.lesson)
    assert [(who["learner"], who["name"]) for who in first["who"]["named"]] == [
        (f"learner-00{number}", f"Name {number}") for number in (4, 5, 6)
    ]
    grader("overview", out, "--site", "https://example.org/course/")
    assert f"https://example.org/course/{CLIMBS.lesson}" in Page((out / "overview.html").read_text()).links
    grader("overview", out)
    assert CLIMBS.lesson in Page((out / "overview.html").read_text()).text


def test_sections_of_the_class_list_stand_side_by_side(graded):
    out, _ = graded
    scores = {
        row["learner"]: row for row in csv.DictReader((out / "grades.csv").read_text(encoding="utf-8").splitlines())
    }
    told = json.loads((out / "overview.json").read_text(encoding="utf-8"))["sections"]
    for section, numbers in zip(told, ((2, 4, 6, 8), (1, 3, 5, 7, 9)), strict=True):
        some = [float(scores[f"learner-00{number}"]["score"]) for number in numbers if number < 8]
        counted = section["exercises"][SLUG]
        assert (section["learners"], counted["graded"], counted["missing"]) == (len(numbers), len(some), 1)
        assert counted["mean"] == pytest.approx(sum(some) / len(some), abs=1e-3)


def test_who_handed_in_and_has_nothing_who_is_far_behind_and_who_is_not_there_are_told_apart(graded):
    out, _ = graded
    told = json.loads((out / "overview.json").read_text(encoding="utf-8"))
    assert [one["who"]["learner"] for one in told["zeros"]] == ["learner-007"]
    assert told["zeros"][0]["zeros"] == [{"exercise": SLUG, "page": f"feedback/learner-007/{SLUG}.html"}]
    assert "learner-007" in [one["who"]["learner"] for one in told["behind"]]
    assert [who["learner"] for who in told["absent"]["named"]] == ["learner-008", "learner-009"]


def test_the_table_has_every_check_that_was_not_passed_and_every_missing_hand_in(graded):
    out, _ = graded
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in out.glob("reports/*/*.json")]
    lost = {
        (report["learner"], one["name"]) for report in reports for one in report["checks"] if one["outcome"] != "passed"
    }
    rows = table_of(out)
    assert {(row["learner"], row["check"]) for row in rows if row["status"] == "graded"} == lost
    assert [row["learner"] for row in rows if row["status"] == "missing"] == ["learner-008", "learner-009"]


def test_a_fault_in_the_overview_costs_no_grade_and_is_told_in_one_line(graded, tmp_path):
    out, _ = graded
    with mock.patch("grader.publish.overview.writing.page", side_effect=RuntimeError("a fault of ours")):
        done = grader(
            "grade", out.parent / "handed-in", "--out", tmp_path / "out", "--only", SLUG, "--jobs", 1, width=300
        )
    assert done.returncode == 1
    assert "error: no overview: RuntimeError: a fault of ours; all else is written, and `grader overview" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out/grades.csv").is_file()
    assert (tmp_path / "out/gradebook.db").is_file()


# What is in OUT, and what of it counts.


@pytest.mark.parametrize("score", ["NaN", "99", '"full"', "}"])
def test_a_damaged_report_is_named_in_one_line_and_costs_nothing_else(tmp_path, score):
    an_out(tmp_path, report("learner-001", check()), report("learner-002", check()), report("learner-003", check()))
    place = tmp_path / f"reports/learner-002/{SLUG}.json"
    place.write_text(place.read_text().replace('"score": 0.0', f'"score": {score}'))
    done = grader("overview", tmp_path, width=300)
    assert done.returncode == 0, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if line.strip()]
    assert line.startswith(f"not in the overview: reports/learner-002/{SLUG}.json: ")
    shown = Page((tmp_path / "overview.html").read_text()).text
    assert f"reports/learner-002/{SLUG}.json: " in shown
    assert "1 report could not be read" in shown
    told = json.loads((tmp_path / "overview.json").read_text())
    assert (told["learners"], told["graded"], len(told["unread"])) == (3, 2, 1)


def test_what_counts_is_the_report_as_in_exports_though_grades_csv_is_older(tmp_path):
    here, new, again = (report(f"learner-00{number}", check()) for number in (1, 2, 3))
    an_out(tmp_path, here, new, again)
    an_out(tmp_path, here, missing=[("learner-001", "derivatives"), ("learner-003", SLUG), ("learner-004", SLUG)])
    told = overview_of(tmp_path)
    assert (told.learners, told.graded, told.missing) == (4, 3, 2)
    assert (told.with_zero, told.exercises[1].checks[0].graded) == (3, 3)
    assert [who.learner for who in told.absent.named] == ["learner-004"]


def test_a_report_in_two_folders_counts_once(tmp_path):
    an_out(tmp_path, report("learner-001", check()))
    copy = tmp_path / f"reports/copy/{SLUG}.json"
    copy.parent.mkdir()
    copy.write_text((tmp_path / f"reports/learner-001/{SLUG}.json").read_text())
    assert overview_of(tmp_path).graded == 1


def test_before_there_is_a_table_all_reports_count_and_the_page_says_so(tmp_path):
    told = overview_of(an_out(tmp_path, report("learner-001", check()), table=False))
    assert (told.learners, told.graded, told.missing) == (1, 1, 0)
    assert told.notes == ("There is no grades.csv yet: all reports are counted, and it is not known who is missing.",)


def test_what_is_held_back_says_nothing_of_a_check(tmp_path):
    held = report("learner-002", check(), check("test_ours", "grader_error"))
    told = overview_of(an_out(tmp_path, report("learner-001", check(outcome="passed")), held))
    (place,) = told.exercises
    assert (told.graded, told.held) == (1, 1)
    assert [who.page for who in place.held.named] == [f"feedback/learner-002/{SLUG}.html"]
    assert [(one.name, one.outcomes) for one in place.checks] == [("test_it", {"passed": 1})]
    assert told.said[1] == "No check was failed by anybody."


def test_nothing_is_made_of_a_folder_that_is_no_out(tmp_path):
    done = grader("overview", tmp_path / "nowhere", width=300)
    assert (done.returncode, (tmp_path / "nowhere").exists()) == (2, False)
    assert done.stderr.count("\n") == 1
    assert "name the folder that `grader grade --out` wrote" in done.stderr
    an_out(tmp_path, report("learner-001", check()))
    done = grader("overview", tmp_path, "--site", "javascript:alert(1)", width=300)
    assert (done.returncode, (tmp_path / "overview.html").exists()) == (2, False)


def test_an_out_that_is_being_written_is_left_alone(tmp_path):
    an_out(tmp_path, report("learner-001", check()))
    with Writer(tmp_path):
        done = grader("overview", tmp_path, width=300)
    assert done.returncode == 2
    assert "is being written by" in done.stderr


# How it is added up.


def test_the_same_exception_is_one_group_whatever_the_call_and_the_line_and_a_wrong_answer_is_its_checks_own(tmp_path):
    def raised(call, line):
        return f"{call}\n  raised    NameError: name 'np' is not defined\n  at        {SLUG}.py, line {line}: np.sum(x)"

    first = report("learner-001", check("a", "error", message=raised("f(1)", 3)), check("b", message="It is wrong."))
    second = report("learner-002", check("c", "error", message=raised("g(2)", 9)), check("d", message="It is wrong."))
    (place,) = overview_of(an_out(tmp_path, first, second)).exercises
    groups = [(one.who.count, one.outcome, one.checks) for one in place.undiagnosed]
    assert groups[0] == (2, "error", ("a holds.", "c holds."))
    assert sorted(groups[1:]) == [(1, "failed", ("b holds.",)), (1, "failed", ("d holds.",))]
    assert place.undiagnosed[0].message == raised("f(1)", 3)


def test_what_is_not_written_yet_is_one_group_whatever_public_and_hidden_checks_say_of_it(tmp_path):
    unwritten = [check("a", "error", message=UNWRITTEN), check("b", "error", hidden=True, message=UNWRITTEN_PART)]
    (place,) = overview_of(an_out(tmp_path, report("learner-001", *unwritten))).exercises
    assert [(one.message, one.checks) for one in place.undiagnosed] == [(UNWRITTEN, ("a holds.", "b holds."))]


def test_a_learner_counts_once_for_a_misconception_whatever_was_tried_and_a_consequence_is_none(tmp_path):
    said = "It adds the step. {}Read on: lessons/update_rule/#downhill"
    reports = [
        report(
            f"learner-00{number}",
            check("a", diagnosis=said.format(f"Tried: `f({number})` gives\n{number}, where 0 is right. ")),
            check("b", hidden=True, diagnosis=said.format("")),
            check("c", diagnosis=f"`g` calls `f`, which is not right yet. {CONSEQUENCE}"),
            check("d", "skipped", message="This waits for another check."),
        )
        for number in (1, 2)
    ]
    (place,) = overview_of(an_out(tmp_path, *reports)).exercises
    (only,) = place.diagnosed
    assert (only.explanation, only.lesson) == ("It adds the step.", "lessons/update_rule/#downhill")
    assert (only.who.count, only.checks) == (2, ("a holds.", "b holds."))
    assert place.undiagnosed == ()


def test_the_hardest_check_comes_first_and_a_blocked_one_is_told_apart(tmp_path):
    outcomes = ["passed", "failed", "error", "timeout", "skipped"]
    reports = [
        report(f"learner-00{number}", check("easy", "passed"), check("hard", outcome, hidden=True))
        for number, outcome in enumerate(outcomes)
    ]
    told = overview_of(an_out(tmp_path, *reports))
    assert [one.name for one in told.exercises[0].checks] == ["hard", "easy"]
    assert told.exercises[0].checks[0].who["failed"].count == 1
    assert told.said[1] == f"The hardest check: 20 % passed (1 of 5) in {SLUG}: hard holds."
    shown = " ".join(Page((tmp_path / "overview.html").read_text()).text.split())
    assert "hard holds. hidden" in shown
    for said in ("failed 20 % (1)", "error 20 % (1)", "timeout 20 % (1)", "blocked 20 % (1)"):
        assert said in shown


def test_scores_are_counted_by_tenths_with_full_marks_apart_and_the_picture_says_so_in_words(tmp_path):
    def scored(number, points):
        return report(
            f"learner-00{number}",
            check("a", "passed", max_points=points) if points else check("a", max_points=1.0),
            *([check("b", max_points=10.0 - points)] if points < 10 else []),
        )

    told = overview_of(an_out(tmp_path, *[scored(n, points) for n, points in enumerate([0, 0.9, 1.0, 9.9, 10.0])]))
    assert told.exercises[0].scores == (2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1)
    shown = (tmp_path / "overview.html").read_text()
    said = "Scores of 5 learners in update_rule: 2 from 0 to below 1; 1 from 1 to below 2; 1 from 9 to below 10; 1 full marks."
    assert said in shown
    assert 'role="img" aria-labelledby="spread-update_rule"' in shown


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %"), (1, "100 %")]
)
def test_a_share_is_never_rounded_to_none_or_all(share, said):
    assert kinds.percent(share) == said


# Who was late, and where a number leads.

DUE = "learner,exercise,until\n" + "".join(f"learner-00{number},{SLUG},2030-05-01 12:00\n" for number in range(1, 6))
CAME = f"learner,exercise,handed_in\nlearner-001,{SLUG},2030-05-01 11:00\nlearner-002,{SLUG},2030-05-02 14:30\n"


@pytest.fixture
def with_late(tmp_path):
    """Return the OUT of a class: one in time, one late, one that the platform marked, one whose time nobody knows, one held."""
    ended = ["passed", "failed", "failed", "passed", "grader_error"]
    reports = [report(f"learner-00{number}", check(outcome=one)) for number, one in enumerate(ended, start=1)]
    an_out(tmp_path, *reports, missing=[("learner-006", SLUG)])
    for name, text in (("extensions", DUE), ("times", CAME)):
        (tmp_path / f"{name}.csv").write_text(text)
    (tmp_path / ".grader").mkdir()
    (tmp_path / ".grader/times").write_text(json.dumps({"learner-003": {SLUG: ["late", "0" * 64]}}))
    return tmp_path


def with_policy(folder, late="10 percent per day"):
    with Folder(folder) as opened:
        return write_overview(opened, replace(COURSE, late=late)).exercises[0]


def test_who_was_late_and_of_whom_no_time_is_known_are_listed_and_late_ones_are_marked_wherever_they_are_named(
    with_late,
):
    place = with_policy(with_late)
    assert [(who.learner, who.late) for who in place.late.named] == [
        ("learner-002", "1 day 2 hours"), ("learner-003", "marked by the platform"),
    ]  # fmt: skip
    assert [who.learner for who in place.untimed.named] == ["learner-003", "learner-004"]
    assert [who.late for who in place.checks[0].who["failed"].named] == ["1 day 2 hours", "marked by the platform"]
    shown = " ".join(Page((with_late / "overview.html").read_text()).text.split())
    assert "Late: 2 learner-002 late 1 day 2 hours learner-003 late marked by the platform" in shown
    assert "No late penalty, because it is not known when they came: 2 learner-003 late learner-004" in shown
    rows = [(row["learner"], row["outcome"], row["message"]) for row in table_of(with_late) if not row["check"]]
    assert [row for row in rows if row[1]] == [
        ("learner-002", "late", "1 day 2 hours"), ("learner-003", "late", "marked by the platform"),
        ("learner-003", "no time", ""), ("learner-004", "no time", ""),
    ]  # fmt: skip
    jsonschema.validate(json.loads((with_late / "overview.json").read_text()), SCHEMA)


def test_without_a_late_policy_nobody_is_spared_and_within_its_grace_nobody_is_late(with_late):
    assert with_policy(with_late, "").untimed.count == 0
    assert [who.learner for who in with_policy(with_late, "1 percent per day, after 2 days").late.named] == [
        "learner-003"
    ]


def test_a_mistake_in_a_teachers_file_costs_the_late_marks_alone_and_is_said(with_late):
    (with_late / "times.csv").write_text(f"learner,exercise,handed_in\nlearner-001,{SLUG},soon\n")
    told = overview_of(with_late)
    assert (told.graded, told.exercises[0].late.count) == (4, 0)
    assert "times.csv:2: handed_in is 'soon'" in told.notes[0]


def test_every_number_of_learners_leads_to_their_pages(with_late):
    """Each number in a table is a link to names below, or unfolds them; and these are the right ones, with their pages."""
    (with_late / ".grader/class").write_text(
        json.dumps({f"learner-00{n}": [f"Name {n}", "", "A"] for n in range(1, 7)})
    )
    place = with_policy(with_late)
    assert {outcome: some.count for outcome, some in place.checks[0].who.items()} == place.checks[0].outcomes
    assert tuple(some.count for some in place.scored) == place.scores
    told = json.loads((with_late / "overview.json").read_text())
    (section,) = told["sections"]
    assert section["exercises"][SLUG]["who"]["count"] == section["exercises"][SLUG]["graded"] == 4
    lists = [
        *place.checks[0].who.values(), *place.scored, place.held, place.late, place.untimed,
    ]  # fmt: skip
    assert all(who.page == f"feedback/{who.learner}/{SLUG}.html" for some in lists for who in some.named)
    text = (with_late / "overview.html").read_text()
    numbers = re.search(rf'<a href="#exercise-{SLUG}">.*?</tr>', text, re.DOTALL)[0]
    cells = re.findall(r"<td>(.*?)</td>", numbers)
    assert cells == [
        f'<a href="#scores-{SLUG}">4</a>', f'<a href="#held-{SLUG}">1</a>', f'<a href="#missing-{SLUG}">1</a>',
        f'<a href="#late-{SLUG}">2</a>', "2.5", f'<a href="#full-{SLUG}">2</a>',
    ]  # fmt: skip
    shown = Page(text)
    assert {link[1:] for link in shown.links if link.startswith("#")} <= set(shown.ids)
    folds = re.findall(
        r'<details class="number"><summary>(.*?)</summary>\s*<ul class="names">(.*?)</ul>', text, re.DOTALL
    )
    assert [(label, inside.count(f'/{SLUG}.html"')) for label, inside in folds] == [
        ("2 of 4", 2), ("failed 50 % (2)", 2), ("4 of 6", 4),
    ]  # fmt: skip


# What learners write.

ALLOWED = set(
    "html head meta title style body main header footer nav section article h1 h2 h3 h4 p span div pre code ul ol li a "
    "table caption thead tbody tr th td details summary figure figcaption svg line rect text input label abbr script".split()
)
SCRIPT = (PACKAGE / "publish/overview/overview.js").read_text(encoding="utf-8")
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(1)">'


def assert_harmless(folder):
    shown = Page((folder / "overview.html").read_text(encoding="utf-8"))
    assert set(shown.opened) <= ALLOWED
    assert shown.opened.count("script") == 1
    assert shown.scripts == SCRIPT
    assert not [name for name in shown.attributes if name.startswith("on")]
    assert all(link.startswith(("#", "feedback/", "overview.", "grades.csv")) for link in shown.links)
    told = json.loads((folder / "overview.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, SCHEMA)


def hostile(text):
    return report(
        text,
        check("a", title=text, message=text),
        check("b", message=f"raised {text}", diagnosis=f"{text} Read on: {text}"),
        check("c", "error", message=f"raised    {text}"),
    )


def test_a_learner_called_script_and_messages_with_html_are_text(tmp_path):
    an_out(
        tmp_path,
        hostile("<script>alert(1)</script>"),
        hostile(HOSTILE),
        report("=1+1", check(message="=cmd|' /C calc'!A0")),
    )
    overview_of(tmp_path)
    assert_harmless(tmp_path)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in (tmp_path / "overview.html").read_text()
    cells = [cell for row in table_of(tmp_path) for cell in row.values()]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


@given(st.text(min_size=1) | st.just("\ud800"), st.sampled_from([HOSTILE, "`", "{{ 7*7 }}", ""]))
@settings(max_examples=25, deadline=None)
def test_whatever_a_report_says_the_page_has_its_own_tags_only(tmp_path_factory, text, more):
    folder = tmp_path_factory.mktemp("out")
    overview_of(an_out(folder, hostile(text + more), table=False))
    assert_harmless(folder)


# A large class.


def a_large_class(folder, learners):
    """Write reports of a class that fails in a few ways, straight as text: grading them would take minutes."""
    outcomes = ["passed", "failed", "error", "failed"]
    for slug in (SLUG, "derivatives"):
        checks = [
            check(f"test_{number}", outcomes[number % 4], message="" if number % 4 == 0 else f"{slug} {number}")
            for number in range(4)
        ]
        checks[3] = check("test_3", diagnosis=f"A mistake in {slug}. Read on: lessons/{slug}/#it", max_points=20.0)
        text = report("learner-00000", *checks, slug=slug).to_json()
        for number in range(learners):
            place = folder / "reports" / f"learner-{number:05d}" / f"{slug}.json"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text.replace("learner-00000", f"learner-{number:05d}"))
    rows = [f"learner-{n:05d},{slug},5,35,graded\n" for n in range(learners) for slug in (SLUG, "derivatives")]
    rows += [f"learner-{n:05d},sigmoid_neuron,,10,missing\n" for n in range(learners)]
    (folder / "grades.csv").write_text("learner,exercise,score,max_score,status\n" + "".join(rows))


def test_the_page_grows_with_checks_and_not_with_learners(tmp_path):
    sizes = []
    for learners in (100, 1500):
        folder = tmp_path / str(learners)
        a_large_class(folder, learners)
        told = overview_of(folder)
        assert (told.learners, told.graded, told.missing) == (learners, 2 * learners, learners)
        assert told.commonest.who.count == learners
        assert len(table_of(folder)) == learners * (2 * 3 + 1)
        sizes.append([(folder / name).stat().st_size for name in ("overview.html", "overview.json")])
    assert all(large < 1.02 * small for small, large in zip(*sizes, strict=True))


def test_messages_that_are_all_different_do_not_make_it_grow_either(tmp_path):
    with mock.patch("grader.publish.overview.tally.MOST_GROUPS", 20):
        reports = [
            report(
                f"learner-{n:03d}",
                check(message="the same" if n % 3 == 0 else f"answer {n}"),
                check("b", diagnosis=f"x {n}"),
            )
            for n in range(120)
        ]
        (place,) = overview_of(an_out(tmp_path, *reports)).exercises
    assert (place.undiagnosed[0].message, place.undiagnosed[0].who.count) == ("the same", 40)
    assert len(place.undiagnosed) + place.more_undiagnosed <= 20
    assert len(place.diagnosed) + place.more_diagnosed <= 20


def test_what_was_tried_alone_is_no_misconception(tmp_path):
    told = check(diagnosis="Tried: `update(1)` gives 2, where 3 is right.", message="It returned another number.")
    (place,) = overview_of(an_out(tmp_path, report("learner-001", told))).exercises
    assert place.diagnosed == ()
    assert [one.who.count for one in place.undiagnosed] == [1]


# What a hand-in leaves behind in the journal.


def with_traces(folder, reports, codes=None, drawn_for=None, behaviours=None):
    """Write an OUT with a journal, as `grade` leaves it: fingerprints of code and behaviour by learner."""
    an_out(folder, *reports)
    (folder / ".grader").mkdir()
    lines = []
    for one in reports:
        text = (folder / "reports" / one.learner / f"{one.exercise}.json").read_text(encoding="utf-8")
        left = {"code": (codes or {}).get(one.learner, ""), "behaviours": (behaviours or {}).get(one.learner, {})}
        told = {"hand-in": "0", "drawn for": (drawn_for or {}).get(one.learner, one.learner)}
        lines.append(json.dumps([one.learner, one.exercise, told, fingerprint(text), left]))
    (folder / ".grader/journal").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def a_class_of(count, slug=SLUG):
    return [report(f"learner-{number:03d}", check(outcome="passed"), slug=slug) for number in range(1, count + 1)]


def own_codes(count):
    return {f"learner-{number:03d}": f"code-{number}" for number in range(1, count + 1)}


def the_same(place):
    return [sorted(who.learner for who in one.who.named) for one in place.same_code]


def test_hand_ins_of_the_same_code_are_listed_as_a_hint_with_links(tmp_path):
    codes = own_codes(60) | {"learner-002": "code-9"}
    out = with_traces(tmp_path, a_class_of(60), codes)
    (place,) = overview_of(out).exercises
    assert the_same(place) == [["learner-002", "learner-009"]]
    assert (place.compared, place.more_same_code, place.usual_code) == (60, 0, 0)
    jsonschema.validate(json.loads((out / "overview.json").read_text()), SCHEMA)
    shown = " ".join((out / "overview.html").read_text(encoding="utf-8").split())
    assert "It is a hint and no verdict" in shown
    pair = [f'<a href="feedback/learner-{number}/{SLUG}.html">learner-{number}</a>' for number in ("002", "009")]
    assert f'<li class="find">{", ".join(pair)}</li>' in shown
    rows = {row["learner"]: row["message"] for row in table_of(out) if row["outcome"] == "same code"}
    assert rows == {"learner-002": "as learner-009", "learner-009": "as learner-002"}


@pytest.mark.parametrize(
    ("learners", "alike", "is_listed"), [(60, 5, True), (60, 6, False), (49, 2, False), (50, 2, True)]
)
def test_what_many_have_found_is_not_listed_nor_what_few_have_in_a_small_class(tmp_path, learners, alike, is_listed):
    codes = own_codes(learners) | {f"learner-{number:03d}": "usual" for number in range(1, alike + 1)}
    out = with_traces(tmp_path, a_class_of(learners), codes)
    (place,) = overview_of(out).exercises
    assert [len(one) for one in the_same(place)] == [alike] * is_listed
    assert place.usual_code == alike * (not is_listed)
    assert any(row["outcome"] == "same code" for row in table_of(out)) == is_listed


def test_what_a_group_handed_in_together_is_one_hand_in(tmp_path):
    codes = own_codes(60) | dict.fromkeys(["learner-001", "learner-002", "learner-003"], "ours")
    together = dict.fromkeys(["learner-001", "learner-002", "learner-003"], "learner-001")
    out = with_traces(tmp_path, a_class_of(60), codes, together)
    assert the_same(overview_of(out).exercises[0]) == []
    assert "same code" not in {row["outcome"] for row in table_of(out)}


def test_learners_who_are_alike_in_other_exercises_too_come_first(tmp_path):
    out = with_traces(tmp_path, a_class_of(60), own_codes(60) | {"learner-002": "code-1", "learner-008": "code-7"})
    others = a_class_of(60, "derivatives")
    before = (out / ".grader/journal").read_text(encoding="utf-8")
    codes = {who: f"other-{code}" for who, code in own_codes(60).items()} | {"learner-008": "other-code-7"}
    (out / ".grader/journal").unlink()
    (out / ".grader").rmdir()
    with_traces(out, others, codes)
    with (out / ".grader/journal").open("a", encoding="utf-8") as journal:
        journal.write(before)
    place = next(one for one in overview_of(out).exercises if one.slug == SLUG)
    assert the_same(place) == [["learner-007", "learner-008"], ["learner-001", "learner-002"]]
    assert [one.elsewhere for one in place.same_code] == [1, 0]
    assert "and in 1 other exercise too" in (out / "overview.html").read_text(encoding="utf-8")


def test_in_a_large_class_only_those_are_listed_who_are_alike_elsewhere_too(tmp_path):
    with mock.patch("grader.publish.overview.same_code.LARGE", 59):
        out = with_traces(tmp_path, a_class_of(60), own_codes(60) | {"learner-002": "code-1"})
        (place,) = overview_of(out).exercises
    assert (the_same(place), place.usual_code) == ([], 2)
    assert "same code" not in {row["outcome"] for row in table_of(out)}


def test_a_report_that_is_no_more_or_is_not_believed_is_alike_with_nobody(tmp_path):
    out = with_traces(tmp_path, a_class_of(60), own_codes(60) | {"learner-002": "code-1", "learner-004": "code-3"})
    (out / f"reports/learner-002/{SLUG}.json").unlink()
    edited = out / f"reports/learner-004/{SLUG}.json"
    edited.write_text(edited.read_text().replace('"score": 5.0', '"score": 4.0'))
    assert the_same(overview_of(out).exercises[0]) == []


def test_undiagnosed_failures_are_grouped_by_what_the_functions_answer_in_place_of_the_message(tmp_path):
    lost = [check("a", message="It returned another number."), check("b", message="It raised.", hidden=True)]
    reports = [report(f"learner-{number:03d}", *lost) for number in range(1, 6)]
    behaviours = {f"learner-00{number}": {"a": "x", "b": "x"} for number in (1, 2, 3)}
    behaviours["learner-004"] = {"a": "y"}
    (place,) = overview_of(with_traces(tmp_path, reports, behaviours=behaviours)).exercises
    assert [(one.who.count, one.checks) for one in place.undiagnosed] == [
        (3, ("a holds.", "b holds.")), (2, ("b holds.",)), (1, ("a holds.",)), (1, ("a holds.",)),
    ]  # fmt: skip


def test_a_journal_of_an_earlier_version_has_no_traces_and_is_read(tmp_path):
    out = with_traces(tmp_path, a_class_of(60), own_codes(60) | {"learner-002": "code-1"})
    journal = out / ".grader/journal"
    lines = [json.dumps(json.loads(line)[:4]) for line in journal.read_text(encoding="utf-8").splitlines()]
    journal.write_text("\n".join(lines) + "\n", encoding="utf-8")
    edited = out / f"reports/learner-005/{SLUG}.json"
    edited.write_text(edited.read_text().replace('"score": 5.0', '"score": 4.0'))
    told = overview_of(out)
    assert (told.graded, told.held, len(told.unread)) == (59, 1, 1)  # the journal knows what was written
    assert (the_same(told.exercises[0]), told.exercises[0].compared) == ([], 0)


def test_grading_leaves_the_traces_in_the_journal_and_nowhere_else(graded):
    out, _ = graded
    lines = [json.loads(line) for line in (out / ".grader/journal").read_text(encoding="utf-8").splitlines()]
    codes = {learner: left.get("code", "") for learner, _, _, _, left in lines}
    assert codes["learner-001"] == codes["learner-002"] != ""
    assert codes["learner-001"] != codes["learner-004"] == codes["learner-005"]
    assert codes["learner-007"] == ""  # the untouched stub
    given = [path for path in out.rglob("*") if path.is_file() and path.parent.name != ".grader"]
    assert len(given) > 10
    for code in filter(None, codes.values()):
        assert not [path for path in given if code.encode() in path.read_bytes()]


def test_who_was_late_stands_among_those_who_need_help_most_often_first(with_late):
    others = [report(f"learner-00{number}", check(outcome="passed"), slug="derivatives") for number in (2, 3)]
    for one in others[1:]:
        place = with_late / "reports" / one.learner / "derivatives.json"
        place.write_text(one.to_json(), encoding="utf-8")
    (with_late / ".grader/times").write_text(
        json.dumps({"learner-003": {SLUG: ["late", "0" * 64], "derivatives": ["late", "0" * 64]}})
    )
    with Folder(with_late) as opened:
        told = write_overview(opened, replace(COURSE, late="10 percent per day"))
    assert told.came_late == 2
    late = [(one.who.learner, [page.exercise for page in one.pages]) for one in told.late]
    assert late == [("learner-003", ["derivatives", SLUG]), ("learner-002", [SLUG])]
    assert "Handed in late: 2." in (with_late / "overview.html").read_text(encoding="utf-8")
    jsonschema.validate(json.loads((with_late / "overview.json").read_text()), SCHEMA)

"""Reports in the formats of others: Gradescope's results, JUnit XML, Exercism's results, Markdown. Stage 5.

Messages quote what a learner's code printed, raised and returned. Whatever a format could take for its own syntax is
escaped here, and what XML and JSON databases refuse (control characters, halves of surrogate pairs) is replaced.
"""

import ast
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from textwrap import dedent, indent
from typing import Any
from xml.etree import ElementTree as ET

from grader.checking.report import CheckResult, Report
from grader.manifest.course import Exercise

Graded = Sequence[tuple[Report, Exercise]]

MOST_LETTERS = 8_000  # of one text: a page of ten exercises stays far below the megabyte that GitHub shows
MOST_OUTPUT = 500  # letters of output that Exercism shows for a test
UNLOCKED = "Graded without the sandbox's lock (`sandbox: none`): your instructor chose so for this assignment."

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~$&])")
_SYMBOLS = {"passed": "✅", "skipped": "➖"}


def gradescope(graded: Graded) -> str:
    """Return the `results.json` of one submission, whose reports have a score each.

    Hidden checks are as visible as public ones: their text tells nothing of their inputs, and one invisible test would
    hide the learner's total (`site/design/on-gradescope.md`).
    """
    tests = []
    for report, exercise in graded:
        if report.score is None:
            raise ValueError(f"{exercise.slug}: a score that is held back has no place in results.json")
        tests += [
            {
                "name": plain(f"{exercise.title}: {check.title}" if len(graded) > 1 else check.title),
                "name_format": "text",
                "number": f"{exercise.number}.{place}",
                "score": check.points,
                "max_score": check.max_points,
                "status": "passed" if check.outcome == "passed" else "failed",
                "output": explanation(check),
                "output_format": "md",
                "visibility": "visible",
                "extra_data": {"exercise": exercise.slug, "check": check.name, "outcome": check.outcome},
            }
            for place, check in enumerate(report.checks, start=1)
        ]
    about = [
        {"exercise": report.exercise, "submission_sha256": report.submission_sha256, "sandbox": report.sandbox}
        for report, _ in graded
    ]
    unlocked = [UNLOCKED] if any(report.sandbox == "none" for report, _ in graded) else []
    results = {
        "output": "\n\n".join(filter(None, [*unlocked, *(remarks(report, exercise) for report, exercise in graded)])),
        "output_format": "md",
        "visibility": "visible",
        "stdout_visibility": "hidden",  # what the grader prints is for the instructor
        "execution_time": round(sum(report.duration_s for report, _ in graded), 3),
        "extra_data": {"grader_version": graded[0][0].grader_version, "reports": about},
        "tests": tests,
    }
    return json.dumps(results, indent=1, allow_nan=False) + "\n"


def exercism(graded: Graded) -> str:
    """Return results as Exercism's test runners write them, version 3; a task is an exercise.

    `max_score` and each test's `score` are not Exercism's: GitHub Classroom's reporter reads them.
    """
    tests = [
        {
            "name": plain(check.title),
            "status": _exercism_status(check),
            **({"message": plain(check.message)} if check.message else {}),
            **({"output": shortened(plain(report.output), MOST_OUTPUT)} if report.output and place == 0 else {}),
            **({} if check.hidden else {"test_code": check_code(exercise.public_checks).get(check.name, "")}),
            "task_id": exercise.number,
            "score": check.points,
        }
        for report, exercise in graded
        for place, check in enumerate(report.checks)
    ]
    statuses = {test["status"] for test in tests}
    status = "pass" if statuses == {"pass"} else "error" if statuses == {"error"} else "fail"
    results: dict[str, Any] = {"version": 3, "status": status}
    if status == "error":  # as its interface has it, this message is then all that is shown
        results["message"] = next((test["message"] for test in tests if "message" in test), "No check could run.")
    results["max_score"] = sum(report.max_score for report, _ in graded)
    return json.dumps({**results, "tests": tests}, indent=1, allow_nan=False) + "\n"


def junit(graded: Graded) -> str:
    """Return JUnit XML as Jenkins' schema has it: a suite for each exercise, a case for each check."""
    checks = [check for report, _ in graded for check in report.checks]
    root = ET.Element("testsuites", _counts(checks))
    for report, exercise in graded:
        suite = ET.SubElement(root, "testsuite", {"name": exercise.name, **_counts(report.checks)})
        for check in report.checks:
            named = {"name": check.name, "classname": exercise.name, "time": f"{check.duration_s:.3f}"}
            case = ET.SubElement(suite, "testcase", named)
            kind = _junit_kind(check)
            if kind == "skipped":
                ET.SubElement(case, "skipped", {"message": plain(check.message)})
            elif kind:
                ending = ET.SubElement(case, kind, {"message": plain(check.title), "type": check.outcome})
                ending.text = plain("\n".join(filter(None, (check.message, check.diagnosis, first_hint(check)))))
        if report.output:
            ET.SubElement(suite, "system-out").text = plain(report.output)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def markdown(graded: Graded) -> str:
    """Return a page in GitHub's Markdown: what is passed, and why the rest is not."""
    page = []
    for report, exercise in graded:
        points = sum(check.points for check in report.checks)
        page.append(f"## {exercise.number:02d} {prose(exercise.title)}: {points:g} of {report.max_score:g} points")
        page += filter(None, [remarks(report, exercise)])
        for check in report.checks:
            why = explanation(check)
            line = f"- {_SYMBOLS.get(check.outcome, '❌')} {prose(check.title)} ({check.points:g}/{check.max_points:g})"
            page.append(line + ("\n\n" + indent(why, "  ") if why else ""))
    return "\n\n".join(page) + "\n"


def explanation(check: CheckResult) -> str:
    """Return as Markdown why a check did not pass, and what to do."""
    parts = [block(check.message)] if check.message else []
    parts += [f"**Perhaps:** {prose(check.diagnosis)}"] if check.diagnosis else []
    parts += [f"**Hint:** {prose(first_hint(check))}"] if check.hint else []
    return "\n\n".join(parts)


def remarks(report: Report, exercise: Exercise) -> str:
    """Return as Markdown what concerns a whole exercise: notes, and what the code printed."""
    texts = [prose(f"{exercise.slug}: {note}") for note in report.notes]
    if report.output:
        texts.append(f"While `{exercise.slug}` was checked, your code printed:\n\n{block(report.output)}")
    return "\n\n".join(texts)


def first_hint(check: CheckResult) -> str:
    """Return the rung of the ladder that tells least."""
    return check.hint.partition("\n")[0]


def plain(text: str) -> str:
    """Return `text` of bounded length, with what not every format can hold replaced."""
    return _UNPRINTABLE.sub("\ufffd", shortened(text, MOST_LETTERS))


def shortened(text: str, letters: int) -> str:
    """Return at most so many letters of `text`; the last of them say if there were more."""
    more = " … (cut off here)"
    return text if len(text) <= letters else text[: letters - len(more)] + more


def block(text: str) -> str:
    """Return `text` as a block of Markdown in which nothing is markup."""
    text = plain(text)
    # Longer than any row of backticks inside, so that none of them ends it.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}"


def prose(text: str) -> str:
    """Return a sentence as Markdown: what stands between backticks is code, and nothing else is markup."""
    parts = plain(text).split("`")
    # Rows of backticks, and code over several lines, could begin or end otherwise than it looks.
    if len(parts) % 2 == 0 or any(not part or "\n" in part or "\r" in part for part in parts[1::2]):
        return _MARKDOWN.sub(r"\\\1", "`".join(parts))
    return "".join(f"`{part}`" if place % 2 else _MARKDOWN.sub(r"\\\1", part) for place, part in enumerate(parts))


@cache
def check_code(checks: Path) -> dict[str, str]:
    """Return the body of each check in a file, without its docstring, by name."""
    source = checks.read_text(encoding="utf-8")
    lines, bodies = source.splitlines(), {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            first = node.body[1 if ast.get_docstring(node) is not None and len(node.body) > 1 else 0]
            bodies[node.name] = dedent("\n".join(lines[first.lineno - 1 : node.end_lineno]))
    return bodies


def _exercism_status(check: CheckResult) -> str:
    return {"passed": "pass", "failed": "fail", "skipped": "fail"}.get(check.outcome, "error")


def _junit_kind(check: CheckResult) -> str:
    return {"passed": "", "failed": "failure", "skipped": "skipped"}.get(check.outcome, "error")


def _counts(checks: Sequence[CheckResult]) -> dict[str, str]:
    kinds = [_junit_kind(check) for check in checks]
    return {
        "tests": str(len(kinds)),
        "failures": str(kinds.count("failure")),
        "errors": str(kinds.count("error")),
        "skipped": str(kinds.count("skipped")),
        "time": f"{sum(check.duration_s for check in checks):.3f}",
    }

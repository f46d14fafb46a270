"""The page that says what was found."""

import re
from collections.abc import Sequence

from grader.authoring.margins import Margin
from grader.manifest.course import load_course
from tests.evidence.findings import COMFORT, Findings

HEADINGS = (
    "Exercise",
    "wrong mutants caught",
    "equivalent mutants",
    "other wrong programs caught",
    "right programs at 10",
    "diagnosed as themselves",
    "verdicts that depend on the inputs",
    "learners",
)
Reasons = dict[tuple[str, str], str]


def row(found: Findings, reasons: Reasons) -> tuple[str, ...]:
    """Return an exercise's row of the table."""
    equivalent = len(found.equivalent(reasons))
    wrong_mutants = found.mutants - equivalent
    return (
        found.title,
        f"{found.mutants - len(found.survivors)} of {wrong_mutants}",
        str(equivalent),
        f"{found.wrong - len(found.accepted)} of {found.wrong}",
        f"{found.right - len(found.rejected)} of {found.right}",
        f"{found.mistakes - len(found.misread)} of {found.mistakes}",
        f"{len(found.unstable)} ({found.varying})",
        ", ".join(map(str, found.seeds)),
    )


def summary(found: Findings, reasons: Reasons) -> str:
    """Return an exercise's figures in one line."""
    return ", ".join(f"{name} {figure}" for name, figure in list(zip(HEADINGS, row(found, reasons), strict=True))[1:])


def page(findings: Sequence[Findings], reasons: Reasons) -> str:
    """Return the evidence as a Markdown page."""
    problems = [f"- {found.title}: `{problem}`" for found in findings for problem in found.problems(reasons)]
    return "\n".join(
        [
            "# Evidence",
            "",
            "Are the grades right? Every right solution should pass, and every wrong one should lose points and be told",
            "why. One command makes this page: it grades thousands of programs whose verdict is known beforehand, with the",
            "grader itself, locked in as for any learner:",
            "",
            "```",
            "make evidence",
            "```",
            "",
            *_table(HEADINGS, [row(found, reasons) for found in findings]),
            "",
            "- *Mutants* are made from the reference solutions by the operators of two mutation libraries, Cosmic Ray and",
            "  mutmut. A mutant counts as caught if it loses points with every learner's inputs.",
            "- *Other wrong programs* are the misconceptions, each put in place of a function of the solution, and",
            "  submissions written by hand.",
            "- *Right programs* are written in different styles: loops, recursion, classes, lists, integers, 0-d arrays,",
            "  other valid formulas.",
            "- *Diagnosed as themselves*: misconceptions, and the same mistakes hidden in differently written code, for",
            "  which every check that failed shows exactly the explanation of that mistake, and nothing else.",
            "- *Verdicts that depend on the inputs*: programs other than mutants of which different functions are judged",
            "  wrong for different learners. In brackets: wrong programs whose points vary, because with one learner's",
            "  inputs the mistake shows in one check more than with another's.",
            "- *Learners*: for how many learners' inputs each right program, each wrong one and each mutant is graded.",
            "  Programs that run out of time are graded once.",
            "",
            "## Problems",
            "",
            *(problems or ["Nothing."]),
            "",
            "## Margins",
            "",
            "Each tolerance is in its check, beside its derivation. This table shows how near the right programs come to them,",
            "and how near the wrong ones, each in the check where it is farthest from right, if its values are what is wrong",
            f"alone. The unit is the tolerance: right below 1, wrong above. Each should keep a factor of {COMFORT:g}.",
            "",
            *_table(
                ("Exercise", "check", "largest error of a right program", "smallest error of a wrong program"),
                [
                    (found.title, _shown(found.slug, check), f"{margin.inside:.1e}", f"{margin.outside:.1e}")
                    for found in findings
                    for check, margin in _tightest(found)
                ],
            ),
            "",
            "For each exercise, these are the checks with the least room on either side. Hidden checks are not named here.",
            "",
            "## Mutants that are right after all",
            "",
            "They do the same as the solution, or something just as good. Each is listed in `tests/evidence/equivalent.toml`,",
            "with the reason, and not here, where learners read too.",
            "",
        ]
    )


def _tightest(found: Findings) -> list[tuple[str, Margin]]:
    if not found.margins:
        return []
    by_room = (
        max(found.margins.items(), key=lambda item: item[1].inside),
        min(found.margins.items(), key=lambda item: item[1].outside),
    )
    return list(dict(by_room).items())


def _shown(slug: str, check: str) -> str:
    """Return a public check's name; learners read this page, and a hidden check's name would tell what it checks."""
    public = load_course().by_slug[slug].public_checks.read_text(encoding="utf-8")
    return f"`{check}`" if re.search(rf"^def {check}\(", public, re.MULTILINE) else "a hidden one"


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]

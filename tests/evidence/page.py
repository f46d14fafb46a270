"""The page that says what was found."""

import re
from collections.abc import Sequence

from grader.authoring.margins import Margin
from grader.manifest.course import load_course
from tests.evidence.corpus import NAMES
from tests.evidence.findings import COMFORT, Findings
from tests.evidence.generated import Outcome, by_change

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


def page(
    findings: Sequence[Findings], reasons: Reasons, improved: Sequence[Outcome] = (), held_out: Sequence[Outcome] = ()
) -> str:
    """Return the evidence as a Markdown page.

    Parameters
    ----------
    improved, held_out
        What became of the generated programs: of those against which the checks were improved, and of those set aside.
    """
    problems = [f"- {found.title}: `{problem}`" for found in findings for problem in found.problems(reasons)]
    problems += [f"- {found.title}: `{problem}`" for found in (*improved, *held_out) for problem in found.problems()]
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
            *_generated(improved, held_out),
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


def _generated(improved: Sequence[Outcome], held_out: Sequence[Outcome]) -> list[str]:
    """Return what is said of the generated programs; nothing if none were judged."""
    if not improved:
        return []
    rates = [by_change(improved), by_change(held_out)]
    return [
        "## Programs made at random",
        "",
        "Mutants change one sign of one solution, and the other wrong programs were written by those who wrote the checks.",
        "Neither can surprise. So a generator takes the right programs in all their styles and spoils one function of each",
        f"in one of {len(NAMES)} ways that learners and their tools are likely to find: digits lost on the way, a walk that ends",
        "early, an answer remembered under too coarse a key, an argument changed in place. Digits, sizes and limits are drawn.",
        "Which functions are wrong then is not for the checks to say but for an oracle, written from the contract alone, with",
        "inputs and reference values of its own. It says so with a counterexample, and must call every right program right.",
        "",
        "Generator and oracle were written without reading the checks. Their names and verdicts were seen later, and where the",
        "checks saw more, the oracle's inputs were widened. And **the checks were improved against this corpus**: each program",
        "that survived was shown to those who write them. So the first rate below says how thorough that was.",
        "The second is the one to believe: of programs made with other draws, set aside until the checks were finished, and",
        "judged once. They come from the same generator; mistakes that it does not know may still pass.",
        "",
        *_table(
            (
                "Exercise",
                "programs made",
                "wrong by the oracle",
                "caught",
                "at 10",
                "set aside: wrong",
                "caught",
                "at 10",
            ),
            [_exercise(each, _same(held_out, each)) for each in improved] + [_all(improved, held_out)],
        ),
        "",
        "*Caught* means that every function which breaks the contract lost points, those too that are wrong only because they",
        "call one that is; *at 10* are wrong programs that lost nothing at all. A function that is right must keep its points,",
        "unless it calls a wrong one. What is not as it should be stands under *Problems*.",
        "",
        "How much of each kind of change was caught:",
        "",
        *_table(
            ("What was changed", "wrong", "caught", "set aside: wrong", "caught"),
            [(f"`{name}`", *_share(rates[0], name), *_share(rates[1], name)) for name in sorted(rates[0] | rates[1])],
        ),
        "",
    ]


def _share(rates: dict[str, tuple[int, int]], name: str) -> tuple[str, str]:
    wrong, caught = rates.get(name, (0, 0))
    return str(wrong), f"{100 * caught / wrong:.0f} %" if wrong else "–"


def _same(outcomes: Sequence[Outcome], wanted: Outcome) -> list[Outcome]:
    return [one for one in outcomes if one.slug == wanted.slug]


def _exercise(first: Outcome, second: Sequence[Outcome]) -> tuple[str, ...]:
    return first.title, str(len(first.programs)), *_caught([first]), *_caught(second)


def _all(first: Sequence[Outcome], second: Sequence[Outcome]) -> tuple[str, ...]:
    return "All", str(sum(len(one.programs) for one in first)), *_caught(first), *_caught(second)


def _caught(outcomes: Sequence[Outcome]) -> tuple[str, str, str]:
    wrong, alive = sum(len(one.wrong) for one in outcomes), sum(len(one.survivors) for one in outcomes)
    unharmed = sum(not program.lost for one in outcomes for program in one.wrong)
    return (
        (str(wrong), f"{wrong - alive} ({100 * (wrong - alive) / wrong:.1f} %)", str(unharmed))
        if wrong
        else ("–", "–", "–")
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

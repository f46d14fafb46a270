"""The evidence in small: mutants, generated programs and right ones, with the oracle's word for what is wrong.

`make evidence` does it in full, and writes the page that the site publishes.
"""

import inspect

import pytest

from grader.authoring.margins import Margin, margins
from grader.authoring.mutants import changed, code_of, mutants
from grader.authoring.programs import golden, misconceptions
from grader.authoring.verdicts import Verdict, diagnosed, judge
from grader.manifest.contract import contract
from grader.manifest.course import load_course
from tests.evidence import corpus
from tests.evidence.changes import code
from tests.evidence.findings import COMFORT, equivalent, findings_of
from tests.evidence.generated import Judged, Outcome, by_change, side_by_side
from tests.evidence.oracle import judged
from tests.evidence.page import page

COURSE = load_course()
EXERCISES = pytest.mark.parametrize("exercise", COURSE.exercises, ids=lambda exercise: exercise.slug)
EVERY = 48  # one mutant out of so many
SOME = 8  # one wrong program out of so many has its margins measured
LEARNERS = 1  # `make evidence` takes 200
SAMPLE = "a small part"  # the seed of the generated programs here


@pytest.fixture(scope="module")
def all_mutants():
    return {exercise: list(mutants(exercise)) for exercise in COURSE.exercises}


@pytest.fixture(scope="module")
def verdicts(all_mutants):
    sample = [program for programs in all_mutants.values() for program in programs[::EVERY]]
    right = [one for exercise in COURSE.exercises for one in golden(exercise) if one.kind == "right"]
    return judge(sample, 1, 2) | judge(right, LEARNERS, 2)


@pytest.fixture(scope="module")
def generated():
    return list(corpus.sample(SAMPLE))


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@EXERCISES
def test_every_sampled_mutant_is_caught_or_known_to_be_right(exercise, all_mutants, verdicts):
    sample = all_mutants[exercise][::EVERY]
    assert len(sample) >= 2
    alive = [one.line for one in sample if verdicts[one][0].score == 10]
    assert [line for line in alive if (exercise.slug, line) not in equivalent()] == []


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
def test_every_mutant_that_is_called_equivalent_is_one_that_the_libraries_make(all_mutants):
    made = {(exercise.slug, program.line) for exercise, programs in all_mutants.items() for program in programs}
    assert set(equivalent()) <= made


@EXERCISES
def test_right_programs_get_10_points(exercise, verdicts):
    right = {one: said for one, said in verdicts.items() if one.exercise == exercise and one.kind == "right"}
    assert len(right) >= 9
    assert {
        one.name for one, said in right.items() if [verdict.score for verdict in said] != [10.0] * LEARNERS
    } == set()


@EXERCISES
def test_right_answers_lie_well_inside_each_tolerance_and_wrong_ones_well_outside(exercise):
    for check, margin in margins(exercise, 1, SOME).items():
        assert margin.inside < 1 / COMFORT, f"{check}: {margin.nearest['inside']}"
        assert margin.outside > COMFORT, f"{check}: {margin.nearest['outside']}"


# The oracle: what it says must not come from the checks, and it must call nothing wrong that is right.


@EXERCISES
def test_the_oracle_calls_a_right_program_right(exercise):
    styles = sorted(corpus.sources(exercise))  # of each exercise another one; all of them in `make evidence`
    style = styles[COURSE.exercises.index(exercise) % len(styles)]
    assert judged([corpus.sources(exercise)[style]], exercise.slug) == {}, style


@EXERCISES
def test_the_oracle_finds_something_wrong_in_every_wrong_hand_in(exercise):
    for program in golden(exercise):
        if program.kind == "wrong" and program.name.startswith("wrong"):
            assert judged([cell.source for cell in program.submission.cells], exercise.slug), program.name


def test_the_oracle_knows_every_function_of_the_contract():
    for exercise in COURSE.exercises:
        said = judged(["raise ValueError"], exercise.slug)
        assert set(said) == set(contract(exercise.slug))


def test_the_oracle_ends_a_program_that_never_ends(monkeypatch):
    monkeypatch.setattr("tests.evidence.oracle.asking.PATIENCE_S", 0.2)
    said = judged(
        ["def update(parameter, gradient, learning_rate):\n    while True:\n        pass"], "update_rule", ["update"]
    )
    assert said == {"update": "it takes longer than 0.2 s"}


# The generator: each change is one, and each program that it makes wrong loses points where it is wrong, and nowhere else.


def test_every_change_is_applied_somewhere_and_changes_something(generated):
    assert [one.change for one in generated] == list(corpus.NAMES)
    for one in generated:
        assert one.source != corpus.sources(COURSE.by_slug[one.slug])[one.style], one.name
        compile(one.source, one.name, "exec")


def test_another_seed_makes_other_programs(generated):
    sources = {one.source for one in generated}
    assert sum(one.source in sources for one in corpus.sample("another part")) < len(generated) / 4


def test_nothing_that_is_set_aside_was_made_from_the_other_seed_too():
    exercise = COURSE.by_slug["stochastic_descent"]
    known = {one.source for one in corpus.corpus(exercise, corpus.SEED)}
    aside = {one.source for one in corpus.set_aside(exercise)}
    assert len(aside) > 0.5 * len(known)
    assert not aside & known


def test_every_change_says_what_it_does():
    for name, change in (*corpus.CHANGES.items(), *code.KINDS.items()):
        assert inspect.getdoc(change).endswith("."), name


def test_nine_in_ten_generated_programs_lose_points_where_they_are_wrong_and_none_elsewhere(generated):
    found = side_by_side(generated, 2)
    wrong = [one for one in found if one.wrong]
    assert len(wrong) > 0.7 * len(found)
    alive = [(one.name, one.survives, one.wrong) for one in wrong if one.survives]
    assert len(alive) <= len(wrong) / 10, alive  # the page names every one of thousands
    assert [(one.name, one.blamed) for one in found if one.blamed] == []


def test_a_function_survives_that_is_wrong_and_keeps_its_points_and_is_blamed_if_it_is_right_and_loses_some():
    caught = Judged("a", "f", "style", {"f": "wrong"}, ("f",), ("f", "g"))
    calling = Judged("a", "f", "style", {"f": "wrong"}, ("f", "g"), ("f", "g"))
    alive = Judged("b", "f", "style", {"f": "wrong", "g": "wrong"}, ("g",), ("f", "g"))
    innocent = Judged("c", "f", "style", {"f": "wrong"}, ("f", "h"), ("f", "g"))
    right = Judged("d", "f", "style", {}, ("f",), ("f",))
    assert [one.survives for one in (caught, calling, alive, innocent, right)] == [(), (), ("f",), (), ()]
    assert [one.blamed for one in (caught, calling, alive, innocent, right)] == [(), (), (), ("h",), ("f",)]
    outcome = Outcome("slug", "Title", corpus.HELD_OUT, "", (caught, alive, innocent, right), ("style",))
    assert by_change([outcome]) == {"a": (1, 1), "b": (1, 0), "c": (1, 1)}
    text = page([], {}, [outcome], [outcome])
    assert "set aside, survives: b of f: f wrong" in text
    assert "blamed though right: c of f in style: h lost points" in text
    assert "called wrong by the oracle, though right: style" in text
    assert "| `b` | 1 | 0 % | 1 | 0 % |" in text


def test_a_mutation_is_told_by_its_function_and_its_lines():
    code = "def one(x):\n    return x\n\ndef two(x):\n    y = x + 1\n    return y\n"
    assert changed(code, code.replace("x + 1", "x - 1")) == "two | y = x + 1 → y = x - 1"


def test_no_mutant_differs_by_a_docstring_or_by_what_runs_as_a_script_alone():
    for exercise in COURSE.exercises:
        assert '"""' not in code_of(exercise)
        assert "__main__" not in code_of(exercise)


# The page must say what went wrong, or it would be no evidence.


def verdict(score, lost=(), diagnosis=""):
    outcomes = tuple((name, "failed") for name in lost)
    return Verdict(score, outcomes, frozenset((name, diagnosis) for name in lost))


def test_the_page_names_everything_that_is_not_as_it_should_be():
    exercise = COURSE.exercises[0]
    right = next(one for one in golden(exercise) if one.kind == "right")
    wrong, other = list(misconceptions(exercise))[:2]
    mutant = next(mutants(exercise))
    found = findings_of(
        exercise,
        {
            right: [verdict(9.5, ["test_average_slope_a"])],
            wrong: [verdict(10), verdict(9.5, ["test_average_slope_a"])],
            other: [verdict(9, ["test_average_slope_b"], "You did something else. Read on: lessons/x/#y")],
        },
        {mutant: [verdict(10)]},
        {"test_average_slope_a": Margin(0.5, 2.0, {"inside": "one", "outside": "another"})},
        (1, 2, 1),
    )
    reasons = {(exercise.slug, "f | a → b"): "gone"}
    said = list(found.problems(reasons))
    text = page([found], reasons)
    for words in (
        "rejected though right",
        "accepted though wrong",
        "surviving mutant",
        "equivalent, but caught",
        "depends on the inputs",
        "diagnosed as another",
        "uses 0.5 of the tolerance",
        "wrong by 2 tolerances only",
    ):
        assert any(words in one for one in said), words
        assert words in text


def test_a_diagnosis_counts_only_if_it_is_this_one_on_every_check():
    program = next(misconceptions(COURSE.exercises[0]))
    (mistake,) = program.mistakes
    told = mistake.told
    assert diagnosed(program, [verdict(9, ["a", "b"], told)]) == "itself"
    assert diagnosed(program, [verdict(9, ["a"], told), verdict(9, ["a"], "")]) == "itself in part"
    assert diagnosed(program, [verdict(9, ["a"], "")]) == "nothing"
    assert diagnosed(program, [verdict(9, ["a"], "Your path climbs.")]) == "its path"
    assert diagnosed(program, [verdict(9, ["a"], "More than one mistake … Read on: x")]) == "in common"
    assert diagnosed(program, [verdict(9, ["a"], told), verdict(9, ["a"], "Other. Read on: x")]) == "another"

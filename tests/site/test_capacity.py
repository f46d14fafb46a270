"""The page on capacity: its table is what its formula says, and its formula is what was measured."""

import re
from pathlib import Path

import pytest

PAGE = (
    (Path(__file__).parents[2] / "site/instructors/capacity.md")
    .read_text(encoding="utf-8")
    .replace("\N{NO-BREAK SPACE}", " ")
)
CORES = (2, 4, 16)
OF_MEMORY = 4  # cores for which the table tells the memory
IN_SECONDS = {"ms": 1e-3, "s": 1, "min": 60, "h": 3600}
IN_KIB = {"KiB": 1, "MiB": 2**10, "GiB": 2**20}


def tables():
    """Yield the rows of each table, cell by cell, without heads."""
    for table in re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE):
        yield [[cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines()[2:]]


def formula(name):
    """Return a line of the formula as a function of submissions and cores, in seconds or in KiB."""
    (text,) = re.findall(rf"^{name} *= (.*)$", PAGE, re.MULTILINE)
    for unit, factor in (IN_SECONDS | IN_KIB).items():
        text = re.sub(rf"(?<=\d) {unit}\b", f" * {factor}", text)
    code = compile(text.replace("×", "*"), name, "eval")
    return lambda submissions, cores: eval(code, {"submissions": submissions, "cores": cores, "max": max})


def measure(text):
    """Return a number with its unit in seconds or KiB, and by how much it may differ for being rounded."""
    number, unit = text.split()
    digits = len(number.partition(".")[2])
    factor = (IN_SECONDS | IN_KIB)[unit]
    return float(number) * factor, 0.5 * 10**-digits * factor


SIZES = next(tables())


@pytest.mark.parametrize("row", SIZES, ids=lambda row: row[0])
def test_the_table_is_what_the_formula_says(row):
    submissions = int(row[1].replace(",", ""))
    told = [*[(formula("time"), cores) for cores in CORES], (formula("memory"), OF_MEMORY)]
    told += [(formula("disk"), 1), (formula("database"), 1)]
    assert len(row) == 2 + len(told)
    for (of, cores), cell in zip(told, row[2:], strict=True):
        value, rounding = measure(cell)
        assert of(submissions, cores) == pytest.approx(value, abs=1.001 * rounding), cell


def test_the_formula_is_what_was_measured():
    measured = {row[0]: row[1] for row in list(tables())[1]}
    grading, main = (
        float(re.match(r"[\d.]+", text)[0])
        for name, text in measured.items()
        if name.startswith(("grading a sub", "the main process"))
    )
    by_exercise = re.search(r"in order: ([\d, ]+) ms", PAGE)[1].split(", ")
    assert sum(map(float, by_exercise)) / len(by_exercise) == pytest.approx(grading, abs=0.5)
    assert formula("time")(10**9, 1) / 10**9 == pytest.approx((grading + main) / 1e3, abs=5e-4)
    assert formula("time")(10**9, 10**6) / 10**9 == pytest.approx(main / 1e3, abs=2e-4)
    memory = [measure(text)[0] for name, text in measured.items() if name.startswith("a grading process")]
    assert formula("memory")(0, 1) - formula("memory")(0, 0) == pytest.approx(memory[0], rel=0.05)
    grown = re.findall(r"(\d+) MiB for ([\d,]+)", measured["memory of the main process"])
    assert len(grown) > 2
    for mib, submissions in grown:
        assert formula("memory")(int(submissions.replace(",", "")), 0) / 2**10 == pytest.approx(float(mib), rel=0.15)
    disk, database = (
        float(text.split()[0]) for name, text in measured.items() if name.startswith(("OUT without", "SQLite"))
    )
    assert formula("disk")(1, 1) == pytest.approx(disk, rel=0.05)
    assert formula("database")(1, 1) == pytest.approx(database, rel=0.05)


def test_commands_beside_the_figures_are_there():
    named = set(re.findall(r"python -m (tests\.[\w.]+)", PAGE))
    assert named == {"tests.benchmarks.capacity", "tests.benchmarks.growth"}
    for module in named:
        assert (Path(__file__).parents[2] / (module.replace(".", "/") + ".py")).is_file()

"""Other graders that take one submission at a time: Otter, check50, and pytest by itself. Each has an exercise's tests.

They stand in an environment of their own, build/benchmarks, since what they require may not fit what is pinned for this one;
what is beside the benchmark is not in it, so that pytest loads no plugin but its own. What cannot be installed is left out, and
a line says so.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy

from grader.authoring.release import notebook
from grader.manifest.course import PACKAGE
from tests.benchmarks.translated import in_a_file

ENVIRONMENT = PACKAGE.parent / "build" / "benchmarks"
NUMPY = f"numpy=={numpy.__version__}"  # which the submissions need: the same as here


@dataclass(frozen=True)
class Other:
    """A grader: what to install, how its tests are laid out, and how it grades one submission, which must have full marks."""

    name: str
    pins: tuple[str, ...]
    prepare: Callable[[Path, str, str], None]
    grade: Callable[[Path], None]


def installed() -> list[Other]:
    """Install the graders into their environment, as far as that is to do; return those that are there."""
    if not (ENVIRONMENT / "bin" / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    there = []
    for other in OTHERS:
        done = _run(ENVIRONMENT, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *other.pins, NUMPY)
        if done.returncode == 0:
            there.append(other)
        else:
            why = (done.stderr.strip().splitlines() or ["pip does not say why"])[-1]
            print(f"{other.name} is left out, for it cannot be installed: {why}")
    return there


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(ENVIRONMENT / "bin" / "python"), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def _must(is_right: bool, done: "subprocess.CompletedProcess[str]") -> None:
    if not is_right:
        told = f"{done.stdout}{done.stderr}"[-2000:]
        raise RuntimeError(f"not every submission has full marks, so the run says nothing: {told}")


def _prepare_otter(folder: Path, slug: str, source: str) -> None:
    above = f'from otter.test_files import test_case\n\nOK_FORMAT, name, points = False, "{slug}", None\n'
    head = '@test_case(name="{name}", points=1, hidden=True)\ndef {name}(env):'
    text = in_a_file(slug, head, 'env["{name}"]', above)
    (folder / "tests").mkdir()
    (folder / "tests" / f"{slug}.py").write_text(text, encoding="utf-8")
    (folder / "submission.ipynb").write_text(notebook(source, slug), encoding="utf-8")
    options = "-t tests -o autograder.zip --no-config --no-requirements --no-environment".split()
    done = _run(folder, "-m", "otter", "generate", *options)
    _must(done.returncode == 0, done)


def _grade_with_otter(folder: Path) -> None:
    done = _run(folder, *"-m otter run -a autograder.zip --no-logo -o . submission.ipynb".split())
    results = folder / "results.json"
    _must(done.returncode == 0 and results.exists(), done)
    scored = [test for test in json.loads(results.read_text())["tests"] if "score" in test]
    _must(bool(scored) and all(test["score"] == test["max_score"] > 0 for test in scored), done)
    results.unlink()


def _prepare_check50(folder: Path, slug: str, source: str) -> None:
    checks, handed_in = folder / "checks", folder / "handed_in"
    checks.mkdir()
    handed_in.mkdir()
    head = f'@check50.check()\ndef {{name}}():\n    """{{name}}"""\n    module = check50.py.import_("{slug}.py")'
    text = in_a_file(slug, head, "module.{name}", "import check50\nimport check50.py\n")
    (checks / "__init__.py").write_text(text, encoding="utf-8")
    settings = f'check50:\n  files:\n    - !exclude "*"\n    - !require {slug}.py\n'
    (checks / ".cs50.yml").write_text(settings, encoding="utf-8")
    (handed_in / f"{slug}.py").write_text(source, encoding="utf-8")


def _grade_with_check50(folder: Path) -> None:
    # `--dev` is `--local` for checks that lie here: without it they are asked for from GitHub.
    done = _run(
        folder / "handed_in", *"-m check50 --local --dev ../checks -o json --output-file ../results.json".split()
    )
    results = folder / "results.json"
    _must(done.returncode == 0 and results.exists(), done)
    checks = json.loads(results.read_text()).get("results", [])
    _must(bool(checks) and all(check["passed"] for check in checks), done)
    results.unlink()


def _prepare_pytest(folder: Path, slug: str, source: str) -> None:
    text = in_a_file(slug, "def {name}():", f"{slug}.{{name}}", f"import {slug}\n")
    (folder / f"test_{slug}.py").write_text(text, encoding="utf-8")
    (folder / f"{slug}.py").write_text(source, encoding="utf-8")


def _grade_with_pytest(folder: Path) -> None:
    done = _run(folder, *"-m pytest -q -p no:cacheprovider --rootdir .".split())
    _must(done.returncode == 0, done)


OTHERS = (
    Other("otter run", ("otter-grader==7.0.0", "ipykernel==7.4.0"), _prepare_otter, _grade_with_otter),
    Other("check50 --local", ("check50==3.5.0",), _prepare_check50, _grade_with_check50),
    Other("one pytest process", ("pytest==9.2.0",), _prepare_pytest, _grade_with_pytest),
)

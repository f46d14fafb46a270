"""The bundles, run as their platforms run them: Gradescope's folders, GitHub's workflow steps."""

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.authoring.release import release
from grader.collect.choosing import read_folder
from grader.manifest.course import PACKAGE, CourseError, load_course
from grader.platforms.bundle import BundleError, bundle_github, bundle_gradescope
from grader.platforms.gradescope.results import BundleSettings, PlatformError, learner_of
from grader.publish.formats import UNLOCKED
from tests.publish.test_formats import GRADESCOPE

COURSE = load_course()
EXERCISE = COURSE.find("update_rule")
CHECKOUT = PACKAGE.parent
SOLUTION = (CHECKOUT / "solutions/02_update_rule/update_rule.py").read_text(encoding="utf-8")
WRONG = SOLUTION.replace("return parameter - ", "return parameter + ")
MARKUP = "```\n<script>alert(1)</script>\x1b[31m\x00"
SECRET = "a secret of the course"

# A module that lies where Python looks first: of all that this environment has, only what a bundle installs is there.
ONLY_REQUIRED = """
import sys
from importlib import metadata
from pathlib import Path
from re import split

def name(requirement):
    return split(r"[^A-Za-z0-9_.-]", requirement)[0].lower().replace("_", "-")

required = {name(line) for line in Path(__file__).with_name("requirements.txt").read_text().splitlines()}
todo = list(required)
while todo:
    for needed in metadata.requires(todo.pop()) or ():
        if "extra ==" not in needed and name(needed) not in required:
            required.add(name(needed))
            todo += [name(needed)] if list(metadata.Distribution.discover(name=name(needed))) else []

class Absent:
    modules = {
        module for module, owners in metadata.packages_distributions().items()
        if not required.intersection(map(name, owners))
    }

    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.modules - {"grader"}:
            raise ModuleNotFoundError(f"not installed: {name}", name=name)

sys.meta_path.insert(0, Absent())
"""


def unzip(bundle: Path, folder: Path) -> None:
    """Unpack a zip with its modes, as `unzip` does."""
    with zipfile.ZipFile(bundle) as archive:
        for entry in archive.infolist():
            Path(archive.extract(entry, folder)).chmod(stat.S_IMODE(entry.external_attr >> 16))


def lay_out(folder: Path, users=(7,), **options) -> Path:
    """Lay a bundle out as the platform does; return what is `/autograder` there."""
    bundle_gradescope(folder / "bundle.zip", COURSE, **{"only": "update_rule", "seed": SECRET} | options)
    root = folder / "autograder"
    for name in ("submission", "results"):
        (root / name).mkdir(parents=True)
    unzip(folder / "bundle.zip", root / "source")
    shutil.copy(root / "source" / "run_autograder", root)
    (root / "source" / "sitecustomize.py").write_text(ONLY_REQUIRED)
    people = [{"id": user, "email": f"learner-{user:03d}@example.org", "name": "A Learner"} for user in users]
    metadata = {"id": 1, "users": people, "assignment": {"title": "Update rule"}, "previous_submissions": []}
    (root / "submission_metadata.json").write_text(json.dumps(metadata))
    return root


def run_autograder(root: Path, **files: str) -> subprocess.CompletedProcess[str]:
    """Hand files in and run the autograder, with nothing of this checkout in reach but the libraries."""
    for name, text in files.items():
        (root / "submission" / f"{name}.py").write_text(text, encoding="utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_"))}
    environment |= {"AUTOGRADER_ROOT": str(root), "GRADER_PYTHON": sys.executable}
    return subprocess.run(
        [root / "run_autograder"], cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def results(root: Path) -> dict:
    """Return what the platform would read; valid, or the test fails."""
    found = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    GRADESCOPE.validate(found)
    return found


def no_score(root: Path) -> bool:
    return list((root / "results").iterdir()) == []


# Gradescope: grading.


def test_a_right_program_gets_full_marks(tmp_path):
    root = lay_out(tmp_path)
    done = run_autograder(root, update_rule=SOLUTION)
    assert done.returncode == 0, done.stderr
    assert "update_rule: 10 of 10 (learner 7, sandbox landlock-" in done.stdout
    tests = results(root)["tests"]
    assert sum(test["score"] for test in tests) == sum(test["max_score"] for test in tests) == 10
    assert {test["status"] for test in tests} == {"passed"}


def test_a_bundle_judges_check_by_check_as_grade_does(tmp_path):
    root = lay_out(tmp_path)
    program = f"print({MARKUP!r})\n{WRONG}\ndef descend(*_, **__): raise ValueError({MARKUP!r})\n"
    assert run_autograder(root, update_rule=program).returncode == 0
    (tmp_path / "class" / "7").mkdir(parents=True)
    (tmp_path / "class" / "7" / "update_rule.py").write_text(program)
    command = [sys.executable, "-m", "grader", "grade", tmp_path / "class", "--out", tmp_path / "out", "--seed", SECRET]
    subprocess.run([*command, "--only", "update_rule"], check=True, capture_output=True)
    report = json.loads((tmp_path / "out/reports/7/update_rule.json").read_text())

    found = results(root)
    told = [(one["extra_data"]["check"], one["extra_data"]["outcome"], one["score"]) for one in found["tests"]]
    assert told == [(one["name"], one["outcome"], one["points"]) for one in report["checks"]]
    assert sum(test["score"] for test in found["tests"]) == report["score"]
    assert any(one["diagnosis"] for one in report["checks"])
    for test, check in zip(found["tests"], report["checks"], strict=True):
        assert ("**Perhaps:**" in test["output"]) == bool(check["diagnosis"])
        assert ("**Hint:**" in test["output"]) == bool(check["hint"])
        assert test["visibility"] == "visible"
        if check["hidden"]:
            assert "expected" not in test["output"]
            assert "alert" not in test["output"]
    assert "`````" not in found["output"]
    assert found["output"].count("````text") == 1  # longer than the learner's own fence
    assert "\x1b" not in found["output"]


def test_a_missing_exercise_is_a_row_without_points_that_says_what_was_found(tmp_path):
    root = lay_out(tmp_path, only=None)
    assert run_autograder(root, update_rule=SOLUTION, derivatves="x = 1\n").returncode == 0
    tests = results(root)["tests"]
    missing = [test for test in tests if test["extra_data"]["check"] == "handed_in"]
    assert len(missing) == len(COURSE.exercises) - 1
    assert {(test["score"], test["max_score"]) for test in missing} == {(0, 10)}
    assert "There is no derivatives.py and no derivatives.ipynb" in missing[0]["output"]
    assert "derivatves.py" in missing[0]["output"]
    assert sum(test["score"] for test in tests) == 10
    assert sum(test["max_score"] for test in tests) == 10 * len(COURSE.exercises)


def test_nothing_handed_in_is_nought_and_no_fault(tmp_path):
    root = lay_out(tmp_path)
    assert run_autograder(root).returncode == 0
    (test,) = results(root)["tests"]
    assert (test["score"], test["max_score"], test["status"]) == (0, 10, "failed")


def test_a_fault_of_ours_leaves_no_result_at_all_and_no_old_one(tmp_path):
    root = lay_out(tmp_path)
    (root / "results" / "results.json").write_text('{"score": 10}')
    with (root / "source/grader/course/checks/test_update_rule.py").open("a") as checks:
        checks.write('\n\ndef expect(*_):\n    raise RuntimeError("the check itself is broken")\n')
    done = run_autograder(root, update_rule=SOLUTION)
    assert done.returncode == 1
    assert "a fault of the grader" in done.stderr
    assert "RuntimeError: the check itself is broken" in done.stderr
    assert no_score(root)


@pytest.mark.parametrize(
    ("checks", "said"),
    [
        ("1 +\n", "SyntaxError"),
        ("def test_x(submission, tmp_path): ...\n", "test_x: a check is a function of `submission`"),
    ],
)
def test_checks_that_cannot_be_collected_are_told_in_one_line_and_give_no_score(tmp_path, checks, said):
    root = lay_out(tmp_path)
    (root / "source/grader/course/checks/test_update_rule.py").write_text(checks)
    done = run_autograder(root, update_rule=SOLUTION)
    assert done.returncode == 2
    assert "not graded: the checks cannot be collected: " in done.stderr
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert no_score(root)


def test_what_a_bundle_does_not_install_is_out_of_reach_in_these_tests(tmp_path):
    root = lay_out(tmp_path)
    module = root / "source/grader/platforms/gradescope/results.py"
    module.write_text(module.read_text().replace("import json\n", "import json\nimport jsonschema\n", 1))
    done = run_autograder(root, update_rule=SOLUTION)
    assert "not installed: jsonschema" in done.stderr
    assert no_score(root)


# Gradescope: the lock.


def test_without_the_lock_nothing_is_graded_and_the_log_says_what_is_missing(tmp_path):
    root = lay_out(tmp_path)
    (root / "source" / "py_landlock.py").write_text("raise ImportError")
    done = run_autograder(root, update_rule=SOLUTION)
    assert done.returncode == 2
    assert "not graded: the package py-landlock is missing" in done.stderr
    assert no_score(root)


def test_a_bundle_made_to_do_without_the_lock_says_so_and_holds_no_solution(tmp_path):
    root = lay_out(tmp_path, locked=False)
    (root / "source" / "py_landlock.py").write_text("raise ImportError")
    assert run_autograder(root, update_rule=SOLUTION).returncode == 0
    found = results(root)
    assert found["output"].startswith(UNLOCKED)
    assert found["extra_data"]["reports"][0]["sandbox"] == "none"
    assert sum(test["score"] for test in found["tests"]) == 10
    assert not (root / "source" / "solutions").exists()


def test_a_learners_code_reads_neither_secret_nor_checks_and_writes_no_result(tmp_path):
    root = lay_out(tmp_path)
    spy = f"""
from pathlib import Path
for name in ("source/bundle.json", "source/grader/course/checks/test_update_rule.py", "submission_metadata.json"):
    try:
        print("read", Path({str(root)!r}, name).read_text())
    except OSError as error:
        print("refused", error.errno)
try:
    Path({str(root)!r}, "results/results.json").write_text("{{}}")
except OSError as error:
    print("refused", error.errno)
"""
    assert run_autograder(root, update_rule=WRONG + spy).returncode == 0
    found = results(root)
    assert found["output"].count("refused 13") + found["output"].count("refused 1\n") == 4
    assert SECRET not in json.dumps(found)
    assert sum(test["score"] for test in found["tests"]) < 10


# Gradescope: whose submission it is.


def metadata(folder: Path, text: str) -> Path:
    path = folder / "submission_metadata.json"
    path.write_text(text)
    return path


def test_a_group_is_one_learner_in_whatever_order_it_is_listed(tmp_path):
    one = learner_of(metadata(tmp_path, '{"users": [{"id": 12}, {"id": 7}]}'))
    assert one == learner_of(metadata(tmp_path, '{"users": [{"id": 7}, {"id": 12}]}')) == "7+12"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"users": []}', '{"users": [{"name": "x"}]}', '{"users": 3}', "nul"])
def test_nobody_is_graded_as_somebody_else(tmp_path, text):
    with pytest.raises(PlatformError, match=r"submission_metadata\.json"):
        learner_of(metadata(tmp_path, text))


def test_a_submission_of_nobody_gets_no_score(tmp_path):
    root = lay_out(tmp_path)
    (root / "submission_metadata.json").unlink()
    done = run_autograder(root, update_rule=SOLUTION)
    assert done.returncode == 2
    assert "not graded: submission_metadata.json does not tell the learner's number" in done.stderr
    assert no_score(root)


# What learners upload.


@pytest.mark.parametrize(
    "place",
    [
        "update_rule.py",
        "02_update_rule/update_rule.py",
        "exercises/02_update_rule/update_rule.py",
        "my homework/update_rule.py",
        "my homework/exercises/02_update_rule/update_rule.py",
        "exercises/update_rule.py",
    ],
)
def test_an_answer_is_found_wherever_a_learner_may_have_put_it(tmp_path, place):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SOLUTION)
    (tmp_path / ".git").mkdir()
    (found,) = read_folder(tmp_path, "7", (EXERCISE,), COURSE)
    assert found.cells[0].source == SOLUTION
    assert found.learner == "7"


def test_a_kits_untouched_stub_gives_way_to_the_answer_beside_it(tmp_path):
    stub = tmp_path / "exercises" / EXERCISE.name / "update_rule.py"
    stub.parent.mkdir(parents=True)
    shutil.copy(EXERCISE.stub, stub)
    (tmp_path / "update_rule.py").write_text(SOLUTION)
    (found,) = read_folder(tmp_path, "7", (EXERCISE,), COURSE)
    assert found.cells[0].source == SOLUTION


@pytest.mark.parametrize("place", ["exercises", "update_rule.py", "wrapped"])
def test_a_link_leads_nowhere(tmp_path, place):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "update_rule.py").write_text(SOLUTION)
    upload = tmp_path / "upload"
    upload.mkdir()
    (upload / place).symlink_to(elsewhere / "update_rule.py" if place.endswith(".py") else elsewhere)
    (found,) = read_folder(upload, "7", (EXERCISE,), COURSE)
    assert not found.cells


def test_a_folder_that_is_not_there_is_a_problem_and_no_traceback(tmp_path):
    (found,) = read_folder(tmp_path / "none", "7", (EXERCISE,), COURSE)
    assert "cannot be opened" in found.problem


# Gradescope: the zip.


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("bundle") / "all.zip"
    bundle_gradescope(out, COURSE, seed=SECRET)
    return out


def test_the_two_scripts_lie_at_the_root_can_be_run_and_have_unix_line_ends(bundle):
    with zipfile.ZipFile(bundle) as archive:
        for name in ("setup.sh", "run_autograder"):
            content = archive.read(name)
            assert content.startswith(b"#!/usr/bin/env bash\n")
            assert b"\r" not in content
            assert stat.S_IMODE(archive.getinfo(name).external_attr >> 16) == 0o755
            subprocess.run(["bash", "-n"], input=content, check=True)


def test_a_bundle_holds_what_grades_and_nothing_else(bundle):
    with zipfile.ZipFile(bundle) as archive:
        names = set(archive.namelist())
        assert [name for name in names if SECRET.encode() in archive.read(name)] == ["bundle.json"]
    top = {name.partition("/")[0] for name in names}
    assert top == {"grader", "exercises", "solutions", "constraints.txt", "requirements.txt", "bundle.json",
                   "setup.sh", "run_autograder"}  # fmt: skip
    assert {f"grader/course/checks/test_{exercise.slug}.py" for exercise in COURSE.exercises} <= names
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".ipynb"))]


def test_the_same_course_and_secret_give_the_same_bytes_for_the_instructors_eyes_alone(bundle, tmp_path):
    bundle_gradescope(tmp_path / "again.zip", COURSE, seed=SECRET)
    assert (tmp_path / "again.zip").read_bytes() == bundle.read_bytes()
    assert stat.S_IMODE((tmp_path / "again.zip").stat().st_mode) == 0o600


def test_a_new_bundle_in_the_place_of_an_old_one_keeps_its_secret(tmp_path):
    out = tmp_path / "one.zip"
    drawn = bundle_gradescope(out, COURSE, only="2")
    assert len(drawn) == 32
    assert bundle_gradescope(out, COURSE) == drawn
    assert bundle_gradescope(tmp_path / "other.zip", COURSE) != drawn
    assert bundle_gradescope(out, COURSE, seed=SECRET) == SECRET
    with zipfile.ZipFile(out) as archive:
        settings = BundleSettings.from_json(archive.read("bundle.json").decode())
    assert settings == BundleSettings(SECRET, locked=True, exercises=tuple(one.slug for one in COURSE.exercises))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_that_is_no_bundle_is_left_alone(tmp_path):
    out = tmp_path / "thesis.zip"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("thesis.tex", "years of work")
    before = out.read_bytes()
    with pytest.raises(BundleError, match=r"thesis\.zip: no bundle that was made here; it stays as it is"):
        bundle_gradescope(out, COURSE)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "options", "error", "message"),
    [
        ("bundle.tar", {}, BundleError, "Gradescope takes a zip"),
        ("bundle.zip", {"seed": ""}, BundleError, "the secret is empty"),
        ("bundle.zip", {"only": "updat_rule"}, CourseError, "unknown exercise 'updat_rule'"),
        ("file/bundle.zip", {}, BundleError, "cannot write"),
    ],
)
def test_what_cannot_be_made_is_told_in_one_line_and_leaves_nothing(tmp_path, name, options, error, message):
    (tmp_path / "file").write_text("")
    with pytest.raises(error, match=message):
        bundle_gradescope(tmp_path / name, COURSE, **options)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# Gradescope: setup.sh, with stand-ins for what it would install.


def setup(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Run setup.sh with nothing on the path but a shell's own tools, a fake apt-get and fake interpreters."""
    root, tools = tmp_path / "autograder", tmp_path / "tools"
    tools.mkdir()
    (root / "venv" / "bin").mkdir(parents=True)
    unzip(tmp_path / "bundle.zip", root / "source")
    for name, script in {
        "apt-get": 'echo "apt-get $*"',
        "python3": python,
        "python3.11": "exit 127",
        root / "venv" / "bin" / "python": 'echo "venv python $*"; [ -z "${PYTHONPATH:-}" ] || echo "lock: told"',
    }.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)
    environment = {"PATH": f"{tools}:/bin:/usr/bin", "AUTOGRADER_ROOT": str(root)}
    for name in ("python3.12", "python3.13", "python3.14"):
        shutil.copy(tools / "python3.11", tools / name)
    command = ["bash", root / "source" / "setup.sh"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_setup_installs_the_pinned_requirements_and_tells_the_lock(bundle, tmp_path):
    shutil.copy(bundle, tmp_path / "bundle.zip")
    done = setup(tmp_path, python='case "$1" in -m) echo "python3 $*";; esac')
    assert done.returncode == 0, done.stderr
    source = tmp_path / "autograder" / "source"
    lines = done.stdout.splitlines()
    assert "apt-get install -y --no-install-recommends libseccomp2 python3 python3-venv" in lines
    assert f"python3 -m venv {source.parent}/venv" in lines
    assert [line for line in lines if f"--constraint {source}/constraints.txt" in line and "pip install" in line]
    assert lines[-1] == "lock: told"


def test_setup_on_an_image_without_a_new_python_fails_and_says_what_to_choose(bundle, tmp_path):
    shutil.copy(bundle, tmp_path / "bundle.zip")
    done = setup(tmp_path, python="exit 1")
    assert done.returncode == 1
    assert "apt-get install -y --no-install-recommends python3.11 python3.11-venv" in done.stdout
    assert "choose a newer Ubuntu" in done.stderr


# GitHub: what learners get.


def workflow(path: Path) -> dict:
    """Return a workflow; YAML 1.1 reads the key `on` as true."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in read.items()}


def step(path: Path, name: str) -> str:
    """Return the shell text of a workflow's step."""
    (job,) = workflow(path)["jobs"].values()
    (found,) = [one["run"] for one in job["steps"] if one.get("name") == name]
    return found


def run_step(script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step as GitHub does, with this environment's Python as `python`."""
    tools = folder / ".tools"
    tools.mkdir(exist_ok=True)
    for name, module in {"python": "", "grader": "-m grader"}.items():
        (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {module} "$@"\n')
        (tools / name).chmod(0o755)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COV_", "GIT_"))}
    kept |= {"PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(folder), **environment}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def grading(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the grading repository; nobody may write into it."""
    out = tmp_path_factory.mktemp("github") / "grading"
    bundle_github(out, COURSE)
    return out


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a learner's kit; nobody may write into it."""
    out = tmp_path_factory.mktemp("released") / "kit"
    release(out, COURSE)
    return out


def test_a_learners_repository_asks_for_no_secret_and_may_only_read(kit):
    path = kit / ".github" / "workflows" / "checks.yml"
    assert "secrets." not in path.read_text()
    assert workflow(path)["permissions"] == {"contents": "read"}
    assert "push" in workflow(path)["on"]


def test_nothing_of_the_grading_side_is_in_a_learners_repository(kit):
    told = ("COURSE_SECRET", "LEARNERS_TOKEN", "bundle.json", "grader.platforms.gradescope.results", "fetch_learners")
    for path in kit.rglob("*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert [word for word in told if word in text] == [], path
    names = {path.relative_to(kit).as_posix() for path in kit.rglob("*")}
    assert not [name for name in names if name.startswith("grader/platforms") or "checks/" in name]


# GitHub: the grading repository.


def test_the_grading_repository_holds_what_grades_and_no_secret(grading):
    assert (grading / "grader/course/checks/test_update_rule.py").is_file()
    assert not (grading / "bundle.json").exists()
    assert os.access(grading / "fetch_learners", os.X_OK)
    read = workflow(grading / ".github/workflows/grade.yml")
    (job,) = read["jobs"].values()
    assert [one["uses"].partition("@")[0] for one in job["steps"] if "uses" in one] == [
        "actions/checkout", "actions/setup-python", "actions/upload-artifact",
    ]  # fmt: skip
    assert list(read["on"]) == ["workflow_dispatch"]  # never by a pull request, which could bring its own code
    # A secret or an input in the shell's text could be read by whoever reads the log, or be run.
    assert not [one for one in job["steps"] if "${{" in one.get("run", "")]
    assert "!results/.grader" in job["steps"][-1]["with"]["path"]


def repository(server: Path, name: str, files: dict[str, str], links: dict[str, str] | None = None) -> None:
    """Make a learner's repository on a server that is a folder."""
    folder = server / name
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    for path, target in (links or {}).items():
        folder.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(target)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main", "-C", folder]
    for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "work"]):
        subprocess.run([*git, *command], check=True)


def fetch(grading: Path, tmp_path: Path, *lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    (tmp_path / "learners.csv").write_text("\n".join(["learner,repository", *lines]) + "\n")
    command = [grading / "fetch_learners", "learners.csv", "submissions"]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    kept |= {"GIT_SERVER": f"file://{tmp_path}/server", **environment}
    return subprocess.run(command, cwd=tmp_path, env=kept, capture_output=True, text=True, check=False, timeout=120)


def test_the_workflow_grades_every_repository_that_can_be_cloned(grading, tmp_path):
    here = Path(shutil.copytree(grading, tmp_path / "here"))
    server = here / "server"
    kit = "exercises/02_update_rule/update_rule.py"
    repository(server, "course/one", {kit: SOLUTION, "grader/sitecustomize.py": "raise SystemExit(9)"})
    repository(server, "course/two", {kit: WRONG, "README.md": "mine"})
    repository(server, "course/three", {"notes.txt": "nothing yet"})
    lines = [
        "learner-001,course/one",
        "learner-002,course/two\r",
        "",
        "learner-003,course/three",
        "learner-004,course/no",
    ]
    (here / "learners.csv").write_text("\n".join(["learner,repository", *lines]) + "\n")
    path = here / ".github/workflows/grade.yml"

    fetched = run_step(step(path, "Fetch the learners' repositories"), here, GIT_SERVER=f"file://{server}")
    assert fetched.returncode == 0, fetched.stderr
    assert "::error file=learners.csv,line=6::course/no cannot be cloned" in fetched.stderr
    assert "::warning file=learners.csv,line=5::course/three has no folder exercises" in fetched.stderr

    refused = run_step(step(path, "Grade"), here, COURSE_SECRET="", EXERCISE="")
    assert refused.returncode == 2
    assert "::error::set the repository secret COURSE_SECRET first" in refused.stdout

    graded = run_step(step(path, "Grade"), here, COURSE_SECRET=SECRET, EXERCISE="update_rule")
    assert graded.returncode == 0, graded.stderr
    rows = [line.split(",") for line in (here / "results/grades.csv").read_text().splitlines()[1:]]
    assert [(row[0], row[4]) for row in rows] == [
        ("learner-001", "graded"), ("learner-002", "graded"), ("learner-003", "missing"),
    ]  # fmt: skip
    assert rows[0][2] == "10"
    assert 0 < float(rows[1][2]) < 10
    for file in (here / "results").rglob("*"):  # all that is kept; the grader's own folder is not
        if file.is_file() and ".grader" not in file.parts:
            assert SECRET.encode() not in file.read_bytes(), file


def test_a_repositorys_links_and_hooks_lead_nowhere(grading, tmp_path):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "update_rule.py").write_text(SOLUTION)
    repository(tmp_path / "server", "course/folder", {}, {"exercises": str(tmp_path / "answers")})
    repository(
        tmp_path / "server", "course/file", {"exercises/a": ""},
        {"exercises/update_rule.py": str(tmp_path / "answers/update_rule.py")},
    )  # fmt: skip
    done = fetch(grading, tmp_path, "learner-001,course/folder", "learner-002,course/file")
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "submissions/learner-001").iterdir()) == []
    taken = tmp_path / "submissions/learner-002/update_rule.py"
    assert not taken.is_symlink()
    assert "def update" not in taken.read_text()


def tree_of_trees(server: Path, name: str, depth: int, width: int) -> None:
    """Make a repository of a few objects whose folder exercises has width ** depth folders, and not one file."""
    repository(server, name, {"README.md": "mine"})

    def git(*command: str, told: str = "") -> str:
        identity = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        done = subprocess.run(
            ["git", *identity, "-C", str(server / name), *command],
            input=told,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    tree = git("mktree")
    for _ in range(depth):
        tree = git("mktree", told="".join(f"040000 tree {tree}\tf{number}\n" for number in range(width)))
    tree = git("mktree", told=f"040000 tree {tree}\texercises\n")
    git("update-ref", "HEAD", git("commit-tree", tree, "-m", "work"))


def test_a_small_repository_that_is_gigabytes_on_a_disk_is_never_written_out(grading, tmp_path):
    server, kit = tmp_path / "server", "exercises/02_update_rule/update_rule.py"
    mib = "\0" * 2**20
    repository(server, "course/zeros", {kit: SOLUTION} | {f"exercises/zeros-{n}": f"{n}{mib}" for n in range(70)})
    repository(server, "course/one-file", {kit: SOLUTION, "exercises/large": mib * 17})
    repository(server, "course/many-files", {kit: SOLUTION} | {f"exercises/f-{n}": "" for n in range(1_001)})
    tree_of_trees(server, "course/folders", depth=12, width=10)
    repository(server, "course/beside", {kit: SOLUTION, "videos/large": mib * 100})
    for folder in server.glob("course/*"):
        subprocess.run(["git", "-C", folder, "config", "uploadpack.allowFilter", "true"], check=True)  # as GitHub does
    tools, written = tmp_path / "tools", tmp_path / "written"
    tools.mkdir()
    # A clone is removed in the end; how much it has taken is noted before.
    (tools / "rm").write_text(f'#!/bin/sh\ndu --bytes --summarize "$2" >> "{written}"\nexec /bin/rm "$@"\n')
    (tools / "rm").chmod(0o755)
    names = ("zeros", "one-file", "many-files", "folders", "beside")
    lines = [f"learner-{number:03d},course/{name}" for number, name in enumerate(names, start=1)]
    done = fetch(grading, tmp_path, *lines, PATH=f"{tools}:{os.environ['PATH']}")

    assert done.returncode == 0, done.stderr
    for line, name in enumerate(names[:4], start=2):
        assert f"::error file=learners.csv,line={line}::course/{name} has more than 1000 files or 64 MiB" in done.stderr
    assert "5 lines, 4 not cloned" in done.stdout
    assert [path.name for path in (tmp_path / "submissions").iterdir()] == ["learner-005"]
    assert (tmp_path / "submissions/learner-005/02_update_rule/update_rule.py").read_text() == SOLUTION
    sizes = [int(line.split()[0]) for line in written.read_text().splitlines()]
    assert len(sizes) >= len(names)
    assert max(sizes) < 2**20


def test_what_a_server_sends_that_leaves_nothing_out_is_bounded_all_the_same(grading, tmp_path):
    noise = os.urandom(3 * 2**20).hex()  # that does not become smaller when it is packed
    repository(tmp_path / "server", "course/one", {"exercises/a.py": "a", "noise.txt": noise})
    repository(tmp_path / "server", "course/two", {"exercises/a.py": "a"})
    script = (grading / "fetch_learners").read_text()
    assert "most_kib=$((256 * 1024))" in script
    here = tmp_path / "grading"
    here.mkdir()
    (here / "fetch_learners").write_text(script.replace("most_kib=$((256 * 1024))", "most_kib=1024"))
    (here / "fetch_learners").chmod(0o755)
    done = fetch(here, tmp_path, "learner-001,course/one", "learner-002,course/two")
    assert done.returncode == 0, done.stderr
    assert "course/one cannot be cloned: learner-001 is not among the graded" in done.stderr
    assert [path.name for path in (tmp_path / "submissions").iterdir()] == ["learner-002"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("../learner,course/one", "expected LEARNER,OWNER/NAME"),
        ("learner-001", "expected LEARNER,OWNER/NAME"),
        ("learner-001,--upload-pack=x", "expected LEARNER,OWNER/NAME"),
        ("learner-001,https://elsewhere/x", "expected LEARNER,OWNER/NAME"),
        (".grader,course/one", "expected LEARNER,OWNER/NAME"),
        ("learner-000,course/one", "learner-000 is there already"),
    ],
)
def test_a_wrong_line_stops_the_run_and_is_named(grading, tmp_path, line, message):
    repository(tmp_path / "server", "course/one", {"exercises/a.txt": "a"})
    done = fetch(grading, tmp_path, "learner-000,course/one", line)
    assert done.returncode == 2
    assert f"::error file=learners.csv,line=3::{message}" in done.stderr
    assert {path.name for path in (tmp_path / "submissions").iterdir()} == {"learner-000"}


def test_the_token_stands_on_no_command_line_and_in_no_clone(grading, tmp_path):
    repository(tmp_path / "server", "course/one", {"exercises/a.txt": "a"})
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "git").write_text(f'#!/bin/sh\necho "$@" >> "{tmp_path}/asked"\nexec "{shutil.which("git")}" "$@"\n')
    (tools / "git").chmod(0o755)
    done = fetch(
        grading,
        tmp_path,
        "learner-001,course/one",
        LEARNERS_TOKEN="token-of-mine",
        PATH=f"{tools}:{os.environ['PATH']}",
    )
    assert done.returncode == 0, done.stderr
    asked = (tmp_path / "asked").read_text()
    assert "clone" in asked
    assert "token-of-mine" not in asked
    assert "Authorization" not in asked


def test_a_folder_that_holds_anything_becomes_no_grading_repository(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(BundleError, match="neither absent nor an empty folder"):
        bundle_github(tmp_path, COURSE)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]

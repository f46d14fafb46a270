"""Every place where a learner's words are shown, each read by a parser of its kind: words they are, and no more.

`tests/hostile.py` holds the words. They come in by all that a learner chooses: names, files, cells, and what code says.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import nbgrader
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from nbconvert.exporters import HTMLExporter

from grader.checking.report import CheckResult, Report
from grader.manifest.course import load_course
from grader.platforms.bundle import bundle_github
from grader.platforms.nbgrader.course import make_course
from grader.platforms.nbgrader.restore import MOST_PROSE, _as_released, _make_inert, is_harmless
from grader.publish import formats
from grader.publish.feedback import page
from grader.publish.gradebook.notebooks import MOST_CODE, MOST_LINE, shown
from grader.publish.gradebook.writing import comment_text
from grader.publish.results import neutral
from grader.wire.show import clean
from tests.attacks_class.reading import PAYLOAD, Reader
from tests.hostile import ACTIONS, BYTES, HTML, LONG, MARKDOWN, SHORT, SPREADSHEET, TERMINAL, TEXTS
from tests.nbgrader_class import (
    ASSIGNMENT,
    Notebook,
    autograded,
    code_cell,
    golden,
    hand_in,
    released,
    total,
    with_code,
)
from tests.nbgrader_class import nbgrader as run_nbgrader
from tests.platforms.test_bundle import run_step, step

COURSE = load_course()
EXERCISE = COURSE.by_slug["update_rule"]
TEMPLATES = Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"
CLASS = 12  # of the hostile learners each says every twelfth text; a run of one for each would take minutes
WORD = re.compile(r"\w+")


# How each kind of place is read.


def alive(text: str) -> list[str]:
    """Return what of a page is more than text, as a browser reads it."""
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        name, told = str(element.tag), element.text or ""
        if not isinstance(element.tag, str) or name in ("script", "style", "iframe", "template", "noscript"):
            found += [f"{name}: {told[:80]}"] * (PAYLOAD in told)
        for key, value in element.attrib.items():
            scheme = re.sub(r"[\x00-\x20]", "", value).lower().partition(":")[0]
            own = value.startswith("toggle_name(")  # the formgrader's button that hides who it is
            scripted = (str(key).startswith("on") and not own) or scheme in ("javascript", "vbscript")
            found += [f"{name} {key}={value[:80]}"] * (scripted or PAYLOAD in value)
        found += [f"{name} id"] * (element.get("id") == "statusmessage" and bool(told.strip()))
        found += [f"{name} in a drawing"] * (element.get("class") == "mermaid")
    return found


def words(text: str) -> str:
    """Return what a reader of a page reads."""
    return "".join(html5lib.parse(text, namespaceHTMLElements=False).itertext())


def alive_in_markdown(text: str) -> list[str]:
    """Return what of Markdown is more than text, as GitHub and Gradescope read it."""
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.validateLink = lambda _: True  # it would take no link that runs something for one, as not every reader does
    tokens = reader.parse(text)
    inner = [one for token in tokens for one in [token, *(token.children or [])]]
    return [one.type for one in inner if one.type.startswith(("link", "image", "html", "table"))]


def commands_of(log: str) -> list[str]:
    """Return the commands that GitHub's runner takes from a log: in a line's front, and the older ones anywhere."""
    taken, until = [], ""
    for line in re.split("\r?\n|\r", log):
        found = re.match(r"\s*::([\w-]+)(?: [^:]*)?::(.*)", line)
        if until:
            until = "" if line.strip() == f"::{until}::" else until
        elif found and found[1] == "stop-commands":
            until = found[2]
        elif found or "##[" in line:
            taken.append(line)
    return taken


def on_a_terminal(said: str) -> list[str]:
    """Return the characters of what a command said that a terminal would obey, or that turn the direction of a text."""
    return re.findall(
        "[^\n\x20-\x7e\xa0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd]", said
    )


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet runs a cell, or what it takes for one where lines are cut at other marks too."""
    parts = re.split(r"[;|\t\r\n]", cell)
    return any(re.match(r"\s*[=+@\-\uff1d\uff0b\uff20\uff0d]", part) for part in parts) or cell[:1] in ("\t", "\r")


@pytest.mark.parametrize("text", [*HTML[:7], f"<p id=statusmessage>{PAYLOAD}</p>"])
def test_a_reader_of_pages_notices_what_is_alive(text):
    assert alive(f"<main>{text}</main>")


@pytest.mark.parametrize("text", [f"[x](javascript:{PAYLOAD})", f"<b>{PAYLOAD}</b>", "![x](y)"])
def test_a_reader_of_markdown_notices_what_is_alive(text):
    assert alive_in_markdown(text)


def test_a_reader_of_logs_and_one_of_tables_notice_what_is_run():
    assert [text for text in ACTIONS[:4] if not commands_of(text)] == []
    assert commands_of(f"::stop-commands::k\n{ACTIONS[0]}\n::k::") == []
    assert [text for text in SPREADSHEET if not is_formula(text) and not text.startswith('"')] == []


# A report that says nothing else: what checks tell has been through `clean`, what names and notes tell has not.


def report(text: str) -> Report:
    said = clean(text)
    check = CheckResult("test_update", said, 0.0, 5.0, "failed", False, said, said, said)
    hidden = CheckResult("test_update_too", said, 5.0, 5.0, "passed", True)
    numbers = ("0" * 16, "none", "0" * 64, 0.1)
    return Report(said, "update_rule", 5.0, 10.0, "graded", *numbers, (check, hidden), (said,), said)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_feedback_page_says_it_and_does_nothing(text):
    made = page(report(text), EXERCISE)
    assert alive(made) == []
    reader = Reader()
    reader.feed(made)
    assert reader.live == []
    assert clean(text) in words(made).replace("\r", "\n")
    made.encode()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_the_formats_of_others_say_it_and_do_nothing(text):
    graded = [(report(text), EXERCISE)]
    assert alive_in_markdown(formats.markdown(graded)) == []
    gradescope = json.loads(formats.gradescope(graded))
    for told in [gradescope["output"], *(test.get("output", "") for test in gradescope["tests"])]:
        assert alive_in_markdown(told) == []
    case = ET.fromstring(formats.junit(graded).partition("?>")[2]).find("*/testcase/failure")
    assert case is not None
    assert (case.text or "").startswith(clean(text)[:1_000])
    exercism = json.loads(formats.exercism(graded))
    assert exercism["tests"][0]["message"].startswith(clean(text)[:1_000])


@pytest.mark.parametrize("text", SHORT, ids=range(len(SHORT)))
def test_a_cell_of_a_table_is_no_formula(text):
    table = io.StringIO()
    csv.writer(table).writerow([neutral(text), "next"])
    (row,) = csv.reader(io.StringIO(table.getvalue(), newline=""))
    assert row[0].replace("'", "") == text.replace("'", "")
    assert not is_formula(row[0])


@pytest.mark.parametrize("name", ["learner-001", "De la Cruz-Lim, Ana", "a=b", "3 - 2", ""])
def test_an_ordinary_cell_stays_as_it_is(name):
    assert neutral(name) == name


# nbgrader's pages, made by nbconvert: comments, and what a notebook holds.


def rendered(markdown: str) -> str:
    return str(HTMLExporter().markdown2html({}, markdown))


@pytest.mark.parametrize("text", SHORT, ids=range(len(SHORT)))
def test_a_comment_shows_a_note_and_does_nothing(text):
    made = rendered(comment_text([f"'x.zip': not read: {text!r}", text]))
    assert alive(made) == []
    assert not {"a", "img"} & {str(one.tag) for one in html5lib.parse(made, namespaceHTMLElements=False).iter()}


def test_an_ordinary_note_is_a_comment_as_it_is():
    note = "update_rule.py was graded, not old/update_rule.ipynb: it holds no code; 'x.zip' and 2 more"
    assert comment_text([note, note]) == f"{note}\n{note}"


@given(
    st.text(alphabet="[]()<>!`~:#*_|$\\-=&; \t\nabx/.\"'", max_size=60).map(
        lambda text: text.replace("x", "javascript:")
    )
)
def test_whatever_markdown_a_learner_writes_is_text_on_nbgraders_pages(text):
    made = rendered(inert(text)[0])
    tags = {str(one.tag) for one in html5lib.parse(made, namespaceHTMLElements=False).iter()}
    assert not tags & {"a", "img", "script", "svg", "style", "h1", "h2", "h3", "h4", "h5", "h6"}
    assert alive(made) == []


def inert(*texts: str, ours: tuple[str, ...] = ()) -> list[str]:
    class Cell:
        def __init__(self, source: str) -> None:
            self.source = source

    cells = [Cell(text) for text in texts]
    _make_inert(cells, ours)
    return [cell.source for cell in cells]


@pytest.mark.parametrize("text", MARKDOWN, ids=range(len(MARKDOWN)))
def test_markdown_that_would_act_is_shown_as_it_was_typed(text):
    (made,) = inert(text)
    assert alive(rendered(made)) == []
    assert made == text if is_harmless(text) else text in words(rendered(made))


def test_prose_with_formulas_lists_and_code_stays_markdown():
    text = "It *converges* since $|1 - \\eta L| < 1$:\n\n- `a < b`\n- **b**\n\n$$x_{k+1}$$\n\n    indented\n\n1 < 2 > 1"
    assert inert(text) == [text]


def test_the_assignments_own_headings_and_links_stay_and_a_picture_that_is_gone_does_not():
    ours, picture = "# 2. The update rule\n\n[Read](https://example.org)", "![x](attachment:y.png)"
    assert inert(ours, picture, ours=(ours, picture)) == [ours, formats.block(picture)]


def test_of_endless_prose_the_pages_get_a_bounded_part_that_says_so():
    made = inert(*LONG, *LONG * 20)
    assert sum(map(len, made)) < MOST_PROSE + 100 * len(made)
    assert all("(cut off here)" in text for text in made[:4])
    assert inert("short", *["x" * 9_000] * 20)[0] == "short"


def test_of_endless_code_the_pages_get_a_bounded_part_that_says_so():
    for text in LONG:
        (made,) = shown([text])
        assert len(made) < MOST_CODE + 100
        assert max(map(len, made.split("\n"))) < MOST_LINE + 50
        assert not re.search(r"\n\s*\n\s*\n\s*\n", made)
    assert sum(map(len, shown(["x\n" * 20_000] * 50))) < MOST_CODE + 50 * 100
    assert shown(["%%perl\nm{", "'%d%%' % 3"]) == ["% %perl\nm{", "'%d%%' % 3"]


def test_ordinary_code_is_shown_as_it_is():
    text = golden("right_with_numpy")
    assert shown([text, text]) == [text, text]


def test_each_line_is_looked_at_once_in_search_of_what_is_hidden():
    class Counted(str):
        looked = 0

        def __contains__(self, part: object) -> bool:
            Counted.looked += len(self)
            return str.__contains__(self, part)

        def split(self, *arguments):  # type: ignore[no-untyped-def]
            return [Counted(line) for line in str.split(self, *arguments)]

    for text in ("x" * 2**20, "BEGIN HIDDEN TESTS\n" * 2**16, "BEGIN HIDDEN TESTS " * 2**16):
        Counted.looked = 0
        assert _as_released(Counted(text)) == text.strip()
        assert 0 < Counted.looked <= 2 * len(text)
    assert _as_released("a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc") == "a\nc"


# The whole way through nbgrader.


def cell(kind: str, source: str, name: str) -> Notebook:
    extra = {"attachments": {"y.png": {"image/png": "AA=="}}} if kind == "markdown" else {}
    return {"cell_type": kind, "id": name, "metadata": {"name": source, "tags": [source]}, "source": source, **extra}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which learners hand in the texts as cells of every kind, with feedback."""
    folder = tmp_path_factory.mktemp("course")
    make_course(folder, COURSE)
    run_nbgrader(folder, f"generate_assignment {ASSIGNMENT}")
    right = with_code(released(folder), golden("right_with_numpy"))
    loud = [cell(kind, text, f"{kind}-{n}") for n, text in enumerate(SHORT) for kind in ("markdown", "raw", "heading")]
    loud += [code_cell(f"# {line}", f"c-{n}") for n, text in enumerate(SHORT) for line in text.split("\n")[:1]]
    output = {"output_type": "display_data", "data": {"text/html": HTML[0], "image/svg+xml": HTML[2]}, "metadata": {}}
    loud[-1] |= {"outputs": [output]}
    hand_in(folder, "loud", right | {"cells": [*right["cells"], *loud], "metadata": {"title": HTML[0]}})
    long = [cell("markdown", text, f"l-{n}") for n, text in enumerate(LONG)]
    long += [code_cell("'''\n" + "%%perl\n" + "m{" * 2**16 + " \n" * 2**14 + "'''", "c")]
    hand_in(folder, "long", right | {"cells": [*right["cells"], *long]})
    run_nbgrader(folder, f"autograde {ASSIGNMENT}", f"generate_feedback {ASSIGNMENT}")
    return folder


def formgraded(notebook: Path) -> str:
    """Return the formgrader's page of an autograded notebook."""
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[str(TEMPLATES)])
    place = {"notebook_id": "n", "assignment_id": "a", "submission_id": "s", "index": 0, "total": 1, "base_url": "",
             "student": "learner", "last_name": None, "first_name": None, "notebook_path": ""}  # fmt: skip
    text, _ = exporter.from_filename(str(notebook), resources=place)
    return str(text)


@pytest.mark.parametrize("learner", ["loud", "long"])
def test_nothing_of_a_notebook_is_alive_on_nbgraders_pages(course, learner):
    assert total(course, learner) == 10
    notebook = course / "autograded" / learner / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
    feedback = (course / "feedback" / learner / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text(encoding="utf-8")
    for made in (feedback, formgraded(notebook)):
        assert alive(made) == []
        assert len(made) < 2**21
    if learner == "loud":
        assert [text for text in MARKDOWN if text.replace("\t", "") not in words(feedback).replace("\t", "")] == []


def test_nothing_else_of_a_notebook_is_kept(course):
    notebook = autograded(course, "loud")
    assert PAYLOAD not in json.dumps(notebook["metadata"])
    assert not [one for one in notebook["cells"] if PAYLOAD in json.dumps([one["metadata"], one["id"]])]
    assert not [one for one in notebook["cells"] if "attachments" in one or one["cell_type"] == "raw"]


# The whole way through `grader grade`.

SAYS = """
import sys, warnings
TEXTS = {texts!r}
for text in TEXTS:
    print(text.encode("utf-8", "replace").decode())
print(*TEXTS, file=sys.stderr, sep="\\n")
warnings.warn(TEXTS[0])
def update(parameter, gradient, learning_rate):
    raise type(TEXTS[0].replace("\\0", "").encode("utf-8", "replace").decode(), (Exception,), {{}})("\\n".join(TEXTS))

def descend(gradient, start, learning_rate, epochs):
    return TEXTS[-1]

def descend_until(gradient, start, learning_rate, tolerance, max_epochs=1000):
    made = lambda: None
    made.__name__ = made.__qualname__ = TEXTS[len(TEXTS) // 2]
    return made
"""


def file_name(text: str) -> str:
    """Return a text as the name of a file, as far as a disk has such names."""
    return re.sub("[/\x00\ud800-\udfff]", "_", text)[:60]


def hostile_class(folder: Path) -> None:
    """Hand in every text in every way: by the learner's name, the file's, an entry's of a zip, and all that code says."""
    for number in range(CLASS):
        texts = SHORT[number::CLASS]
        learner = folder / f"learner-{number:03d}"
        learner.mkdir(parents=True)
        (learner / "update_rule.py").write_text(SAYS.format(texts=texts), encoding="utf-8")
        for text in texts:
            (learner / f"{file_name(text)}.py").write_text("")
            (folder / f"{file_name(text)[:40]}{number}").mkdir(exist_ok=True)
        with zipfile.ZipFile(folder / f"zipped-{number:03d}.zip", "w") as archive:
            archive.writestr("update_rule.py", SAYS.format(texts=texts))
            for text in texts[:3]:
                archive.writestr(f"../{text.replace(chr(0), '')}".encode("utf-8", "replace").decode(), "")
    (folder / "honest").mkdir()
    (folder / "honest" / "update_rule.py").write_text(golden("right_with_numpy"), encoding="utf-8")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return OUT of a hostile class, and all that the command said."""
    folder = tmp_path_factory.mktemp("class")
    hostile_class(folder / "submissions")
    roster = io.StringIO()
    people = [(f"learner-{n:03d}", " ".join(text.split())) for n, text in enumerate((*HTML, *SPREADSHEET))]
    csv.writer(roster).writerows([("id", "name", "section"), *[(key, name, name) for key, name in people]])
    (folder / "class.csv").write_text(roster.getvalue(), encoding="utf-8")
    make_course(folder / "out", COURSE)
    command = [sys.executable, "-m", "grader", "grade", folder / "submissions", "--out", folder / "out", "--only", "2"]
    done = subprocess.run(
        [*map(str, command), "--roster", str(folder / "class.csv"), "--jobs", "2"],
        capture_output=True, check=False, env=os.environ | {"COLUMNS": "80", "FORCE_COLOR": ""},
    )  # fmt: skip
    said = (done.stdout + b"\n" + done.stderr).decode()
    assert done.returncode == 0, said[-2_000:]
    return folder / "out", said


def test_the_run_is_whole_and_its_pages_do_nothing(graded):
    out, _ = graded
    pages = list((out / "feedback").glob("*/*.html"))
    assert len(pages) == 2 * CLASS + 1
    for one in pages:
        assert alive(one.read_text(encoding="utf-8")) == [], one


def test_its_tables_hold_no_formula(graded):
    out, _ = graded
    forms = [
        subprocess.run(
            [sys.executable, "-m", "grader", "export", str(out), "--format", form, "--roster", str(out.parent / "class.csv")],
            capture_output=True, check=True,
        ).stdout.decode("utf-8-sig")
        for form in ("wide", "long")
    ]  # fmt: skip
    for table in ((out / "grades.csv").read_text(encoding="utf-8"), *forms):
        rows = list(csv.reader(io.StringIO(table, newline="")))
        assert len(rows) > CLASS
        assert [text for row in rows for text in row if is_formula(text)] == []


def test_what_it_says_on_a_terminal_is_lines_of_text(graded):
    _, said = graded
    assert PAYLOAD in said
    assert on_a_terminal(said) == []


def test_its_comments_and_notebooks_do_nothing_in_the_formgrader(graded):
    out, _ = graded
    with sa.create_engine(f"sqlite:///{out}/gradebook.db").connect() as gradebook:
        comments = list(gradebook.scalars(sa.text("SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL")))
        people = list(gradebook.execute(sa.text("SELECT first_name, last_name FROM student WHERE last_name NOTNULL")))
    assert any("../" in comment for comment in comments)
    assert [comment for comment in comments if alive(rendered(comment))] == []
    assert len(people) > CLASS
    # As the formgrader writes them into its page: as they are.
    assert [name for names in people for name in names if name and alive(f"<li>{name}</li>")] == []
    notebooks = list((out / "autograded").glob("*/*/*.ipynb"))
    assert len(notebooks) == 2 * CLASS + 1
    for notebook in notebooks[:: CLASS // 3]:
        assert alive(formgraded(notebook)) == [], notebook


def test_github_takes_no_command_from_what_a_learner_named_a_file(tmp_path):
    here = tmp_path / "grading"
    bundle_github(here, COURSE)
    learner = here / "submissions" / "learner-001"
    learner.mkdir(parents=True)
    for text in ACTIONS:
        (learner / f"{file_name(text)}.py").write_text("")
    (here / "submissions" / "learner-002").mkdir()
    (here / "submissions" / "learner-002" / "update_rule.py").write_text(golden("right_with_numpy"), encoding="utf-8")
    script = step(here / ".github/workflows/grade.yml", "Grade")
    done = run_step(f"{{ {script}\n}} 2>&1", here, COURSE_SECRET="a secret", EXERCISE="update_rule", COLUMNS="40")
    assert done.returncode == 0, done.stdout
    assert "##[add-mask]" in done.stdout
    assert commands_of(done.stdout) == []
    assert commands_of(f"{done.stdout}\n{ACTIONS[0]}") == [ACTIONS[0]]  # what comes after it is heard again


@pytest.mark.parametrize("command", [("check", "2"), ("hint", "2"), ("progress",)])
def test_what_a_learners_own_commands_say_is_lines_of_text(command, tmp_path):
    mine = tmp_path / "exercises" / "02_update_rule"
    mine.mkdir(parents=True)
    for number, texts in enumerate((MARKDOWN[:12], (*TERMINAL, *BYTES), (*ACTIONS, *SPREADSHEET))):
        (mine / "update_rule.py").write_text(SAYS.format(texts=texts), encoding="utf-8")
        (mine / f"{file_name(texts[number])}.ipynb").write_text("{}")
        asked = [sys.executable, "-m", "grader", *command]
        done = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=False)
        assert b"Traceback" not in done.stderr
        said = (done.stdout + done.stderr).decode()
        assert on_a_terminal(said) == []
        assert command != ("check", "2") or PAYLOAD in said

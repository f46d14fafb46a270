"""An exercise in the page: solved, failed, stopped, left and found again, as a reader would, in a real Chromium."""

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from grader.authoring.release import notebook
from grader.manifest.course import load_course
from tests.browser.conftest import SITE, absent

CHECKOUT = Path(__file__).resolve().parents[2]
COURSE = load_course()
PATIENCE_MS = 180_000  # for Python's first answer on a busy machine; nothing is measured here
WORK = "descent-kit:work:update_rule"
PROGRESS = "descent-kit:progress"
ENDLESS = "def update(parameter, gradient, learning_rate):\n    while True:\n        pass\n"


def solution(slug="update_rule"):
    return (CHECKOUT / "solutions" / COURSE.by_slug[slug].name / f"{slug}.py").read_text(encoding="utf-8")


def climbing():
    """Return the solution with one sign turned: `descend` adds the gradient."""
    right, wrong = "path[epoch] - learning_rate", "path[epoch] + learning_rate"
    assert right in solution()
    return solution().replace(right, wrong)


class Exercise:
    """The page of an exercise, and what a reader does there."""

    def __init__(self, page):
        self.page = page
        self.editor = page.locator("descent-exercise .cm-content")
        self.output = page.locator("descent-exercise .output")
        self.editor.wait_for()

    def write(self, source):
        self.editor.focus()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def text(self):
        """Return what is in the editor: all of it, also what is scrolled away."""
        return self.editor.evaluate("content => content.cmTile.view.state.doc.toString()")

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def done(self):
        """Wait until nothing runs any more."""
        self.page.get_by_role("button", name="Stop", exact=True).wait_for(state="hidden", timeout=PATIENCE_MS)

    def check(self):
        self.press("Check")
        self.done()
        return [item.get_attribute("class") for item in self.output.locator(".checks > li").all()]

    def says(self, text):
        """Wait for some words on the page."""
        self.output.get_by_text(text).first.wait_for(timeout=PATIENCE_MS)

    def saved(self):
        self.page.wait_for_function("key => localStorage.getItem(key)", arg=WORK)


@pytest.fixture
def exercise(open_page):
    return lambda slug="update_rule", **settings: Exercise(open_page(f"exercises/{slug}/", **settings))


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_exercise_is_solved_in_the_page_and_the_progress_is_kept(exercise, size):
    here = exercise(size=size)
    here.write(solution())
    assert here.check() == ["passed"] * 4
    here.says("All 4 public checks pass: 3 of 3 points. On your own you are done, and in a class 7 more points")
    assert here.output.locator(".picture > svg").is_visible()
    here.press("Hint")
    here.output.get_by_role("link", name="To the list").click()
    assert here.page.evaluate("location.hash") == "#done"
    assert here.page.locator("#done").inner_text().startswith("When are you done?")
    progress = json.loads(here.page.evaluate("key => localStorage.getItem(key)", PROGRESS))
    best = progress["exercises"]["update_rule"]
    assert (best["passed"], best["checks"], best["points"], best["max_points"]) == (4, 4, 3, 3)
    assert not here.page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_who_adds_the_gradient_reads_that_the_path_climbs_and_gets_one_hint_more_at_each_press(exercise, size):
    here = exercise(size=size)
    here.write(climbing())
    assert here.check() == ["passed", "failed", "skipped", "passed"]
    failed = here.output.locator("li.failed")
    assert "perhaps: Your path climbs: each step is the right one with the wrong sign." in failed.inner_text()
    assert failed.locator(".message").inner_text().startswith("descend(<function of x: -3 + 6*x>, start=2.0")
    hints = failed.locator(".hint")
    assert hints.count() == 1
    for shown in (2, 3, 3):
        here.press("Hint")
        assert hints.count() == shown
    assert here.output.locator(".picture > svg").is_visible()


AT = """(content, text) => { const view = content.cmTile.view, at = view.state.doc.toString().indexOf(text);
    view.scrollDOM.scrollTop = view.lineBlockAt(at).top - 150 }"""


def test_the_file_is_shown_as_a_notebook_with_findings_under_their_function_and_the_failing_line_marked(exercise):
    here = exercise()
    stub = here.text()
    assert here.page.locator("descent-exercise .contract").first.inner_text().startswith("Take one step")
    wrong = solution().replace("path[epoch] - learning_rate", "path[epoch] - lerning_rate")
    here.write(wrong)
    here.check()
    here.editor.evaluate(AT, "lerning_rate")
    marked = here.page.locator("descent-exercise .cm-failing")
    assert "lerning_rate" in marked.inner_text()
    found = here.page.locator("descent-exercise .findings", has_text="goes from 2.0 to the lowest point")
    assert found.locator("li").evaluate_all("all => all.map(one => one.className)") == ["failed", "skipped"]
    assert here.text() == wrong
    here.press("Show as a file")
    here.editor.evaluate(AT, "Walk downhill from a start")
    here.editor.get_by_text("Walk downhill from a start").wait_for()
    here.press("Show as a file")
    here.press("Reset")
    here.press("Reset it")
    assert here.text() == stub
    assert found.count() == 0


def test_an_endless_loop_is_stopped_and_the_page_goes_on(exercise):
    here = exercise()
    here.write(ENDLESS)
    outcomes = here.check()
    assert outcomes == ["failed", "failed", "skipped", "failed"]
    message = here.output.locator(".message").first.inner_text()
    assert message.endswith("There was no answer after 3 s: is there an endless loop?")
    here.write(solution())
    assert here.check() == ["passed"] * 4


def test_a_run_shows_what_is_printed_and_is_stopped_by_hand(exercise):
    here = exercise()
    here.write("print('so far')\nwhile True:\n    pass\n")
    here.press("Run")
    here.says("so far")
    here.press("Stop")
    here.says("Stopped.")
    here.write("print(6 * 7)")
    here.press("Run")
    here.says("42")
    here.done()


def test_a_run_that_asks_the_keyboard_or_fails_says_so_in_the_learners_own_lines(exercise):
    here = exercise()
    here.write("def ask():\n    return input('Your name? ')\n\nask()\n")
    here.press("Run")
    here.says("Nobody can type into this page")
    shown = here.output.locator(".error").inner_text()
    assert 'File "update_rule.py", line 2, in ask' in shown
    assert "grader" not in shown
    here.done()


def test_more_memory_than_there_is_ends_in_a_message(exercise):
    here = exercise()
    here.write("numbers = [0] * 2**30\n")
    here.press("Run")
    here.says("MemoryError")
    here.done()


def test_results_and_passed_are_still_there_after_a_reload_and_a_change_is_said(exercise):
    here = exercise(size="phone")
    here.write(solution())
    here.check()
    here.page.reload()
    again = Exercise(here.page)
    assert again.output.locator(".checks > li.passed").count() == 4
    assert again.output.locator(".picture > svg").is_visible()
    again.says("This is what Check found on")
    assert "changed since" not in again.output.inner_text()
    assert again.page.get_by_text("✓ passed", exact=True).is_visible()
    again.write(climbing())
    again.saved()
    again.page.reload()
    changed = Exercise(here.page)
    changed.says("Your code has changed since")
    assert changed.page.get_by_text("✓ passed", exact=True).is_visible()  # the best counts
    again.press("Reset")
    again.press("Reset it")
    again.page.reload()
    Exercise(here.page).says("Check tells you what your code does")


SIDEWAYS = """[...document.querySelector("descent-exercise").shadowRoot.querySelectorAll("*")]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === "auto").map(one => one.className)"""


def test_on_a_phone_nothing_is_moved_sideways_and_hint_is_always_in_sight(exercise):
    here = exercise(size="phone")
    here.write(climbing() + "\nlong = [" + "1234567890, " * 30 + "]\n")
    assert here.check()[1] == "failed"
    assert here.page.evaluate(SIDEWAYS) == []
    for place in (here.editor, here.output):
        place.scroll_into_view_if_needed()
        box = here.page.get_by_role("button", name="Hint", exact=True).bounding_box()
        assert 0 <= box["y"] <= 740 - box["height"]


def test_a_syntax_error_is_shown_with_its_place(exercise):
    here = exercise()
    here.write("def update(:\n    pass\n")
    assert here.check()[0] == "failed"
    message = here.output.locator(".message").first.inner_text()
    assert "SyntaxError" in message
    assert "update_rule.py, line 1" in message


def test_work_is_still_there_after_a_reload(exercise):
    here = exercise()
    here.write("mine = 1\n")
    here.saved()
    here.page.reload()
    again = Exercise(here.page)
    assert again.text() == "mine = 1\n"


def test_work_is_kept_by_leaving_at_once(exercise, address):
    here = exercise()
    here.write("in a hurry = 1\n")
    here.page.goto(address)
    here.page.go_back()
    assert Exercise(here.page).text() == "in a hurry = 1\n"


def test_a_reset_asks_first_and_can_be_undone(exercise):
    here = exercise()
    stub = here.text()
    here.write("mine = 1\n")
    here.press("Reset")
    here.press("Keep my text")
    assert here.text() == "mine = 1\n"
    here.press("Reset")
    here.press("Reset it")
    assert here.text() == stub
    here.press("Undo")
    assert here.text() == "mine = 1\n"


def test_work_is_taken_out_as_script_and_as_notebook_and_brought_in_again(exercise, tmp_path):
    here = exercise()
    here.write(climbing())
    files = {}
    for ending in ("py", "ipynb"):
        with here.page.expect_download() as taken:
            here.press(f"Download .{ending}")
        assert taken.value.suggested_filename == f"update_rule.{ending}"
        files[ending] = tmp_path / f"update_rule.{ending}"
        taken.value.save_as(files[ending])
    assert files["py"].read_text(encoding="utf-8") == climbing()
    assert files["ipynb"].read_text(encoding="utf-8") == notebook(climbing(), "update_rule")
    for file in files.values():
        here.write("gone = 1\n")
        here.page.locator("descent-exercise input[type=file]").set_input_files(file)
        here.says("is in the editor")
        assert "path[epoch] + learning_rate" in here.text()


def test_a_file_that_is_no_notebook_leaves_the_work_alone(exercise, tmp_path):
    here = exercise()
    here.write("mine = 1\n")
    (tmp_path / "odd.ipynb").write_text("no JSON")
    here.page.locator("descent-exercise input[type=file]").set_input_files(tmp_path / "odd.ipynb")
    here.says("This is not a notebook")
    assert here.text() == "mine = 1\n"


def test_a_second_tab_follows_and_neither_overwrites_the_other_unasked(exercise):
    here = exercise()
    second = here.page.context.new_page()
    second.goto(here.page.url)
    there = Exercise(second)
    here.write("one = 1\n")
    here.saved()
    second.wait_for_function(
        "() => document.querySelector('descent-exercise').shadowRoot.querySelector('.saved').textContent.includes('other tab')"
    )
    assert there.text() == "one = 1\n"
    # Both are changed before either hears of the other.
    second.evaluate("key => localStorage.setItem(key, JSON.stringify({ source: 'two = 2\\n', when: 1 }))", WORK)
    there.write("three = 3\n")
    warning = second.get_by_text("also changed in another tab")
    warning.wait_for()
    assert json.loads(second.evaluate("key => localStorage.getItem(key)", WORK))["source"] == "two = 2\n"
    there.press("This one")
    warning.wait_for(state="hidden")
    assert json.loads(second.evaluate("key => localStorage.getItem(key)", WORK))["source"] == "three = 3\n"


def test_a_browser_that_keeps_nothing_says_so_and_loses_nothing_here(exercise):
    here = exercise()
    here.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    )
    here.write("mine = 1\n")
    here.page.get_by_text("This browser cannot save your work").wait_for()
    assert here.text() == "mine = 1\n"


def test_an_exercise_can_be_done_with_the_keyboard_alone(exercise):
    here = exercise()
    page = here.page
    focused = "() => { let at = document.activeElement; while (at.shadowRoot) at = at.shadowRoot.activeElement; return at.className + ' ' + at.textContent.slice(0, 20) }"
    for _ in range(40):
        page.keyboard.press("Tab")
        if "cm-content" in page.evaluate(focused):
            break
    assert "cm-content" in page.evaluate(focused)
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("if True:\n")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("print(1)")
    assert here.text() == "if True:\n    print(1)"
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(solution())
    page.keyboard.press("Control+Enter")
    here.says("All 4 public checks pass")
    here.done()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate(focused).endswith(" Reset")
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate(focused).endswith(" Check")
    page.keyboard.press("Enter")
    here.says("All 4 public checks pass")
    here.done()


def has_begun(worker):
    return "assets/python.js" in worker.url  # and not the search's


SAVES_DATA = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


def test_python_is_fetched_when_the_reader_goes_into_the_editor_and_not_before(exercise):
    here = exercise()
    here.page.mouse.wheel(0, 400)
    here.page.wait_for_timeout(200)
    assert not any(map(has_begun, here.page.workers))
    with here.page.expect_worker(has_begun):
        here.editor.focus()


def test_whoever_saves_data_fetches_python_only_when_they_write(exercise):
    here = exercise()
    here.page.add_init_script(SAVES_DATA)
    here.page.reload()
    again = Exercise(here.page)
    again.editor.focus()
    here.page.wait_for_timeout(200)
    assert not any(map(has_begun, here.page.workers))
    with here.page.expect_worker(has_begun):
        here.page.keyboard.insert_text("x = 1\n")


@pytest.mark.parametrize("slug", [exercise.slug for exercise in COURSE.exercises])
def test_a_solution_passes_every_public_check_in_the_page(exercise, slug):
    here = exercise(slug)
    here.write(solution(slug))
    assert set(here.check()) == {"passed"}
    assert here.output.locator(".picture > svg").is_visible()


# What is shipped to every reader.


def test_the_grader_in_the_page_holds_nothing_hidden():
    if not SITE.is_dir():
        absent("the site is not built: make site")
    with zipfile.ZipFile(SITE / "assets" / "python" / "grader.zip") as archive:
        names = archive.namelist()
        texts = {name: archive.read(name) for name in names}
    assert "grader/practice/page.pyc" in names
    assert [name for name in names if re.search("checks/|misconceptions|replay|mistakes|solutions", name)] == []
    secrets = [
        name.encode()
        for path in (CHECKOUT / "grader" / "checks").glob("*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert [
        name for name, data in texts.items() if b"BEGIN SOLUTION" in data or any(secret in data for secret in secrets)
    ] == []


def test_a_script_becomes_the_same_notebook_as_in_python(tmp_path):
    bundle = tmp_path / "notebook.mjs"
    options = ["--format=esm", f"--outfile={bundle}", "--log-level=error"]
    subprocess.run(
        ["npx", "--no-install", "esbuild", "site/app/exercise/notebook.ts", *options], cwd=CHECKOUT, check=True
    )
    program = (
        f"import {{ toNotebook }} from {json.dumps(bundle.as_uri())}; import {{ readFileSync }} from 'node:fs';"
        + (
            "const [slug, source] = JSON.parse(readFileSync(0, 'utf8')); process.stdout.write(toNotebook(source, slug));"
        )
    )
    for exercise in COURSE.exercises:
        for source in (solution(exercise.slug), exercise.stub.read_text(encoding="utf-8")):
            made = subprocess.run(
                ["node", "--input-type=module", "-e", program],
                input=json.dumps([exercise.slug, source]),
                capture_output=True,
                text=True,
                check=True,
            )
            assert made.stdout == notebook(source, exercise.slug)

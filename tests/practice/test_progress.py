"""Progress: merging loses nothing, the site's script agrees, and a learner's file survives whatever happens to it."""

import json
import os
import shutil
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.manifest.course import PACKAGE, load_course
from grader.practice.progress import (
    Best,
    NotKeptError,
    ProgressError,
    SetAsideError,
    change,
    load,
    merge,
    parse,
    place,
    record,
    serialise,
)

CHECKOUT = PACKAGE.parent
SLUGS = [exercise.slug for exercise in load_course().exercises]
no_stopwatch = settings(deadline=None)  # a slow machine is no failure

TIMES = st.sampled_from(["2026-11-21T10:00:00Z", "2026-11-21T10:00:01Z", "2027-01-01T00:00:00Z"])


@st.composite
def bests(draw):
    # Few values, so that ties of every kind occur.
    checks, max_points = draw(st.integers(0, 3)), draw(st.sampled_from([0.0, 1.0, 2.5]))
    points = draw(st.sampled_from([points for points in (0.0, 0.5, 1.0, 2.5) if points <= max_points]))
    return Best(draw(st.integers(0, checks)), checks, points, max_points, draw(TIMES))


progresses = st.dictionaries(st.sampled_from([*SLUGS[:3], "constructor"]), bests())


@given(progresses, progresses)
def test_it_does_not_matter_which_of_two_is_merged_into_which(one, other):
    assert merge(one, other) == merge(other, one)


@given(progresses, progresses, progresses)
def test_it_does_not_matter_in_which_order_three_are_merged(one, other, third):
    assert merge(merge(one, other), third) == merge(one, merge(other, third))


@given(progresses, progresses)
def test_to_merge_the_same_again_changes_nothing(one, other):
    once = merge(one, other)
    assert merge(once, other) == merge(once, one) == merge(once, once) == once


@given(progresses, progresses)
def test_no_exercise_and_no_point_is_lost_in_a_merge(one, other):
    merged = merge(one, other)
    assert set(merged) == set(one) | set(other)
    for slug, best in merged.items():
        known = [progress[slug] for progress in (one, other) if slug in progress]
        assert best in known
        assert best.points == max(entry.points for entry in known)
        assert best.when == min(entry.when for entry in known if entry.points == best.points)


@given(progresses)
def test_what_is_written_is_read_as_it_was(progress):
    assert parse(serialise(progress)) == progress


def test_a_worse_run_later_does_not_count_and_a_better_one_does():
    first = Best(3, 4, 2.0, 3.0, "2026-11-21T10:00:00Z")
    worse = Best(1, 4, 1.0, 3.0, "2026-11-21T11:00:00Z")
    better = Best(4, 4, 3.0, 3.0, "2026-11-21T12:00:00Z")
    known = record(record({}, "update_rule", first), "update_rule", worse)
    assert known == {"update_rule": first}
    assert record(known, "update_rule", better) == {"update_rule": better}


GOOD = {"passed": 3, "checks": 4, "points": 2.0, "max_points": 3.0, "when": "2026-11-21T10:00:00Z"}


def of(slug="update_rule", version=1, **changes):
    return json.dumps({"schema_version": version, "exercises": {slug: GOOD | changes}})


BROKEN = [
    ("", "not JSON"),
    ("\ufeff" + of(), "not JSON"),
    ("{", "not JSON"),
    ("[" * 5_000, "not JSON"),
    (of(points=float("nan")), "not JSON"),
    ("null", "lists no exercises"),
    ("[]", "lists no exercises"),
    ('{"schema_version": 1}', "lists no exercises"),
    ('{"schema_version": 1, "exercises": []}', "lists no exercises"),
    ("{}", "its schema_version is not 1"),
    (of(version=2), "its schema_version is not 1"),
    (of(version=True), "its schema_version is not 1"),
    (of(version="1"), "its schema_version is not 1"),
    (of(slug="__proto__"), "that does not exist"),
    (of(slug="../update_rule"), "that does not exist"),
    (of(slug="a" * 81), "that does not exist"),
    ('{"schema_version": 1, "exercises": {"update_rule": 3}}', "the entry of update_rule"),
    (of(checks=-1), "checks of update_rule"),
    (of(checks=1.5), "checks of update_rule"),
    (of(checks=True), "checks of update_rule"),
    (of(checks=10**400), "checks of update_rule"),
    (of(passed=5), "passed of update_rule"),
    (of(passed="3"), "passed of update_rule"),
    (of(max_points=None), "max_points of update_rule"),
    (of(points=4), "points of update_rule"),
    (of(points=-0.5), "points of update_rule"),
    (of(when="yesterday"), "when of update_rule"),
    (of(when="2026-13-01T10:00:00Z"), "when of update_rule"),
    (of(when="2026-11-21T10:00:00Z\n"), "when of update_rule"),
    (of(when="٢٠٢٦-11-21T10:00:00Z"), "when of update_rule"),
    (" " * 1_000_001, "too large"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_what_is_no_progress_file_is_refused_with_what_is_wrong(text, said):
    with pytest.raises(ProgressError, match=said):
        parse(text)


def test_fields_that_nobody_knows_and_whole_numbers_in_any_form_are_read():
    text = '{"schema_version": 1.0, "more": 9e999, "exercises": {"a": {"passed": 1e0, "checks": 1.0, "points": 1, "max_points": 1, "when": "2026-11-21T10:00:00Z", "more": []}}}'
    assert parse(text) == {"a": Best(1, 1, 1.0, 1.0, "2026-11-21T10:00:00Z")}


# The site's script.

SCRIPT = """
import { readFileSync } from "node:fs";
import { merge, parse, serialise } from "./store.mjs";
const read = (text) => { try { return parse(text); } catch (error) { return { error: error.message }; } };
const { pairs, texts } = JSON.parse(readFileSync(0, "utf8"));
const merged = pairs.map(([one, other]) => serialise(merge(parse(one), parse(other))));
console.log(JSON.stringify({ merged, read: texts.map(read) }));
"""


@pytest.fixture(scope="module")
def script(tmp_path_factory):
    """Give a function that asks the site's script about pairs of files to merge, and about files to read."""
    esbuild = CHECKOUT / "node_modules/.bin/esbuild"
    if not (shutil.which("node") and esbuild.exists()):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no Node or its packages: npm ci")
    folder = tmp_path_factory.mktemp("script")
    store = CHECKOUT / "site/app/progress/store.ts"
    subprocess.run(
        [esbuild, store, "--format=esm", f"--outfile={folder / 'store.mjs'}", "--log-level=error"], check=True
    )
    (folder / "ask.mjs").write_text(SCRIPT)

    def ask(pairs, texts):
        given = json.dumps({"pairs": pairs, "texts": texts})
        done = subprocess.run(["node", folder / "ask.mjs"], input=given, capture_output=True, text=True, check=True)
        return json.loads(done.stdout)

    return ask


def test_the_sites_script_merges_as_the_grader_does(script):
    drawn = []

    @settings(deadline=None, max_examples=300)
    @given(progresses, progresses)
    def draw(one, other):
        drawn.append((one, other))

    draw()
    merged = script([[serialise(one), serialise(other)] for one, other in drawn], [])["merged"]
    assert [parse(text) for text in merged] == [merge(one, other) for one, other in drawn]
    assert len(drawn) > 100


def test_the_sites_script_refuses_what_the_grader_refuses_with_the_same_words(script):
    refused = script([], [text for text, _ in BROKEN])["read"]
    for (text, _), answer in zip(BROKEN, refused, strict=True):
        with pytest.raises(ProgressError) as error:
            parse(text)
        assert answer.get("error") == str(error.value), text[:80]


# The file.


def known(path):
    return change(path, lambda before: record(before, "update_rule", Best(3, 4, 2.0, 3.0, "2026-11-21T10:00:00Z")))


def test_progress_lies_beside_the_folder_of_exercises_or_in_what_stands_for_it(tmp_path):
    assert place(tmp_path / "exercises") == tmp_path / "progress.json"
    assert place(tmp_path / "mine") == tmp_path / "mine" / "progress.json"


def test_nothing_but_the_file_is_left_behind(tmp_path):
    known(tmp_path / "progress.json")
    assert [path.name for path in tmp_path.iterdir()] == ["progress.json"]


def test_where_nothing_is_better_the_file_is_not_touched(tmp_path):
    path = tmp_path / "progress.json"
    known(path)
    os.utime(path, (1, 1))
    known(path)
    assert path.stat().st_mtime == 1


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", of(version=2).encode()])
def test_a_damaged_file_is_set_aside_and_what_is_new_is_kept(tmp_path, content):
    path = tmp_path / "progress.json"
    for number in (1, 2):
        path.write_bytes(content)
        with pytest.raises(SetAsideError, match=rf"progress\.damaged-{number}\.json"):
            known(path)
        assert (tmp_path / f"progress.damaged-{number}.json").read_bytes() == content
        assert "update_rule" in load(path)


def test_a_file_that_cannot_be_read_is_left_as_it_is(tmp_path):
    path = tmp_path / "progress.json"
    path.mkdir()
    with pytest.raises(NotKeptError, match="cannot be read"):
        known(path)
    assert [found.name for found in tmp_path.iterdir()] == ["progress.json"]


def test_a_folder_that_is_gone_is_said_to_be_so(tmp_path):
    with pytest.raises(NotKeptError, match="cannot be written"):
        known(tmp_path / "gone" / "progress.json")


def test_a_write_that_fails_leaves_the_old_file_whole(tmp_path, monkeypatch):
    path = tmp_path / "progress.json"
    known(path)
    before = path.read_text()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotKeptError, match="No space left"):
        change(path, lambda _: {})
    assert path.read_text() == before
    assert [found.name for found in tmp_path.iterdir()] == ["progress.json"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "synced").mkdir()
    path = tmp_path / "progress.json"
    path.symlink_to(tmp_path / "synced" / "mine.json")
    known(path)
    assert path.is_symlink()
    assert "update_rule" in load(tmp_path / "synced" / "mine.json")


def test_commands_that_write_at_the_same_time_lose_nothing(tmp_path):
    path = tmp_path / "progress.json"
    script = (
        "import sys; from pathlib import Path; from grader.practice.progress import Best, change, record\n"
        "for slug in sys.argv[2:]:\n"
        "    best = Best(1, 1, 1.0, 1.0, '2026-11-21T10:00:00Z')\n"
        "    change(Path(sys.argv[1]), lambda before: record(before, slug, best))\n"
    )
    halves = [[f"a{number}" for number in range(20)], [f"b{number}" for number in range(20)]]
    running = [subprocess.Popen([sys.executable, "-c", script, path, *half], cwd=CHECKOUT) for half in halves]
    assert [process.wait() for process in running] == [0, 0]
    assert set(load(path)) == {*halves[0], *halves[1]}


def test_the_lock_of_a_command_that_was_killed_does_not_last(tmp_path):
    lock = tmp_path / ".progress.json.lock"
    lock.touch()
    os.utime(lock, (1, 1))
    assert "update_rule" in known(tmp_path / "progress.json")
    assert not lock.exists()

"""The built site: every link leads somewhere, every picture says what it shows, and nothing hidden is anywhere in it."""

import html
import inspect
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from mkdocs.utils.yaml import yaml_load

from grader.manifest.course import load_course
from tests.authoring.test_release import SECRET, solution_lines, squeezed
from tests.browser.conftest import SITE, absent

CHECKOUT = Path(__file__).resolve().parents[2]
MANIFEST = yaml_load((CHECKOUT / "mkdocs.yml").read_text(encoding="utf-8"))
COURSE = load_course()
HOST = "https://site.test/"

sys.path.insert(0, str(CHECKOUT / "site" / "make"))
import pictures  # noqa: E402
import reference  # noqa: E402
import worked  # noqa: E402

import exercises  # noqa: E402

sys.path.pop(0)


# What a browser loads without being asked: the address in these elements' attributes, and of these links.
LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
LOADING_LINKS = set("stylesheet icon preload modulepreload prefetch preconnect dns-prefetch manifest".split())


class Page(HTMLParser):
    """What a page links to, loads, shows and can be pointed at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.pictures: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.anchors |= {attributes[name] or "" for name in ("id", "name") if name in attributes}
        if tag == "a" and attributes.get("href"):
            self.links.append(attributes["href"] or "")
        if tag == "link" and set((attributes.get("rel") or "").split()) & LOADING_LINKS:
            self.loads.append(attributes["href"] or "")
        if attributes.get(LOADED.get(tag, "")):
            self.loads.append(attributes[LOADED[tag]] or "")
        if tag == "img":
            self.pictures.append(attributes)


@pytest.fixture(scope="module")
def site() -> Path:
    if not (SITE / "index.html").is_file():
        absent("the site is not built: make site")
    return SITE


@cache
def pages(folder: Path) -> dict[str, Page]:
    """Return every page by its address below the site's root."""
    return {
        path.relative_to(folder).as_posix().removesuffix("index.html"): Page(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.html"))
    }


def dead_ends(folder: Path) -> list[str]:
    """Return each link within the site that leads nowhere, and each anchor that is not there."""
    found = []
    for address, page in pages(folder).items():
        for link in page.links + page.loads:
            target = urlsplit(urljoin(HOST + address, link))
            if target.netloc != urlsplit(HOST).netloc or target.scheme != "https":
                continue
            name = unquote(target.path).lstrip("/")
            anchors = pages(folder)[name].anchors if name in pages(folder) else None
            if anchors is None and not (folder / name).is_file():
                found.append(f"{address or 'index'}: {link} leads nowhere")
            elif target.fragment and anchors is not None and unquote(target.fragment) not in anchors:
                found.append(f"{address or 'index'}: {link} points at nothing")
    return found


def other_hosts(folder: Path) -> list[str]:
    """Return what pages and styles load from elsewhere."""
    elsewhere = re.compile(r"(?:[a-z]+:)?//")
    found = [
        f"{address}: {load}" for address, page in pages(folder).items() for load in page.loads if elsewhere.match(load)
    ]
    for path in folder.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        loads = re.findall(r"""url\(\s*["']?([^"')]*)|@import\s+["']([^"']*)""", text)
        found += [f"{path.name}: {load}" for pair in loads for load in pair if elsewhere.match(load)]
    return found


def of_nav(part: str) -> list[str]:
    """Return the pages that the navigation lists below one of its tabs, in order."""

    def flat(entry: object) -> Iterator[str]:
        if isinstance(entry, str):
            yield entry
        for inner in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ():
            yield from flat(inner)

    (found,) = (tab[part] for tab in MANIFEST["nav"] if part in tab)
    return list(flat(found))


# Pages.


def test_every_link_and_every_anchor_within_the_site_leads_somewhere(site):
    assert sum(len(page.links) for page in pages(site).values()) > 1000
    assert dead_ends(site) == []


def test_no_page_and_no_style_loads_anything_from_another_host(site):
    assert other_hosts(site) == []


def test_every_picture_on_a_page_says_what_it_shows(site):
    silent = [
        (address, picture)
        for address, page in pages(site).items()
        for picture in page.pictures
        if not picture.get("alt")
    ]
    assert silent == []


def test_every_formula_is_set(site):
    texts = {path: path.read_text(encoding="utf-8") for path in site.rglob("*.html")}
    assert [path for path, text in texts.items() if re.search(r'class="arithmatex">\\[(\[]', text)] == []
    lesson = texts[site / "lessons" / "update_rule" / "index.html"]
    assert lesson.count("<math ") == lesson.count('class="arithmatex"') > 40


NOT_PROSE = re.compile(r'<(pre|code|math|script|style|svg)\b.*?</\1>|<div class="footnote">.*?</div>', re.DOTALL)
MARKUP = re.compile(r"\*\*|\]\(|\{ ?[#.:]|\?\?\?|!!!|`|\$|^ *[|>#] .*", re.MULTILINE)


def misread(text: str) -> list[str]:
    """Return what Markdown took for something else in a page: lists of one item ("50. The start."), markup left as it was."""
    prose = NOT_PROSE.sub("", text.partition("<article")[2].partition("</article>")[0])
    lists = [body for _, body in re.findall(r"<(ol|ul)\b[^>]*>(.*?)</\1>", prose, re.DOTALL)]
    alone = [" ".join(re.sub(r"<[^>]*>", "", body).split()) for body in lists if body.count("<li") == 1]
    return alone + MARKUP.findall(re.sub(r"<[^>]*>", "", prose))


def test_markdown_takes_no_answer_and_no_sentence_for_something_else(site):
    written = [
        path for path in site.rglob("*.html") if "reference" not in path.parts
    ]  # its lists are made, of one item too
    found = {path.relative_to(site).as_posix(): misread(path.read_text(encoding="utf-8")) for path in written}
    assert {name: what for name, what in found.items() if what} == {}


def test_an_answer_that_became_a_list_and_markup_that_stayed_would_be_noticed():
    list_of_one = "<article><details><ol><li>The first point is the start.</li></ol></details>"
    assert misread(list_of_one + "<ul><li>one</li><li>two</li></ul></article>") == ["The first point is the start."]
    assert misread("<article><p>This **stays** and `this`; <code>**kwargs</code></p></article>") == [
        "**",
        "**",
        "`",
        "`",
    ]


def test_a_dead_link_a_dead_anchor_and_another_host_would_be_noticed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<a href="a/">right</a><a href="a/#here">right</a><a href="b/">x</a>')
    (tmp_path / "a" / "index.html").write_text(
        '<h2 id="here"></h2><a href="../#nothing">x</a><img src="gone.svg"><a href="https://elsewhere.test/">not ours</a>'
        '<script src="https://elsewhere.test/x.js"></script><link rel="stylesheet" href="//elsewhere.test/x.css">'
    )
    (tmp_path / "a" / "x.css").write_text(
        '@import "https://elsewhere.test/y.css"; a { background: url(//elsewhere.test/z) }'
    )
    assert dead_ends(tmp_path) == [
        "a/: ../#nothing points at nothing",
        "a/: gone.svg leads nowhere",
        "index: b/ leads nowhere",
    ]
    assert len(other_hosts(tmp_path)) == 4


# The navigation.


def test_lessons_and_exercises_stand_in_the_order_of_the_course():
    slugs = [exercise.slug for exercise in COURSE.exercises]
    assert of_nav("Lessons") == [f"lessons/{slug}/index.md" for slug in ["introduction", *slugs]]
    listed = [page for page in of_nav("Exercises") if page.startswith("exercises/")]
    assert listed == ["exercises/index.md", *(f"exercises/{slug}.md" for slug in slugs)]


def test_every_page_that_is_written_stands_in_the_navigation(site):
    listed = {page for tab in MANIFEST["nav"] for page in of_nav(next(iter(tab)))}
    written = {path.relative_to(CHECKOUT / "site").as_posix() for path in (CHECKOUT / "site").rglob("*.md")}
    assert listed == written


def test_the_reference_has_a_page_for_every_room_but_the_hidden_ones():
    rooms = {path.name for path in (CHECKOUT / "grader").iterdir() if (path / "__init__.py").is_file()}
    assert {Path(page).stem for page in of_nav("Reference")[1:]} == rooms - {"course"}


def test_the_reference_shows_signatures_parameters_and_errors(tmp_path):
    package = tmp_path / "grader" / "room"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").write_text('"""A package."""\n')
    (package / "inner.py").write_text('"""A part of it."""\n')
    (package / "__init__.py").write_text(
        '"""Stage 1: a room.\n\nIt has *one* list<int>:\n - first;\n - second.\n"""\n'
        "from dataclasses import dataclass\n"
        '@dataclass\nclass Point:\n    """A place."""\n    x: float  # to the right\n    _y: float\n'
        "    @property\n    def far(self) -> bool:\n        return self.x > 9\n"
        "def walk(start: Point, *, epochs: int = 3, learning_rate: float = 0.1, tolerance: float = 1e-9) -> list[Point]:\n"
        '    """Walk on.\n\n    Parameters\n    ----------\n    epochs\n        How many.\n\n'
        '    Raises\n    ------\n    ValueError\n        If there are none.\n    """\n'
        "def _secret(): ...\n"
    )
    room = reference.read_rooms(tmp_path)["room"]
    page = reference.page(room)
    assert "It has *one* list&#60;int>:\n\n - first;\n - second." in page
    assert "```python\n@dataclass\nclass Point:\n    x: float  # to the right\n```" in page
    assert "### far { #room.Point.far }" in page
    assert "def walk(\n    start: Point,\n    *,\n    epochs: int = 3,\n" in page
    assert "- `epochs`: How many." in page
    assert "**Raises**\n\n- `ValueError`: If there are none." in page
    assert "_secret" not in page
    assert "_y" not in page
    assert "## `grader.room.inner` { #inner }\n\nA part of it." in page
    assert reference.summary(room) == "A room."


# Lessons.


LESSONS = {
    Path(page).parent.name: (CHECKOUT / "site" / page).read_text(encoding="utf-8")
    for page in of_nav("Lessons")  # in the order of the course
}
TAUGHT = [
    *("secant", "tangent", "overfitting", "saddle", "Hessian", "eigenvalues", "chain rule"),
    *("learning rate", "partial derivatives", "local minimum", "basin of attraction", "Taylor series"),
]


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_ends_with_three_things_to_read_or_to_watch_elsewhere(lesson):
    more = re.findall(r"^[^\[\n].*", LESSONS[lesson].partition("{ #more }")[2], re.MULTILINE)  # no footnotes
    assert len(more) == 3
    for line in more:
        assert re.fullmatch(r"- \[[^\]]+\]\(https?://[^ )]+\).* \S+ .*\.", line), line


@pytest.mark.parametrize("word", TAUGHT)
def test_a_word_is_explained_where_it_comes_first(word):
    course = re.sub(r"^---.*?^---", "", "\n".join(LESSONS.values()), flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"\]\([^)]*\)|<descent-[^>]*>|\{ #[\w-]* \}|^#+ .*$", "", course, flags=re.MULTILINE)
    first = re.search(rf"\b{word}\b", prose)
    assert first, "the word is in no lesson"
    assert prose[first.start() - 2 : first.end() + 2] == f"**{word}**"


def test_no_page_counts_lessons_which_have_no_numbers():
    pages = [path for path in (CHECKOUT / "site").rglob("*.md") if "built" not in path.parts]
    figures = [*(CHECKOUT / "site" / "figures").glob("*.py")]
    found = {path.name: re.findall(r"[Ll]esson \d+", path.read_text(encoding="utf-8")) for path in pages + figures}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


def test_every_lesson_has_an_experiment_as_the_start_page_says():
    without = [
        name for name, text in LESSONS.items() if not re.search(r"<descent-(lab|neuron|network|pixels|samples)\b", text)
    ]
    assert without == []
    start = (CHECKOUT / "site" / "index.md").read_text(encoding="utf-8")
    assert "eleven short lessons, with questions to answer before you go on and experiments" in start
    assert len(LESSONS) == 11


def test_dropping_an_exercise_leaves_no_dead_link(tmp_path):
    course = load_course()
    exercises.write_pages(tmp_path, replace(course, exercises=course.exercises[:-1]), worked.now())
    dropped = course.exercises[-1].slug
    assert "has no exercise on this" in (tmp_path / f"exercises/{dropped}.md").read_text()
    assert f"{dropped}.md" not in (tmp_path / "exercises/index.md").read_text()
    pages = {f"{exercise.slug}.md" for exercise in course.exercises} | {"index.md"}
    assert {path.name for path in (tmp_path / "exercises").iterdir()} == pages


# Pictures.


def test_every_picture_that_a_lesson_shows_is_drawn_and_every_drawn_one_is_shown_with_its_text():
    drawn = {
        path.name: " ".join((inspect.getdoc(draw) or "").split()) for path, draw in pictures.pictures(CHECKOUT / "site")
    }
    shown = {}
    for lesson in (CHECKOUT / "site").glob("lessons/*/index.md"):
        text = lesson.read_text(encoding="utf-8")
        shown |= {name: alt for alt, name in re.findall(r"!\[([^\]]*)\]\([./]*figures/built/([^)]*)\)", text)}
    assert shown == drawn
    assert all(drawn.values())


def test_a_picture_has_the_same_bytes_at_every_run_and_no_date():
    draw = dict(pictures.pictures(CHECKOUT / "site"))[
        CHECKOUT / "site" / "figures" / "built" / "update_rule-taylor.svg"
    ]
    one, two = io.BytesIO(), io.BytesIO()
    pictures.picture(draw, one)
    pictures.picture(draw, two)
    assert one.getvalue() == two.getvalue()
    assert b"dc:date" not in one.getvalue()


# What nobody may read.


def plain_texts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield what can be read in a file: its text, on one line; decoded too, where it is encoded; and what is packed in it."""
    if content.startswith(b"PK\x03\x04"):  # `is_zipfile` is content with less, and takes some modules for archives
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from plain_texts(f"{name}:{inner}", archive.read(inner))
        return
    text = content.decode("utf-8", errors="replace")
    yield name, squeezed(text)
    kind = PurePosixPath(name).suffix
    if kind in (".html", ".xml"):
        yield name, squeezed(html.unescape(re.sub(r"<[^>]*>", "", text)))
    if kind in (".json", ".ipynb", ".map"):
        decoded = "\n".join(strings(json.loads(text)))
        yield name, squeezed(decoded)
        yield name, squeezed(html.unescape(re.sub(r"<[^>]*>", "", decoded)))


def strings(value: object) -> Iterator[str]:
    """Yield the strings of decoded JSON; lists of lines come in order."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(inner)


# Lines of misconceptions that a lesson says too, and that tell nothing.
SAID_ANYWAY = {
    "a copy, or write into arrays of your own.",
    "for each coordinate.",
    "rng = np.random.default_rng(0)",
    "the largest magnitude.",
}


def secrets(kind: str) -> set[str]:
    """Return what may stand nowhere; compiled code shows names where its text showed definitions."""
    found = {secret for secret in SECRET[kind]() if not re.fullmatch(r'test_\w+",', secret)} - SAID_ANYWAY
    return found | {match[1] for secret in found if (match := re.fullmatch(r"def (test_\w+)\(", secret))}


def told(folder: Path, kind: str, scratch: Path) -> list[tuple[str, str]]:
    """Return the files of a folder in which a secret stands, and which; grep is fast enough for some megabytes."""
    texts = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        texts += plain_texts(path.relative_to(folder).as_posix(), path.read_bytes())
    (scratch / "texts").write_text("\n".join(text for _, text in texts), encoding="utf-8")
    (scratch / "secrets").write_text("\n".join(sorted(secrets(kind))), encoding="utf-8")
    command = ["grep", "--text", "--line-number", "--only-matching", "--fixed-strings", "--file=secrets", "texts"]
    done = subprocess.run(command, cwd=scratch, env={**os.environ, "LC_ALL": "C"}, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    hits = [line.split(":", 1) for line in done.stdout.decode("utf-8", errors="replace").splitlines()]
    return sorted({(texts[int(number) - 1][0], secret) for number, secret in hits})


@pytest.mark.parametrize("kind", SECRET)
def test_nothing_hidden_is_in_any_file_of_the_site_nor_packed_in_one(site, kind, tmp_path):
    shown = set(solution_lines(worked.shown(COURSE, worked.now())))  # a mistake has lines of the solution too
    assert [one for one in told(site, kind, tmp_path) if one[1] not in shown] == []


@pytest.mark.parametrize("kind", SECRET)
def test_the_search_finds_what_is_planted_in_pages_data_notebooks_archives_and_compiled_code(kind, tmp_path):
    folder, scratch = tmp_path / "site", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    secret = max(SECRET[kind](), key=len)
    first, rest = secret[: len(secret) // 2], secret[len(secret) // 2 :]
    name = (
        next(iter(sorted(secret for secret in secrets(kind) if secret.isidentifier()))) if kind != "solutions" else ""
    )
    (folder / "page.html").write_text(f"<p><span>{html.escape(first)}</span>{html.escape(rest)}</p>")
    (folder / "search.json").write_text(json.dumps({"docs": [{"text": f"so: <b>{html.escape(secret)}</b>"}]}))
    (folder / "book.ipynb").write_text(json.dumps({"cells": [{"source": ["first\n", secret]}]}))
    with zipfile.ZipFile(folder / "wheel.whl", "w") as archive:
        archive.writestr("inner.py", secret)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as inner:
            inner.writestr("deep.py", secret)
        archive.writestr("packed.zip", packed.getvalue())
    (folder / "innocent.txt").write_text("nothing")
    assert {place for place, _ in told(folder, kind, scratch)} == {
        "page.html",
        "search.json",
        "book.ipynb",
        "wheel.whl:inner.py",
        "wheel.whl:packed.zip:deep.py",
    }
    if name:
        source = tmp_path / "compiled.py"
        source.write_text(f"def {name}(): ...")
        subprocess.run([sys.executable, "-m", "compileall", "-q", "-b", source], check=True)
        shutil.move(tmp_path / "compiled.pyc", folder)
        assert ("compiled.pyc", name) in told(folder, kind, scratch)


# Its address.


@pytest.fixture(scope="module")
def addressed(site, tmp_path_factory):
    """Build the pages as `make site SITE_URL=…` does, from what `make site` has made."""
    if shutil.which("node") is None:
        absent("no Node")
    folder = tmp_path_factory.mktemp("addressed")
    shutil.copy(CHECKOUT / "mkdocs.yml", folder)
    (folder / "site").symlink_to(CHECKOUT / "site")
    (folder / "node_modules").symlink_to(CHECKOUT / "node_modules")
    environment = {**os.environ, "SITE_URL": "https://site.test/gd/", "NO_MKDOCS_2_WARNING": "true"}
    for command in ([sys.executable, "-m", "mkdocs", "--quiet", "build"], ["node", CHECKOUT / "site/app/pages.mjs"]):
        subprocess.run(command, cwd=folder, env=environment, check=True)
    return folder / "build" / "site"


def test_with_an_address_each_page_stands_in_the_sitemap_and_says_what_is_shown_when_it_is_shared(addressed):
    listed = re.findall(r"<loc>([^<]*)</loc>", (addressed / "sitemap.xml").read_text())
    assert sorted(listed) == sorted(f"{HOST}gd/{page}" for page in pages(addressed) if page != "404.html")
    for address in listed:
        text = (addressed / address.removeprefix(f"{HOST}gd/") / "index.html").read_text()
        assert f'<link rel="canonical" href="{address}">' in text
        cards = dict(re.findall(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]+)">', text))
        assert set(cards) == {f"og:{part}" for part in "type title description url image".split()} | {"twitter:card"}
        assert cards["og:url"] == address
        assert (addressed / cards["og:image"].removeprefix(f"{HOST}gd/")).is_file()


def test_with_an_address_the_page_for_what_is_not_there_finds_its_styles_below_it(addressed):
    lost = pages(addressed)["404.html"]
    assert all(load.startswith("/gd/") for load in lost.loads)
    assert all((addressed / load.removeprefix("/gd/")).is_file() for load in lost.loads)


def test_without_an_address_pages_are_relative_and_claim_none(site):
    for address, page in pages(site).items():
        assert not [link for link in page.links + page.loads if re.match(r"(https?:)?//site\.|/", link)], address
    assert not [
        path
        for path in site.rglob("*.html")
        if re.search(r'rel="canonical|property="og:', path.read_text(encoding="utf-8"))
    ]


# Other builders.


def test_zensical_builds_the_same_sources(site, tmp_path):
    zensical = shutil.which("zensical", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if zensical is None:
        absent("no zensical: make test installs it")
    shutil.copy(CHECKOUT / "mkdocs.yml", tmp_path)  # no symbolic links: Zensical would follow them, and build there
    shutil.copytree(CHECKOUT / "site", tmp_path / "site", ignore=shutil.ignore_patterns("app", "make", "python"))
    done = subprocess.run([zensical, "build"], cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "The update rule" in (tmp_path / "build" / "site" / "lessons" / "update_rule" / "index.html").read_text()

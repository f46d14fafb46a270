// What is done to the pages that `mkdocs build` has made.
//
// Formulas: what Arithmatex marked becomes KaTeX's HTML, with MathML for those who listen. Done here and not in the page, a
// phone has nothing to run and nothing jumps.
//
// Letters: the faces that every page has are fetched ahead.
//
// The theme's script: it works for a third of a second before anything can be painted, so it is fetched after the first
// paint. What it does is for later: search, the switch of colours, the table of contents. Only the dark of a system that
// is dark must be there from the start.
//
// Addresses: where the site knows its own (`make site SITE_URL=…`), each page says what is shown of it when it is shared. Where
// it does not, the page for what is not there cannot know how deep it is shown, and looks for the way up.
//
// Search: pages for learners come before those for instructors, and these before the rest.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";

const BUILT = "build/site";
const MARKED = /(<(span|div) class="arithmatex">)\\([([])([\s\S]*?)\\[)\]](<\/\2>)/g;
const THEMES_SCRIPT = /<script src="([^"]+\/bundle\.[0-9a-f]+\.min\.js)"><\/script>/;
const BODY = /<body [^>]*>/;
const LOST = "<h1>404 - Not found</h1>";
const HOME = /<a href="([^"]*)"[^>]*class="md-header__button md-logo"/;
const PICTURE = /<img ([^>]*src="[^"]*figures\/built\/([^"]+)"[^>]*?)\s*\/?>/g;
const CANONICAL = /<link rel="canonical" href="([^"]*)">/;
const STYLES = /<link rel="stylesheet" href="([^"]*)assets\/site\.css">/;
const ASSETS = readdirSync(join(BUILT, "assets"));
const LETTERS = ASSETS.filter((name) => /^(text|display)-\w+\.woff2$/.test(name));
const OF_FORMULAS = ASSETS.filter((name) => /^KaTeX_(Main-Regular|Math-Italic)-\w+\.woff2$/.test(name));
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

for (const name of readdirSync(BUILT, { recursive: true }).filter((name) => name.endsWith(".html"))) {
  const file = join(BUILT, name);
  const page = readFileSync(file, "utf8");
  const quick = page
    .replace(THEMES_SCRIPT, (_, source) => `<script>(${afterPaint})("${source}")</script>`)
    .replace(PICTURE, (_, attributes, picture) => `<img ${attributes} ${sizeOf(picture)}>`)
    .replace(STYLES, (link, root) => ahead(page, root) + link)
    .replace(CANONICAL, (link, address) => link + card(page, address))
    .replace(LOST, () => `<h1>This page does not exist</h1>${wayBack(page.match(HOME)[1])}`)
    .replace(BODY, (body) => `${body}<script>(${asTheSystem})()</script>`);
  const done = set(quick, name);
  const whole =
    name === "404.html" && !CANONICAL.test(readFileSync(join(BUILT, "index.html"), "utf8")) ? anywhere(done) : done;
  if (whole !== page) writeFileSync(file, whole);
}

// What the exercises' editors show as text, formulas and all.
const EXERCISES = join(BUILT, "assets/exercises");
for (const name of readdirSync(EXERCISES).filter((name) => name.endsWith(".json"))) {
  const data = JSON.parse(readFileSync(join(EXERCISES, name), "utf8"));
  for (const text of data.texts) text.html = set(text.html, name);
  writeFileSync(join(EXERCISES, name), `${JSON.stringify(data)}\n`);
}

// What is found by a search is ranked by where it is; a text that has no place here counts as it is.
const RANKS = {
  lessons: 6,
  exercises: 2,
  lab: 2,
  learners: 2,
  instructors: 0.6,
  evidence: 0.3,
  contributors: 0.2,
  design: 0.2,
  reference: 0.1,
};
const index = join(BUILT, "search/search_index.json");
const search = JSON.parse(readFileSync(index, "utf8"));
for (const text of search.docs) text.boost = RANKS[text.location.split("/")[0]] ?? 1;
writeFileSync(index, JSON.stringify(search));

/** Set the formulas in a text of HTML, which comes from somewhere by that name. */
function set(html, name) {
  return html.replace(MARKED, (_, open, _tag, kind, text, close) => {
    const formula = text.replace(/&(lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]);
    try {
      return open + katex.renderToString(formula, { displayMode: kind === "[", strict: false }) + close;
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
  });
}

function wayBack(home) {
  return `<p>It may have moved. Go to the <a href="${home}">start page</a>, or search for it.</p>`;
}

/** Letters are asked for with the styles that name them: what is painted first is in its own face, and nothing moves. */
function ahead(page, root) {
  return [...LETTERS, ...(page.includes('class="arithmatex"') ? OF_FORMULAS : [])]
    .map((name) => `<link rel="preload" href="${root}assets/${name}" as="font" type="font/woff2" crossorigin>`)
    .join("");
}

/** A picture's own size, so that its place is kept before it has come. */
function sizeOf(picture) {
  return readFileSync(join(BUILT, "figures/built", picture), "utf8").match(/width="\d+" height="\d+"/)[0];
}

/** What others show of a page: its title, its description and one picture for all. */
function card(page, address) {
  const title = page.match(/<title>([^<]*)<\/title>/)[1];
  const description = page.match(/<meta name="description" content="([^"]*)">/)?.[1] ?? "";
  const root = readFileSync(join(BUILT, "index.html"), "utf8").match(CANONICAL)[1];
  const tags = {
    "og:type": "website",
    "og:title": title,
    "og:description": description,
    "og:url": address,
    "og:image": new URL("assets/card.png", root).href,
    "twitter:card": "summary_large_image",
  };
  return Object.entries(tags)
    .map(([name, content]) => `<meta ${name.startsWith("og:") ? "property" : "name"}="${name}" content="${content}">`)
    .join("");
}

/** A page that is shown at any address below the site's root, wherever that is. */
function anywhere(page) {
  return page
    .replace(/((?:href|src)=|\)\()"\/(?!\/)\.?/g, '$1"./') // in attributes, and what `afterPaint` is called with
    .replace("<head>", `<head><base href="/"><script>(${findRoot})()</script>`);
}

// These three run in the page, as they stand here.

function findRoot() {
  const parts = location.pathname.split("/").slice(0, -1);
  while (parts.length) {
    const root = `${parts.join("/")}/`;
    const ask = new XMLHttpRequest();
    ask.open("HEAD", `${root}assets/kit.js`, false); // the styles below are asked for when this is known
    try {
      ask.send();
      if (ask.status < 400) {
        document.querySelector("base").href = root;
        addEventListener("DOMContentLoaded", () => {
          const theme = document.getElementById("__config"); // read by the theme's script, which comes later
          const said = JSON.parse(theme.textContent);
          theme.textContent = JSON.stringify({ ...said, base: root, search: root + said.search.slice(1) });
        });
        return;
      }
    } catch {
      return;
    }
    parts.pop();
  }
}

function asTheSystem() {
  if (!__md_get("__palette") && matchMedia("(prefers-color-scheme: dark)").matches) {
    document.body.setAttribute("data-md-color-scheme", "slate");
  }
}

function afterPaint(src) {
  const script = document.createElement("script");
  // It begins when the document has been read, and asks nobody but this event, which is over by then.
  script.onload = () => document.dispatchEvent(new Event("DOMContentLoaded"));
  script.src = src;
  requestAnimationFrame(() => setTimeout(() => document.body.append(script)));
}

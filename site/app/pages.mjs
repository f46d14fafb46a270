// What is done to the pages that `mkdocs build` has made.
//
// Formulas: what Arithmatex marked becomes KaTeX's HTML, with MathML for those who listen. Done here and not in the page, a
// phone has nothing to run and nothing jumps.
//
// The theme's script: it works for a third of a second before anything can be painted, so it is fetched after the first
// paint. What it does is for later: search, the switch of colours, the table of contents. Only the dark of a system that
// is dark must be there from the start.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";

const BUILT = "build/site";
const MARKED = /(<(span|div) class="arithmatex">)\\([([])([\s\S]*?)\\[)\]](<\/\2>)/g;
const THEMES_SCRIPT = /<script src="([^"]+\/bundle\.[0-9a-f]+\.min\.js)"><\/script>/;
const BODY = /<body [^>]*>/;
const PICTURE = /<img ([^>]*src="[^"]*figures\/built\/([^"]+)"[^>]*?)\s*\/?>/g;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

for (const name of readdirSync(BUILT, { recursive: true }).filter((name) => name.endsWith(".html"))) {
  const file = join(BUILT, name);
  const page = readFileSync(file, "utf8");
  const quick = page
    .replace(THEMES_SCRIPT, (_, source) => `<script>(${afterPaint})("${source}")</script>`)
    .replace(PICTURE, (_, attributes, picture) => `<img ${attributes} ${sizeOf(picture)}>`)
    .replace(BODY, (body) => `${body}<script>(${asTheSystem})()</script>`);
  const done = quick.replace(MARKED, (_, open, _tag, kind, text, close) => {
    const formula = text.replace(/&(lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]);
    try {
      return open + katex.renderToString(formula, { displayMode: kind === "[", strict: false }) + close;
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
  });
  if (done !== page) writeFileSync(file, done);
}

/** A picture's own size, so that its place is kept before it has come. */
function sizeOf(picture) {
  return readFileSync(join(BUILT, "figures/built", picture), "utf8").match(/width="\d+" height="\d+"/)[0];
}

// These two run in the page, as they stand here.

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

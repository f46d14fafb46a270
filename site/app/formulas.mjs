// Sets the formulas of the built pages, after `mkdocs build`: what Arithmatex marked becomes KaTeX's HTML, with MathML for
// those who listen. Done here and not in the page, a phone has nothing to run and nothing jumps.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";

const BUILT = "build/site";
const MARKED = /(<(span|div) class="arithmatex">)\\([([])([\s\S]*?)\\[)\]](<\/\2>)/g;
const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };

for (const name of readdirSync(BUILT, { recursive: true }).filter((name) => name.endsWith(".html"))) {
  const file = join(BUILT, name);
  const page = readFileSync(file, "utf8");
  const set = page.replace(MARKED, (_, open, _tag, kind, text, close) => {
    const formula = text.replace(/&(lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]);
    try {
      return open + katex.renderToString(formula, { displayMode: kind === "[", strict: false }) + close;
    } catch (error) {
      throw new Error(`${name}: ${error.message}`);
    }
  });
  if (set !== page) writeFileSync(file, set);
}

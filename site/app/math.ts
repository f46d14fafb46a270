// Formulas: what Arithmatex marked in the page is set by KaTeX, with a copy in MathML for those who listen.

import katex from "katex";
import "katex/dist/katex.min.css";

for (const place of document.querySelectorAll<HTMLElement>(".arithmatex")) {
  const marked = place.textContent ?? "";
  const displayed = marked.startsWith("\\[");
  katex.render(marked.slice(2, -2), place, { displayMode: displayed, throwOnError: true });
}

// The palette as CSS for the whole site: each colour by its name, and the walks' colours as `--run0` to `--run3`.

import { readFileSync } from "node:fs";

const PALETTE = JSON.parse(readFileSync("grader/diagnosis/picture/palette.json", "utf8"));

/** Return a rule for each of the theme's two schemes. */
export function colours() {
  return Object.entries({ default: PALETTE.light, slate: PALETTE.dark })
    .map(([scheme, { runs, ground, code, ...plain }]) => {
      const named = {
        ...plain,
        ...Object.fromEntries(runs.map((colour, place) => [`run${place}`, colour])),
        ...Object.fromEntries(Object.entries(code).map(([name, colour]) => [`code-${name}`, colour])),
        ...Object.fromEntries(Object.entries(ground).map(([name, colour]) => [`ground-${name}`, colour])),
      };
      const declared = Object.entries(named).map(([name, colour]) => `--${name}: ${colour};`);
      return `[data-md-color-scheme="${scheme}"] {\n  ${declared.join("\n  ")}\n}\n`;
    })
    .join("");
}

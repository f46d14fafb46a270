// The faces of the pages' letters, cut down to what is used of them: fewer signs, and of the weights those that are asked for.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import subset from "subset-font";

/** Where the cut faces lie, for `site.css` to find them. */
export const CUT = "build/letters";
const SIGNS = [...range(0x20, 0x7e), ...range(0xa0, 0xff), ...range(0x2010, 0x2026), 0x2032, 0x20ac, 0x2212];
const GREEK = range(0x370, 0x3ff);
const FACES = {
  text: ["source-sans-3", "latin-wght-normal", SIGNS, { min: 400, max: 700 }],
  italic: ["source-sans-3", "latin-wght-italic", SIGNS, { min: 400, max: 700 }],
  greek: ["source-sans-3", "greek-wght-normal", GREEK, { min: 400, max: 700 }],
  display: ["bricolage-grotesque", "latin-wght-normal", SIGNS, 650],
};

/** Write each face as `NAME.woff2`. */
export async function cutLetters() {
  mkdirSync(CUT, { recursive: true });
  for (const [name, [family, file, signs, wght]] of Object.entries(FACES)) {
    const whole = readFileSync(`node_modules/@fontsource-variable/${family}/files/${family}-${file}.woff2`);
    const cut = await subset(whole, String.fromCodePoint(...signs), { targetFormat: "woff2", variationAxes: { wght } });
    writeFileSync(join(CUT, `${name}.woff2`), cut);
  }
}

function range(first, last) {
  return Array.from({ length: last - first + 1 }, (_, place) => first + place);
}

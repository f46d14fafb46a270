// The colours of all that the pages draw, one source for the site and for the grader's own pages and pictures.

import palette from "../../grader/diagnosis/picture/palette.json" with { type: "json" };

export const { light, dark, both } = palette;

/** A colour of both schemes, by what it is for, as CSS: the page's `color-scheme` chooses. */
export function either(
  name: "paper" | "panel" | "ink" | "quiet" | "line" | "link" | "good" | "bad" | "marked",
): string {
  return `light-dark(${light[name]}, ${dark[name]})`;
}

/** A colour of code in both schemes. */
export function code(name: keyof typeof light.code): string {
  return `light-dark(${light.code[name]}, ${dark.code[name]})`;
}

// The line above a lab's picture: the landscape's name and formula, and the ways to look at it.

import { conditionNumber } from "./critical.ts";
import { html } from "./dom.ts";
import { number } from "./format.ts";
import type { Landscape } from "./landscapes.ts";

export function heading(landscape: Landscape, ways: readonly HTMLElement[]): HTMLElement[] {
  return [
    html("div", {}, html("b", {}, landscape.title), " ", html("span", {}, described(landscape))),
    html("div", { class: "ways" }, ...ways),
  ];
}

/** A landscape's formula, and how narrow it is where that is one number. */
function described(landscape: Landscape): string {
  if (landscape.typed) return `${landscape.formula}, ${landscape.typed}`;
  const kappa = conditionNumber(landscape);
  return kappa === undefined ? landscape.formula : `${landscape.formula}, condition number κ = ${number(kappa)}`;
}

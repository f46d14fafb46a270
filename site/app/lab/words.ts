// What the lab says about its runs: a line for each at every step, the table of numbers, and what is read aloud.

import { html } from "./dom.ts";
import { count, number, point as place, position } from "./format.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { verdict } from "./verdict.ts";
import type { Walk } from "./walk.ts";

/** Where a walk stands at a step; after its last step, what came of it. Numbers stay in one line with their names. */
export const told = (landscape: Landscape, walk: Walk, k: number): string =>
  words(landscape, walk, k).replace(/ ([=·]) /g, "\u00a0$1\u00a0");

const judgements = new WeakMap<Walk, string>(); // asked for in each frame

function judged(landscape: Landscape, walk: Walk): string {
  const text = judgements.get(walk) ?? verdict(landscape, walk).text;
  judgements.set(walk, text);
  return text;
}

function words(landscape: Landscape, walk: Walk, k: number): string {
  const last = walk.points.length - 1;
  if (![walk.heights[0], ...(walk.gradients[0] as Point)].every(Number.isFinite))
    return `The function has no value or no slope at ${landscape.variables.join(", ")} = ${place(walk.run.start)}: start somewhere else.`;
  if (k >= walk.run.epochs || (k > last && walk.overflow !== undefined)) return judged(landscape, walk);
  const here = walk.points[Math.min(k, last)] as Point;
  const where = here.length === 1 ? `${landscape.variables[0]} = ${place(here)}` : place(here);
  const height = `${landscape.measure} ${position(walk.heights[k] as number)}`;
  if (k === 0) return `Starts at ${where}, ${height}.`;
  return `At ${where}, ${height}.`;
}

const vector = (v: readonly number[] | undefined): string => {
  if (!v) return "–";
  return v.length === 1 ? number(v[0] as number) : `(${v.map((x) => number(x)).join(", ")})`;
};

/** The numbers of one step: a row for each run. */
export function table(
  landscape: Landscape,
  walks: readonly Walk[],
  names: readonly string[],
  k: number,
): HTMLTableElement {
  const one = landscape.variables.length === 1;
  const heads = [
    "run",
    one ? "x" : `(${landscape.variables.join(", ")})`,
    one ? "slope" : "gradient",
    "next step",
    landscape.measure,
  ];
  const rows = walks.map((walk, i) => {
    const here = Math.min(k, walk.points.length - 1);
    const [at, next] = [walk.points[here] as Point, walk.points[here + 1]];
    const step = next?.map((x, j) => x - (at[j] as number));
    const cells = [place(at), vector(walk.gradients[here]), vector(step), position(walk.heights[here] as number)];
    return html(
      "tr",
      {},
      html("th", { scope: "row" }, names[i] as string),
      ...cells.map((cell) => html("td", {}, cell)),
    );
  });
  return html(
    "table",
    {},
    html("caption", {}, `Step ${count(k)}`),
    html("thead", {}, html("tr", {}, ...heads.map((head) => html("th", { scope: "col" }, head)))),
    html("tbody", {}, ...rows),
  );
}

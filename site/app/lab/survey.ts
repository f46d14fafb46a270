// Surveys of many walks at once: to which minimum each start leads, and after how many steps each rate and decay arrives.

import { arrival } from "./arrival.ts";
import { levelPlaces } from "./critical.ts";
import { type Landscape, type Point, span } from "./landscapes.ts";
import { beginning, steps } from "./methods.ts";
import { rateOf } from "./schedule.ts";
import { RATES } from "./settings.ts";
import { distance, type Run, walk } from "./walk.ts";

/** Where walks may end: the landscape's minima, or its maxima for a method that climbs. */
export const goals = (landscape: Landscape, run: Run): Point[] =>
  levelPlaces(landscape)
    .filter(({ kind }) => kind === (run.method === "ascent" ? "maximum" : "minimum"))
    .map(({ point }) => point);

/** What counts as in a basin's bottom: a fiftieth of the picture. */
const close = (landscape: Landscape): number => 0.02 * span(landscape);

/** The end of a walk without noise, and without its way; nothing where the numbers run out. One at rest is left there. */
function endOf(landscape: Landscape, run: Run): Point | undefined {
  let point: Point = run.start;
  let state = beginning(point.length);
  const still = 1e-9 * span(landscape);
  let rests = 0;
  const settings = { ...run };
  for (let k = 0; k < run.epochs && rests < 20; k++) {
    settings.rate = rateOf(run, k);
    const [next, after] = steps[run.method](point, state, landscape.gradient, settings);
    if (!next.every(Number.isFinite)) return undefined;
    rests = distance(next, point) < still ? rests + 1 : 0;
    [point, state] = [next, after];
  }
  return point;
}

/** For each start of a row of the picture, which of the goals its walk ends at; -1 for none. */
export function basinRow(landscape: Landscape, run: Run, cells: number, row: number): Int16Array {
  const [low, high] = landscape.domain;
  const at = (i: number) => low + ((high - low) * (i + 0.5)) / cells;
  const ends = goals(landscape, run);
  const method = run.method === "stochastic" ? "descent" : run.method; // chance has no basins
  return Int16Array.from({ length: cells }, (_, i) => {
    const start = landscape.variables.length === 1 ? [at(i)] : [at(i), at(row)];
    const end = endOf(landscape, { ...run, method, start });
    return end ? ends.findIndex((goal) => distance(goal, end) < close(landscape)) : -1;
  });
}

export const MAP = { rates: 66, decays: 34 };

/** The rate and the decay of a cell of the map; rates go up by powers, decays to just below 1. */
export const rateAt = (i: number): number =>
  Number((10 ** (RATES.low + ((RATES.high - RATES.low) * (i + 0.5)) / MAP.rates)).toPrecision(2));
export const decayAt = (j: number): number => Number(((0.99 * j) / (MAP.decays - 1)).toFixed(2));

/** After how many steps the walks of one decay arrive, rate by rate; -1 for those that do not. With noise none would. */
export function mapRow(landscape: Landscape, run: Run, j: number): Int16Array {
  return Int16Array.from(
    { length: MAP.rates },
    (_, i) => arrival(landscape, walk(landscape, { ...run, rate: rateAt(i), decay: decayAt(j), noise: 0 })) ?? -1,
  );
}

// Arrival as a number: after how many steps a walk is at what it looks for and stays there; the best rate; the race's order.

import { levelPlaceNear } from "./critical.ts";
import { count } from "./format.ts";
import { type Landscape, type Point, span } from "./landscapes.ts";
import type { Method } from "./methods.ts";
import { distance, type Run, type Walk, walk } from "./walk.ts";

/** What counts as there, as in the verdict. */
export const near = (landscape: Landscape): number => 2e-4 * span(landscape);

/** The first step from which on a walk stays at a minimum (at a maximum, where it climbs); nothing if it is not there. */
export function arrival(landscape: Landscape, { run, points, overflow }: Walk): number | undefined {
  const end = points[points.length - 1] as Point;
  if (overflow !== undefined) return undefined;
  const level = levelPlaceNear(landscape, end);
  if (level?.kind !== (run.method === "ascent" ? "maximum" : "minimum")) return undefined;
  if (distance(end, level.point) > near(landscape)) return undefined;
  return points.findLastIndex((p) => distance(p, level.point) > near(landscape)) + 1;
}

/** Rates to try, five to a power of ten. */
export const TRIED = Array.from({ length: 31 }, (_, i) => Number((10 ** (-4 + i / 5)).toPrecision(2)));

/** The rate with which a method arrives first; where none does, the one that comes out lowest. */
export function bestRate(landscape: Landscape, run: Run): number {
  const sign = run.method === "ascent" ? -1 : 1;
  let best = { rate: run.rate, steps: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };
  for (const rate of TRIED) {
    const done = walk(landscape, { ...run, rate });
    const steps = arrival(landscape, done) ?? Number.POSITIVE_INFINITY;
    const height = done.overflow === undefined ? sign * (done.heights.at(-1) as number) : Number.POSITIVE_INFINITY;
    if (steps < best.steps || (steps === best.steps && height < best.height)) best = { rate, steps, height };
  }
  return best.rate;
}

/** Who races: every method that goes down. */
export const racers = (methods: readonly Method[]): Method[] => methods.filter((method) => method !== "ascent");

/** The order of arrival, in a sentence. */
export function order(landscape: Landscape, walks: readonly Walk[], names: readonly string[]): string {
  const runs = walks.map((done, i) => ({ name: names[i] as string, steps: arrival(landscape, done) }));
  const there = runs
    .filter((one): one is { name: string; steps: number } => one.steps !== undefined)
    .sort((a, b) => a.steps - b.steps);
  const late = runs.filter(({ steps }) => steps === undefined).map(({ name }) => name);
  const first = there.map(({ name, steps }) => `${name} (${count(steps)} ${steps === 1 ? "step" : "steps"})`);
  const arrived = first.length ? `Order of arrival: ${first.join(", ")}.` : "No run has arrived.";
  return late.length && first.length ? `${arrived} Not arrived: ${late.join(", ")}.` : arrived;
}

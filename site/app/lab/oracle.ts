// For tests: what an oracle knows of landscapes and walks on its own. It looks at heights, on grids, rings and rays, and
// walks on or with another rate; it uses nothing of what the verdict is made from.

import { type Landscape, type Point, span } from "./landscapes.ts";
import { distance, type Run, type Walk, walk } from "./walk.ts";

export function places({ domain: [low, high], variables }: Landscape, n: number): Point[] {
  const ticks = Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n);
  return variables.length === 1 ? ticks.map((x) => [x]) : ticks.flatMap((y) => ticks.map((x) => [x, y]));
}

export const directions = ({ variables }: Landscape): Point[] =>
  variables.length === 1
    ? [[1], [-1]]
    : Array.from({ length: 60 }, (_, i) => [Math.cos((i * Math.PI) / 30), Math.sin((i * Math.PI) / 30)]);

export interface Known {
  best: { [sign: string]: number }; // sign 1: the lowest height there is, -1: the highest, turned upside down
  endless: { [sign: string]: boolean };
  steep: number; // nine slopes in ten are less
}

export function look(landscape: Landscape): Known {
  const inside = places(landscape, landscape.variables.length === 1 ? 4000 : 240)
    .map((p) => landscape.height(p))
    .filter(Number.isFinite);
  const far = directions(landscape).flatMap((d) =>
    [1, 3, 10, 100, 1000].map((r) => landscape.height(d.map((x) => x * r * span(landscape)))),
  );
  const known: Known = { best: {}, endless: {}, steep: 0 };
  for (const sign of [1, -1]) {
    const low = Math.min(...inside.map((h) => sign * h));
    known.endless[sign] = Math.min(...far.map((h) => sign * h)) < low - 100;
    known.best[sign] = known.endless[sign] ? Number.NEGATIVE_INFINITY : Math.min(low, ...far.map((h) => sign * h));
  }
  const slopes = places(landscape, 20)
    .map((p) => slope(landscape, p))
    .filter(Number.isFinite);
  known.steep = slopes.sort((a, b) => a - b)[Math.floor(0.9 * slopes.length)] as number;
  return known;
}

/** The slope by differences: the steepest of all directions. */
export const slope = (landscape: Landscape, p: Point): number =>
  Math.hypot(
    ...p.map((_, i) => {
      const h = 1e-5;
      const beside = (way: number) => landscape.height(p.map((x, j) => (i === j ? x + way * h : x)));
      return (beside(1) - beside(-1)) / (2 * h);
    }),
  );

/** Whether all around a place, at a distance, it is higher (sign 1) or lower (sign -1). */
export const isBottom = (landscape: Landscape, p: Point, sign: number, away: number): boolean =>
  directions(landscape).every((d) => {
    const there = landscape.height(p.map((x, i) => x + away * (d[i] as number)));
    return sign * there > sign * landscape.height(p);
  });

const found = new Map<string, number>();

/** The height of the lowest place of the picture (sign -1: the highest, upside down) that is lower than all around it. */
export function bottoms(landscape: Landscape, sign: number): number {
  const key = `${landscape.formula} ${sign}`;
  if (!found.has(key)) {
    const size = span(landscape);
    const n = landscape.variables.length === 1 ? 400 : 60;
    const all = places(landscape, n).filter((p) => isBottom(landscape, p, sign, size / n));
    found.set(key, Math.min(...all.map((p) => sign * landscape.height(p))));
  }
  return found.get(key) as number;
}

export const end = ({ points }: Walk): Point => points[points.length - 1] as Point;
export const movesOf = ({ points }: Walk): number[] => points.slice(1).map((p, i) => distance(p, points[i] as Point));
export const longer = (landscape: Landscape, { run }: Walk, more: number): Walk =>
  walk(landscape, { ...run, epochs: run.epochs + more });
export const numbered = (text: string, before: RegExp): number =>
  Number(
    new RegExp(`${before.source}(−?[\\d.,]+)`)
      .exec(text)?.[1]
      ?.replace("−", "-")
      .replace(/[.,]*$/, "")
      .replaceAll(",", ""),
  );

/** The rate of the step after step k, by formulas of its own. */
export function rateThen({ rate, schedule, pace }: Run, k: number): number {
  const part = k / pace;
  if (schedule === "exponential") return rate * Math.exp(-Math.LN2 * part);
  if (schedule === "inverse") return (rate * pace) / (pace + k);
  if (schedule === "cosine") return part < 1 ? rate * Math.cos((Math.PI * part) / 2) ** 2 : 0;
  if (schedule === "warmup") return k + 1 < pace ? (rate * (k + 1)) / pace : rate;
  let now = rate;
  if (schedule === "step") for (let passed = pace; passed <= k; passed += pace) now /= 2;
  return now;
}

/** The bottom (sign -1: the top) next to a place, by trying shorter and shorter steps in all directions. */
export function bottomBeside(landscape: Landscape, from: Point, sign: number): Point {
  let [place, step] = [from, span(landscape) / 50];
  while (step > 1e-7) {
    const around = directions(landscape).map((d) => place.map((x, i) => x + step * (d[i] as number)));
    const lowest = around.reduce((a, b) => (sign * landscape.height(b) < sign * landscape.height(a) ? b : a));
    if (sign * landscape.height(lowest) < sign * landscape.height(place)) place = lowest;
    else step /= 2;
  }
  return place;
}

/** The root of the mean squared distance from a place. */
export const away = (points: readonly Point[], place: Point): number =>
  Math.hypot(...points.map((p) => distance(p, place))) / Math.sqrt(points.length);

export const middleOf = (points: readonly Point[]): Point =>
  (points[0] as Point).map((_, i) => points.reduce((sum, p) => sum + (p[i] as number), 0) / points.length);

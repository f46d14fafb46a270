// Level places: where a landscape's slope is zero, what kind of place each is, and which of them a walk is near.

import { isInside, type Landscape, type Point, span } from "./landscapes.ts";
import { distance, length } from "./walk.ts";

export type Kind = "minimum" | "maximum" | "saddle" | "level";

export interface Critical {
  point: Point;
  height: number;
  kind: Kind;
  curvatures: readonly number[]; // the Hessian's eigenvalues, ascending
}

/** Eigenvalues of a symmetric matrix with one or two rows, ascending. */
export function eigenvalues(matrix: readonly (readonly number[])[]): number[] {
  const [[a = 0, b = 0] = [], [, d] = []] = matrix;
  if (d === undefined) return [a];
  const [mean, radius] = [(a + d) / 2, Math.hypot((a - d) / 2, b)];
  return [mean - radius, mean + radius];
}

/** How narrow a bowl is: its largest curvature over its smallest; nothing for what is no bowl of one shape. */
export function conditionNumber(landscape: Landscape): number | undefined {
  const [least = 0, most] = eigenvalues(landscape.hessian(landscape.variables.map(() => 0)));
  return landscape.quadratic && most !== undefined && least > 0 ? most / least : undefined;
}

/** Tell what kind of place a level point is: by its Hessian as exercise 3 does, and where that is silent by looking round. */
export function kindOf(landscape: Landscape, point: Point): Kind {
  const curvatures = eigenvalues(landscape.hessian(point));
  const sizes = curvatures.map(Math.abs);
  const [smallest, largest] = [Math.min(...sizes), Math.max(...sizes)];
  if (smallest > 1e-9 * largest) {
    if (curvatures.every((c) => c > 0)) return "minimum";
    return curvatures.every((c) => c < 0) ? "maximum" : "saddle";
  }
  const here = landscape.height(point);
  const radius = span(landscape) / 1000;
  const around = ring(point, radius).map((p) => landscape.height(p) - here);
  if (around.every((rise) => rise > 0)) return "minimum";
  if (around.every((rise) => rise < 0)) return "maximum";
  return around.some((rise) => rise > 0) && around.some((rise) => rise < 0) ? "saddle" : "level";
}

function ring(centre: Point, radius: number): Point[] {
  const [x = 0, y] = centre;
  if (y === undefined) return [[x - radius], [x + radius]];
  const turns = Array.from({ length: 48 }, (_, i) => (2 * Math.PI * (i + 0.5)) / 48);
  return turns.map((turn) => [x + radius * Math.cos(turn), y + radius * Math.sin(turn)]);
}

/** Newton's step towards a level place: the solution of Hessian · step = gradient, or nothing where there is none. */
function newtonStep(landscape: Landscape, p: Point): number[] | undefined {
  const [g = 0, h] = landscape.gradient(p);
  const [[a = 0, b = 0] = [], [, d = 0] = []] = landscape.hessian(p);
  if (h === undefined) return a === 0 ? undefined : [g / a];
  const determinant = a * d - b * b;
  return determinant === 0 ? undefined : [(d * g - b * h) / determinant, (a * h - b * g) / determinant];
}

/** Find the level place that Newton's method reaches from here, if it reaches one without going far. */
export function levelPlaceNear(landscape: Landscape, from: Point, reach = span(landscape) / 8): Critical | undefined {
  let point = from;
  for (let round = 0; round < 60; round++) {
    const step = newtonStep(landscape, point);
    if (!step) break;
    point = point.map((x, i) => x - (step[i] as number));
    if (!(distance(point, from) <= reach)) return undefined;
    if (length(step) <= 1e-13 * span(landscape)) break;
  }
  // Rounding leaves a gradient of a few ulps of the curvature; where the ground is flat all over it is no proof.
  const curvatures = eigenvalues(landscape.hessian(point));
  const bend = Math.max(...curvatures.map(Math.abs));
  if (length(landscape.gradient(point)) > 1e-9 * span(landscape) * bend) return undefined;
  const tidy = point.map(zeroed);
  return { point: tidy, height: zeroed(landscape.height(tidy)), kind: kindOf(landscape, tidy), curvatures };
}

/** Zero where rounding has left next to nothing. */
const zeroed = (x: number): number => (Math.abs(x) < 1e-12 ? 0 : x);

const known = new WeakMap<Landscape, Critical[]>();

/** All level places of a landscape's picture, found from a grid of starts and remembered. */
export function levelPlaces(landscape: Landscape): Critical[] {
  const before = known.get(landscape);
  if (before) return before;
  const found: Critical[] = [];
  for (const start of grid(landscape, landscape.variables.length === 1 ? 160 : 18)) {
    const place = levelPlaceNear(landscape, start);
    if (!place || !isInside(landscape, place.point)) continue;
    if (found.every((other) => distance(other.point, place.point) > 1e-6 * span(landscape))) found.push(place);
  }
  known.set(landscape, found);
  return found;
}

export function grid(landscape: Landscape, n: number): Point[] {
  const [low, high] = landscape.domain;
  const ticks = Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n);
  if (landscape.variables.length === 1) return ticks.map((x) => [x]);
  return ticks.flatMap((y) => ticks.map((x) => [x, y]));
}

const steep = new WeakMap<Landscape, number>();

/** What counts as steep in a landscape's picture: nine places in ten are less steep. Remembered too. */
export function steepSlope(landscape: Landscape): number {
  const before = steep.get(landscape);
  if (before !== undefined) return before;
  const slopes = grid(landscape, 20)
    .map((p) => length(landscape.gradient(p)))
    .filter(Number.isFinite);
  const found = slopes.sort((a, b) => a - b)[Math.floor(0.9 * slopes.length)] as number;
  steep.set(landscape, found);
  return found;
}

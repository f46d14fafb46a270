// Walks with noise in the gradient: they come to no rest, but hover about what they look for, at a distance that can be told.

import { type Critical, levelPlaceNear } from "./critical.ts";
import { count, number } from "./format.ts";
import { isInside, type Point } from "./landscapes.ts";
import { scales } from "./methods.ts";
import { longer, stability } from "./motion.ts";
import { spreadOf } from "./noise.ts";
import { at, type Case, rank } from "./reasons.ts";
import { lowers } from "./schedule.ts";
import { distance, type Run, type Walk, walk as walked } from "./walk.ts";

const ENOUGH = 20; // points, of which it can be said how far off they are

/** The root of the mean squared distance of places from one. */
export const radius = (places: readonly Point[], from: Point): number =>
  Math.sqrt(places.reduce((sum, p) => sum + distance(p, from) ** 2, 0) / places.length);

/** The radius that noise and rate make in a bowl in the long run; known for rules without divisions, at a constant rate. */
export function radiusInBowl(run: Run, curvatures: readonly number[]): number | undefined {
  const bound = stability(run);
  if (bound === undefined || run.method === "nesterov" || run.schedule !== "constant") return undefined;
  const gamma = run.method === "momentum" ? run.decay : 0;
  // For each direction the stationary spread of x ← x + γ (x − x₋) − η (λx + ξ), an autoregression of second order.
  const spreads = curvatures.map((c) => {
    const pull = run.rate * c;
    return (run.rate * spreadOf(run) ** 2 * (1 + gamma)) / (c * (1 - gamma) * (2 * (1 + gamma) - pull));
  });
  const sum = spreads.reduce((a, b) => a + b, 0);
  return spreads.every((one) => one > 0) && Number.isFinite(sum) ? Math.sqrt(sum) : undefined;
}

/** Where a noisy walk hovers: about which place, how far off it was over so many last steps, and how far it will be. */
export interface Hover {
  level: Critical;
  off: number;
  steps: number;
  later: number;
}

const known = new WeakMap<Walk, { hover: Hover | undefined }>(); // asked for in each frame

/** About what a walk hovers; nothing where noise is not what keeps it moving, or where it is still on its way. */
export function hoverOf(one: Case): Hover | undefined {
  const before = known.get(one.walk) ?? { hover: found(one) };
  known.set(one.walk, before);
  return before.hover;
}

function found(one: Case): Hover | undefined {
  const { walk, landscape, size, goal } = one;
  const { run, points } = walk;
  if (run.noise === 0 || walk.overflow !== undefined) return undefined;
  const tail = points.slice(-Math.min(200, Math.floor(points.length / 2)));
  if (tail.length < ENOUGH) return undefined;
  const middle = (tail[0] as Point).map((_, i) => tail.reduce((sum, p) => sum + (p[i] as number), 0) / tail.length);
  const level = levelPlaceNear(landscape, middle, size / 4);
  if (level?.kind !== goal) return undefined;
  const off = radius(tail, level.point);
  // What hovers has the place in its midst; what is on its way there lies to one side of it.
  if (off > size / 4 || distance(middle, level.point) > 0.5 * off) return undefined;
  if (radiusWithout(one, level, tail.length) > off / 2) return undefined; // then it is not the noise, or it is too slow to tell
  const later = radiusLater(one, level);
  if (later === undefined || later > 1.5 * off || (later < off / 2 && !lowers(run))) return undefined;
  return { level, off, steps: tail.length, later };
}

/** What is said of a walk that hovers: how far off it is, and what makes that so. */
export function hovering(one: Case): (string | undefined)[] | undefined {
  const hover = hoverOf(one);
  if (!hover) return undefined;
  const { level, off, steps, later } = hover;
  const { run } = one.walk;
  const falls = lowers(run);
  const { name, remark } = rank(one, level);
  const place = `${name} at ${at(one, level.point)}`;
  // A rule that divides by the slopes may hop about even without noise.
  const why = scales(run) ? ", because of the noise" : " with this noise";
  const shrinks = falls && later < 0.8 * off ? "As the schedule lowers the rate, the walk comes closer." : undefined;
  return [
    `${falls ? "Has not come" : "Does not come"} to rest${why}: it hovers about ${place}.`,
    `Over its last ${count(steps)} steps its distance was about ${number(off, 2)}.`,
    remark,
    shrinks,
    inTheLongRun(one, level),
  ];
}

/** The radius of the steps to come; nothing where they lead away. */
function radiusLater({ landscape, walk }: Case, level: Critical): number | undefined {
  const on = longer(landscape, walk, 3000);
  return on.overflow === undefined ? radius(on.points.slice(-2000), level.point) : undefined;
}

/** The radius that would be left after so many steps if the rate stayed as it is now and the gradients were exact. */
function radiusWithout({ landscape, walk: { run }, end, rate }: Case, level: Critical, epochs: number): number {
  const calm = walked(landscape, { ...run, start: end, rate, schedule: "constant", noise: 0, epochs });
  return calm.overflow === undefined ? radius(calm.points.slice(-10), level.point) : Number.POSITIVE_INFINITY;
}

function inTheLongRun({ landscape, walk: { run }, sign }: Case, { curvatures }: Critical): string | undefined {
  if (!landscape.quadratic) return undefined;
  const known = radiusInBowl(
    run,
    curvatures.map((c) => sign * c),
  );
  return known === undefined
    ? undefined
    : `In the long run this rate and this noise make it ${number(known, 2)}, and four times the batch would halve that.`;
}

/** Whether noise alone carries a walk out of the picture: without it the walk stays inside. */
export function noiseCarries({ landscape, walk: { run } }: Case): boolean {
  if (run.noise === 0) return false;
  const calm = walked(landscape, { ...run, noise: 0 });
  return calm.overflow === undefined && calm.points.every((p) => isInside(landscape, p));
}

/** Whether noise is so weak that it keeps a walk where it has arrived, as near as anybody can see. */
export function staysNear({ landscape, walk, near }: Case, place: Point): boolean {
  const on: Walk = longer(landscape, walk, 200);
  return on.overflow === undefined && on.points.slice(walk.points.length).every((p) => distance(p, place) <= near);
}

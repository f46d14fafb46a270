// Reasons: what the verdict says of rates, curvatures and rivals, from the landscape and the walk's end.

import { type Critical, eigenvalues, levelPlaces, steepSlope } from "./critical.ts";
import { number, point as place, position, rate as speed } from "./format.ts";
import { isInside, type Landscape, type Point, span } from "./landscapes.ts";
import { scales, titles } from "./methods.ts";
import { growth, lastMoves, stability } from "./motion.ts";
import { lowers, rateOf } from "./schedule.ts";
import { distance, length, type Walk, walk as walked } from "./walk.ts";

/** A walk with what most of the cases ask about it. */
export interface Case {
  landscape: Landscape;
  walk: Walk;
  end: Point;
  size: number; // of the picture, from side to side
  sign: 1 | -1; // -1 where the walk climbs: what it looks for is lowest in the landscape turned upside down
  goal: "minimum" | "maximum";
  near: number; // what counts as there
  rate: number; // of the last step that was made, or of the first where there is none
}

export function caseOf(landscape: Landscape, walk: Walk): Case {
  const climbs = walk.run.method === "ascent";
  const size = span(landscape);
  return {
    landscape,
    walk,
    size,
    end: last(walk.points),
    sign: climbs ? -1 : 1,
    goal: climbs ? "maximum" : "minimum",
    near: 2e-4 * size,
    rate: rateOf(walk.run, Math.max(0, walk.points.length - 2)),
  };
}

/** How a rate is told: as it was set, or, of a schedule, as it has become. */
const told = ({ walk: { run } }: Case, rate: number): string =>
  run.schedule === "constant" ? speed(rate) : number(rate);
const named = (one: Case): string => `${lowers(one.walk.run) ? "by now " : ""}${told(one, one.rate)}`;

export const last = <T>(list: readonly T[]): T => list[list.length - 1] as T;

export const at = ({ landscape }: Case, p: Point): string =>
  p.length === 1 ? `${landscape.variables[0]} = ${place(p)}` : place(p);

/** The largest curvature that a method looking for this goal has to stand, at a place. */
export const steepest = ({ sign }: Case, curvatures: readonly number[]): number =>
  Math.max(...curvatures.map((c) => sign * c));

/** Why the rate is too large, if it is above the limit that the landscape sets everywhere. */
export function tooLarge(one: Case): string | undefined {
  const { landscape } = one;
  if (!landscape.quadratic) return undefined;
  const L = steepest(one, levelPlaces(landscape)[0]?.curvatures ?? []);
  return L > 0 ? aboveLimit(one, L) : undefined;
}

function aboveLimit(one: Case, L: number): string | undefined {
  const { walk, rate } = one;
  const { run } = walk;
  const bound = stability(run);
  if (bound === undefined || rate * L <= bound * (1 + 1e-12)) return undefined;
  const plain = bound === 2;
  const limit = plain
    ? `2/L = ${number(2 / L, 5)}`
    : `${titles[run.method]}'s limit, ${number(bound, 3)}/L = ${number(bound / L)}`;
  const even = run.schedule === "constant" && run.noise === 0;
  const leaps = plain && even ? ` ${leapt(walk, rate * L - 1)}` : "";
  const rates = lowers(run) ? `the rate, ${named(one)}, is still` : `the rate ${named(one)} is`;
  return `${rates} above ${limit}, where L = ${number(L)} is the largest curvature.${leaps}`;
}

/** How leaps grow: by the factor of the steepest direction, or, while others have a share, as the last one did. */
function leapt(walk: Walk, factor: number): string {
  const measured = growth(walk);
  if (Number.isNaN(measured) || Math.abs(measured - factor) < 0.01 * factor)
    return `Each leap is ${number(factor, 3)} times as long as the last.`;
  return `The last leap was ${number(measured, 3)} times as long as the one before.`;
}

/** Whether the ground at the end is nearly level, measured by the rest of the picture. */
export const levelGround = ({ walk, landscape }: Case): boolean =>
  length(last(walk.gradients)) < 0.05 * steepSlope(landscape);

/** Which of the landscape's minima, or summits, a place is, and what to say where it is not the best. */
export function rank(one: Case, { height, point }: Critical): { name: string; remark?: string } {
  const { landscape, goal, sign } = one;
  if (landscape.typed) return rankInPicture(one, height, isInside(landscape, point));
  const extreme = goal === "minimum" ? "lowest" : "highest";
  if (sign > 0 ? landscape.endless.down : landscape.endless.up) {
    const way = sign > 0 ? "falls" : "rises";
    return {
      name: `a local ${goal}`,
      remark: `No place is the ${extreme}: farther out the ground ${way} without end.`,
    };
  }
  const rivals = levelPlaces(landscape).filter((other) => other.kind === goal);
  const best = Math.min(...rivals.map((other) => sign * other.height));
  const isBest = (h: number) => sign * h <= best + 1e-9 * (1 + Math.abs(best));
  if (rivals.length === 1) return { name: `the ${goal}` };
  const bests = rivals.filter((other) => isBest(other.height));
  if (isBest(height))
    return { name: bests.length === 1 ? `the global ${goal}` : `one of the ${bests.length} global ${plural(goal)}` };
  const where = bests.map(({ point }) => place(point)).join(" and ");
  return {
    name: `a local ${goal}`,
    remark: `It is not the ${extreme}: at ${where} the ${landscape.measure} is ${position(sign * best)}.`,
  };
}

/** Of a typed function nothing is known beyond the picture, and in it what a search on a grid has found. */
function rankInPicture(
  { landscape, goal, sign }: Case,
  height: number,
  inside: boolean,
): { name: string; remark?: string } {
  const extreme = goal === "minimum" ? "lowest" : "highest";
  const heights = levelPlaces(landscape).flatMap((other) => (other.kind === goal ? [sign * other.height] : []));
  const best = Math.min(...heights);
  if (sign * height > best + 1e-9 * (1 + Math.abs(best))) {
    const where = `It is not the ${extreme} in the picture: another ${goal} has the ${landscape.measure} ${position(sign * best)}.`;
    return { name: `a local ${goal}`, remark: where };
  }
  return { name: inside ? `the ${extreme} ${goal} found in the picture,` : `a ${goal}` };
}

const plural = (goal: string): string => goal.replace("um", "a");

/** Why a walk does not settle, at a place that it goes about if there is one; nothing where that is not known. */
export function whyRestless(one: Case, about: Critical | undefined, later: boolean): string | undefined {
  const { run } = one.walk;
  // Where there is noise, what is known of exact gradients says little.
  if (run.noise > 0) return undefined;
  const rate = named(one);
  const falls = lowers(run);
  if (run.method === "stochastic") {
    return "Each data point pulls its own way, and the rate is too large to calm that.";
  }
  if (run.method === "rmsprop" && run.decay === 1) {
    return `With γ = 1 RMSProp takes no note of any slope: it divides by ε = ${number(run.epsilon)} alone.`;
  }
  const bound = stability(run);
  if (bound === undefined) {
    const moves = lastMoves(one.walk, 20);
    const made = one.walk.points.length - 1;
    const sizes = moves.map((move, i) => move / rateOf(run, made - moves.length + i));
    if (Math.min(...sizes) < 0.25 || Math.max(...sizes) > 4) return undefined;
    return `${titles[run.method]} divides by the size of the gradients, so its steps stay about as long as the rate, ${rate}, however level the ground.`;
  }
  if (about) {
    const L = felt(one, about);
    const limit = bound === 2 ? `2/L = ${number(2 / L, 5)}` : `the limit ${number(bound / L)}`;
    const excess = (one.rate * L) / bound - 1;
    if (Math.abs(excess) < 1e-12 && !falls)
      return `The rate is exactly ${limit}${bound === 2 ? ", so each leap is as long as the last" : ""}.`;
    if (excess > 0 && falls)
      return `The rate, ${rate}, is still above ${limit}, where L = ${number(L)} is the curvature there.`;
    if (excess > 0) return `The rate ${rate} is above ${limit}, where L = ${number(L)} is the curvature there.`;
    if (excess > -0.02 && bound === 2 && !falls)
      return `The rate ${rate} is only just below ${limit}: each leap is ${number(growth(one.walk))} times as long as the last.`;
  }
  if (bound === 2) return `The rate, ${rate}, is too large for this landscape.`;
  if (run.decay === 1 && run.method === "momentum")
    return "With γ = 1 nothing of a move is ever lost, so nothing brings it to rest.";
  if (later) return `With γ = ${run.decay} a large part of each move is made again, so its swings die down slowly.`;
  return undefined;
}

/** The curvature that a walk about a place feels: the largest, unless it keeps to another direction. */
function felt(one: Case, { point, curvatures }: Critical): number {
  const L = steepest(one, curvatures);
  const [before, now] = one.walk.points.slice(-2) as [Point, Point];
  const way = now.map((x, i) => x - (before[i] as number));
  const hessian = one.landscape.hessian(point);
  const bend = hessian.reduce(
    (sum, row, i) => sum + row.reduce((s, h, j) => s + h * (way[i] as number) * (way[j] as number), 0),
    0,
  );
  const along = (one.sign * bend) / length(way) ** 2;
  return along < L / 2 ? along : L;
}

/** That the schedule is what slows a walk: with the whole rate it would have come further. */
function fallen(one: Case): string | undefined {
  const { walk, landscape, sign, rate } = one;
  if (rate > 0.2 * walk.run.rate) return undefined;
  const steady = walked(landscape, { ...walk.run, schedule: "constant" });
  if (steady.overflow !== undefined || sign * last(steady.heights) >= sign * last(walk.heights)) return undefined;
  const how = lowers(walk.run) ? "has brought the rate down to" : "has brought the rate up only to";
  return `The schedule ${how} ${number(rate)}; with ${speed(walk.run.rate)} in every step the walk would have come further.`;
}

/**
 * Whether a walk at ten times the rate comes near to rest in a hollow, and meets no ground on its way that is much steeper: then
 * this one is kept by its rate. From a plateau such a walk would come to a slope.
 */
function bolderArrives({ landscape, walk, sign }: Case): boolean {
  const bolder = walked(landscape, { ...walk.run, rate: 10 * walk.run.rate });
  if (bolder.overflow !== undefined || !isInside(landscape, last(bolder.points))) return false;
  const steepestMet = (one: Walk) => Math.max(...one.gradients.map(length));
  if (steepestMet(bolder) > 1.5 * steepestMet(walk)) return false;
  const lower = sign * last(bolder.heights) < sign * last(walk.heights);
  const flatter = length(last(bolder.gradients)) < 0.2 * length(last(walk.gradients));
  return lower && flatter && eigenvalues(landscape.hessian(last(bolder.points))).every((c) => sign * c > 0);
}

/** Why a walk crawls; nothing where that is not known. */
export function whySlow(one: Case, level: Critical | undefined): string | undefined {
  const { walk, landscape, end, size, goal, sign } = one;
  const { run, points, gradients } = walk;
  const away = level?.kind === goal ? distance(end, level.point) : Number.POSITIVE_INFINITY;
  if (level && away < 0.02 * size)
    return `It is ${number(away, 2)} from ${rank(one, level).name} at ${at(one, level.point)}.`;
  const moves = lastMoves(walk, points.length);
  if (run.method === "adagrad" && last(moves) < 0.5 * (moves[0] as number)) {
    return "AdaGrad's steps shrink as it goes: its sum of squares never forgets.";
  }
  const faded = fallen(one);
  if (faded) return faded;
  if (levelGround(one) && !bolderArrives(one)) {
    return `The ground is almost level here (slope ${number(length(last(gradients)), 2)}), yet no ${goal} is reached.`;
  }
  if (Math.max(...moves) < 0.01 * size) {
    const bolder = walked(landscape, { ...run, rate: 10 * run.rate });
    return sign * last(bolder.heights) < sign * last(walk.heights)
      ? `The rate ${speed(run.rate)} is too small.`
      : undefined;
  }
  if (!scales(run) && Math.max(...gradients.map(length)) > 3 * length(last(gradients))) {
    return `${titles[run.method]} still divides by the steep slopes that it has met, so its steps are short.`;
  }
  return undefined;
}

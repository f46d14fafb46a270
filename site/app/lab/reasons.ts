// Reasons: what the verdict says of rates, curvatures and rivals, from the landscape and the walk's end.

import { type Critical, levelPlaces, steepSlope } from "./critical.ts";
import { number, point as place, position, rate as speed } from "./format.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { titles } from "./methods.ts";
import { growth, stability } from "./motion.ts";
import { length, type Walk } from "./walk.ts";

/** A walk with what most of the cases ask about it. */
export interface Case {
  landscape: Landscape;
  walk: Walk;
  end: Point;
  size: number; // of the picture, from side to side
  sign: 1 | -1; // -1 where the walk climbs: what it looks for is lowest in the landscape turned upside down
  goal: "minimum" | "maximum";
  near: number; // what counts as there
}

export const last = <T>(list: readonly T[]): T => list[list.length - 1] as T;

export const at = ({ landscape }: Case, p: Point): string =>
  p.length === 1 ? `${landscape.variables[0]} = ${place(p)}` : place(p);

/** The largest curvature that a method looking for this goal has to stand, at a place. */
export const steepest = ({ sign }: Case, curvatures: readonly number[]): number =>
  Math.max(...curvatures.map((c) => sign * c));

/** Why the rate is too large, if it is above the limit that the landscape sets everywhere. */
export function tooLarge(one: Case): string | undefined {
  const { landscape, walk } = one;
  if (!landscape.quadratic) return undefined;
  const L = steepest(one, levelPlaces(landscape)[0]?.curvatures ?? []);
  return L > 0 ? aboveLimit(walk, L) : undefined;
}

function aboveLimit(walk: Walk, L: number): string | undefined {
  const { run } = walk;
  const bound = stability(run);
  if (bound === undefined || run.rate * L <= bound * (1 + 1e-12)) return undefined;
  const plain = bound === 2;
  const limit = plain
    ? `2/L = ${number(2 / L, 5)}`
    : `${titles[run.method]}'s limit, ${number(bound, 3)}/L = ${number(bound / L)}`;
  const leaps = plain ? ` ${leapt(walk, run.rate * L - 1)}` : "";
  return `the rate ${speed(run.rate)} is above ${limit}, where L = ${number(L)} is the largest curvature.${leaps}`;
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
export function rank({ landscape, goal, sign }: Case, { height }: Critical): { name: string; remark?: string } {
  const rivals = levelPlaces(landscape).filter((other) => other.kind === goal);
  const best = Math.min(...rivals.map((other) => sign * other.height));
  const isBest = (h: number) => sign * h <= best + 1e-9 * (1 + Math.abs(best));
  if (rivals.length === 1) return { name: `the ${goal}` };
  const bests = rivals.filter((other) => isBest(other.height));
  if (isBest(height))
    return { name: bests.length === 1 ? `the global ${goal}` : `one of the ${bests.length} global ${plural(goal)}` };
  const extreme = goal === "minimum" ? "lowest" : "highest";
  const where = bests.map(({ point }) => place(point)).join(" and ");
  return {
    name: `a local ${goal}`,
    remark: `It is not the ${extreme}: at ${where} the ${landscape.measure} is ${position(sign * best)}.`,
  };
}

const plural = (goal: string): string => goal.replace("um", "a");

/** Why a walk does not settle at a place, which it goes about. */
export function whyRestless(one: Case, { curvatures }: Critical): string {
  const { run } = one.walk;
  const L = steepest(one, curvatures);
  const bound = stability(run);
  const rate = speed(run.rate);
  if (bound === undefined) {
    if (run.method === "stochastic")
      return "Each data point pulls its own way, and the rate is too large to calm that.";
    return `${titles[run.method]} divides by the size of the gradients, so its steps stay about as long as the rate, ${rate}, however level the ground.`;
  }
  const limit = bound === 2 ? `2/L = ${number(2 / L, 5)}` : `the limit ${number(bound / L)}`;
  const excess = (run.rate * L) / bound - 1;
  if (Math.abs(excess) < 1e-12) return `The rate is exactly ${limit}, so each leap is as long as the last.`;
  if (excess > 0) return `The rate ${rate} is above ${limit}, where L = ${number(L)} is the curvature there.`;
  return `The rate ${rate} is only just below ${limit}: each leap is ${number(growth(one.walk))} times as long as the last.`;
}

// The verdict on walks that leave the picture: thrown out, run away, carried out by noise, or drifted.

import { number } from "./format.ts";
import { noiseCarries } from "./hover.ts";
import { isInside, type Point } from "./landscapes.ts";
import { remembers, scales } from "./methods.ts";
import { lastMoves } from "./motion.ts";
import { at, type Case, last, levelGround, tooLarge } from "./reasons.ts";
import { said, steps, type Verdict } from "./said.ts";
import { rateOf } from "./schedule.ts";
import { distance, length } from "./walk.ts";

/** Outside the picture at the end, or beyond all numbers. */
export function gone(one: Case): Verdict | undefined {
  const { walk, landscape, end, sign, size } = one;
  const { left, overflow, points, heights, run } = walk;
  if (overflow === undefined && (left === undefined || isInside(landscape, end))) return undefined;
  const when = left ?? (overflow as number);
  const before = heights[when - 1] as number;
  const gain = sign * (before - last(heights));
  if (walk.nowhere) {
    return said(
      "outside",
      `In step ${overflow} it comes to a place where the function has no value.`,
      `It was at ${at(one, end)}.`,
    );
  }
  const where = overflow === undefined ? `It is at ${at(one, end)} after ${steps(run.epochs)}.` : beyond(overflow);
  const endless = sign > 0 ? landscape.endless.down : landscape.endless.up;
  if (endless && (gain > 0 || (overflow === when && !tooLarge(one)))) {
    const why =
      sign > 0
        ? "the ground falls without end, and there is no lowest place"
        : "the ground rises without end, and there is no summit";
    return said("ran away", `Ran out of the picture in step ${when}: ${why} to arrive at.`, where);
  }
  // How the ground goes on beyond the picture of a typed function nobody knows; what the walk met there it does.
  if (landscape.typed && sign * ((heights[0] as number) - last(heights)) > 0) {
    const how = `Left the picture in step ${when}, and came out ${sign > 0 ? "lower" : "higher"} than it began.`;
    return said("outside", how, where);
  }
  const sizes = points.map(length);
  const farthest = sizes.indexOf(Math.max(...sizes));
  const climbed = sign * (last(heights) - (heights[0] as number)) > 0;
  const steeper = length(last(walk.gradients)) > length(walk.gradients[0] as number[]);
  const grows = farthest > (2 / 3) * (points.length - 1) && climbed && steeper;
  if (noiseCarries(one)) {
    return said(
      "outside",
      `The noise carried it out of the picture in step ${when}: without noise it stays inside.`,
      where,
    );
  }
  if (scales(run) && (overflow !== undefined || grows)) {
    const next = rateOf(run, points.length - 1) * length(last(walk.gradients));
    const even = !remembers(run.method) && run.noise === 0;
    const longer = even && (overflow !== undefined || next > last(lastMoves(walk, 1)));
    const thrown = longer
      ? "each jump lands on steeper ground, so the next is longer still"
      : "it is thrown to ever steeper ground";
    const why = tooLarge(one) ?? `${thrown}: the rate is too large here.`;
    return said("diverged", `Diverged, out of the picture in step ${when}: ${why}`, where);
  }
  const jump = distance(points[when] as Point, points[when - 1] as Point);
  const how =
    jump > size / 4
      ? `Jumped out of the picture with one step of length ${number(jump, 3)}, step ${when}.`
      : `Drifted out of the picture in step ${when}.`;
  return said("outside", how, where, levelGround(one) ? "The ground is almost level there." : undefined);
}

const beyond = (step: number): string => `In step ${step} the numbers are too large for the computer.`;

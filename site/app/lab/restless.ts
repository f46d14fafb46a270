// The verdict on walks that come to no rest of their own: halted by a schedule, kept going by noise, or hopping about.

import { levelPlaceNear } from "./critical.ts";
import { number, position } from "./format.ts";
import { hovering } from "./hover.ts";
import type { Point } from "./landscapes.ts";
import { cycle, hops, lastMoves, settlesLater, stays } from "./motion.ts";
import { at, type Case, last, whyRestless } from "./reasons.ts";
import { came, said, steps, type Verdict } from "./said.ts";
import { lowers, rateOf } from "./schedule.ts";
import { distance } from "./walk.ts";

/** Brought to rest by its schedule, wherever it was. */
export function halted(one: Case): Verdict | undefined {
  const { walk, landscape, end, near, goal } = one;
  const { run, points } = walk;
  if (rateOf(run, points.length - 1) !== 0 || !stays(landscape, walk, near)) return undefined;
  const level = levelPlaceNear(landscape, end);
  const where =
    level?.kind === goal
      ? ` The ${goal} at ${at(one, level.point)} is ${number(distance(end, level.point), 2)} away.`
      : "";
  const height = `${landscape.measure} ${position(last(walk.heights))}`;
  return said(
    "stopped",
    `Stopped at ${at(one, end)}, ${height}: the schedule brought the rate down to 0 in ${steps(run.pace)}.${where}`,
    came(one),
  );
}

/** Near what it looks for, and kept from resting there by noise. */
export function hovered(one: Case): Verdict | undefined {
  const found = hovering(one);
  return found && said("hovers", ...found, came(one));
}

/** To and fro, or about, without coming to rest so far; whether it ever does is found by walking on. */
export function restless(one: Case): Verdict | undefined {
  const { walk, landscape, near, goal, size } = one;
  const round = cycle(walk);
  const moves = lastMoves(walk, 2);
  if (Math.max(...moves) <= near || !(round || hops(walk))) return undefined;
  const tail = round ?? walk.points.slice(-20);
  const middle = (tail[0] as Point).map((_, i) => tail.reduce((sum, p) => sum + (p[i] as number), 0) / tail.length);
  const centre = levelPlaceNear(landscape, middle, size / 4);
  const about = centre?.kind === goal ? centre : undefined;
  const settles = settlesLater(landscape, walk, near / 2);
  // Of a rate that goes on falling nobody sees the end by walking on for a while.
  const later = settles || lowers(walk.run);
  const place = about ? ` the ${goal} at ${at(one, about.point)}` : "";
  const how =
    round && !later
      ? circuit(one, round)
      : `hops about${place} in steps of up to ${number(Math.max(...lastMoves(walk, 20)), 2)}`;
  return said(
    "oscillates",
    later ? `Has not settled after ${steps(walk.run.epochs)}: it ${how}.` : `Does not settle: it ${how}.`,
    whyRestless(one, about, settles),
    came(one),
  );
}

function circuit(one: Case, round: readonly Point[]): string {
  if (round.length > 2) return `goes round through ${round.length} places for ever`;
  return `swings between ${round.map((p) => at(one, p)).join(" and ")}`;
}

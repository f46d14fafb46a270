// The verdict: one sentence or two on what a walk did and why, from nothing but the path and the landscape.

import { kindOf, levelPlaceNear } from "./critical.ts";
import { count, number, position } from "./format.ts";
import { isInside, type Landscape, type Point, span } from "./landscapes.ts";
import { remembers, scales } from "./methods.ts";
import { comesCloser, cycle, growth, hops, lastMoves, settlesLater, zigzags } from "./motion.ts";
import { at, type Case, last, levelGround, rank, steepest, tooLarge, whyRestless, whySlow } from "./reasons.ts";
import { distance, length, type Walk } from "./walk.ts";

export type Outcome =
  | "unmoved" // no steps asked for, or each step was zero
  | "diverged" // thrown out, higher and higher
  | "ran away" // downhill without end, where there is no lowest place
  | "outside" // beyond the picture's border, for another reason
  | "arrived"
  | "level" // at rest on a level place that is not what was looked for
  | "oscillates"
  | "almost there"
  | "crawls"
  | "on its way";

export interface Verdict {
  outcome: Outcome;
  text: string;
}

const said = (outcome: Outcome, ...parts: (string | undefined)[]): Verdict => ({
  outcome,
  text: parts.filter(Boolean).join(" "),
});

const steps = (n: number): string => (n === 1 ? "1 step" : `${count(n)} steps`);

export function verdict(landscape: Landscape, walk: Walk): Verdict {
  const climbs = walk.run.method === "ascent";
  const size = span(landscape);
  const one: Case = {
    landscape,
    walk,
    size,
    end: last(walk.points),
    sign: climbs ? -1 : 1,
    goal: climbs ? "maximum" : "minimum",
    near: 2e-4 * size,
  };
  const judges = [unmoved, gone, settled, restless, almost, creeping];
  for (const judge of judges) {
    const found = judge(one);
    if (found) return found;
  }
  return underway(one);
}

function unmoved(one: Case): Verdict | undefined {
  const { walk, landscape, goal } = one;
  const { points, run, overflow } = walk;
  const start = points[0] as Point;
  if (run.epochs === 0) return said("unmoved", `No steps: the walk stands at its start, ${at(one, start)}.`);
  if (overflow !== undefined || points.some((p) => distance(p, start) !== 0)) return undefined;
  const slope = length(walk.gradients[0] as number[]);
  if (slope !== 0) {
    const why = `the slope there is only ${number(slope)}, and a step so short is lost in rounding.`;
    return said("unmoved", `Does not move from ${at(one, start)}:`, why);
  }
  const kind = kindOf(landscape, start);
  if (kind === goal) {
    return said(
      "unmoved",
      `Stands exactly ${goal === "minimum" ? "in" : "on"} a ${goal}, at ${at(one, start)}: the slope is 0 there, and no step is needed.`,
    );
  }
  const name = kind === "level" ? "level ground" : `a ${kind}`;
  return said(
    "unmoved",
    `Stands exactly on ${name}, at ${at(one, start)}: the slope is 0 there, so each step is 0 and the rule never moves.`,
  );
}

/** Outside the picture at the end, or beyond all numbers. */
function gone(one: Case): Verdict | undefined {
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
  if (scales(run) && (overflow !== undefined || grows)) {
    const next = run.rate * length(last(walk.gradients));
    const longer = !remembers(run.method) && (overflow !== undefined || next > last(lastMoves(walk, 1)));
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

const came = ({ walk }: Case): string | undefined =>
  walk.left === undefined ? undefined : `It left the picture in step ${walk.left} and came back.`;

/** At rest on a level place. */
function settled(one: Case): Verdict | undefined {
  const { walk, landscape, end, near, goal } = one;
  const { run, points } = walk;
  const level = levelPlaceNear(landscape, end);
  if (!level || distance(end, level.point) > near) return undefined;
  // Without a memory the next step follows from the slope; with one it resembles the last few.
  const memory = remembers(run.method) || run.method === "stochastic";
  const next = memory ? Math.max(...lastMoves(walk, 3)) : run.rate * length(last(walk.gradients));
  if (next > near) return undefined;
  const where = at(one, level.point);
  const start = distance(points[0] as Point, level.point);
  if (level.kind !== goal) {
    if (distance(end, level.point) > start || (points.length > 2 && growth(walk) > 1)) {
      const grows =
        growth(walk) > 1
          ? `, but each step is ${number(growth(walk), 3)} times as long as the last, so it gets away`
          : "";
      return said(
        "crawls",
        `Still beside the ${level.kind} at ${where} after ${steps(run.epochs)}: the slope is almost 0 there${grows}.`,
      );
    }
    const way = one.sign > 0 ? "falls" : "rises";
    const trap = level.kind === "saddle" ? `the ground ${way} to two sides` : `the ground ${way} on all sides`;
    return said(
      "level",
      `Stopped on the ${level.kind} at ${where}, which is no ${goal}: the slope is 0 there, though ${trap}.`,
      "The slightest push aside would set it going.",
    );
  }
  if (!memory && start > 0 && distance(end, level.point) > start) return undefined;
  const first = points.findLastIndex((p) => distance(p, level.point) > near) + 1;
  const L = steepest(one, level.curvatures);
  const leaps =
    !memory && first > 2 && run.rate * L > 1 + 1e-9 && zigzagged(walk)
      ? "It leapt from side to side on the way: the rate is above 1/L."
      : undefined;
  const { name, remark } = rank(one, level);
  const reached = `Arrived in ${name} at ${where}, ${landscape.measure} ${position(level.height)}, after ${steps(first)}.`;
  return said("arrived", reached, remark, leaps, came(one));
}

const zigzagged = (walk: Walk): boolean => zigzags({ ...walk, points: walk.points.slice(0, 5) });

/** To and fro, or about, without coming to rest so far; whether it ever does is found by walking on. */
function restless(one: Case): Verdict | undefined {
  const { walk, landscape, near, goal, size } = one;
  const round = cycle(walk);
  const moves = lastMoves(walk, 2);
  if (Math.max(...moves) <= near || !(round || hops(walk))) return undefined;
  const tail = round ?? walk.points.slice(-20);
  const middle = (tail[0] as Point).map((_, i) => tail.reduce((sum, p) => sum + (p[i] as number), 0) / tail.length);
  const centre = levelPlaceNear(landscape, middle, size / 4);
  const about = centre?.kind === goal ? centre : undefined;
  const later = settlesLater(landscape, walk, near / 2);
  const place = about ? ` the ${goal} at ${at(one, about.point)}` : "";
  const how =
    round && !later
      ? circuit(one, round)
      : `hops about${place} in steps of up to ${number(Math.max(...lastMoves(walk, 20)), 2)}`;
  return said(
    "oscillates",
    later ? `Has not settled after ${steps(walk.run.epochs)}: it ${how}.` : `Does not settle: it ${how}.`,
    whyRestless(one, about, later),
    came(one),
  );
}

function circuit(one: Case, round: readonly Point[]): string {
  if (round.length > 2) return `goes round through ${round.length} places for ever`;
  return `swings between ${round.map((p) => at(one, p)).join(" and ")}`;
}

/** Close to what it looks for, and closer than it was. */
function almost(one: Case): Verdict | undefined {
  const { walk, landscape, end, goal, size } = one;
  const level = levelPlaceNear(landscape, end);
  if (level?.kind !== goal) return undefined;
  const away = distance(end, level.point);
  const earlier = walk.points[Math.floor(0.75 * (walk.points.length - 1))] as Point;
  if (away > 0.02 * size || away >= distance(earlier, level.point)) return undefined;
  const { name, remark } = rank(one, level);
  const place = `${name} at ${at(one, level.point)}`;
  if (away <= one.near) {
    const pace = `its last step was ${number(last(lastMoves(walk, 1)), 2)} long, and it has not come to rest.`;
    return said("on its way", `Passes ${place} after ${steps(walk.run.epochs)}: ${pace}`, remark, came(one));
  }
  return said(
    "almost there",
    `Almost there after ${steps(walk.run.epochs)}: at ${at(one, end)}, ${landscape.measure} ${position(last(walk.heights))},`,
    `${number(away, 2)} from ${place}${comesCloser(landscape, walk, one.sign) ? ", and coming closer" : ""}.`,
    remark,
    came(one),
  );
}

/** So slow that it looks like standing. */
function creeping(one: Case): Verdict | undefined {
  const { walk, landscape, end, size } = one;
  const move = Math.max(...lastMoves(walk, remembers(walk.run.method) ? 10 : 3));
  const level = levelPlaceNear(landscape, end);
  const beside =
    level?.kind === "saddle" && distance(end, level.point) < 0.05 * size && move < 0.01 * size && levelGround(one);
  if (move > 1e-3 * size && !beside) return undefined;
  const pace = `Still on its way after ${steps(walk.run.epochs)}, at ${at(one, end)}, but it crawls: the last step was ${number(last(lastMoves(walk, 1)), 2)} long.`;
  if (beside) {
    return said(
      "crawls",
      pace,
      `Near the saddle at ${at(one, level.point)} the ground is almost level. It costs time, but rarely keeps a walk.`,
      came(one),
    );
  }
  const more = Math.ceil((0.1 * size) / move);
  const cost = Number.isFinite(more)
    ? `A tenth of the picture would take about ${count(Number(more.toPrecision(2)))} such steps.`
    : undefined;
  return said("crawls", pace, whySlow(one, level), cost, came(one));
}

function underway(one: Case): Verdict {
  const { walk, landscape, end, goal } = one;
  const [from, to] = [walk.heights[0] as number, last(walk.heights)];
  const change = to < from ? "fell" : to > from ? "rose" : "went";
  const heights = `The ${landscape.measure} ${change} from ${position(from)} to ${position(to)}.`;
  const level = levelPlaceNear(landscape, end);
  const before = walk.points[walk.points.length - 2];
  const across = before && levelPlaceNear(landscape, before);
  const leaps =
    zigzags(walk) && level?.kind === goal && across && distance(across.point, level.point) < one.near
      ? `It leaps from side to side of the ${goal} at ${at(one, level.point)}, each leap ${number(growth(walk), 3)} times as long as the last.`
      : undefined;
  return said(
    "on its way",
    `Still on its way after ${steps(walk.run.epochs)}, at ${at(one, end)}.`,
    heights,
    leaps,
    came(one),
  );
}

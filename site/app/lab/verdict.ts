// The verdict: one sentence or two on what a walk did and why, from nothing but the path and the landscape.

import { kindOf, levelPlaceNear } from "./critical.ts";
import { count, number, position } from "./format.ts";
import { gone } from "./gone.ts";
import { staysNear } from "./hover.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { remembers } from "./methods.ts";
import { comesCloser, growth, lastMoves, zigzags } from "./motion.ts";
import { at, type Case, caseOf, last, levelGround, rank, steepest, whySlow } from "./reasons.ts";
import { halted, hovered, restless } from "./restless.ts";
import { came, said, steps, type Verdict } from "./said.ts";
import { lowers, rateOf } from "./schedule.ts";
import { distance, length, type Walk } from "./walk.ts";

export function verdict(landscape: Landscape, walk: Walk): Verdict {
  const one = caseOf(landscape, walk);
  const judges = [unmoved, gone, settled, halted, hovered, restless, almost, creeping];
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
  if (run.noise > 0) {
    const why = "the rate is so small that each step, noise and all, is lost in rounding.";
    return said("unmoved", `Does not move from ${at(one, start)}:`, why);
  }
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

/** At rest on a level place. */
function settled(one: Case): Verdict | undefined {
  const { walk, landscape, end, near, goal } = one;
  const { run, points } = walk;
  const level = levelPlaceNear(landscape, end);
  if (!level || distance(end, level.point) > near) return undefined;
  // Without a memory the next step follows from the slope; with one it resembles the last few.
  const memory = remembers(run.method) || run.method === "stochastic";
  const next = memory ? Math.max(...lastMoves(walk, 3)) : rateOf(run, points.length - 1) * length(last(walk.gradients));
  if (next > near) return undefined;
  const noisy = run.noise > 0;
  if (noisy && (level.kind !== goal || !staysNear(one, level.point))) return undefined;
  if (level.kind !== goal && rateOf(run, points.length - 1) === 0) return undefined;
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
    !memory && !noisy && first > 2 && rateOf(run, 4) * L > 1 + 1e-9 && zigzagged(walk)
      ? `It leapt from side to side on the way: the rate ${lowers(run) ? "was above 1/L then" : "is above 1/L"}.`
      : undefined;
  const { name, remark } = rank(one, level);
  const reached = `Arrived in ${name} at ${where}, ${landscape.measure} ${position(level.height)}, after ${steps(first)}.`;
  const shaken = noisy ? "The noise moves it by less than can be seen here." : undefined;
  return said("arrived", reached, remark, leaps, shaken, came(one));
}

const zigzagged = (walk: Walk): boolean => zigzags({ ...walk, points: walk.points.slice(0, 5) });

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
    `${number(away, 2)} from ${place}${walk.run.noise === 0 && comesCloser(landscape, walk, one.sign) ? ", and coming closer" : ""}.`,
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
    walk.run.noise === 0 &&
    zigzags(walk) &&
    level?.kind === goal &&
    across &&
    distance(across.point, level.point) < one.near
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

// How a walk moves towards its end: whether it goes round in a cycle, hops about, comes to rest; and the rate's limit.

import type { Landscape, Point } from "./landscapes.ts";
import { distance, type Run, type Walk, walk as walked } from "./walk.ts";

const last = <T>(list: readonly T[], back = 0): T => list[list.length - 1 - back] as T;

/** Lengths of the last `count` moves, or of as many as there are, the newest last. */
export function lastMoves({ points }: Walk, count: number): number[] {
  const tail = points.slice(-count - 1);
  return tail.slice(1).map((p, i) => distance(p, tail[i] as Point));
}

/** The places of the cycle in which the walk ends, two to eight of them, or nothing. */
export function cycle({ points }: Walk): Point[] | undefined {
  for (let period = 2; period <= 8; period++) {
    if (points.length < 3 * period + 1) return undefined;
    const round = points.slice(-period);
    const size = Math.min(...round.map((p, i) => distance(p, round[(i + 1) % period] as Point)));
    const repeats = Array.from({ length: 2 * period }, (_, k) => distance(last(points, k), last(points, k + period)));
    if (size > 0 && Math.max(...repeats) <= 1e-3 * size) return round;
  }
  return undefined;
}

/** Whether the walk hops about: its last moves get no shorter, and for all their length lead nowhere. */
export function hops(walk: Walk): boolean {
  const moves = lastMoves(walk, 40);
  if (moves.length < 40) return false;
  const sum = (some: number[]) => some.reduce((a, b) => a + b, 0);
  const [before, now] = [sum(moves.slice(0, 20)), sum(moves.slice(20))];
  return now >= 0.8 * before && distance(last(walk.points), last(walk.points, 40)) <= 0.1 * (before + now);
}

/** Whether each of the last moves turns back on the one before: the zigzag across a valley. */
export function zigzags({ points }: Walk): boolean {
  const tail = points.slice(-5);
  if (tail.length < 4) return false;
  const moves = tail.slice(1).map((p, i) => p.map((x, j) => x - (tail[i]?.[j] as number)));
  return moves.slice(1).every((move, i) => move.reduce((dot, x, j) => dot + x * (moves[i]?.[j] as number), 0) < 0);
}

/** How many times as long as the move before it the last move is. */
export function growth(walk: Walk): number {
  const [before = Number.NaN, now = Number.NaN] = lastMoves(walk, 2);
  return now / before;
}

/** What a rate times the largest curvature L must stay below, so that the method settles in a bowl; unknown for some. */
export function stability({ method, decay }: Run): number | undefined {
  if (method === "descent" || method === "ascent") return 2;
  if (method === "momentum") return 2 * (1 + decay);
  // From the roots of z² - (1 + γ) q z + γ q, where q = 1 - ηL: inside the unit circle while q > -1 / (1 + 2γ).
  if (method === "nesterov") return (2 + 2 * decay) / (1 + 2 * decay);
  return undefined;
}

// What a verdict says of the time to come is seen by walking on, not guessed.

const rests = new WeakMap<Walk, boolean>(); // it is asked in each frame

export const longer = (landscape: Landscape, { run }: Walk, more: number): Walk =>
  walked(landscape, { ...run, epochs: run.epochs + more });

/** Whether a restless walk comes to rest after all, if it is given more steps. */
export function settlesLater(landscape: Landscape, walk: Walk, still: number): boolean {
  const before = rests.get(walk);
  if (before !== undefined) return before;
  const on = longer(landscape, walk, 3000);
  const found = on.overflow === undefined && Math.max(...lastMoves(on, 200)) <= still;
  rests.set(walk, found);
  return found;
}

/** Whether some of the next steps lead lower, or higher where sign is -1. */
export function comesCloser(landscape: Landscape, walk: Walk, sign: 1 | -1): boolean {
  const [now, ...next] = longer(landscape, walk, 200).heights.slice(walk.points.length - 1);
  return next.some((height) => sign * height < sign * (now as number));
}

/** Whether a walk stays where it is, if it is given more steps. */
export function stays(landscape: Landscape, walk: Walk, still: number): boolean {
  const on = longer(landscape, walk, 1000);
  const end = last(walk.points);
  return on.overflow === undefined && on.points.slice(walk.points.length).every((p) => distance(p, end) <= still);
}

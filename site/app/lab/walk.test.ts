// A walk holds the start and one point for each step, as far as numbers go.

import { expect, test } from "vitest";
import { type Landscape, landscapes } from "./landscapes.ts";
import { DEFAULTS, type Run, Walking, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const run = (more: Partial<Run>): Run => ({
  method: "descent",
  start: [2],
  rate: 0.1,
  epochs: 5,
  ...DEFAULTS,
  ...more,
});

test("n steps make n + 1 points, the start first", () => {
  const { points, heights, gradients } = walk(on("square"), run({}));
  expect(points).toHaveLength(6);
  expect(points[0]).toEqual([2]);
  expect(heights).toHaveLength(6);
  expect(gradients[0]).toEqual([4]);
});

test("no steps leave the start alone", () => {
  expect(walk(on("square"), run({ epochs: 0 })).points).toEqual([[2]]);
});

test("a walk ends at the last number before an overflow, and says in which step that came", () => {
  const { points, overflow, left } = walk(on("double-well"), run({ rate: 0.2, epochs: 50 }));
  expect(overflow).toBe(points.length);
  expect(points.flat().every(Number.isFinite)).toBe(true);
  expect(left).toBe(1);
});

test("an overflow in the very first step is one that left the picture, too", () => {
  const { points, overflow, left } = walk(on("double-well"), run({ rate: 1e200, epochs: 3 }));
  expect([points.length, overflow, left]).toEqual([1, 1, 1]);
});

test("the first step that ends outside is noted, even if the walk comes back", () => {
  const there = walk(on("square"), run({ start: [4], rate: 1, epochs: 3 }));
  expect(there.left).toBeUndefined(); // to and fro between 4 and -4, the very border
  const away = walk(on("peaks"), run({ start: [0, 1.4], rate: 0.5, epochs: 4 }));
  expect(away.left).toBe(2);
});

test("stochastic descent takes each data point once before it takes one again, in the same order each time", () => {
  const far = run({ method: "stochastic", start: [-2, -2], epochs: 60 });
  const { samples } = walk(on("neuron"), far);
  expect(samples).toHaveLength(60);
  const hands = Array.from({ length: 30 }, (_, i) => samples.slice(2 * i, 2 * i + 2));
  for (const hand of hands) expect([...hand].sort()).toEqual([0, 1]);
  expect(new Set(hands.map(String)).size).toBe(2); // both orders come
  expect(walk(on("neuron"), far).samples).toEqual(samples);
});

test("nothing that was handed in is changed", () => {
  const start = Object.freeze([1, 1]);
  for (const method of ["descent", "momentum", "nesterov", "adagrad", "rmsprop", "adam"] as const) {
    expect(() => walk(on("bowl"), run({ method, start }))).not.toThrow();
  }
  expect(start).toEqual([1, 1]);
});

test.each([
  ["peaks", run({ method: "adam", start: [1, 1], epochs: 250 })],
  ["neuron", run({ method: "stochastic", start: [1, 1], epochs: 250 })],
  ["double-well", run({ rate: 0.2, epochs: 50 })],
] as const)("a walk on %s that is made bit by bit is the same as one made at once", (name, how) => {
  const walking = new Walking(on(name), how);
  let rounds = 0;
  while (!walking.finished) {
    walking.advance(100);
    rounds += 1;
  }
  expect(walking.done).toEqual(walk(on(name), how));
  expect(rounds).toBe(how.epochs > 100 ? 3 : 1);
});

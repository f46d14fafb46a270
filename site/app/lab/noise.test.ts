// Noise in the gradient: the same for the same seed, as large as it is set, and told truly where a walk hovers in it.

import { expect, test } from "vitest";
import { bell, chances } from "./chance.ts";
import { hoverOf, radius, radiusInBowl } from "./hover.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { METHODS } from "./methods.ts";
import { caseOf } from "./reasons.ts";
import { workings } from "./update.ts";
import { verdict } from "./verdict.ts";
import { DEFAULTS, type Run, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const run = (more: Partial<Run>): Run => ({
  ...DEFAULTS,
  method: "descent",
  start: [2, 1],
  rate: 0.1,
  epochs: 400,
  noise: 1,
  ...more,
});

test.each([1, 2, 3, 4, 500, 9999])("draws of seed %i have mean 0 and spread 1, and lie as a bell's do", (seed) => {
  const draw = bell(seed);
  const all = Array.from({ length: 20_000 }, draw);
  const mean = all.reduce((a, b) => a + b) / all.length;
  const within = (limit: number) => all.filter((x) => Math.abs(x) < limit).length / all.length;
  expect(mean).toBeCloseTo(0, 1);
  expect(Math.sqrt(all.reduce((sum, x) => sum + (x - mean) ** 2, 0) / all.length)).toBeCloseTo(1, 1);
  expect(within(1)).toBeCloseTo(0.683, 1);
  expect(within(2)).toBeCloseTo(0.954, 1);
  expect(all.every(Number.isFinite)).toBe(true);
});

test("seeds beside each other have nothing to do with each other", () => {
  const [one, two] = [bell(1), bell(2)];
  const product = Array.from({ length: 20_000 }, () => one() * two()).reduce((a, b) => a + b) / 20_000;
  expect(Math.abs(product)).toBeLessThan(0.03);
  expect(chances(7)()).not.toBe(chances(8)());
});

test("the same seed gives the same walk, another seed another, and no noise is no noise", () => {
  const points = (more: Partial<Run>) => walk(on("bowl"), run(more)).points;
  expect(points({})).toEqual(points({}));
  expect(points({ seed: 2 })).not.toEqual(points({}));
  expect(points({ noise: 0, seed: 5 })).toEqual(points({ noise: 0 }));
  expect(points({ epochs: 50 })).toEqual(points({}).slice(0, 51));
});

test.each(METHODS.filter((method) => method !== "stochastic"))("%s sees one noisy gradient in each step", (method) => {
  const done = walk(on("bowl"), run({ method, rate: 0.01, epochs: 20 }));
  expect(done.noises).toHaveLength(20);
  const [last] = workings(on("bowl"), done, 3).slice(-1);
  const said =
    (last?.value ?? "")
      .replaceAll("−", "-")
      .match(/-?[\d.]+/g)
      ?.map(Number) ?? [];
  for (const [i, x] of said.entries()) expect(x).toBeCloseTo(done.points[4]?.[i] as number, 3);
});

test("four times the batch halves the noise", () => {
  const size = (batch: number) => radius(walk(on("bowl"), run({ batch, epochs: 2000 })).noises, [0, 0]);
  expect(size(1) / size(4)).toBeCloseTo(2, 10);
  expect(size(1)).toBeCloseTo(Math.SQRT2, 1);
});

test.each([
  ["bowl", { rate: 0.1 }],
  ["bowl", { rate: 0.8 }],
  ["valley", { rate: 0.05 }],
  ["twisted", { rate: 0.2, noise: 0.3, batch: 9 }],
  ["bowl", { rate: 0.02, method: "momentum" }],
  ["valley", { rate: 0.05, method: "momentum", decay: 0.5 }],
] as [string, Partial<Run>][])("the radius in the long run is that of long walks: %s %j", (name, more) => {
  const how = run({ ...more, epochs: 40_000 });
  const curvatures = { bowl: [2, 2], valley: [1, 20], twisted: [3 - Math.SQRT2, 3 + Math.SQRT2] }[name] as number[];
  const long = radius(walk(on(name), how).points.slice(2000), [0, 0]);
  expect(radiusInBowl(how, curvatures)).toBeDefined();
  expect(long / (radiusInBowl(how, curvatures) as number)).toBeCloseTo(1, 1);
});

test("what is said of walks with noise", () => {
  const say = (name: string, more: Partial<Run>) => verdict(on(name), walk(on(name), run(more))).text;
  expect(say("bowl", {})).toMatch(
    /^Does not come to rest, because of the noise: it hovers about the minimum at \(0, 0\)\. Over its last 200 steps its distance was about 0\.2\d*\. In the long run this rate and this noise make it 0\.24, and four times the batch would halve that\.$/,
  );
  expect(say("bowl", { schedule: "inverse", pace: 50 })).toMatch(
    /^Has not come to rest.*As the schedule lowers the rate, the walk comes closer\.$/,
  );
  expect(say("bowl", { noise: 1e-6 })).toMatch(/^Arrived.*The noise moves it by less than can be seen here\.$/);
  expect(say("bowl", { noise: 300, epochs: 30 })).toMatch(/^The noise carried it out of the picture/);
  expect(say("saddle", { start: [1, 0], epochs: 200 })).toMatch(/^Ran out of the picture/);
});

test("the circle of a walk that hovers lies about its minimum and is as wide as the sentence says", () => {
  const done = walk(on("twisted"), run({ rate: 0.2, noise: 0.6, batch: 4 }));
  const hover = hoverOf(caseOf(on("twisted"), done));
  expect(hover?.level.point).toEqual([0, 0]);
  expect(hover?.off).toBeCloseTo(radius(done.points.slice(-200), [0, 0]), 12);
  expect(hoverOf(caseOf(on("twisted"), walk(on("twisted"), run({ noise: 0 }))))).toBeUndefined();
  expect(hoverOf(caseOf(on("twisted"), walk(on("twisted"), run({ epochs: 15 }))))).toBeUndefined();
});

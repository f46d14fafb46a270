// Arrival, best rates and the race's order, against walks that are looked at step by step.

import { expect, test } from "vitest";
import { arrival, bestRate, near, order, racers, TRIED } from "./arrival.ts";
import { conditionNumber } from "./critical.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { mark } from "./marks.ts";
import { METHODS, type Method } from "./methods.ts";
import { MOST_RUNS } from "./settings.ts";
import { verdict } from "./verdict.ts";
import { DEFAULTS, distance, type Run, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const run = (more: Partial<Run>): Run => ({
  ...DEFAULTS,
  method: "descent",
  start: [-2, 1],
  rate: 0.1,
  epochs: 300,
  ...more,
});

test("a walk has arrived at the first step from which on it stays at the minimum", () => {
  for (const method of ["descent", "momentum", "adam"] as Method[]) {
    const done = walk(on("bowl"), run({ method }));
    const steps = arrival(on("bowl"), done) as number;
    const away = done.points.map((p) => distance(p, [0, 0]));
    expect(away.slice(steps).every((d) => d <= near(on("bowl")))).toBe(true);
    expect(away[steps - 1]).toBeGreaterThan(near(on("bowl")));
  }
});

test("who is thrown out, on a saddle or still on the way has not arrived", () => {
  expect(arrival(on("valley"), walk(on("valley"), run({ rate: 0.11 })))).toBeUndefined();
  expect(arrival(on("saddle"), walk(on("saddle"), run({ start: [1, 0] })))).toBeUndefined();
  expect(arrival(on("bowl"), walk(on("bowl"), run({ rate: 1e-4 })))).toBeUndefined();
  expect(arrival(on("bowl"), walk(on("bowl"), run({ method: "ascent", start: [0, 0] })))).toBeUndefined();
});

test("where the verdict says how many steps it took, they are those", () => {
  for (const landscape of landscapes.values()) {
    const start = landscape.variables.map((_, i) => [0.9, 0.4][i] as number);
    for (const method of METHODS.filter((one) => one !== "stochastic")) {
      const done = walk(landscape, run({ method, start, rate: 0.004 }));
      const said = /^Arrived.* after ([\d,]+) step/.exec(verdict(landscape, done).text)?.[1];
      if (said) expect(arrival(landscape, done)).toBe(Number(said.replace(",", "")));
    }
  }
});

test("with its best rate a walk arrives no later than with any other that is tried", () => {
  for (const method of ["descent", "momentum", "nesterov", "adagrad", "adam"] as Method[]) {
    const best = walk(on("valley"), run({ method, rate: bestRate(on("valley"), run({ method })) }));
    const others = TRIED.map((rate) => arrival(on("valley"), walk(on("valley"), run({ method, rate }))));
    const arrived = others.filter((steps) => steps !== undefined);
    expect(arrived.length).toBeGreaterThan(0);
    expect(arrival(on("valley"), best)).toBe(Math.min(...arrived));
  }
});

test("the race's order names first who arrived first, and those who did not", () => {
  const rates = [0.01, 0.4, 0.1, 1.5];
  const walks = rates.map((rate) => walk(on("bowl"), run({ rate })));
  expect(order(on("bowl"), walks, ["a", "b", "c", "d"])).toMatch(
    /^Order of arrival: b \(\d steps\), c \(\d\d steps\)\. Not arrived: a, d\.$/,
  );
  expect(order(on("bowl"), walks.slice(3), ["d"])).toBe("No run has arrived.");
});

test("all who race have marks that can be told apart without their colours", () => {
  const marks = Array.from({ length: MOST_RUNS }, (_, i) => mark(i, false));
  expect(racers(METHODS).length).toBeLessThanOrEqual(MOST_RUNS);
  expect(new Set(marks.map(({ shape }) => JSON.stringify(shape))).size).toBe(MOST_RUNS);
  expect(new Set(marks.map(({ dash }) => JSON.stringify(dash))).size).toBe(MOST_RUNS);
  expect(marks.every(({ colour }) => colour)).toBe(true);
});

test("a bowl's condition number is its largest curvature over its smallest", () => {
  expect(conditionNumber(on("bowl"))).toBe(1);
  expect(conditionNumber(on("valley"))).toBe(20);
  expect(conditionNumber(on("ravine"))).toBeCloseTo(100, 8);
  expect(conditionNumber(on("saddle"))).toBeUndefined();
  expect(conditionNumber(on("peaks"))).toBeUndefined();
});

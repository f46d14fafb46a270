// Schedules give each step the share of the rate that they promise, whatever the method, and go on when a walk is continued.

import { describe, expect, test } from "vitest";
import { type Landscape, landscapes } from "./landscapes.ts";
import { METHODS } from "./methods.ts";
import { lowers, rateOf, SCHEDULES, type Schedule } from "./schedule.ts";
import { workings } from "./update.ts";
import { verdict } from "./verdict.ts";
import { DEFAULTS, type Run, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const run = (more: Partial<Run>): Run => ({
  ...DEFAULTS,
  method: "descent",
  start: [3],
  rate: 0.4,
  epochs: 60,
  ...more,
});

test.each<[Schedule, number[]]>([
  ["constant", [0.8, 0.8, 0.8, 0.8, 0.8]],
  ["step", [0.8, 0.8, 0.8, 0.8, 0.4]],
  ["exponential", [0.8, 0.8 / 2 ** 0.25, 0.8 / 2 ** 0.5, 0.8 / 2 ** 0.75, 0.4]],
  ["inverse", [0.8, 0.64, 0.8 / 1.5, 0.8 / 1.75, 0.4]],
  ["cosine", [0.8, 0.4 * (1 + Math.SQRT1_2), 0.4, 0.4 * (1 - Math.SQRT1_2), 0]],
  ["warmup", [0.2, 0.4, 0.6, 0.8, 0.8]],
])("%s begins as it should, with T = 4", (schedule, rates) => {
  rates.forEach((rate, k) => {
    expect(rateOf({ rate: 0.8, schedule, pace: 4 }, k)).toBeCloseTo(rate, 12);
  });
});

describe.each(SCHEDULES)("%s", (schedule) => {
  test("never falls below 0 nor rises above the rate, and falls where that is said of it", () => {
    const rates = Array.from({ length: 500 }, (_, k) => rateOf({ rate: 0.7, schedule, pace: 30 }, k));
    expect(Math.min(...rates)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...rates)).toBeLessThanOrEqual(0.7);
    expect((rates[499] as number) < (rates[0] as number)).toBe(lowers({ schedule, pace: 30 }));
  });

  test("a longer walk begins as the shorter one", () => {
    const [short, long] = [40, 90].map((epochs) => walk(on("square"), run({ schedule, epochs })));
    expect(long?.points.slice(0, 41)).toEqual(short?.points);
  });

  test.each(METHODS.filter((method) => method !== "stochastic"))("%s takes its steps with it", (method) => {
    const how = run({ schedule, pace: 7, method, rate: 0.05 });
    const done = walk(on("double-well"), { ...how, start: [0.3] });
    // A walk of one step from a state with nothing in it shows the rate by itself; later steps are told by the update.
    for (const k of [0, 5, 20]) {
      const [last] = workings(on("double-well"), done, k).slice(-1);
      expect(Number(last?.value.replace("−", "-"))).toBeCloseTo(done.points[k + 1]?.[0] as number, 3);
    }
  });
});

test("descent by schedule is descent with another rate in each step", () => {
  const done = walk(on("square"), run({ schedule: "inverse", pace: 5, rate: 0.3 }));
  let x = 3;
  for (let k = 0; k < 60; k++) {
    x -= (0.3 / (1 + k / 5)) * 2 * x;
    expect(done.points[k + 1]?.[0]).toBeCloseTo(x, 12);
  }
});

test("the update that is written out tells the rate of its step", () => {
  const done = walk(on("square"), run({ schedule: "inverse", pace: 20 }));
  const [pacing, , move] = workings(on("square"), done, 20);
  expect(pacing).toMatchObject({ name: "ηₖ", numbers: "0.4 / (1 + 20/20)", value: "0.2" });
  expect(move?.rule).toBe("x − ηₖ · g");
});

test("what is said of walks with a schedule", () => {
  const say = (more: Partial<Run>) => verdict(on("square"), walk(on("square"), run(more))).text;
  expect(say({ schedule: "cosine", pace: 30, rate: 0.05 })).toMatch(
    /^Stopped at x = 0.\d+, height .*: the schedule brought the rate down to 0 in 30 steps. The minimum at x = 0 is 0.6 away/,
  );
  expect(say({ schedule: "exponential", pace: 3, rate: 0.05, epochs: 100 })).toMatch(
    /crawls.*The schedule has brought the rate down to .*; with 0.05 in every step the walk would have come further./,
  );
  expect(say({ schedule: "inverse", pace: 50, rate: 1.2, epochs: 60 })).toMatch(/^Arrived|the rate, by now|Almost/);
  expect(say({ schedule: "step", pace: 100, rate: 1.2, epochs: 60 })).toMatch(
    /^Diverged.*the rate, by now 1.2, is still above 2\/L = 1/,
  );
});

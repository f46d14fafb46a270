// A typed function: its heights, slopes and bends are those of the formula; what cannot be read is told in a sentence.

import { beforeAll, describe, expect, test } from "vitest";
import { conditionNumber } from "./critical.ts";
import { range } from "./ground.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { load, own } from "./own.ts";
import { parse, runsOf, serialise } from "./settings.ts";
import { verdict } from "./verdict.ts";
import { DEFAULTS, walk } from "./walk.ts";
import { told } from "./words.ts";

beforeAll(load);

type Case = [formula: string, height: (x: number, y: number) => number];
const cases: Case[] = [
  ["x^2", (x) => x * x],
  ["3x^2 - 3x + 4", (x) => 3 * x * x - 3 * x + 4],
  ["cos(2*pi*x) + x²", (x) => Math.cos(2 * Math.PI * x) + x * x],
  ["-x^2", (x) => -x * x],
  ["2^x − ln(x + 10)", (x) => 2 ** x - Math.log(x + 10)],
  ["sqrt(x^2 + 1)", (x) => Math.sqrt(x * x + 1)],
  ["(x² + 20y²) / 2", (x, y) => (x * x + 20 * y * y) / 2],
  ["(1 - x)^2 + 100 (y - x^2)^2", (x, y) => (1 - x) ** 2 + 100 * (y - x * x) ** 2],
  ["sin(x)*exp(-0.05*x^2) + tanh(y)", (x, y) => Math.sin(x) * Math.exp(-0.05 * x * x) + Math.tanh(y)],
  ["x*y", (x, y) => x * y],
];

describe.each(cases)("%s", (formula, height) => {
  test("is as high as it says, and slopes and bends as differences of heights say", () => {
    const landscape = own(formula, 2);
    const two = landscape.variables.length === 2;
    for (const at of [
      [0.31, -0.7],
      [-1.2, 1.4],
      [0, 0.5],
    ]) {
      const p = two ? at : at.slice(0, 1);
      const [x = 0, y = 0] = p;
      expect(landscape.height(p)).toBeCloseTo(height(x, y), 12);
      const h = 1e-5;
      const beside = (of: (p: Point) => number, i: number) => {
        const moved = (by: number) => p.map((v, j) => (i === j ? v + by : v));
        return (of(moved(h)) - of(moved(-h))) / (2 * h);
      };
      landscape.variables.forEach((_, i) => {
        const slope = landscape.gradient(p)[i] as number;
        expect(slope).toBeCloseTo(beside(landscape.height, i), 4);
        landscape.variables.forEach((__, j) => {
          const bend = landscape.hessian(p)[i]?.[j] as number;
          expect(Math.abs(bend - beside((q) => landscape.gradient(q)[i] as number, j))).toBeLessThan(
            1e-4 * (1 + Math.abs(bend)),
          );
        });
      });
    }
    expect(landscape.typed).toBe("slopes by rule");
  });
});

test("what bends the same everywhere is known to", () => {
  expect(["x^2", "(x² + 20y²) / 2", "x*y", "(x - 2y)^2 + 3y^2"].map((formula) => own(formula, 3).quadratic)).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(["x^4", "cos(x)", "x^2 + 0.001 y^3", "exp(x)"].map((formula) => own(formula, 3).quadratic)).toEqual([
    false,
    false,
    false,
    false,
  ]);
  expect(conditionNumber(own("x^2 + 50 y^2", 3))).toBe(50);
});

test("where a rule has no value, as at a kink, slopes are differences of heights", () => {
  const kink = own("abs(x)", 2);
  expect(kink.gradient([1])).toEqual([1]);
  expect(kink.gradient([0])).toEqual([0]);
});

test.each([
  ["", /^a formula in x, or in x and y, is expected/],
  ["x +", /^the formula cannot be read/],
  ["z^2", /^"z" is not known; use x, y, pi, e and sin/],
  ["sin x", /^sin needs brackets, as in sin\(x\)/],
  ["foo(x)", /^the function "foo" is not known; there are sin/],
  ["import(x)", /^the function "import" is not known/],
  ["evaluate(x)", /^the function "evaluate" is not known/],
  ["constructor(x)", /^the function "constructor" is not known/],
  ["x.constructor", /^one formula in x/],
  ["sin.constructor(x)", /is not known/],
  ["f(x) = x", /^one formula in x/],
  ["a = 3", /^one formula in x/],
  ["x; y", /^one formula in x/],
  ["x > 2 ? 1 : 2", /^one formula in x/],
  ["[1, 2]", /^one formula in x/],
  ["x!", /^"!" cannot be used here/],
  ["sin(x, y)", /^sin takes one value, not 2/],
  ["toString", /^"toString" is not known/],
  ["(x^2 + 1", /^the bracket that is letter 1 is never closed/],
  ["2(x + sin(x)", /^the bracket that is letter 2 is never closed/],
  ["x^2)", /^the bracket that is letter 4 closes nothing/],
  ["|x|", /^for the size of a number, write abs\(x\)/],
  ["sqrt(-1 - x^2)", /^the formula has no real value anywhere from −3 to 3/],
  ["log(-1 - x^2)", /^the formula has no real value anywhere from −3 to 3/],
  ["x".repeat(201), /^the formula has 201 letters; at most 200/],
])("%j is refused in words", (formula, words) => expect(() => own(formula, 3)).toThrow(words));

describe("a set-up with a function of one's own", () => {
  const set = (attributes: Record<string, string>) => parse((name) => attributes[name] ?? null);

  test("comes back from its address as it was", () => {
    const setup = set({ landscape: "own", formula: "x^2 + 3*y^2 + 2x", limit: "5", start: "4,-2", rate: "0.05" });
    const query = new URLSearchParams(serialise(setup));
    const again = parse((name) => query.get(name));
    expect(runsOf(again)).toEqual(runsOf(setup));
    expect(again.landscape.formula).toBe("x^2 + 3*y^2 + 2x");
    expect(again.landscape.domain).toEqual([-5, 5]);
  });

  test("starts where the function has a value", () => {
    const [run] = runsOf(set({ landscape: "own", formula: "x - log(x)" }));
    expect((run?.start[0] as number) > 0).toBe(true);
  });

  test("starts where it has a slope, too", () => {
    const [run] = runsOf(set({ landscape: "own", formula: "sqrt(x) * sin(3x)", limit: "4" }));
    expect((run?.start[0] as number) > 0).toBe(true);
  });

  test("says where a formula is wrong", () => {
    expect(() => set({ landscape: "own", formula: "x + q" })).toThrow(/formula="x \+ q": "q" is not known/);
    expect(() => set({ landscape: "own", formula: "x", limit: "0" })).toThrow(/limit="0": expected a number from 0.1/);
  });
});

describe("what is said of a typed function", () => {
  const say = (formula: string, start: Point, rate: number, epochs = 50, method = "descent") => {
    const landscape: Landscape = own(formula, 3);
    const done = walk(landscape, { ...DEFAULTS, method: method as "descent", start, rate, epochs });
    return verdict(landscape, done).text;
  };

  test("claims nothing of what lies beyond the picture", () => {
    expect(say("x^2", [2], 0.1, 100)).toMatch(/^Arrived in the lowest minimum found in the picture, at x = 0,/);
    expect(say("x^4 - 2x^2 + 0.3x", [1.5], 0.05, 300)).toMatch(
      /^Arrived in a local minimum at x = 0.9601.* It is not the lowest in the picture: another minimum has the height −1.3054/,
    );
    expect(say("x^3", [-1], 0.1)).toMatch(/^Left the picture in step \d+, and came out lower than it began\./);
    expect(say("x^3", [1], 0.3, 30, "ascent")).toMatch(/^Left the picture in step \d+, and came out higher/);
  });

  test("tells a place without a value from numbers that are too large", () => {
    expect(say("x - log(x)", [0.3], 1)).not.toMatch(/too large/);
    expect(say("sqrt(x)", [0.5], 1)).toMatch(
      /^In step 1 it comes to a place where the function has no value\. It was at x = 0.5/,
    );
    expect(say("x^4", [2], 0.5)).toMatch(/^Diverged/);
  });

  test("asks for another start where it has no value at the start", () => {
    const landscape = own("log(x)", 3);
    const done = walk(landscape, { ...DEFAULTS, method: "descent", start: [-1], rate: 0.1, epochs: 5 });
    expect(told(landscape, done, 0)).toMatch(
      /^The function has no value or no slope at x\s=\s−1: start somewhere else\.$/,
    );
    expect(told(landscape, done, 5)).toMatch(/^The function has no value or no slope/);
  });
});

test("the picture of a function with gaps, or of a level one, has a range of heights", () => {
  expect(range(own("log(x)", 3)).every(Number.isFinite)).toBe(true);
  expect(range(own("2 + 0*x", 3))).toEqual([1, 3]);
});

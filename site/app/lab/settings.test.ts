// A set-up survives the way into text and back, and wrong text is told what would be right.

import { describe, expect, test } from "vitest";
import { edited } from "./desk.ts";
import { gripped, snapped } from "./handles.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { label, moved, parse, runsOf, serialise } from "./settings.ts";
import { DEFAULTS } from "./walk.ts";

const set = (attributes: Record<string, string>) => parse((name) => attributes[name] ?? null);
const again = (text: string) => {
  const query = new URLSearchParams(text);
  return parse((name) => query.get(name));
};

describe("parse", () => {
  test("nothing said is plain descent on a parabola", () => {
    const [run] = runsOf(set({}));
    expect(run).toEqual({ method: "descent", start: [-2.4], rate: 0.1, epochs: 50, ...DEFAULTS });
  });

  test("runs override what they share, a start in two dimensions too", () => {
    const setup = set({
      landscape: "valley",
      start: "1,2",
      runs: "rate=0.01; method=adam, rate=0.1,start=-1,0.5 ;decay=0.5",
    });
    expect(runsOf(setup).map(({ method, rate, start, decay }) => ({ method, rate, start, decay }))).toEqual([
      { method: "descent", rate: 0.01, start: [1, 2], decay: 0.9 },
      { method: "adam", rate: 0.1, start: [-1, 0.5], decay: 0.9 },
      { method: "descent", rate: 0.1, start: [1, 2], decay: 0.5 },
    ]);
  });

  test.each([
    [{ landscape: "bowll" }, /landscape="bowll": expected one of square, parabola/],
    [{ method: "sgd" }, /method="sgd": expected one of descent, ascent/],
    [{ method: "stochastic" }, /not made of data/],
    [{ start: "9" }, /start="9": expected a number from -4 to 4/],
    [{ start: "1,2" }, /start="1,2": expected x on the landscape square/],
    [{ start: "" }, /start="": expected a number/],
    [{ rate: "fast" }, /rate="fast": expected a number/],
    [{ rate: "0" }, /rate="0"/],
    [{ rate: "Infinity" }, /rate="Infinity"/],
    [{ epochs: "2.5" }, /epochs="2.5": expected a whole number/],
    [{ epochs: "99999999" }, /from 0 to 10000/],
    [{ decay: "1.5" }, /decay="1.5"/],
    [{ schedule: "linear" }, /schedule="linear": expected one of constant, step, exponential, inverse, cosine, warmup/],
    [{ pace: "0" }, /pace="0": expected a whole number from 1 to 10000/],
    [{ noise: "-1" }, /noise="-1": expected a number from 0 to 1000/],
    [{ batch: "1.5" }, /batch="1.5": expected a whole number from 1/],
    [{ seed: "0" }, /seed="0": expected a whole number from 1/],
    [{ runs: "speed=2" }, /runs="speed": expected one of method, start, rate, epochs, decay, beta1, beta2, epsilon/],
    [{ runs: "rate=1;rate=2;rate=3;rate=4;rate=5;rate=6;rate=7;rate=8" }, /8 of them, expected at most 7/],
  ])("%j is refused in words", (attributes, words) => {
    expect(() => set(attributes as unknown as Record<string, string>)).toThrow(words);
  });
});

describe("serialise", () => {
  test.each([
    { landscape: "peaks", start: "0,1.4", rate: "0.01", epochs: "1000", runs: "rate=0.00001; rate=0.5" },
    { landscape: "unfortunate", runs: "start=0; start=0.0001; start=-0.0001", epochs: "150", rate: "0.01" },
    { landscape: "neuron", start: "-2,-2", runs: "method=nesterov,rate=1; method=adam,rate=0.1", decay: "0.8" },
    { landscape: "valley", runs: "start=1,2,rate=0.5; start=-1,-2" },
    { landscape: "hill", method: "ascent", start: "-1.5" },
    { landscape: "bowl", schedule: "cosine", pace: "80", noise: "0.5", batch: "4", seed: "12" },
    { landscape: "bowl", noise: "2", pace: "40", runs: "schedule=constant; schedule=inverse; batch=16" },
  ])("$landscape comes back as it was", (attributes) => {
    const setup = set(attributes as unknown as Record<string, string>);
    expect(runsOf(again(serialise(setup)))).toEqual(runsOf(setup));
    expect(again(serialise(setup)).landscape).toBe(setup.landscape);
  });

  test("what makes no difference is left out", () => {
    const setup = set({ landscape: "bowl", pace: "40", batch: "4", seed: "9" });
    expect(serialise(setup)).not.toMatch(/pace|batch|seed|noise|schedule/);
  });

  test("an address stays readable", () => {
    const setup = set({ landscape: "valley", start: "-2.5,2", runs: "rate=0.05; rate=0.09" });
    expect(serialise(setup)).toBe("landscape=valley&method=descent&start=-2.5,2&epochs=50&runs=rate=0.05;rate=0.09");
  });
});

describe("another landscape", () => {
  const go = (attributes: Record<string, string>, name: string) =>
    runsOf(moved(set(attributes), landscapes.get(name) as Landscape));

  test("keeps a start that fits", () => {
    expect(go({ landscape: "bowl", start: "1,1", rate: "0.3" }, "peaks")[0]).toMatchObject({
      start: [1, 1],
      rate: 0.3,
    });
  });

  test("finds a new start where the old one does not fit", () => {
    expect(go({ landscape: "square", start: "3" }, "parabola")[0]?.start).toEqual([-1.2]);
    expect(go({ landscape: "square", runs: "start=1; start=2" }, "bowl")[1]?.start).toHaveLength(2);
  });

  test("does without data points where there are none", () => {
    expect(go({ landscape: "neuron", method: "stochastic" }, "bowl")[0]?.method).toBe("descent");
    expect(go({ landscape: "neuron", runs: "method=stochastic; method=adam" }, "bowl")[0]?.method).toBe("descent");
  });
});

describe("an edit", () => {
  test("of one of several runs changes the rate of that run only", () => {
    const setup = edited(set({ runs: "method=adam; method=descent" }), 0, { rate: 0.7 });
    expect(runsOf(setup).map(({ rate }) => rate)).toEqual([0.7, 0.1]);
  });

  test("of a shared start moves all that share it", () => {
    const setup = edited(set({ runs: "rate=0.2; rate=0.3,start=1; rate=0.4" }), 0, { start: [3] });
    expect(runsOf(setup).map(({ start }) => start)).toEqual([[3], [1], [3]]);
  });
});

test("runs are called by what sets them apart", () => {
  const names = (attributes: Record<string, string>) => {
    const setup = set(attributes);
    return setup.own.map((_, i) => label(setup, i));
  };
  expect(names({ rate: "0.3" })).toEqual(["Descent, rate 0.3"]);
  expect(names({ runs: "rate=0.1; rate=0.2" })).toEqual(["rate 0.1", "rate 0.2"]);
  expect(names({ runs: "method=adam; method=descent" })).toEqual(["Adam", "Descent"]);
  expect(names({ runs: "start=-1; start=2" })).toEqual(["from −1", "from 2"]);
  expect(names({ runs: "rate=0.1; rate=0.1" })).toEqual(["run 1", "run 2"]);
});

test("a handle for each start of its own, and one for those that share", () => {
  expect(gripped(set({}))).toEqual([0]);
  expect(gripped(set({ runs: "rate=1; rate=2" }))).toEqual([0]);
  expect(gripped(set({ runs: "start=1; rate=2; rate=3; start=2" }))).toEqual([0, 1, 3]);
});

test("a dragged start is a round number inside the picture", () => {
  const wave = landscapes.get("wave") as Landscape;
  expect(snapped(wave, [0.123456])).toEqual([0.12]);
  expect(snapped(wave, [99])).toEqual([6.28]);
  expect(snapped(wave, [-99])).toEqual([-6.28]);
  expect(Object.is(snapped(wave, [-0.001])[0], 0)).toBe(true);
});

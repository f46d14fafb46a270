// The shares are what finite differences measure, and training does what the lesson says of it.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { answer, loss, moved, shares, start, train, type Weights, X, Y } from "./network.ts";

const flat = ({ w, b, v, c }: Weights): number[] => [...w, ...b, ...v, c];
const shaped = (all: readonly number[]): Weights => {
  const n = (all.length - 1) / 3;
  return { w: all.slice(0, n), b: all.slice(n, 2 * n), v: all.slice(2 * n, 3 * n), c: all[3 * n] as number };
};

describe.each([1, 2, 3, 6])("with %i hidden neurons", (neurons) => {
  test.each([1, 2, 3, 4, 5])("each share is what a central difference measures, from start %i", (seed) => {
    const at = flat(start(neurons, seed));
    const h = 1e-5; // balances h² of the formula against rounding by 1e-16 / h
    const measured = at.map((_, i) => {
      const nudged = (by: number) => loss(shaped(at.map((one, j) => (i === j ? one + by : one))));
      return (nudged(h) - nudged(-h)) / (2 * h);
    });
    expect(flat(shares(shaped(at)))).toEqual(measured.map((one) => expect.closeTo(one, 8)));
  });
});

test("a step moves each weight against its share, all at once", () => {
  const from = start(2, 3);
  const by = flat(shares(from));
  expect(flat(moved(from, 0.5))).toEqual(flat(from).map((one, i) => one - 0.5 * (by[i] as number)));
});

test("the same seed gives the same start, another one another", () => {
  expect(start(3, 4)).toEqual(start(3, 4));
  expect(start(3, 4)).not.toEqual(start(3, 5));
  for (let seed = 1; seed < 100; seed++)
    for (const one of flat(start(6, seed))) expect(Math.abs(one)).toBeLessThanOrEqual(2);
});

describe("the lesson", () => {
  const text = readFileSync(new URL("../../lessons/sigmoid_neuron/index.md", import.meta.url), "utf8");
  /** The least loss of answers that never fall: pool what falls, and answer with the mean of each pool. */
  const rising = (wanted: readonly number[]): number => {
    const pools: number[][] = [];
    for (const y of wanted) {
      pools.push([y]);
      const mean = (pool: number[] | undefined) => (pool ?? []).reduce((a, b) => a + b, 0) / (pool?.length ?? 1);
      while (pools.length > 1 && mean(pools.at(-2)) >= mean(pools.at(-1)))
        pools.splice(-2, 2, [...(pools.at(-2) ?? []), ...(pools.at(-1) ?? [])]);
    }
    return (
      0.5 *
      pools.reduce(
        (sum, pool) =>
          sum + pool.reduce((part, y) => part + (y - pool.reduce((a, b) => a + b, 0) / pool.length) ** 2, 0),
        0,
      )
    );
  };
  test("says how close a curve can come that only rises or only falls", () => {
    const least = Math.min(rising(Y), rising([...Y].reverse()));
    expect(text).toContain(`no such curve gets the loss below ${least.toFixed(2)}`);
    for (const seed of [1, 2, 3]) expect(train(start(1, seed), 1, 1000).losses[1000]).toBeGreaterThan(least);
  });
  test("and that two hidden neurons learn the hill from each of the first six starts", () => {
    const ends = [1, 2, 3, 4, 5, 6].map((seed) => train(start(2, seed), 1, 1000).losses[1000] as number);
    const told = Number(text.match(/below ([\d.]+) after 1,000 epochs/)?.[1]);
    expect(Math.max(...ends)).toBeLessThan(told);
    expect(Math.max(...ends)).toBeGreaterThan(told / 10);
  });
  test("and that they end at other weights, from other starts", () => {
    const ends = [1, 2].map((seed) => flat(train(start(2, seed), 1, 1000).weights[1000] as Weights));
    expect(
      Math.max(...(ends[0] as number[]).map((one, i) => Math.abs(one - (ends[1]?.[i] as number)))),
    ).toBeGreaterThan(1);
  });
  test("and that training is faster with six from most starts", () => {
    const epochs = (neurons: number, seed: number) =>
      train(start(neurons, seed), 1, 1000).losses.findIndex((one) => one < 1e-3);
    const faster = [1, 2, 3, 4, 5, 6, 7, 8].filter((seed) => epochs(6, seed) < epochs(2, seed));
    expect(faster.length).toBeGreaterThan(4);
    expect(text).toContain(`${flat(start(6, 1)).length} for ${X.length}`);
  });
  test("and works the shares of a hidden neuron out by hand as they are", () => {
    const weights: Weights = { w: [1], b: [-1], v: [2], c: -1 };
    const rows = text.matchAll(/^\| \*\*[^*]*\$(\w)\$\*\* \|.*\| ([\d.]+) \|$/gm);
    const told = Object.fromEntries([...rows].map(([, name, share]) => [name, Number(share)]));
    // Of all data points only the lesson's, (1, 0.2): the share of each is its part of the sum.
    const h = 1e-6;
    const part = (moved: Weights) => 0.5 * (answer(moved, X[3] as number) - (Y[3] as number)) ** 2;
    const measured = flat(weights).map((_, i) => {
      const nudged = (by: number) => part(shaped(flat(weights).map((one, j) => (i === j ? one + by : one))));
      return (nudged(h) - nudged(-h)) / (2 * h);
    });
    expect([told.w, told.b, told.v, told.c]).toEqual(measured.map((one) => expect.closeTo(one, 6)));
  });
});

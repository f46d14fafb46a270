// Each batch's landscape is what its loss is, every epoch looks at each sample once, and the lesson's figures come out again.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ring } from "./pictures.ts";
import {
  apart,
  bowl,
  COUNT,
  cloud,
  descend,
  EPOCHS,
  gradient,
  loss,
  type Sample,
  SIZES,
  type Theta,
} from "./samples.ts";

const samples = cloud();
const some = (size: number): Sample[] => samples.slice(0, size);

describe.each([1, 2, 5, 200])("to %i samples", (size) => {
  const batch = some(size);
  const { lowest, bends, along } = bowl(batch);
  test("the ground is level at the lowest place", () => {
    expect(gradient(batch, lowest)).toEqual([expect.closeTo(0, 12), expect.closeTo(0, 12)]);
  });
  test("the loss grows along both directions as it bends", () => {
    const [c, s] = along;
    for (const [bend, way] of [
      [bends[0], [c, s]],
      [bends[1], [-s, c]],
    ] as const) {
      const beside: Theta = [lowest[0] + way[0], lowest[1] + way[1]];
      expect(loss(batch, beside) - loss(batch, lowest)).toBeCloseTo(bend / 2, 10);
    }
  });
  test("a line of equal loss has that loss all along", () => {
    const plain = ((value: number) => value) as never;
    const tenths = ((value: number) => 100 * value) as never; // the path is written with one decimal
    expect(ring(bowl(batch), 0.1, plain, plain)).toMatch(/^M/);
    for (const pair of ring(bowl(batch), 0.1, tenths, tenths).slice(1).split("L")) {
      const [slope = 0, height = 0] = pair.split(",").map((text) => Number(text) / 100);
      if (Math.hypot(slope, height) < 5) expect(loss(batch, [slope, height]) - loss(batch, lowest)).toBeCloseTo(0.1, 1);
    }
  });
});

test("a gradient is what a central difference measures", () => {
  const [batch, at, h] = [some(7), [0.3, -1.2] as const, 1e-5];
  const measured = [
    (loss(batch, [at[0] + h, at[1]]) - loss(batch, [at[0] - h, at[1]])) / (2 * h),
    (loss(batch, [at[0], at[1] + h]) - loss(batch, [at[0], at[1] - h])) / (2 * h),
  ];
  expect(gradient(batch, at)).toEqual(measured.map((one) => expect.closeTo(one, 8)));
});

test.each(SIZES)("with batches of %i each epoch looks at every sample once", (size) => {
  const { path, batches } = descend(samples, size, 0.1);
  expect(path).toHaveLength((EPOCHS * COUNT) / size + 1);
  const epoch = batches.slice(0, COUNT / size).flat();
  expect([...epoch].sort((a, b) => a - b)).toEqual(samples.map((_, i) => i));
  expect(batches.every((one) => one.length === size)).toBe(true);
});

test("angles between ways go from 0 to 180 degrees", () => {
  expect(apart([1, 0], [0, 2])).toBeCloseTo(90, 12);
  expect(apart([1, 1], [-1, -1])).toBeCloseTo(180, 12);
  expect(apart([3, 1], [6, 2])).toBeCloseTo(0, 12);
});

describe("the lesson", () => {
  const text = readFileSync(new URL("../../lessons/stochastic_descent/index.md", import.meta.url), "utf8");
  const left = (size: number, rate = 0.1) =>
    loss(samples, descend(samples, size, rate).path.at(-1) as Theta).toFixed(3);
  test("tells how far five epochs come", () => {
    const least = loss(samples, bowl(samples).lowest).toFixed(3);
    expect(text).toContain(`the loss of all samples is ${loss(samples, [0, 0]).toFixed(3)}`);
    expect(text).toContain(
      `to ${left(200)} with all samples in one batch, to ${left(20)} with batches of 20, and to ${left(2)} with batches of 2; the least possible is ${least}`,
    );
  });
  test("and how far off the way of a batch is on average", () => {
    const off = (size: number) => {
      const batches = descend(samples, size, 0.1).batches.slice(0, COUNT / size);
      const whole = gradient(samples, [0, 0]);
      const angles = batches.map((numbers) =>
        apart(
          gradient(
            numbers.map((i) => samples[i] as Sample),
            [0, 0],
          ),
          whole,
        ),
      );
      return Math.round(angles.reduce((a, b) => a + b) / angles.length);
    };
    expect(text).toContain(
      `on average ${off(1)}° off that of all samples; for batches of 5 it is ${off(5)}°, for batches of 50 it is ${off(50)}°`,
    );
  });
  test("and what a rate of 1 does with single samples", () => {
    const losses = descend(samples, 1, 1).path.map((at) => loss(samples, at));
    expect(text).toContain(`the loss is ${left(1, 1)}, twice the least possible`);
    expect(Math.round((losses.at(-1) as number) / loss(samples, bowl(samples).lowest))).toBe(2);
    expect(Math.max(...losses)).toBeGreaterThan(losses[0] as number);
  });
  test("and along which ways the valley of a sample runs and the sample pulls", () => {
    const one = samples[3] as Sample;
    const { lowest, along } = bowl([one]);
    expect(loss([one], [lowest[0] + 0.7, lowest[1] - 0.7 * one.x])).toBeCloseTo(0, 12);
    expect(Math.abs(along[0] * 1 - along[1] * one.x)).toBeCloseTo(0, 12); // along (x, 1)
  });
});

// What the pictures are made of: clipped strokes, axes that fit, numbers that can be read.

import { describe, expect, test } from "vitest";
import { count, number, point, position, rate } from "./format.ts";
import { frame, range, viewOf } from "./ground.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { heightAxis, telling } from "./loss.ts";
import { clipped, thinned } from "./plane.ts";

const box = { left: 0, right: 10, top: 0, bottom: 10 };
const on = (name: string) => landscapes.get(name) as Landscape;

describe("a stroke", () => {
  test("inside is whole", () => expect(clipped([1, 1], [9, 9], box)).toEqual([0, 1]));
  test("that leaves ends at the border", () => expect(clipped([5, 5], [15, 5], box)).toEqual([0, 0.5]));
  test("that only passes through has two ends", () => expect(clipped([-10, 5], [20, 5], box)).toEqual([1 / 3, 2 / 3]));
  test("that misses is nothing", () => expect(clipped([-5, 0], [5, -10], box)).toBeUndefined());
  test("beside the box is nothing", () => expect(clipped([11, 1], [11, 9], box)).toBeUndefined());
  test("of no length is whole inside", () => expect(clipped([5, 5], [5, 5], box)).toEqual([0, 1]));
  test("to a far place leaves where it would", () => {
    expect(clipped([5, 5], [1e28, 5], box)?.[1]).toBeCloseTo(5e-28, 40);
  });
});

test("both axes of a map have the same scale", () => {
  const { x, y } = frame(on("peaks"), 400);
  expect(x(1) - x(0)).toBeCloseTo(y(0) - y(1), 9);
});

test("the picture shows the whole range of a curve", () => {
  const { y } = frame(on("parabola"), 400);
  const [low, high] = range(on("parabola"));
  expect([low, high]).toEqual([expect.closeTo(3.25, 3), 22]);
  expect(y.domain()[0]).toBeLessThan(low);
  expect(y.domain()[1]).toBeGreaterThan(high);
});

describe("of a walk of ten thousand steps", () => {
  const seen = (pixels: [number, number][]) =>
    thinned(pixels.length, { x: (k) => pixels[k]?.[0] as number, y: (k) => pixels[k]?.[1] as number }).map(
      ({ pixel }) => pixel,
    );
  test("moves of less than a pixel are left out, its end is not", () => {
    const still = Array.from({ length: 10_001 }, (_, i): [number, number] => [100 + i / 1e4, 50]);
    expect(seen(still)).toEqual([still[0], [100.7, 50], still.at(-1)]);
  });
  test("leaps to and fro are drawn at both ends, and the middle is left out", () => {
    const leaps = Array.from({ length: 10_001 }, (_, i): [number, number] => [i % 2 ? 10 : 90, i / 100]);
    const kept = seen(leaps);
    expect(kept).toHaveLength(1500);
    expect([kept[0], kept.at(-1)]).toEqual([leaps[0], leaps.at(-1)]);
  });
  test("the highest and lowest of each few heights are drawn, in order, up to the last", () => {
    const heights = Array.from({ length: 10_001 }, (_, i) => Math.sin(i) / (i + 1));
    const drawn = telling(heights, 10_000, 600);
    expect(drawn.length).toBeLessThan(700);
    expect([...drawn].sort((a, b) => a - b)).toEqual(drawn);
    expect(drawn.at(-1)).toBe(10_000);
    for (const extreme of [Math.min(...heights), Math.max(...heights)])
      expect(drawn).toContain(heights.indexOf(extreme));
    expect(telling(heights, 5, 600)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe("a zoomed picture", () => {
  const view = viewOf(on("peaks"), [1, 2.9], 4);
  test("shows the surroundings of its place, and nothing beyond the whole picture", () => {
    expect(view).toEqual({ times: 4, centre: [1, 2.25] });
    const { x, y } = frame(on("peaks"), 400, view);
    expect([x.domain(), y.domain()]).toEqual([
      [0.25, 1.75],
      [1.5, 3],
    ]);
  });
  test("has the landscape's heights, from the lowest to the highest that it shows", () => {
    const { shown, centre } = frame(on("peaks"), 400, view);
    expect(shown.height([0.1, -0.2])).toBe(on("peaks").height([1.1, 2.25 - 0.2]));
    expect(shown.gradient([0, 0])).toEqual(on("peaks").gradient(centre));
    const [low, high] = range(shown);
    const [least, most] = range(on("peaks"));
    expect(low).toBeGreaterThan(least);
    expect(high).toBeLessThan(most);
  });
  test("of a curve is as high as the curve there", () => {
    const { y } = frame(on("square"), 400, viewOf(on("square"), [0], 8));
    expect(y.domain()[1]).toBeCloseTo(0.25 * 1.07, 8);
  });
  test("is the whole again at one time its size", () => expect(viewOf(on("peaks"), [1, 1], 1)).toBeUndefined());
});

describe("the loss axis", () => {
  test("is logarithmic where the loss falls through powers of ten", () => {
    expect(heightAxis(on("square"), [9, 1, 0.01])).toEqual({ log: true, domain: [0.01, 9] });
  });
  test("is even where it does not, or where heights are negative", () => {
    expect(heightAxis(on("parabola"), [22, 4, 3.25]).log).toBe(false);
    expect(heightAxis(on("peaks"), [8, 0.001, -6]).log).toBe(false);
  });
  test("cuts off a walk that is thrown out, so that the others can be seen", () => {
    const { domain } = heightAxis(on("parabola"), [10, 12, 1e9]);
    expect(domain[1]).toBeLessThan(15);
  });
  test("has room even for a walk that stays at one height", () => {
    const { domain } = heightAxis(on("hill"), [4, 4]);
    expect(domain[0]).toBeLessThan(domain[1]);
  });
});

test("numbers are written as people write them", () => {
  expect(number(-0.25)).toBe("−0.25");
  expect(number(12345.678)).toBe("12346");
  expect(number(2.5e-7)).toBe("2.5 · 10⁻⁷");
  expect(number(-1e12)).toBe("−10¹²");
  expect(number(0)).toBe("0");
  expect(number(Number.POSITIVE_INFINITY)).toBe("∞");
  expect(position(1.425067)).toBe("1.4251");
  expect(position(118.68816)).toBe("118.7");
  expect(point([1, -2.5])).toBe("(1, −2.5)");
  expect(rate(0.00001)).toBe("0.00001");
  expect(rate(100)).toBe("100");
  expect(rate(0.1)).toBe("0.1");
  expect(count(1000)).toBe("1,000");
});

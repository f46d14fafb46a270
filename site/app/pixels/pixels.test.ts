// What is measured in a picture is what exercise 9 measures, and the picture to begin with holds what the lesson says of it.

import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { direction, filtered, KERNELS, magnitude, slopes, texture } from "./filters.ts";
import { grey } from "./own.ts";
import { type Grey, scene } from "./scene.ts";
import { hue, Measured, pixels, THRESHOLD, told } from "./views.ts";

const picture = (...rows: number[][]): Grey => ({
  width: rows[0]?.length ?? 0,
  height: rows.length,
  values: Float64Array.from(rows.flat()),
});
const kernel = (name: string) => KERNELS[name] as readonly number[];

describe("slopes", () => {
  test("are those of the lesson's row, with whole differences at its ends", () => {
    const row = [10, 14, 26, 46, 74, 110, 154];
    expect([...slopes(picture(row, row)).right.slice(0, 7)]).toEqual([4, 8, 16, 24, 32, 40, 44]);
  });
  test("downwards are positive where it gets brighter downwards", () => {
    expect([...slopes(picture([0, 0], [6, 6], [20, 20])).down]).toEqual([6, 6, 10, 10, 14, 14]);
  });
  test("3 and −4 make a magnitude of 5, and the angle has gy first", () => {
    const both = { right: Float64Array.of(3, 0, -1), down: Float64Array.of(-4, 1, -1) };
    expect(magnitude(both)[0]).toBe(5);
    expect([0, 1, 2].map((at) => direction(both, at))).toEqual([Math.atan2(-4, 3), Math.PI / 2, (-3 * Math.PI) / 4]);
  });
  test("in a picture of one pixel are 0", () => {
    const { right, down } = slopes(picture([7]));
    expect([right[0], down[0]]).toEqual([0, 0]);
  });
});

describe("a filter", () => {
  const ground = scene();
  const inner = [...ground.values.keys()].filter((at) => {
    const [x, y] = [at % ground.width, Math.floor(at / ground.width)];
    return x > 0 && y > 0 && x < ground.width - 1 && y < ground.height - 1;
  });
  test.each([
    ["slope to the right", "right"],
    ["slope downwards", "down"],
  ] as const)("for the %s answers with that slope", (name, way) => {
    const [answers, wanted] = [filtered(ground, kernel(name)), slopes(ground)[way]];
    expect(inner.every((at) => answers[at] === wanted[at])).toBe(true);
  });
  test("for an outline answers with four times the middle below the sum of its neighbours", () => {
    expect(filtered(picture([0, 1, 0], [2, 10, 3], [0, 4, 0]), kernel("outline"))[4]).toBe(1 + 2 + 3 + 4 - 40);
  });
  test("that blurs keeps an even ground as bright as it was, at the border too", () => {
    for (const value of filtered(picture([9, 9], [9, 9]), kernel("blur"))) expect(value).toBeCloseTo(9, 12);
  });
});

describe("the picture to begin with", () => {
  const ground = scene();
  test("is the same every time, in whole numbers from 0 to 255", () => {
    expect(ground.values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)).toBe(true);
    const print = ({ values }: Grey) => createHash("sha256").update(Buffer.from(values)).digest("hex");
    expect(print(ground)).toBe(print(scene()));
  });
  const strength = (name: string, column: number, row: number) =>
    texture(filtered(ground, kernel(name)), ground.width, ground.height)[row * ground.width + column] as number;
  const [fence, roof, sky] = [
    [180, 124],
    [72, 66],
    [120, 14],
  ] as const;
  test("has a sun whose rim is an edge all around, and whose arrows point inwards", () => {
    const both = slopes(ground);
    for (let turn = 0; turn < 16; turn++) {
      const [dx, dy] = [Math.cos((turn * Math.PI) / 8), Math.sin((turn * Math.PI) / 8)];
      const at = Math.round(30 + 13 * dy) * ground.width + Math.round(186 + 13 * dx);
      const [right, down] = [both.right[at] as number, both.down[at] as number];
      expect(Math.hypot(right, down)).toBeGreaterThan(THRESHOLD);
      expect(-(right * dx + down * dy)).toBeGreaterThan(0.8 * Math.hypot(right, down));
    }
    const sky = Array.from({ length: 100 }, (_, x) => magnitude(both)[8 * ground.width + x] as number);
    expect(Math.max(...sky)).toBeLessThan(THRESHOLD);
  });
  test("has a fence of upright stripes", () => {
    expect(strength("upright stripes", ...fence)).toBeGreaterThan(5 * strength("level stripes", ...fence));
    expect(strength("upright stripes", ...fence)).toBeGreaterThan(5 * strength("upright stripes", ...sky));
  });
  test("has a roof of slanted tiles", () => {
    for (const other of ["upright stripes", "level stripes"])
      expect(strength("slanted stripes", ...roof)).toBeGreaterThan(1.5 * strength(other, ...roof));
  });
});

describe("a view", () => {
  const one = new Measured(picture([0, 0, 100], [0, 0, 100]), kernel("outline"));
  const shades = (view: "edges" | "right") =>
    [...pixels(view, one, kernel("outline"), 50)].filter((_, i) => i % 4 === 0);
  test("of edges marks what is strictly above the threshold", () =>
    expect(shades("edges")).toEqual([0, 0, 255, 0, 0, 255]));
  test("of a slope is middle grey where it is level", () =>
    expect(shades("right").slice(0, 3)).toEqual([128, 191, 255]));
  test("of directions goes through the colours once a turn", () => {
    expect(hue(0)).toEqual([255, 0, 0]);
    expect(hue(-Math.PI).map(Math.round)).toEqual(hue(Math.PI).map(Math.round));
  });
  test("tells of each pixel what is known", () => {
    expect(told(one, 2, 1, "filter")).toBe(
      "Row 1, column 2: brightness 100, slopes (100, 0). Magnitude 100, direction 0°: it gets brighter to the right. The filter answers −100.",
    );
    expect(told(one, 0, 0, "edges")).toContain("level there, so there is no direction");
  });
});

test("a reader's picture is made grey by how bright its colours look", () => {
  const data = [255, 255, 255, 255, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255];
  expect([...grey({ width: 2, height: 2, data }).values]).toEqual([255, 76, 150, 29]);
});

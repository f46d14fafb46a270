// What is said to a flag: how far off it was, and that none could stand where a walk has no end in the picture.

import { expect, test } from "vitest";
import { verdict } from "./flag.ts";
import { parse, runsOf } from "./settings.ts";
import { type Walk, walk } from "./walk.ts";

function told(flag: number[], settings: Record<string, string>): string {
  const setup = parse((name) => settings[name] ?? null);
  const [done] = runsOf(setup).map((run): Walk => walk(setup.landscape, run));
  return verdict(setup.landscape, done as Walk, flag);
}

const WAVY = { landscape: "unfortunate", start: "1.9", rate: "0.01", epochs: "150" };
const PEAKS = { landscape: "peaks", method: "ascent", start: "0.5,0.5", rate: "0.01", epochs: "300" };

test("a flag in another valley is told how far off it was", () => {
  expect(told([0.4758], WAVY)).toBe("The walk ends at 1.4251, 0.95 from your flag.");
});

test("on a map the distance is the straight one", () => {
  const [x, y] = [1.286 - 3, -0.005 + 4];
  expect(told([x, y], PEAKS)).toMatch(/^The walk ends at \(1\.28\d+, −0\.00\d+\), 5 from your flag\.$/);
});

test("a flag on the place, and one close to it, hear so", () => {
  expect(told([1.43], WAVY)).toMatch(/that is the place\.$/);
  expect(told([1.55], WAVY)).toMatch(/that is close\.$/);
});

test("no flag could stand outside the picture, nor beyond all numbers", () => {
  expect(told([0], { landscape: "parabola", start: "2", rate: "0.4", epochs: "20" })).toMatch(/outside the picture/);
  expect(told([1], { landscape: "double-well", start: "2", rate: "0.2", epochs: "50" })).toMatch(/too large/);
});

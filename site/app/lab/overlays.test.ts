// What is laid over a map, and how it is first seen in three dimensions.

import { expect, test } from "vitest";
import { bestTurn } from "./axes3d.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { levelThrough } from "./overlays.ts";

const on = (name: string) => landscapes.get(name) as Landscape;

test.each([
  ["bowl", [1.2, -0.7]],
  ["peaks", [1, 1]],
  ["valley", [-2, 0.5]],
])("on %s the level line is as high all along as the point it goes through", (name, point) => {
  const landscape = on(name);
  const places = levelThrough(landscape, point).flat();
  const height = landscape.height(point);
  expect(places.length).toBeGreaterThan(20);
  const inside = places.filter((p) => p.every((x) => Math.abs(x) < landscape.domain[1]));
  for (const p of inside) expect(Math.abs(landscape.height(p) - height)).toBeLessThan(0.02 * (1 + Math.abs(height)));
  const near = Math.min(...inside.map(([x = 0, y = 0]) => Math.hypot(x - (point[0] ?? 0), y - (point[1] ?? 0))));
  expect(near).toBeLessThan(landscape.domain[1] / 50);
});

test("what is low stands in front of what is high, and what is alike all round keeps the usual angle", () => {
  expect(bestTurn(on("bowl"), -0.6)).toBe(-0.6);
  // The deep hollow of peaks lies at y = -1.6, the high hill at y = 1.6: the viewer stands on the hollow's side.
  expect(Math.cos(bestTurn(on("peaks"), -0.6))).toBeGreaterThan(0.7);
  const back = { ...on("peaks"), height: ([x = 0, y = 0]) => on("peaks").height([x, -y]) } as Landscape;
  expect(Math.cos(bestTurn(back, -0.6))).toBeLessThan(-0.7);
});

// Surveys say of many walks what each of them does alone.

import { expect, test } from "vitest";
import { type Landscape, landscapes } from "./landscapes.ts";
import { shade } from "./ratemap.ts";
import { parse } from "./settings.ts";
import { basinRow, decayAt, goals, MAP, mapRow, rateAt } from "./survey.ts";
import { DEFAULTS, distance, type Run, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const run = (more: Partial<Run>): Run => ({
  ...DEFAULTS,
  method: "descent",
  start: [0, 0],
  rate: 0.01,
  epochs: 200,
  ...more,
});

test.each([
  ["himmelblau", run({}), 4],
  ["peaks", run({ method: "ascent" }), 3],
  ["double-well", run({ start: [0], rate: 0.05 }), 2],
  ["unfortunate", run({ start: [0], method: "momentum" }), 4],
] as const)("on %s each start is counted to where its walk ends", (name, how, bottoms) => {
  const landscape = on(name);
  const ends = goals(landscape, how);
  expect(ends).toHaveLength(bottoms);
  const cells = 12;
  const [low, high] = landscape.domain;
  const at = (i: number) => low + ((high - low) * (i + 0.5)) / cells;
  const seen = new Set<number>();
  for (const row of landscape.variables.length === 1 ? [0] : [0, 4, 11]) {
    basinRow(landscape, how, cells, row).forEach((basin, i) => {
      const start = landscape.variables.length === 1 ? [at(i)] : [at(i), at(row)];
      const end = walk(landscape, { ...how, start }).points.at(-1) as number[];
      const nearest = ends.findIndex((goal) => distance(goal, end) < 0.02 * (high - low));
      expect(basin).toBe(nearest);
      seen.add(basin);
    });
  }
  expect([...seen].filter((basin) => basin >= 0).length).toBeGreaterThan(1);
});

test("a start whose walk is thrown out belongs to no basin", () => {
  expect([...basinRow(on("double-well"), run({ start: [0], rate: 0.4 }), 6, 0)]).toContain(-1);
});

test("the map's cells say after how many steps a walk with their rate and decay arrives", () => {
  const how = run({ method: "momentum", start: [-2, 1] });
  const j = 20;
  const row = mapRow(on("valley"), how, j);
  const close = (p: readonly number[]) => distance(p, [0, 0]) <= 2e-4 * 6;
  let arrived = 0;
  for (let i = 0; i < MAP.rates; i += 3) {
    const { points, overflow } = walk(on("valley"), { ...how, rate: rateAt(i), decay: decayAt(j) });
    const there = overflow === undefined && close(points.at(-1) as number[]);
    expect(row[i]).toBe(there ? points.findLastIndex((p) => !close(p)) + 1 : -1);
    arrived += Number(there);
  }
  expect(arrived).toBeGreaterThan(2);
});

test("each cell's rate and decay are ones that a set-up may have", () => {
  for (let i = 0; i < MAP.rates; i++)
    for (const j of [0, 7, MAP.decays - 1])
      expect(() =>
        parse((name) => ({ rate: String(rateAt(i)), decay: String(decayAt(j)) })[name] ?? null),
      ).not.toThrow();
  expect(decayAt(MAP.decays - 1)).toBe(0.99);
  expect(rateAt(1)).toBeGreaterThan(rateAt(0));
});

test("fewer steps are never lighter", () => {
  const shades = [1, 4, 12, 40, 150, 1000].map((steps) => shade(steps, 1000));
  expect(new Set(shades).size).toBe(6);
  expect(shade(5000, 1000)).toBe(shade(1000, 1000));
});

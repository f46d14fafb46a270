// The walks' numbers as CSV: every step, all digits, and nothing that a spreadsheet would run.

import { expect, test } from "vitest";
import { csv } from "./export.ts";
import { parse, runsOf } from "./settings.ts";
import { walk } from "./walk.ts";

const made = (attributes: Record<string, string>) => {
  const setup = parse((name) => attributes[name] ?? null);
  const walks = runsOf(setup).map((run) => walk(setup.landscape, run));
  return { walks, rows: csv(setup, walks).trimEnd().split("\r\n") };
};

test("has a row for each step of each run, and every digit", () => {
  const { walks, rows } = made({ landscape: "valley", start: "-2.5,2", epochs: "7", runs: "rate=0.01; rate=0.09" });
  expect(rows[0]).toBe("run,method,rate,step,x,y,height,slope_x,slope_y");
  expect(rows).toHaveLength(1 + 2 * 8);
  const [name, method, rate, step, ...numbers] = rows[12]?.split(",") ?? [];
  expect([name, method, rate, step]).toEqual(["rate 0.09", "descent", "0.09", "3"]);
  const done = walks[1];
  expect(numbers.map(Number)).toEqual([...(done?.points[3] ?? []), done?.heights[3], ...(done?.gradients[3] ?? [])]);
});

test("quotes what has a comma in it, and leaves a minus before a number alone", () => {
  const { rows } = made({ landscape: "bowl", epochs: "1", runs: "start=-1,2; start=1,1" });
  expect(rows[1]).toMatch(/^"from −1,2",descent,0.1,0,-1,2,5,-2,4$/);
});

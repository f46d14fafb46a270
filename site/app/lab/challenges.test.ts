// The questions on the lab's page: what their answers claim is what the lab shows.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { levelPlaces } from "./critical.ts";
import { parse, runsOf } from "./settings.ts";
import { verdict } from "./verdict.ts";
import { type Walk, walk } from "./walk.ts";

const page = readFileSync(new URL("../../lab.md", import.meta.url), "utf8");
const questions = page.split(/^\d+\. /m).slice(1);

/** Follow the link of a question, with some of its settings changed; answer with the walk and what is said of it. */
function tried(
  question: number,
  changes: Record<string, string | number> = {},
  link = 0,
): { done: Walk; text: string } {
  const links = [...(questions[question - 1] as string).matchAll(/lab\.md\?([^)]*)/g)];
  const query = new URLSearchParams(links[link]?.[1]);
  for (const [name, value] of Object.entries(changes)) query.set(name, String(value));
  const setup = parse((name) => query.get(name));
  const done = walk(setup.landscape, runsOf(setup)[0] as never);
  return { done, text: verdict(setup.landscape, done).text };
}

const says = (question: number, ...claims: string[]) => {
  for (const claim of claims) expect(questions[question - 1]).toContain(claim);
};

test("the largest rate", () => {
  says(1, "Below 0.1 in the valley", "3 + \\sqrt 2 \\approx 4.414", "the limit is 0.453");
  expect(2 / (3 + Math.sqrt(2))).toBeCloseTo(0.453, 3);
  for (const [link, limit] of [0.1, 2 / (3 + Math.sqrt(2))].entries()) {
    expect(tried(1, { rate: 0.99 * limit, epochs: 2000 }, link).text).toMatch(/^Arrived/);
    expect(tried(1, { rate: 1.01 * limit, epochs: 2000 }, link).text).toMatch(/^Diverged/);
  }
});

test("one step", () => {
  says(2, "$1/L = 1/6 \\approx 0.1667$");
  for (const start of [-2, 0, 2])
    expect(tried(2, { start, rate: 1 / 6, epochs: 1 }).done.points[1]?.[0]).toBeCloseTo(0.5, 12);
});

test("the unfortunate start", () => {
  says(3, "between 0 and 1.0545", "the valley at 0.4758", "the one at 1.4251");
  const { landscape } = parse((name) => (name === "landscape" ? "unfortunate" : null));
  const hilltop = levelPlaces(landscape).find(({ kind, point: [x = 0] }) => kind === "maximum" && x > 0.5);
  expect(hilltop?.point[0]).toBeCloseTo(1.0545, 4);
  expect(tried(3).text).toMatch(/never moves/);
  for (const start of [0.001, 0.1, 1.05]) expect(tried(3, { start }).text).toMatch(/Arrived.*x = 0.4758/);
  for (const start of [1.06, 1.9]) expect(tried(3, { start }).text).toMatch(/Arrived.*x = 1.4251/);
});

test("out of the hollow", () => {
  says(4, "With 0.78 it stays; with 0.8 it gets out and settles at 0.4758. With 0.9 it even crosses");
  expect(tried(4, { decay: 0.78 }).text).toMatch(/Arrived.*x = 1.4251/);
  expect(tried(4, { decay: 0.8 }).text).toMatch(/Arrived.*x = 0.4758/);
  expect(tried(4, { decay: 0.9 }).text).toMatch(/x = −0.4758/);
});

test("swinging", () => {
  says(5, "At 0.07 it goes round through four places", "At 0.08 it hops about");
  expect(tried(5).text).toMatch(/swings between/);
  expect(tried(5, { rate: 0.07 }).text).toMatch(/round through 4 places/);
  expect(tried(5, { rate: 0.08 }).text).toMatch(/hops about/);
});

test("across the plateau", () => {
  says(6, "Adam needs 208 steps", "AdaGrad with rate 4 arrives after 36 steps");
  expect(tried(6).text).toMatch(/Arrived.*after 208 steps/);
  expect(tried(6, { method: "adagrad", rate: 4 }).text).toMatch(/Arrived.*after 36 steps/);
  expect(tried(6, { method: "descent", rate: 20, epochs: 200 }).text).toMatch(/crawls/);
});

test("the highest summit", () => {
  says(7, "the top at 8.106", "From (1, 0.6) it ends on the summit at 3.592");
  for (const start of ["0,0.6", "-1,0.6", "0,3", "2,2"]) expect(tried(7, { start }).text).toMatch(/height 8.1062/);
  expect(tried(7).text).toMatch(/height 3.592/);
  expect(tried(7, { start: "-2.5,1" }).done.left).toBeDefined();
});

test("saddles", () => {
  says(8, "Start exactly at $y = 0$");
  expect(tried(8).text).toMatch(/^Ran out of the picture/);
  expect(tried(8, { start: "1.5,0" }).text).toMatch(/Stopped on the saddle|saddle/);
  const moves = tried(8, {}, 1).done.points.map((p) => p[0] as number);
  expect(moves.at(-1)).toBeGreaterThan(0);
  expect(moves.at(-1)).toBeLessThan(0.1);
});

test("noise", () => {
  says(9, "from 0.71 in the long run to 0.14", "to 0.32");
  for (const [changes, radius] of [
    [{}, "0.71"],
    [{ batch: 25 }, "0.14"],
    [{ rate: 0.05 }, "0.32"],
  ] as const)
    expect(tried(9, changes).text).toContain(`In the long run this rate and this noise make it ${radius}`);
});

test("noise that helps", () => {
  says(10, "at 1.4251", "less than 0.1 from 0.4758 or −0.4758", "the seeds from 1 to 7");
  expect(tried(10, { noise: 0, schedule: "constant" }).text).toMatch(/Arrived.*x = 1.4251/);
  for (let seed = 1; seed <= 7; seed++) {
    const [end = 0] = tried(10, { seed }).done.points.at(-1) ?? [];
    expect(Math.abs(Math.abs(end) - 0.4758)).toBeLessThan(0.1);
  }
});

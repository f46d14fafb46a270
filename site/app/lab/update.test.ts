// The update written out: its last line is the step that the walk takes, and its numbers are those of the rule.

import { expect, test } from "vitest";
import { number } from "./format.ts";
import { type Landscape, landscapes, type Point } from "./landscapes.ts";
import { type Method, methodsOn } from "./methods.ts";
import { workings } from "./update.ts";
import { DEFAULTS, type Walk, walk } from "./walk.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const walked = (landscape: string, method: Method, start: Point): Walk =>
  walk(on(landscape), { ...DEFAULTS, method, start, rate: 0.1, epochs: 6 });
const lines = (method: Method, k: number) =>
  workings(on("square"), walked("square", method, [-3]), k).map(
    ({ name, numbers, value }) => `${name} = ${numbers || "…"} = ${value}`,
  );

test.each<[Method, number, string[]]>([
  ["descent", 0, ["g = … = −6", "new x = −3 − 0.1 · (−6) = −2.4"]],
  ["ascent", 0, ["g = … = −6", "new x = −3 + 0.1 · (−6) = −3.6"]],
  ["momentum", 1, ["g = … = −4.8", "u = 0.9 · (−0.6) + 0.1 · (−4.8) = −1.02", "new x = −2.4 − (−1.02) = −1.38"]],
  ["nesterov", 1, ["g = … = −3.72", "u = 0.9 · (−0.6) + 0.1 · (−3.72) = −0.912", "new x = −2.4 − (−0.912) = −1.488"]],
  ["adagrad", 0, ["g = … = −6", "v = 0 + (−6)² = 36", "new x = −3 − 0.1 · (−6) / (√36 + 10⁻⁸) = −2.9"]],
  ["rmsprop", 0, ["g = … = −6", "v = 0.9 · 0 + 0.1 · (−6)² = 3.6", "new x = −3 − 0.1 · (−6) / (√3.6 + 10⁻⁸) = −2.684"]],
  [
    "adam",
    0,
    [
      "g = … = −6",
      "u = 0.9 · 0 + 0.1 · (−6) = −0.6",
      "v = 0.999 · 0 + 0.001 · (−6)² = 0.036",
      "û = −0.6 / (1 − 0.9^1) = −6",
      "v̂ = 0.036 / (1 − 0.999^1) = 36",
      "new x = −3 − 0.1 · (−6) / (√36 + 10⁻⁸) = −2.9",
    ],
  ],
])("%s at step %i", (method, k, expected) => expect(lines(method, k)).toEqual(expected));

test.each(
  [...landscapes.values()].flatMap((landscape) => methodsOn(landscape).map((m) => [landscape.name, m] as const)),
)("on %s %s is said to go where it goes, at every step", (name, method) => {
  const done = walked(name, method, on(name).variables.length === 1 ? [1.3] : [1.3, -0.7]);
  done.points.slice(1).forEach((next, k) => {
    const said = next.length === 1 ? number(next[0] as number) : `(${next.map((x) => number(x)).join(", ")})`;
    expect(workings(on(name), done, k).at(-1)?.value).toBe(said);
  });
});

test("the step after the last is written out too, but for one that chance has not dealt yet", () => {
  expect(workings(on("square"), walked("square", "descent", [-3]), 6).at(-1)?.value).toBe("−0.6291");
  expect(workings(on("neuron"), walked("neuron", "stochastic", [1, 1]), 6)).toEqual([]);
});

test("stochastic descent says which data point it looks at", () => {
  const done = walked("neuron", "stochastic", [-2, -2]);
  for (const [k, sample] of done.samples.entries())
    expect(workings(on("neuron"), done, k)[0]?.rule).toContain(`of data point ${sample + 1} alone`);
});

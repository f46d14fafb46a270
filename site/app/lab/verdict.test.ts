// What the verdict says, in every case that the course knows; whether it is true everywhere is asked in truth.test.ts.

import { expect, test } from "vitest";
import type { Outcome, Verdict } from "./said.ts";
import { parse, runsOf } from "./settings.ts";
import { typed } from "./typed.ts";
import { verdict } from "./verdict.ts";
import { DEFAULTS, walk } from "./walk.ts";

function judged(landscape: string, attributes: Record<string, string | number>): Verdict {
  const setup = parse((name) => (name === "landscape" ? landscape : (attributes[name]?.toString() ?? null)));
  return verdict(setup.landscape, walk(setup.landscape, runsOf(setup)[0] as never));
}

type Row = [
  claim: string,
  landscape: string,
  attributes: Record<string, string | number>,
  outcome: Outcome,
  words: RegExp,
];

test.each<Row>([
  ["no steps", "square", { start: 2, epochs: 0 }, "unmoved", /^No steps/],
  ["a maximum holds for ever", "unfortunate", { start: 0 }, "unmoved", /exactly on a maximum, at x = 0.*never moves/],
  ["a saddle holds for ever", "saddle", { start: "0,0" }, "unmoved", /exactly on a saddle, at \(0, 0\).*never moves/],
  ["a monkey saddle too", "monkey", { start: "0,0" }, "unmoved", /exactly on a saddle/],
  ["in the minimum already", "parabola", { start: 0.5 }, "unmoved", /exactly in a minimum.*no step is needed/],
  [
    "a minimum holds an ascent",
    "bowl",
    { start: "0,0", method: "ascent" },
    "unmoved",
    /exactly on a minimum.*never moves/,
  ],
  [
    "on the summit already",
    "hill",
    { start: 0, method: "ascent" },
    "unmoved",
    /exactly on a maximum.*no step is needed/,
  ],
  ["a step lost in rounding", "square", { start: 2, rate: 1e-12, epochs: 1 }, "crawls", /rate .* is too small/],
  [
    "2/L in one dimension",
    "parabola",
    { start: 2, rate: 0.34, epochs: 30 },
    "diverged",
    /in step 2: the rate 0.34 is above 2\/L = 0.33333, where L = 6.*1.04 times/,
  ],
  [
    "2/L in two",
    "valley",
    { start: "-2.5,1", rate: 0.11 },
    "diverged",
    /in step 7: the rate 0.11 is above 2\/L = 0.1, where L = 20.*1.2 times/,
  ],
  ["2/L on a hill that is climbed", "hill", { start: 1, rate: 1.2, method: "ascent" }, "diverged", /above 2\/L = 1/],
  [
    "only in the flat direction",
    "valley",
    { start: "1,0", rate: 2.5 },
    "diverged",
    /above 2\/L = 0.1, .*The last leap was 1.5 times as long/,
  ],
  [
    "momentum's own limit",
    "valley",
    { start: "-2.5,1", rate: 0.2, method: "momentum" },
    "diverged",
    /above Momentum's limit, 3.8\/L = 0.19/,
  ],
  [
    "Nesterov's own limit",
    "valley",
    { start: "-2.5,1", rate: 0.08, method: "nesterov" },
    "diverged",
    /above Nesterov's limit, 1.36\/L = 0.06786/,
  ],
  [
    "an overflow on a quartic",
    "double-well",
    { start: 2, rate: 0.2 },
    "diverged",
    /in step 1: each jump lands on steeper ground.*In step 6 the numbers are too large/,
  ],
  ["an overflow at once", "double-well", { start: 2, rate: 1e6, epochs: 9 }, "diverged", /too large/],
  [
    "a hill has no lowest place",
    "hill",
    { start: -1.5, epochs: 30 },
    "ran away",
    /in step 2: the ground falls without end.*−356.1/,
  ],
  [
    "a bowl has no summit",
    "bowl",
    { start: "0.5,0.2", method: "ascent", epochs: 30 },
    "ran away",
    /in step 10: the ground rises without end/,
  ],
  [
    "a saddle falls to two sides",
    "saddle",
    { start: "1.5,0.001", epochs: 42 },
    "ran away",
    /in step 42: the ground falls/,
  ],
  [
    "a jump off the map",
    "peaks",
    { start: "0,1.4", rate: 0.5, epochs: 1000 },
    "outside",
    /Jumped out .* step of length 2.12, step 2.*almost level/,
  ],
  [
    "the one minimum",
    "parabola",
    { start: -2, rate: 0.1, epochs: 20 },
    "arrived",
    /in the minimum at x = 0.5, height 3.25, after 9 steps/,
  ],
  ["leaping there", "parabola", { start: 2, rate: 0.3 }, "arrived", /side to side .* above 1\/L/],
  [
    "one of two global minima",
    "double-well",
    { start: 2, rate: 0.05 },
    "arrived",
    /one of the 2 global minima at x = 1,/,
  ],
  [
    "the global minimum of several",
    "wave",
    { start: 0, rate: 0.1, epochs: 200 },
    "arrived",
    /the global minimum at x = −1.4289/,
  ],
  [
    "a local minimum",
    "unfortunate",
    { start: 1.9, rate: 0.01, epochs: 150 },
    "arrived",
    /a local minimum at x = 1.4251.*not the lowest: at −0.4758 and 0.4758 the height is −0.7621/,
  ],
  [
    "the highest summit",
    "peaks",
    { start: "0,0.5", rate: 0.01, epochs: 300, method: "ascent" },
    "arrived",
    /the global maximum at \(−0.0093, 1.5814\), height 8.1062/,
  ],
  [
    "a lower summit",
    "peaks",
    { start: "0.5,0.5", rate: 0.01, epochs: 300, method: "ascent" },
    "arrived",
    /a local maximum.*not the highest: at \(−0.0093, 1.5814\) the height is 8.1062/,
  ],
  [
    "a summit in one dimension",
    "hill",
    { start: -1.5, rate: 0.3, epochs: 30, method: "ascent" },
    "arrived",
    /the maximum at x = 0, height 4/,
  ],
  [
    "loss is called loss",
    "neuron",
    { start: "-2,-2", rate: 8, epochs: 200 },
    "arrived",
    /minimum at \(1.7918, −2.2822\), loss 0/,
  ],
  [
    "straight into the saddle",
    "saddle",
    { start: "1.5,0", epochs: 60 },
    "level",
    /Stopped on the saddle at \(0, 0\), which is no minimum.*falls to two sides/,
  ],
  [
    "an ascent into the saddle",
    "saddle",
    { start: "0,1.5", epochs: 60, method: "ascent" },
    "level",
    /no maximum.*rises to two sides/,
  ],
  [
    "beside a maximum",
    "unfortunate",
    { start: 0.0001, rate: 0.01, epochs: 3 },
    "crawls",
    /Still beside the maximum at x = 0.*1.37 times/,
  ],
  [
    "near a saddle",
    "saddle",
    { start: "1.5,0.001", epochs: 20 },
    "crawls",
    /Near the saddle at \(0, 0\) the ground is almost level/,
  ],
  [
    "for ever to and fro",
    "unfortunate",
    { start: 0.4, rate: 0.05, epochs: 100 },
    "oscillates",
    /swings between x = 0.5352 and x = 0.4128. The rate 0.05 is above 2\/L = 0.04875/,
  ],
  [
    "hardly less each time",
    "parabola",
    { start: 2, rate: 0.3333, epochs: 30 },
    "oscillates",
    /only just below 2\/L = 0.33333: each leap is 0.9998 times/,
  ],
  ["exactly at the limit", "square", { start: 2, rate: 1, epochs: 30 }, "oscillates", /exactly 2\/L = 1/],
  [
    "round about a summit",
    "peaks",
    { start: "0,1", rate: 0.1, epochs: 300, method: "ascent" },
    "oscillates",
    /round through 4 places .* above 2\/L = 0.06167/,
  ],
  [
    "RMSProp hops about",
    "neuron",
    { start: "-2,-2", rate: 0.1, epochs: 200, method: "rmsprop" },
    "oscillates",
    /hops about the minimum.*RMSProp divides/,
  ],
  [
    "almost",
    "square",
    { start: -3, epochs: 20 },
    "almost there",
    /at x = −0.0346.*0.035 from the minimum at x = 0, and coming closer/,
  ],
  [
    "almost, at a local one",
    "wave",
    { start: 5, rate: 0.01, epochs: 1000 },
    "almost there",
    /0.0093 from a local minimum at x = 4.3058.*not the lowest/,
  ],
  [
    "a rate too small",
    "peaks",
    { start: "0,1.4", rate: 0.00001, epochs: 1000 },
    "crawls",
    /The rate 0.00001 is too small.*7,700 such steps/,
  ],
  [
    "a plateau",
    "neuron",
    { start: "-4,-4", rate: 1, epochs: 1000 },
    "crawls",
    /ground is almost level here \(slope 0.0014\), yet no minimum/,
  ],
  [
    "AdaGrad slows down",
    "neuron",
    { start: "-2,-2", rate: 0.1, epochs: 200, method: "adagrad" },
    "crawls",
    /AdaGrad's steps shrink/,
  ],
  [
    "a hilltop where the ground rises without end",
    "double-well",
    { start: 0.5, method: "ascent", rate: 0.1 },
    "arrived",
    /a local maximum at x = 0, .* No place is the highest: farther out the ground rises without end/,
  ],
  [
    "nothing brings it to rest",
    "square",
    { start: 3, rate: 0.1, method: "momentum", decay: 1, epochs: 400 },
    "oscillates",
    /Does not settle.*nothing brings it to rest/,
  ],
  [
    "swings that die down",
    "square",
    { start: 3, rate: 0.1, method: "momentum", decay: 0.99, epochs: 60 },
    "oscillates",
    /Has not settled after 60 steps.*With γ = 0.99 .*die down slowly/,
  ],
  [
    "short steps at a huge rate",
    "double-well",
    { start: 1.5, rate: 1e6, method: "rmsprop", decay: 0.99, epochs: 60 },
    "crawls",
    /RMSProp still divides by the steep slopes/,
  ],
  ["on its way", "valley", { start: "-2.5,2", rate: 0.01 }, "on its way", /after 50 steps.*fell from 43.125 to 1.1439/],
  ["on its way up", "hill", { start: -1.5, epochs: 3, method: "ascent" }, "on its way", /rose from 1.75/],
  [
    "leaping, not there yet",
    "parabola",
    { start: 2, rate: 0.32, epochs: 30 },
    "on its way",
    /side to side of the minimum at x = 0.5, each leap 0.92 times/,
  ],
])("%s: %s, %j", (_, landscape, attributes, outcome, words) => {
  const found = judged(landscape, attributes);
  expect(found.text).toMatch(words);
  expect(found.outcome).toBe(outcome);
});

test.each([0.001, 0.01])(
  "a walk that its rate %f keeps from the hollow is not told that the ground is level",
  (rate) => {
    const landscape = typed("x^4 - 2*x^2 + 0.3*x + y^2", 3);
    const run = { ...DEFAULTS, method: "descent" as const, start: [0, 1.4], rate, epochs: 100 };
    const { text } = verdict(landscape, walk(landscape, run));
    expect(text).not.toMatch(/level/);
  },
);

// The update rules give the numbers that the exercises' own examples give.

import { expect, test } from "vitest";
import type { Landscape, Point } from "./landscapes.ts";
import { landscapes } from "./landscapes.ts";
import { METHODS, type Method, methodsOn } from "./methods.ts";
import { DEFAULTS, type Run, walk } from "./walk.ts";

const ground = (gradient: (p: Point) => number[]): Landscape => ({
  ...(landscapes.get("bowl") as Landscape),
  gradient,
  height: () => 0,
});

const path = (
  method: Method,
  gradient: (p: Point) => number[],
  start: Point,
  rate: number,
  epochs: number,
  more: Partial<Run> = {},
) =>
  walk(ground(gradient), { method, start, rate, epochs, ...DEFAULTS, ...more }).points.map((p) =>
    p.map((x) => Number(x.toFixed(6)) + 0),
  );

const bowl = ([x = 0, y = 0]: Point) => [x, 2 * y];
const plane = () => [300, -0.5];

test("descent goes against the gradient", () => {
  expect(path("descent", bowl, [1, -2], 0.25, 2)).toEqual([
    [1, -2],
    [0.75, -1],
    [0.5625, -0.5],
  ]);
});

test("ascent goes with it", () => {
  expect(path("ascent", ([x = 0, y = 0]) => [-2 * x, -4 * y], [1, -2], 0.125, 2)).toEqual([
    [1, -2],
    [0.75, -1],
    [0.5625, -0.5],
  ]);
});

test("momentum rolls past the bottom", () => {
  expect(path("momentum", bowl, [1, -2], 0.5, 3, { decay: 0.5 })).toEqual([
    [1, -2],
    [0.5, 0],
    [0, 1],
    [-0.25, 0.5],
  ]);
});

test("Nesterov looks where the move leads", () => {
  expect(path("nesterov", bowl, [1, -2], 0.5, 2, { decay: 0.5 })).toEqual([
    [1, -2],
    [0.5, 0],
    [0.125, 0],
  ]);
});

test("AdaGrad's first step is as long as the rate, on any slope", () => {
  expect(path("adagrad", plane, [0, 0], 1, 2)).toEqual([
    [0, 0],
    [-1, 1],
    [-1.707107, 1.707107],
  ]);
});

test("RMSProp's mean of squares starts at zero, uncorrected", () => {
  expect(path("rmsprop", plane, [0, 0], 0.1, 2, { decay: 0.75 })).toEqual([
    [0, 0],
    [-0.2, 0.2],
    [-0.351186, 0.351186],
  ]);
});

test("Adam's corrected steps are as long as the rate, and its decays are its own", () => {
  expect(path("adam", plane, [0, 0], 0.1, 2, { decay: 0.1 })).toEqual([
    [0, 0],
    [-0.1, 0.1],
    [-0.2, 0.2],
  ]);
});

test("only a landscape made of data has stochastic descent", () => {
  for (const landscape of landscapes.values()) {
    const wanted = landscape.name === "neuron" ? METHODS.length : METHODS.length - 1;
    expect(methodsOn(landscape)).toHaveLength(wanted);
  }
});

// The landscapes: each with its height, its exact gradient and Hessian, and the square or stretch of it that is drawn.

import { answer, neuronBend, pull, X, Y } from "./neuron.ts";
import { peaks } from "./peaks.ts";

export type Point = readonly number[];
export type Matrix = readonly Point[];

export interface Landscape {
  name: string;
  title: string;
  formula: string;
  variables: readonly string[];
  domain: readonly [number, number]; // of each variable: the picture is a stretch or a square
  height(p: Point): number;
  gradient(p: Point): number[];
  hessian(p: Point): number[][];
  quadratic: boolean; // its Hessian is the same everywhere, so that 2/L holds everywhere
  endless: { down: boolean; up: boolean }; // the ground falls, or rises, without end
  measure: "height" | "loss"; // what the height is called
  bend: 1 | 2 | 4; // contour lines lie evenly, or crowd below as the powers of even steps do
  typed?: string; // of a function that a reader typed in: how its slopes are found; nothing is known of it beyond the picture
  samples?: readonly ((p: Point) => number[])[]; // gradient of the loss of each data point alone
}

const { PI, cos, exp, sin } = Math;
const TURN = 2 * PI;
const square = (x: number) => x * x; // as exact as NumPy's x**2, which V8's `**` is not

type Curve = [height: (x: number) => number, slope: (x: number) => number, bend: (x: number) => number];

function curve(
  name: string,
  title: string,
  formula: string,
  limit: number,
  [height, slope, bend]: Curve,
  more: Partial<Landscape> = {},
): Landscape {
  return {
    name,
    title,
    formula,
    variables: ["x"],
    domain: [-limit, limit],
    height: ([x = Number.NaN]) => height(x),
    gradient: ([x = Number.NaN]) => [slope(x)],
    hessian: ([x = Number.NaN]) => [[bend(x)]],
    quadratic: false,
    endless: { down: false, up: true },
    measure: "height",
    bend: 1,
    ...more,
  };
}

type Surface = [
  height: (x: number, y: number) => number,
  gradient: (x: number, y: number) => [number, number],
  hessian: (x: number, y: number) => [xx: number, xy: number, yy: number],
];

function surface(
  name: string,
  title: string,
  formula: string,
  limit: number,
  [height, gradient, hessian]: Surface,
  more: Partial<Landscape> = {},
): Landscape {
  return {
    name,
    title,
    formula,
    variables: ["x", "y"],
    domain: [-limit, limit],
    height: ([x = Number.NaN, y = Number.NaN]) => height(x, y),
    gradient: ([x = Number.NaN, y = Number.NaN]) => gradient(x, y),
    hessian: ([x = Number.NaN, y = Number.NaN]) => {
      const [xx, xy, yy] = hessian(x, y);
      return [
        [xx, xy],
        [xy, yy],
      ];
    },
    quadratic: false,
    endless: { down: false, up: true },
    measure: "height",
    bend: 1,
    ...more,
  };
}

const bowl = { quadratic: true, bend: 2 } as const;
const both = { down: true, up: true };

const all: Landscape[] = [
  curve("square", "Square", "x²", 4, [(x) => x * x, (x) => 2 * x, () => 2], bowl),
  curve("parabola", "Parabola", "3x² − 3x + 4", 2, [(x) => 3 * x * x - 3 * x + 4, (x) => 6 * x - 3, () => 6], bowl),
  curve("unfortunate", "Unfortunate start", "cos 2πx + x²", 2, [
    (x) => cos(TURN * x) + x * x,
    (x) => 2 * x - TURN * sin(TURN * x),
    (x) => 2 - square(TURN) * cos(TURN * x),
  ]),
  curve(
    "wave",
    "Fading wave",
    "sin x · exp(−0.05 x²)",
    TURN,
    [
      (x) => sin(x) * exp(-0.05 * x * x),
      (x) => (cos(x) - 0.1 * x * sin(x)) * exp(-0.05 * x * x),
      (x) => ((0.01 * x * x - 1.1) * sin(x) - 0.2 * x * cos(x)) * exp(-0.05 * x * x),
    ],
    { endless: { down: false, up: false } },
  ),
  curve("double-well", "Double well", "(x² − 1)²", 2, [
    (x) => square(x * x - 1),
    (x) => 4 * x * (x * x - 1),
    (x) => 12 * x * x - 4,
  ]),
  curve("hill", "Hill", "4 − x²", 2, [(x) => 4 - x * x, (x) => -2 * x, () => -2], {
    quadratic: true,
    endless: { down: true, up: false },
  }),
  surface("bowl", "Bowl", "x² + y²", 3, [(x, y) => x * x + y * y, (x, y) => [2 * x, 2 * y], () => [2, 0, 2]], bowl),
  surface(
    "valley",
    "Valley",
    "(x² + 20y²) / 2",
    3,
    [(x, y) => (x * x + 20 * y * y) / 2, (x, y) => [x, 20 * y], () => [1, 0, 20]],
    bowl,
  ),
  surface(
    "twisted",
    "Twisted bowl",
    "x² + xy + 2y²",
    3,
    [(x, y) => x * x + x * y + 2 * y * y, (x, y) => [2 * x + y, x + 4 * y], () => [2, 1, 4]],
    bowl,
  ),
  // The bowl u²/2 + 100 v²/2, turned: u = 0.8 x + 0.6 y along the ravine, v = 0.8 y - 0.6 x across.
  surface(
    "ravine",
    "Narrow ravine",
    "18.32x² − 47.52xy + 32.18y²",
    3,
    [
      (x, y) => 18.32 * x * x - 47.52 * x * y + 32.18 * y * y,
      (x, y) => [36.64 * x - 47.52 * y, 64.36 * y - 47.52 * x],
      () => [36.64, -47.52, 64.36],
    ],
    { quadratic: true, bend: 4 },
  ),
  surface(
    "rosenbrock",
    "Rosenbrock's banana",
    "(1 − x)² + 100 (y − x²)²",
    2,
    [
      (x, y) => square(1 - x) + 100 * square(y - x * x),
      (x, y) => [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)],
      (x, y) => [2 - 400 * y + 1200 * x * x, -400 * x, 200],
    ],
    { bend: 4 },
  ),
  surface(
    "himmelblau",
    "Himmelblau's four hollows",
    "(x² + y − 11)² + (x + y² − 7)²",
    5,
    [
      (x, y) => square(x * x + y - 11) + square(x + y * y - 7),
      (x, y) => {
        const [a, b] = [x * x + y - 11, x + y * y - 7];
        return [4 * x * a + 2 * b, 2 * a + 4 * y * b];
      },
      (x, y) => [12 * x * x + 4 * y - 42, 4 * (x + y), 12 * y * y + 4 * x - 26],
    ],
    { bend: 2 },
  ),
  surface("rastrigin", "Rastrigin's egg box", "20 + x² + y² − 10 (cos 2πx + cos 2πy)", 2.5, [
    (x, y) => 20 + x * x + y * y - 10 * (cos(TURN * x) + cos(TURN * y)),
    (x, y) => [2 * x + 10 * TURN * sin(TURN * x), 2 * y + 10 * TURN * sin(TURN * y)],
    (x, y) => [2 + 10 * square(TURN) * cos(TURN * x), 0, 2 + 10 * square(TURN) * cos(TURN * y)],
  ]),
  surface("saddle", "Saddle", "x² − y²", 2, [(x, y) => x * x - y * y, (x, y) => [2 * x, -2 * y], () => [2, 0, -2]], {
    quadratic: true,
    endless: both,
  }),
  surface(
    "monkey",
    "Monkey saddle",
    "x³ − 3xy²",
    2,
    [
      (x, y) => x * x * x - 3 * x * y * y,
      (x, y) => [3 * x * x - 3 * y * y, -6 * x * y],
      (x, y) => [6 * x, -6 * y, -6 * x],
    ],
    { endless: both },
  ),
  surface(
    "peaks",
    "Peaks",
    "three hills, three hollows",
    3,
    [
      (x, y) => peaks(x, y)[0],
      (x, y) => {
        const [, gx, gy] = peaks(x, y);
        return [gx, gy];
      },
      (x, y) => peaks(x, y).slice(3) as [number, number, number],
    ],
    { endless: { down: false, up: false } },
  ),
  surface(
    "neuron",
    "One neuron",
    "½ Σ (σ(wX + b) − Y)²",
    6,
    [
      (w, b) => 0.5 * X.reduce((sum, x, i) => sum + square(answer(w, b, x) - (Y[i] as number)), 0),
      (w, b) => {
        const [first, second] = [pull(0, w, b), pull(1, w, b)];
        return [first[0] + second[0], first[1] + second[1]];
      },
      neuronBend,
    ],
    {
      variables: ["w", "b"],
      measure: "loss",
      endless: { down: false, up: false },
      bend: 2,
      samples: [0, 1].map(
        (i) =>
          ([w = Number.NaN, b = Number.NaN]: Point) =>
            pull(i, w, b),
      ),
    },
  ),
];

export const landscapes: ReadonlyMap<string, Landscape> = new Map(all.map((one) => [one.name, one]));

export function isInside({ domain: [low, high] }: Landscape, p: Point): boolean {
  return p.every((x) => x >= low && x <= high);
}

export const span = ({ domain: [low, high] }: Landscape): number => high - low;

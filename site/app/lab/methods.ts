// The update rules, each a small pure step: from a point and a state to the next. Exercises 2, 5, 7 and 8 in TypeScript.

import type { Landscape, Point } from "./landscapes.ts";

export const METHODS = [
  "descent",
  "ascent",
  "stochastic",
  "momentum",
  "nesterov",
  "adagrad",
  "rmsprop",
  "adam",
] as const;
export type Method = (typeof METHODS)[number];

export interface Settings {
  rate: number;
  decay: number; // γ
  beta1: number; // Adam's share of the old mean of the gradients
  beta2: number; // and of their squares
  epsilon: number; // keeps the divisions by the size of the gradients from dividing by 0
}

/** What a rule remembers: two numbers for each coordinate, zero at first, and the number of updates made. */
export interface State {
  u: readonly number[];
  v: readonly number[];
  k: number;
}

type Gradient = (p: Point) => readonly number[];
type Step = (p: Point, state: State, gradient: Gradient, settings: Settings) => [next: number[], state: State];

/** The methods' own settings as the course uses them where nothing else is said. */
export const USUAL = { decay: 0.9, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Combine points coordinate by coordinate. */
const each = (p: Point, rule: (x: number, i: number) => number): number[] => p.map(rule);
const at = (p: Point, i: number): number => p[i] as number;

const descent: Step = (p, state, gradient, { rate }) => {
  const g = gradient(p);
  return [each(p, (x, i) => x - rate * at(g, i)), state];
};

const ascent: Step = (p, state, gradient, { rate }) => {
  const g = gradient(p);
  return [each(p, (x, i) => x + rate * at(g, i)), state];
};

const momentum: Step = (p, state, gradient, { rate, decay }) => {
  const g = gradient(p);
  const u = each(state.u, (old, i) => decay * old + rate * at(g, i));
  return [each(p, (x, i) => x - at(u, i)), { ...state, u }];
};

const nesterov: Step = (p, state, gradient, settings) => {
  const ahead = each(p, (x, i) => x - settings.decay * at(state.u, i));
  return momentum(p, state, () => gradient(ahead), settings);
};

const adagrad: Step = (p, state, gradient, { rate, epsilon }) => {
  const g = gradient(p);
  const v = each(state.v, (old, i) => old + at(g, i) * at(g, i));
  return [each(p, (x, i) => x - (rate * at(g, i)) / (Math.sqrt(at(v, i)) + epsilon)), { ...state, v }];
};

const rmsprop: Step = (p, state, gradient, { rate, decay, epsilon }) => {
  const g = gradient(p);
  const v = each(state.v, (old, i) => decay * old + (1 - decay) * at(g, i) * at(g, i));
  return [each(p, (x, i) => x - (rate * at(g, i)) / (Math.sqrt(at(v, i)) + epsilon)), { ...state, v }];
};

const adam: Step = (p, state, gradient, { rate, beta1, beta2, epsilon }) => {
  const g = gradient(p);
  const k = state.k + 1;
  const u = each(state.u, (old, i) => beta1 * old + (1 - beta1) * at(g, i));
  const v = each(state.v, (old, i) => beta2 * old + (1 - beta2) * at(g, i) * at(g, i));
  const next = each(p, (x, i) => {
    const mean = at(u, i) / (1 - beta1 ** k);
    const square = at(v, i) / (1 - beta2 ** k);
    return x - (rate * mean) / (Math.sqrt(square) + epsilon);
  });
  return [next, { u, v, k }];
};

export const steps: Readonly<Record<Method, Step>> = {
  descent,
  ascent,
  stochastic: descent, // with the gradient of one data point, which the walk deals out
  momentum,
  nesterov,
  adagrad,
  rmsprop,
  adam,
};

export const titles: Readonly<Record<Method, string>> = {
  descent: "Descent",
  ascent: "Ascent",
  stochastic: "Stochastic",
  momentum: "Momentum",
  nesterov: "Nesterov",
  adagrad: "AdaGrad",
  rmsprop: "RMSProp",
  adam: "Adam",
};

/** Which settings a method has beside its rate. */
export const knobs: Readonly<Record<Method, readonly (keyof typeof USUAL)[]>> = {
  descent: [],
  ascent: [],
  stochastic: [],
  momentum: ["decay"],
  nesterov: ["decay"],
  adagrad: ["epsilon"],
  rmsprop: ["decay", "epsilon"],
  adam: ["beta1", "beta2", "epsilon"],
};

export const usesDecay = (method: Method): boolean => knobs[method].includes("decay");

/** Whether a step depends on the steps before it. */
export const remembers = (method: Method): boolean => !["descent", "ascent", "stochastic"].includes(method);

/** Whether a slope twice as steep makes a step twice as long; where it is divided by the slopes so far it does not. */
export const scales = ({ method, decay }: { method: Method; decay: number }): boolean =>
  method === "rmsprop" ? decay === 1 : !["adagrad", "adam"].includes(method);

/** Methods that make sense on a landscape: only one that is made of data has single data points. */
export const methodsOn = (landscape: Landscape): Method[] =>
  METHODS.filter((method) => method !== "stochastic" || landscape.samples);

export const beginning = (n: number): State => ({ u: Array(n).fill(0), v: Array(n).fill(0), k: 0 });

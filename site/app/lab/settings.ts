// A lab's set-up as text: attributes of the element, or the query of an address, to landscape and runs, and back.

import { grid } from "./critical.ts";
import { isInside, type Landscape, landscapes, type Point } from "./landscapes.ts";
import { DEFAULTS, knobs, METHODS, type Method, methodsOn, titles } from "./methods.ts";
import { FIRST, LIMIT, OWN, own } from "./own.ts";
import type { Run } from "./walk.ts";

export const MOST_EPOCHS = 10_000;
export const MOST_RUNS = 7; // as many as there are methods to race
export const RATES = { low: -5, high: 1.5 }; // the ends of the rate's slider, as powers of ten; its field goes further
export const NAMES = [
  "landscape",
  "method",
  "start",
  "rate",
  "epochs",
  "decay",
  "beta1",
  "beta2",
  "epsilon",
  "runs",
  "formula",
  "limit",
] as const;

/** From where to where each setting goes. With β = 1 Adam would divide 0 by 0. */
export const LIMITS = {
  rate: { min: 1e-12, max: 1e6 },
  decay: { min: 0, max: 1 },
  beta1: { min: 0, max: 0.9999 },
  beta2: { min: 0, max: 0.999999 },
  epsilon: { min: 1e-12, max: 10 },
} as const;

/** What all runs share, and what each has of its own. A lab without `runs` has one run with nothing of its own. */
export interface Setup {
  landscape: Landscape;
  shared: Run;
  own: readonly Partial<Run>[];
}

export const runsOf = ({ shared, own }: Setup): Run[] => own.map((one) => ({ ...shared, ...one }));

const hasSlope = (landscape: Landscape, p: Point): boolean =>
  [landscape.height(p), ...landscape.gradient(p)].every(Number.isFinite);

/** Where a walk starts if nothing else is said: aside, and where the landscape has a value. */
const middle = (landscape: Landscape): Point => {
  const usual = landscape.variables.map((_, i) => landscape.domain[1] * (i ? 0.4 : -0.6));
  const tidy = grid(landscape, 40).map((p) => p.map((x) => Number(x.toPrecision(6))));
  return [usual, ...tidy].find((p) => hasSlope(landscape, p)) ?? usual;
};

function numberFrom(name: string, text: string, low: number, high: number, whole = false): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= low && value <= high) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number" : "a number";
    throw new Error(`${name}="${text}": expected ${kind} from ${low} to ${high}`);
  }
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text.trim());
  if (choice === undefined) throw new Error(`${name}="${text}": expected one of ${choices.join(", ")}`);
  return choice;
}

const readers: { [name in keyof Run]: (text: string, landscape: Landscape) => Run[name] } = {
  method: (text, landscape) => {
    const method: Method = oneOf("method", text, METHODS);
    if (methodsOn(landscape).includes(method)) return method;
    throw new Error(`method="${text}": the landscape ${landscape.name} is not made of data; only neuron is`);
  },
  start: (text, landscape) => {
    const [low, high] = landscape.domain;
    const point = text.split(",").map((one) => numberFrom("start", one, low, high));
    if (point.length === landscape.variables.length) return point;
    throw new Error(`start="${text}": expected ${landscape.variables.join(",")} on the landscape ${landscape.name}`);
  },
  rate: (text) => numberFrom("rate", text, LIMITS.rate.min, LIMITS.rate.max),
  epochs: (text) => numberFrom("epochs", text, 0, MOST_EPOCHS, true),
  decay: (text) => numberFrom("decay", text, LIMITS.decay.min, LIMITS.decay.max),
  beta1: (text) => numberFrom("beta1", text, LIMITS.beta1.min, LIMITS.beta1.max),
  beta2: (text) => numberFrom("beta2", text, LIMITS.beta2.min, LIMITS.beta2.max),
  epsilon: (text) => numberFrom("epsilon", text, LIMITS.epsilon.min, LIMITS.epsilon.max),
};

function runFrom(text: string, landscape: Landscape): Partial<Run> {
  const own: Partial<Run> = {};
  // A comma parts two settings only where a name follows: "start=1,2,rate=0.1".
  for (const part of text.split(/,(?=\s*[a-z]+\s*=)/)) {
    const [name = "", value = ""] = part.split("=").map((piece) => piece.trim());
    const known = oneOf("runs", name, Object.keys(readers) as (keyof Run)[]);
    Object.assign(own, { [known]: readers[known](value, landscape) });
  }
  return own;
}

function ownFrom(formula: string, limit: number): Landscape {
  try {
    return own(formula, limit);
  } catch (error) {
    throw new Error(`formula="${formula}": ${(error as Error).message}`);
  }
}

/** Read a set-up from texts by name; what is missing has a default, what is wrong throws an Error that says so. */
export function parse(text: (name: string) => string | null): Setup {
  const name = oneOf("landscape", text("landscape") ?? "square", [...landscapes.keys(), OWN]);
  const limit = numberFrom("limit", text("limit") ?? "3", LIMIT.min, LIMIT.max);
  const landscape = name === OWN ? ownFrom(text("formula") ?? FIRST, limit) : (landscapes.get(name) as Landscape);
  const read = <N extends keyof Run>(name: N, otherwise: Run[N]): Run[N] => {
    const value = text(name);
    return value === null ? otherwise : readers[name](value, landscape);
  };
  const shared: Run = {
    method: read("method", "descent"),
    start: read("start", middle(landscape)),
    rate: read("rate", 0.1),
    epochs: read("epochs", 50),
    decay: read("decay", DEFAULTS.decay),
    beta1: read("beta1", DEFAULTS.beta1),
    beta2: read("beta2", DEFAULTS.beta2),
    epsilon: read("epsilon", DEFAULTS.epsilon),
  };
  const runs = (text("runs") ?? "").split(";").filter((one) => one.trim());
  if (runs.length > MOST_RUNS) throw new Error(`runs: ${runs.length} of them, expected at most ${MOST_RUNS}`);
  return { landscape, shared, own: runs.length ? runs.map((one) => runFrom(one, landscape)) : [{}] };
}

export const KNOBS = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];
const isKnob = (name: keyof Run): name is keyof typeof DEFAULTS => name in DEFAULTS;

/** What the settings of a method are called. */
export const SYMBOLS = { decay: "γ", beta1: "β₁", beta2: "β₂", epsilon: "ε" } as const;

const written = (value: Run[keyof Run]): string => (Array.isArray(value) ? value.join(",") : String(value));

/** The query of an address that stands for a set-up; its names are those of the attributes. */
export function serialise({ landscape, shared, own }: Setup): string {
  const query: [string, string][] = [["landscape", landscape.name]];
  if (landscape.typed) query.push(["formula", landscape.formula], ["limit", String(landscape.domain[1])]);
  const used = new Set(own.flatMap((one) => knobs[one.method ?? shared.method]));
  for (const name of ["method", "start", "rate", "epochs", ...KNOBS] as const) {
    // A shared value that every run overrides says nothing, and neither does one that no method uses.
    if (own.every((one) => name in one)) continue;
    if (isKnob(name) && (!used.has(name) || (name !== "decay" && shared[name] === DEFAULTS[name]))) continue;
    query.push([name, written(shared[name])]);
  }
  const runs = own.map((one) =>
    Object.entries(one)
      .map(([name, value]) => `${name}=${written(value)}`)
      .join(","),
  );
  if (runs.length > 1 || runs[0]) query.push(["runs", runs.join(";")]);
  // Commas, semicolons and equals signs may stand in a query as they are, and people read it.
  return query
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2C|%3B|%3D/g, decodeURIComponent)}`)
    .join("&");
}

/** Another landscape: the same runs, as far as they make sense there. */
export function moved(setup: Setup, landscape: Landscape): Setup {
  const fits = (start: Point) =>
    start.length === landscape.variables.length && isInside(landscape, start) && hasSlope(landscape, start);
  const methods = methodsOn(landscape);
  const adapted = (run: Partial<Run>): Partial<Run> => {
    const { start, method, ...rest } = run;
    return {
      ...rest,
      ...(start && fits(start) ? { start } : {}),
      ...(method ? { method: methods.includes(method) ? method : "descent" } : {}),
    };
  };
  const shared = { ...setup.shared, start: middle(landscape), ...adapted(setup.shared) };
  return { landscape, shared, own: setup.own.map(adapted) };
}

/** What a run is called in legend and table: what sets it apart from the others. */
export function label(setup: Setup, i: number): string {
  const runs = runsOf(setup);
  const run = runs[i] as Run;
  const differ = (name: keyof Run) => runs.some((other) => written(other[name]) !== written(run[name]));
  const parts: string[] = [];
  if (differ("method") || runs.length === 1) parts.push(titles[run.method]);
  if (differ("rate") || runs.length === 1) parts.push(`rate ${run.rate}`);
  if (differ("start")) parts.push(`from ${written(run.start)}`);
  for (const knob of knobs[run.method]) if (differ(knob)) parts.push(`${SYMBOLS[knob]} = ${run[knob]}`);
  if (differ("epochs")) parts.push(`${run.epochs} steps`);
  return parts.join(", ").replaceAll("-", "−") || `run ${i + 1}`;
}

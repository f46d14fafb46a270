// A lab's set-up as text: attributes of the element, or the query of an address, to landscape and runs, and back.

import { grid } from "./critical.ts";
import { isInside, type Landscape, landscapes, type Point } from "./landscapes.ts";
import { knobs, METHODS, type Method, methodsOn, titles, USUAL } from "./methods.ts";
import { QUIET } from "./noise.ts";
import { FIRST, LIMIT, OWN, own } from "./own.ts";
import { SCHEDULE_NAMES, SCHEDULES, STEADY } from "./schedule.ts";
import { DEFAULTS, type Run } from "./walk.ts";

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
  "schedule",
  "pace",
  "noise",
  "batch",
  "seed",
  "runs",
  "formula",
  "limit",
] as const;

/** From where to where each setting goes. With β = 1 Adam would divide 0 by 0. */
export const LIMITS = {
  rate: { min: 1e-12, max: 1e6 },
  epochs: { min: 0, max: MOST_EPOCHS, whole: true },
  decay: { min: 0, max: 1 },
  beta1: { min: 0, max: 0.9999 },
  beta2: { min: 0, max: 0.999999 },
  epsilon: { min: 1e-12, max: 10 },
  pace: { min: 1, max: MOST_EPOCHS, whole: true },
  noise: { min: 0, max: 1000 },
  batch: { min: 1, max: 10_000, whole: true },
  seed: { min: 1, max: 9999, whole: true },
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
  const round = (x: number) => Number(x.toPrecision(6));
  const usual = landscape.variables.map((_, i) => round(landscape.domain[1] * (i ? 0.4 : -0.6)));
  const tidy = grid(landscape, 40).map((p) => p.map(round));
  return [usual, ...tidy].find((p) => hasSlope(landscape, p)) ?? usual;
};

type Limits = { min: number; max: number; whole?: boolean };

function numberFrom(name: string, text: string, { min, max, whole = false }: Limits): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    const kind = whole ? "a whole number" : "a number";
    throw new Error(`${name}="${text}": expected ${kind} from ${min} to ${max}`);
  }
  return value;
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((one) => one === text.trim());
  if (choice === undefined) throw new Error(`${name}="${text}": expected one of ${choices.join(", ")}`);
  return choice;
}

const limited = (name: keyof typeof LIMITS) => (text: string) => numberFrom(name, text, LIMITS[name]);

const readers: { [name in keyof Run]: (text: string, landscape: Landscape) => Run[name] } = {
  method: (text, landscape) => {
    const method: Method = oneOf("method", text, METHODS);
    if (methodsOn(landscape).includes(method)) return method;
    throw new Error(`method="${text}": the landscape ${landscape.name} is not made of data; only neuron is`);
  },
  start: (text, landscape) => {
    const [min, max] = landscape.domain;
    const point = text.split(",").map((one) => numberFrom("start", one, { min, max }));
    if (point.length === landscape.variables.length) return point;
    throw new Error(`start="${text}": expected ${landscape.variables.join(",")} on the landscape ${landscape.name}`);
  },
  rate: limited("rate"),
  epochs: limited("epochs"),
  decay: limited("decay"),
  beta1: limited("beta1"),
  beta2: limited("beta2"),
  epsilon: limited("epsilon"),
  schedule: (text) => oneOf("schedule", text, SCHEDULES),
  pace: limited("pace"),
  noise: limited("noise"),
  batch: limited("batch"),
  seed: limited("seed"),
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
  const limit = numberFrom("limit", text("limit") ?? "3", LIMIT);
  const landscape = name === OWN ? ownFrom(text("formula") ?? FIRST, limit) : (landscapes.get(name) as Landscape);
  const read = <N extends keyof Run>(name: N, otherwise: Run[N]): Run[N] => {
    const value = text(name);
    return value === null ? otherwise : readers[name](value, landscape);
  };
  const names = Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[];
  const shared = {
    method: read("method", "descent"),
    start: read("start", middle(landscape)),
    rate: read("rate", 0.1),
    epochs: read("epochs", 50),
    ...Object.fromEntries(names.map((one) => [one, read(one, DEFAULTS[one])])),
  } as Run;
  const runs = (text("runs") ?? "").split(";").filter((one) => one.trim());
  if (runs.length > MOST_RUNS) throw new Error(`runs: ${runs.length} of them, expected at most ${MOST_RUNS}`);
  return { landscape, shared, own: runs.length ? runs.map((one) => runFrom(one, landscape)) : [{}] };
}

export const KNOBS = Object.keys(USUAL) as (keyof typeof USUAL)[];

/** What the settings of a method are called. */
export const SYMBOLS = { decay: "γ", beta1: "β₁", beta2: "β₂", epsilon: "ε" } as const;

/** The settings that make a difference to a run: those of its method, and those of its schedule and its noise. */
export function used({ method, schedule, noise }: Pick<Run, "method" | "schedule" | "noise">): (keyof Run)[] {
  return [
    ...knobs[method],
    ...(schedule === STEADY.schedule ? [] : (["schedule", "pace"] as const)),
    ...(noise === QUIET.noise ? [] : (["noise", "batch", "seed"] as const)),
  ];
}

const written = (value: Run[keyof Run]): string => (Array.isArray(value) ? value.join(",") : String(value));

/** The query of an address that stands for a set-up; its names are those of the attributes. */
export function serialise({ landscape, shared, own }: Setup): string {
  const query: [string, string][] = [["landscape", landscape.name]];
  if (landscape.typed) query.push(["formula", landscape.formula], ["limit", String(landscape.domain[1])]);
  const needed = new Set(own.flatMap((one) => used({ ...shared, ...one })));
  // A shared value that every run overrides says nothing, and neither does one that no run uses, or that is the usual one.
  const says = (name: keyof Run) => !own.every((one) => name in one);
  for (const name of ["method", "start", "rate", "epochs"] as const)
    if (says(name)) query.push([name, written(shared[name])]);
  for (const name of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[]) {
    if (!says(name) || !needed.has(name) || (name !== "decay" && shared[name] === DEFAULTS[name])) continue;
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
  if (differ("schedule")) parts.push(SCHEDULE_NAMES[run.schedule]);
  const rest = used(run);
  if (differ("pace") && rest.includes("pace")) parts.push(`T = ${run.pace}`);
  if (differ("noise")) parts.push(run.noise ? `noise ${run.noise}` : "no noise");
  if (differ("batch") && rest.includes("batch")) parts.push(`batch ${run.batch}`);
  if (differ("seed") && rest.includes("seed")) parts.push(`seed ${run.seed}`);
  if (differ("epochs")) parts.push(`${run.epochs} steps`);
  return parts.join(", ").replaceAll("-", "−") || `run ${i + 1}`;
}

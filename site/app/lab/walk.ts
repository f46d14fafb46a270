// The walk: from a start, a rate and a method to the path with all that is known along it.

import { isInside, type Landscape, type Point } from "./landscapes.ts";
import { beginning, type Method, steps } from "./methods.ts";

export interface Run {
  method: Method;
  start: Point;
  rate: number;
  epochs: number;
  decay: number;
}

export interface Walk {
  run: Run;
  points: Point[]; // the start first; as far as the numbers go
  heights: number[];
  gradients: (readonly number[])[];
  overflow: number | undefined; // the step whose point, height or gradient is no finite number any more
  left: number | undefined; // the first step that ends outside the picture
  samples: number[]; // stochastic descent: which data point each step took
}

export const length = (v: readonly number[]): number => Math.hypot(...v);
export const distance = (p: Point, q: Point): number => length(p.map((x, i) => x - (q[i] as number)));

const SEED = 7;

/** Deal out 0 to n - 1 in random order, then again in another, for ever; the same for the same seed. */
export function* dealt(n: number): Generator<number, never> {
  let state = SEED;
  // Marsaglia's xorshift: three shifts are chance enough for a picture.
  const chance = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (;;) {
    const deck = Array.from({ length: n }, (_, i) => i);
    while (deck.length) yield deck.splice(Math.floor(chance() * deck.length), 1)[0] as number;
  }
}

const finite = (numbers: readonly number[]): boolean => numbers.every(Number.isFinite);

export function walk(landscape: Landscape, run: Run): Walk {
  const first = landscape.gradient(run.start);
  const done: Walk = {
    run,
    points: [run.start],
    heights: [landscape.height(run.start)],
    gradients: [first],
    overflow: undefined,
    left: undefined,
    samples: [],
  };
  const deck = run.method === "stochastic" && landscape.samples ? dealt(landscape.samples.length) : undefined;
  let state = beginning(run.start.length);
  let point = run.start;
  let here: readonly number[] = first;
  for (let k = 1; k <= run.epochs; k++) {
    const known = point;
    // The gradient where the walk stands is known already; only a method that looks elsewhere has to ask.
    let gradient = (p: Point): readonly number[] => (p === known ? here : landscape.gradient(p));
    if (deck) {
      const sample = deck.next().value;
      done.samples.push(sample);
      gradient = landscape.samples?.[sample] ?? gradient;
    }
    [point, state] = steps[run.method](point, state, gradient, run);
    const height = landscape.height(point);
    here = landscape.gradient(point);
    if (!finite(point) || !Number.isFinite(height) || !finite(here)) {
      done.overflow = k;
      done.left ??= k;
      break;
    }
    done.points.push(point);
    done.heights.push(height);
    done.gradients.push(here);
    if (done.left === undefined && !isInside(landscape, point)) done.left = k;
  }
  return done;
}

// The walk: from a start, a rate and a method to the path with all that is known along it.

import { dealt } from "./chance.ts";
import { isInside, type Landscape, type Point } from "./landscapes.ts";
import { beginning, type Method, type Settings, type State, steps, USUAL } from "./methods.ts";
import { type Noise, noiseOf, QUIET } from "./noise.ts";
import { rateOf, type Scheduled, STEADY } from "./schedule.ts";

export interface Run extends Settings, Scheduled, Noise {
  method: Method;
  start: Point;
  epochs: number;
}

/** What the course uses where nothing else is said. */
export const DEFAULTS = { ...USUAL, ...STEADY, ...QUIET } as const;

export interface Walk {
  run: Run;
  points: Point[]; // the start first; as far as the numbers go
  heights: number[];
  gradients: (readonly number[])[];
  states: State[]; // what the method remembers at each point
  overflow: number | undefined; // the step whose point, height or gradient is no finite number any more
  nowhere: boolean; // whether that is so because the landscape has no value there
  left: number | undefined; // the first step that ends outside the picture
  samples: number[]; // stochastic descent: which data point each step took
  noises: (readonly number[])[]; // by how much each step's gradient was off, where there is noise
}

export const length = (v: readonly number[]): number => Math.hypot(...v);
export const distance = (p: Point, q: Point): number => length(p.map((x, i) => x - (q[i] as number)));

const finite = (numbers: readonly number[]): boolean => numbers.every(Number.isFinite);

/** A walk that is made bit by bit, so that a page stays quick while a long one is made. */
export class Walking {
  readonly done: Walk;
  private readonly landscape: Landscape;
  private readonly deck: Generator<number, never> | undefined;
  private readonly noise: (() => readonly number[]) | undefined;

  constructor(landscape: Landscape, run: Run) {
    this.landscape = landscape;
    this.deck = run.method === "stochastic" && landscape.samples ? dealt(landscape.samples.length) : undefined;
    this.noise = noiseOf(run, run.start.length);
    this.done = {
      run,
      points: [run.start],
      heights: [landscape.height(run.start)],
      gradients: [landscape.gradient(run.start)],
      states: [beginning(run.start.length)],
      overflow: undefined,
      nowhere: false,
      left: undefined,
      samples: [],
      noises: [],
    };
  }

  get finished(): boolean {
    return this.done.overflow !== undefined || this.done.points.length > this.done.run.epochs;
  }

  /** Go on by so many steps, or as far as there are any. */
  advance(count: number): void {
    const { done, landscape, deck, noise } = this;
    const { run } = done;
    const first = done.points.length;
    let point = done.points[first - 1] as Point;
    let here = done.gradients[first - 1] as readonly number[];
    let state = done.states[first - 1] as State;
    const settings = { ...run };
    for (let k = first; k <= run.epochs && k < first + count && done.overflow === undefined; k++) {
      const known = point;
      // The gradient where the walk stands is known already; only a method that looks elsewhere has to ask.
      let gradient = (p: Point): readonly number[] => (p === known ? here : landscape.gradient(p));
      if (deck) {
        const sample = deck.next().value;
        done.samples.push(sample);
        gradient = landscape.samples?.[sample] ?? gradient;
      }
      if (noise) {
        const [exact, off] = [gradient, noise()];
        done.noises.push(off);
        gradient = (p) => exact(p).map((g, i) => g + (off[i] as number));
      }
      settings.rate = rateOf(run, k - 1);
      [point, state] = steps[run.method](point, state, gradient, settings);
      const height = landscape.height(point);
      here = landscape.gradient(point);
      if (!finite(point) || !Number.isFinite(height) || !finite(here)) {
        done.overflow = k;
        done.nowhere = Number.isNaN(height + length(here)) && length(point) < 1e100;
        done.left ??= k;
        return;
      }
      done.points.push(point);
      done.heights.push(height);
      done.gradients.push(here);
      done.states.push(state);
      if (done.left === undefined && !isInside(landscape, point)) done.left = k;
    }
  }
}

export function walk(landscape: Landscape, run: Run): Walk {
  const walking = new Walking(landscape, run);
  walking.advance(run.epochs);
  return walking.done;
}

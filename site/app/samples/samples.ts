// A cloud of samples about a line, and what a batch of them knows: its loss, a bowl or a valley over slope and height.

import { dealt } from "../lab/chance.ts";

export type Theta = readonly [slope: number, height: number];
export interface Sample {
  x: number;
  y: number;
}

export const COUNT = 200;
export const EPOCHS = 5;
export const SIZES: readonly number[] = [1, 2, 5, 10, 20, 50, 100, 200]; // each divides 200: no batch is short
const LINE: Theta = [1.5, -0.5];
const NOISE = 0.3; // standard deviation

/** Samples that look random and are the same every time. */
export function cloud(): Sample[] {
  let state = 20240229;
  const chance = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  // The sum of twelve even chances has the variance 1 and nearly the shape of a bell.
  const bell = () => Array.from({ length: 12 }, chance).reduce((a, b) => a + b, -6);
  return Array.from({ length: COUNT }, () => {
    const x = 2 * chance() - 1;
    return { x, y: LINE[0] * x + LINE[1] + NOISE * bell() };
  });
}

/** The loss of some samples: the mean of the squared residuals, halved. */
export const loss = (batch: readonly Sample[], [slope, height]: Theta): number =>
  batch.reduce((sum, { x, y }) => sum + (slope * x + height - y) ** 2, 0) / (2 * batch.length);

export function gradient(batch: readonly Sample[], [slope, height]: Theta): Theta {
  const sum = [0, 0] as [number, number];
  for (const { x, y } of batch) {
    const residual = slope * x + height - y;
    sum[0] += residual * x;
    sum[1] += residual;
  }
  return [sum[0] / batch.length, sum[1] / batch.length];
}

/** The shape of a batch's loss: where it is least, how much it bends along which two directions, the larger first. */
export interface Bowl {
  lowest: Theta;
  bends: readonly [number, number];
  along: Theta; // the direction of the larger bend, of length 1
}

export function bowl(batch: readonly Sample[]): Bowl {
  const mean = (of: (one: Sample) => number) => batch.reduce((sum, one) => sum + of(one), 0) / batch.length;
  const [xx, x, xy, y] = [
    mean((one) => one.x ** 2),
    mean((one) => one.x),
    mean((one) => one.x * one.y),
    mean((one) => one.y),
  ];
  // The Hessian is (xx, x; x, 1): its eigenvalues are half the trace, plus and minus the same.
  const [half, apart] = [(xx + 1) / 2, Math.hypot((xx - 1) / 2, x)];
  const bends = [half + apart, Math.max(0, half - apart)] as const;
  const turn = 0.5 * Math.atan2(2 * x, xx - 1);
  const along: Theta = [Math.cos(turn), Math.sin(turn)];
  const spread = xx - x * x;
  // A single sample knows one point of the line only: of all the best parameters take those nearest to zero.
  const lowest: Theta =
    spread > 1e-9 ? [(xy - x * y) / spread, (xx * y - x * xy) / spread] : [(x * y) / (x * x + 1), y / (x * x + 1)];
  return { lowest, bends, along };
}

export interface Descent {
  path: Theta[]; // the start, then the parameters after each update
  batches: number[][]; // the numbers of the samples that each update looked at
}

/** Five epochs in shuffled batches. */
export function descend(samples: readonly Sample[], size: number, rate: number): Descent {
  const deck = dealt(samples.length);
  const path: Theta[] = [[0, 0]];
  const batches: number[][] = [];
  for (let update = 0; update < (EPOCHS * samples.length) / size; update++) {
    const numbers = Array.from({ length: size }, () => deck.next().value);
    const at = path[update] as Theta;
    const by = gradient(
      numbers.map((i) => samples[i] as Sample),
      at,
    );
    path.push([at[0] - rate * by[0], at[1] - rate * by[1]]);
    batches.push(numbers);
  }
  return { path, batches };
}

/** The angle between two ways, in degrees from 0 to 180. */
export function apart([a, b]: Theta, [c, d]: Theta): number {
  return Math.abs((Math.atan2(a * d - b * c, a * c + b * d) * 180) / Math.PI);
}

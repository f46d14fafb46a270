// Noise in the gradient, as a batch of samples makes it: each sample's gradient is off by chance, and the mean of a batch by less.

import { bell } from "./chance.ts";

export interface Noise {
  noise: number; // σ: by how much one sample's gradient is off, in each coordinate
  batch: number; // B: how many samples' gradients are averaged for a step
  seed: number; // which noise it is
}

/** Where nothing else is said the gradient is exact. */
export const QUIET: Noise = { noise: 0, batch: 1, seed: 1 };

/** By how much the gradient of a step is off, in each coordinate: four times the samples halve it. */
export const spreadOf = ({ noise, batch }: Noise): number => noise / Math.sqrt(batch);

/** Draw the noise of one step after the other; nothing where the gradient is exact. */
export function noiseOf(run: Noise, dimensions: number): (() => readonly number[]) | undefined {
  if (run.noise === 0) return undefined;
  const draw = bell(run.seed);
  const size = spreadOf(run);
  return () => Array.from({ length: dimensions }, () => size * draw());
}

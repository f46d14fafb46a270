// What is measured in a picture: slopes, magnitude and direction as exercise 9 defines them, filters of nine numbers, texture.

import type { Grey } from "./scene.ts";

export interface Slopes {
  right: Float64Array;
  down: Float64Array;
}

/** Half the difference of both neighbours; at the border the whole difference of the two outermost pixels. */
export function slopes({ width, height, values }: Grey): Slopes {
  const along = (place: number, last: number, at: number, stride: number): number => {
    const [before, after] = [Math.max(place - 1, 0), Math.min(place + 1, last)];
    if (before === after) return 0;
    const change =
      (values[at + (after - place) * stride] as number) - (values[at + (before - place) * stride] as number);
    return change / (after - before);
  };
  const right = values.map((_, at) => along(at % width, width - 1, at, 1));
  const down = values.map((_, at) => along(Math.floor(at / width), height - 1, at, width));
  return { right, down };
}

export const magnitude = ({ right, down }: Slopes): Float64Array =>
  right.map((across, at) => Math.hypot(across, down[at] as number));

/** The angle of the gradient in radians, as `arctan2` has it: 0 to the right, π/2 downwards. */
export const direction = ({ right, down }: Slopes, at: number): number =>
  Math.atan2(down[at] as number, right[at] as number);

/** Nine numbers, row by row, laid over each pixel and its neighbours; beyond the border the outermost pixels go on. */
export function filtered({ width, height, values }: Grey, kernel: readonly number[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = 0; i < 9; i++) {
        const row = Math.min(height - 1, Math.max(0, y + Math.floor(i / 3) - 1));
        const column = Math.min(width - 1, Math.max(0, x + (i % 3) - 1));
        sum += (kernel[i] as number) * (values[row * width + column] as number);
      }
      out[y * width + x] = sum;
    }
  }
  return out;
}

const REACH = 4; // pixels to each side: a few bricks, tiles or pickets

/** How strongly a filter answers around each pixel: the mean size of its answers in a square about it. */
export function texture(answers: Float64Array, width: number, height: number): Float64Array {
  const sizes = answers.map(Math.abs);
  const mean = (of: Float64Array, place: (at: number) => number, last: number, stride: number) =>
    of.map((_, at) => {
      const [from, to] = [Math.max(0, place(at) - REACH), Math.min(last, place(at) + REACH)];
      let sum = 0;
      for (let k = from; k <= to; k++) sum += of[at + (k - place(at)) * stride] as number;
      return sum / (to - from + 1);
    });
  const across = mean(sizes, (at) => at % width, width - 1, 1);
  return mean(across, (at) => Math.floor(at / width), height - 1, width);
}

export const KERNELS: Readonly<Record<string, readonly number[]>> = {
  "slope to the right": [0, 0, 0, -0.5, 0, 0.5, 0, 0, 0],
  "slope downwards": [0, -0.5, 0, 0, 0, 0, 0, 0.5, 0],
  "slope to the right, calmer (Sobel)": [-0.125, 0, 0.125, -0.25, 0, 0.25, -0.125, 0, 0.125],
  "upright stripes": [-1, 2, -1, -1, 2, -1, -1, 2, -1],
  "level stripes": [-1, -1, -1, 2, 2, 2, -1, -1, -1],
  "slanted stripes": [-1, -1, 2, -1, 2, -1, 2, -1, -1],
  outline: [0, 1, 0, 1, -4, 1, 0, 1, 0],
  blur: [0.11, 0.11, 0.11, 0.11, 0.12, 0.11, 0.11, 0.11, 0.11],
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
};

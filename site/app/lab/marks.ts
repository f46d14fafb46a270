// What tells runs apart: a colour that colour-blind people can tell from the others, a dash and a shape for each.

import { dark as atNight, light } from "../palette.ts";

export interface Mark {
  colour: string;
  dash: readonly number[];
  shape: readonly (readonly [number, number])[]; // corners; none for a circle
}

const DASHES = [[], [8, 4], [2, 4], [10, 3, 2, 3], [14, 3], [5, 2], [1, 3, 6, 3]];
const SHAPES: Mark["shape"][] = [
  [],
  [
    [0, -1.25],
    [1.15, 0.8],
    [-1.15, 0.8],
  ],
  [
    [-0.9, -0.9],
    [0.9, -0.9],
    [0.9, 0.9],
    [-0.9, 0.9],
  ],
  [
    [0, -1.35],
    [1.35, 0],
    [0, 1.35],
    [-1.35, 0],
  ],
  [
    [0, 1.25],
    [1.15, -0.8],
    [-1.15, -0.8],
  ],
  [
    [0.6, -1.1],
    [1.2, 0],
    [0.6, 1.1],
    [-0.6, 1.1],
    [-1.2, 0],
    [-0.6, -1.1],
  ],
  [
    [-0.4, -1.2],
    [0.4, -1.2],
    [0.4, -0.4],
    [1.2, -0.4],
    [1.2, 0.4],
    [0.4, 0.4],
    [0.4, 1.2],
    [-0.4, 1.2],
    [-0.4, 0.4],
    [-1.2, 0.4],
    [-1.2, -0.4],
    [-0.4, -0.4],
  ],
];

/** A run's mark. There are four colours that everybody can tell apart; from the fifth run on dash and shape tell alone. */
export function mark(run: number, dark: boolean): Mark {
  const { runs } = dark ? atNight : light;
  return {
    colour: runs[run % runs.length] as string,
    dash: DASHES[run] as number[],
    shape: SHAPES[run] as Mark["shape"],
  };
}

/** The outline of a run's shape about the origin, as an SVG path. */
export function outline({ shape }: Mark, radius: number): string {
  if (!shape.length)
    return `M${-radius},0a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0Z`;
  return `M${shape.map(([x, y]) => `${x * radius},${y * radius}`).join("L")}Z`;
}

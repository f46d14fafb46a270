// What tells runs apart: a colour that colour-blind people can tell from the others, a dash and a shape for each.

export interface Mark {
  colour: string;
  dash: readonly number[];
  shape: readonly (readonly [number, number])[]; // corners; none for a circle
}

// Okabe and Ito's colours; on dark ground their lighter ones.
const COLOURS = {
  light: ["#0072b2", "#c04d00", "#00795a", "#a8417f"],
  dark: ["#6cc0f5", "#f5a623", "#3fd6a6", "#ee9cc9"],
};
const DASHES = [[], [8, 4], [2, 4], [10, 3, 2, 3]];
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
];

export function mark(run: number, dark: boolean): Mark {
  return {
    colour: COLOURS[dark ? "dark" : "light"][run] as string,
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

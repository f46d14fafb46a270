// What is shown of a picture: numbers of each pixel as grey, or as the colour of a direction.

import { direction, filtered, magnitude, type Slopes, slopes, texture } from "./filters.ts";
import type { Grey } from "./scene.ts";

export const VIEWS = {
  right: "gx, the slope to the right",
  down: "gy, the slope downwards",
  magnitude: "magnitude",
  direction: "direction",
  edges: "edges, above a threshold",
  filter: "answer of a filter",
  texture: "texture that a filter finds",
} as const;
export type View = keyof typeof VIEWS;

export const THRESHOLD = 10; // to begin with: above the noise, below the rim of the sun

export const usesThreshold = (view: View): boolean => view === "edges" || view === "direction";
export const usesKernel = (view: View): boolean => view === "filter" || view === "texture";

/** All that is known of a picture; what does not depend on the filter is measured once. */
export class Measured {
  readonly grey: Grey;
  readonly slopes: Slopes;
  readonly magnitude: Float64Array;
  answers: Float64Array;

  constructor(grey: Grey, kernel: readonly number[]) {
    this.grey = grey;
    this.slopes = slopes(grey);
    this.magnitude = magnitude(this.slopes);
    this.answers = filtered(grey, kernel);
  }
}

type Shade = (at: number) => readonly [number, number, number];
const gray = (level: number): readonly [number, number, number] => [level, level, level];

/** The value that 99 of 100 pixels stay below: a single bright pixel must not make all others black. */
function usual(values: Float64Array): number {
  const sizes = values.map(Math.abs).sort();
  return sizes[Math.floor(0.99 * (sizes.length - 1))] || 1;
}

/** Middle grey for 0, white for much more, black for much less. */
function signed(values: Float64Array): Shade {
  const most = usual(values);
  return (at) => gray(127.5 + (127.5 * (values[at] as number)) / most);
}

function unsigned(values: Float64Array): Shade {
  const most = usual(values);
  return (at) => gray((255 * (values[at] as number)) / most);
}

/** A full turn through the colours, from red at the right over yellow-green downwards. */
export function hue(angle: number): [number, number, number] {
  const sector = (angle / (2 * Math.PI)) * 6;
  const part = (shift: number) => {
    const k = (((sector + shift) % 6) + 6) % 6;
    return 255 * Math.min(1, Math.max(0, Math.min(k, 4 - k)));
  };
  return [part(2), part(0), part(4)];
}

function shades(view: View, one: Measured, kernel: readonly number[], threshold: number): Shade {
  const { grey, slopes: both, magnitude: steep, answers } = one;
  switch (view) {
    case "right":
      return signed(both.right);
    case "down":
      return signed(both.down);
    case "magnitude":
      return unsigned(steep);
    case "edges":
      return (at) => gray((steep[at] as number) > threshold ? 255 : 0);
    case "direction":
      return (at) => ((steep[at] as number) > threshold ? hue(direction(both, at)) : gray(24));
    case "filter":
      // A filter whose numbers add up to 0 says "more" or "less"; any other makes a picture again.
      return Math.abs(kernel.reduce((a, b) => a + b, 0)) < 1e-9 ? signed(answers) : (at) => gray(answers[at] as number);
    case "texture":
      return unsigned(texture(answers, grey.width, grey.height));
  }
}

/** The pixels of a view: red, green, blue and opacity, row by row. */
export function pixels(
  view: View,
  one: Measured,
  kernel: readonly number[],
  threshold: number,
): Uint8ClampedArray<ArrayBuffer> {
  return painted(one.grey, shades(view, one, kernel, threshold));
}

export const plain = (grey: Grey): Uint8ClampedArray<ArrayBuffer> =>
  painted(grey, (at) => gray(grey.values[at] as number));

function painted({ values }: Grey, shade: Shade): Uint8ClampedArray<ArrayBuffer> {
  const out = new Uint8ClampedArray(4 * values.length);
  for (let at = 0; at < values.length; at++) out.set([...shade(at), 255], 4 * at);
  return out;
}

const WAYS = [
  "to the right",
  "to the lower right",
  "downwards",
  "to the lower left",
  "to the left",
  "to the upper left",
  "upwards",
  "to the upper right",
];

/** What is known of one pixel, in sentences. */
export function told(one: Measured, column: number, row: number, view: View): string {
  const at = row * one.grey.width + column;
  const plainly = (x: number) => String(Number(x.toFixed(1))).replace("-", "−");
  const [right, down, steep] = [one.slopes.right[at], one.slopes.down[at], one.magnitude[at]] as [
    number,
    number,
    number,
  ];
  const angle = direction(one.slopes, at);
  const way = WAYS[((Math.round(angle / (Math.PI / 4)) % 8) + 8) % 8];
  const gradient =
    steep === 0
      ? "It is level there, so there is no direction."
      : `Magnitude ${plainly(steep)}, direction ${plainly((angle * 180) / Math.PI)}°: it gets brighter ${way}.`;
  const answer = usesKernel(view) ? ` The filter answers ${plainly(one.answers[at] as number)}.` : "";
  return `Row ${row}, column ${column}: brightness ${Math.round(one.grey.values[at] as number)}, slopes (${plainly(right)}, ${plainly(down)}). ${gradient}${answer}`;
}

// The way to a function of the reader's own: what reads formulas is large, and is loaded when there is one to be read.

import type { Landscape } from "./landscapes.ts";

export const OWN = "own";
export const LIMIT = { min: 0.1, max: 100 };
export const FIRST = "x^4 - 2*x^2 + 0.3*x + y^2";

let typed: ((formula: string, limit: number) => Landscape) | undefined;

export async function load(): Promise<void> {
  ({ typed } = await import("./typed.ts"));
}

/** The landscape of a formula; what reads it must have been loaded. */
export function own(formula: string, limit: number): Landscape {
  if (!typed) throw new Error("formulas cannot be read yet");
  return typed(formula, limit);
}

// What a neuron with two weights answers, and how far off it is, in a sentence.

import { number, position } from "../lab/format.ts";
import { answer, X, Y } from "../lab/neuron.ts";

/** How far an answer is off, in three decimals: "0.362 too high". */
function miss(error: number): string {
  if (Math.abs(error) < 0.0005) return "right to three decimals";
  return `${Math.abs(error).toFixed(3)} too ${error > 0 ? "high" : "low"}`;
}

/** The answers to both inputs, each beside the wanted one. */
export function answers(w: number, b: number): string {
  const [first, second] = X.map((x, i) => {
    const given = answer(w, b, x);
    const wanted = Y[i] as number;
    return `${given.toFixed(3)} for the input ${x} (wanted ${wanted}: ${miss(given - wanted)})`;
  });
  return `The neuron answers ${first} and ${second}.`;
}

/** Where the answer is ½, and whether it rises or falls there. */
export function shape(w: number, b: number): string {
  if (Math.abs(w) < 0.005) return "The weight is 0: the answer is the same for every input.";
  return `The curve ${w > 0 ? "rises" : "falls"} through ½ at x = ${number(-b / w, 3)}.`;
}

export const loss = (height: number): string => `Loss ${position(height)}`;

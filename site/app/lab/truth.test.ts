// Is what the lab says true? An oracle asks, sentence by sentence, over all landscapes, methods and settings.

import { expect, test } from "vitest";
import { lies } from "./claims.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { type Method, methodsOn, usesDecay } from "./methods.ts";
import { look, places } from "./oracle.ts";
import { load, own } from "./own.ts";
import { DEFAULTS } from "./walk.ts";

const RATES = [1e-12, 1e-6, 1e-3, 0.01, 0.06, 0.1, 0.33, 0.5, 1, 8, 100, 1e4, 1e6];
const DECAYS = [0, 0.5, 0.9, 0.99, 1];
const EPOCHS = [0, 1, 7, 60, 400];
// These go round: each case of the grid takes the next, so that they meet all the others in the end.
const EPSILONS = [1e-8, 1e-12, 1e-3, 10];
const BETAS = [
  [0.9, 0.999],
  [0, 0],
  [0.99, 0.5],
  [0.9999, 0.999999],
  [0, 0.999],
] as const;

await load();
const TYPED = [
  own("x^4 - 2x^2 + 0.3x", 2),
  own("x^3 - 3x", 3),
  own("abs(x) + sqrt(x + 1)", 2),
  own("x * exp(-x^2 - y^2)", 2),
  own("x^2 - y^2 + 0.1 y^4", 3),
];

test.each(
  [...landscapes.values(), ...TYPED].flatMap((landscape) =>
    methodsOn(landscape).map((method): [string, Method, Landscape] => [
      landscape.typed ? landscape.formula : landscape.name,
      method,
      landscape,
    ]),
  ),
)(
  "every sentence is true: %s by %s",
  (_, method, landscape) => {
    const known = look(landscape);
    const told: string[] = [];
    let turn = 0;
    for (const start of places(landscape, landscape.variables.length === 1 ? 8 : 3)) {
      if (![landscape.height(start), ...landscape.gradient(start)].every(Number.isFinite)) continue;
      for (const rate of RATES) {
        for (const decay of usesDecay(method) ? DECAYS : [0.9]) {
          for (const epochs of EPOCHS) {
            const epsilon = EPSILONS[turn % EPSILONS.length] as number;
            const [beta1, beta2] = BETAS[turn % BETAS.length] as [number, number];
            turn += 1;
            if (turn % 3) continue; // 3 divides none of the lists' lengths but the starts', so that all pairs are met
            const run = { ...DEFAULTS, method, start, rate, decay, epochs, beta1, beta2, epsilon };
            told.push(...lies(landscape, known, run));
          }
        }
      }
    }
    expect(told.length, `${told.length} lies, such as\n${told.slice(0, 5).join("\n")}`).toBe(0);
  },
  120_000,
);

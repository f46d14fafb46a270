// Is what the lab says true where the rate follows a schedule, and where there is noise in the gradient?

import { expect, test } from "vitest";
import { lies } from "./claims.ts";
import { type Landscape, landscapes, type Point } from "./landscapes.ts";
import { type Method, methodsOn } from "./methods.ts";
import { look, places } from "./oracle.ts";
import { SCHEDULES } from "./schedule.ts";
import { DEFAULTS } from "./walk.ts";

// Each case takes the next of every list. No two lists are equally long, so that in time all meet all.
const RATES = [0.1, 1e-3, 0.02, 0.4, 1, 0.3, 8, 1e4, 0.06, 1e-6, 0.12];
const PACES = [20, 1, 300, 5, 60];
const NOISES = [0, 0.5, 0, 3, 1e-7, 0.05, 100];
const EPOCHS = [60, 400, 1500, 150, 1, 7, 600, 30];
const BATCHES = [1, 25, 4];
const DECAYS = [0.9, 0.5];

const CASES = 44;

test.each(
  [...landscapes.values()].flatMap((landscape) =>
    methodsOn(landscape).map((method): [string, Method, Landscape] => [landscape.name, method, landscape]),
  ),
)(
  "every sentence is true with schedules and noise: %s by %s",
  (name, method, landscape) => {
    const known = look(landscape);
    const starts = places(landscape, landscape.variables.length === 1 ? 9 : 3);
    const told: string[] = [];
    for (let i = 0; i < CASES; i++) {
      const turn = i * 7 + name.length + method.length;
      const next = <T>(list: readonly T[]): T => list[turn % list.length] as T;
      told.push(
        ...lies(landscape, known, {
          ...DEFAULTS,
          method,
          start: next(starts) as Point,
          rate: next(RATES),
          decay: next(DECAYS),
          epochs: next(EPOCHS),
          schedule: SCHEDULES[i % SCHEDULES.length] as (typeof SCHEDULES)[number],
          pace: next(PACES),
          noise: NOISES[i % NOISES.length] as number,
          batch: next(BATCHES),
          seed: 1 + (turn % 50),
        }),
      );
    }
    expect(told.length, `${told.length} lies, such as\n${told.slice(0, 5).join("\n")}`).toBe(0);
  },
  60_000,
);

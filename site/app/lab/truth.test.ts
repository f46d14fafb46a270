// Is what the lab says true? An oracle asks on its own: it knows heights, on grids, rings and rays, and walks on or with
// another rate; nothing of what the verdict is made from. It takes sentence by sentence what a verdict claims.

import { expect, test } from "vitest";
import { isInside, type Landscape, landscapes, type Point, span } from "./landscapes.ts";
import { type Method, methodsOn, usesDecay } from "./methods.ts";
import { load, own } from "./own.ts";
import { verdict } from "./verdict.ts";
import { distance, type Run, type Walk, walk } from "./walk.ts";

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

// What the oracle knows of a landscape.

function places({ domain: [low, high], variables }: Landscape, n: number): Point[] {
  const ticks = Array.from({ length: n + 1 }, (_, i) => low + ((high - low) * i) / n);
  return variables.length === 1 ? ticks.map((x) => [x]) : ticks.flatMap((y) => ticks.map((x) => [x, y]));
}

const directions = ({ variables }: Landscape): Point[] =>
  variables.length === 1
    ? [[1], [-1]]
    : Array.from({ length: 60 }, (_, i) => [Math.cos((i * Math.PI) / 30), Math.sin((i * Math.PI) / 30)]);

interface Known {
  best: { [sign: string]: number }; // sign 1: the lowest height there is, -1: the highest, turned upside down
  endless: { [sign: string]: boolean };
  steep: number; // nine slopes in ten are less
}

function look(landscape: Landscape): Known {
  const inside = places(landscape, landscape.variables.length === 1 ? 4000 : 240)
    .map((p) => landscape.height(p))
    .filter(Number.isFinite);
  const far = directions(landscape).flatMap((d) =>
    [1, 3, 10, 100, 1000].map((r) => landscape.height(d.map((x) => x * r * span(landscape)))),
  );
  const known: Known = { best: {}, endless: {}, steep: 0 };
  for (const sign of [1, -1]) {
    const low = Math.min(...inside.map((h) => sign * h));
    known.endless[sign] = Math.min(...far.map((h) => sign * h)) < low - 100;
    known.best[sign] = known.endless[sign] ? Number.NEGATIVE_INFINITY : Math.min(low, ...far.map((h) => sign * h));
  }
  const slopes = places(landscape, 20)
    .map((p) => slope(landscape, p))
    .filter(Number.isFinite);
  known.steep = slopes.sort((a, b) => a - b)[Math.floor(0.9 * slopes.length)] as number;
  return known;
}

/** The slope by differences: the steepest of all directions. */
const slope = (landscape: Landscape, p: Point): number =>
  Math.hypot(
    ...p.map((_, i) => {
      const h = 1e-5;
      const beside = (way: number) => landscape.height(p.map((x, j) => (i === j ? x + way * h : x)));
      return (beside(1) - beside(-1)) / (2 * h);
    }),
  );

/** Whether all around a place, at a distance, it is higher (sign 1) or lower (sign -1). */
const isBottom = (landscape: Landscape, p: Point, sign: number, away: number): boolean =>
  directions(landscape).every((d) => {
    const there = landscape.height(p.map((x, i) => x + away * (d[i] as number)));
    return sign * there > sign * landscape.height(p);
  });

const found = new Map<string, number>();

/** The height of the lowest place of the picture (sign -1: the highest, upside down) that is lower than all around it. */
function bottoms(landscape: Landscape, sign: number): number {
  const key = `${landscape.formula} ${sign}`;
  if (!found.has(key)) {
    const size = span(landscape);
    const n = landscape.variables.length === 1 ? 400 : 60;
    const all = places(landscape, n).filter((p) => isBottom(landscape, p, sign, size / n));
    found.set(key, Math.min(...all.map((p) => sign * landscape.height(p))));
  }
  return found.get(key) as number;
}

const end = ({ points }: Walk): Point => points[points.length - 1] as Point;
const movesOf = ({ points }: Walk): number[] => points.slice(1).map((p, i) => distance(p, points[i] as Point));
const longer = (landscape: Landscape, { run }: Walk, more: number): Walk =>
  walk(landscape, { ...run, epochs: run.epochs + more });
const numbered = (text: string, before: RegExp): number =>
  Number(
    new RegExp(`${before.source}(−?[\\d.,]+)`)
      .exec(text)?.[1]
      ?.replace("−", "-")
      .replace(/[.,]*$/, "")
      .replaceAll(",", ""),
  );

// What a verdict claims, and what must be so if it is true.

type Truth = (asked: { landscape: Landscape; known: Known; done: Walk; sign: 1 | -1; text: string }) => boolean;

const claims: [said: RegExp, truth: Truth][] = [
  [
    /(Arrived in|from) (the|one of the \d+|the global) (global )?(minim|maxim)/,
    ({ known, landscape, done, sign }) =>
      !known.endless[sign] &&
      sign * landscape.height(end(done)) < (known.best[sign] as number) + 0.02 * known.steep * span(landscape),
  ],
  [
    /(Arrived in|from) a local/,
    ({ known, landscape, done, sign }) => sign * landscape.height(end(done)) > (known.best[sign] as number) + 1e-4,
  ],
  [/It is not the (low|high)est:/, ({ known, sign }) => !known.endless[sign]],
  [
    /It is not the (low|high)est in the picture|a local \w+ at .* in the picture/,
    ({ landscape, done, sign }) => bottoms(landscape, sign) < sign * landscape.height(end(done)) + 1e-3,
  ],
  [
    /the (low|high)est \w+ found in the picture/,
    ({ known, landscape, done, sign }) =>
      sign * landscape.height(end(done)) < bottoms(landscape, sign) + 1e-3 + 0.02 * known.steep * span(landscape),
  ],
  [
    /came out (low|high)er than it began/,
    ({ done, sign }) => sign * ((done.heights[0] as number) - (done.heights.at(-1) as number)) > 0,
  ],
  [
    /place where the function has no value/,
    ({ landscape, done }) => {
      // Somewhere in reach of the next step there is no value, though the numbers are of everyday size.
      const size = Math.hypot(...end(done)) + 1;
      return (
        size < 1e100 &&
        places(landscape, 40)
          .concat(directions(landscape).map((d) => d.map((x) => 100 * size * x)))
          .some((p) => !Number.isFinite(landscape.height(p)))
      );
    },
  ],
  [/without end/, ({ known, sign }) => known.endless[sign] === true],
  [
    /^Arrived/,
    ({ landscape, done, sign, text }) => {
      const size = span(landscape);
      const since = numbered(text, /after /);
      return (
        isBottom(landscape, end(done), sign, size / 200) &&
        done.points.slice(since).every((p) => distance(p, end(done)) < 5e-4 * size) &&
        distance(longer(landscape, done, 20).points[done.points.length] as Point, end(done)) < size / 500
      );
    },
  ],
  [
    /too small/,
    ({ landscape, done, sign }) => {
      const bolder = walk(landscape, { ...done.run, rate: 10 * done.run.rate });
      return sign * landscape.height(end(bolder)) < sign * landscape.height(end(done));
    },
  ],
  [
    /only just below/,
    ({ landscape, done }) => {
      const near = 2e-4 * span(landscape);
      const rest = (rate: number) => movesOf(walk(landscape, { ...done.run, rate, epochs: 4000 })).slice(-50);
      return Math.max(...rest(1.06 * done.run.rate)) > near && Math.max(...rest(done.run.rate / 2)) < near;
    },
  ],
  [
    /is above (2\/L|the limit|\w+'s limit)/,
    ({ landscape, done }) => {
      const on = longer(landscape, done, 2000);
      return on.overflow !== undefined || Math.max(...movesOf(on).slice(-50)) > 1e-4 * span(landscape);
    },
  ],
  [
    /[Ee]ach leap (is )?[\d.]+ times/,
    ({ done, text }) => {
      const [before = Number.NaN, now = Number.NaN] = movesOf(done).slice(-2);
      return done.points.length < 3 || Math.abs(now / before / numbered(text, /leap (?:is )?/) - 1) < 0.02;
    },
  ],
  [
    /Does not settle/,
    ({ landscape, done }) => {
      const on = longer(landscape, done, 3000);
      return on.overflow !== undefined || Math.max(...movesOf(on).slice(-200)) > 1e-4 * span(landscape);
    },
  ],
  [/Has not settled/, ({ landscape, done }) => Math.max(...movesOf(done).slice(-3)) > 2e-4 * span(landscape)],
  [
    /steps stay about as long as the rate/,
    ({ done }) =>
      movesOf(done)
        .slice(-20)
        .every((move) => move > 0.2 * done.run.rate && move < 5 * done.run.rate),
  ],
  [
    /so the next is longer still/,
    ({ landscape, done }) => {
      const on = longer(landscape, done, 1);
      const [before = 0, now = 0] = movesOf(on).slice(-2);
      return on.overflow !== undefined || on.points.length < 3 || now > before;
    },
  ],
  [
    // There is a smaller rate at which the walk comes to rest, or comes out lower than this one and than where both began.
    /the rate is too large here|too large for this landscape/,
    ({ landscape, done, sign }) =>
      Array.from({ length: 24 }, (_, power) => done.run.rate / 10 ** (power + 1)).some((rate) => {
        const shy = walk(landscape, { ...done.run, rate });
        const [start = 0, low = 0] = [shy.heights[0], shy.heights.at(-1)].map((h) => sign * (h as number));
        if (shy.overflow !== undefined || low > start) return false;
        if (low <= sign * (done.heights.at(-1) as number)) return true;
        return Math.max(...movesOf(longer(landscape, shy, 3000)).slice(-20)) < 1e-4 * span(landscape);
      }),
  ],
  [/almost level/, ({ known, landscape, done }) => slope(landscape, end(done)) < 0.1 * known.steep],
  [
    /yet no (minimum|maximum) is reached/,
    ({ landscape, done, sign }) => !isBottom(landscape, end(done), sign, 2e-4 * span(landscape)),
  ],
  [
    /coming closer/,
    ({ landscape, done, sign }) => {
      const on = longer(landscape, done, 400).heights.slice(done.heights.length);
      return Math.min(...on.map((h) => sign * h)) < sign * (done.heights.at(-1) as number);
    },
  ],
  [/^(Stands exactly|Does not move)/, ({ done }) => movesOf(done).every((move) => move === 0)],
  [/^Stands exactly/, ({ landscape, done }) => landscape.gradient(end(done)).every((g) => g === 0)],
  [
    /^Stopped on the (saddle|maximum|minimum)/,
    ({ landscape, done, sign }) =>
      !isBottom(landscape, end(done), sign, span(landscape) / 200) &&
      Math.max(...movesOf(longer(landscape, done, 1)).slice(-1)) < 1e-3 * span(landscape),
  ],
  [/steps shrink as it goes/, ({ done }) => (movesOf(done).at(-1) as number) < (movesOf(done)[0] as number)],
  [
    /still divides by the steep slopes/,
    ({ landscape, done }) =>
      Math.max(...done.points.map((p) => slope(landscape, p))) > 2.5 * slope(landscape, end(done)),
  ],
  [/nothing of a move is ever lost|With γ = 1 RMSProp/, ({ done: { run } }) => run.decay === 1],
  [
    /swings die down slowly/,
    ({ landscape, done }) =>
      Math.max(...movesOf(longer(landscape, done, 3000)).slice(-200)) < Math.max(...movesOf(done).slice(-20)),
  ],
  [
    /came back/,
    ({ landscape, done }) => done.points.some((p) => !isInside(landscape, p)) && isInside(landscape, end(done)),
  ],
  [
    /^(Diverged|Ran|Jumped|Drifted)/,
    ({ landscape, done }) => done.overflow !== undefined || !isInside(landscape, end(done)),
  ],
  [/ fell from/, ({ done }) => (done.heights.at(-1) as number) < (done.heights[0] as number)],
  [/ rose from/, ({ done }) => (done.heights.at(-1) as number) > (done.heights[0] as number)],
  [/but it crawls/, ({ landscape, done }) => Math.max(...movesOf(done).slice(-2)) < 0.02 * span(landscape)],
  [/^[A-Z].*\.$/, ({ text }) => !/NaN|undefined|null|Infinity|not a number|∞/.test(text)],
];

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
    const lies: string[] = [];
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
            const run: Run = { method, start, rate, decay, epochs, beta1, beta2, epsilon };
            const done = walk(landscape, run);
            const { text } = verdict(landscape, done);
            const sign = method === "ascent" ? -1 : 1;
            for (const [said, truth] of claims) {
              if (said.test(text) && !truth({ landscape, known, done, sign, text })) {
                lies.push(
                  `${said.source.slice(0, 40)} | from ${start}, rate ${rate}, γ ${decay}, β ${beta1} ${beta2}, ε ${epsilon}, ${epochs} steps: ${text}`,
                );
              }
            }
          }
        }
      }
    }
    expect(lies.length, `${lies.length} lies, such as\n${lies.slice(0, 5).join("\n")}`).toBe(0);
  },
  120_000,
);

// For tests: what the sentences of a verdict claim, one by one, and what the oracle says must be so if they are true.

import { isInside, type Landscape, type Point, span } from "./landscapes.ts";
import {
  away,
  bottomBeside,
  bottoms,
  directions,
  end,
  isBottom,
  type Known,
  longer,
  middleOf,
  movesOf,
  numbered,
  places,
  rateThen,
  slope,
} from "./oracle.ts";
import { verdict } from "./verdict.ts";
import { distance, type Run, type Walk, walk } from "./walk.ts";

export type Truth = (asked: { landscape: Landscape; known: Known; done: Walk; sign: 1 | -1; text: string }) => boolean;

const radiusSaid = /distance was about /;

export const claims: [said: RegExp, truth: Truth][] = [
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
        .every((move, i, all) => {
          const then = rateThen(done.run, done.points.length - 1 - all.length + i);
          return move > 0.2 * then && move < 5 * then;
        }),
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
  [
    /noise carried it out/,
    ({ landscape, done }) => {
      const calm = walk(landscape, { ...done.run, noise: 0 });
      return calm.overflow === undefined && calm.points.every((p) => isInside(landscape, p));
    },
  ],
  [
    /it hovers about/,
    ({ landscape, done, sign, text }) => {
      const tail = done.points.slice(-numbered(text, /Over its last /));
      const place = bottomBeside(landscape, middleOf(tail), sign);
      const on = longer(landscape, done, 3000);
      const near = away(tail, place);
      return (
        Math.abs(numbered(text, radiusSaid) / near - 1) < 0.1 &&
        on.overflow === undefined &&
        (!text.startsWith("Does not") || Math.max(...movesOf(on).slice(-200)) > 0) &&
        away(on.points.slice(-1500), place) < 2.5 * near
      );
    },
  ],
  [
    /because of the noise/,
    ({ landscape, done, sign }) => {
      const place = bottomBeside(landscape, middleOf(done.points.slice(-30)), sign);
      const rate = rateThen(done.run, done.points.length - 2);
      const calm = walk(landscape, {
        ...done.run,
        start: end(done),
        rate,
        noise: 0,
        schedule: "constant",
        epochs: 600,
      });
      return away(calm.points.slice(-50), place) < 0.7 * away(done.points.slice(-200), place);
    },
  ],
  [
    /make it [\d.]+, and four times/,
    ({ landscape, done, sign, text }) => {
      const runs = [1, 2, 3].map((seed) => walk(landscape, { ...done.run, seed, epochs: 10_000 }));
      const all = runs.flatMap(({ points }) => points.slice(-8000));
      return (
        Math.abs(Math.log2(numbered(text, /make it /) / away(all, bottomBeside(landscape, end(done), sign)))) < 0.5
      );
    },
  ],
  [
    /the walk comes closer/,
    ({ landscape, done, sign, text }) => {
      const tail = done.points.slice(-numbered(text, /Over its last /));
      const place = bottomBeside(landscape, middleOf(tail), sign);
      return away(longer(landscape, done, 3000).points.slice(-1000), place) < away(tail, place);
    },
  ],
  [
    /brought the rate down to 0 in/,
    ({ landscape, done }) =>
      rateThen(done.run, done.points.length - 1) === 0 &&
      longer(landscape, done, 1000)
        .points.slice(done.points.length)
        .every((p) => distance(p, end(done)) < span(landscape) / 500),
  ],
  [
    /would have come further/,
    ({ landscape, done, sign }) =>
      sign * (walk(landscape, { ...done.run, schedule: "constant" }).heights.at(-1) as number) <
      sign * (done.heights.at(-1) as number),
  ],
  [
    /by now|has brought the rate/,
    ({ done, text }) => {
      const now = rateThen(done.run, done.points.length - 2);
      return (
        now < 1e-4 ||
        now >= 1e6 ||
        Math.abs(numbered(text, /(?:by now |rate down to |rate up only to )/) / now - 1) < 1e-3
      );
    },
  ],
  [
    /is still above (2\/L|the limit|\w+'s limit)/,
    ({ landscape, done }) => {
      const rate = rateThen(done.run, done.points.length - 2);
      const steady = walk(landscape, { ...done.run, rate, schedule: "constant", start: end(done), epochs: 2000 });
      return steady.overflow !== undefined || Math.max(...movesOf(steady).slice(-50)) > 1e-4 * span(landscape);
    },
  ],
  [/ fell from/, ({ done }) => (done.heights.at(-1) as number) < (done.heights[0] as number)],
  [/ rose from/, ({ done }) => (done.heights.at(-1) as number) > (done.heights[0] as number)],
  [/but it crawls/, ({ landscape, done }) => Math.max(...movesOf(done).slice(-2)) < 0.02 * span(landscape)],
  [/^[A-Z].*\.$/, ({ text }) => !/NaN|undefined|null|Infinity|not a number|∞/.test(text)],
];

/** What the verdict says of a run that is not true. */
export function lies(landscape: Landscape, known: Known, run: Run): string[] {
  const done = walk(landscape, run);
  const { text } = verdict(landscape, done);
  const sign = run.method === "ascent" ? -1 : 1;
  return claims
    .filter(([said, truth]) => said.test(text) && !truth({ landscape, known, done, sign, text }))
    .map(([said]) => {
      const { start, rate, decay, beta1, beta2, epsilon, schedule, pace, noise, batch, epochs } = run;
      const how = `rate ${rate}, γ ${decay}, β ${beta1} ${beta2}, ε ${epsilon}, ${schedule} ${pace}, noise ${noise} in ${batch}`;
      return `${said.source.slice(0, 40)} | ${run.method} from ${start}, ${how}, ${epochs} steps: ${text}`;
    });
}

// The update written out: each line of a method's rule for one step, with the numbers of that step put in.

import { html } from "./dom.ts";
import { number, rate as plain } from "./format.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { type Method, type State, steps, titles } from "./methods.ts";
import { rateOf, SCHEDULE_FORMULAS } from "./schedule.ts";
import type { Walk } from "./walk.ts";

export interface Line {
  name: string;
  rule: string; // in symbols
  numbers: string; // the same with numbers; empty where the rule only names a number
  value: string;
}

type V = readonly number[];

/** A number or a vector, in brackets where a sign would stand beside another. */
const bare = (v: V): string => (v.length === 1 ? number(v[0] as number) : `(${v.map((x) => number(x)).join(", ")})`);
const put = (v: V): string => (v.length === 1 && (v[0] as number) < 0 ? `(${bare(v)})` : bare(v));

/** The lines of the step that follows step k; none where nothing is known of it. */
export function workings(landscape: Landscape, walk: Walk, k: number): Line[] {
  const { points, states, samples, noises } = walk;
  const here = Math.min(k, points.length - 1);
  const [p, before] = [points[here] as Point, states[here] as State];
  const run = { ...walk.run, rate: rateOf(walk.run, here) };
  const [sample, off] = [samples[here], noises[here]];
  // Chance decides only with the step; what it will be is not known before.
  if ((run.method === "stochastic" && sample === undefined) || (run.noise > 0 && !off)) return [];
  let exact: V = walk.gradients[here] as V;
  let g = exact;
  const [next, after] = steps[run.method](
    p,
    before,
    (at) => {
      if (sample !== undefined) exact = landscape.samples?.[sample]?.(at) ?? exact;
      else if (at !== p) exact = landscape.gradient(at);
      g = off ? exact.map((one, i) => one + (off[i] as number)) : exact;
      return g;
    },
    run,
  );
  const one = p.length === 1;
  const x = one ? (landscape.variables[0] as string) : `(${landscape.variables.join(", ")})`;
  const slope = (at: string) => (one ? `f′(${at})` : `∇f${at.startsWith("(") ? at : `(${at})`}`);
  const eta = run.schedule === "constant" ? plain(run.rate) : number(run.rate);
  const [gamma, epsilon] = [plain(run.decay), number(run.epsilon)];
  const [u, v] = [before.u, before.v];
  const line = (name: string, rule: string, numbers: string, value: V): Line => ({
    name,
    rule,
    numbers,
    value: bare(value),
  });
  const move = (rule: string, numbers: string) => line(`new ${x}`, `${x} ${rule}`, `${bare(p)} ${numbers}`, next);
  const divided = (top: V, root: V) => `− ${eta} · ${put(top)} / (√${put(root)} + ${epsilon})`;
  const blend = (name: string, share: number, symbol: string, old: V, fresh: V, square: boolean, value: V) =>
    line(
      name,
      `${symbol} · ${name} + (1 − ${symbol}) · ${square ? "g²" : "g"}`,
      `${plain(share)} · ${put(old)} + ${number(1 - share)} · ${put(fresh)}${square ? "²" : ""}`,
      value,
    );
  const asked = run.method === "nesterov" ? slope(`${x} − γ · u`) : slope(x);
  const whose = sample === undefined ? asked : `${asked} of data point ${sample + 1} alone`;
  const gradient = off ? line("g", `${whose} + noise`, `${bare(exact)} + ${put(off)}`, g) : line("g", whose, "", g);
  const formula = SCHEDULE_FORMULAS[run.schedule];
  const filled = formula.replace("η", plain(walk.run.rate)).replace("k", String(here)).replace("T", String(run.pace));
  const pacing: Line[] = formula === "η" ? [] : [{ name: "ηₖ", rule: formula, numbers: filled, value: eta }];
  const e = formula === "η" ? "η" : "ηₖ";

  const rules: Record<Method, () => Line[]> = {
    descent: () => [move(`− ${e} · g`, `− ${eta} · ${put(g)}`)],
    stochastic: () => [move(`− ${e} · g`, `− ${eta} · ${put(g)}`)],
    ascent: () => [move(`+ ${e} · g`, `+ ${eta} · ${put(g)}`)],
    momentum: () => [
      line("u", `γ · u + ${e} · g`, `${gamma} · ${put(u)} + ${eta} · ${put(g)}`, after.u),
      move("− u", `− ${put(after.u)}`),
    ],
    nesterov: () => rules.momentum(),
    adagrad: () => [
      line("v", "v + g²", `${bare(v)} + ${put(g)}²`, after.v),
      move(`− ${e} · g / (√v + ε)`, divided(g, after.v)),
    ],
    rmsprop: () => [
      blend("v", run.decay, "γ", v, g, true, after.v),
      move(`− ${e} · g / (√v + ε)`, divided(g, after.v)),
    ],
    adam: () => {
      const [c1, c2] = [1 - run.beta1 ** after.k, 1 - run.beta2 ** after.k];
      const [mean, square] = [after.u.map((m) => m / c1), after.v.map((m) => m / c2)];
      const power = `^${after.k}`;
      return [
        blend("u", run.beta1, "β₁", u, g, false, after.u),
        blend("v", run.beta2, "β₂", v, g, true, after.v),
        line("û", "u / (1 − β₁ᵏ)", `${bare(after.u)} / (1 − ${plain(run.beta1)}${power})`, mean),
        line("v̂", "v / (1 − β₂ᵏ)", `${bare(after.v)} / (1 − ${plain(run.beta2)}${power})`, square),
        move(`− ${e} · û / (√v̂ + ε)`, divided(mean, square)),
      ];
    },
  };
  return [...pacing, gradient, ...rules[run.method]()];
}

/** The step's lines for the page; powers are raised. */
export function writtenOut(landscape: Landscape, walk: Walk, k: number, title?: string): HTMLElement[] {
  const lines = workings(landscape, walk, k);
  if (!lines.length) return [];
  const last = Math.min(k, walk.points.length - 1);
  const raised = (text: string): (string | HTMLElement)[] =>
    text.split(/(\^\d+)/).map((part) => (/^\^\d/.test(part) ? html("sup", {}, part.slice(1)) : part));
  return [
    html("p", { class: "name" }, `${title ?? titles[walk.run.method]}, from step ${last} to step ${last + 1}`),
    ...lines.map(({ name, rule, numbers, value }) =>
      html(
        "p",
        { class: "line" },
        html("b", {}, name),
        ` = ${rule}`,
        ...(numbers ? [html("span", {}, " = ", ...raised(numbers))] : []),
        html("span", {}, " = ", html("b", {}, value)),
      ),
    ),
  ];
}

// The map of rate and decay: each cell in the shade of the number of steps after which a walk with them arrives.

import { both } from "../palette.ts";
import { html, wiped } from "./dom.ts";
import { count, number } from "./format.ts";
import { usesDecay } from "./methods.ts";
import { RATES, runsOf, type Setup } from "./settings.ts";
import { decayAt, MAP, rateAt } from "./survey.ts";
import { Surveyor } from "./surveyor.ts";
import type { Run } from "./walk.ts";

const MARGIN = { left: 40, right: 8, top: 8, bottom: 36 };
const SHADES = both.shades; // from quick to slow

/** The shade of a number of steps: each tenfold is as far as the last, for few differ by few. */
export function shade(steps: number, most: number): string {
  const part = Math.log(Math.max(1, steps)) / Math.log(Math.max(2, most));
  return SHADES[Math.min(SHADES.length - 1, Math.floor(part * SHADES.length))] as string;
}

export class RateMap {
  readonly element: HTMLDetailsElement;
  private readonly canvas = html("canvas", { tabindex: 0, role: "slider", class: "ratemap" });
  private readonly words = html("p", { class: "name" });
  private readonly surveyor = new Surveyor("map", 0, () => this.soon());
  private readonly chosen: (part: Partial<Run>) => void;
  private setup: Setup | undefined;
  private selected = 0;
  private due = 0;
  private ink = "#333";

  /** A cell that is chosen sets rate, decay and a method that has a decay. */
  constructor(chosen: (part: Partial<Run>) => void) {
    this.chosen = chosen;
    this.element = html(
      "details",
      { class: "maps", toggle: () => this.opened() },
      html("summary", {}, "Rates and momentum"),
      this.words,
    );
    this.canvas.addEventListener("click", (event) => {
      const box = this.canvas.getBoundingClientRect();
      const { left, top, wide, high } = this.place();
      const i = Math.floor(((event.clientX - box.left - left) / wide) * MAP.rates);
      const j = MAP.decays - 1 - Math.floor(((event.clientY - box.top - top) / high) * MAP.decays);
      if (i >= 0 && i < MAP.rates && j >= 0 && j < MAP.decays) this.choose(i, j);
    });
    this.canvas.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const [i, j] = this.cell();
      const kept = (value: number, most: number) => Math.min(most - 1, Math.max(0, value));
      this.choose(kept(i + (way[0] as number), MAP.rates), kept(j + (way[1] as number), MAP.decays));
    });
  }

  update(setup: Setup, selected: number, ink: string): void {
    [this.setup, this.selected, this.ink] = [setup, selected, ink];
    if (this.element.open) this.soon();
  }

  private opened(): void {
    if (!this.element.open) return;
    this.element.append(this.canvas); // not before: a lab that nobody surveys has no empty picture
    this.soon();
  }

  stop(): void {
    this.surveyor.stop();
  }

  private choose(i: number, j: number): void {
    this.chosen({ method: this.run().method, rate: rateAt(i), decay: decayAt(j) });
  }

  /** The selected run, with momentum if its method has no decay. */
  private run(): Run {
    const run = runsOf(this.setup as Setup)[this.selected] as Run;
    return usesDecay(run.method) ? run : { ...run, method: "momentum" };
  }

  private cell(): [number, number] {
    const { rate, decay } = this.run();
    const i = Math.round(((Math.log10(rate) - RATES.low) / (RATES.high - RATES.low)) * MAP.rates - 0.5);
    const j = Math.round((decay / 0.99) * (MAP.decays - 1));
    return [Math.min(MAP.rates - 1, Math.max(0, i)), Math.min(MAP.decays - 1, Math.max(0, j))];
  }

  private place(): { left: number; top: number; wide: number; high: number } {
    const width = this.canvas.clientWidth;
    const wide = width - MARGIN.left - MARGIN.right;
    return { left: MARGIN.left, top: MARGIN.top, wide, high: Math.min(320, 0.52 * wide) };
  }

  private soon(): void {
    this.due ||= requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    this.due = 0;
    if (!this.element.open || !this.setup) return;
    const run = this.run();
    this.surveyor.ask({ landscape: this.setup.landscape, shared: { ...run, rate: 1, decay: 0 }, own: [{}] }, 0);
    const { left, top, wide, high } = this.place();
    this.canvas.style.height = `${high + MARGIN.top + MARGIN.bottom}px`;
    const context = wiped(this.canvas, this.canvas.clientWidth, high + MARGIN.top + MARGIN.bottom);
    const [w, h] = [wide / MAP.rates, high / MAP.decays];
    this.surveyor.rows.forEach((row, j) => {
      row?.forEach((steps, i) => {
        if (steps < 0) return;
        context.fillStyle = shade(steps, run.epochs);
        context.fillRect(left + i * w, top + (MAP.decays - 1 - j) * h, w + 0.6, h + 0.6);
      });
    });
    this.axes(context, left, top, wide, high);
    const [i, j] = this.cell();
    context.strokeStyle = this.ink;
    context.lineWidth = 2;
    context.strokeRect(left + i * w - 2, top + (MAP.decays - 1 - j) * h - 2, w + 4, h + 4);
    this.say(run, this.surveyor.rows[j]?.[i]);
  }

  private axes(context: CanvasRenderingContext2D, left: number, top: number, wide: number, high: number): void {
    context.strokeStyle = this.ink;
    context.fillStyle = this.ink;
    context.lineWidth = 0.6;
    context.strokeRect(left, top, wide, high);
    context.textAlign = "center";
    for (let power = RATES.low; power <= RATES.high; power++) {
      const x = left + ((power - RATES.low) / (RATES.high - RATES.low)) * wide;
      context.fillText(number(10 ** power), x, top + high + 14);
    }
    context.fillText("learning rate", left + wide / 2, top + high + 30);
    context.textAlign = "right";
    for (const decay of [0, 0.25, 0.5, 0.75, 0.99])
      context.fillText(String(decay), left - 5, top + high * (1 - decay / 0.99) + 4);
    context.fillText("γ", left - 28, top + 14);
  }

  private say(run: Run, steps: number | undefined): void {
    const where = `rate ${run.rate}, γ ${run.decay}`;
    const arrives =
      steps === undefined
        ? "not computed yet"
        : steps < 0
          ? `does not arrive in ${count(run.epochs)} steps`
          : `arrives after ${count(steps)} steps`;
    this.words.textContent = `${run.method === "momentum" ? "Momentum" : run.method === "nesterov" ? "Nesterov" : "RMSProp"} from this start: the darker, the fewer steps; blank where it does not arrive in ${count(run.epochs)}.${run.noise > 0 ? " Noise is left out." : ""} Choose a place to run it there. Now: ${where}.`;
    const described = {
      "aria-label": "Map of learning rate and decay; arrow keys choose, and run the walk",
      "aria-valuemin": 10 ** RATES.low,
      "aria-valuemax": 10 ** RATES.high,
      "aria-valuenow": run.rate,
      "aria-valuetext": `${where}: ${arrives}`,
    };
    for (const [name, value] of Object.entries(described)) this.canvas.setAttribute(name, String(value));
  }
}

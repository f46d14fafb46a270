// The second picture: the height at each step so far; before the first step, the height that one step makes of each rate.

import { describe, html } from "./dom.ts";
import { afterOne, drawFirstStep } from "./first.ts";
import { drawLoss } from "./loss.ts";
import type { Ink, Trace } from "./plane.ts";
import type { Runs } from "./runs.ts";

export class Chart {
  private readonly canvas = html("canvas", { role: "img" });
  readonly element = html("div", { class: "loss" }, this.canvas);
  private wide = 0;

  /** Take the width of its box; asked for in each frame it would be laid out in each frame twice. */
  fit(): boolean {
    const before = this.wide;
    this.wide = this.element.clientWidth;
    return this.wide !== before;
  }

  draw({ setup: { landscape } }: Runs, traces: Trace[], k: number, ink: Ink): void {
    const { wide } = this;
    const tall = Math.min(260, Math.max(150, wide * 0.5));
    if (k > 0) drawLoss(this.canvas, landscape, traces, k, wide, tall, ink);
    else drawFirstStep(this.canvas, landscape, traces, wide, tall, ink);
  }

  /** What it shows, for those who do not see it. */
  describe({ setup: { landscape }, walks, names }: Runs, k: number): void {
    const { measure } = landscape;
    const ones = walks.map((walk, i) => `${names[i]}: ${afterOne(walk)}`).join(" ");
    const text =
      k > 0
        ? `Curve of the ${measure} from step 0 to step ${k}.`
        : `Curve of the ${measure} after one step, for each learning rate. ${ones}`;
    describe(this.canvas, { "aria-label": text });
  }
}

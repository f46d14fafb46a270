// What a reader sees before the walk: the height after one step, for each learning rate, with the rates that are set marked.

import { scaleLinear, scaleLog } from "d3-scale";
import { wiped } from "./dom.ts";
import { number, position } from "./format.ts";
import { range } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";
import { drawLevels } from "./levels.ts";
import type { Ink, Trace } from "./plane.ts";
import { RATES } from "./settings.ts";
import { type Run, type Walk, walk } from "./walk.ts";

const PLACES = 160; // rates that are tried along the axis

/** The height after one step with a rate; nothing where there is no such number. */
export function heightAfterOne(landscape: Landscape, run: Run, rate: number): number | undefined {
  return walk(landscape, { ...run, rate, epochs: 1 }).heights[1];
}

/** What the first step makes of the height, in words. */
export function afterOne({ heights: [from = Number.NaN, to] }: Walk): string {
  return to === undefined ? `from ${position(from)}.` : `from ${position(from)} to ${position(to)}.`;
}

export function drawFirstStep(
  canvas: HTMLCanvasElement,
  landscape: Landscape,
  traces: Trace[],
  width: number,
  height: number,
  ink: Ink,
): void {
  const context = wiped(canvas, width, height);
  const [left, right, top, bottom] = [50, width - 8, 22, height - 24];
  const [floor, ceiling] = range(landscape);
  const room = 0.06 * (ceiling - floor);
  const x = scaleLog([10 ** RATES.low, 10 ** RATES.high], [left, right]).clamp(true);
  const y = scaleLinear([floor - room, ceiling + room], [bottom, top]);
  context.font = "11px Text, system-ui, sans-serif";
  context.fillStyle = ink.text;
  context.strokeStyle = ink.text;
  context.textAlign = "left";
  context.fillText(`${landscape.measure} after one step, by learning rate`, 4, 11);
  drawLevels(context, y.ticks(4), y, left, right);
  for (let power = RATES.low; power <= RATES.high; power += width < 330 ? 2 : 1)
    context.fillText(number(10 ** power), Math.max(x(10 ** power), left + 8), bottom + 15);
  context.globalAlpha = 1;
  context.save();
  context.beginPath();
  context.rect(left, top - 4, right - left + 6, bottom - top + 8);
  context.clip();
  for (const { walk: done, mark } of traces) {
    context.strokeStyle = mark.colour;
    context.fillStyle = mark.colour;
    context.lineWidth = 2;
    context.setLineDash([...mark.dash]);
    context.beginPath();
    let down = false;
    for (let i = 0; i <= PLACES; i++) {
      const rate = 10 ** (RATES.low + ((RATES.high - RATES.low) * i) / PLACES);
      const to = heightAfterOne(landscape, done.run, rate);
      if (to === undefined) down = false;
      else {
        const level = Math.min(Math.max(y(to), -1e4), 1e4);
        if (down) context.lineTo(x(rate), level);
        else context.moveTo(x(rate), level);
        down = true;
      }
    }
    context.stroke();
    context.setLineDash([]);
    const here = heightAfterOne(landscape, done.run, done.run.rate);
    if (here === undefined) continue;
    const level = Math.min(Math.max(y(here), top), bottom);
    context.beginPath();
    context.moveTo(x(done.run.rate), bottom);
    context.lineTo(x(done.run.rate), level);
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(x(done.run.rate), level, 4.5, 0, 7);
    context.fill();
  }
  context.restore();
}

// The loss curve: the height at each step, on a logarithmic axis where it falls through powers of ten.

import { scaleLinear, scaleLog } from "d3-scale";
import { wiped } from "./dom.ts";
import { count } from "./format.ts";
import { range } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";
import { drawLevels } from "./levels.ts";
import type { Ink, Trace } from "./plane.ts";

/** Whether the axis is logarithmic, and from where to where it goes. */
export function heightAxis(landscape: Landscape, heights: number[]): { log: boolean; domain: [number, number] } {
  const [floor, ceiling] = range(landscape);
  // A walk that is thrown out must not press all else flat: what is far above the picture is cut off.
  const top = Math.max(...heights.filter((h) => h <= ceiling + (ceiling - floor)), floor);
  const bottom = Math.min(...heights.filter((h) => h >= floor - (ceiling - floor)), ceiling);
  const positive = heights.filter((h) => h > 1e-16 && h <= 1e6 * ceiling);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  if (floor >= 0 && heights.every((h) => h >= 0) && most > 50 * least) return { log: true, domain: [least, most] };
  const room = 0.06 * (top - bottom) || 0.1 * Math.abs(top) || 1;
  return { log: false, domain: [bottom - room, top + room] };
}

export function drawLoss(
  canvas: HTMLCanvasElement,
  landscape: Landscape,
  traces: Trace[],
  k: number,
  width: number,
  height: number,
  ink: Ink,
): void {
  const context = wiped(canvas, width, height);
  context.save();
  const steps = Math.max(1, ...traces.map(({ walk }) => walk.run.epochs));
  const { log, domain } = heightAxis(
    landscape,
    traces.flatMap(({ walk }) => walk.heights),
  );
  const [left, right, top, bottom] = [50, width - 8, 22, height - 24];
  const x = scaleLinear([0, steps], [left, right]);
  const y = (log ? scaleLog(domain, [bottom, top]) : scaleLinear(domain, [bottom, top])).clamp(false);
  context.font = "11px Text, system-ui, sans-serif";
  context.fillStyle = ink.text;
  context.strokeStyle = ink.text;
  context.lineWidth = 1;
  context.textAlign = "left";
  context.fillText(`${landscape.measure} at each step${log ? " (logarithmic)" : ""}`, 4, 11);
  drawLevels(context, ticksOf(y, log), y, left, right);
  for (const tick of x.ticks(Math.min(5, steps)).filter(Number.isInteger)) {
    context.fillText(count(tick), Math.min(x(tick), right - 8), bottom + 15);
  }
  context.globalAlpha = 0.5;
  context.beginPath();
  context.moveTo(x(k), top);
  context.lineTo(x(k), bottom);
  context.stroke();
  context.globalAlpha = 1;
  context.beginPath();
  context.rect(left, top - 4, right - left + 6, bottom - top + 8);
  context.clip();
  for (const { walk, mark } of traces) {
    context.strokeStyle = mark.colour;
    context.lineWidth = 2;
    context.setLineDash([...mark.dash]);
    context.beginPath();
    const end = Math.min(k, walk.heights.length - 1);
    const level = (i: number) =>
      Math.min(Math.max(y(Math.max(walk.heights[i] as number, log ? 1e-300 : -1e300)), -1e4), 1e4);
    context.moveTo(x(0), level(0));
    for (const i of telling(walk.heights, end, 2 * width)) context.lineTo(x(i), level(i));
    context.stroke();
    context.setLineDash([]);
    const now = y(Math.max(walk.heights[end] as number, log ? 1e-300 : -1e300));
    context.fillStyle = mark.colour;
    context.beginPath();
    context.arc(x(end), Math.min(Math.max(now, top), bottom), 3.5, 0, 7);
    context.fill();
  }
  context.restore();
}

/** Which of the heights up to an end to draw, where there are more than can be seen: of each few the lowest and the highest. */
export function telling(heights: readonly number[], end: number, most: number): number[] {
  const few = Math.ceil((end + 1) / most) * 2;
  if (few <= 2) return Array.from({ length: end }, (_, i) => i + 1);
  const found: number[] = [];
  for (let from = 0; from <= end; from += few) {
    let [low, high] = [from, from];
    for (let i = from; i < from + few && i <= end; i++) {
      if ((heights[i] as number) < (heights[low] as number)) low = i;
      if ((heights[i] as number) > (heights[high] as number)) high = i;
    }
    found.push(Math.min(low, high), Math.max(low, high));
  }
  return [...found, end];
}

/** Round values for the axis; of a logarithmic one whole powers of ten, as many as there is room for. */
function ticksOf(y: { ticks(n: number): number[]; domain(): number[] }, log: boolean): number[] {
  if (!log) return y.ticks(4);
  const [least = 1, most = 1] = y.domain();
  const [from, to] = [Math.ceil(Math.log10(least)), Math.floor(Math.log10(most))];
  const stride = Math.max(1, Math.ceil((to - from + 1) / 5));
  return Array.from({ length: Math.max(0, Math.floor((to - from) / stride) + 1) }, (_, i) => 10 ** (from + i * stride));
}

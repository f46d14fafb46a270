// The point where a walk stands, with the tangent through it on a curve and the gradient's arrow on a map.

import { type Frame, isFlat } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";
import type { Ink, Trace } from "./plane.ts";
import { arrowHead, type Box, inside, type Pixel, shape } from "./shapes.ts";
import { length } from "./walk.ts";

/** The point where the walk stands, with the tangent through it on a curve and the gradient's arrow on a map. */
export function pointer(
  context: CanvasRenderingContext2D,
  landscape: Landscape,
  at: Frame,
  { walk, mark }: Trace,
  k: number,
  here: Pixel,
  box: Box,
  ink: Ink,
): void {
  if (!inside(here, box)) return;
  const gradient = walk.gradients[k] as readonly number[];
  const [x, y] = here;
  if (isFlat(landscape)) tangent(context, at, x, y, gradient[0] as number, ink.text);
  else uphill(context, x, y, gradient, ink.text);
  shape(context, mark, x, y, 6);
  context.fillStyle = mark.colour;
  context.strokeStyle = ink.paper;
  context.lineWidth = 2;
  context.fill();
  context.stroke();
}

function tangent(
  context: CanvasRenderingContext2D,
  { x: across, y: up }: Frame,
  x: number,
  y: number,
  slope: number,
  colour: string,
): void {
  const perPixel = (up(1) - up(0)) / (across(1) - across(0));
  const [dx, dy] = [1, slope * perPixel];
  const half = 46 / Math.hypot(dx, dy);
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - half * dx, y - half * dy);
  context.lineTo(x + half * dx, y + half * dy);
  context.stroke();
}

function uphill(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  gradient: readonly number[],
  colour: string,
): void {
  const steep = length(gradient);
  if (steep === 0) return;
  // Gradients differ by powers of ten, arrows by a few pixels: each tenfold is 8 longer, between 14 and 54.
  const size = Math.min(54, Math.max(14, 34 + 8 * Math.log10(steep)));
  const [dx, dy] = [((gradient[0] as number) / steep) * size, (-(gradient[1] as number) / steep) * size];
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + dx, y + dy);
  context.stroke();
  arrowHead(context, x + dx, y + dy, Math.atan2(dy, dx), colour, 8);
}

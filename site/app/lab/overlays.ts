// What can be laid over a map: arrows of the gradient on a grid, and the level line through the point where a walk stands.

import { contours } from "d3-contour";
import { type Frame, heightsOf, mapSize } from "./ground.ts";
import type { Landscape, Point } from "./landscapes.ts";
import type { Ink } from "./plane.ts";
import { length } from "./walk.ts";

export const ARROWS = 15; // along each side
export type Overlay = "field" | "level" | "basins";

/** Arrows uphill: their lengths tell powers of ten apart, from a dot to the grid's own step. */
export function drawField(context: CanvasRenderingContext2D, landscape: Landscape, at: Frame, colour: string): void {
  const [left = 0, right = 0] = at.x.range();
  const cell = (right - left) / ARROWS;
  const places = ([low = 0, high = 0]: number[]) =>
    Array.from({ length: ARROWS }, (_, i) => low + ((high - low) * (i + 0.5)) / ARROWS);
  const arrows = places(at.y.domain()).flatMap((y) =>
    places(at.x.domain()).map((x) => ({ x, y, g: landscape.gradient([x, y]) })),
  );
  const steepest = Math.max(...arrows.map(({ g }) => length(g)).filter(Number.isFinite));
  context.save();
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.globalAlpha = 0.6;
  context.lineWidth = 1.2;
  for (const { x, y, g } of arrows) {
    const steep = length(g);
    if (!Number.isFinite(steep) || steep === 0) continue;
    const size = 0.46 * cell * Math.max(0.12, 1 + Math.log10(steep / steepest) / 3);
    const [dx, dy] = [((g[0] as number) / steep) * size, (-(g[1] as number) / steep) * size];
    const [cx, cy] = [at.x(x), at.y(y)];
    const turn = Math.atan2(dy, dx);
    const head = Math.min(5, size);
    context.beginPath();
    context.moveTo(cx - dx, cy - dy);
    context.lineTo(cx + dx, cy + dy);
    for (const side of [2.6, -2.6]) {
      context.moveTo(cx + dx, cy + dy);
      context.lineTo(cx + dx + head * Math.cos(turn + side), cy + dy + head * Math.sin(turn + side));
    }
    context.stroke();
  }
  context.restore();
}

/** The line of all places as high as a point. */
export function levelThrough(landscape: Landscape, point: Point): number[][][] {
  const size = mapSize + 1;
  const { coordinates } = contours()
    .size([size, size])
    .contour([...heightsOf(landscape)], landscape.height(point));
  const [low, high] = landscape.domain;
  const place = (i: number) => low + ((i - 0.5) / mapSize) * (high - low);
  return coordinates.flat().map((ring) => ring.map(([x = 0, y = 0]) => [place(x), place(y)]));
}

export function drawLevel(context: CanvasRenderingContext2D, at: Frame, point: Point, colour: string): void {
  const [left, right] = at.x.range() as [number, number];
  const [bottom, top] = at.y.range() as [number, number];
  context.save();
  context.beginPath();
  context.rect(left + 1, top + 1, right - left - 2, bottom - top - 2);
  context.clip();
  context.beginPath();
  const [cx = 0, cy = 0] = at.centre;
  for (const ring of levelThrough(at.shown, [(point[0] as number) - cx, (point[1] as number) - cy])) {
    ring.forEach(([x = 0, y = 0], i) => {
      if (i) context.lineTo(at.x(x + cx), at.y(y + cy));
      else context.moveTo(at.x(x + cx), at.y(y + cy));
    });
  }
  context.strokeStyle = colour;
  context.lineWidth = 1.8;
  context.setLineDash([5, 3]);
  context.stroke();
  context.restore();
}

/** How far about a place a walk hovers: a circle on a map, the two ends of a stretch on a curve. */
export function drawHover(context: CanvasRenderingContext2D, at: Frame, place: Point, off: number, ink: Ink): void {
  const [x, y] = place as [number, number?];
  const [left, right] = at.x.range() as [number, number];
  const [bottom, top] = at.y.range() as [number, number];
  const path = new Path2D();
  if (y === undefined) {
    for (const end of [at.x(x - off), at.x(x + off)]) {
      path.moveTo(end, bottom);
      path.lineTo(end, top);
    }
  } else path.arc(at.x(x), at.y(y), at.x(x + off) - at.x(x), 0, 7);
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  // Light below dark, so that it is seen on whatever the walk has drawn.
  for (const [colour, width] of [
    [ink.paper, 4],
    [ink.text, 1.6],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(path);
  }
  context.restore();
}

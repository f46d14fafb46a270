// The paths over a flat picture: lines, fading points, tangent or gradient arrow, on a canvas that is redrawn each frame.

import { wiped } from "./dom.ts";
import { type Frame, isFlat } from "./ground.ts";
import type { Landscape, Point } from "./landscapes.ts";
import type { Mark } from "./marks.ts";
import { pointer } from "./pointer.ts";
import { arrowHead, type Box, inside, type Pixel, shape } from "./shapes.ts";
import type { Walk } from "./walk.ts";

export interface Trace {
  walk: Walk;
  mark: Mark;
}

export interface Ink {
  text: string;
  paper: string;
}

/** Where a walk's points lie in the picture, on the curve or on the map: across, and down. */
interface Places {
  x(k: number): number;
  y(k: number): number;
}

function placesOf(landscape: Landscape, at: Frame, walk: Walk): Places {
  // A scale is a factor and a shift; asked point by point for ten thousand points it would take half the frame.
  const [x0, dx] = [at.x(0), at.x(1) - at.x(0)];
  const [y0, dy] = [at.y(0), at.y(1) - at.y(0)];
  const { points, heights } = walk;
  const flat = isFlat(landscape);
  return {
    x: (k) => x0 + dx * ((points[k] as Point)[0] as number),
    y: (k) => y0 + dy * (flat ? (heights[k] as number) : ((points[k] as Point)[1] as number)),
  };
}

/** The part of a stroke inside the box, as fractions of its length; nothing if it misses the box. */
export function clipped([x0, y0]: Pixel, [x1, y1]: Pixel, box: Box): [number, number] | undefined {
  let [from, to] = [0, 1];
  for (const [start, change, low, high] of [
    [x0, x1 - x0, box.left, box.right],
    [y0, y1 - y0, box.top, box.bottom],
  ] as const) {
    if (change === 0) {
      if (start < low || start > high) return undefined;
      continue;
    }
    const [a, b] = [(low - start) / change, (high - start) / change];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from <= to ? [from, to] : undefined;
}

export function drawPaths(
  canvas: HTMLCanvasElement,
  landscape: Landscape,
  at: Frame,
  traces: Trace[],
  k: number,
  ink: Ink,
  under?: (context: CanvasRenderingContext2D) => void,
): void {
  const context = wiped(canvas, at.width, at.height, "600 10px Text, system-ui, sans-serif");
  under?.(context);
  const [left, right] = at.x.range() as [number, number];
  const [bottom, top] = at.y.range() as [number, number];
  const box = { left, right, top, bottom };
  context.lineJoin = "round";
  context.lineCap = "round";
  for (const trace of traces) {
    const here = Math.min(k, trace.walk.points.length - 1);
    const places = placesOf(landscape, at, trace.walk);
    const seen = thinned(here + 1, places);
    // What lies beyond the border by more than a point's width is neither drawn nor hidden half.
    context.save();
    context.beginPath();
    context.rect(left - 6, top - 6, right - left + 12, bottom - top + 12);
    context.clip();
    line(
      context,
      seen.map(({ pixel }) => pixel),
      box,
      trace.mark,
      ink,
    );
    dots(context, seen, here, box, trace.mark, traces.length === 1 ? ink : undefined);
    pointer(context, landscape, at, trace, here, [places.x(here), places.y(here)], box, ink);
    context.restore();
  }
}

/** The points of a path without those that nobody could see: after moves of less than a pixel, and of thousands of long moves those in the middle. */
export function thinned(count: number, places: Places): { pixel: Pixel; k: number }[] {
  const kept: { pixel: Pixel; k: number }[] = [];
  let [x, y] = [Number.NaN, Number.NaN];
  for (let k = 0; k < count; k++) {
    const [nextX, nextY] = [places.x(k), places.y(k)];
    if (k < count - 1 && (nextX - x) ** 2 + (nextY - y) ** 2 < 0.49) continue;
    x = nextX;
    y = nextY;
    kept.push({ pixel: [x, y], k });
  }
  return kept.length > 1500 ? [...kept.slice(0, 1000), ...kept.slice(-500)] : kept;
}

function line(context: CanvasRenderingContext2D, pixels: Pixel[], box: Box, mark: Mark, ink: Ink): void {
  const path = new Path2D();
  const exits: [Pixel, number][] = [];
  let down = false;
  for (let i = 1; i < pixels.length; i++) {
    const [from, to] = [pixels[i - 1] as Pixel, pixels[i] as Pixel];
    const part = clipped(from, to, box);
    const along = (t: number): Pixel => [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    if (!part) {
      down = false;
      continue;
    }
    if (!down || part[0] > 0) path.moveTo(...along(part[0]));
    path.lineTo(...along(part[1]));
    down = part[1] === 1;
    // A path that is thrown out again and again would fill the picture; its first leaps say it all.
    if (exits.length === 8) break;
    if (!down) exits.push([along(part[1]), Math.atan2(to[1] - from[1], to[0] - from[0])]);
  }
  context.setLineDash([]);
  context.strokeStyle = ink.paper;
  context.globalAlpha = 0.7;
  context.lineWidth = 4.5;
  context.stroke(path);
  context.globalAlpha = 1;
  context.setLineDash([...mark.dash]);
  context.strokeStyle = mark.colour;
  context.lineWidth = 2;
  context.stroke(path);
  context.setLineDash([]);
  // Arrows say where a path goes on beyond the border.
  for (const [[x, y], turn] of exits) arrowHead(context, x, y, turn, mark.colour, 9);
}

/** Points that fade with age, as many as there is room for; the first ones numbered if ink for that is given. */
function dots(
  context: CanvasRenderingContext2D,
  seen: { pixel: Pixel; k: number }[],
  last: number,
  box: Box,
  mark: Mark,
  ink: Ink | undefined,
): void {
  let [x, y] = [Number.NaN, Number.NaN];
  let numbered: Pixel = [Number.NaN, Number.NaN];
  context.fillStyle = mark.colour;
  for (const { pixel, k } of seen) {
    if (!inside(pixel, box) || Math.hypot(pixel[0] - x, pixel[1] - y) < 7) continue;
    [x, y] = pixel;
    context.globalAlpha = 0.3 + (0.7 * k) / Math.max(1, last);
    shape(context, mark, x, y, 3.4);
    context.fill();
    if (ink && k > 0 && k < 30 && !(Math.hypot(x - numbered[0], y - numbered[1]) < 18)) {
      numbered = pixel;
      context.globalAlpha = 0.85;
      context.lineWidth = 3;
      context.strokeStyle = ink.paper;
      context.strokeText(String(k), x + 6, y - 6);
      context.fillText(String(k), x + 6, y - 6);
    }
  }
  context.globalAlpha = 1;
}

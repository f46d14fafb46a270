// Shapes on a canvas: a run's mark, the head of an arrow, and the box that they must lie in.

import type { Mark } from "./marks.ts";

export type Pixel = readonly [x: number, y: number];
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export const inside = ([x, y]: Pixel, box: Box): boolean =>
  x >= box.left - 1 && x <= box.right + 1 && y >= box.top - 1 && y <= box.bottom + 1;

export function shape(context: CanvasRenderingContext2D, mark: Mark, x: number, y: number, radius: number): void {
  context.beginPath();
  if (!mark.shape.length) context.arc(x, y, radius, 0, 7);
  mark.shape.forEach(([dx, dy], i) => {
    if (i) context.lineTo(x + dx * radius, y + dy * radius);
    else context.moveTo(x + dx * radius, y + dy * radius);
  });
  context.closePath();
}

export function arrowHead(
  context: CanvasRenderingContext2D,
  x: number,
  y: number,
  turn: number,
  colour: string,
  size: number,
): void {
  context.save();
  context.translate(x, y);
  context.rotate(turn);
  context.beginPath();
  context.moveTo(size * 0.35, 0);
  context.lineTo(-size, size * 0.6);
  context.lineTo(-size * 0.65, 0);
  context.lineTo(-size, -size * 0.6);
  context.closePath();
  context.fillStyle = colour;
  context.fill();
  context.restore();
}

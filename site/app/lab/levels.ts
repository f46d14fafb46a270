// The level lines of a chart on a canvas, with their numbers on its left.

import { number } from "./format.ts";

export function drawLevels(
  context: CanvasRenderingContext2D,
  ticks: number[],
  y: (tick: number) => number,
  left: number,
  right: number,
): void {
  context.textAlign = "right";
  for (const tick of ticks) {
    const level = Math.round(y(tick)) + 0.5;
    context.globalAlpha = 0.14;
    context.beginPath();
    context.moveTo(left, level);
    context.lineTo(right, level);
    context.stroke();
    context.globalAlpha = 0.8;
    context.fillText(number(tick, 3), left - 6, level + 3.5);
  }
  context.textAlign = "center";
}

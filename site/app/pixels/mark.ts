// What marks the chosen pixel in both pictures: a ring about it, and the gradient as an arrow from it.

import { svg } from "../lab/dom.ts";
import type { Measured } from "./views.ts";

const RING = 3.5;

export function drawMark(over: SVGElement, { grey, slopes }: Measured, column: number, row: number): void {
  over.setAttribute("viewBox", `0 0 ${grey.width} ${grey.height}`);
  const [x, y] = [column + 0.5, row + 0.5];
  const at = row * grey.width + column;
  const [dx, dy] = [slopes.right[at], slopes.down[at]] as [number, number];
  const steep = Math.hypot(dx, dy);
  // Each twice: light below, to be seen on bright and dark ground alike.
  const ring = ["edge", "core"].map((name) => svg("circle", { class: name, cx: x, cy: y, r: RING }));
  over.replaceChildren(...ring);
  if (steep === 0) return;
  const [ux, uy] = [dx / steep, dy / steep];
  const far = 8 + 0.18 * Math.min(steep, 60);
  const end = [x + far * ux, y + far * uy] as const;
  const barb = (side: number) => `M${end}L${end[0] - 4 * ux + side * 2.6 * uy},${end[1] - 4 * uy - side * 2.6 * ux}`;
  const d = `M${x + RING * ux},${y + RING * uy}L${end}${barb(1)}${barb(-1)}`;
  over.append(...["edge", "core"].map((name) => svg("path", { class: name, d })));
}

// The basins over a picture: each start in the tint of the minimum that its walk ends in, and lines between them.

import { type Frame, isFlat } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";

export const CELLS = 120;

/** The tint of a basin; neighbours in the list are far apart round the circle. */
const tint = (basin: number): [number, number, number] => {
  const hue = (basin * 137.5 + 210) % 360;
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.55 - 0.35 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
};

/** A picture of the basins so many cells wide, row by row from the lowest; clear where nothing is known. */
export function tinted(rows: readonly (Int16Array | undefined)[], side: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(4 * side * side);
  rows.forEach((row, j) => {
    row?.forEach((basin, i) => {
      if (basin >= 0) data.set([...tint(basin), 110], 4 * (j * side + i));
    });
  });
  return data;
}

export function drawBasins(
  context: CanvasRenderingContext2D,
  landscape: Landscape,
  at: Frame,
  rows: readonly (Int16Array | undefined)[],
  line: string,
): void {
  const [low, high] = landscape.domain;
  const flat = isFlat(landscape);
  const image = new ImageData(CELLS, flat ? 1 : CELLS);
  const border: [number, number, number, number][] = [];
  rows.forEach((row, j) => {
    row?.forEach((basin, i) => {
      const y = flat ? 0 : CELLS - 1 - j;
      if (basin >= 0) image.data.set([...tint(basin), 95], 4 * (y * CELLS + i));
      if (i && row[i - 1] !== basin) border.push([i, j, i, j + 1]);
      const below = flat ? undefined : rows[j - 1];
      if (below && below[i] !== basin) border.push([i, j, i + 1, j]);
    });
  });
  const cells = document.createElement("canvas");
  [cells.width, cells.height] = [image.width, image.height];
  (cells.getContext("2d") as CanvasRenderingContext2D).putImageData(image, 0, 0);
  const [bottom, top] = at.y.range() as [number, number];
  const [left, right] = at.x.range() as [number, number];
  const place = (i: number) => low + ((high - low) * i) / CELLS;
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  context.imageSmoothingEnabled = false;
  // On a curve the basins are a band along the floor.
  const [y0, y1] = flat ? [bottom - 14, bottom] : [at.y(high), at.y(low)];
  context.drawImage(cells, at.x(low), y0, at.x(high) - at.x(low), y1 - y0);
  context.strokeStyle = line;
  context.globalAlpha = 0.75;
  context.lineWidth = 1;
  context.beginPath();
  for (const [i0, j0, i1, j1] of border) {
    context.moveTo(at.x(place(i0)), flat ? y0 : at.y(place(j0)));
    context.lineTo(at.x(place(i1)), flat ? y1 : at.y(place(j1)));
  }
  context.stroke();
  context.restore();
}

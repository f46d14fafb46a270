// A picture of the reader's own: read in the page, made grey and small. It is sent nowhere and kept nowhere.

import type { Grey } from "./scene.ts";

const WIDEST = 320; // pixels: each must be seen, and measured at once

/** Read a picture from a file; what is none throws an Error that says what would be one. */
export async function read(file: File): Promise<Grey> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new Error(`${file.name} is not a picture that this browser can read. Choose a PNG, JPEG or WebP file.`);
  }
  const scale = Math.min(1, WIDEST / Math.max(picture.width, picture.height));
  const [width, height] = [picture.width, picture.height].map((side) => Math.max(2, Math.round(side * scale))) as [
    number,
    number,
  ];
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
  context.fillStyle = "#fff"; // below what is transparent
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  picture.close();
  return grey(context.getImageData(0, 0, width, height));
}

/** Brightness as the eye weighs the colours: green counts most, blue least (ITU-R BT.601). */
export function grey({ width, height, data }: { width: number; height: number; data: ArrayLike<number> }): Grey {
  const values = Float64Array.from({ length: width * height }, (_, at) => {
    const [red, green, blue] = [data[4 * at], data[4 * at + 1], data[4 * at + 2]] as [number, number, number];
    return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
  });
  return { width, height, values };
}

// A grey picture to begin with, drawn by this program and the same every time: sky, hills, a house, a fence, grass.

export interface Grey {
  width: number;
  height: number;
  values: Float64Array; // brightness from 0 to 255, row by row
}

const { floor, sin, hypot, abs, max, min, round, exp } = Math;
const WIDTH = 240;
const HEIGHT = 168;

/** A number from 0 to 1 that looks random and is the same at the same place; integer arithmetic, so on every machine. */
function chance(x: number, y: number): number {
  let mixed = (x * 374761393 + y * 668265263) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 13), 1274126177);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}

const hill = (x: number, base: number, height: number, turn: number): number =>
  base - height * (0.6 * sin(x / 31 + turn) + 0.3 * sin(x / 13 + 2 * turn) + 0.1 * sin(x / 4.3));

const within = (x: number, from: number, to: number): boolean => x >= from && x < to;

/** How bright the scene is at a place; what lies in front comes first. */
function shade(x: number, y: number): number {
  if (within(x, 138, 226) && within(y, 110, 140) && (x - 138) % 6 < 3) return 214; // the pickets of a fence
  const roof = y - 48 - 0.72 * abs(x - 72);
  if (roof >= 0 && y < 78) return floor((x + y) / 3) % 2 ? 122 : 62; // slanted tiles
  if (within(x, 36, 108) && within(y, 78, 134)) return wall(x, y);
  if (y > 128 - 4 * sin(x / 40)) return 78 + 46 * chance(x, floor(y / 5)) + 22 * chance(x, y); // blades of grass
  if (y > hill(x, 104, 16, 1.9)) return 104 + 10 * chance(floor(x / 3), floor(y / 3));
  if (y > hill(x, 74, 26, 0.4)) return 146 - 0.2 * (y - 74);
  const sun = 1 / (1 + exp((hypot(x - 186, y - 30) - 13) / 0.9)); // its rim is a few pixels wide
  return 186 + 0.2 * y + 60 * sun;
}

function wall(x: number, y: number): number {
  if (within(x, 84, 98) && within(y, 92, 112)) return x === 90 || x === 91 || y === 101 || y === 102 ? 226 : 40;
  if (within(x, 50, 64) && y >= 100) return 56; // the door
  const row = floor((y - 78) / 7);
  const mortar = (y - 78) % 7 === 0 || (x + (row % 2) * 6) % 12 === 0;
  return mortar ? 196 : 138 + 14 * chance(floor((x + (row % 2) * 6) / 12), row);
}

export function scene(): Grey {
  const values = new Float64Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const noise = 5 * (chance(x + 977, y) + chance(x, y + 977) - 1);
      values[y * WIDTH + x] = round(min(255, max(0, shade(x, y) + noise)));
    }
  }
  return { width: WIDTH, height: HEIGHT, values };
}

// The surface "peaks": its value, its slopes and its second derivatives.

const { exp } = Math;
const square = (x: number) => x * x; // as exact as NumPy's x**2, which V8's `**` is not

type Six = [value: number, x: number, y: number, xx: number, xy: number, yy: number];

let latest: { x: number; y: number; six: Six } | undefined; // a walk asks for height and slope of each of its points

/** The surface's value, its slopes along x and y, and its second derivatives. */
export function peaks(x: number, y: number): Six {
  if (latest?.x !== x || latest.y !== y) latest = { x, y, six: computed(x, y) };
  return latest.six;
}

/** MATLAB's peaks is a sum of three bells, each a polynomial times exp(-(x - a)² - (y - b)²). */
function computed(x: number, y: number): Six {
  const sum: Six = [0, 0, 0, 0, 0, 0];
  add(sum, x, y, 0, -1, 3 * square(1 - x), -6 * (1 - x), 0, 6, 0);
  const y4 = square(y * y);
  const dented = -10 * (x / 5 - x * x * x - y * y4);
  add(sum, x, y, 0, 0, dented, -10 * (1 / 5 - 3 * x * x), 50 * y4, 60 * x, 200 * y * y * y);
  add(sum, x, y, -1, 0, -1 / 3, 0, 0, 0, 0);
  return sum;
}

/** Add a bell about (a, b) whose polynomial has the value q and these derivatives; none has a mixed one. */
function add(
  sum: Six,
  x: number,
  y: number,
  a: number,
  b: number,
  q: number,
  qx: number,
  qy: number,
  qxx: number,
  qyy: number,
): void {
  const [u, v] = [-2 * (x - a), -2 * (y - b)]; // the bell's slopes are u and v times the bell
  const bell = exp(-square(x - a) - square(y - b));
  // Far out the bell is 0, and infinity times 0 would be no number.
  if (bell === 0) return;
  sum[0] += q * bell;
  sum[1] += (qx + q * u) * bell;
  sum[2] += (qy + q * v) * bell;
  sum[3] += (qxx + 2 * qx * u + q * (u * u - 2)) * bell;
  sum[4] += (qx * v + qy * u + q * u * v) * bell;
  sum[5] += (qyy + 2 * qy * v + q * (v * v - 2)) * bell;
}

// The surface "peaks": its value, its slopes and its second derivatives.

const { exp } = Math;
const square = (x: number) => x * x; // as exact as NumPy's x**2, which V8's `**` is not

// MATLAB's peaks is a sum of three bells, each a polynomial times exp(-(x - a)² - (y - b)²).
const bells: [a: number, b: number, polynomial: (x: number, y: number) => number[]][] = [
  // Each polynomial answers: value, its slopes along x and y, then its second derivatives xx, xy, yy.
  [0, -1, (x) => [3 * square(1 - x), -6 * (1 - x), 0, 6, 0, 0]],
  [
    0,
    0,
    (x, y) => [
      -10 * (x / 5 - x * x * x - y * square(y * y)),
      -10 * (1 / 5 - 3 * x * x),
      50 * square(y * y),
      60 * x,
      0,
      200 * y * y * y,
    ],
  ],
  [-1, 0, () => [-1 / 3, 0, 0, 0, 0, 0]],
];

export function peaks(x: number, y: number): [number, number, number, number, number, number] {
  const sum: [number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0];
  for (const [a, b, polynomial] of bells) {
    const [q = 0, qx = 0, qy = 0, qxx = 0, qxy = 0, qyy = 0] = polynomial(x, y);
    const [u, v] = [-2 * (x - a), -2 * (y - b)]; // the bell's slopes are u and v times the bell
    const bell = exp(-square(x - a) - square(y - b));
    // Far out the bell is 0, and infinity times 0 would be no number.
    if (bell === 0) continue;
    sum[0] += q * bell;
    sum[1] += (qx + q * u) * bell;
    sum[2] += (qy + q * v) * bell;
    sum[3] += (qxx + 2 * qx * u + q * (u * u - 2)) * bell;
    sum[4] += (qxy + qx * v + qy * u + q * u * v) * bell;
    sum[5] += (qyy + 2 * qy * v + q * (v * v - 2)) * bell;
  }
  return sum;
}

// The landscapes' gradients and Hessians are what differences of heights and gradients say they are.

import { describe, expect, test } from "vitest";
import { grid } from "./critical.ts";
import { landscapes, type Point } from "./landscapes.ts";

const moved = (p: Point, i: number, by: number): Point => p.map((x, j) => (i === j ? x + by : x));

describe.each([...landscapes.values()])("$name", (landscape) => {
  // An odd number of places, none on an axis of symmetry, where a wrong sign would not show.
  const places = grid(landscape, 6).map((p) => p.map((x, i) => 0.93 * x + 0.017 * (i + 1)));

  test("the gradient is the central difference of the height, but for truncation", () => {
    const h = 1e-5; // truncation h² f'''/6 and rounding 1e-16 f/h are both below 1e-6 of the largest slope
    const largest = Math.max(...places.flatMap((p) => landscape.gradient(p).map(Math.abs)));
    for (const p of places) {
      landscape.variables.forEach((_, i) => {
        const difference = (landscape.height(moved(p, i, h)) - landscape.height(moved(p, i, -h))) / (2 * h);
        expect(Math.abs((landscape.gradient(p)[i] as number) - difference)).toBeLessThan(1e-6 * largest);
      });
    }
  });

  test("the Hessian is the central difference of the gradient, and symmetric", () => {
    const h = 1e-5;
    const largest = Math.max(...places.flatMap((p) => landscape.hessian(p).flat().map(Math.abs)));
    for (const p of places) {
      const hessian = landscape.hessian(p);
      landscape.variables.forEach((_, i) => {
        const [ahead, behind] = [landscape.gradient(moved(p, i, h)), landscape.gradient(moved(p, i, -h))];
        landscape.variables.forEach((_, j) => {
          const difference = ((ahead[j] as number) - (behind[j] as number)) / (2 * h);
          expect(Math.abs((hessian[i]?.[j] as number) - difference)).toBeLessThan(1e-6 * largest);
          expect(hessian[i]?.[j]).toBe(hessian[j]?.[i]);
        });
      });
    }
  });

  test("quadratic is what bends the same everywhere", () => {
    const bends = new Set(places.map((p) => JSON.stringify(landscape.hessian(p))));
    expect(bends.size === 1).toBe(landscape.quadratic);
  });

  test("where single data points have gradients, they add up to the whole", () => {
    for (const p of places.filter(() => landscape.samples)) {
      const shares = landscape.samples?.map((gradient) => gradient(p)) ?? [];
      landscape.gradient(p).forEach((whole, i) => {
        expect(whole).toBeCloseTo(
          shares.reduce((sum, share) => sum + (share[i] as number), 0),
          14,
        );
      });
    }
  });
});

test("the neuron's loss is zero where the course says so", () => {
  expect(landscapes.get("neuron")?.height([1.791759469, -2.282174])).toBeLessThan(1e-12);
});

test("peaks far out is level ground, not a missing number", () => {
  const peaks = landscapes.get("peaks");
  expect(peaks?.height([1e200, -1e200])).toBe(0);
  expect(peaks?.gradient([1e200, 0])).toEqual([0, 0]);
});

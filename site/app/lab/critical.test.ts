// Level places: found where the course says they are, and named as exercise 3 names them.

import { expect, test } from "vitest";
import { eigenvalues, kindOf, levelPlaceNear, levelPlaces, steepSlope } from "./critical.ts";
import { type Landscape, landscapes } from "./landscapes.ts";

const on = (name: string) => landscapes.get(name) as Landscape;
const found = (name: string, kind: string) =>
  levelPlaces(on(name))
    .filter((place) => place.kind === kind)
    .map(({ point, height }) => [...point, height].map((x) => Number(x.toFixed(3)) + 0))
    .sort((a, b) => (a[0] as number) - (b[0] as number));

test("eigenvalues of small symmetric matrices, the smaller first", () => {
  expect(eigenvalues([[-3]])).toEqual([-3]);
  expect(
    eigenvalues([
      [2, 4],
      [4, 2],
    ]),
  ).toEqual([-2, 6]);
  expect(
    eigenvalues([
      [1, 3],
      [3, 9],
    ]),
  ).toEqual([0, 10]);
});

test("peaks has three minima, three maxima and three saddles", () => {
  expect(found("peaks", "minimum")).toEqual([
    [-1.347, 0.205, -3.05],
    [0.228, -1.626, -6.551],
    [0.296, 0.32, -0.065],
  ]);
  expect(found("peaks", "maximum")).toEqual([
    [-0.46, -0.629, 3.777],
    [-0.009, 1.581, 8.106],
    [1.286, -0.005, 3.592],
  ]);
  expect(found("peaks", "saddle")).toHaveLength(3);
});

test("the unfortunate landscape has four minima and three maxima in its picture", () => {
  expect(found("unfortunate", "minimum").map(([x]) => x)).toEqual([-1.425, -0.476, 0.476, 1.425]);
  expect(found("unfortunate", "maximum").map(([x]) => x)).toEqual([-1.054, 0, 1.054]);
});

test("a plateau is no level place: the neuron has its minimum only", () => {
  expect(levelPlaces(on("neuron")).map(({ kind }) => kind)).toEqual(["minimum"]);
  expect(levelPlaceNear(on("neuron"), [-6, -6])).toBeUndefined();
});

test("where the Hessian is silent, the ground around decides: the monkey's place is a saddle", () => {
  expect(kindOf(on("monkey"), [0, 0])).toBe("saddle");
});

test("where the Hessian is silent, a quartic's bottom is still a minimum, its top a maximum, and a plain level", () => {
  const like = (height: (x: number) => number): Landscape => ({
    ...on("square"),
    height: ([x = 0]) => height(x),
    hessian: () => [[0]],
  });
  expect(
    kindOf(
      like((x) => x ** 4),
      [0],
    ),
  ).toBe("minimum");
  expect(
    kindOf(
      like((x) => -(x ** 4)),
      [0],
    ),
  ).toBe("maximum");
  expect(
    kindOf(
      like((x) => x ** 3),
      [0],
    ),
  ).toBe("saddle");
  expect(
    kindOf(
      like(() => 1),
      [0],
    ),
  ).toBe("level");
});

test("steep is steeper than most of the picture", () => {
  expect(steepSlope(on("square"))).toBeGreaterThan(6);
  expect(steepSlope(on("square"))).toBeLessThan(8);
});

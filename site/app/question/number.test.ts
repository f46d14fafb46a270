import { describe, expect, test } from "vitest";
import { halfUnit, isNumber, readings } from "./number.ts";

describe("what is written is read as the number that was meant", () => {
  test.each([
    ["0.5", 0.5],
    ["0,5", 0.5],
    ["1/2", 0.5],
    [" 1 / 2 ", 0.5],
    [".5", 0.5],
    ["-7", -7],
    ["−7", -7],
    ["–7", -7],
    ["+7", 7],
    ["10 000", 10_000],
    ["1,000,000", 1_000_000],
    ["2e-6", 2e-6],
    ["10^20", 1e20],
    ["10**20", 1e20],
    ["-1/3", -1 / 3],
  ])("%s", (text, number) => expect(readings(text)).toContain(number));
});

test("a comma before three digits may be either, and so may a share", () => {
  expect(readings("1,000").sort()).toEqual([1, 1000]);
  expect(readings("0,125")).toEqual([0.125]);
  expect(readings("50 %").sort()).toEqual([0.5, 50]);
});

test.each(["", "x", "1/0", "1/2/3", "eval(1)", "0x10", "1..2", "--1", "1 or 2", "NaN", "Infinity"])(
  "%j is no number",
  (text) => expect(readings(text)).toEqual([]),
);

test("an answer is right within what is asked for, and not beyond", () => {
  expect(isNumber("1/3", 0.333, halfUnit("0.333"))).toBe(true);
  expect(isNumber("0.34", 0.333, halfUnit("0.333"))).toBe(false);
  expect(isNumber("2.9", 1.1, halfUnit("1.1"))).toBe(false);
  expect(isNumber("1.15", 1.1, halfUnit("1.1"))).toBe(true);
  expect(isNumber("49.9", 50, halfUnit("50"))).toBe(false);
});

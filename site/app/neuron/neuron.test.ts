// What the neuron's figure says of its answers, and what its text for readers without scripts claims.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { landscapes } from "../lab/landscapes.ts";
import { answer, X, Y } from "../lab/neuron.ts";
import { parse } from "../lab/settings.ts";
import { walk } from "../lab/walk.ts";
import { answers, shape } from "./words.ts";

const LESSONS = new URL("../../lessons/", import.meta.url);

describe("a guess", () => {
  test("is told as its answers beside the wanted ones, and by how much each is off", () => {
    expect(answers(0.5, 0)).toBe(
      "The neuron answers 0.562 for the input 0.5 (wanted 0.2: 0.362 too high) and 0.777 for the input 2.5 (wanted 0.9: 0.123 too low).",
    );
  });
  test("that fits is said to fit", () => {
    const w = (Math.log(9) + Math.log(4)) / 2;
    const b = -Math.log(4) - w * 0.5;
    expect(X.map((x) => answer(w, b, x))).toEqual(Y.map((y) => expect.closeTo(y, 12)));
    expect(answers(w, b).match(/right to three decimals/g)).toHaveLength(2);
  });
  test("without a weight has no place where the curve crosses one half", () => {
    expect(shape(0, 3)).toContain("the same for every input");
    expect(shape(2, -4)).toBe("The curve rises through ½ at x = 2.");
    expect(shape(-2, -3)).toBe("The curve falls through ½ at x = −1.5.");
  });
});

test.each(["introduction", "sigmoid_neuron"])("what the text in the lesson %s claims of its walk is true", (lesson) => {
  const source = readFileSync(new URL(`${lesson}/index.md`, LESSONS), "utf8");
  const [, tag = "", text = ""] = source.match(/<descent-neuron([^>]*)>([\s\S]*?)<\/descent-neuron>/) ?? [];
  const attributes = new Map(
    [...tag.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );
  const { landscape, shared } = parse((name) => (name === "landscape" ? "neuron" : (attributes.get(name) ?? null)));
  const { heights, points } = walk(landscape, shared);
  expect(landscape).toBe(landscapes.get("neuron"));
  expect(heights[0]?.toFixed(4)).toBe("0.0731");
  expect(text).toContain("0.0731");
  expect(points).toHaveLength(301);
  expect(text).toContain(`fter 300 steps the loss is ${heights[300]?.toFixed(5)}`);
});

// What is typed in and cannot be used is answered with a sentence that says what would be right.

import { expect, test } from "vitest";
import { complaint } from "./fields.ts";
import { LIMITS, MOST_EPOCHS } from "./settings.ts";

const steps = { min: 0, max: MOST_EPOCHS, whole: true };
const zero = "Nothing moves.";

test.each([
  ["Learning rate", "0", { ...LIMITS.rate, zero }, "Nothing moves. Choose a number from 0.000000000001 to 1,000,000."],
  ["Steps", "", steps, "Steps needs a whole number from 0 to 10,000."],
  ["Steps", "-3", steps, "Steps −3 is too small. Choose a whole number from 0 to 10,000."],
  ["Steps", "20000", steps, "Steps 20,000 is too large. Choose a whole number from 0 to 10,000."],
  ["Steps", "2.5", steps, "Steps 2.5 is not a whole number. Choose a whole number from 0 to 10,000."],
  ["Start x", "9", { min: -4, max: 4 }, "Start x 9 is too large. Choose a number from −4 to 4."],
  ["Decay γ", "1e-400x", LIMITS.decay, "Decay γ needs a number from 0 to 1."],
])("%s with %j", (name, text, limits, sentence) => expect(complaint(name, text, limits)).toBe(sentence));

test.each([
  ["0.1", LIMITS.rate],
  ["1e-12", LIMITS.rate],
  ["0", LIMITS.decay],
  ["10000", steps],
])("%j can be used", (text, limits) => expect(complaint("It", text, limits)).toBeUndefined());

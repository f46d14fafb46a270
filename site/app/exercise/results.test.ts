import { expect, test } from "vitest";
import type { Checked } from "./messages.ts";
import { Results } from "./results.ts";

const CHECKED: Checked = {
  report: {
    score: null,
    max_score: 3,
    checks: [
      { name: "test_a", title: "a", points: 1, max_points: 1, outcome: "passed", message: "", hint: "", diagnosis: "" },
    ],
    notes: [],
    output: "",
  },
  picture: "<svg></svg>",
};

function storage(full = false): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => {
      if (full && kept.size) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, text);
    },
    removeItem: (key: string) => kept.delete(key),
  } as unknown as Storage;
}

test("results are found again with the text that they are about", () => {
  const store = storage();
  new Results("a", () => store).save(CHECKED, "x = 1", 7);
  expect(new Results("a", () => store).read()).toEqual({ checked: CHECKED, source: "x = 1", when: 7 });
  expect(new Results("b", () => store).read()).toBeUndefined();
});

test("where there is no room, older results are not left to be taken for new ones", () => {
  const store = storage(true);
  const results = new Results("a", () => store);
  results.save(CHECKED, "x = 1");
  results.save(CHECKED, "x = 2");
  expect(results.read()).toBeUndefined();
});

test.each([
  "{half",
  "null",
  "[]",
  '{"checked":{}}',
  JSON.stringify({ checked: { ...CHECKED, picture: 1 }, source: "", when: 1 }),
])("%s is nothing that is shown", (text) => {
  const store = storage();
  store.setItem("descent-kit:results:a", text);
  expect(new Results("a", () => store).read()).toBeUndefined();
});

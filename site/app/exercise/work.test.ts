import { describe, expect, it } from "vitest";
import { Work } from "./work.ts";

/** A browser's storage, and two tabs that share it. */
function storage(full = false): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  } as Storage;
}

describe("work", () => {
  it("that was saved is read again by the next visit", () => {
    const shared = storage();
    const work = new Work("update_rule", () => shared);
    expect(work.read("stub")).toBeUndefined();
    expect(work.save("mine", 5)).toBe("saved");
    expect(new Work("update_rule", () => shared).read()).toEqual({ source: "mine", when: 5 });
    expect(new Work("derivatives", () => shared).read()).toBeUndefined();
  });

  it("is not kept where nothing was written", () => {
    const shared = storage();
    const work = new Work("update_rule", () => shared);
    work.read("stub");
    expect(work.save("stub")).toBe("unchanged");
    expect(shared.getItem(work.key)).toBeNull();
  });

  it("of another tab is not overwritten unasked", () => {
    const shared = storage();
    const [one, other] = [new Work("update_rule", () => shared), new Work("update_rule", () => shared)];
    one.read("stub");
    other.read("stub");
    expect(one.save("one")).toBe("saved");
    expect(other.save("other")).toBe("another tab was faster");
    expect(one.read()?.source).toBe("one");
    expect(other.overwrite("other")).toBe("saved");
    expect(one.isKept("one")).toBe(true);
    expect(one.save("one and more")).toBe("another tab was faster");
  });

  it("is refused by a storage that is full or forbidden, and nothing throws", () => {
    const full = new Work("update_rule", () => storage(true));
    full.read("stub");
    expect(full.save("mine")).toBe("refused");
    expect(full.isKept("mine")).toBe(false);
    const forbidden = new Work("update_rule", () => {
      throw new DOMException("forbidden", "SecurityError");
    });
    expect(forbidden.read("stub")).toBeUndefined();
    expect(forbidden.save("mine")).toBe("refused");
  });

  it("that is not ours is not read", () => {
    const shared = storage();
    const work = new Work("update_rule", () => shared);
    for (const text of ["no JSON", "7", '{"source": 7}']) {
      shared.setItem(work.key, text);
      expect(work.read("stub")).toBeUndefined();
    }
  });
});

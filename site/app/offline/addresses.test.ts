import { describe, expect, it } from "vitest";
import { cacheName, type Files, fingerprint, isFixed, leftOver, promised, successors } from "./addresses.ts";

const SCOPE = "https://here.test/some/where/";
const at = (path: string) => SCOPE + path;
const FILES: Files = {
  shell: ["assets/kit.js?new-kit-hash", "assets/chunk-ABCD1234.js"],
  python: ["assets/python/core-0123456789abcdef/pyodide.mjs", "assets/python/numpy.zip?same-numpy-0"],
  rest: ["figures/built/walk.svg?new-walk-000", "figures/built/hill.svg?new-hill-000"],
};

describe("addresses", () => {
  it("of one content for ever are told from those whose content may change", () => {
    expect(FILES.shell.concat(FILES.python, FILES.rest).every((one) => isFixed(at(one)))).toBe(true);
    for (const one of ["", "lessons/", "assets/kit.js", "search/?q=hill", "lab/?rate=0.1"])
      expect(isFixed(at(one))).toBe(false);
  });

  it("end in what their content is recognised by", async () => {
    const content = new TextEncoder().encode("a hill").buffer;
    const known = await fingerprint(content);
    expect(known).toBe("_WuQ0rSClBHM"); // printf 'a hill' | sha256sum, in base64url
    expect(promised(`${at("a.svg")}?${known}`)).toBe(known);
  });

  it("are kept apart from those of another site on the same host", () => {
    expect(cacheName(SCOPE)).not.toBe(cacheName("https://here.test/some/"));
  });
});

describe("a new build", () => {
  it("brings scripts, and of the rest what was kept before", () => {
    const kept = [at(""), at("assets/kit.js?old-kit-hash"), at("figures/built/walk.svg?old-walk-000")];
    const wanted = ["assets/kit.js?new-kit-hash", "assets/chunk-ABCD1234.js", "figures/built/walk.svg?new-walk-000"];
    expect(successors(kept, FILES, SCOPE)).toEqual(wanted.map(at));
  });

  it("brings Python where there was one, without what has not changed", () => {
    const kept = [at("assets/python/numpy.zip?same-numpy-0"), at("assets/python/core-fedcba9876543210/pyodide.mjs")];
    expect(successors(kept, FILES, SCOPE)).toContain(at("assets/python/core-0123456789abcdef/pyodide.mjs"));
    expect(successors(kept, FILES, SCOPE)).not.toContain(kept[0]);
  });

  it("removes what neither it nor the build before needs, and never a page", () => {
    const before = ["assets/kit.js?old-kit-hash"];
    const kept = [
      at("lessons/"),
      at("assets/kit.js?new-kit-hash"),
      at(before[0] ?? ""),
      at("assets/kit.js?older-kit-00"),
    ];
    expect(leftOver(kept, FILES, before, SCOPE)).toEqual([at("assets/kit.js?older-kit-00")]);
  });
});

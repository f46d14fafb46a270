// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { CheckResult, Report } from "./messages.ts";
import { checkedView, diagnosis, failing, prose, summary } from "./output.ts";

const SITE = new URL("https://host/course/");

function check(outcome: CheckResult["outcome"], more: Partial<CheckResult> = {}): CheckResult {
  const points = outcome === "passed" ? 1 : 0;
  return {
    name: "test",
    title: "`f` works.",
    points,
    max_points: 1,
    outcome,
    message: "",
    hint: "",
    diagnosis: "",
    ...more,
  };
}

function report(...checks: CheckResult[]): Report {
  return { score: 0, max_score: checks.length, checks, notes: [], output: "" };
}

const text = (nodes: (Node | string)[]) =>
  nodes.map((node) => (typeof node === "string" ? node : node.textContent)).join("");

describe("a result", () => {
  it("is summed up in a sentence, which says where all pass that this is all without a teacher, and what is hidden with one", () => {
    expect(summary(report(check("passed"), check("failed")), 7)).toBe("1 of 2 public checks pass: 1 of 2 points.");
    expect(summary(report(check("passed")), 7)).toBe(
      "All 1 public checks pass: 1 of 1 points. On your own you are done, and in a class 7 more points are in checks that only your instructor has.",
    );
    expect(summary(report(check("passed")), 0)).toBe(
      "All 1 public checks pass: 1 of 1 points. On your own you are done.",
    );
  });

  it("names as the first failure none that only waits for another", () => {
    const failed = check("timeout");
    expect(failing(report(check("passed"), check("skipped"), failed))).toBe(failed);
    expect(failing(report(check("passed")))).toBeUndefined();
  });

  it("shows of the first failing check as many hints as are open, of the others the first", () => {
    const hint = "one\ntwo\nthree";
    const view = checkedView(
      { report: report(check("failed", { hint }), check("error", { hint })), picture: "" },
      7,
      2,
      SITE,
    ) as HTMLElement;
    const items = [...view.querySelectorAll("li")];
    expect(items.map((item) => item.querySelectorAll(".hint").length)).toEqual([2, 1]);
  });

  it("shows messages as text, whatever is in them", () => {
    const message = "<img src=x onerror=alert(1)>";
    const view = checkedView({ report: report(check("failed", { message })), picture: "" }, 7, 1, SITE) as HTMLElement;
    expect(view.querySelector("img")).toBeNull();
    expect(view.querySelector(".message")?.textContent).toBe(message);
  });
});

describe("a sentence", () => {
  it("has code where backticks are, and stays whole where one is alone", () => {
    expect(prose("`f` of `x`").map((part) => (typeof part === "string" ? part : part.nodeName))).toEqual([
      "",
      "CODE",
      " of ",
      "CODE",
      "",
    ]);
    expect(prose("a ` alone")).toEqual(["a ` alone"]);
  });

  it("links to the lesson that it names, below whatever path the site lies", () => {
    const parts = diagnosis("It climbs. Read on: lessons/update_rule/#downhill", SITE);
    const link = parts.find((part) => part instanceof HTMLAnchorElement) as HTMLAnchorElement;
    expect(link.href).toBe("https://host/course/lessons/update_rule/#downhill");
    expect(text(parts)).toBe("It climbs. Read on: the lesson's section.");
  });
});

// What Check and Run have found, as elements: verdicts, messages, hints, what was printed, the picture of the path.

import DOMPurify from "dompurify";
import type { Checked, CheckResult, Report } from "./messages.ts";

const MARKS: Record<string, string> = { passed: "✓", skipped: "–", grader_error: "!" };
const SPOKEN: Record<string, string> = { passed: "passed", skipped: "not tried", grader_error: "held back" };
const READ_ON = /Read on: (lessons\/[\w/]*(?:#[\w-]+)?)/;

type Child = Node | string;

/** Make an element. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  properties: Partial<Record<string, string>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) if (value !== undefined) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Return a sentence with what stands between backticks as code. */
export function prose(text: string): Child[] {
  const parts = text.split("`");
  if (parts.length % 2 === 0) return [text];
  return parts.map((part, place) => (place % 2 ? make("code", {}, part) : part));
}

/** Return a diagnosis with the way to the lesson as a link. */
export function diagnosis(text: string, site: URL): Child[] {
  const found = READ_ON.exec(text);
  if (!found?.[1]) return prose(text);
  const address = new URL(found[1], site).href;
  return [...prose(text.slice(0, found.index)), "Read on: ", make("a", { href: address }, "the lesson's section"), "."];
}

export const failing = (report: Report) =>
  report.checks.find(({ outcome }) => outcome !== "passed" && outcome !== "skipped");

/** Say in one sentence how a check of the exercise went. */
export function summary({ checks, max_score }: Report, hidden_points: number): string {
  const passed = checks.filter(({ outcome }) => outcome === "passed").length;
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  const rest = hidden_points ? ` ${hidden_points} more points are in checks that only your instructor has.` : "";
  const all = passed === checks.length ? "All" : `${passed} of`;
  return `${all} ${checks.length} public checks pass: ${points} of ${max_score} points.${rest}`;
}

/** Return the whole result of a check; `hints` says how many hints of the first failing check are open. */
export function checkedView({ report, picture }: Checked, hidden_points: number, hints: number, site: URL): Node {
  const first = failing(report);
  const good = report.checks.every(({ outcome }) => outcome === "passed");
  const view = make("div", { class: "checked" });
  view.append(make("p", { class: good ? "sum good" : "sum" }, summary(report, hidden_points)));
  for (const note of report.notes) view.append(make("p", { class: "note" }, note));
  const list = make("ol", { class: "checks", role: "list" });
  for (const check of report.checks) list.append(checkView(check, check === first ? hints : 1, site));
  view.append(list);
  if (picture) view.append(pictureView(picture));
  if (report.output) view.append(make("p", { class: "label" }, "Your code printed:"), printed(report.output));
  return view;
}

function checkView(check: CheckResult, hints: number, site: URL): HTMLElement {
  const { outcome, points, max_points } = check;
  const mark = make("span", { class: "mark", "aria-hidden": "true" }, MARKS[outcome] ?? "✗");
  const spoken = make("span", { class: "unseen" }, `${SPOKEN[outcome] ?? "failed"}: `);
  const worth = make("span", { class: "points" }, `${points}/${max_points}`);
  const item = make("li", { class: outcome in SPOKEN ? outcome : "failed" });
  item.append(make("p", { class: "claim" }, mark, spoken, make("span", {}, ...prose(check.title)), worth));
  if (check.message) item.append(make("pre", { class: "message" }, check.message));
  if (check.diagnosis) item.append(make("p", { class: "perhaps" }, "perhaps: ", ...diagnosis(check.diagnosis, site)));
  for (const hint of check.hint.split("\n").filter(Boolean).slice(0, hints)) {
    item.append(make("p", { class: "hint" }, "hint: ", ...prose(hint)));
  }
  return item;
}

/** Return what a program printed, as it stands. */
export function printed(text = ""): HTMLPreElement {
  return make("pre", { class: "printed", tabindex: "0" }, text);
}

/** Return the picture of the path. It comes from where the reader's code ran, so nothing in it may act or be fetched. */
export function pictureView(svg: string): Node {
  const drawing = DOMPurify.sanitize(svg, {
    USE_PROFILES: { svg: true },
    FORBID_TAGS: ["a", "image", "style"],
    FORBID_ATTR: ["href", "style", "xlink:href"],
    RETURN_DOM_FRAGMENT: true,
  });
  return make("figure", { class: "picture" }, drawing);
}

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
  const done = passed === checks.length;
  const count = `${done ? "All" : `${passed} of`} ${checks.length} public checks pass: ${points} of ${max_score} points.`;
  if (!done) return count;
  const rest = hidden_points
    ? `, and in a class ${hidden_points} more points are in checks that only your instructor has`
    : "";
  return `${count} On your own you are done${rest}.`;
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

// What pictures are made of. An answer comes from the interpreter in which the reader's own code, or a stranger's that was
// pasted, has run: it can hold anything.
const PARTS = ["svg", "g", "title", "desc", "defs", "clippath", "path", "polyline", "circle", "rect", "line", "text"];
const LOOKS = [
  ..."xmlns viewbox role class id aria-label x y x1 y1 x2 y2 cx cy r d points width height transform".split(" "),
  ..."fill fill-opacity fill-rule stroke stroke-opacity stroke-width stroke-dasharray stroke-linejoin".split(" "),
  ..."stroke-linecap opacity clip-path font-family font-size font-style font-weight text-anchor".split(" "),
];
const NAMES = ["id", "class", "clip-path"]; // the page has names of its own, and no other picture is to be fetched
const OWN_NAME = /^(path-picture[\w-]*|url\(#path-picture[\w-]*\))$/;

function isOurs(name: string, value: string): boolean {
  if (NAMES.includes(name)) return OWN_NAME.test(value);
  return name === "transform" || !value.includes("("); // as `url(…)` in a colour
}

/** Return the picture of the path: of what came as one, nothing but shapes and words. */
export function pictureView(svg: string): Node {
  const drawing = DOMPurify.sanitize(svg, {
    ALLOWED_TAGS: PARTS,
    ALLOWED_ATTR: LOOKS,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const element of drawing.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (!isOurs(name, value)) element.removeAttribute(name);
    }
  }
  const picture = [...drawing.children].filter((child) => child.localName === "svg");
  return make("figure", { class: "picture" }, ...picture.slice(0, 1));
}

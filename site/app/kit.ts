// The one script that every page loads: it looks what is on the page, and loads only what that needs.

const parts: [selector: string, load: () => Promise<unknown>][] = [
  [".arithmatex", () => import("./math.ts")],
  ["descent-lab", () => import("./lab/element.ts")],
  ["descent-exercise", () => import("./exercise/element.ts")],
  ["descent-progress", () => import("./progress/element.ts")],
];

for (const [selector, load] of parts) {
  if (document.querySelector(selector)) load();
}

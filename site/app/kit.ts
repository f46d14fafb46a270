// The one script that every page loads: it looks what is on the page, and loads only what that needs.

const parts: [selector: string, load: () => Promise<unknown>][] = [
  ["descent-lab", () => import("./lab/element.ts")],
  ["descent-exercise", () => import("./exercise/element.ts")],
  ["descent-progress", () => import("./progress/element.ts")],
];

for (const [selector, load] of parts) {
  if (document.querySelector(selector)) load();
}

// The theme's search is a dialog without a name; those who listen hear one.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");

// What is wider than its place can be scrolled by finger and by mouse; so that the keyboard can, it must be able to go there.
const scrolled = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});
addEventListener("load", () => {
  // Only now has the theme wrapped its tables.
  for (const place of document.querySelectorAll(".md-typeset pre > code, .md-typeset__scrollwrap, div.arithmatex")) {
    scrolled.observe(place);
  }
});

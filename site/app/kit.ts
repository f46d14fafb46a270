// The one script that every page loads: it looks what is on the page, and loads only what that needs.

const parts: [selector: string, load: () => Promise<unknown>][] = [
  ["descent-lab", () => import("./lab/element.ts")],
  ["descent-exercise", () => import("./exercise/element.ts")],
  ["descent-progress", () => import("./progress/element.ts")],
];

// The page itself is painted first.
requestAnimationFrame(() =>
  setTimeout(() => {
    for (const [selector, load] of parts) {
      if (document.querySelector(selector)) load();
    }
  }),
);

// The theme's search is a dialog without a name; those who listen hear one.
document.querySelector(".md-search")?.setAttribute("aria-label", "Search");

// What is wider than its place can be scrolled by finger and by mouse; so that the keyboard can, it must be able to go
// there. The theme wraps its tables when it likes, and takes code out of the order of tabs where there is no mouse.
const article = document.querySelector(".md-content");
let frame = 0;

function reach(): void {
  frame = 0;
  for (const place of article?.querySelectorAll("pre > code, .md-typeset__scrollwrap, div.arithmatex") ?? []) {
    // Set once only: each time is a change, after which all is looked at again.
    if (place.getAttribute("tabindex") !== "0" && place.scrollWidth > place.clientWidth) {
      place.setAttribute("tabindex", "0");
    }
  }
}

if (article) {
  const soon = () => {
    if (frame === 0) frame = requestAnimationFrame(reach);
  };
  new ResizeObserver(soon).observe(article);
  article.addEventListener("contentvisibilityautostatechange", soon); // what was far (`site.css`) has been laid out
  // What the keyboard is to reach must be measured, however far it is, and where a link leads must have its place.
  const whole = () => {
    article.classList.add("whole");
    reach();
  };
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (location.hash || visit?.type !== "navigate") whole(); // back, forward, reload: the browser scrolls to where one was
  addEventListener("keydown", whole, { once: true });
  addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a[href*='#']")) whole();
  });
  new MutationObserver(soon).observe(article, { childList: true, subtree: true, attributeFilter: ["tabindex"] });
}

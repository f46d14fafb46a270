// The one script that every page loads: it looks what is on the page, and loads only what that needs.

const parts: [selector: string, load: () => Promise<unknown>][] = [
  ["descent-lab", () => import("./lab/element.ts")],
  ["descent-exercise", () => import("./exercise/element.ts")],
  ["descent-neuron", () => import("./neuron/element.ts")],
  ["descent-network", () => import("./network/element.ts")],
  ["descent-pixels", () => import("./pixels/element.ts")],
  ["descent-samples", () => import("./samples/element.ts")],
  ["descent-progress", () => import("./progress/element.ts")],
  ["descent-device", () => import("./offline/element.ts")],
  ["descent-question", () => import("./question/element.ts")],
  ["#recap", () => import("./progress/reading.ts")],
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

// Paper. What was far down has not been laid out, so its fonts have not been fetched, and printing waits for none: they
// are fetched when there is nothing else to do. Paper is light.
const FACES: [font: string, where: string][] = [
  ["16px KaTeX_Main", ".katex"],
  ["italic 16px KaTeX_Math", ".mathnormal"],
  ["16px KaTeX_AMS", ".amsrm, .mathbb"],
  ["16px KaTeX_Size1", ".delimsizing.size1, .small-op, .delim-size1"],
  ["16px KaTeX_Size2", ".delimsizing.size2, .large-op"],
  ["16px KaTeX_Size3", ".delimsizing.size3"],
  ["16px KaTeX_Size4", ".delimsizing.size4, .delim-size4"],
];
const idle = window.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 1000));
addEventListener("load", () =>
  idle(() => {
    for (const [font, where] of FACES) if (article?.querySelector(where)) document.fonts.load(font);
    import("./offline/page.ts").then(({ begin }) => begin()); // so that the page can be read again without a network
  }),
);
let dark = false;
addEventListener("beforeprint", () => {
  dark = document.body.dataset.mdColorScheme === "slate";
  if (dark) document.body.dataset.mdColorScheme = "default";
});
addEventListener("afterprint", () => {
  if (dark) document.body.dataset.mdColorScheme = "slate";
});

// What live figures look like beyond what they share with the lab.

import palette from "../palette.json" with { type: "json" };

const runs = (scheme: "light" | "dark") => palette[scheme].runs.map((colour, i) => `--run${i}: ${colour};`).join(" ");

export const style = `
.live { ${runs("light")} }
.live.dark { ${runs("dark")} }
.live svg, .live canvas { display: block; max-width: 100%; }
.live .duo { display: grid; gap: .4rem .9rem; grid-template-columns: minmax(0, 1fr); }
.live .duo .picture { width: min(100%, 12.5rem); margin-inline: auto; }
@container (min-width: 34rem) {
  .live .duo { grid-template-columns: minmax(0, 1.1fr) minmax(0, 1fr); grid-template-rows: auto 1fr; }
  .live .duo .picture { width: 100%; grid-area: 1 / 2 / span 2; } .live .duo .sliders { align-content: center; }
}
.live .words { margin: .5rem 0 0; min-height: 3em; font-variant-numeric: tabular-nums; }
.live .words b { font-weight: 600; }
.live .sliders { display: grid; gap: .1rem .6rem; grid-template-columns: auto minmax(0, 1fr) 4.2em; align-items: center; }
.live .sliders label { display: contents; }
.live .sliders output { font-variant-numeric: tabular-nums; text-align: right; }
.live .fields { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin: .5rem 0; }
.live .fields label { display: grid; gap: .15rem; }
.live text { fill: var(--ink); font: 12px system-ui, sans-serif; }
.live .axes text { fill: currentColor; }
.live .answer { fill: none; stroke: var(--run0); stroke-width: 2.5px; }
.live .miss { stroke: var(--run1); stroke-width: 2.5px; }
.live .datum { fill: var(--paper); stroke: var(--run2); stroke-width: 3px; }
.live .given { fill: var(--run0); stroke: var(--paper); stroke-width: 1.5px; }
.live .half { stroke: var(--quiet); stroke-dasharray: 2 4; }
@media print { .live .sliders, .live .fields { display: none; } .live .words { min-height: 0; } }
`;

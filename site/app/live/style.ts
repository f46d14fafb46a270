// What live figures look like beyond what they share with the lab.

import { dark, light } from "../palette.ts";

const declared = (runs: string[]) => runs.map((colour, i) => `--run${i}: ${colour};`).join(" ");

export const style = `
.live { ${declared(light.runs)} }
.live.dark { ${declared(dark.runs)} }
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
.live text { fill: var(--ink); font: 13px var(--md-text-font-family, system-ui, sans-serif); }
.live .axes text { fill: currentColor; }
.live .answer { fill: none; stroke: var(--run0); stroke-width: 2.5px; }
.live .miss { stroke: var(--run1); stroke-width: 2.5px; }
.live .datum { fill: var(--paper); stroke: var(--run2); stroke-width: 3px; }
.live .given { fill: var(--run0); stroke: var(--paper); stroke-width: 1.5px; }
.live .half { stroke: var(--quiet); stroke-dasharray: 2 4; }
.live .twin { display: grid; gap: .5rem .9rem; grid-template-columns: minmax(0, 1fr); align-items: end; }
@container (min-width: 34rem) { .live .twin { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); } }
.live .twin label { display: flex; gap: .4rem; align-items: center; white-space: nowrap; }
.live .frame { position: relative; margin-top: .2rem; }
.live .frame canvas { width: 100%; image-rendering: pixelated; cursor: crosshair; }
.live .over { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; overflow: hidden; }
.live .over .core { fill: none; stroke: var(--run1); stroke-width: 1.1px; } .live .over .edge { fill: none; stroke: #fff; stroke-width: 2.4px; }
.live .aids { display: flex; align-items: center; gap: 1rem; } .live .aids .sliders { flex: 1; }
.live .wheel { flex: none; width: 2.4rem; height: 2.4rem; margin: .3rem 0; border-radius: 50%; background: conic-gradient(from 90deg, #f00, #ff0, #0f0, #0ff, #00f, #f0f, #f00); }
.live .filter { border: 0; margin: .4rem 0 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
.live .filter select { width: auto; max-width: 100%; }
.live .kernel { display: grid; gap: .25rem; grid-template-columns: repeat(3, 4.4rem); }
.live .fields p { margin: 0; flex: 1 1 16rem; }
.live .fields input[type=file] { font: inherit; max-width: 100%; min-height: 2.2rem; }
.live .trio { display: grid; gap: .4rem .9rem; grid-template-columns: minmax(0, 1fr); }
@container (min-width: 34rem) { .live .trio { grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr); } .live .trio > :last-child { grid-column: 1 / -1; } }
.live .wire { stroke: var(--run0); opacity: .75; } .live .wire.less { stroke: var(--run1); stroke-dasharray: 6 4; }
.live .cell { fill: var(--paper); stroke: var(--ink); stroke-width: 1.5px; }
.live .inner { fill: none; stroke: var(--run2); stroke-width: 2px; } .live .part { fill: none; stroke: var(--run2); stroke-width: 1.2px; stroke-dasharray: 3 3; }
.live .rule { stroke: var(--hair); }
.live .sample { fill: var(--quiet); opacity: .6; } .live .chosen { fill: var(--run1); } .live .residual { stroke: var(--run1); stroke-width: 1px; }
.live .floor { fill: var(--high); } .live .level { fill: color-mix(in oklab, var(--low) 22%, transparent); stroke: var(--line); stroke-opacity: .5; }
.live .whole { fill: none; stroke: var(--ink); stroke-opacity: .55; stroke-dasharray: 1.5 4; } .live .goal { stroke: var(--ink); stroke-width: 2px; }
.live .trail { fill: none; stroke: var(--run0); stroke-width: 1.8px; stroke-linejoin: round; } .live .trail.edge { stroke: var(--paper); stroke-width: 4px; opacity: .6; }
@media print { .live .sliders, .live .fields { display: none; } .live .words { min-height: 0; } }
`;

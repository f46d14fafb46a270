// How the lab looks: the theme's colours, its own tints for the ground, and one breakpoint of its own width.

import { dark, light } from "../palette.ts";

export const style = `
:host { display: block; container-type: inline-size; margin: 1.25em 0; font-size: .8rem; line-height: 1.45; color: var(--md-default-fg-color, ${light.ink}); }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.lab { --low: ${light.ground.low}; --middle: ${light.ground.middle}; --high: ${light.ground.high}; --line: ${light.ground.contour}; --earth: ${light.ground.earth}; --paper: var(--md-default-bg-color, ${light.paper}); --ink: ${light.ink};
  --quiet: ${light.quiet}; --hair: ${light.line}; --accent: ${light.link}; --bad: ${light.bad};
  margin: 0; border: 1px solid var(--hair); border-radius: .5rem; background: var(--paper); padding: .7rem; }
.lab.dark { --low: ${dark.ground.low}; --middle: ${dark.ground.middle}; --high: ${dark.ground.high}; --line: ${dark.ground.contour}; --earth: ${dark.ground.earth}; --ink: ${dark.ink}; --accent: ${dark.link}; --quiet: ${dark.quiet}; --hair: ${dark.line}; --bad: ${dark.bad}; }
.heading { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: .5rem; margin: 0 0 .35rem; min-height: 2rem; }
.heading b { font-weight: 600; } .heading span { color: var(--quiet); }
.stage { display: block; } .see { display: contents; }
.do { display: grid; gap: .5rem; align-content: start; min-width: 0; margin-top: .5rem; }
.ways { display: flex; gap: .4rem; flex-wrap: wrap; justify-content: flex-end; margin-left: auto; }
.picture { position: relative; min-width: 0; }
.picture svg.ground, .picture canvas { display: block; }
.picture canvas.paths { position: absolute; inset: 0; width: 100%; height: 100%; pointer-events: none; }
.picture canvas.space { display: none; width: 100%; cursor: grab; touch-action: pan-y; border-radius: .3rem; }
.picture.deep canvas.space { display: block; } .picture.deep .ground, .picture.deep .paths, .picture.deep .handle { display: none; }
.labels { display: none; position: absolute; inset: 0; overflow: hidden; pointer-events: none; color: var(--ink); font: 12px var(--md-text-font-family, system-ui, sans-serif); } .picture.deep .labels { display: block; }
.labels span { position: absolute; translate: -50% -50%; } .labels .axis { font-style: italic; font-size: 14px; }
.zoom { position: absolute; top: .65rem; right: .65rem; display: grid; gap: .2rem; } .zoom button { width: 1.9rem; min-height: 1.9rem; padding: 0; justify-content: center; background: var(--paper); opacity: .85; font-size: 1rem; }
.loss { min-width: 0; } .loss canvas { display: block; width: 100%; }
/* One column: the picture stays in sight while the controls below it are used. */
@container (max-width: 30.99rem) { @media screen and (min-height: 32em) {
  .picture { position: sticky; top: 2.4rem; z-index: 1; background: var(--paper); }
  :host(:fullscreen) .picture { top: 0; } } }
/* Two: the controls beside the picture, which leaves room for its buttons below it on the screen. */
@container (min-width: 31rem) {
  .stage { display: grid; gap: .4rem 1rem; grid-template-columns: minmax(0, min(58cqw, max(18rem, 100svh - 12rem))) minmax(0, 1fr); align-items: start; }
  .stage { grid-template-rows: auto 1fr; } .see { display: block; min-width: 0; } .do { margin-top: 0; grid-column: 2; grid-row: 1 / 3; } .say { grid-column: 1; }
  /* Of several runs there is much to set up and to say: the second picture stands below the first. */
  .stage.several { grid-template-rows: auto 1fr auto; .do { display: contents; } .setup { grid-column: 2; grid-row: 1 / 3; } .loss { grid-column: 1; grid-row: 2; } .say { grid-column: 1 / -1; } } }
/* Three parts where there is room: what is said stands beside the picture too. */
@container (min-width: 48rem) {
  .stage, .stage.several { grid-template-rows: auto 1fr; .do { display: grid; grid-column: 2; grid-row: 1; } .setup, .loss { grid-area: auto; } .say { grid-column: 2; } }
  .see { position: sticky; top: 2.8rem; grid-row: 1 / 3; }
  .do { grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .5rem 1.2rem; } }
:host(:fullscreen) { overflow: auto; margin: 0; background: var(--md-default-bg-color, ${light.paper}); }
:host(:fullscreen) .lab { min-height: 100%; border: 0; border-radius: 0; }
.band { fill: color-mix(in oklab, var(--high) clamp(0%, calc(var(--t) * 200% - 100%), 100%), color-mix(in oklab, var(--middle) clamp(0%, calc(var(--t) * 200%), 100%), var(--low))); stroke: var(--line); stroke-opacity: .3; stroke-width: .8px; vector-effect: non-scaling-stroke; }
.earth { fill: var(--earth); } .curve { fill: none; stroke: var(--line); stroke-width: 2px; stroke-opacity: .75; }
.axes { color: var(--quiet); } .axes text { font: 12px var(--md-text-font-family, system-ui, sans-serif); fill: currentColor; } .axes .name { font-style: italic; font-size: 13px; }
.axes path, .axes line { stroke: currentColor; stroke-opacity: .5; }
.handle { position: absolute; width: 44px; height: 44px; margin: -22px 0 0 -22px; border: 0; padding: 0; background: none; cursor: grab; touch-action: none; border-radius: 50%; outline: none; }
.handle:active { cursor: grabbing; }
.handle svg { position: absolute; inset: 0; overflow: visible; }
.handle path { fill: var(--paper); stroke: var(--ink); stroke-width: 2.5px; } .handle .halo { stroke: none; fill: var(--ink); opacity: 0; }
.handle:hover .halo { opacity: .12; } .handle:focus-visible .halo { opacity: .22; }
.handle:focus-visible { box-shadow: 0 0 0 2.5px var(--accent); }
.transport { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem .6rem; margin-top: .3rem; } .transport input { flex: 1 1 8rem; width: 8rem; }
.buttons { display: flex; gap: .25rem; }
button { font: inherit; color: inherit; cursor: pointer; min-height: 2.2rem; padding: 0 .6rem; border: 1px solid var(--hair); border-radius: .35rem; background: transparent; display: inline-flex; align-items: center; gap: .35rem; }
.buttons button { min-width: 2.2rem; padding: 0 .45rem; justify-content: center; }
button:hover { border-color: var(--accent); } button[disabled] { opacity: .55; cursor: default; }
button.play { background: var(--accent); border-color: var(--accent); color: var(--paper); padding: 0 .8rem 0 .6rem; font-weight: 600; }
button { white-space: nowrap; } button svg { width: 1.1em; height: 1.1em; fill: currentColor; flex: none; }
:is(button, input, select, summary, a, canvas):focus-visible { outline: 2.5px solid var(--accent); outline-offset: 2px; }
.count { font-variant-numeric: tabular-nums; color: var(--quiet); white-space: nowrap; min-width: 6.6em; text-align: right; }
input[type=range] { width: 100%; min-width: 0; height: 2rem; margin: 0; accent-color: var(--accent); }
@container (max-width: 26rem) { .runs li { display: block; } .runs svg { vertical-align: -.25em; margin-right: .3rem; } .lab { padding: .55rem; } }
.runs { list-style: none; margin: .5rem 0 .2rem; padding: 0; display: grid; gap: .35rem; }
.runs li { display: grid; grid-template-columns: 2.1rem minmax(0, 1fr); gap: .5rem; margin: 0; min-height: 2.9em; }
.runs svg { width: 2.1rem; height: 1.3em; overflow: visible; } .runs b { font-weight: 600; }
.race { margin: .3rem 0; font-weight: 600; } .race:empty { display: none; }
.update { margin: .5rem 0 .3rem; font-size: .72rem; min-height: 5em; } .update p { margin: 0 0 .15rem; } .line { padding-left: 1.2em; text-indent: -1.2em; font-variant-numeric: tabular-nums; } .line span { white-space: normal; } .line b { font-weight: 600; } .line > b:first-child { font-style: italic; font-weight: 400; } sup { line-height: 0; }
.drawers { display: flex; flex-wrap: wrap; align-items: center; gap: .1rem 1.1rem; border-top: 1px solid var(--hair); margin-top: .5rem; padding-top: .3rem; }
details { min-width: 0; max-width: 100%; } details[open] { flex: 1 1 100%; border-bottom: 1px solid var(--hair); margin-bottom: .2rem; }
summary { cursor: pointer; padding: .5rem .15rem .45rem 0; font-weight: 600; }
.setup { display: grid; gap: .4rem .7rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 4.8rem), 1fr)); font-size: .7rem; align-items: start; align-content: start; }
.setup .wrong { margin: .2rem 0 0; padding: .15rem 0 .15rem .5rem; border-left: 3px solid var(--bad); background: none; line-height: 1.3; }
.switch { grid-template-columns: auto minmax(0, 1fr) !important; align-items: center; min-height: 1.4rem; } .switch input { width: 1rem; height: 1rem; margin: 0; accent-color: var(--accent); }
.setup label, .setup fieldset { display: grid; gap: .15rem; min-width: 0; } .setup fieldset { border: 0; padding: 0; margin: 0; }
.setup .wide { grid-column: 1 / -1; } legend { padding: 0; }
.pacing .fields { display: grid; gap: .4rem .7rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 4.8rem), 1fr)); align-items: start; padding-bottom: .3rem; } .pacing[open] { border: 0; margin: 0; } .pacing summary { padding: .25rem 0; }
.name { color: var(--quiet); }
.pair { display: grid; grid-template-columns: minmax(0, 1fr) 6.4em; gap: .5rem; align-items: center; }
.own { display: grid; grid-template-columns: minmax(0, 1fr) 7rem; gap: .2rem .6rem; } .own .wrong { grid-column: 1 / -1; }
.twins { display: flex; gap: .4rem; } .start { display: grid; gap: .15rem; } .setup > .double { grid-column: span 2; }
select, input[type=number], input[type=text] { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--hair); border-radius: .35rem; min-height: 2.2rem; padding: 0 .45rem; width: 100%; min-width: 0; }
input[aria-invalid=true] { border-color: var(--bad); box-shadow: 0 0 0 1px var(--bad); }
.chips { display: flex; flex-wrap: wrap; gap: .35rem; } :is(.chips, .ways) button[aria-pressed=true] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.chips.line { flex-wrap: nowrap; overflow-x: auto; padding: 2px; margin: -2px; } .chips.line button { flex: none; } .chips svg { width: 1.1rem; height: 1.1rem; overflow: visible; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; margin: 0 0 .6rem; }
th, td { text-align: right; padding: .25rem .5rem; border-bottom: 1px solid var(--hair); white-space: nowrap; font-weight: 400; } th:first-child, td:first-child { text-align: left; padding-left: 0; } thead th { color: var(--quiet); }
caption { text-align: left; color: var(--quiet); padding-bottom: .2rem; }
.description { padding: 0 0 .6rem; max-width: 46em; } ::slotted(*) { margin: 0; }
.files { display: inline-flex; align-items: center; gap: .5rem; }
.ratemap { display: block; width: 100%; max-width: 46rem; cursor: crosshair; margin-bottom: .6rem; } .maps .name { margin: .2rem 0 .4rem; font-size: .72rem; }
.links { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.1rem; margin-left: auto; }
.links button { border: 0; padding: 0; text-decoration: underline; text-underline-offset: .15em; }
.links a, .links button { color: var(--md-typeset-a-color, var(--accent)); min-height: 2rem; display: inline-flex; align-items: center; } .links input { flex: 1 1 14rem; }
.wrong { margin: 0; padding: .6rem .8rem; border-left: 4px solid var(--bad); background: var(--md-code-bg-color, ${light.panel}); }
@media print {
  .lab { break-inside: avoid; } .transport, .drawers, .zoom, .handle, .setup, .update, .heading button { display: none; }
  .stage { display: grid; grid-template-columns: minmax(0, 1.32fr) minmax(0, 1fr); align-items: center; } .see { display: block; } .say { grid-column: 1 / -1; }
  .picture svg.ground, .loss canvas { width: 100%; height: auto; }
  .picture canvas.paths { mix-blend-mode: multiply; } /* on paper a canvas is not clear */
}
@media (pointer: fine) { .setup :is(select, input[type=number], button) { min-height: 1.7rem; } .heading button { min-height: 1.7rem; font-size: .7rem; } }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`;

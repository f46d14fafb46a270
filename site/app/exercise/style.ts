// The exercise's style sheet, below its shadow root. Colours are the theme's, or contrast with both of its schemes.

import { code, dark, either, light } from "../palette.ts";

export const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --ink: ${either("ink")};
  --quiet: ${either("quiet")};
  --paper: ${either("paper")};
  --panel: ${either("panel")};
  --line: ${either("line")};
  --active: light-dark(${light.link}11, ${dark.link}14);
  --selection: light-dark(${light.link}38, ${dark.link}44);
  --keyword: ${code("keyword")};
  --string: ${code("string")};
  --comment: ${code("comment")};
  --number: ${code("number")};
  --name: ${code("name")};
  --good: ${either("good")};
  --bad: ${either("bad")};
  --failing: light-dark(${light.bad}1c, ${dark.bad}24);
  --accent: ${either("link")};
  --mono: var(--md-code-font-family, ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace);
  --size: 16px;
  color: var(--ink);
  container-type: inline-size;
  display: block;
  font: 16px/1.5 var(--md-text-font-family, system-ui, sans-serif);
  margin: 1em 0;
}
@media (pointer: fine) { :host { --size: 14.5px; font-size: 15px; } }
* { box-sizing: border-box; }
.exercise { display: flex; flex-direction: column; gap: 12px; }
.desk { border: 1px solid var(--line); border-radius: 8px; display: flex; flex-direction: column; min-width: 0; overflow: clip; }
.head, .foot { align-items: center; background: var(--panel); display: flex; flex-wrap: wrap; gap: 4px 12px; padding: 6px 10px; }
.head { border-bottom: 1px solid var(--line); }
.foot { border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.87em; }
.file { font-family: var(--mono); font-weight: 600; }
.head .passed { color: var(--good); font-weight: 600; }
.saved { color: var(--quiet); font-size: 0.87em; margin-left: auto; }
.warning { background: ${either("marked")}; border-bottom: 1px solid var(--line); margin: 0; padding: 8px 10px; }
.warning button { margin: 4px 8px 0 0; }
.paper { height: 60vh; height: 60svh; min-height: 240px; min-width: 0; }
.paper:focus-within { box-shadow: inset 0 0 0 2px var(--name); }
.buttons { display: flex; flex-wrap: wrap; gap: 8px; }
.bar { background: var(--md-default-bg-color, var(--paper)); bottom: 0; padding: 8px 0; position: sticky; z-index: 2; }
button, .button {
  appearance: none; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; color: var(--ink);
  cursor: pointer; font: inherit; min-height: 40px; padding: 6px 14px;
}
button:hover { border-color: var(--quiet); }
button:focus-visible, a:focus-visible, pre:focus-visible, summary:focus-visible { outline: 2px solid var(--name); outline-offset: 2px; }
button.first { background: var(--accent); border-color: var(--accent); color: var(--paper); font-weight: 600; }
button.stop { background: var(--bad); border-color: transparent; color: var(--paper); }
button[disabled] { cursor: default; opacity: 0.55; }
button[aria-pressed=true] { border-color: var(--name); box-shadow: inset 0 0 0 1px var(--name); }
button.small { font-size: 0.87em; min-height: 32px; padding: 2px 10px; }
[hidden] { display: none !important; }
.side { min-width: 0; }
.output { scroll-margin-top: 64px; }
@media (pointer: coarse) { .keys { display: none; } }
.loading { flex: 1 0 100%; }
.loading progress { accent-color: var(--accent); display: block; height: 8px; width: 100%; }
.output:empty { display: none; }
.output p { margin: 0.5em 0; }
.empty { color: var(--quiet); }
.sum { border-left: 4px solid var(--bad); font-weight: 600; padding-left: 10px; }
.sum.good { border-color: var(--good); }
.checks { list-style: none; margin: 0; padding: 0; }
.checks li { border-top: 1px solid var(--line); padding: 8px 0; }
.claim { align-items: baseline; display: flex; gap: 8px; margin: 0 !important; }
.claim > :nth-child(3) { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.mark { font-weight: 700; width: 1em; }
.passed .mark { color: var(--good); }
.failed .mark { color: var(--bad); }
.points { color: var(--quiet); font-size: 0.87em; font-variant-numeric: tabular-nums; }
.message, .perhaps, .hint { margin-left: 1.5em !important; }
pre { background: var(--panel); border-radius: 6px; font: 0.9em/1.45 var(--mono); margin: 6px 0; max-height: 40vh; overflow: auto; padding: 8px 10px; tab-size: 4; }
.message { max-height: none; overflow-wrap: anywhere; white-space: pre-wrap; }
.printed { white-space: pre-wrap; overflow-wrap: anywhere; }
.error { border-left: 4px solid var(--bad); }
code { background: var(--panel); border-radius: 4px; font: 0.92em var(--mono); padding: 0.1em 0.3em; }
.hint { border-left: 3px solid var(--name); padding-left: 10px; }
a { color: var(--accent); }
.label { color: var(--quiet); font-size: 0.87em; }
.picture { margin: 12px 0; }
.picture svg { display: block; height: auto; max-width: 100%; }
.prose, .contract, .findings { font: 15px/1.5 var(--md-text-font-family, system-ui, sans-serif); margin: 0; max-width: 46em; padding: 0.4em 0.8em; white-space: normal; }
.prose { padding-top: 1.4em; }
.prose :is(h2, h3) { font-size: 1.25em; line-height: 1.3; margin: 0 0 0.3em; }
.prose p, .contract p { margin: 0.3em 0; }
.prose div.arithmatex { overflow: auto hidden; }
.contract { border-left: 3px solid var(--line); margin-left: 0.8em; } /* no margin above or below: the editor would not know of it */
.contract h4 { color: var(--quiet); font-size: 0.87em; font-weight: 600; margin: 0.6em 0 0.1em; }
.contract dl { margin: 0; }
.contract dt { margin-top: 0.2em; } .contract dt i { color: var(--quiet); }
.contract dd { margin: 0 0 0 1.4em; } .contract dd p { margin: 0; }
.contract pre { max-height: none; white-space: pre-wrap; }
.findings { border-left: 3px solid var(--line); list-style: none; margin-left: 0.8em; }
.findings li { align-items: baseline; display: flex; gap: 8px; }
.findings:has(.failed) { border-color: var(--bad); }
.unseen { clip-path: inset(50%); height: 1px; overflow: hidden; position: absolute; white-space: nowrap; width: 1px; }
kbd { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; font: 0.92em var(--mono); padding: 0 0.3em; }
dialog { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; color: var(--ink); max-width: min(26em, 92vw); }
dialog::backdrop { background: #0008; }
@container (max-width: 700px) {
  pre { max-height: none; overflow-wrap: anywhere; white-space: pre-wrap; }
  .bar { order: 1; } /* last, so that it stays at the bottom of the screen beside editor and results alike */
  .bar button { flex: 1; padding-inline: 6px; }
}
@container (min-width: 860px) {
  .exercise {
    display: grid; gap: 0 24px; grid-template: "desk bar" auto "desk side" 1fr / minmax(0, 58fr) minmax(0, 42fr);
  }
  .desk { grid-area: desk; }
  .bar { grid-area: bar; padding-top: 0; }
  .side { grid-area: side; }
  .desk { position: sticky; top: 76px; max-height: calc(100vh - 100px); }
  .paper { flex: 1; height: calc(100vh - 220px); }
}
@media (prefers-reduced-motion: no-preference) { .loading progress { transition: width 0.2s; } }
`);

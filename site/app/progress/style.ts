// How `<descent-progress>` looks: in the theme's colours, a lesson and its exercise on one line where there is room.

export const style = `
:host {
  display: block;
  container-type: inline-size;
  margin: 1em 0;
}
.total {
  margin: 0 0 0.6em;
}
ol {
  list-style: none;
  margin: 0;
  padding: 0;
}
/* The way: one line of stops, a lesson and beside it the exercise to which it leads. */
li {
  display: grid;
  gap: 0 1.6em;
  grid-template-columns: minmax(0, 1.25fr) minmax(0, 1fr);
  margin: 0;
  position: relative;
}
li + li::before {
  background: var(--track);
  content: "";
  height: 1.6em;
  left: calc(0.75em - 1px);
  position: absolute;
  top: -0.8em;
  width: 2px;
}
li > div {
  align-items: center;
  border-radius: 0.3em;
  column-gap: 0.7em;
  display: grid;
  grid-template-columns: 1.5em minmax(0, 1fr) auto;
  min-height: 3.1em;
  padding: 0.25em 0.5em 0.25em 0;
  position: relative;
}
li > div::before {
  background: var(--md-default-bg-color);
  border: 2px solid var(--md-default-fg-color--light);
  border-radius: 50%;
  box-sizing: border-box;
  color: var(--md-default-bg-color);
  content: "" / "";
  display: grid;
  font-weight: 700;
  grid-row: 1 / 3;
  height: 1.5em;
  line-height: 1;
  place-items: center;
  width: 1.5em;
}
.exercise::before {
  border-radius: 0.25em;
}
.begun::before {
  border-color: var(--md-typeset-a-color);
}
.done::before {
  background: var(--done);
  border-color: var(--done);
  content: "✓" / "done";
}
[aria-current] {
  background: color-mix(in srgb, var(--md-typeset-a-color) 12%, transparent);
}
[aria-current]::before {
  border-color: var(--md-typeset-a-color);
  content: "" / "next";
}
a {
  color: var(--md-typeset-a-color);
  text-underline-offset: 0.15em;
}
a:hover {
  color: var(--md-default-fg-color);
}
span {
  font-size: 0.9em;
  font-variant-numeric: tabular-nums;
}
div > progress {
  grid-column: 2 / 4;
}
div > a {
  grid-area: 1 / 2;
}
div > span {
  grid-area: 1 / 3;
}
progress {
  appearance: none;
  background: var(--track);
  border: 0;
  border-radius: 0.3em;
  height: 0.4em;
  overflow: hidden;
  width: 100%;
}
progress::-webkit-progress-bar {
  background: var(--track);
}
progress::-webkit-progress-value {
  background: var(--md-typeset-a-color);
  border-radius: 0.3em;
  transition: inline-size 0.4s;
}
progress::-moz-progress-bar {
  background: var(--md-typeset-a-color);
  border-radius: 0.3em;
}
.done progress::-webkit-progress-value {
  background: var(--done);
}
.done progress::-moz-progress-bar {
  background: var(--done);
}
:host {
  --done: var(--md-code-hl-string-color, currentcolor); /* the theme's green, of either scheme */
  --track: color-mix(in srgb, var(--md-default-fg-color) 14%, transparent);
}
.buttons {
  border-top: 1px solid var(--md-default-fg-color--lightest);
  display: flex;
  flex-wrap: wrap;
  gap: 0.6em;
  padding-top: 1em;
}
button {
  background: none;
  border: 1px solid var(--md-default-fg-color--light);
  border-radius: 0.25em;
  color: var(--md-default-fg-color);
  cursor: pointer;
  font: inherit;
  min-height: 2.2em;
  padding: 0.2em 0.9em;
}
button:hover {
  border-color: currentcolor;
}
:is(a, button):focus-visible {
  border-radius: 0.15em;
  outline: 2px solid var(--md-accent-fg-color, currentcolor);
  outline-offset: 2px;
}
.said {
  margin: 0.8em 0 0;
  min-height: 1.5em;
}
.said.wrong {
  color: var(--md-default-fg-color);
  font-weight: 600;
}
.said.wrong::before {
  content: "⚠ " / "";
}
@container (max-width: 40em) {
  li {
    grid-template-columns: minmax(0, 1fr);
    padding-bottom: 0.5em;
  }
  .exercise {
    margin-inline-start: 2.2em;
  }
}
@media (prefers-reduced-motion: reduce) {
  progress::-webkit-progress-value {
    transition: none;
  }
}
`;

// How `<descent-progress>` looks: in the theme's colours, on one line an exercise where there is room, on two elsewhere.

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
  counter-reset: exercise;
  list-style: none;
  margin: 0;
  padding: 0;
}
li {
  align-items: center;
  border-top: 1px solid var(--md-default-fg-color--lightest);
  column-gap: 0.8em;
  counter-increment: exercise;
  display: grid;
  grid-template-columns: 1.5em minmax(0, 1fr) 9em 8.5em;
  margin: 0;
  min-height: 2.6em;
}
li::before {
  color: var(--md-default-fg-color);
  content: counter(exercise);
  font-variant-numeric: tabular-nums;
  opacity: 0.75;
  text-align: right;
}
li.done::before {
  color: var(--done);
  content: "✓" / "done";
  font-weight: 700;
  opacity: 1;
}
a {
  align-self: stretch;
  color: var(--md-typeset-a-color);
  display: grid;
  align-items: center;
  text-underline-offset: 0.15em;
}
a:hover {
  color: var(--md-default-fg-color);
}
span {
  font-variant-numeric: tabular-nums;
}
progress {
  appearance: none;
  background: var(--track);
  border: 0;
  border-radius: 0.3em;
  height: 0.6em;
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
@container (max-width: 32em) {
  li {
    grid-template-columns: 1.5em minmax(0, 1fr) auto;
    padding: 0.45em 0;
    row-gap: 0.3em;
  }
  progress {
    grid-area: 2 / 2 / 3 / 4;
  }
}
@media (prefers-reduced-motion: reduce) {
  progress::-webkit-progress-value {
    transition: none;
  }
}
`;

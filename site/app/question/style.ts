// How `<descent-question>` looks, in the theme's colours. It stands in the page's own tree, so each rule names it.

export const style = `
descent-question {
  display: block;
}
descent-question form {
  align-items: end;
  display: flex;
  flex-wrap: wrap;
  gap: 0.6em;
}
descent-question input[type="text"] {
  background: var(--md-default-bg-color);
  border: 1px solid var(--md-default-fg-color--light);
  border-radius: 0.25em;
  color: var(--md-default-fg-color);
  font: inherit;
  font-variant-numeric: tabular-nums;
  min-height: 2.2rem;
  padding: 0.2em 0.6em;
  width: 9em;
}
descent-question fieldset {
  border: 0;
  flex-basis: 100%;
  margin: 0;
  padding: 0;
}
descent-question legend {
  clip-path: inset(50%);
  height: 1px;
  overflow: hidden;
  position: absolute;
  width: 1px;
}
descent-question fieldset label {
  align-items: baseline;
  border-radius: 0.25em;
  cursor: pointer;
  display: flex;
  gap: 0.6em;
  padding: 0.45em 0.3em;
}
descent-question fieldset label:hover {
  background: var(--md-default-fg-color--lightest);
}
descent-question input[type="radio"] {
  accent-color: var(--md-typeset-a-color);
  flex: none;
  height: 1.1em;
  margin: 0;
  position: relative;
  top: 0.15em;
  width: 1.1em;
}
descent-question button {
  background: none;
  border: 1px solid var(--md-default-fg-color--light);
  border-radius: 0.25em;
  color: var(--md-default-fg-color);
  cursor: pointer;
  font: inherit;
  min-height: 2.2rem;
  min-width: 2.2rem;
  padding: 0.2em 0.9em;
}
descent-question button.check {
  background: var(--md-typeset-a-color);
  border-color: transparent;
  color: var(--md-default-bg-color);
  font-weight: 700;
}
descent-question button:hover {
  border-color: currentcolor;
}
descent-question :is(button, input):focus-visible {
  outline: 2px solid var(--md-accent-fg-color, currentcolor);
  outline-offset: 2px;
}
.md-typeset .question > details[hidden] {
  display: none;
}
.md-typeset descent-question .rows {
  display: block;
  flex-basis: 100%;
  list-style: none;
  margin: 0;
}
.md-typeset descent-question .rows .row {
  align-items: center;
  background: var(--md-default-bg-color);
  border: 1px solid var(--md-default-fg-color--lighter);
  border-radius: 0.25em;
  cursor: grab;
  display: flex;
  gap: 0.4em;
  margin: 0 0 0.3em;
  padding: 0.2em;
}
descent-question .grip {
  color: var(--md-default-fg-color--light);
  padding: 0.5em 0.7em;
  touch-action: none;
}
.md-typeset descent-question .rows .row.held {
  border-color: var(--md-typeset-a-color);
  cursor: grabbing;
}
descent-question .row > .said {
  flex: 1;
}
descent-question .row > button {
  padding: 0;
}
descent-question .verdict {
  border-inline-start: 0.25em solid var(--md-default-fg-color--light);
  margin-top: 0.8em;
  padding-inline-start: 0.8em;
}
descent-question .verdict.right {
  border-color: var(--md-code-hl-string-color, currentcolor);
}
descent-question .verdict.wrong {
  border-color: var(--md-code-hl-number-color, currentcolor);
}
.md-typeset descent-question .verdict > p {
  margin: 0;
}
.md-typeset descent-question .verdict > p + p {
  margin-top: 0.3em;
}
.question.answered > .admonition-title::after {
  color: var(--md-code-hl-string-color, currentcolor);
  content: "✓ answered" / "answered";
  float: right;
}
@media print {
  descent-question :is(button, .verdict, .grip) {
    display: none;
  }
}
`;

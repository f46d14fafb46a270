// What a lab says in words and numbers: a line for each run, the order of a race, the update written out, the table of a
// step, and what a screen reader is told.

import { order } from "./arrival.ts";
import { html, svg, write } from "./dom.ts";
import { mark, outline } from "./marks.ts";
import type { Runs } from "./runs.ts";
import { writtenOut } from "./update.ts";
import type { Walk } from "./walk.ts";
import { table } from "./words.ts";

const PAUSE = 600; // milliseconds without a change, after which what came of it is read aloud

export class Speech {
  readonly lines = html("ul", { class: "runs" });
  readonly heard = html("div", { class: "heard", role: "status" });
  private readonly race = html("p", { class: "race" });
  private readonly update = html("div", { class: "update", role: "group", "aria-label": "The update, written out" });
  readonly element = html("div", { class: "say" }, this.lines, this.race, this.update);
  private readonly table = html("div", {
    class: "scroll",
    tabindex: 0,
    role: "group",
    "aria-label": "Numbers of this step",
  });
  readonly numbers: HTMLDetailsElement;
  private announcing = 0;
  private writeTable = () => {};

  constructor(open: boolean) {
    this.numbers = html("details", { toggle: () => this.writeTable() }, html("summary", {}, "Numbers"), this.table);
    this.numbers.open = open;
  }

  /** A line for each run, with its mark. */
  renew(runs: number, dark: boolean): void {
    this.lines.replaceChildren(...Array.from({ length: runs }, (_, i) => legend(i, dark)));
  }

  write(runs: Runs, k: number, selected: number): void {
    const { walks, names } = runs;
    const { landscape } = runs.setup;
    walks.forEach((_, i) => {
      const [name, words] = this.lines.children[i]?.querySelectorAll("b, span") ?? [];
      if (name) write(name, `${names[i]}:`);
      if (words) write(words, runs.told(i, k));
    });
    const raced = walks.length > 4 && k >= runs.steps && runs.finished;
    write(this.race, raced ? order(landscape, walks, names) : "");
    const title = names.length > 1 ? names[selected] : undefined;
    this.update.replaceChildren(...writtenOut(landscape, walks[selected] as Walk, k, title));
    this.writeTable = () => {
      if (this.numbers.open) this.table.replaceChildren(table(landscape, walks, names, k));
    };
    this.writeTable();
  }

  /** Have read aloud what came of a change, once nothing changes any more. */
  announce(what: () => string): void {
    window.clearTimeout(this.announcing);
    this.announcing = window.setTimeout(() => this.say(what()), PAUSE);
  }

  say(text: string): void {
    this.heard.textContent = text;
  }
}

function legend(run: number, dark: boolean): HTMLLIElement {
  const one = mark(run, dark);
  const line = svg("path", {
    d: "M1,10H33",
    stroke: one.colour,
    "stroke-width": 2,
    "stroke-dasharray": one.dash.join(" "),
    fill: "none",
  });
  const dot = svg("path", { d: outline(one, 5), fill: one.colour, transform: "translate(17,10)" });
  return html(
    "li",
    {},
    svg("svg", { viewBox: "0 0 34 20", "aria-hidden": "true" }, line, dot),
    html("div", {}, html("b"), " ", html("span")),
  );
}

// The runs side by side: which of them the fields set up, and the buttons that add, take away and race them.

import { bestRate, racers } from "./arrival.ts";
import type { Desk } from "./desk.ts";
import { describe, html, svg, write } from "./dom.ts";
import { mark, outline } from "./marks.ts";
import { methodsOn } from "./methods.ts";
import { label, MOST_RUNS, runsOf, type Setup } from "./settings.ts";
import type { Run } from "./walk.ts";

/** Which run the fields belong to, and buttons to add one and take one away. */
export function lineup(desk: Desk): { choice: HTMLElement[]; ways: HTMLElement; update(): void } {
  const several = desk.setup.own.length > 1;
  const buttons = several
    ? desk.setup.own.map((_, i) =>
        html("button", { type: "button", click: () => desk.select(i) }, swatch(i, desk.dark), html("span")),
      )
    : [];
  const way = (text: string, click: () => void) => html("button", { type: "button", click }, text);
  const add = way("Add a run", () => added(desk));
  add.disabled = desk.setup.own.length >= MOST_RUNS;
  const less = several ? [way("Remove this run", () => removed(desk))] : [];
  const best = several ? [way("Each at its best rate", () => atBestRates(desk))] : [];
  const ways = html(
    "fieldset",
    { class: "wide" },
    html("legend", { class: "heard" }, "Runs side by side"),
    html(
      "div",
      { class: "chips" },
      add,
      ...less,
      way("Race all methods", () => raced(desk)),
      ...best,
    ),
  );
  // In one line that scrolls: names grow while a slider is moved, and the slider must stay where it is.
  const line = html("div", { class: "chips line" }, ...buttons);
  const choice = html("fieldset", { class: "wide" }, html("legend", { class: "name" }, "Run to set up"), line);
  const update = () => {
    buttons.forEach((button, i) => {
      describe(button, { "aria-pressed": String(i === desk.selected) });
      write(button.lastChild as HTMLElement, label(desk.setup, i));
    });
  };
  return { choice: several ? [choice] : [], ways, update };
}

function swatch(run: number, dark: boolean): SVGSVGElement {
  const one = mark(run, dark);
  return svg(
    "svg",
    { viewBox: "-8 -8 16 16", "aria-hidden": "true" },
    svg("path", { d: outline(one, 5), fill: one.colour }),
  );
}

/** A new run is like the selected one, with half its rate, so that the two can be told apart. */
function added(desk: Desk): void {
  const { setup, selected } = desk;
  const { method, rate } = runsOf(setup)[selected] as Run;
  const pinned = setup.own.map((own) => ({ method: setup.shared.method, rate: setup.shared.rate, ...own }));
  const next = { ...setup.own[selected], method, rate: Number((rate / 2).toPrecision(2)) };
  desk.change({ ...setup, own: [...pinned, next] });
  desk.select(setup.own.length);
}

/** All methods from one start, with the rate of the selected run. */
function raced(desk: Desk): void {
  const { landscape } = desk.setup;
  const run = runsOf(desk.setup)[desk.selected] as Run;
  desk.select(0);
  desk.change({ landscape, shared: run, own: racers(methodsOn(landscape)).map((method) => ({ method })) });
}

/** Every run with the rate that suits its method and its start best, of those that are tried. */
function atBestRates(desk: Desk): void {
  const { setup } = desk;
  const runs = runsOf(setup);
  desk.change({
    ...setup,
    own: setup.own.map((own, i) => ({ ...own, rate: bestRate(setup.landscape, runs[i] as Run) })),
  });
}

function removed(desk: Desk): void {
  const { setup, selected } = desk;
  const own = setup.own.filter((_, i) => i !== selected);
  const [only] = own;
  const left: Setup =
    own.length === 1 ? { ...setup, shared: { ...setup.shared, ...only }, own: [{}] } : { ...setup, own };
  desk.select(Math.max(0, selected - 1));
  desk.change(left);
}

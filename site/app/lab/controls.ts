// The set-up's form: landscape, runs, method, rate, start, steps and decay, for the run that is selected.

import { html, svg } from "./dom.ts";
import { type Landscape, landscapes, type Point } from "./landscapes.ts";
import { mark, outline } from "./marks.ts";
import { type Method, methodsOn, titles, usesDecay } from "./methods.ts";
import { label, MOST_EPOCHS, MOST_RUNS, moved, runsOf, type Setup } from "./settings.ts";
import type { Run } from "./walk.ts";

export interface Desk {
  setup: Setup;
  selected: number;
  change(setup: Setup): void;
  select(run: number): void;
  dark: boolean;
}

/** Change one thing of a run: its own, where it has that or is one of several; what they share otherwise. */
export function edited(setup: Setup, run: number, change: Partial<Run>): Setup {
  const own = setup.own[run] as Partial<Run>;
  const several = setup.own.length > 1;
  const isOwn = (name: string) => name in own || (several && (name === "method" || name === "rate"));
  const parts = Object.entries(change);
  const mine = Object.fromEntries(parts.filter(([name]) => isOwn(name)));
  const ours = Object.fromEntries(parts.filter(([name]) => !isOwn(name)));
  return {
    ...setup,
    shared: { ...setup.shared, ...ours },
    own: setup.own.map((one, i) => (i === run ? { ...one, ...mine } : one)),
  };
}

const RATES = { low: -5, high: 1.5 }; // the slider's ends, as powers of ten; the number field goes further

export function controls(desk: Desk, withLandscape: boolean): { form: HTMLElement; update(): void } {
  const form = html("div", { class: "setup" });
  let shape = "";
  let refresh = () => {};

  const update = () => {
    const { landscape, own } = desk.setup;
    // New fields only where others are needed: a field that is being typed into must stay.
    const wanted = `${landscape.name} ${own.length} ${desk.dark}`;
    if (wanted !== shape) {
      shape = wanted;
      refresh = build(form, desk, landscape, withLandscape);
    }
    refresh();
  };
  return { form, update };
}

function build(form: HTMLElement, desk: Desk, landscape: Landscape, withLandscape: boolean): () => void {
  const current = (): Run => runsOf(desk.setup)[desk.selected] as Run;
  const change = (part: Partial<Run>) => desk.change(edited(desk.setup, desk.selected, part));
  const method = methodField(landscape, (chosen) => change({ method: chosen }));
  const slider = html("input", {
    type: "range",
    min: RATES.low,
    max: RATES.high,
    step: 0.01,
    "aria-label": "Learning rate, slider",
  });
  slider.addEventListener("input", () => change({ rate: Number((10 ** slider.valueAsNumber).toPrecision(2)) }));
  const rate = numberField("Learning rate", { min: 1e-12, max: 1e6, step: "any" }, (value) => change({ rate: value }));
  const starts = landscape.variables.map((name, i) =>
    numberField(`Start ${name}`, { min: landscape.domain[0], max: landscape.domain[1], step: "any" }, (value) =>
      change({ start: current().start.map((x, j) => (i === j ? value : x)) as Point }),
    ),
  );
  const epochs = numberField("Steps", { min: 0, max: MOST_EPOCHS, step: 1 }, (value) => change({ epochs: value }));
  const decay = numberField("Decay γ", { min: 0, max: 1, step: "any" }, (value) => change({ decay: value }));
  const decayBox = labelled("Decay γ", decay);
  const chips = runChips(desk);
  form.replaceChildren(
    ...(withLandscape ? [labelled("Landscape", landscapeField(desk))] : []),
    chips.box,
    labelled("Method", method),
    html("div", {}, html("span", { class: "name" }, "Learning rate"), html("div", { class: "pair" }, slider, rate)),
    html(
      "div",
      {},
      html("span", { class: "name" }, `Start ${landscape.variables.join(", ")}`),
      html("div", { class: "twins" }, ...starts),
    ),
    labelled("Steps", epochs),
    decayBox,
  );
  return () => {
    const run = current();
    method.value = run.method;
    slider.value = String(Math.log10(run.rate));
    slider.setAttribute("aria-valuetext", String(run.rate));
    show(rate, run.rate);
    starts.forEach((field, i) => {
      show(field, run.start[i] as number);
    });
    show(epochs, run.epochs);
    show(decay, run.decay);
    decayBox.hidden = !usesDecay(run.method);
    chips.update();
  };
}

function labelled(name: string, field: HTMLElement): HTMLLabelElement {
  // Named on its own too: to some, a label that wraps a list of choices is called by all of them.
  field.setAttribute("aria-label", name);
  return html("label", {}, html("span", { class: "name" }, name), field);
}

/** Write a value into its field, unless somebody is writing there. */
function show(field: HTMLInputElement, value: number): void {
  if ((field.getRootNode() as ShadowRoot).activeElement === field && field.valueAsNumber === value) return;
  field.value = String(value);
  field.removeAttribute("aria-invalid");
}

function numberField(
  name: string,
  limits: Record<string, string | number>,
  change: (value: number) => void,
): HTMLInputElement {
  const field = html("input", { type: "number", inputmode: "decimal", "aria-label": name, ...limits });
  field.addEventListener("input", () => {
    const good = field.value !== "" && field.validity.valid;
    field.setAttribute("aria-invalid", String(!good));
    field.title = good ? "" : `${name}: a number from ${limits.min} to ${limits.max}`;
    if (good) change(field.valueAsNumber);
  });
  return field;
}

function methodField(landscape: Landscape, change: (method: Method) => void): HTMLSelectElement {
  const field = html("select", {}, ...methodsOn(landscape).map((one) => html("option", { value: one }, titles[one])));
  field.addEventListener("change", () => change(field.value as Method));
  return field;
}

function landscapeField(desk: Desk): HTMLSelectElement {
  const options = (dimensions: number) =>
    [...landscapes.values()]
      .filter((one) => one.variables.length === dimensions)
      .map((one) =>
        html("option", { value: one.name, selected: one === desk.setup.landscape }, `${one.title}: ${one.formula}`),
      );
  const field = html(
    "select",
    {},
    html("optgroup", { label: "Curves" }, ...options(1)),
    html("optgroup", { label: "Maps" }, ...options(2)),
  );
  field.addEventListener("change", () => desk.change(moved(desk.setup, landscapes.get(field.value) as Landscape)));
  return field;
}

/** Which run the fields belong to, and buttons to add one and take one away. */
function runChips(desk: Desk): { box: HTMLElement; update(): void } {
  const several = desk.setup.own.length > 1;
  const buttons = several
    ? desk.setup.own.map((_, i) =>
        html("button", { type: "button", click: () => desk.select(i) }, swatch(i, desk.dark), html("span")),
      )
    : [];
  const add = html("button", { type: "button", class: "add", click: () => added(desk) }, "Add a run");
  const less = html("button", { type: "button", click: () => removed(desk) }, "Remove this run");
  add.disabled = desk.setup.own.length >= MOST_RUNS;
  const box = html(
    "fieldset",
    { class: "wide" },
    html("legend", { class: "name" }, several ? "Run to set up" : "Runs side by side"),
    html("div", { class: "chips" }, ...buttons, add, ...(several ? [less] : [])),
  );
  const update = () => {
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(i === desk.selected));
      (button.lastChild as HTMLElement).textContent = label(desk.setup, i);
    });
  };
  return { box, update };
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

function removed(desk: Desk): void {
  const { setup, selected } = desk;
  const own = setup.own.filter((_, i) => i !== selected);
  const [only] = own;
  const left: Setup =
    own.length === 1 ? { ...setup, shared: { ...setup.shared, ...only }, own: [{}] } : { ...setup, own };
  desk.select(Math.max(0, selected - 1));
  desk.change(left);
}

// The set-up's form: landscape, runs, rate, method, steps, start and the method's own settings, for the run that is selected.

import { bestRate, racers } from "./arrival.ts";
import { html, svg } from "./dom.ts";
import { labelled, numberField, show } from "./fields.ts";
import { type Landscape, landscapes, type Point } from "./landscapes.ts";
import { mark, outline } from "./marks.ts";
import { knobs, type Method, methodsOn, titles } from "./methods.ts";
import { FIRST, LIMIT, load, OWN, own } from "./own.ts";
import { paceFields } from "./pacefields.ts";
import { KNOBS, LIMITS, label, MOST_RUNS, moved, RATES, runsOf, type Setup } from "./settings.ts";
import type { Run } from "./walk.ts";

export interface Desk {
  setup: Setup;
  selected: number;
  change(setup: Setup): void;
  select(run: number): void;
  dark: boolean;
  eager: boolean; // whether whole walks are shown while something is dragged
  showWalks(eager: boolean): void;
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

const NAMES = {
  rate: "Learning rate",
  epochs: "Steps",
  decay: "Decay γ",
  beta1: "Mean β₁",
  beta2: "Squares β₂",
  epsilon: "Guard ε",
} as const;

export function controls(desk: Desk, withLandscape: boolean): { form: HTMLElement; update(): void } {
  const form = html("div", { class: "setup", role: "group", "aria-label": "Set up" });
  let shape = "";
  let refresh = () => {};

  const update = () => {
    const { landscape, own } = desk.setup;
    // New fields only where others are needed: a field that is being typed into must stay.
    const drawn = `${landscape.name} ${landscape.variables} ${landscape.domain}`;
    const wanted = `${drawn} ${own.length} ${desk.dark}`;
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
  const rate = numberField(
    NAMES.rate,
    { ...LIMITS.rate, zero: "With a learning rate of 0 each step is 0, and the walk never moves." },
    (value) => change({ rate: value }),
  );
  const [low, high] = landscape.domain;
  const starts = landscape.variables.map((name, i) =>
    numberField(`Start ${name}`, { min: low, max: high }, (value) =>
      change({ start: current().start.map((x, j) => (i === j ? value : x)) as Point }),
    ),
  );
  const epochs = numberField(NAMES.epochs, LIMITS.epochs, (value) => change({ epochs: value }));
  const extras = KNOBS.map((name) => {
    const { field, wrong } = numberField(NAMES[name], LIMITS[name], (value) => change({ [name]: value }));
    return { name, field, box: html("div", {}, labelled(NAMES[name], field), wrong) };
  });
  const more = paceFields(change);
  const eager = html("input", { type: "checkbox" });
  eager.checked = desk.eager;
  eager.addEventListener("change", () => desk.showWalks(eager.checked));
  const chips = runChips(desk);
  const several = desk.setup.own.length > 1;
  form.replaceChildren(
    ...(withLandscape ? [html("div", { class: "wide" }, labelled("Landscape", landscapeField(desk)))] : []),
    ...(withLandscape && landscape.typed ? [formulaField(desk, form)] : []),
    ...(several ? [chips.box] : []),
    html(
      "div",
      { class: "wide" },
      html("span", { class: "name" }, NAMES.rate),
      html("div", { class: "pair" }, slider, rate.field),
      rate.wrong,
    ),
    labelled("Method", method),
    html("div", {}, labelled(NAMES.epochs, epochs.field), epochs.wrong),
    html(
      "div",
      {},
      html("span", { class: "name" }, `Start ${landscape.variables.join(", ")}`),
      html("div", { class: "twins" }, ...starts.map(({ field }) => field)),
      ...starts.map(({ wrong }) => wrong),
    ),
    ...extras.map(({ box }) => box),
    more.box,
    html("label", { class: "switch wide" }, eager, html("span", {}, "Show the walk while I drag")),
    ...(several ? [] : [chips.box]),
  );
  return () => {
    const run = current();
    method.value = run.method;
    slider.value = String(Math.log10(run.rate));
    slider.setAttribute("aria-valuetext", String(run.rate));
    show(rate.field, run.rate);
    starts.forEach(({ field }, i) => {
      show(field, run.start[i] as number);
    });
    show(epochs.field, run.epochs);
    for (const { name, field, box } of extras) {
      show(field, run[name]);
      box.hidden = !knobs[run.method].includes(name);
    }
    more.show(run);
    eager.checked = desk.eager;
    chips.update();
  };
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
    html(
      "optgroup",
      { label: "Yours" },
      html("option", { value: OWN, selected: !!desk.setup.landscape.typed }, "A function that you type in"),
    ),
  );
  field.addEventListener("change", async () => {
    if (field.value === OWN) await load();
    const chosen = field.value === OWN ? own(FIRST, 3) : landscapes.get(field.value);
    desk.change(moved(desk.setup, chosen as Landscape));
  });
  return field;
}

/** What the reader's own function is, and how much of it is drawn; both are read when they have been typed to the end. */
function formulaField(desk: Desk, form: HTMLElement): HTMLElement {
  const { formula, variables, domain } = desk.setup.landscape;
  const text = html("input", {
    type: "text",
    value: formula,
    spellcheck: "false",
    autocapitalize: "off",
    class: "formula",
  });
  const wrong = html("p", { class: "wrong", id: "wrong-formula", role: "alert", hidden: true });
  const limit = numberField("Drawn as far as ±", LIMIT, () => {});
  limit.field.value = String(domain[1]);
  const read = () => {
    if (limit.field.getAttribute("aria-invalid") === "true") return;
    const typing = (form.getRootNode() as ShadowRoot).activeElement === text;
    let sentence = "";
    try {
      desk.change(moved(desk.setup, own(text.value, limit.field.valueAsNumber)));
      if (typing) form.querySelector<HTMLInputElement>(".formula")?.focus();
    } catch (error) {
      const { message } = error as Error;
      sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
    }
    wrong.hidden = sentence === "";
    wrong.textContent = sentence;
    text.setAttribute("aria-invalid", String(sentence !== ""));
    text.setAttribute("aria-describedby", wrong.id);
  };
  text.addEventListener("change", read);
  limit.field.addEventListener("change", read);
  return html(
    "div",
    { class: "wide own" },
    labelled(`f(${variables.join(", ")}) =`, text),
    labelled("Drawn as far as ±", limit.field),
    wrong,
    limit.wrong,
  );
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
  const race = html("button", { type: "button", click: () => raced(desk) }, "Race all methods");
  const best = html("button", { type: "button", click: () => atBestRates(desk) }, "Each at its best rate");
  const less = html("button", { type: "button", click: () => removed(desk) }, "Remove this run");
  add.disabled = desk.setup.own.length >= MOST_RUNS;
  const box = html(
    "fieldset",
    { class: "wide" },
    html("legend", { class: several ? "name" : "heard" }, several ? "Run to set up" : "Runs side by side"),
    html("div", { class: "chips" }, ...buttons, add, ...(several ? [less] : []), race, ...(several ? [best] : [])),
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

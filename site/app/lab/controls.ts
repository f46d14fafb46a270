// The set-up's form: landscape, runs, rate, method, steps, start and the method's own settings, for the run that is selected.

import { type Desk, edited } from "./desk.ts";
import { describe, html } from "./dom.ts";
import { labelled, numberField, show } from "./fields.ts";
import { formulaField, landscapeField } from "./landscapefields.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { lineup } from "./lineup.ts";
import { knobs, type Method, methodsOn, titles } from "./methods.ts";
import { paceFields } from "./pacefields.ts";
import { KNOBS, LIMITS, RATES, runsOf } from "./settings.ts";
import type { Run } from "./walk.ts";

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
  const chips = lineup(desk);
  form.replaceChildren(
    ...(withLandscape ? [html("div", { class: "wide" }, labelled("Landscape", landscapeField(desk)))] : []),
    ...(withLandscape && landscape.typed ? [formulaField(desk, form)] : []),
    ...chips.choice,
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
      { class: starts.length > 1 ? "start double" : "start" },
      html("span", { class: "name" }, `Start ${landscape.variables.join(", ")}`),
      html("div", { class: "twins" }, ...starts.map(({ field }) => field)),
      ...starts.map(({ wrong }) => wrong),
    ),
    ...extras.map(({ box }) => box),
    more.box,
    html("label", { class: "switch wide" }, eager, html("span", {}, "Show the walk while I drag")),
    chips.ways,
  );
  return () => {
    const run = current();
    method.value = run.method;
    const place = Math.log10(run.rate);
    if (slider.valueAsNumber !== place) slider.value = String(place);
    describe(slider, { "aria-valuetext": run.rate });
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
    // A lesson that does not speak of them has no fields for them; the full lab has all.
    more.box.hidden = !withLandscape && !runsOf(desk.setup).some((one) => one.schedule !== "constant" || one.noise > 0);
    eager.checked = desk.eager;
    chips.update();
  };
}

function methodField(landscape: Landscape, change: (method: Method) => void): HTMLSelectElement {
  const field = html("select", {}, ...methodsOn(landscape).map((one) => html("option", { value: one }, titles[one])));
  field.addEventListener("change", () => change(field.value as Method));
  return field;
}

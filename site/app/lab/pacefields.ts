// The fields of the learning rate's schedule and of the gradient's noise, folded away until one of them is in use.

import { html } from "./dom.ts";
import { labelled, numberField, show } from "./fields.ts";
import { SCHEDULE_NAMES, SCHEDULE_RULES, SCHEDULES, type Schedule } from "./schedule.ts";
import { LIMITS } from "./settings.ts";
import type { Run } from "./walk.ts";

const NAMES = { pace: "T, in steps", noise: "Noise σ", batch: "Batch", seed: "Seed" } as const;

export function paceFields(change: (part: Partial<Run>) => void): { box: HTMLElement; show(run: Run): void } {
  const schedule = html(
    "select",
    {},
    ...SCHEDULES.map((one) => html("option", { value: one }, `${SCHEDULE_NAMES[one]}: ${SCHEDULE_RULES[one]}`)),
  );
  schedule.addEventListener("change", () => change({ schedule: schedule.value as Schedule }));
  const numbers = (Object.keys(NAMES) as (keyof typeof NAMES)[]).map((name) => {
    const { field, wrong } = numberField(NAMES[name], LIMITS[name], (value) => change({ [name]: value }));
    return { name, field, box: html("div", {}, labelled(NAMES[name], field), wrong) };
  });
  const box = html(
    "details",
    { class: "wide pacing" },
    html("summary", {}, "Schedule and noise"),
    html(
      "div",
      { class: "fields" },
      html("div", { class: "wide" }, labelled("Schedule of the rate", schedule)),
      ...numbers.map((one) => one.box),
    ),
  );
  let wasUsed = false;
  return {
    box,
    show(run) {
      schedule.value = run.schedule;
      for (const one of numbers) show(one.field, run[one.name]);
      const [paced, noisy] = [run.schedule !== "constant", run.noise > 0];
      for (const one of numbers) {
        if (one.name === "pace") one.box.hidden = !paced;
        if (one.name === "batch" || one.name === "seed") one.box.hidden = !noisy;
      }
      // Opened where something is set; whoever folds it again has it folded.
      if ((paced || noisy) && !wasUsed) box.open = true;
      wasUsed = paced || noisy;
    },
  };
}

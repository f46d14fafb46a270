// The fields that choose the landscape: one of the list, or a function of the reader's own.

import type { Desk } from "./desk.ts";
import { html } from "./dom.ts";
import { labelled, numberField } from "./fields.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { FIRST, LIMIT, load, OWN, own } from "./own.ts";
import { moved } from "./settings.ts";

export function landscapeField(desk: Desk): HTMLSelectElement {
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
export function formulaField(desk: Desk, form: HTMLElement): HTMLElement {
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

// Fields of the set-up's form: each with its name, and with a sentence under it where what is typed in cannot be used.

import { html } from "./dom.ts";
import { count } from "./format.ts";

export interface Limits {
  min: number;
  max: number;
  whole?: boolean;
  zero?: string; // what is said of a 0 where that is the likeliest mistake
}

/** What is wrong with a text in a field for numbers, as a sentence; nothing where it can be used. */
export function complaint(name: string, text: string, { min, max, whole = false, zero }: Limits): string | undefined {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return undefined;
  const kind = whole ? "a whole number" : "a number";
  const range = `${kind} from ${plain(min)} to ${plain(max)}`;
  if (value === 0 && zero) return `${zero} Choose ${range}.`;
  if (Number.isNaN(value)) return `${name} needs ${range}.`;
  if (value < min) return `${name} ${plain(value)} is too small. Choose ${range}.`;
  if (value > max) return `${name} ${plain(value)} is too large. Choose ${range}.`;
  return `${name} ${plain(value)} is not a whole number. Choose ${range}.`;
}

/** A number as it would be typed, with a true minus sign, and in thousands where it is long. */
function plain(x: number): string {
  const text =
    Math.abs(x) >= 1000 && Number.isInteger(x) && Math.abs(x) < 1e15
      ? count(Math.abs(x))
      : Math.abs(x) >= 1e-12 && Math.abs(x) < 1e15
        ? String(Number(Math.abs(x).toPrecision(12))).replace(
            /^(\d)e-(\d+)$/,
            (_, digit, zeros) => `0.${"0".repeat(Number(zeros) - 1)}${digit}`,
          )
        : String(Math.abs(x));
  return x < 0 ? `−${text}` : text;
}

export function labelled(name: string, field: HTMLElement): HTMLLabelElement {
  // Named on its own too: to some, a label that wraps a list of choices is called by all of them.
  field.setAttribute("aria-label", name);
  return html("label", {}, html("span", { class: "name" }, name), field);
}

/** Write a value into its field, unless somebody is writing there. */
export function show(field: HTMLInputElement, value: number): void {
  if ((field.getRootNode() as ShadowRoot).activeElement === field && field.valueAsNumber === value) return;
  if (field.value !== String(value)) field.value = String(value);
  if (field.getAttribute("aria-invalid") === "true") field.dispatchEvent(new Event("mended"));
}

let made = 0;

/** A field for numbers, and the sentence that stands under it while its text cannot be used. */
export function numberField(
  name: string,
  limits: Limits,
  change: (value: number) => void,
): { field: HTMLInputElement; wrong: HTMLElement } {
  made += 1;
  const wrong = html("p", { class: "wrong", id: `wrong-${made}`, role: "alert", hidden: true });
  const field = html("input", { type: "number", inputmode: "decimal", "aria-label": name, step: "any" });
  field.min = String(limits.min);
  field.max = String(limits.max);
  const say = (sentence: string | undefined) => {
    wrong.hidden = sentence === undefined;
    wrong.textContent = sentence ?? "";
    field.setAttribute("aria-invalid", String(sentence !== undefined));
    if (sentence === undefined) field.removeAttribute("aria-describedby");
    else field.setAttribute("aria-describedby", wrong.id);
  };
  field.addEventListener("input", () => {
    const sentence = complaint(name, field.value, limits);
    say(sentence);
    if (sentence === undefined) change(field.valueAsNumber);
  });
  field.addEventListener("mended", () => say(undefined));
  return { field, wrong };
}

// The three ways to answer: with a number, by a choice, and by putting things in order.

import type { Mistake } from "./marks.ts";
import { words } from "./marks.ts";
import { halfUnit, isNumber, readings } from "./number.ts";

export interface Field {
  readonly element: HTMLElement;
  /** What is missing before there is an answer to look at, or nothing. */
  missing(): string | undefined;
  isRight(): boolean;
  /** Tell whether a mistake that the page names is the one that was made. */
  made(mistake: Mistake): boolean;
  /** What can be said to a wrong answer that the page does not name. */
  hint(): string | undefined;
}

/** A number, as exact as it is written in the page, or within what the page says. */
export function numberField(written: string, within: string | null): Field {
  const right = readings(written)[0] ?? Number.NaN;
  const slack = within === null ? halfUnit(written) : Number(within);
  const input = document.createElement("input");
  input.type = "text";
  input.autocomplete = "off";
  input.spellcheck = false;
  input.setAttribute("autocapitalize", "off");
  const label = document.createElement("label");
  label.append("Your answer ", input);
  return {
    element: label,
    missing: () =>
      readings(input.value).length === 0 ? "Write a number here, such as 0.5, 0,5, 1/2 or −3." : undefined,
    isRight: () => isNumber(input.value, right, slack),
    made: ({ named }) => named.some((one) => isNumber(input.value, readings(one)[0] ?? Number.NaN, slack)),
    hint: () => (isNumber(input.value, -right, slack) ? "The size is right, but the sign is not." : undefined),
  };
}

/** One of the options that the list before the question gives; `right` counts them from 1. */
export function choiceField(list: HTMLElement, right: number, name: string): Field {
  const set = document.createElement("fieldset");
  const legend = document.createElement("legend");
  legend.textContent = "Your answer";
  const options = [...list.children].map((item) => {
    const radio = document.createElement("input");
    radio.type = "radio";
    radio.name = name;
    const label = document.createElement("label");
    const said = document.createElement("span");
    said.append(...item.childNodes);
    label.append(radio, said);
    return { label, radio, said: words(said) };
  });
  set.append(legend, ...options.map(({ label }) => label));
  list.remove();
  const chosen = () => options.findIndex(({ radio }) => radio.checked);
  return {
    element: set,
    missing: () => (chosen() < 0 ? "Choose one of the answers first." : undefined),
    isRight: () => chosen() === right - 1,
    made: ({ named }) => named.includes(options[chosen()]?.said ?? ""),
    hint: () => undefined,
  };
}

/** The things of the list before the question, to be moved; `right` gives their places in the page, the first thing first. */
export function orderField(list: HTMLElement, right: number[]): Field {
  const things = [...list.children].map((item, i) => {
    const thing = document.createElement("li");
    thing.className = "row";
    const grip = document.createElement("span");
    grip.className = "grip";
    grip.textContent = "⠿";
    grip.setAttribute("aria-hidden", "true");
    const said = document.createElement("span");
    said.className = "said";
    said.append(...item.childNodes);
    thing.append(grip, said, mover(thing, "Up", said), mover(thing, "Down", said));
    draggable(thing);
    return { thing, place: i + 1, said: words(said) };
  });
  const rows = document.createElement("ol");
  rows.className = "rows";
  rows.setAttribute("aria-label", "Your order");
  rows.append(...things.map(({ thing }) => thing));
  list.remove();
  const now = () => [...rows.children].map((row) => things.find(({ thing }) => thing === row));
  const where = (said: string) => now().findIndex((one) => one?.said === said);
  return {
    element: rows,
    missing: () => undefined,
    isRight: () => now().every((one, i) => one?.place === right[i]),
    made: ({ named: [first = "", second = ""] }) => where(first) < where(second),
    hint: () => {
      const fitting = now().filter((one, i) => one?.place === right[i]).length;
      return `${fitting} of ${right.length} are where they belong.`;
    },
  };
}

function mover(thing: HTMLElement, way: "Up" | "Down", said: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = way === "Up" ? "↑" : "↓";
  button.setAttribute("aria-label", `${way}: ${words(said)}`);
  button.addEventListener("click", () => {
    if (way === "Up") thing.previousElementSibling?.before(thing);
    else thing.nextElementSibling?.after(thing);
    button.focus(); // what is moved in the document loses it
  });
  return button;
}

/** Let a row be dragged up and down: with a mouse anywhere, with a finger by its grip, for elsewhere a finger scrolls. */
function draggable(thing: HTMLElement): void {
  thing.addEventListener("pointerdown", (event) => {
    const on = event.target as Element;
    if (event.button !== 0 || on.closest("button")) return;
    if (event.pointerType !== "mouse" && !on.closest(".grip")) return;
    thing.setPointerCapture(event.pointerId);
    thing.classList.add("held");
    event.preventDefault(); // or a drag would select text
  });
  thing.addEventListener("pointermove", (event) => {
    if (!thing.classList.contains("held")) return;
    const middle = (row: Element) => row.getBoundingClientRect().top + row.getBoundingClientRect().height / 2;
    const [above, below] = [thing.previousElementSibling, thing.nextElementSibling];
    if (above && event.clientY < middle(above)) above.before(thing);
    else if (below && event.clientY > middle(below)) below.after(thing);
    else return;
    thing.setPointerCapture(event.pointerId); // moved in the document, it has lost the pointer
  });
  for (const end of ["pointerup", "pointercancel"]) {
    thing.addEventListener(end, () => thing.classList.remove("held"));
  }
}

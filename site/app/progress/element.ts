// `<descent-progress>`: how far one has come in each exercise, with export, import and forgetting.
//
// Without JavaScript the page shows a plain list of links to the exercises: in the element, or beside it in the same
// `div`. The element takes titles and addresses from there, and takes the list's place.

import { CHANGED, forget, isKept, load, type Progress, serialise, take } from "./store.ts";
import { style } from "./style.ts";

interface Exercise {
  slug: string;
  title: string;
  address: string;
}

class DescentProgress extends HTMLElement {
  #exercises: Exercise[] = [];
  #rows = document.createElement("ol");
  #total = document.createElement("p");
  #said = document.createElement("p");
  #redraw = () => this.#draw();

  connectedCallback(): void {
    if (!this.shadowRoot) this.#build();
    window.addEventListener(CHANGED, this.#redraw);
    this.#draw();
  }

  disconnectedCallback(): void {
    window.removeEventListener(CHANGED, this.#redraw);
  }

  #build(): void {
    this.#exercises = listed(this);
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    this.#total.className = "total";
    this.#said.className = "said";
    this.#said.setAttribute("role", "status");
    root.append(this.#total, this.#rows, this.#buttons(), this.#said);
    if (!isKept())
      this.#say("This browser cannot save anything for this site: export your progress before you close the page.");
  }

  #buttons(): HTMLElement {
    const file = document.createElement("input");
    file.type = "file";
    file.accept = ".json,application/json";
    file.hidden = true;
    file.addEventListener("change", () => this.#import(file));
    const bar = document.createElement("div");
    bar.className = "buttons";
    bar.append(
      button("Export", () => this.#export()),
      button("Import", () => file.click()),
      button("Forget all", () => this.#forget()),
      file,
    );
    return bar;
  }

  #draw(): void {
    const known = load();
    const rows = this.#exercises.map((exercise) => row(exercise, known));
    this.#rows.replaceChildren(...rows);
    const done = this.#exercises.filter(({ slug }) => share(known, slug) === 1).length;
    this.#total.textContent = `${done} of ${this.#exercises.length} exercises pass all their checks.`;
  }

  #export(): void {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([serialise(load())], { type: "application/json" }));
    link.download = "progress.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000); // not before the browser has begun to read it
    this.#say("Exported as progress.json. `grader progress --import progress.json` reads it too.");
  }

  async #import(file: HTMLInputElement): Promise<void> {
    const [chosen] = file.files ?? [];
    file.value = ""; // so that the same file can be chosen again
    if (!chosen) return;
    try {
      take(await chosen.text());
      this.#say(`Imported ${chosen.name}: for each exercise the better of the two results counts.`);
    } catch (error) {
      this.#say(`${chosen.name} was not imported. ${error instanceof Error ? error.message : ""}`, true);
    }
  }

  #forget(): void {
    const sure = "Forget how far you have come in every exercise? What you wrote stays. This cannot be undone.";
    if (!window.confirm(sure)) return;
    forget();
    this.#say("Forgotten. What you wrote in the exercises is still there.");
  }

  #say(words: string, wrong = false): void {
    this.#said.textContent = words;
    this.#said.classList.toggle("wrong", wrong);
  }
}

/** Return the exercises that the page lists, and hide that list. */
function listed(element: HTMLElement): Exercise[] {
  const own = [...element.querySelectorAll<HTMLAnchorElement>("a[href]")];
  const beside = element.closest("div")?.querySelector<HTMLElement>("ol, ul");
  const links = own.length ? own : [...(beside?.querySelectorAll<HTMLAnchorElement>("a[href]") ?? [])];
  const exercises = links.map((link) => ({
    slug: new URL(link.href).pathname.replace(/\/(index\.html)?$/, "").replace(/^.*\//, ""),
    title: link.textContent?.trim() ?? "",
    address: link.href,
  }));
  if (!own.length && beside && exercises.length) beside.hidden = true;
  return exercises;
}

function share(known: Progress, slug: string): number {
  const best = Object.hasOwn(known.exercises, slug) ? known.exercises[slug] : undefined;
  if (!best) return 0;
  return best.checks ? best.passed / best.checks : 1;
}

function row({ slug, title, address }: Exercise, known: Progress): HTMLLIElement {
  const best = Object.hasOwn(known.exercises, slug) ? known.exercises[slug] : undefined;
  const line = document.createElement("li");
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  const bar = document.createElement("progress");
  bar.max = best?.checks || 1;
  bar.value = best ? best.passed : 0;
  const said = best ? `${best.passed} of ${best.checks} checks` : "not started";
  bar.setAttribute("aria-label", title);
  bar.setAttribute("aria-valuetext", said);
  const count = document.createElement("span");
  count.textContent = said;
  line.append(link, bar, count);
  line.classList.toggle("done", share(known, slug) === 1);
  return line;
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

customElements.define("descent-progress", DescentProgress);

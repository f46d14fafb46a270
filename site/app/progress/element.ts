// `<descent-progress>`: the map of the course, with how far one has come, and with export, import and forgetting.
//
// Without JavaScript the page shows a plain list beside the element, in the same `div`: each line links to a lesson and, where
// there is one, to its exercise. The element takes titles and addresses from there, and takes the list's place. Where the
// page has a link `#next-step`, it leads to the next stop.

import { listed, next, type Stop, state } from "./course.ts";
import * as lessons from "./lessons.ts";
import { CHANGED, forget, isKept, load, type Progress, serialise, take } from "./store.ts";
import { style } from "./style.ts";

class DescentProgress extends HTMLElement {
  #course: Stop[][] = [];
  #rows = document.createElement("ol");
  #total = document.createElement("p");
  #said = document.createElement("p");
  #redraw = () => this.#draw();

  connectedCallback(): void {
    if (!this.shadowRoot) this.#build();
    for (const change of [CHANGED, lessons.CHANGED]) window.addEventListener(change, this.#redraw);
    this.#draw();
  }

  disconnectedCallback(): void {
    for (const change of [CHANGED, lessons.CHANGED]) window.removeEventListener(change, this.#redraw);
  }

  #build(): void {
    const list = this.closest("div")?.querySelector<HTMLElement>("ul, ol");
    if (list) {
      this.#course = listed(list);
      list.hidden = true;
    }
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
    const [known, progress] = [lessons.known(), load()];
    const to = next(this.#course, known, progress);
    const rows = this.#course.map((stops) => {
      const row = document.createElement("li");
      row.append(...stops.map((stop) => drawn(stop, known, progress, stop === to)));
      return row;
    });
    this.#rows.replaceChildren(...rows);
    const done = (kind: Stop["kind"]) => {
      const all = this.#course.flat().filter((stop) => stop.kind === kind);
      return `${all.filter((stop) => state(stop, known, progress).done).length} of ${all.length}`;
    };
    this.#total.textContent = `You have read ${done("lesson")} lessons, and ${done("exercise")} exercises pass all their checks.`;
    this.#lead(to, Object.keys(known).length + Object.keys(progress.exercises).length > 0);
  }

  /** Let the page's one button lead to the next stop, once somebody has begun. */
  #lead(to: Stop | undefined, begun: boolean): void {
    const link = document.querySelector<HTMLAnchorElement>("a#next-step");
    if (!link || !(begun || this.#led)) return;
    this.#led = true;
    link.href = to?.address ?? this.#course.at(-1)?.at(-1)?.address ?? link.href;
    link.textContent = to ? `Go on: ${to.title}` : "You have done it all: look back";
  }
  #led = false;

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
    const sure =
      "Forget how far you have come in every lesson and exercise? What you wrote stays. This cannot be undone.";
    if (!window.confirm(sure)) return;
    forget();
    lessons.forget();
    this.#say("Forgotten. What you wrote in the exercises is still there.");
  }

  #say(words: string, wrong = false): void {
    this.#said.textContent = words;
    this.#said.classList.toggle("wrong", wrong);
  }
}

function drawn(stop: Stop, known: lessons.Lessons, progress: Progress, isNext: boolean): HTMLElement {
  const { done, part, whole, said } = state(stop, known, progress);
  const link = document.createElement("a");
  link.href = stop.address;
  // The lesson's title stands beside it already.
  link.textContent = stop.kind === "lesson" ? stop.title : (stop.title.split(":")[0] ?? "");
  const bar = document.createElement("progress");
  bar.max = whole;
  bar.value = part;
  bar.setAttribute("aria-label", stop.kind === "lesson" ? `Questions: ${stop.title}` : stop.title);
  bar.setAttribute("aria-valuetext", said);
  const count = document.createElement("span");
  count.textContent = said;
  const box = document.createElement("div");
  box.className = stop.kind;
  box.classList.toggle("done", done);
  box.classList.toggle("begun", !done && said !== "not started");
  if (isNext) box.setAttribute("aria-current", "step");
  box.append(link, bar, count);
  return box;
}

function button(words: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

customElements.define("descent-progress", DescentProgress);

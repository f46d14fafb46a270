// <descent-exercise src="../../assets/exercises/update_rule.json">: an editor with the exercise in it, and what its checks say.

import { keep } from "../offline/page.ts";
import { CHANGED, load, record } from "../progress/store.ts";
import { type Found, linesIn, type Text } from "./cells.ts";
import { createEditor, type Editor } from "./editor.ts";
import type { Checked } from "./messages.ts";
import { fromNotebook, toNotebook } from "./notebook.ts";
import { checkedView, failing, make, pictureView, printed, prose, summary } from "./output.ts";
import { Broken, Python, Stopped } from "./python.ts";
import { Results } from "./results.ts";
import { sheet } from "./style.ts";
import { Work } from "./work.ts";

interface Exercise {
  slug: string;
  number: number;
  title: string;
  lesson: string;
  source: string;
  texts: Text[];
  checks: { name: string; title: string; points: number; hints: string[]; function: string }[];
  hidden_points: number;
  run_timeout_s: number;
}

const SITE = new URL("../", import.meta.url);
const SAVE_AFTER_MS = 500; // of silence
const KEEP_AFTER_MS = 3000; // Python's first answer is waited for, and to keep it takes a while
const NOTHING: Found = { findings: [], lines: [] };
const MOST_FILE = 2 ** 20; // bytes of a script that is opened

class DescentExercise extends HTMLElement {
  async connectedCallback(): Promise<void> {
    if (this.shadowRoot) return;
    const answer = await fetch(this.getAttribute("src") ?? "");
    if (!answer.ok) return; // what stands in the page stays
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    new Desk(root, await answer.json());
  }
}

/** Everything of one exercise that the reader sees and presses. */
class Desk {
  readonly #work: Work;
  readonly #results: Results;
  readonly #python: Python;
  readonly #editor: Editor;
  #checked: Checked | undefined;
  #hints = 1; // rungs of the first failing check's ladder that are shown
  #busy: "check" | "run" | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;
  #lost = false; // whether the browser refuses to keep the work

  readonly #buttons = {
    check: button("Check", "first", () => this.#check()),
    run: button("Run", "", () => this.#run()),
    stop: button("Stop", "stop", () => this.#python.stop()),
    hint: button("Hint", "", () => this.#hint()),
    reset: button("Reset", "small", () => this.#reset.showModal()),
    script: button("Download .py", "small", () => this.#download(`${this.exercise.slug}.py`, this.#editor.text())),
    notebook: button("Download .ipynb", "small", () =>
      this.#download(`${this.exercise.slug}.ipynb`, toNotebook(this.#editor.text(), this.exercise.slug)),
    ),
    file: button("Show as a file", "small", () => this.#asFile()),
    open: button("Open a file", "small", () => this.#chooser.click()),
  };
  readonly #chooser = make("input", { type: "file", accept: ".py,.ipynb", hidden: "", "aria-label": "A file to open" });
  readonly #saved = make("span", { class: "saved" });
  readonly #passed = make("span", { class: "passed", hidden: "" }, "✓ passed");
  readonly #warning = make("div", { class: "warning", role: "alert", hidden: "" });
  readonly #stage = make("span", {}, "");
  readonly #bar = make("progress", { max: "1", "aria-label": "Loading Python" });
  readonly #loading = make("div", { class: "loading", hidden: "" }, this.#stage, this.#bar);
  readonly #output = make("div", { class: "output" });
  readonly #spoken = make("p", { class: "unseen", role: "status" });
  readonly #reset = make("dialog", { "aria-labelledby": "sure" });

  constructor(
    root: ShadowRoot,
    readonly exercise: Exercise,
  ) {
    this.#work = new Work(exercise.slug);
    this.#results = new Results(exercise.slug);
    this.#python = new Python(new URL("python.js", import.meta.url), {
      loading: (stage, done) => this.#load(stage, done),
      fetched: (addresses) => setTimeout(() => keep(addresses), KEEP_AFTER_MS),
      said: (text) => this.#output.querySelector(".printed")?.append(text),
      unanswered: (limit_s) => this.#unanswered(limit_s),
    });
    const kept = this.#work.read(exercise.source);
    const paper = make("div", { class: "paper" });
    const { check, run, stop, hint, reset, script, notebook, open, file } = this.#buttons;
    const keys = make("span", { id: "keys", class: "keys" });
    const control = /Mac|iPhone|iPad/.test(navigator.platform) ? "⌘" : "Ctrl"; // as CodeMirror tells them apart
    keys.innerHTML = `<kbd>${control}</kbd>+<kbd>Enter</kbd> checks, <kbd>Shift</kbd>+<kbd>Enter</kbd> runs; <kbd>Tab</kbd> indents,
      <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the editor.`;
    check.setAttribute("aria-keyshortcuts", control === "Ctrl" ? "Control+Enter" : "Meta+Enter");
    run.setAttribute("aria-keyshortcuts", "Shift+Enter");
    this.#fillReset();
    root.append(
      make(
        "div",
        { class: "exercise" },
        make(
          "section",
          { class: "desk", "aria-label": "Your code" },
          make(
            "div",
            { class: "head" },
            make("span", { class: "file" }, `${exercise.slug}.py`),
            this.#passed,
            this.#saved,
          ),
          this.#warning,
          paper,
          make("div", { class: "foot" }, keys, make("div", { class: "buttons" }, reset, open, script, notebook, file)),
        ),
        make("div", { class: "buttons bar" }, check, run, stop, hint, this.#loading),
        make("section", { class: "side", "aria-label": "Results" }, this.#output, this.#spoken),
      ),
      this.#chooser,
      this.#reset,
      make("link", { rel: "stylesheet", href: new URL("math.css", import.meta.url).href }), // of the formulas in texts
    );
    this.#editor = createEditor(
      paper,
      kept?.source ?? exercise.source,
      `Your code for exercise ${exercise.number}, ${exercise.title}`,
      "keys",
      (text, byHand) => this.#changed(text, byHand),
      [
        { key: "Mod-Enter", run: () => this.#pressed(() => this.#check()) },
        { key: "Shift-Enter", run: () => this.#pressed(() => this.#run()) },
      ],
    );
    this.#editor.asNotebook(exercise.texts);
    if (kept) this.#saved.textContent = `your work of ${new Date(kept.when).toLocaleString()}`;
    this.#remember();
    this.#setBusy(undefined);
    this.#mark();
    addEventListener(CHANGED, () => this.#mark());
    // Whoever goes into the editor will press Check; who is asked to save data, only once they write.
    const { connection } = navigator as { connection?: { saveData?: boolean } };
    if (!connection?.saveData) paper.addEventListener("focusin", () => this.#python.start(), { once: true });
    this.#chooser.addEventListener("change", () => this.#open());
    addEventListener("storage", (event) => this.#elsewhere(event));
    addEventListener("pagehide", () => this.#save());
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
    addEventListener("beforeunload", (event) => this.#lost && event.preventDefault());
  }

  /** Show what the last check found, on an earlier visit; it is said where the code has changed since. */
  #remember(): void {
    const kept = this.#results.read();
    if (!kept) {
      this.#show(
        make("p", { class: "empty" }, "Check tells you what your code does and does not do yet; Run just runs it."),
      );
      return;
    }
    this.#checked = kept.checked;
    this.#showChecked();
    const isSame = kept.source === this.#editor.text();
    if (isSame) this.#markFound(kept.checked);
    const changed = isSame ? "" : " Your code has changed since: check it again.";
    const when = new Date(kept.when).toLocaleString();
    this.#output.prepend(make("p", { class: "empty" }, `This is what Check found on ${when}.${changed}`));
  }

  /** Say that the exercise was passed, whatever has been tried since. */
  #mark(): void {
    const best = load().exercises[this.exercise.slug];
    this.#passed.hidden = !best || best.passed < best.checks;
  }

  #pressed(act: () => void): boolean {
    act();
    return true;
  }

  // Python.

  async #check(): Promise<void> {
    if (this.#busy) return;
    this.#begin("check", "Checking …");
    try {
      this.#hints = 1;
      const source = this.#editor.text();
      this.#checked = await this.#python.check(this.exercise.slug, source);
      this.#results.save(this.#checked, source);
      this.#markFound(this.#checked);
      const { report } = this.#checked;
      record(this.exercise.slug, {
        passed: report.checks.filter(({ outcome }) => outcome === "passed").length,
        checks: report.checks.length,
        points: report.checks.reduce((sum, { points }) => sum + points, 0),
        max_points: report.max_score,
      });
      this.#showChecked();
      this.#bringIntoView();
      const first = failing(report);
      this.#say(`${summary(report, this.exercise.hidden_points)}${first ? ` First to fail: ${first.title}` : ""}`);
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#setBusy(undefined);
    }
  }

  async #run(): Promise<void> {
    if (this.#busy) return;
    this.#begin("run", "Running …");
    this.#checked = undefined;
    const said = printed();
    this.#show(make("p", { class: "label" }, "Your code printed:"), said);
    try {
      const { slug, run_timeout_s } = this.exercise;
      const source = this.#editor.text();
      const error = await this.#python.run(slug, source, run_timeout_s);
      const text = said.textContent ?? "";
      if (!text) said.replaceWith(make("p", { class: "empty" }, "nothing"));
      if (error) this.#output.append(make("pre", { class: "error", tabindex: "0" }, error));
      this.#say(error ? `It ended in an error: ${error.trim().split("\n").at(-1)}` : `It ran. ${text.slice(0, 200)}`);
      this.#bringIntoView();
      const picture = await this.#python.picture(slug, source);
      if (picture) this.#output.append(pictureView(picture));
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#setBusy(undefined);
    }
  }

  /** Show under each function what the checks that call it have found, and mark the lines at which they failed. */
  #markFound({ report }: Checked): void {
    const file = `${this.exercise.slug}.py`;
    const findings = report.checks.map(({ name, title, outcome }) => ({
      function: this.exercise.checks.find((check) => check.name === name)?.function ?? "",
      title,
      passed: outcome === "passed",
      tried: outcome !== "skipped",
    }));
    this.#editor.mark({ findings, lines: report.checks.flatMap(({ message }) => linesIn(message, file)) });
  }

  /** Show the file as it is, comments, docstrings and all; or as a notebook again. */
  #asFile(): void {
    const { file } = this.#buttons;
    const isFile = file.getAttribute("aria-pressed") !== "true";
    file.setAttribute("aria-pressed", String(isFile));
    this.#editor.asNotebook(isFile ? [] : this.exercise.texts);
  }

  #begin(task: "check" | "run", words: string): void {
    this.#save();
    this.#setBusy(task);
    this.#editor.mark(NOTHING);
    this.#show(make("p", { class: "empty" }, words));
    this.#say(words);
    this.#python.start();
    if (!this.#python.isReady) this.#loading.hidden = false;
  }

  #setBusy(task: "check" | "run" | undefined): void {
    this.#busy = task;
    const { check, run, stop, hint } = this.#buttons;
    const hadFocus = (this.#output.getRootNode() as ShadowRoot).activeElement;
    for (const one of [check, run, hint]) one.disabled = task !== undefined;
    stop.hidden = task === undefined;
    // A button that goes away or rests must not take the keyboard with it.
    if (task && (hadFocus === check || hadFocus === run)) stop.focus();
    if (!task && hadFocus === stop) check.focus();
    if (!task) this.#loading.hidden = true;
  }

  #load(stage: string, done: number): void {
    this.#stage.textContent = stage;
    this.#bar.value = done;
    if (done >= 1) this.#loading.hidden = true;
    else if (this.#busy) this.#loading.hidden = false;
  }

  #unanswered(limit_s: number): void {
    const why = limit_s
      ? `A call took longer than ${limit_s} s, so it was stopped. Is there an endless loop?`
      : "Python crashed in a call.";
    this.#show(make("p", { class: "note" }, `${why} The other checks follow as soon as Python has started again.`));
    this.#say(why);
  }

  #fail(error: unknown): void {
    if (error instanceof Stopped) {
      this.#output.append(make("p", { class: "note" }, "Stopped."));
      this.#say("Stopped.");
      return;
    }
    const text = error instanceof Broken ? error.message : String(error);
    this.#show(
      make("p", { class: "note" }, "This is not your fault:"),
      make("pre", { class: "error", tabindex: "0" }, text),
    );
    this.#say(text);
  }

  // Hints.

  #hint(): void {
    const first = this.#checked && failing(this.#checked.report);
    if (!first) {
      const done = this.#checked !== undefined;
      const words = done
        ? "All public checks pass. What they do not try is listed below the editor: try some of it yourself."
        : "Begin with the first function, and replace each `raise NotImplementedError(…)`. Check then tells you what does not work yet, and this button gives you hints.";
      const lesson = make("a", { href: new URL(this.exercise.lesson, SITE).href }, "The lesson");
      const list = make("a", { href: "#done" }, "To the list");
      const more = done ? [" ", list, "."] : [" ", lesson, " explains the rest."];
      this.#output.querySelector(".general")?.remove();
      this.#output.append(make("p", { class: "hint general" }, ...prose(words), ...more));
      this.#say(words);
      return;
    }
    const ladder = first.hint.split("\n").filter(Boolean);
    if (this.#hints < ladder.length) this.#hints += 1;
    this.#showChecked();
    const last = this.#hints >= ladder.length ? " That is the last hint." : "";
    this.#say(`Hint: ${ladder[this.#hints - 1] ?? "there is none for this check."}${last}`);
    this.#output.querySelector(".failed .hint:last-of-type")?.scrollIntoView({ block: "nearest" });
  }

  // The work: kept, reset, taken out, brought in.

  #changed(text: string, byHand: boolean): void {
    if (byHand) this.#python.start(); // whoever writes will press Check
    clearTimeout(this.#saving);
    if (this.#work.isKept(text)) return;
    this.#saved.textContent = "…";
    this.#saving = setTimeout(() => this.#save(), SAVE_AFTER_MS);
  }

  #save(): void {
    clearTimeout(this.#saving);
    const text = this.#editor.text();
    const outcome = this.#work.save(text);
    this.#lost = outcome === "refused";
    if (outcome === "saved") this.#saved.textContent = "saved in this browser";
    if (outcome === "refused") {
      this.#saved.textContent = "not saved";
      this.#warn(
        "This browser cannot save your work: its storage is full or blocked. Download your work before you leave.",
        [],
      );
    }
    if (outcome === "another tab was faster") this.#conflict();
    if (outcome === "saved" || outcome === "unchanged") this.#warning.hidden = true;
  }

  /** Another tab has saved: follow it where nothing would be lost, ask where something would. */
  #elsewhere(event: StorageEvent): void {
    if (event.key !== this.#work.key) return;
    if (this.#work.isKept(this.#editor.text())) this.#follow();
    else this.#conflict();
  }

  #follow(): void {
    const kept = this.#work.read();
    this.#warning.hidden = true;
    if (!kept) return;
    this.#editor.replace(kept.source);
    this.#saved.textContent = "as in the other tab";
  }

  #conflict(): void {
    this.#saved.textContent = "not saved";
    this.#warn("This exercise was also changed in another tab. Which version do you want to keep?", [
      button("The other tab's", "small", () => this.#follow()),
      button("This one", "small", () => {
        this.#work.overwrite(this.#editor.text());
        this.#saved.textContent = "saved in this browser";
        this.#warning.hidden = true;
      }),
    ]);
  }

  #warn(text: string, choices: HTMLElement[]): void {
    this.#warning.replaceChildren(text, make("div", {}, ...choices));
    this.#warning.hidden = false;
  }

  #fillReset(): void {
    const close = () => this.#reset.close();
    this.#reset.append(
      make(
        "p",
        { id: "sure" },
        "Reset the exercise to how it was at first? This removes your code, but you can undo it.",
      ),
      make(
        "div",
        { class: "buttons" },
        button("Reset it", "stop", () => {
          close();
          this.#editor.replace(this.exercise.source);
          this.#checked = undefined;
          this.#results.forget();
          this.#editor.mark(NOTHING);
          const undo = button("Undo", "small", () => {
            this.#editor.undo();
            this.#show(make("p", { class: "empty" }, "Your code is back."));
            this.#editor.view.focus();
          });
          this.#show(make("p", { class: "note" }, "The exercise is back to how it was at first. ", undo));
          this.#say("The exercise is back to how it was at first.");
          undo.focus();
        }),
        button("Keep my text", "", close),
      ),
    );
  }

  #download(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: "application/octet-stream" }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async #open(): Promise<void> {
    const file = this.#chooser.files?.[0];
    this.#chooser.value = ""; // so that the same file can be chosen again
    if (!file) return;
    try {
      if (file.size > 16 * MOST_FILE) throw new Error(`${file.name} is too large for an answer.`);
      const text = (await file.text()).replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
      const source = file.name.endsWith(".ipynb") ? fromNotebook(text) : text;
      if (source.length > MOST_FILE) throw new Error(`${file.name} is too large for an answer.`);
      if (source.includes("\0")) throw new Error(`${file.name} is no text file.`);
      this.#editor.replace(source);
      this.#show(make("p", { class: "note" }, `${file.name} is in the editor; undo brings your text back.`));
    } catch (error) {
      this.#show(make("p", { class: "note" }, error instanceof Error ? error.message : String(error)));
    }
  }

  // The side with the results.

  #showChecked(): void {
    if (this.#checked) this.#show(checkedView(this.#checked, this.exercise.hidden_points, this.#hints, SITE));
  }

  #show(...parts: Node[]): void {
    this.#output.replaceChildren(...parts);
  }

  /** On a phone the result is below the editor. */
  #bringIntoView(): void {
    const { top } = this.#output.getBoundingClientRect();
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (top > 0.7 * innerHeight) this.#output.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  #say(words: string): void {
    this.#spoken.textContent = words;
  }
}

function button(label: string, kind: string, press: () => void): HTMLButtonElement {
  const made = make("button", { type: "button", class: kind }, label);
  made.addEventListener("click", press);
  return made;
}

customElements.define("descent-exercise", DescentExercise);

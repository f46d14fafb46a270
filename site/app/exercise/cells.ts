// The file as a notebook: prose as text, each function below its contract, with what its checks found under it.
//
// There is one document, the file, and one editor. What is shown as text stands for lines of the file, and only where it finds
// exactly these lines; what a learner has rewritten is shown as it was written.

import { type EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";
import { make, prose } from "./output.ts";

/** A text, the lines of the file that it stands for, and the function whose contract it is. */
export interface Text {
  lines: string;
  html: string;
  function?: string;
}

/** What a check found, under the function that it calls. */
export interface Finding {
  function: string;
  title: string;
  passed: boolean;
  tried: boolean;
}

export interface Found {
  findings: Finding[];
  /** Lines of the file, from 1, at which a check has failed. */
  lines: number[];
}

export const setFound = StateEffect.define<Found>();
export const setTexts = StateEffect.define<readonly Text[]>();

class Shown extends WidgetType {
  constructor(
    private readonly html: string,
    private readonly kind: string,
  ) {
    super();
  }

  override eq(other: Shown): boolean {
    return other.html === this.html && other.kind === this.kind;
  }

  override toDOM(): HTMLElement {
    const place = make("div", { class: this.kind });
    place.innerHTML = this.html; // made when the site was built
    return place;
  }

  override ignoreEvent(): boolean {
    return false; // a click beside the code puts the cursor near it
  }
}

class Findings extends WidgetType {
  constructor(private readonly findings: Finding[]) {
    super();
  }

  override eq(other: Findings): boolean {
    return JSON.stringify(other.findings) === JSON.stringify(this.findings);
  }

  override toDOM(): HTMLElement {
    const items = this.findings.map(({ title, passed, tried }) => {
      const [mark, spoken] = passed ? ["✓", "passed"] : tried ? ["✗", "failed"] : ["–", "not tried"];
      return make(
        "li",
        { class: spoken === "not tried" ? "skipped" : spoken },
        make("span", { class: "mark", "aria-hidden": "true" }, mark),
        make("span", { class: "unseen" }, `${spoken}: `),
        make("span", {}, ...prose(title)),
      );
    });
    return make("ul", { class: "findings", role: "list" }, ...items);
  }
}

interface Cells {
  texts: readonly Text[];
  found: Found;
  shown: DecorationSet;
  /** The places that the cursor steps over. */
  hidden: DecorationSet;
}

const failed = Decoration.line({ class: "cm-failing", attributes: { title: "A check fails here" } });

/** Return the extension that shows a file as a notebook. */
export function cells(): readonly [StateField<Cells>, ReturnType<typeof EditorView.atomicRanges.of>] {
  const field = StateField.define<Cells>({
    create: (state) => laidOut(state, [], { findings: [], lines: [] }),
    update(before, { docChanged, effects, state }) {
      let { texts, found } = before;
      for (const effect of effects) {
        if (effect.is(setTexts)) texts = effect.value;
        if (effect.is(setFound)) found = effect.value;
      }
      if (docChanged) found = { ...found, lines: [] }; // the lines are others now
      const same = !docChanged && texts === before.texts && found === before.found;
      return same ? before : laidOut(state, texts, found);
    },
    provide: (self) => EditorView.decorations.from(self, ({ shown }) => shown),
  });
  return [field, EditorView.atomicRanges.of((view) => view.state.field(field).hidden)];
}

function laidOut(state: EditorState, texts: readonly Text[], found: Found): Cells {
  const file = state.doc.toString();
  const shown: Range<Decoration>[] = [];
  const hidden: Range<Decoration>[] = [];
  for (const text of texts) {
    const place = placeOf(file, text.lines);
    if (!place) continue;
    const head = text.function === undefined ? undefined : headOf(file, text.function);
    if (text.function !== undefined && (head === undefined || head > place.from)) continue;
    const html = head === undefined ? text.html : ""; // a contract stands above its function, not in it
    const instead = Decoration.replace({ widget: new Shown(html, html ? "prose" : "gone"), block: true });
    const range = instead.range(place.from, place.to);
    shown.push(range);
    hidden.push(range);
    if (head !== undefined) {
      shown.push(Decoration.widget({ widget: new Shown(text.html, "contract"), block: true, side: -1 }).range(head));
    }
  }
  for (const name of new Set(found.findings.map((finding) => finding.function))) {
    const end = endOf(file, name);
    if (end === undefined) continue;
    const widget = new Findings(found.findings.filter((finding) => finding.function === name));
    shown.push(Decoration.widget({ widget, block: true, side: 1 }).range(end));
  }
  for (const line of found.lines) {
    if (line >= 1 && line <= state.doc.lines) shown.push(failed.range(state.doc.line(line).from));
  }
  return { texts, found, shown: Decoration.set(shown, true), hidden: Decoration.set(hidden, true) };
}

/** Where whole lines stand in a file: once and no more. */
function placeOf(file: string, lines: string): { from: number; to: number } | undefined {
  const from = file.indexOf(lines);
  const to = from + lines.length;
  if (from < 0 || file.indexOf(lines, from + 1) >= 0) return undefined;
  const isWhole = (from === 0 || file[from - 1] === "\n") && (to === file.length || file[to] === "\n");
  return isWhole ? { from, to } : undefined;
}

/** Where a function of the file begins. */
function headOf(file: string, name: string): number | undefined {
  return file.match(new RegExp(`^def ${name}\\b`, "m"))?.index;
}

/** Where the last line of a function ends. */
export function endOf(file: string, name: string): number | undefined {
  const from = headOf(file, name);
  if (from === undefined) return undefined;
  const rest = file.slice(from);
  const next = rest.search(/\n(?=[^\s#)\]}]|# %%)/); // brackets may close at the left; comments may stand there
  return from + (next < 0 ? rest : rest.slice(0, next)).trimEnd().length;
}

/** Return the lines of a file that an error's message names, the innermost of each error. */
export function linesIn(message: string, file: string): number[] {
  const named = [...message.matchAll(new RegExp(`${file.replace(".", "\\.")}"?, line (\\d+)`, "g"))];
  const last = named.at(-1)?.[1];
  return last === undefined ? [] : [Number(last)];
}

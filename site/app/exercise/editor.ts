// The editor: CodeMirror with Python, as little of it as an exercise needs.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory, undo } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import {
  bracketMatching,
  codeFolding,
  foldEffect,
  foldGutter,
  foldKeymap,
  foldService,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { cells, type Found, setFound, setTexts, type Text } from "./cells.ts";

// The colours are custom properties of the element's style sheet, which knows light and dark.
const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.docString], color: "var(--string)" },
  { tag: [tags.comment], color: "var(--comment)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--number)" },
  { tag: [tags.function(tags.definition(tags.variableName)), tags.definition(tags.className)], color: "var(--name)" },
]);

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "var(--size)", lineHeight: "1.5", overflow: "auto" },
  ".cm-content": { padding: "0.5em 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--paper)", color: "var(--comment)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--active)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--selection)",
  },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--selection)" },
  ".cm-panels": { backgroundColor: "var(--panel)", color: "var(--ink)", borderColor: "var(--line)" },
  ".cm-panels input, .cm-panels button": { fontSize: "16px" },
  ".cm-foldPlaceholder": { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-foldGutter span": { cursor: "pointer" },
  ".cm-failing": { backgroundColor: "var(--failing)", boxShadow: "inset 3px 0 var(--bad)" },
  ".cm-searchMatch": { backgroundColor: "var(--selection)", outline: "1px solid var(--line)" },
});

/** The text of a cell of prose, which can be folded away behind the line that opens it. */
function prose(state: EditorState, start: number): { from: number; to: number } | null {
  const opening = state.doc.lineAt(start);
  if (!opening.text.startsWith("# %% [markdown]")) return null;
  let last = opening;
  while (last.number < state.doc.lines) {
    const next = state.doc.line(last.number + 1);
    if (!next.text.startsWith("#") || next.text.startsWith("# %%")) break;
    last = next;
  }
  return last === opening ? null : { from: opening.to, to: last.to };
}

export interface Editor {
  readonly view: EditorView;
  text(): string;
  /** Replace all of the text, in one step that can be undone. */
  replace(text: string): void;
  undo(): void;
  /** Show texts in place of the lines that they stand for; none shows the file as it is. */
  asNotebook(texts: readonly Text[]): void;
  /** Show what checks have found, under the functions that they call. */
  mark(found: Found): void;
}

/** Make an editor in `place`, which may lie below a shadow root. */
export function createEditor(
  place: HTMLElement,
  source: string,
  label: string,
  described: string,
  changed: (text: string, byHand: boolean) => void,
  keys: { key: string; run: () => boolean }[],
): Editor {
  const view = new EditorView({
    parent: place,
    root: place.getRootNode() as ShadowRoot,
    state: EditorState.create({
      doc: source,
      extensions: [
        lineNumbers(),
        codeFolding(),
        foldGutter(),
        foldService.of(prose),
        history(),
        drawSelection(),
        highlightSpecialChars(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        indentOnInput(),
        indentUnit.of("    "),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        search({ top: true }),
        python(),
        syntaxHighlighting(colours),
        theme,
        EditorView.lineWrapping, // nothing is to be moved sideways
        cells(),
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({
          "aria-label": label,
          "aria-describedby": described,
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
          tabindex: "0", // a box that scrolls must hold something that the keyboard can go to, says axe
        }),
        keymap.of([
          ...keys,
          ...closeBracketsKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          indentWithTab,
          ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            const byHand = update.transactions.some((step) => step.isUserEvent("input") || step.isUserEvent("delete"));
            changed(update.state.doc.toString(), byHand);
          }
        }),
      ],
    }),
  });
  const introduction = prose(view.state, 0); // the page says it above the editor
  if (introduction) view.dispatch({ effects: foldEffect.of(introduction) });
  const text = () => view.state.doc.toString();
  return {
    view,
    text,
    replace: (next) =>
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        annotations: isolateHistory.of("full"), // or it would be undone together with what was typed just before
      }),
    undo: () => void undo(view),
    asNotebook: (texts) => view.dispatch({ effects: setTexts.of(texts) }),
    mark: (found) => view.dispatch({ effects: setFound.of(found) }),
  };
}

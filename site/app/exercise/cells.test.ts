// @vitest-environment happy-dom
// The file as a notebook: where texts, findings and marks stand, and that the file below is never another.

import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { expect, test } from "vitest";
import { cells, endOf, linesIn, setFound, setTexts, type Text } from "./cells.ts";

const FILE = `# %% [markdown]
# ## One step

# %%
def update(x):
    """Step."""
    return x


# %%
def descend(
    x,
):
# a comment at the left
    return [x]

print(update(1))
`;
const TEXTS: Text[] = [
  { lines: "# %% [markdown]\n# ## One step\n\n# %%", html: "<h2>One step</h2>" },
  { lines: '    """Step."""', html: "<p>Step.</p>", function: "update" },
];

function shown(file: string, texts = TEXTS) {
  const view = new EditorView({ state: EditorState.create({ doc: file, extensions: cells() }) });
  view.dispatch({ effects: setTexts.of(texts) });
  return view;
}

const lines = (view: EditorView) => [...view.contentDOM.children].map((line) => line.textContent);

test("prose stands in place of its comments, and a contract above its function", () => {
  const view = shown(FILE);
  expect(lines(view).slice(0, 4)).toEqual(["One step", "Step.", "def update(x):", ""]);
  expect(view.state.doc.toString()).toBe(FILE);
});

test("what was rewritten, or stands there twice, is shown as it was written", () => {
  expect(lines(shown(FILE.replace("Step.", "My step.")))).toContain('    """My step."""');
  expect(lines(shown(`${FILE}\n    """Step."""\n`)).filter((line) => line?.includes('"""'))).toHaveLength(2);
});

test("without texts the file is shown as it is", () => {
  const view = shown(FILE);
  view.dispatch({ effects: setTexts.of([]) });
  expect(lines(view).join("\n")).toBe(FILE);
});

test("findings stand under the function, after its last line, and the failing line is marked until something changes", () => {
  const view = shown(FILE);
  const finding = { function: "update", title: "`update` steps", passed: false, tried: true };
  view.dispatch({ effects: setFound.of({ findings: [finding], lines: [7] }) });
  const under = view.contentDOM.querySelector(".findings");
  expect(under?.previousElementSibling?.textContent).toBe("    return x");
  expect(under?.textContent).toBe("✗failed: update steps");
  expect(view.contentDOM.querySelector(".cm-failing")?.textContent).toBe("    return x");
  view.dispatch({ changes: { from: 0, insert: "\n" } });
  expect(view.contentDOM.querySelector(".cm-failing")).toBeNull();
  expect(view.contentDOM.querySelector(".findings")).not.toBeNull();
});

test("a function goes on over comments at the left and brackets that close there", () => {
  expect(FILE.slice(0, endOf(FILE, "descend"))).toMatch(/return \[x\]$/);
  expect(FILE.slice(0, endOf(FILE, "update"))).toMatch(/return x$/);
  expect(endOf(FILE, "nowhere")).toBeUndefined();
});

test("a message names the line where it failed last", () => {
  expect(linesIn("  at   update_rule.py, line 115: path", "update_rule.py")).toEqual([115]);
  expect(linesIn('File "update_rule.py", line 2, in a\nFile "update_rule.py", line 9', "update_rule.py")).toEqual([9]);
  expect(linesIn("update_rulexpy, line 3; other.py, line 4", "update_rule.py")).toEqual([]);
});

// Between a script in py:percent format and a notebook: what `grader.authoring.release.notebook` makes of it, and back.

export interface Cell {
  cell_type: "code" | "markdown";
  source: string;
}

const MARKER = /^# %%(.*)$/;
const NOTEBOOK_METADATA = {
  kernelspec: { display_name: "Python 3", language: "python", name: "python3" },
  language_info: { name: "python" },
};

/** Return the cells of a script; what stands before the first marker is a cell of code. */
export function cells(script: string): Cell[] {
  const found: { markdown: boolean; lines: string[] }[] = [{ markdown: false, lines: [] }];
  for (const line of script.split("\n")) {
    const marker = MARKER.exec(line);
    if (marker) found.push({ markdown: /^ *\[(markdown|md)\]/.test(marker[1] ?? ""), lines: [] });
    else found.at(-1)?.lines.push(line);
  }
  if (found[0]?.lines.every((line) => line.trim() === "")) found.shift();
  return found.map(({ markdown, lines }) => ({
    cell_type: markdown ? "markdown" : "code",
    source: trimmed(markdown ? lines.map((line) => line.replace(/^# ?/, "")) : lines).join("\n"),
  }));
}

function trimmed(lines: string[]): string[] {
  const isText = (line: string) => line.trim() !== "";
  const first = lines.findIndex(isText);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(isText) + 1);
}

/** Return the notebook of a script, as the text of its file; the same script gives the same bytes. */
export function toNotebook(script: string, slug: string): string {
  const made = cells(script).map(({ cell_type, source }, place) => {
    const id = `${slug.replaceAll("_", "-")}-${place + 1}`;
    const lines = source === "" ? [] : source.split(/(?<=\n)/);
    // Keys in the order of the alphabet, as nbformat writes them.
    return cell_type === "code"
      ? { cell_type, execution_count: null, id, metadata: {}, outputs: [], source: lines }
      : { cell_type, id, metadata: {}, source: lines };
  });
  return `${JSON.stringify({ cells: made, metadata: NOTEBOOK_METADATA, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** Return the script of a notebook file; throws an Error that says what is wrong with it. */
export function fromNotebook(text: string): string {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("This is not a notebook: it is not JSON.");
  }
  const list = (data as { cells?: unknown } | null)?.cells;
  if (!Array.isArray(list)) throw new Error("This is not a notebook of format 4: it has no list of cells.");
  const parts = list.flatMap((cell: { cell_type?: unknown; source?: unknown } | null) => {
    const source = textOf(cell?.source);
    if (cell?.cell_type === "markdown")
      return [`# %% [markdown]\n${source.replace(/^(.+)$/gm, "# $1").replace(/^$/gm, "#")}`];
    return cell?.cell_type === "code" ? [`# %%\n${source.replace(/^[%!]/gm, "# $&")}`.trimEnd()] : [];
  });
  if (parts.length === 0) throw new Error("This notebook has no cells.");
  return `${parts.join("\n\n")}\n`;
}

function textOf(source: unknown): string {
  const text = Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : source;
  return typeof text === "string" ? text.replaceAll("\r\n", "\n") : "";
}

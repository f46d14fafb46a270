import { describe, expect, it } from "vitest";
import { cells, fromNotebook, toNotebook } from "./notebook.ts";

const SCRIPT = "# %% [markdown]\n# # Title\n#\n# Text\n\n# %%\nimport numpy as np\n\n\n# %%\ndef f():\n    return 1\n";

describe("a script as a notebook", () => {
  it("has a cell for each marker, markdown without its comment signs, no blank lines around", () => {
    expect(cells(SCRIPT)).toEqual([
      { cell_type: "markdown", source: "# Title\n\nText" },
      { cell_type: "code", source: "import numpy as np" },
      { cell_type: "code", source: "def f():\n    return 1" },
    ]);
  });

  it("keeps what stands before the first marker, and a script without any marker", () => {
    expect(cells("x = 1\n\n# %%\ny = 2\n").map(({ source }) => source)).toEqual(["x = 1", "y = 2"]);
    expect(cells("x = 1\n")).toEqual([{ cell_type: "code", source: "x = 1" }]);
  });

  it("is the same text at every call, with ids from the exercise and the place", () => {
    const text = toNotebook(SCRIPT, "update_rule");
    expect(text).toBe(toNotebook(SCRIPT, "update_rule"));
    expect(JSON.parse(text).cells.map(({ id }: { id: string }) => id)).toEqual([
      "update-rule-1",
      "update-rule-2",
      "update-rule-3",
    ]);
  });

  it("comes back as a script of the same cells", () => {
    expect(cells(fromNotebook(toNotebook(SCRIPT, "update_rule")))).toEqual(cells(SCRIPT));
  });
});

describe("a notebook that is opened", () => {
  it("may have its sources as one text, raw cells, and lines for IPython, which become comments", () => {
    const file = {
      cells: [
        { cell_type: "code", source: "%matplotlib inline\nx = 1" },
        { cell_type: "raw", source: "left out" },
      ],
    };
    expect(fromNotebook(JSON.stringify(file))).toBe("# %%\n# %matplotlib inline\nx = 1\n");
  });

  it.each(["no JSON", "[]", "null", '{"worksheets": []}', '{"cells": []}'])(
    "is refused where it is none: %s",
    (text) => {
      expect(() => fromNotebook(text)).toThrow(/notebook/);
    },
  );
});

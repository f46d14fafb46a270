// Compiles Python for the page with the very interpreter that runs there: `node site/make/bytecode.mjs FOLDER`.
//
// Below FOLDER, each `name.py` gets a `name.pyc` beside it.

import { readFileSync } from "node:fs";
import { loadPyodide } from "pyodide";

const python = await loadPyodide({ env: { PYTHONNODEBUGRANGES: "1" } }); // of others' lines no page shows the columns
python.mountNodeFS("/source", process.argv[2]);
python.runPython(readFileSync(new URL("bytecode.py", import.meta.url), "utf8"));

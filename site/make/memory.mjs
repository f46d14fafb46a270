// Starts Python once, so that no page has to: `node site/make/memory.mjs FOLDER MEMORY`.
//
// FOLDER holds Pyodide's core and the archives of Python modules. Its interpreter imports what every check needs. What is in its
// memory then is written to MEMORY, compressed, and what it has imported is taken out of the archives.

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { unzipSync, zipSync } from "fflate";
import { loadPyodide } from "pyodide";

const PLACES = { "python_stdlib.zip": "/lib/python314.zip", "sympy.zip": "/lib/sympy.zip", "pytest.zip": "/lib/pytest.zip" };

const [folder, memory] = process.argv.slice(2);
process.argv = ["node", "/python"]; // Python remembers how it was called, and no path of this machine is to be published
// The same memory each time, as far as that goes; a page shuffles for itself.
crypto.randomFillSync = (numbers) => numbers.fill(0);
Date.now = () => 0;

const python = await loadPyodide({
  indexURL: `${resolve(folder)}/`,
  packageBaseUrl: "/", // no address of this machine is to be remembered
  env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" },
  stdout: () => {},
  stderr: () => {},
  _makeSnapshot: true,
});
const whole = Object.entries(PLACES).map(([name, place]) => [name, place, readFileSync(join(folder, name))]);
for (const [, place, data] of whole) python.FS.writeFile(place, data);
const imported = new Set(python.runPython(readFileSync(new URL("memory.py", import.meta.url), "utf8")).split("\n"));

for (const [name, place, data] of whole) {
  const isLeft = (path) => !imported.has(path.replace(/(\/__init__)?\.pyc$/, "").replaceAll("/", "."));
  const left = Object.entries(unzipSync(data)).filter(([path]) => !path.endsWith(".pyc") || isLeft(path));
  const archive = zipSync(Object.fromEntries(left), { level: 9, mtime: new Date(1980, 0, 1) }); // the same bytes each time
  python.FS.writeFile(place, archive);
  writeFileSync(join(folder, name), archive);
}
python.runPython("settle(); del settle");
writeFileSync(memory, gzipSync(python.makeMemorySnapshot(), { level: 9 }));

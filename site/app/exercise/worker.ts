// The worker in which Python runs: loads it, then checks and runs what the page sends. It is ended from outside.

import { unzipSync } from "fflate";
import type { PyodideInterface } from "pyodide";
import type { PyProxy } from "pyodide/ffi";
import type { Reply, Request } from "./messages.ts";

interface Archive {
  file: string;
  address: string;
  bytes: number;
  integrity: string;
  unpack: boolean;
}

// What `site/make/python.py` has written, put here when this is bundled: a script and its archives always belong together.
declare const PYTHON: { core: string; core_bytes: number; archives: Archive[] };

/** What `grader/practice/page.py` offers. */
interface Page extends PyProxy {
  check(slug: string, source: string, ended: PyProxy, tell: (number: number, limit_s: number) => void): string;
  run(slug: string, source: string, say: (text: string) => void): string;
}

const FOLDER = new URL("python/", import.meta.url);
const CORE = new URL(`${PYTHON.core}/`, FOLDER).href;
const FETCHED = 0.6; // of the bar; the rest are the steps in which Python imports what came
const STEPS = [
  ["numpy", "NumPy"],
  ["sympy", "SymPy"],
  ["grader.practice.page", "the checks"],
] as const;

const say = (reply: Reply) => postMessage(reply);

async function load() {
  say({ kind: "loading", stage: "Fetching and starting Python", done: 0 });
  const all = PYTHON.archives.reduce((sum, { bytes }) => sum + bytes, PYTHON.core_bytes);
  let here = 0;
  const count = (bytes: number) => {
    here += bytes;
    const megabytes = (size: number) => (size / 1e6).toFixed(0);
    const stage = `Fetching and starting Python: ${megabytes(here)} of ${megabytes(all)} MB`;
    say({ kind: "loading", stage, done: (FETCHED * here) / all });
  };
  const fetching = async (archive: Archive) => {
    const data = await fetched(archive);
    count(archive.bytes);
    // What must lie there as files is unpacked here, and not by Python, for which that takes ten times as long.
    return { file: archive.file, data, unpacked: archive.unpack ? unzipSync(data) : undefined };
  };
  const core = import(`${CORE}pyodide.mjs`).then(({ loadPyodide }) =>
    loadPyodide({ indexURL: CORE, stdin: () => null, stdout: () => {}, stderr: () => {} }),
  ) as Promise<PyodideInterface>;
  const archives = PYTHON.archives.map(fetching);
  for (const one of [core, ...archives]) one.catch(() => {}); // awaited below

  const python = await core;
  count(PYTHON.core_bytes);
  const packages: string = python.runPython("import sysconfig; sysconfig.get_path('purelib')");
  for (const { file, data, unpacked } of await Promise.all(archives)) {
    if (!unpacked) python.FS.writeFile(`/lib/${file}`, data);
    for (const [name, content] of Object.entries(unpacked ?? {})) {
      const path = `${packages}/${name}`;
      python.FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
      python.FS.writeFile(path, content, { canOwn: true });
    }
  }
  const read = PYTHON.archives.filter(({ unpack }) => !unpack).map(({ file }) => `/lib/${file}`);
  // Collecting garbage while a thousand modules are loaded finds none, and takes a fifth of the time.
  python.runPython(`import gc, sys; gc.disable(); sys.path += ${JSON.stringify(read)}`);
  STEPS.forEach(([module, name], step) => {
    say({ kind: "loading", stage: `Starting ${name}`, done: FETCHED + ((1 - FETCHED) * step) / STEPS.length });
    python.pyimport(module);
  });
  // What compiles Fortran is not here, but `from numpy import *`, which SymPy's lambdify does, would ask for it.
  python.runPython("import numpy; numpy.__all__.remove('f2py'); gc.enable(); gc.freeze()");
  // Of a Python that has died nothing can be asked, not even what its errors look like.
  return { python, page: python.pyimport("grader.practice.page") as Page, PythonError: python.ffi.PythonError };
}

async function fetched({ file, address, integrity }: Archive): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(new URL(address, FOLDER), { integrity });
  if (!answer.ok) throw new Error(`${file}: ${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}

const loaded = load();
loaded.then(
  () =>
    say({
      kind: "ready",
      fetched: [import.meta.url, ...performance.getEntriesByType("resource").map(({ name }) => name)],
    }),
  (error) => say({ kind: "died", text: String(error) }),
);

addEventListener("message", async ({ data: request }: MessageEvent<Request>) => {
  const { python, page, PythonError } = await loaded;
  try {
    say({ kind: "answer", text: answerTo(request, python, page) });
  } catch (error) {
    // An exception of Python's is a fault of ours; anything else comes from below, and leaves no Python behind.
    const ours = error instanceof PythonError;
    say({ kind: ours ? "fault" : "died", text: String(error) });
  }
});

function answerTo(request: Request, python: PyodideInterface, page: Page): string {
  switch (request.task) {
    case "run":
      return page.run(request.slug, request.source, (text) => say({ kind: "said", text }));
    case "check": {
      const ended = python.toPy(new Map(request.ended));
      const tell = (number: number, limit_s: number) => say({ kind: "call", number, limit_s });
      const text = page.check(request.slug, request.source, ended, tell);
      ended.destroy();
      return text;
    }
  }
}

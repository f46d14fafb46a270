// Bundles what the pages run into site/assets/: `kit.js`, and beside it one piece for each thing that it loads on demand.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { addressOf } from "./addresses.mjs";
import { colours } from "./colours.mjs";
import { cutLetters } from "./letters.mjs";

const ASSETS = "site/assets";

// The pieces of the last run are named by their content; those that have changed would stay.
mkdirSync(ASSETS, { recursive: true });
for (const name of readdirSync(ASSETS)) {
  if (/-[A-Z0-9]{8}\.(js|css|woff2)$/.test(name)) rmSync(join(ASSETS, name));
}
writeFileSync(join(ASSETS, "colours.css"), colours());
await cutLetters();

const settings = {
  outdir: ASSETS,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: false,
  legalComments: "linked",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  logLevel: "warning",
};
await build({
  ...settings,
  entryPoints: {
    site: "site/styles/site.css",
    math: "katex/dist/katex.min.css",
    python: "site/app/exercise/worker.ts",
  },
  define: { PYTHON: readFileSync(join(ASSETS, "python/manifest.json"), "utf8") },
});

// A script that asks for a file beside it asks for the very one that it was bundled with. The lab's worker shares pieces with
// the lab, so it comes from the same run: a first one tells what it will be.
const kit = {
  ...settings,
  splitting: true,
  entryPoints: { kit: "site/app/kit.ts", "lab-worker": "site/app/lab/worker.ts" },
};
const made = new Map(["math.css", "python.js"].map((name) => [name, readFileSync(join(ASSETS, name))]));
const worker = "lab-worker.js";
const { outputFiles } = await build({ ...kit, write: false });
made.set(worker, Buffer.from(outputFiles.find(({ path }) => path.endsWith(worker)).contents));
const exactly = {
  name: "exactly",
  setup({ onLoad }) {
    onLoad({ filter: /site[\\/]app[\\/].*\.ts$/ }, ({ path }) => ({
      loader: "ts",
      contents: readFileSync(path, "utf8").replace(/(?<=new URL\(")([\w-]+\.\w+)(?=", import\.meta\.url\))/g, (name) =>
        made.has(name) ? addressOf(name, made.get(name)) : name,
      ),
    }));
  },
};
await build({ ...kit, plugins: [exactly] });
if (!readFileSync(join(ASSETS, worker)).equals(made.get(worker))) throw new Error(`${worker} is not what was foreseen`);

// Bundles what the pages run into site/assets/: `kit.js`, and beside it one piece for each thing that it loads on demand.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
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

await build({
  entryPoints: {
    kit: "site/app/kit.ts",
    site: "site/styles/site.css",
    math: "katex/dist/katex.min.css",
    python: "site/app/exercise/worker.ts",
    "lab-worker": "site/app/lab/worker.ts",
  },
  outdir: ASSETS,
  bundle: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  minify: true,
  sourcemap: false,
  legalComments: "linked",
  loader: { ".woff2": "file", ".woff": "empty", ".ttf": "empty" },
  chunkNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  logLevel: "warning",
});

// Bundles what the pages run into site/assets/: `kit.js`, and beside it one piece for each thing that it loads on demand.

import { build } from "esbuild";

await build({
  entryPoints: { kit: "site/app/kit.ts", python: "site/app/exercise/worker.ts" },
  outdir: "site/assets",
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

// The last that is done to the built pages: what they load gets addresses that change with its content, each page the name of
// its build, and the site a service worker, `sw.js`, that knows what belongs to this build.

import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";
import { addressOf, hash } from "./addresses.mjs";

const BUILT = "build/site";
// In a page: `src` of scripts, pictures and exercises, `srcset` of pictures to choose from, `href` of links to style sheets and icons.
const LOADS =
  /(<(?:script|img|descent-exercise)\b[^>]*?\ssrc=|<source\b[^>]*?\ssrcset=|<link\b[^>]*?\srel="(?:stylesheet|icon)"[^>]*?\shref=)"([^"?#:\s]+)(#[^"]*)?"/g;

const files = readdirSync(BUILT, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => statSync(join(BUILT, name)).isFile())
  .sort();
const loaded = new Set();

/** Return a page whose loads are at addresses of their content. */
function exactly(page, name) {
  const folder = name === "404.html" ? "" : dirname(name);
  return page.replace(LOADS, (whole, open, reference, view = "") => {
    const path = posix.join(folder, reference);
    if (reference.startsWith("/") || !existsSync(join(BUILT, path))) return whole;
    const address = addressOf(path, readFileSync(join(BUILT, path)));
    loaded.add(address);
    return `${open}"${reference}${address.slice(path.length)}${view}"`;
  });
}

const pages = files
  .filter((name) => name.endsWith(".html"))
  .map((name) => [name, exactly(readFileSync(join(BUILT, name), "utf8"), name)]);

const python = JSON.parse(readFileSync(join(BUILT, "assets/python/manifest.json"), "utf8"));
const address = (name) => addressOf(name, readFileSync(join(BUILT, name)));
const ours = {
  // What any page may ask for while it is open: the scripts and their fonts.
  shell: files.filter((name) => /^assets\/[^/]+\.(js|css|woff2)$/.test(name)).map(address),
  python: [
    ...files.filter((name) => name.startsWith(`assets/python/${python.core}/`)),
    ...python.archives.map((archive) => `assets/python/${archive.address}`),
  ],
};
const rest = [...loaded].filter((one) => !ours.shell.includes(one)).sort();
const name = hash(JSON.stringify([ours, rest, pages]));

for (const [file, page] of pages) {
  writeFileSync(join(BUILT, file), page.replace("</head>", `<meta name="build" content="${name}"></head>`));
}
await build({
  entryPoints: ["site/app/offline/worker.ts"],
  outfile: join(BUILT, "sw.js"),
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  logLevel: "warning",
  define: { BUILD: JSON.stringify(name), FILES: JSON.stringify({ ...ours, rest }) },
});

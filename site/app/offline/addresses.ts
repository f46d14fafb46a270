// What an address of this site says of itself, and what of the kept ones belongs to a build: nothing here touches a cache.

/** What belongs to a build: addresses below the site's root, each for one content (`site/app/addresses.mjs`). */
export interface Files {
  shell: string[];
  python: string[];
  rest: string[];
}

/** Where the caches of this site are found: other sites may stand below the same host. */
export function cacheName(scope: string): string {
  return `descent-kit:1:${new URL(scope).pathname}`;
}

/** Return the start of a content's sha256 that its address ends in, or "" where it does not say. */
export function promised(address: string): string {
  return /\?([\w-]{12})$/.exec(address)?.[1] ?? "";
}

/** Tell whether one content for ever lies at an address, as its query or its name says. */
export function isFixed(address: string): boolean {
  return promised(address) !== "" || /-[A-Z0-9]{8}\.(js|css|woff2)$|\/core-[0-9a-f]{16}\//.test(address);
}

export async function fingerprint(content: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  const text = btoa(String.fromCharCode(...digest));
  return text.slice(0, 12).replaceAll("+", "-").replaceAll("/", "_");
}

/** Return which addresses to fetch so that all that could be shown without a network before can be after an update. */
export function successors(kept: string[], files: Files, scope: string): string[] {
  const paths = new Set(kept.map(path));
  const whole = (list: string[]) => list.map((one) => new URL(one, scope).href);
  const python = whole(files.python);
  const hasPython = kept.some((one) => one.startsWith(new URL("assets/python/", scope).href));
  return [
    ...whole(files.shell),
    ...(hasPython ? python : []),
    ...whole(files.rest).filter((one) => paths.has(path(one))),
  ].filter((one) => !kept.includes(one));
}

/** Return which of the kept addresses belong neither to this build nor to the one before, whose pages may still be open. */
export function leftOver(kept: string[], files: Files, before: string[], scope: string): string[] {
  const all = [...files.shell, ...files.python, ...files.rest, ...before];
  const known = new Set(all.map((one) => new URL(one, scope).href));
  return kept.filter((one) => isFixed(one) && !known.has(one));
}

function path(address: string): string {
  return new URL(address).pathname;
}

// Addresses that change with what lies there: `assets/kit.js?Ck3…`, or a name with its hash in it, as the bundler gives.
//
// Behind such an address there is one content for ever. So a page never runs with scripts of another version, whatever a
// cache on the way has kept, and what has been fetched once need not be asked for again.

import { createHash } from "node:crypto";

const NAMED = /-[A-Z0-9]{8}\.(js|css|woff2)$|\/core-[0-9a-f]{16}\//;

/** Return the first of a sha256, as it stands in an address. */
export function hash(data) {
  return createHash("sha256").update(data).digest("base64url").slice(0, 12);
}

/** Return the address of a file by its path, given its content. */
export function addressOf(path, data) {
  return NAMED.test(path) ? path : `${path}?${hash(data)}`;
}

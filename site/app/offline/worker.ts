// The service worker: keeps what has been shown, so that it can be shown again without a network.
//
// What lies at a fixed address never changes, so it is served from what is kept, and checked when it comes: pages and scripts
// of different builds never mix. Pages are asked of the network first, so whoever is online reads the newest. When a build is
// new, what is kept is brought up to date, and then what neither it nor the build before needs is removed. Only the
// site's files are kept here: a learner's code lies in the browser's local storage, which no service worker can reach.

import { cacheName, type Files, fingerprint, isFixed, leftOver, promised, successors } from "./addresses.ts";
import type { Request as Asked, Reply } from "./messages.ts";
import { notKept } from "./page-not-kept.ts";

declare const BUILD: string;
declare const FILES: Files;

interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Service extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(settings: object): Promise<{ postMessage(data: Reply): void }[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener<E extends Event>(type: string, listener: (event: E) => void): void;
}

const service = globalThis as unknown as Service;
const SCOPE = service.registration.scope;
const NAME = cacheName(SCOPE);
const NOTE = new URL("kept-build.json", SCOPE).href; // which build the kept files are of; no such file is on the site
const PYTHON = new URL("assets/python/", SCOPE).href;
const PATIENCE_MS = 4000; // with a network that does not answer, where the page is kept

const open = () => caches.open(NAME);
const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

service.addEventListener<Waiting>("install", (event) => {
  event.waitUntil(service.skipWaiting()); // an open page's files stay: see `leftOver`
});

service.addEventListener<Waiting>("activate", (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) {
        if (/^descent-kit:\d+:/.test(name) && name.replace(/^descent-kit:\d+:/, "") === new URL(SCOPE).pathname) {
          if (name !== NAME) await caches.delete(name);
        }
      }
      await service.clients.claim();
      for (const page of await service.clients.matchAll({ type: "window" })) page.postMessage({ build: BUILD });
    })(),
  );
});

service.addEventListener<Fetching>("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (isFixed(request.url)) event.respondWith(fixed(event));
  else event.respondWith(loose(event));
});

let renewing = Promise.resolve();

service.addEventListener<Waiting & MessageEvent<Asked>>("message", (event) => {
  const answer = async () => {
    const hindered = (await keepAll(event.data.keep)) || (await renew());
    event.ports[0]?.postMessage({ refused: hindered || refusal } satisfies Reply);
  };
  renewing = renewing.then(answer, answer); // one after the other
  event.waitUntil(renewing);
});

/** A page: as it is now, or, where the network does not say, as it was. */
async function page(event: Fetching): Promise<Response> {
  const address = plain(event.request.url);
  const kept = await (await open()).match(address);
  const now = fetch(event.request.url, { cache: "no-cache", redirect: "manual" }).then((answer) => {
    if (answer.ok) event.waitUntil(keep(address, answer.clone()));
    return answer.status >= 500 && kept ? kept.clone() : answer;
  });
  if (!kept) return now.catch(async () => notKept(SCOPE, await addresses()));
  now.catch(() => {}); // it may fail when it has been given up
  const later = new Promise<Response>((resolve) => setTimeout(() => resolve(kept.clone()), PATIENCE_MS));
  return Promise.race([now, later]).catch(() => kept);
}

/** A file that never changes. */
async function fixed(event: Fetching): Promise<Response> {
  const { request } = event;
  const kept = await (await open()).match(request.url);
  if (kept) return kept;
  const answer = await fetch(request);
  // Python is 30 MB and waited for: the page has it kept when it has started.
  if (answer.ok && !request.url.startsWith(PYTHON)) event.waitUntil(keepIfPromised(request.url, answer.clone()));
  return answer;
}

/** Anything else of the site. */
async function loose(event: Fetching): Promise<Response> {
  const { request } = event;
  try {
    const answer = await fetch(request);
    if (answer.ok) event.waitUntil(keep(plain(request.url), answer.clone()));
    return answer;
  } catch (error) {
    const kept = await (await open()).match(plain(request.url));
    if (kept) return kept;
    throw error;
  }
}

/** Keep what has come from a fixed address, unless it is something else: while a new build is being published, it can be. */
async function keepIfPromised(address: string, answer: Response): Promise<void> {
  const wanted = promised(address);
  const content = wanted ? await answer.clone().arrayBuffer() : undefined;
  if (!content || (await fingerprint(content)) === wanted) await keep(address, answer);
}

let refusal = ""; // why the browser last refused to keep something

async function keep(address: string, answer: Response): Promise<void> {
  try {
    await (await open()).put(address, answer);
    refusal = "";
  } catch (error) {
    refusal = error instanceof DOMException && error.name === "QuotaExceededError" ? "full" : String(error);
  }
}

/** Keep what is not kept yet; return what hinders that, or "". */
async function keepAll(wanted: string[]): Promise<string> {
  for (const address of wanted.filter((one) => one.startsWith(SCOPE)).map(plain)) {
    if (await (await open()).match(address)) continue;
    // From the browser's own cache where it is there: most has just been shown.
    const answer = await fetch(address, { cache: "force-cache" }).catch(() => undefined);
    if (!answer) return "no network";
    if (!answer.ok || answer.redirected) continue;
    if (isFixed(address)) await keepIfPromised(address, answer);
    else await keep(address, answer);
    if (refusal) return refusal;
  }
  return "";
}

interface Note {
  build: string;
  files: string[];
  before: string[];
}

/** Bring what is kept to this build: pages and what they need first; only then is anything removed. Return what hinders that, or "". */
async function renew(): Promise<string> {
  const cache = await open();
  const note: Note | undefined = await (await cache.match(NOTE))?.json();
  const kept = await addresses();
  if (note?.build !== BUILD) {
    for (const address of kept.filter((one) => !isFixed(one))) {
      const answer = await fetch(address, { cache: "no-cache" }).catch(() => undefined);
      if (!answer || (answer.status !== 404 && !answer.ok)) return "no network"; // the next page tries again
      if (answer.status === 404) await cache.delete(address);
      else {
        const text = answer.headers.get("content-type")?.startsWith("text/html") ? await answer.clone().text() : BUILD;
        if (!text.includes(BUILD)) return ""; // not all of the build is out yet
        await keep(address, answer);
      }
    }
  }
  const hindered = savesData() ? "" : await keepAll(successors(kept, FILES, SCOPE));
  if (hindered || note?.build === BUILD) return hindered;
  const files = [...FILES.shell, ...FILES.python, ...FILES.rest];
  const before = note?.files ?? [];
  for (const address of leftOver(await addresses(), FILES, before, SCOPE)) await cache.delete(address);
  await keep(NOTE, new Response(JSON.stringify({ build: BUILD, files, before } satisfies Note)));
  return "";
}

async function addresses(): Promise<string[]> {
  const all = await (await open()).keys();
  return all.map(({ url }) => url).filter((url) => url !== NOTE);
}

function plain(address: string): string {
  const { origin, pathname, search } = new URL(address);
  return origin + pathname + (isFixed(address) ? search : "");
}

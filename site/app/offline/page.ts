// The page's part: it has what it shows kept, and learns of newer builds.
//
// An open page is never changed under its reader. If nobody has touched it and it is not even in sight, it is loaded anew; else
// a note offers that. What was written in an exercise is saved before, as whenever a page is left.

import type { Reply, Request } from "./messages.ts";
import { offerNewer } from "./newer.ts";

const SERVICE = new URL("../sw.js", import.meta.url);
const LOOK_EVERY_MS = 30 * 60_000;

const build = document.querySelector<HTMLMetaElement>('meta[name="build"]')?.content;

/** Whether this browser can keep pages here: it needs https, and a site that was built to be kept. */
export const canKeep = build !== undefined && "serviceWorker" in navigator && /^https?:$/.test(location.protocol);

/** Have some addresses kept; return what hinders that, or "". */
export async function keep(addresses: string[]): Promise<string> {
  if (!canKeep) return "this browser does not";
  const service = (await navigator.serviceWorker.ready).active;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<string>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Reply>) => resolve(data.refused ?? "");
  });
  service?.postMessage({ keep: addresses } satisfies Request, [port2]);
  return answer;
}

/** Return the addresses of what this page has shown so far, itself among them. */
export function shown(): string[] {
  return [location.href, ...performance.getEntriesByType("resource").map(({ name }) => name)];
}

/** Register the service worker, once the page is there. */
export async function begin(): Promise<void> {
  if (!canKeep) return;
  const { serviceWorker } = navigator;
  serviceWorker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
    if (data.build && data.build !== build) newer();
  });
  let registration: ServiceWorkerRegistration | undefined;
  try {
    registration = await serviceWorker.register(SERVICE, { updateViaCache: "none" });
  } catch {
    return; // a private window, or storage is forbidden: the site works as it does without all this
  }
  if (!registration) return;
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - looked < LOOK_EVERY_MS) return;
    looked = Date.now();
    registration.update().catch(() => {}); // no network: another time
  });
  await serviceWorker.ready;
  await keep(shown());
  // What was asked for while it took over went past it.
  serviceWorker.addEventListener("controllerchange", () => keep(shown()));
}

function newer(): void {
  if (document.hidden && navigator.userActivation?.hasBeenActive === false) location.reload();
  else offerNewer();
}

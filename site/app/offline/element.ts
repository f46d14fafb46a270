// `<descent-device>`: what of this site is kept on this device for reading without a network, how large it is, and a button
// that removes it. What a learner has written is kept elsewhere and is not touched.

import { cacheName } from "./addresses.ts";
import { canKeep, keep, shown } from "./page.ts";

const SITE = new URL("../", import.meta.url).href;
const STYLE = `
:host { display: block; }
ul { margin: 0.5em 0; padding-left: 1.4em; }
details { margin: 0.5em 0; }
summary { cursor: pointer; }
a { color: var(--md-typeset-a-color, LinkText); }
button {
  appearance: none; background: transparent; border: 1px solid currentColor; border-radius: 6px; color: inherit; cursor: pointer; font: inherit;
  min-height: 40px; padding: 4px 14px;
}
button[disabled] { cursor: default; opacity: 0.55; }
button:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
`;

/** What the reader is told of one kept file. */
interface Kept {
  address: string;
  bytes: number;
  title: string; // of a page
}

class DescentDevice extends HTMLElement {
  readonly #list = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #said = document.createElement("p");

  connectedCallback(): void {
    if (this.shadowRoot) return;
    const style = document.createElement("style");
    style.textContent = STYLE;
    this.#button.type = "button";
    this.#button.textContent = "Remove what is kept";
    this.#button.hidden = true;
    this.#button.addEventListener("click", () => this.#empty());
    this.#said.setAttribute("role", "status");
    this.attachShadow({ mode: "open" }).append(style, this.#list, this.#button, this.#said);
    this.#begin();
  }

  /** Show what is kept, and again when this page has been added. */
  async #begin(): Promise<void> {
    await this.#show();
    const refused = await keep(shown());
    await this.#show();
    if (refused === "full")
      this.#said.textContent = "The browser has no room for more: pages that are not listed need the network.";
  }

  async #show(): Promise<void> {
    let kept: Kept[];
    try {
      if (!canKeep) throw new Error("this page does not come over https");
      kept = await all();
    } catch {
      this.#button.hidden = true;
      this.#list.textContent =
        "This browser keeps nothing of the site here: its storage is blocked, the window is a private one, or the page does not come over https. Everything works while you are online.";
      return;
    }
    const pages = kept.filter(({ title }) => title).sort((one, other) => one.address.localeCompare(other.address));
    const python = kept.filter(({ address }) => address.startsWith(`${SITE}assets/python/`));
    const others = kept.filter((one) => !pages.includes(one) && !python.includes(one));
    this.#button.hidden = false;
    this.#button.disabled = kept.length === 0;
    const wasOpen = this.#list.querySelector("details")?.open;
    this.#list.innerHTML = `<p>Kept on this device: <strong>${megabytes(kept)}</strong>.</p><ul></ul>`;
    const list = this.#list.querySelector("ul");
    list?.append(
      item(
        `${pages.length} ${pages.length === 1 ? "page that you have" : "pages that you have"} visited: ${megabytes(pages)}`,
        pages.length ? links(pages, wasOpen) : undefined,
      ),
      item(`scripts, styles and pictures of the pages: ${megabytes(others)}`),
      item(
        python.length
          ? `Python, for the exercises: ${megabytes(python)}`
          : "Python, for the exercises: not yet; it is kept once you have checked one",
      ),
    );
  }

  async #empty(): Promise<void> {
    await caches.delete(cacheName(SITE));
    await this.#show();
    this.#said.textContent =
      "Removed. Your code and your progress are still there. Pages are kept again as you visit them.";
  }
}

/** Return all that is kept; throws where the browser forbids to look. */
async function all(): Promise<Kept[]> {
  const cache = await caches.open(cacheName(SITE));
  const requests = await cache.keys();
  return Promise.all(
    requests.map(async ({ url }) => {
      const answer = await cache.match(url);
      const isPage = answer?.headers.get("content-type")?.startsWith("text/html");
      const blob = await answer?.blob();
      const title = isPage ? new DOMParser().parseFromString((await blob?.text()) ?? "", "text/html").title : "";
      return { address: url, bytes: blob?.size ?? 0, title: title.replace(/ - [^-]*$/, "") };
    }),
  );
}

function megabytes(kept: Kept[]): string {
  const bytes = kept.reduce((sum, one) => sum + one.bytes, 0);
  return bytes < 1e5 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function item(words: string, more?: HTMLElement): HTMLElement {
  const made = document.createElement("li");
  made.append(words, ...(more ? [more] : []));
  return made;
}

function links(pages: Kept[], isOpen = false): HTMLElement {
  const made = document.createElement("details");
  made.open = isOpen;
  const summary = document.createElement("summary");
  summary.textContent = "Which?";
  const list = document.createElement("ul");
  list.append(
    ...pages.map(({ address, title }) => {
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title;
      const row = document.createElement("li");
      row.append(link);
      return row;
    }),
  );
  made.append(summary, list);
  return made;
}

customElements.define("descent-device", DescentDevice);

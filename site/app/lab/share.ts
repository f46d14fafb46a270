// Sharing a set-up: its address on the lab page, a button that copies it, and the page's own address kept up to date.

import { html } from "./dom.ts";
import { type Setup, serialise } from "./settings.ts";

/** The page with the full lab, as seen from where the bundle lies: assets/. */
const LAB_PAGE = new URL("../lab/", import.meta.url);

export function addressOf(setup: Setup): string {
  const url = new URL(LAB_PAGE);
  url.search = serialise(setup);
  return url.href;
}

let due = 0;

/** Write the set-up into the page's address, a moment later: browsers limit how often it may change. */
export function keepInAddress(setup: Setup): void {
  window.clearTimeout(due);
  due = window.setTimeout(() => {
    history.replaceState(history.state, "", `?${serialise(setup)}${location.hash}`);
  }, 250);
}

export const KINDS = ["PNG", "SVG", "CSV"] as const;
export type Kind = (typeof KINDS)[number];

export class Share {
  readonly element: HTMLElement;
  private readonly button = html("button", { type: "button", click: () => this.copy() }, "Copy link");
  private readonly link = html("a", {}, "Open in the lab");
  private readonly setup: () => Setup;

  /** `save` is called with the kind of file that somebody wants. */
  constructor(setup: () => Setup, withLink: boolean, save: (kind: Kind) => void) {
    this.setup = setup;
    const files = KINDS.map((kind) =>
      html("button", { type: "button", "aria-label": `Save as ${kind}`, click: () => save(kind) }, kind),
    );
    this.element = html(
      "div",
      { class: "links" },
      html("span", { class: "files" }, html("span", { class: "name" }, "Save as"), ...files),
      this.button,
      ...(withLink ? [this.link] : []),
    );
  }

  update(): void {
    this.link.href = addressOf(this.setup());
  }

  private async copy(): Promise<void> {
    const address = addressOf(this.setup());
    try {
      await navigator.clipboard.writeText(address);
      this.button.textContent = "Copied";
      setTimeout(() => {
        this.button.textContent = "Copy link";
      }, 1600);
    } catch {
      // No leave to write the clipboard: show the address, selected, to be copied by hand.
      this.element.querySelector("input")?.remove();
      const field = html("input", { type: "text", readonly: true, "aria-label": "Link to this set-up" });
      field.value = address;
      this.element.append(field);
      field.select();
    }
  }
}

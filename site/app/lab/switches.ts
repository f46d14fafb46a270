// The switches over a map: what is laid over it, each a button that stays pressed.

import { html } from "./dom.ts";
import type { Overlay } from "./overlays.ts";

const NAMES: readonly [Overlay, string][] = [
  ["field", "Gradients"],
  ["level", "Level line"],
];

export class Overlays {
  readonly on = new Set<Overlay>();
  readonly buttons: readonly HTMLButtonElement[];

  constructor(changed: () => void) {
    this.buttons = NAMES.map(([overlay, name]) => {
      const button = html("button", { type: "button", class: "over", "aria-pressed": "false" }, name);
      button.addEventListener("click", () => {
        if (!this.on.delete(overlay)) this.on.add(overlay);
        button.setAttribute("aria-pressed", String(this.on.has(overlay)));
        changed();
      });
      return button;
    });
  }
}

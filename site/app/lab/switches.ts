// The switches over a map: what is laid over it, each a button that stays pressed.

import { html } from "./dom.ts";
import type { Overlay } from "./overlays.ts";

const NAMES: readonly [Overlay, string][] = [
  ["field", "Gradients"],
  ["level", "Level line"],
  ["basins", "Basins"],
];

export class Overlays {
  readonly on = new Set<Overlay>();
  private readonly all: readonly HTMLButtonElement[];

  constructor(changed: () => void) {
    this.all = NAMES.map(([overlay, name]) => {
      const button = html("button", { type: "button", class: "over", "aria-pressed": "false" }, name);
      button.addEventListener("click", () => {
        if (!this.on.delete(overlay)) this.on.add(overlay);
        button.setAttribute("aria-pressed", String(this.on.has(overlay)));
        changed();
      });
      return button;
    });
  }

  /** The switches that a picture has: over a curve only the basins, as a band along its floor. */
  buttons(flat: boolean): readonly HTMLButtonElement[] {
    return this.all.filter((_, i) => !flat || NAMES[i]?.[0] === "basins");
  }
}

// The way into three dimensions and back: a button, and behind it the view that is loaded when first asked for.

import { html } from "./dom.ts";
import type { View3d } from "./view3d.ts";

export class Depth {
  readonly button = html("button", { type: "button", "aria-pressed": "false", click: () => this.turn() }, "3D view");
  on = false;
  private view: View3d | undefined;
  private readonly picture: HTMLElement;
  private readonly changed: () => void;

  constructor(picture: HTMLElement, changed: () => void) {
    this.picture = picture;
    this.changed = changed;
  }

  show(...what: Parameters<View3d["show"]>): void {
    this.view?.show(...what);
  }

  leave(): void {
    this.set(false);
  }

  private async turn(): Promise<void> {
    if (this.on) return this.set(false);
    const { canDraw, View3d } = await import("./view3d.ts");
    if (!this.view && !canDraw()) {
      this.button.disabled = true;
      this.button.textContent = "No 3D: this browser has no WebGL";
      return;
    }
    if (!this.view) {
      const name = "The landscape in three dimensions; arrow keys turn it";
      const canvas = html("canvas", { class: "space", tabindex: 0, role: "img", "aria-label": name });
      this.picture.append(canvas);
      this.view = new View3d(canvas);
    }
    this.set(true);
  }

  private set(on: boolean): void {
    this.on = on;
    this.picture.classList.toggle("deep", on);
    this.button.textContent = on ? "Map" : "3D view";
    this.button.setAttribute("aria-pressed", String(on));
    this.changed();
  }
}

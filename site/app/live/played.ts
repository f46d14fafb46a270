// What live figures with a walk through time have in common: a step that is shown, buttons that play it, and its words.

import { html } from "../lab/dom.ts";
import { type Clock, Transport } from "../lab/transport.ts";
import { LiveFigure } from "./live.ts";

export abstract class PlayedFigure extends LiveFigure implements Clock {
  k = 0;
  abstract readonly steps: number;
  private shown = 0; // the step while all is shown on paper
  protected readonly transport = new Transport(this);
  protected readonly words = html("p", { class: "words" });

  abstract reset(): void;

  goTo(k: number): void {
    this.k = k;
    this.soon();
  }

  ended(): void {
    this.tell();
  }

  /** Let the words be read aloud, as they are when nothing has changed for a moment. */
  protected tell(): void {
    this.say(() => this.words.textContent ?? "");
  }

  protected override stop(): void {
    this.transport.stop();
  }

  protected override print(on: boolean): void {
    if (on) this.shown = this.k;
    this.k = on ? this.steps : this.shown;
  }
}

/** A slider over some choices, by their places. */
export function slider(name: string, min: number, max: number, value: number): HTMLInputElement {
  return html("input", { type: "range", min, max, step: 1, value, "aria-label": name });
}

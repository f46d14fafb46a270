// Play, step, back, scrub and reset: the walk's time.

import { describe, html, svg, write } from "./dom.ts";
import { count } from "./format.ts";

const ICONS = {
  play: "M6 4v16l14-8z",
  pause: "M6 4h4v16H6zM14 4h4v16h-4z",
  back: "M18 5v14L8 12zM5 5h2v14H5z",
  step: "M6 5v14l10-7zM17 5h2v14h-2z",
  reset: "M12 5V1L6.5 6 12 11V7a5 5 0 1 1-5 5H5a7 7 0 1 0 7-7z",
};

const icon = (name: keyof typeof ICONS) =>
  svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: ICONS[name] }));

export interface Clock {
  steps: number;
  k: number;
  goTo(k: number): void;
  reset(): void;
  ended(): void;
}

const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Transport {
  readonly element: HTMLElement;
  playing = false;
  private readonly clock: Clock;
  private readonly play: HTMLButtonElement;
  private readonly scrub: HTMLInputElement;
  private readonly count: HTMLElement;

  constructor(clock: Clock) {
    this.clock = clock;
    const button = (name: "back" | "step" | "reset", text: string, click: () => void) =>
      html("button", { type: "button", "aria-label": text, title: text, click }, icon(name));
    this.play = html("button", { type: "button", class: "play", click: () => this.toggle() });
    this.scrub = html("input", { type: "range", min: 0, step: 1, "aria-label": "Step of the walk" });
    this.scrub.addEventListener("input", () => this.jump(this.scrub.valueAsNumber));
    this.count = html("span", { class: "count" });
    this.element = html(
      "div",
      { class: "transport", role: "group", "aria-label": "Time" },
      html(
        "div",
        { class: "buttons" },
        this.play,
        button("back", "Back one step", () => this.jump(clock.k - 1)),
        button("step", "One step", () => this.jump(clock.k + 1)),
        button("reset", "Reset to how it was", () => clock.reset()),
      ),
      this.scrub,
      this.count,
    );
  }

  update(): void {
    const { k, steps } = this.clock;
    const state = this.playing ? "pause" : "play";
    if (this.play.dataset.state !== state) {
      this.play.dataset.state = state;
      this.play.replaceChildren(icon(state), state === "play" ? "Play" : "Pause");
    }
    if (this.scrub.max !== String(steps)) this.scrub.max = String(steps);
    if (this.scrub.valueAsNumber !== k) this.scrub.value = String(k);
    const said = `step ${count(k)} of ${count(steps)}`;
    describe(this.scrub, { "aria-valuetext": said });
    write(this.count, said);
  }

  stop(): void {
    this.playing = false;
  }

  private jump(k: number): void {
    this.stop();
    this.clock.goTo(Math.min(this.clock.steps, Math.max(0, k)));
    if (this.clock.k === this.clock.steps) this.clock.ended();
  }

  private toggle(): void {
    const { clock } = this;
    if (this.playing) {
      this.stop();
      this.update();
    } else if (calm.matches) {
      // Whoever wants no motion gets the whole walk at once, and the slider to look at its steps.
      this.jump(clock.steps);
    } else {
      this.playing = true;
      this.run(clock.k >= clock.steps ? 0 : clock.k);
    }
  }

  /** Go on from a step: a few steps leisurely, a thousand in six seconds. */
  private run(from: number): void {
    const { clock } = this;
    const duration = Math.min(6000, Math.max(1200, clock.steps * 110));
    let began: number | undefined;
    const tick = (now: number) => {
      if (!this.playing) return;
      began ??= now;
      const k = Math.min(clock.steps, from + Math.floor(((now - began) / duration) * clock.steps));
      if (k >= clock.steps) this.stop();
      clock.goTo(k);
      if (k >= clock.steps) clock.ended();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }
}

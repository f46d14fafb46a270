// The handles: where walks start, to be dragged with finger or mouse, or moved with the arrow keys.

import { describe, html, svg } from "./dom.ts";
import { point as written } from "./format.ts";
import { type Frame, isFlat } from "./ground.ts";
import { type Landscape, type Point, span } from "./landscapes.ts";
import { mark, outline } from "./marks.ts";
import type { Setup } from "./settings.ts";
import { runsOf } from "./settings.ts";

export interface Grip {
  move(run: number, start: Point): void;
  grab(run: number): void;
  drop(run: number): void;
}

/** The runs that have a handle: each with a start of its own, and the first of those that share one. */
export function gripped({ own }: Setup): number[] {
  const sharing = own.findIndex((one) => !("start" in one));
  return own.flatMap((one, i) => ("start" in one || i === sharing ? [i] : []));
}

/** A step of the arrow keys: about a hundredth of the picture, and a round number. */
export function keyStep(landscape: Landscape): number {
  return span(landscape) > 7 ? 0.1 : 0.05;
}

/** A round place in the picture: dragging does not need more than hundredths. */
export function snapped({ domain: [low, high] }: Landscape, p: Point, grid = 0.01): Point {
  return p
    .map((x) =>
      Math.min(Math.floor(high / grid) * grid, Math.max(Math.ceil(low / grid) * grid, Math.round(x / grid) * grid)),
    )
    .map((x) => Number(x.toFixed(4)) + 0);
}

export class Handle {
  readonly element: HTMLDivElement;
  readonly run: number;
  private readonly grip: Grip;
  private landscape: Landscape | undefined;
  private frame: Frame | undefined;
  private start: Point = [];

  constructor(run: number, shared: boolean, dark: boolean, grip: Grip) {
    this.run = run;
    this.grip = grip;
    const one = mark(run, dark);
    const shape = svg("path", { d: outline(one, shared ? 8 : 7) });
    if (!shared) shape.style.stroke = one.colour;
    this.element = html(
      "div",
      { class: "handle", role: "slider", tabindex: 0 },
      svg("svg", { viewBox: "-22 -22 44 44", "aria-hidden": "true" }, svg("circle", { r: 16, class: "halo" }), shape),
    );
    this.listen();
  }

  place(setup: Setup, frame: Frame, name: string): void {
    const { landscape } = setup;
    this.landscape = landscape;
    this.frame = frame;
    this.start = runsOf(setup)[this.run]?.start as Point;
    const [x = 0, y = 0] = this.start;
    const [left = 0, right = 0] = frame.x.range();
    const [bottom = 0, top = 0] = frame.y.range();
    const [px, py] = [frame.x(x), frame.y(isFlat(landscape) ? landscape.height(this.start) : y)];
    // Beyond the part that is shown there is nothing to take hold of.
    const seen = px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1;
    this.element.style.visibility = seen ? "" : "hidden";
    this.element.style.left = `${px}px`;
    this.element.style.top = `${py}px`;
    const how = isFlat(landscape) ? "left and right arrow keys move it" : "arrow keys move it in both directions";
    const described = {
      "aria-label": `Start${name && ` of ${name}`}: ${how}`,
      "aria-valuemin": landscape.domain[0],
      "aria-valuemax": landscape.domain[1],
      "aria-valuenow": x,
      "aria-valuetext": `${landscape.variables.join(", ")} = ${written(this.start)}`,
    };
    describe(this.element, described);
  }

  private listen(): void {
    const { element } = this;
    let grabbed: { dx: number; dy: number } | undefined;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.frame) return;
      const box = element.getBoundingClientRect();
      grabbed = { dx: box.left + box.width / 2 - event.clientX, dy: box.top + box.height / 2 - event.clientY };
      element.setPointerCapture(event.pointerId);
      element.focus({ preventScroll: true });
      event.preventDefault(); // or a drag would select text
      this.grip.grab(this.run);
    });
    element.addEventListener("pointermove", (event) => {
      const picture = element.parentElement?.getBoundingClientRect();
      if (!grabbed || !this.frame || !this.landscape || !picture) return;
      const x = this.frame.x.invert(event.clientX + grabbed.dx - picture.left);
      const y = this.frame.y.invert(event.clientY + grabbed.dy - picture.top);
      this.grip.move(this.run, snapped(this.landscape, isFlat(this.landscape) ? [x] : [x, y]));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      element.addEventListener(end, () => {
        if (grabbed) this.grip.drop(this.run);
        grabbed = undefined;
      });
    }
    element.addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    if (!this.landscape || event.altKey || event.ctrlKey || event.metaKey) return;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[event.key];
    if (!way) return;
    event.preventDefault();
    // In a curve up and down mean right and left, as on every slider.
    const [dx = 0, dy = 0] = way;
    const directions = isFlat(this.landscape) ? [dx + dy] : [dx, dy];
    const step = keyStep(this.landscape) / (event.shiftKey ? 10 : 1);
    const next = this.start.map((x, i) => (directions[i] ? x + (directions[i] as number) * step : x));
    const tidy = snapped(this.landscape, next, step);
    // Only the coordinate that moves goes to the grid of round numbers.
    // Kept at once: the next key may come before the next frame, and goes on from here.
    this.start = next.map((x, i) => (directions[i] ? (tidy[i] as number) : x));
    this.grip.move(this.run, this.start);
    this.grip.drop(this.run);
  }
}

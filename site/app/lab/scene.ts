// The picture of a lab: ground, paths, what is laid over them, the handles of the starts and the zoom; flat or in three dimensions.

import { CELLS, drawBasins } from "./basins.ts";
import { Depth } from "./depth.ts";
import { describe, html, svg } from "./dom.ts";
import { drawGround, type Frame, frame, isFlat, MOST_TIMES, type View, viewOf } from "./ground.ts";
import { type Grip, gripped, Handle, snapped } from "./handles.ts";
import { hoverOf } from "./hover.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { mark } from "./marks.ts";
import { drawField, drawHover, drawLevel } from "./overlays.ts";
import { drawPaths, type Ink, type Trace } from "./plane.ts";
import { caseOf } from "./reasons.ts";
import type { Setup } from "./settings.ts";
import type { Tints } from "./surface3d.ts";
import { Surveyor } from "./surveyor.ts";
import { Overlays } from "./switches.ts";
import type { Walk } from "./walk.ts";

/** What a picture shows: the walks of a set-up up to a step, the run whose fields are shown, and what they are called. */
export interface Shown {
  setup: Setup;
  walks: readonly Walk[];
  names: readonly string[];
  k: number;
  selected: number;
}

export class Scene {
  frame: Frame | undefined;
  readonly ground = svg("svg", { class: "ground", "aria-hidden": "true" });
  private readonly paths = html("canvas", { class: "paths", role: "img" });
  readonly element = html("div", { class: "picture" }, this.ground, this.paths);
  private readonly zoom: HTMLElement;
  private readonly depth: Depth;
  private readonly overlays: Overlays;
  private readonly basins: Surveyor;
  private readonly grip: Grip;
  private readonly soon: () => void;
  private handles: Handle[] = [];
  private view: View | undefined;
  private wide = 0;
  private last: Shown | undefined;

  /** `soon` is called where something in the picture asks for a new drawing. */
  constructor(soon: () => void, grip: Grip) {
    this.soon = soon;
    this.grip = grip;
    const button = (text: string, name: string, title: string, times: number) =>
      html("button", { type: "button", "aria-label": name, title, click: () => this.look(times) }, text);
    this.zoom = html(
      "div",
      { class: "zoom", role: "group", "aria-label": "Zoom" },
      button("+", "Zoom in on the walk", "Zoom in", 2),
      button("−", "Zoom out", "Zoom out", 0.5),
    );
    this.depth = new Depth(this.element, soon);
    this.overlays = new Overlays(soon);
    this.basins = new Surveyor("basins", CELLS, soon);
    this.element.addEventListener("click", (event) => this.clicked(event));
  }

  /** The switches that a landscape's picture has. */
  buttons(landscape: Landscape): HTMLElement[] {
    return [...this.overlays.buttons(isFlat(landscape)), ...(isFlat(landscape) ? [] : [this.depth.button])];
  }

  /** A part of another landscape is a part of nothing. */
  whole(): void {
    this.view = undefined;
    this.frame = undefined;
  }

  /** Make anew what depends on the landscape, the number of runs or the colours. */
  renew(setup: Setup, dark: boolean): void {
    if (isFlat(setup.landscape)) this.depth.leave();
    for (const handle of this.handles) handle.element.remove();
    this.handles = gripped(setup).map((run) => {
      const shared = !("start" in (setup.own[run] ?? {})) && setup.own.length > 1;
      return new Handle(run, shared, dark, this.grip);
    });
    this.element.append(this.zoom, ...this.handles.map(({ element }) => element));
    this.frame = undefined;
  }

  /** Take the width of its box; asked for in each frame it would be laid out in each frame twice. */
  fit(): boolean {
    const before = this.wide;
    this.wide = Math.floor(this.element.clientWidth) || this.wide;
    return this.wide !== before;
  }

  /** The frame for the landscape and the part of it that is shown, with the ground in it. */
  private framed(landscape: Landscape): Frame {
    if (this.frame?.width === this.wide) return this.frame;
    const made = frame(landscape, this.wide, this.view);
    drawGround(this.ground, landscape, made);
    this.frame = made;
    return made;
  }

  draw(shown: Shown, dark: boolean, ink: Ink, tints: Tints): void {
    this.last = shown;
    if (!this.wide) return;
    const traces = tracesOf(shown.walks, dark);
    const { setup, k, names } = shown;
    const at = this.framed(setup.landscape);
    const { on } = this.overlays;
    if (on.has("basins")) this.basins.ask(setup, shown.selected);
    else this.basins.stop();
    if (this.depth.on) {
      const rows = on.has("basins") ? this.basins.rows : [];
      this.depth.show(setup.landscape, at, traces, k, tints, ink.text, on, rows);
      return;
    }
    drawPaths(this.paths, setup.landscape, at, traces, k, ink, (context) => this.lay(context, shown, traces, ink));
    for (const walk of shown.walks) this.ring(walk, shown, ink);
    for (const handle of this.handles)
      handle.place(setup, at, this.handles.length > 1 ? (names[handle.run] ?? "") : "");
  }

  /** What the picture shows, for those who do not see it. */
  describe(text: string): void {
    describe(this.paths, { "aria-label": text });
  }

  /** On paper there are no three dimensions. */
  flatten(): void {
    this.depth.leave();
  }

  stop(): void {
    this.basins.stop();
  }

  /** What lies between the ground and the paths. */
  private lay(context: CanvasRenderingContext2D, { setup: { landscape }, k }: Shown, traces: Trace[], ink: Ink): void {
    const at = this.frame as Frame;
    const { on } = this.overlays;
    if (on.has("basins")) drawBasins(context, landscape, at, this.basins.rows, ink.text);
    if (isFlat(landscape)) return;
    if (on.has("field")) drawField(context, landscape, at, ink.text);
    if (!on.has("level")) return;
    for (const { walk, mark: one } of traces) drawLevel(context, at, standing(walk, k), one.colour);
  }

  /** How far off a walk hovers that has come to its end. */
  private ring(walk: Walk, { setup: { landscape }, k }: Shown, ink: Ink): void {
    if (walk.points.length <= walk.run.epochs || k < walk.run.epochs) return;
    const hover = hoverOf(caseOf(landscape, walk));
    const context = this.paths.getContext("2d");
    if (hover && context) drawHover(context, this.frame as Frame, hover.level.point, hover.off, ink);
  }

  /** Show the surroundings of the selected walk's place so many times as large as now. */
  private look(times: number): void {
    if (!this.last) return;
    const { setup, walks, selected, k } = this.last;
    const now = Math.min(MOST_TIMES, (this.view?.times ?? 1) * times);
    this.view = viewOf(setup.landscape, standing(walks[selected] as Walk, k), now);
    this.frame = undefined;
    this.soon();
  }

  private clicked(event: MouseEvent): void {
    if (!this.frame || !this.last || this.depth.on || (event.target as Element).closest(".handle, .zoom")) return;
    const box = this.element.getBoundingClientRect();
    const { landscape } = this.last.setup;
    const [x, y] = [this.frame.x.invert(event.clientX - box.left), this.frame.y.invert(event.clientY - box.top)];
    const [low, high] = landscape.domain;
    if (x < low || x > high || (!isFlat(landscape) && (y < low || y > high))) return;
    this.grip.move(this.last.selected, snapped(landscape, isFlat(landscape) ? [x] : [x, y]));
  }
}

export const tracesOf = (walks: readonly Walk[], dark: boolean): Trace[] =>
  walks.map((walk, i) => ({ walk, mark: mark(i, dark) }));

const standing = ({ points }: Walk, k: number): Point => points[Math.min(k, points.length - 1)] as Point;

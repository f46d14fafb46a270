// The same landscape in three dimensions, by WebGL; loaded when somebody asks for it, drawn only when something changes.

import { Camera, Color, type OGLRenderingContext, type Program, Renderer, Transform } from "ogl";
import { Axes3d, bestTurn } from "./axes3d.ts";
import type { Frame } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";
import { Lines, plain } from "./lines3d.ts";
import type { Overlay } from "./overlays.ts";
import type { Trace } from "./plane.ts";
import { Surface, type Tints } from "./surface3d.ts";

const USUAL = -0.6; // round the landscape, in radians
const LOW = 0.22; // what the camera looks at, so that axes and summits are in the picture

/** Whether this browser draws in three dimensions; asked before anything complains that it does not. */
export const canDraw = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

export class View3d {
  readonly canvas: HTMLCanvasElement;
  private readonly renderer: Renderer;
  private readonly gl: OGLRenderingContext;
  private readonly camera: Camera;
  private readonly scene = new Transform();
  private readonly lines: Lines;
  private readonly axes: Axes3d;
  private readonly axesInk: Program;
  private surface: Surface | undefined;
  private landscape: Landscape | undefined;
  private frame: Frame | undefined;
  private turn = USUAL;
  private tilt = 0.62; // above the horizon

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.renderer = new Renderer({ canvas, alpha: true, antialias: true, dpr: window.devicePixelRatio || 1 });
    this.gl = this.renderer.gl;
    this.camera = new Camera(this.gl, { fov: 34 });
    this.lines = new Lines(this.gl);
    this.lines.all.setParent(this.scene);
    this.axesInk = plain(this.gl, "#888");
    this.axes = new Axes3d(this.gl, this.axesInk);
    canvas.after(this.axes.labels);
    this.listen();
  }

  /** Show the part of a landscape that a frame shows, with walks up to a step and what is laid over the ground. */
  show(
    landscape: Landscape,
    frame: Frame,
    traces: readonly Trace[],
    k: number,
    tints: Tints,
    ink: string,
    on: ReadonlySet<Overlay>,
    basins: readonly (Int16Array | undefined)[],
  ): void {
    this.renderer.setSize(frame.width, frame.width);
    if (this.landscape !== landscape) this.turn = bestTurn(landscape, USUAL);
    [this.landscape, this.frame] = [landscape, frame];
    if (this.surface?.shown !== frame.shown) {
      this.surface?.mesh.setParent(null);
      this.surface?.mesh.geometry.remove();
      this.surface = new Surface(this.gl, frame, landscape);
      this.surface.mesh.setParent(this.scene);
    }
    this.surface.paint(tints, basins);
    this.axesInk.uniforms.uColor.value = new Color(ink);
    this.lines.draw(frame, traces, k, ink, on);
    this.render();
  }

  private render(): void {
    if (!this.frame) return;
    const away = 6.2; // so that the axes are in sight from every side
    const flat = Math.cos(this.tilt) * away;
    this.camera.position.set(Math.sin(this.turn) * flat, Math.sin(this.tilt) * away + LOW, Math.cos(this.turn) * flat);
    this.camera.lookAt([0, LOW, 0]);
    this.axes.show(this.frame, this.scene, this.camera, this.turn);
    this.renderer.render({ scene: this.scene, camera: this.camera });
  }

  /** Turn by dragging sideways or by the arrow keys; a finger that moves up or down scrolls the page as ever. */
  private listen(): void {
    const { canvas } = this;
    let from: { x: number; y: number; turn: number; tilt: number } | undefined;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      from = { x: event.clientX, y: event.clientY, turn: this.turn, tilt: this.tilt };
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!from) return;
      this.look(from.turn - (event.clientX - from.x) / 110, from.tilt + (event.clientY - from.y) / 160);
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (from = undefined));
    canvas.addEventListener("keydown", (event) => {
      const [turn, tilt] = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.08], ArrowDown: [0, -0.08] }[
        event.key
      ] ?? [0, 0];
      if (!turn && !tilt) return;
      event.preventDefault();
      this.look(this.turn + (turn as number), this.tilt + (tilt as number));
    });
  }

  private look(turn: number, tilt: number): void {
    this.turn = turn;
    this.tilt = Math.min(1.5, Math.max(0.1, tilt));
    this.render();
  }
}

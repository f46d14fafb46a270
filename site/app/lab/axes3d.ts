// Axes of the view in three dimensions: lines on the floor's nearer edges and up its left corner, and labels laid over them.

import { scaleLinear } from "d3-scale";
import { type Camera, Geometry, Mesh, type OGLRenderingContext, type Program, type Transform, Vec3 } from "ogl";
import { html } from "./dom.ts";
import { number } from "./format.ts";
import { type Frame, range } from "./ground.ts";
import type { Landscape } from "./landscapes.ts";
import { TALL } from "./surface3d.ts";

const OUT = 1.07; // the axes' distance from the middle; the landscape reaches to 1
const TICK = 0.05;

export class Axes3d {
  readonly labels = html("div", { class: "labels", "aria-hidden": "true" });
  private mesh: Mesh | undefined;
  private readonly gl: OGLRenderingContext;
  private readonly program: Program;

  constructor(gl: OGLRenderingContext, program: Program) {
    this.gl = gl;
    this.program = program;
  }

  /** Draw the axes as they are best read from where the camera stands. */
  show({ shown, centre, width: size }: Frame, scene: Transform, camera: Camera, turn: number): void {
    const [front, right] = [Math.cos(turn) >= 0 ? 1 : -1, Math.sin(turn) >= 0 ? 1 : -1];
    const [x, y] = shown.variables as [string, string];
    const along = (i: number) =>
      scaleLinear(
        shown.domain.map((at) => at + (centre[i] as number)),
        [-1, 1],
      );
    const [sides, depths] = [along(0), along(1)];
    const up = scaleLinear(range(shown), [0, TALL]);
    const lines: Vec3[] = [];
    const texts: { at: Vec3; text: string; name?: boolean }[] = [];
    const axis = (from: Vec3, to: Vec3) => lines.push(from, to);

    axis(new Vec3(-1, 0, front * OUT), new Vec3(1, 0, front * OUT));
    for (const tick of sides.ticks(5)) {
      axis(new Vec3(sides(tick), 0, front * OUT), new Vec3(sides(tick), 0, front * (OUT + TICK)));
      texts.push({ at: new Vec3(sides(tick), 0, front * (OUT + 0.15)), text: number(tick, 3) });
    }
    texts.push({ at: new Vec3(0.5, 0, front * (OUT + 0.32)), text: x, name: true });
    axis(new Vec3(right * OUT, 0, -1), new Vec3(right * OUT, 0, 1));
    for (const tick of depths.ticks(5)) {
      axis(new Vec3(right * OUT, 0, -depths(tick)), new Vec3(right * (OUT + TICK), 0, -depths(tick)));
      texts.push({ at: new Vec3(right * (OUT + 0.15), 0, -depths(tick)), text: number(tick, 3) });
    }
    texts.push({ at: new Vec3(right * (OUT + 0.32), 0, -0.5), text: y, name: true });
    // Up where the two floor axes do not meet: at the end of the front edge that lies farther aside.
    const [cx, cz] = [-right * OUT, front * OUT];
    axis(new Vec3(cx, 0, cz), new Vec3(cx, TALL, cz));
    for (const tick of up.ticks(4)) {
      axis(new Vec3(cx, up(tick), cz), new Vec3(cx - right * TICK, up(tick), cz));
      texts.push({ at: new Vec3(cx - right * 0.14, up(tick), cz), text: number(tick, 3) });
    }
    texts.push({ at: new Vec3(cx, TALL + 0.13, cz), text: shown.measure === "loss" ? "loss" : "f", name: true });

    this.mesh?.setParent(null);
    this.mesh?.geometry.remove();
    const data = new Float32Array(lines.flatMap((p) => [...p]));
    const geometry = new Geometry(this.gl, { position: { size: 3, data } });
    this.mesh = new Mesh(this.gl, { mode: this.gl.LINES, geometry, program: this.program });
    this.mesh.setParent(scene);

    camera.updateMatrixWorld();
    this.labels.replaceChildren(
      ...texts.map(({ at, text, name = false }) => {
        const place = at.clone();
        camera.project(place);
        const label = html("span", name ? { class: "axis" } : {}, text);
        label.style.left = `${((place.x + 1) / 2) * size}px`;
        label.style.top = `${((1 - place.y) / 2) * size}px`;
        return label;
      }),
    );
  }
}

/** The angle from which most is seen: what is low stands in front of what is high. */
export function bestTurn(landscape: Landscape, usual: number): number {
  const [low, high] = range(landscape);
  const half = landscape.domain[1];
  const places = Array.from({ length: 81 }, (_, i) => [((i % 9) - 4) / 4, (Math.floor(i / 9) - 4) / 4] as const);
  const hidden = (turn: number) =>
    places.reduce((sum, [x, y]) => {
      const level = (landscape.height([x * half, y * half]) - low) / (high - low);
      return Number.isFinite(level) ? sum + level * (Math.sin(turn) * x - Math.cos(turn) * y) : sum;
    }, 0) / places.length;
  const turns = Array.from({ length: 16 }, (_, i) => usual + (i * Math.PI) / 8);
  // A landscape that looks alike from all sides keeps to the usual angle.
  return turns.reduce((best, turn) => (hidden(turn) < hidden(best) - 0.005 ? turn : best));
}

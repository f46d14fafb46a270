// What lies on the ground in three dimensions: the paths, the planes that touch it, arrows of the gradient and level lines.

import { Color, Geometry, Mesh, type OGLRenderingContext, Polyline, Program, Sphere, Transform, Vec3 } from "ogl";
import type { Frame } from "./ground.ts";
import { isInside, type Landscape, type Point } from "./landscapes.ts";
import { ARROWS, levelThrough, type Overlay } from "./overlays.ts";
import type { Trace } from "./plane.ts";
import { place, steepness } from "./surface3d.ts";
import { length } from "./walk.ts";

const PLANE = 0.34; // half a side of the tangent plane

const plainVertex = `attribute vec3 position; uniform mat4 modelViewMatrix, projectionMatrix;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`;
const plainFragment = `precision highp float; uniform vec3 uColor; uniform float uClear;
void main() { gl_FragColor = vec4(uColor, 1.0 - uClear); }`;

/** A colour of its own for whatever is drawn with it, half clear if asked for. */
export const plain = (gl: OGLRenderingContext, colour: string, clear = 0): Program =>
  new Program(gl, {
    vertex: plainVertex,
    fragment: plainFragment,
    uniforms: { uColor: { value: new Color(colour) }, uClear: { value: clear } },
    cullFace: false,
    transparent: clear > 0,
    depthWrite: clear === 0,
  });

export class Lines {
  readonly all = new Transform();
  private readonly gl: OGLRenderingContext;

  constructor(gl: OGLRenderingContext) {
    this.gl = gl;
  }

  draw({ shown, centre }: Frame, traces: readonly Trace[], k: number, ink: string, on: ReadonlySet<Overlay>): void {
    for (const old of [...this.all.children]) {
      old.setParent(null);
      if (old instanceof Mesh) old.geometry.remove();
    }
    if (on.has("field")) this.field(shown, ink);
    for (const { walk, mark } of traces) {
      const here = Math.min(k, walk.points.length - 1);
      const points = walk.points.slice(0, here + 1).map((p) => p.map((x, i) => x - (centre[i] as number)));
      const end = points[here] as Point;
      for (const stretch of stretches(shown, points)) this.line(shown, stretch, mark.colour, 3);
      if (!isInside(shown, end)) continue;
      if (on.has("level"))
        for (const ring of levelThrough(shown, end))
          for (const part of within(shown, ring)) this.line(shown, part, mark.colour, 1.6);
      this.ball(shown, end, mark.colour);
      this.plane(shown, end, walk.gradients[here] as Point, mark.colour);
    }
  }

  private line(landscape: Landscape, points: readonly Point[], colour: string, thickness: number): void {
    if (points.length < 2) return;
    const uniforms = { uColor: { value: new Color(colour) }, uThickness: { value: thickness } };
    const lifted = points.map((p) => place(landscape, p, 0.012));
    new Polyline(this.gl, { points: lifted, uniforms } as never).mesh.setParent(this.all);
  }

  private ball(landscape: Landscape, at: Point, colour: string): void {
    const geometry = new Sphere(this.gl, { radius: 0.032, widthSegments: 20 });
    const ball = new Mesh(this.gl, { geometry, program: plain(this.gl, colour) });
    ball.position.copy(place(landscape, at, 0.02));
    ball.setParent(this.all);
  }

  /** The plane that touches the ground where a walk stands, half clear; its slopes along x and y are the gradient. */
  private plane(landscape: Landscape, at: Point, [gx = 0, gy = 0]: Point, colour: string): void {
    const steep = steepness(landscape);
    const along = new Vec3(1, gx * steep, 0).normalize().scale(PLANE);
    const away = new Vec3(0, gy * steep, -1).normalize().scale(PLANE);
    const signs = [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ];
    const corners = signs.map(([a = 0, b = 0]) =>
      place(landscape, at, 0.015).add(along.clone().scale(a)).add(away.clone().scale(b)),
    );
    const geometry = new Geometry(this.gl, {
      position: { size: 3, data: new Float32Array(corners.flatMap((corner) => [...corner])) },
      index: { data: new Uint16Array([0, 1, 2, 2, 1, 3]) },
    });
    new Mesh(this.gl, { geometry, program: plain(this.gl, colour, 0.6) }).setParent(this.all);
  }

  /** Needles uphill, as long as the arrows on the map: lengths tell powers of ten apart. */
  private field(landscape: Landscape, ink: string): void {
    const half = landscape.domain[1];
    const cell = (2 * half) / ARROWS;
    const ticks = Array.from({ length: ARROWS }, (_, i) => -half + cell * (i + 0.5));
    const spots = ticks.flatMap((y) => ticks.map((x) => ({ x, y, g: landscape.gradient([x, y]) })));
    const steepest = Math.max(...spots.map(({ g }) => length(g)).filter(Number.isFinite));
    const corners = spots.flatMap(({ x, y, g: [gx = 0, gy = 0] }) => {
      const steep = Math.hypot(gx, gy);
      if (!Number.isFinite(steep) || steep === 0) return [];
      const size = 0.46 * cell * Math.max(0.12, 1 + Math.log10(steep / steepest) / 3);
      const [dx, dy] = [(gx / steep) * size, (gy / steep) * size];
      const [wx, wy] = [(-gy / steep) * 0.09 * cell, (gx / steep) * 0.09 * cell];
      return [
        [x - dx + wx, y - dy + wy],
        [x - dx - wx, y - dy - wy],
        [x + dx, y + dy],
      ].map((p) => place(landscape, p, 0.014));
    });
    const data = new Float32Array(corners.flatMap((corner) => [...corner]));
    const geometry = new Geometry(this.gl, { position: { size: 3, data } });
    new Mesh(this.gl, { geometry, program: plain(this.gl, ink, 0.25) }).setParent(this.all);
  }
}

/** A ring without what lies on the border: there it only closes round what is higher. */
function within({ domain: [low, high] }: Landscape, ring: readonly Point[]): Point[][] {
  const parts: Point[][] = [[]];
  for (const p of ring) {
    if (p.every((x) => x > low && x < high)) parts.at(-1)?.push(p);
    else if (parts.at(-1)?.length) parts.push([]);
  }
  return parts;
}

/** The parts of a path that lie in the picture, with points between so that a leap follows the ground. */
function stretches(landscape: Landscape, points: readonly Point[]): Point[][] {
  const found: Point[][] = [[]];
  const limit = landscape.domain[1] / 40;
  points.forEach((p, i) => {
    const before = points[i - 1] ?? p;
    const leap = Math.hypot(...p.map((x, j) => x - (before[j] as number)));
    const parts = Math.min(400, Math.max(1, Math.ceil(leap / limit)));
    for (let part = 1; part <= parts; part++) {
      const between = p.map((x, j) => (before[j] as number) + (x - (before[j] as number)) * (part / parts));
      const current = found[found.length - 1] as Point[];
      const last = current[current.length - 1];
      if (!isInside(landscape, between)) {
        if (last) found.push([]);
      } else if (!last || Math.hypot(...between.map((x, j) => x - (last[j] as number))) > 0.15 * limit)
        current.push(between);
    }
  });
  return found;
}

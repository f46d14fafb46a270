// The same landscape in three dimensions, by WebGL; loaded when somebody asks for it, drawn only when something changes.

import {
  Camera,
  Color,
  Geometry,
  Mesh,
  type OGLRenderingContext,
  Polyline,
  Program,
  Renderer,
  Sphere,
  Transform,
  Vec3,
} from "ogl";
import { Axes3d, bestTurn } from "./axes3d.ts";
import { range } from "./ground.ts";
import { isInside, type Landscape, type Point } from "./landscapes.ts";
import type { Trace } from "./plane.ts";

const CELLS = 120; // along a side of the mesh
const TALL = 1.1; // height of the landscape where its side is 2

const USUAL = -0.6; // round the landscape, in radians
const PLANE = 0.34; // half a side of the tangent plane

export interface Tints {
  low: string;
  middle: string;
  high: string;
  ink: string;
}

const surfaceVertex = `#version 300 es
in vec3 position; in vec3 normal; in float level;
uniform mat4 modelViewMatrix, projectionMatrix; uniform mat3 normalMatrix;
out vec3 vNormal; out float vLevel;
void main() {
  vNormal = normal; vLevel = level;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const surfaceFragment = `#version 300 es
precision highp float;
in vec3 vNormal; in float vLevel;
uniform vec3 uLow, uMiddle, uHigh; uniform float uBend;
out vec4 colour;
void main() {
  float light = 0.62 + 0.38 * max(0.0, dot(normalize(vNormal), normalize(vec3(-0.5, 0.9, 0.35))));
  float line = pow(max(vLevel, 0.0), 1.0 / uBend) * 18.0;
  float ink = 1.0 - smoothstep(0.0, 1.3, abs(fract(line - 0.5) - 0.5) / max(fwidth(line), 1e-4));
  float share = 2.0 * pow(max(vLevel, 0.0), 1.0 / uBend);
  vec3 ground = mix(mix(uLow, uMiddle, min(share, 1.0)), uHigh, max(share - 1.0, 0.0)) * light;
  colour = vec4(mix(ground, ground * 0.62, ink * 0.6), 1.0);
}`;

const plainVertex = `attribute vec3 position; uniform mat4 modelViewMatrix, projectionMatrix;
void main() { gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0); }`;
const plainFragment = `precision highp float; uniform vec3 uColor; uniform float uClear;
void main() { gl_FragColor = vec4(uColor, 1.0 - uClear); }`;

/** Whether this browser draws in three dimensions; asked before anything complains that it does not. */
export const canDraw = (): boolean => document.createElement("canvas").getContext("webgl2") !== null;

export class View3d {
  readonly canvas: HTMLCanvasElement;
  private readonly renderer: Renderer;
  private readonly gl: OGLRenderingContext;
  private readonly camera: Camera;
  private readonly scene = new Transform();
  private readonly paths = new Transform();
  private surface: { mesh: Mesh; landscape: Landscape } | undefined;
  private landscape: Landscape | undefined;
  private readonly axes: Axes3d;
  private readonly axesInk: Program;
  private size = 0;
  private turn = USUAL;
  private tilt = 0.62; // above the horizon

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas;
    this.renderer = new Renderer({ canvas, alpha: true, antialias: true, dpr: window.devicePixelRatio || 1 });
    this.gl = this.renderer.gl;
    this.camera = new Camera(this.gl, { fov: 34 });
    this.paths.setParent(this.scene);
    this.axesInk = this.plain("#888");
    this.axes = new Axes3d(this.gl, this.axesInk);
    canvas.after(this.axes.labels);
    this.listen();
  }

  show(landscape: Landscape, traces: Trace[], k: number, size: number, tints: Tints): void {
    this.renderer.setSize(size, size);
    this.size = size;
    this.landscape = landscape;
    if (this.surface?.landscape !== landscape) {
      this.surface?.mesh.setParent(null);
      this.surface = { mesh: this.mesh(landscape), landscape };
      this.surface.mesh.setParent(this.scene);
      this.turn = bestTurn(landscape, USUAL);
    }
    this.axesInk.uniforms.uColor.value = new Color(tints.ink);
    const uniforms = this.surface.mesh.program.uniforms;
    uniforms.uLow.value = new Color(tints.low);
    uniforms.uMiddle.value = new Color(tints.middle);
    uniforms.uHigh.value = new Color(tints.high);
    for (const old of [...this.paths.children]) {
      old.setParent(null);
      if (old instanceof Mesh) old.geometry.remove();
    }
    for (const trace of traces) this.path(landscape, trace, k);
    for (const trace of traces) this.tangentPlane(landscape, trace, k);
    this.render();
  }

  private render(): void {
    const away = 6.2; // so that the axes are in sight from every side
    const flat = Math.cos(this.tilt) * away;
    this.camera.position.set(Math.sin(this.turn) * flat, Math.sin(this.tilt) * away + 0.3, Math.cos(this.turn) * flat);
    this.camera.lookAt([0, 0.4, 0]);
    if (this.landscape) this.axes.show(this.landscape, this.scene, this.camera, this.turn, TALL, this.size);
    this.renderer.render({ scene: this.scene, camera: this.camera });
  }

  /** A point of the landscape in the scene: x to the right, y away from the viewer, height up. */
  private place(landscape: Landscape, [x = 0, y = 0]: Point, lift = 0): Vec3 {
    const [low, high] = range(landscape);
    const half = landscape.domain[1];
    const level = (landscape.height([x, y]) - low) / (high - low);
    return new Vec3(x / half, level * TALL + lift, -y / half);
  }

  private mesh(landscape: Landscape): Mesh {
    const side = CELLS + 1;
    const [position, normal, level] = [
      new Float32Array(side * side * 3),
      new Float32Array(side * side * 3),
      new Float32Array(side * side),
    ];
    const [low, high] = range(landscape);
    const half = landscape.domain[1];
    const steep = (TALL * half) / (high - low);
    for (let i = 0; i < side * side; i++) {
      const p = [((i % side) / CELLS) * 2 * half - half, (Math.floor(i / side) / CELLS) * 2 * half - half];
      const at = this.place(landscape, p);
      position.set(at, i * 3);
      const [gx = 0, gy = 0] = landscape.gradient(p);
      normal.set([-gx * steep, 1, gy * steep], i * 3);
      level[i] = at.y / TALL;
    }
    const index = new Uint32Array(CELLS * CELLS * 6);
    for (let i = 0, at = 0; i < CELLS * side; i++) {
      if (i % side === CELLS) continue;
      index.set([i, i + 1, i + side, i + side, i + 1, i + side + 1], at);
      at += 6;
    }
    const geometry = new Geometry(this.gl, {
      position: { size: 3, data: position },
      normal: { size: 3, data: normal },
      level: { size: 1, data: level },
      index: { data: index },
    });
    const uniforms = {
      uLow: { value: new Color() },
      uMiddle: { value: new Color() },
      uHigh: { value: new Color() },
      uBend: { value: landscape.bend },
    };
    const program = new Program(this.gl, {
      vertex: surfaceVertex,
      fragment: surfaceFragment,
      uniforms,
      cullFace: false,
    });
    return new Mesh(this.gl, { geometry, program });
  }

  private path(landscape: Landscape, { walk, mark }: Trace, k: number): void {
    const color = new Color(mark.colour);
    const here = Math.min(k, walk.points.length - 1);
    for (const stretch of stretches(landscape, walk.points.slice(0, here + 1))) {
      if (stretch.length < 2) continue;
      const points = stretch.map((p) => this.place(landscape, p, 0.012));
      new Polyline(this.gl, {
        points,
        uniforms: { uColor: { value: color }, uThickness: { value: 3 } },
      } as never).mesh.setParent(this.paths);
    }
    const end = walk.points[here] as Point;
    if (!isInside(landscape, end)) return;
    const program = this.plain(mark.colour);
    const ball = new Mesh(this.gl, { geometry: new Sphere(this.gl, { radius: 0.032, widthSegments: 20 }), program });
    ball.position.copy(this.place(landscape, end, 0.02));
    ball.setParent(this.paths);
  }

  /** The plane that touches the ground where a walk stands, half clear; its slopes along x and y are the gradient. */
  private tangentPlane(landscape: Landscape, { walk, mark }: Trace, k: number): void {
    const here = Math.min(k, walk.points.length - 1);
    const point = walk.points[here] as Point;
    if (!isInside(landscape, point)) return;
    const [low, high] = range(landscape);
    const steep = (TALL * landscape.domain[1]) / (high - low);
    const [gx = 0, gy = 0] = walk.gradients[here] as Point;
    const along = new Vec3(1, gx * steep, 0).normalize().scale(PLANE);
    const away = new Vec3(0, gy * steep, -1).normalize().scale(PLANE);
    const corners = [
      [-1, -1],
      [1, -1],
      [-1, 1],
      [1, 1],
    ].map(([a = 0, b = 0]) =>
      this.place(landscape, point, 0.015).add(along.clone().scale(a)).add(away.clone().scale(b)),
    );
    const geometry = new Geometry(this.gl, {
      position: { size: 3, data: new Float32Array(corners.flatMap((corner) => [...corner])) },
      index: { data: new Uint16Array([0, 1, 2, 2, 1, 3]) },
    });
    new Mesh(this.gl, { geometry, program: this.plain(mark.colour, 0.6) }).setParent(this.paths);
  }

  private plain(colour: string, clear = 0): Program {
    const uniforms = { uColor: { value: new Color(colour) }, uClear: { value: clear } };
    const program = new Program(this.gl, {
      vertex: plainVertex,
      fragment: plainFragment,
      uniforms,
      cullFace: false,
      transparent: clear > 0,
      depthWrite: clear === 0,
    });
    return program;
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
    if (this.landscape) this.render();
  }
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
      } else if (!last || Math.hypot(...between.map((x, j) => x - (last[j] as number))) > 1e-3 * limit)
        current.push(between);
    }
  });
  return found;
}

// The ground in three dimensions: a mesh over the part of the landscape that is shown, with its contour lines and basins.

import { Color, Geometry, Mesh, type OGLRenderingContext, Program, Texture, Vec3 } from "ogl";
import { CELLS as BASINS, tinted } from "./basins.ts";
import { type Frame, range } from "./ground.ts";
import type { Landscape, Point } from "./landscapes.ts";

const CELLS = 120; // along a side of the mesh
export const TALL = 1.1; // height of the landscape where its side is 2

const surfaceVertex = `#version 300 es
in vec3 position; in vec3 normal; in float level;
uniform mat4 modelViewMatrix, projectionMatrix; uniform mat3 normalMatrix;
uniform vec3 uPart;
out vec3 vNormal; out float vLevel; out vec2 vPlace;
void main() {
  vNormal = normal; vLevel = level; vPlace = uPart.xy + uPart.z * vec2(position.x, -position.z);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const surfaceFragment = `#version 300 es
precision highp float;
in vec3 vNormal; in float vLevel; in vec2 vPlace;
uniform vec3 uLow, uMiddle, uHigh; uniform float uBend; uniform sampler2D uBasins;
out vec4 colour;
void main() {
  float light = 0.62 + 0.38 * max(0.0, dot(normalize(vNormal), normalize(vec3(-0.5, 0.9, 0.35))));
  float line = pow(max(vLevel, 0.0), 1.0 / uBend) * 18.0;
  float ink = 1.0 - smoothstep(0.0, 1.3, abs(fract(line - 0.5) - 0.5) / max(fwidth(line), 1e-4));
  float share = 2.0 * pow(max(vLevel, 0.0), 1.0 / uBend);
  vec3 ground = mix(mix(uLow, uMiddle, min(share, 1.0)), uHigh, max(share - 1.0, 0.0));
  vec4 basin = texture(uBasins, vPlace);
  ground = mix(ground, basin.rgb, basin.a) * light;
  colour = vec4(mix(ground, ground * 0.62, ink * 0.6), 1.0);
}`;

/** A point of what is shown in the scene: x to the right, y away from the viewer, height up. */
export function place(landscape: Landscape, [x = 0, y = 0]: Point, lift = 0): Vec3 {
  const [low, high] = range(landscape);
  const half = landscape.domain[1];
  const level = (landscape.height([x, y]) - low) / (high - low);
  return new Vec3(x / half, level * TALL + lift, -y / half);
}

/** How much steeper slopes look in the scene than they are. */
export function steepness(landscape: Landscape): number {
  const [low, high] = range(landscape);
  return (TALL * landscape.domain[1]) / (high - low);
}

/** The colours of the ground, from low to high. */
export interface Tints {
  low: string;
  middle: string;
  high: string;
}

export class Surface {
  readonly mesh: Mesh;
  readonly shown: Landscape;
  private readonly basins: Texture;

  /** The part of a landscape that a frame shows; `whole` is the landscape itself, over which basins are counted. */
  constructor(gl: OGLRenderingContext, { shown, centre }: Frame, whole: Landscape) {
    this.shown = shown;
    this.basins = new Texture(gl, {
      width: BASINS,
      height: BASINS,
      generateMipmaps: false,
      minFilter: gl.NEAREST,
      magFilter: gl.NEAREST,
      flipY: false,
    });
    const [low, high] = whole.domain;
    const [cx = 0, cy = 0] = centre;
    const part = new Vec3((cx - low) / (high - low), (cy - low) / (high - low), shown.domain[1] / (high - low));
    const uniforms = {
      uLow: { value: new Color() },
      uMiddle: { value: new Color() },
      uHigh: { value: new Color() },
      uBend: { value: shown.bend },
      uPart: { value: part },
      uBasins: { value: this.basins },
    };
    const program = new Program(gl, { vertex: surfaceVertex, fragment: surfaceFragment, uniforms, cullFace: false });
    this.mesh = new Mesh(gl, { geometry: geometryOf(gl, shown), program });
  }

  /** Put on the colours of the theme, and the basins as far as they are known. */
  paint({ low, middle, high }: Tints, rows: readonly (Int16Array | undefined)[]): void {
    const { uniforms } = this.mesh.program;
    uniforms.uLow.value = new Color(low);
    uniforms.uMiddle.value = new Color(middle);
    uniforms.uHigh.value = new Color(high);
    this.basins.image = tinted(rows, BASINS);
    this.basins.needsUpdate = true;
  }
}

function geometryOf(gl: OGLRenderingContext, landscape: Landscape): Geometry {
  const side = CELLS + 1;
  const [position, normal, level] = [side * side * 3, side * side * 3, side * side].map((n) => new Float32Array(n)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const half = landscape.domain[1];
  const steep = steepness(landscape);
  for (let i = 0; i < side * side; i++) {
    const p = [((i % side) / CELLS) * 2 * half - half, (Math.floor(i / side) / CELLS) * 2 * half - half];
    const at = place(landscape, p);
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
  return new Geometry(gl, {
    position: { size: 3, data: position },
    normal: { size: 3, data: normal },
    level: { size: 1, data: level },
    index: { data: index },
  });
}

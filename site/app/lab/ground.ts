// The ground under the paths: a curve or a contour map with its axes, drawn once for a landscape and a size.

import { axisBottom, axisLeft } from "d3-axis";
import { contours } from "d3-contour";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { grid } from "./critical.ts";
import { svg } from "./dom.ts";
import type { Landscape, Point } from "./landscapes.ts";

export interface Frame {
  width: number;
  height: number;
  x: ScaleLinear<number, number>;
  y: ScaleLinear<number, number>;
  shown: Landscape; // the part that is seen, moved so that its middle is the origin
  centre: Point; // that middle
}

/** A part of the picture: its middle, and how many times as large it is shown. */
export interface View {
  centre: Point;
  times: number;
}

export const MOST_TIMES = 64;

/** A view that shows a place, so many times as large as the whole, and nothing beyond the picture. */
export function viewOf(landscape: Landscape, place: Point, times: number): View | undefined {
  if (times <= 1) return undefined;
  const [low, high] = landscape.domain;
  const half = (high - low) / 2 / times;
  return { times, centre: place.map((x) => Math.min(high - half, Math.max(low + half, x))) };
}

/** The part of a landscape that a view shows, with its middle moved to the origin. */
function part(landscape: Landscape, { centre, times }: View): Landscape {
  const [low, high] = landscape.domain;
  const half = (high - low) / 2 / times;
  const there = (p: Point) => p.map((x, i) => x + (centre[i] as number));
  return {
    ...landscape,
    domain: [-half, half],
    height: (p) => landscape.height(there(p)),
    gradient: (p) => landscape.gradient(there(p)),
  };
}

export const isFlat = (landscape: Landscape): boolean => landscape.variables.length === 1;
const MARGIN = { left: 38, right: 10, top: 10, bottom: 34 };
export const mapSize = 110; // squares along a side of the map: finer than a pixel's worth of error at any width in use

const once = <T>(make: (landscape: Landscape) => T) => {
  const made = new WeakMap<Landscape, T>();
  return (landscape: Landscape): T => {
    if (!made.has(landscape)) made.set(landscape, make(landscape));
    return made.get(landscape) as T;
  };
};

/** The heights of a grid over the picture: of a map row by row, from below. */
export const heightsOf = once((landscape): readonly number[] =>
  grid(landscape, isFlat(landscape) ? 400 : mapSize).map((p) => landscape.height(p)),
);

/** Lowest and highest value in the picture. */
export const range = once((landscape): [number, number] => {
  const heights = heightsOf(landscape).filter(Number.isFinite);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  return low < high ? [low, high] : [low - 1, high + 1];
});

/** The scales of a picture so many pixels wide: a square for a map, so that both axes have the same scale. */
export function frame(landscape: Landscape, width: number, view?: View): Frame {
  const shown = view ? part(landscape, view) : landscape;
  const centre = view ? view.centre : landscape.variables.map(() => 0);
  const along = (i: number) => shown.domain.map((x) => x + (centre[i] as number));
  const inner = width - MARGIN.left - MARGIN.right;
  const height = MARGIN.top + MARGIN.bottom + (isFlat(landscape) ? Math.min(0.72 * inner, 460) : inner);
  const [low, high] = range(shown);
  const room = 0.07 * (high - low);
  const x = scaleLinear(along(0), [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear(isFlat(landscape) ? [low - room, high + room] : along(1), [height - MARGIN.bottom, MARGIN.top]);
  return { width, height, x, y, shown, centre };
}

/** Contour bands as SVG paths over a square of mapSize + 1 cells, each with its height from 0 to 1; computed once. */
const bands = once((landscape): { path: string; t: number }[] => {
  const [low, high] = range(landscape);
  const count = 18;
  const levels = Array.from({ length: count }, (_, i) => low + (high - low) * (i / count) ** landscape.bend);
  const size = mapSize + 1;
  const line = (ring: number[][]) =>
    `M${ring.map(([x = 0, y = 0]) => `${x.toFixed(2)},${(size - y).toFixed(2)}`).join("L")}Z`;
  return contours()
    .size([size, size])
    .thresholds(levels)([...heightsOf(landscape)])
    .map(({ coordinates }, i) => ({ path: coordinates.flat().map(line).join(""), t: i / (count - 1) }));
});

export function drawGround(ground: SVGSVGElement, landscape: Landscape, at: Frame): void {
  const { width, height, x, y } = at;
  const [left, right, top, bottom] = [...x.range(), y.range()[1], y.range()[0]] as [number, number, number, number];
  ground.setAttribute("viewBox", `0 0 ${width} ${height}`);
  ground.setAttribute("width", String(width));
  ground.setAttribute("height", String(height));
  const axes = svg("g", { class: "axes" });
  const across = axisBottom(x)
    .ticks(width < 330 ? 5 : 7)
    .tickSize(4)
    .tickSizeOuter(0);
  const up = axisLeft(y)
    .ticks(isFlat(landscape) ? 5 : 7)
    .tickSize(4)
    .tickSizeOuter(0);
  select(axes).append("g").attr("transform", `translate(0,${bottom})`).call(across);
  select(axes).append("g").attr("transform", `translate(${left},0)`).call(up);
  const [first = "", second = ""] = landscape.variables;
  axes.append(
    svg("text", { class: "name", x: right, y: bottom + 30, "text-anchor": "end" }, first),
    svg("text", { class: "name", x: 4, y: top + 10 }, second || (landscape.measure === "loss" ? "loss" : "f")),
  );
  const key = isFlat(landscape) ? "line: the tangent" : "arrow: the gradient, uphill";
  axes.append(svg("text", { class: "key", x: left, y: bottom + 30 }, key));
  ground.replaceChildren(isFlat(landscape) ? curve(at) : map(at.shown, left, top, right - left), axes);
}

function curve({ shown: landscape, centre: [middle = 0], x, y }: Frame): SVGElement {
  const heights = heightsOf(landscape);
  // Where a typed function has no value there is no line, and no earth below one.
  const whole = heights.every(Number.isFinite);
  const points = grid(landscape, 400).map(([at = 0], i) => {
    const height = heights[i] as number;
    return Number.isFinite(height) ? `${x(middle + at).toFixed(1)},${y(height).toFixed(1)}` : "";
  });
  const line = points.map((at, i) => at && (i && points[i - 1] ? "L" : "M") + at);
  const [left, right] = x.range() as [number, number];
  const floor = y.range()[0] as number;
  return svg(
    "g",
    {},
    ...(whole ? [svg("path", { class: "earth", d: `M${left},${floor}L${points.join("L")}L${right},${floor}Z` })] : []),
    svg("path", { class: "curve", d: line.join("") }),
  );
}

function map(landscape: Landscape, left: number, top: number, side: number): SVGElement {
  // d3-contour puts the first value at 0.5, so half a cell on each side hangs over the picture's edge.
  const view = { x: left, y: top, width: side, height: side, viewBox: `0.5 0.5 ${mapSize} ${mapSize}` };
  const paths = bands(landscape).map(({ path, t }) =>
    svg("path", { class: "band", d: path, style: `--t:${t.toFixed(3)}` }),
  );
  return svg("svg", { ...view, preserveAspectRatio: "none" }, ...paths);
}

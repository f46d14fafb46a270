// The cloud with its line and the batch's residuals, and beside it the landscape over slope and height that the batch sees.

import { axisBottom, axisLeft } from "d3-axis";
import { type ScaleLinear, scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { svg } from "../lab/dom.ts";
import { type Bowl, bowl, type Sample, type Theta } from "./samples.ts";

const MARGIN = { left: 36, right: 10, top: 24, bottom: 32 };
const LEVELS = [0.003, 0.015, 0.05, 0.12, 0.25, 0.5, 0.9, 1.5];
const SLOPES = [-0.5, 2.5];
const HEIGHTS = [-2, 1];
const FARTHEST = 40; // of a valley without end: far beyond the picture

type Scale = ScaleLinear<number, number>;

function scales(
  picture: SVGSVGElement,
  width: number,
  height: number,
  across: number[],
  up: number[],
  names: [string, string],
) {
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height }))
    picture.setAttribute(name, String(value));
  const x = scaleLinear(across, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear(up, [height - MARGIN.bottom, MARGIN.top]);
  const axes = svg("g", { class: "axes" });
  const floor = height - MARGIN.bottom;
  select(axes)
    .append("g")
    .attr("transform", `translate(0,${floor})`)
    .call(axisBottom(x).ticks(5).tickSize(4).tickSizeOuter(0));
  select(axes)
    .append("g")
    .attr("transform", `translate(${MARGIN.left},0)`)
    .call(axisLeft(y).ticks(5).tickSize(4).tickSizeOuter(0));
  axes.append(
    svg("text", { class: "name", x: width - MARGIN.right, y: floor + 29, "text-anchor": "end" }, names[0]),
    svg("text", { class: "name", x: 4, y: 12 }, names[1]),
  );
  return { x, y, axes };
}

export function drawCloud(
  picture: SVGSVGElement,
  samples: readonly Sample[],
  batch: ReadonlySet<number>,
  [slope, rise]: Theta,
  width: number,
  height: number,
): void {
  const { x, y, axes } = scales(picture, width, height, [-1.1, 1.1], [-3, 2], ["x", "y"]);
  const line = (at: number) => slope * at + rise;
  const chosen = samples.filter((_, i) => batch.has(i));
  picture.replaceChildren(
    axes,
    ...samples
      .filter((_, i) => !batch.has(i))
      .map((one) => svg("circle", { class: "sample", cx: x(one.x), cy: y(one.y), r: 2 })),
    ...chosen.map((one) =>
      svg("line", { class: "residual", x1: x(one.x), x2: x(one.x), y1: y(one.y), y2: y(line(one.x)) }),
    ),
    ...chosen.map((one) => svg("circle", { class: "chosen", cx: x(one.x), cy: y(one.y), r: 3 })),
    svg("line", { class: "answer", x1: x(-1.1), x2: x(1.1), y1: y(line(-1.1)), y2: y(line(1.1)) }),
  );
}

/** The line of equal loss so far above the least, as an SVG path. */
export function ring({ lowest, bends, along }: Bowl, level: number, x: Scale, y: Scale): string {
  const [near, far] = bends.map((bend) => Math.min(FARTHEST, Math.sqrt((2 * level) / Math.max(bend, 1e-12)))) as [
    number,
    number,
  ];
  const points = Array.from({ length: 181 }, (_, i) => {
    const turn = (i / 90) * Math.PI;
    const [a, b] = [near * Math.cos(turn), far * Math.sin(turn)];
    return `${x(lowest[0] + a * along[0] - b * along[1]).toFixed(1)},${y(lowest[1] + a * along[1] + b * along[0]).toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

export function drawLandscape(
  picture: SVGSVGElement,
  samples: readonly Sample[],
  batch: readonly Sample[],
  path: readonly Theta[],
  width: number,
  height: number,
): void {
  const { x, y, axes } = scales(picture, width, height, SLOPES, HEIGHTS, ["slope", "height at 0"]);
  const [seen, whole] = [bowl(batch), bowl(samples)];
  const [left, top] = [MARGIN.left, MARGIN.top];
  const frame = { x: left, y: top, width: width - left - MARGIN.right, height: height - top - MARGIN.bottom };
  const here = path[path.length - 1] as Theta;
  const walked = path.map(([slope, rise]) => `${x(slope).toFixed(1)},${y(rise).toFixed(1)}`);
  const cross = [x(whole.lowest[0]), y(whole.lowest[1])] as const;
  const view = { ...frame, viewBox: `${frame.x} ${frame.y} ${frame.width} ${frame.height}` };
  picture.replaceChildren(
    svg(
      "svg",
      view,
      svg("rect", { class: "floor", ...frame }),
      ...[...LEVELS].reverse().map((level) => svg("path", { class: "level", d: ring(seen, level, x, y) })),
      ...LEVELS.filter((_, i) => i % 2).map((level) => svg("path", { class: "whole", d: ring(whole, level, x, y) })),
      svg("path", { class: "trail edge", d: `M${walked.join("L")}` }),
      svg("path", { class: "trail", d: `M${walked.join("L")}` }),
      svg("path", { class: "goal", d: `M${cross[0] - 6},${cross[1]}h12M${cross[0]},${cross[1] - 6}v12` }),
      svg("circle", { class: "given", cx: x(here[0]), cy: y(here[1]), r: 5.5 }),
    ),
    axes,
  );
}

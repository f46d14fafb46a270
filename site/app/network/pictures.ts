// Three pictures of a network at one moment of its training: its neurons and weights, its curve, its loss so far.

import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear, scaleLog } from "d3-scale";
import { select } from "d3-selection";
import { svg } from "../lab/dom.ts";
import { number } from "../lab/format.ts";
import { answer, hidden, type Weights, X, Y } from "./network.ts";

const DOMAIN: [number, number] = [-3, 3];
const MARGIN = { left: 34, right: 8, top: 12, bottom: 32 };
const INPUTS = Array.from({ length: 121 }, (_, i) => DOMAIN[0] + (i / 120) * (DOMAIN[1] - DOMAIN[0]));

function sized(picture: SVGSVGElement, width: number, height: number): void {
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height }))
    picture.setAttribute(name, String(value));
}

/** A weight as a line: the wider the larger, whole where it adds, dashed where it takes away. */
function wire(from: readonly [number, number], to: readonly [number, number], weight: number): SVGElement {
  const width = 1 + 2.2 * Math.log2(1 + Math.abs(weight));
  return svg("path", {
    class: weight < 0 ? "wire less" : "wire",
    d: `M${from}L${to}`,
    "stroke-width": Math.min(width, 9),
  });
}

export function drawDiagram(picture: SVGSVGElement, weights: Weights, width: number, height: number): void {
  sized(picture, width, height);
  const { w, v } = weights;
  const radius = Math.min(19, (0.42 * height) / w.length);
  const [left, middle, right] = [24, width / 2, width - 28];
  const up = (j: number): number => ((j + 0.5) / w.length) * height;
  const centre = height / 2;
  const neurons = w.map((_, j) => {
    const line = INPUTS.map((x) => {
      const across = middle + (x / 3) * radius * 0.75;
      return `${across.toFixed(1)},${(up(j) + radius * (0.6 - 1.2 * (hidden(weights, x)[j] as number))).toFixed(1)}`;
    });
    return svg(
      "g",
      {},
      svg("circle", { class: "cell", cx: middle, cy: up(j), r: radius }),
      svg("path", { class: "inner", d: `M${line.join("L")}` }),
    );
  });
  picture.replaceChildren(
    ...w.map((weight, j) => wire([left, centre], [middle, up(j)], weight)),
    ...v.map((weight, j) => wire([middle, up(j)], [right, centre], weight)),
    svg("circle", { class: "cell", cx: left, cy: centre, r: 15 }),
    svg("text", { x: left, y: centre + 4, "text-anchor": "middle" }, "x"),
    ...neurons,
    svg("circle", { class: "cell", cx: right, cy: centre, r: 19 }),
    svg("text", { x: right, y: centre + 4, "text-anchor": "middle" }, "f(x)"),
  );
}

export function drawFit(picture: SVGSVGElement, weights: Weights, width: number, height: number): void {
  sized(picture, width, height);
  const x = scaleLinear(DOMAIN, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, 1], [height - MARGIN.bottom, MARGIN.top]);
  const path = (value: (at: number) => number) =>
    `M${INPUTS.map((at) => `${x(at).toFixed(1)},${y(value(at)).toFixed(1)}`).join("L")}`;
  const axes = svg("g", { class: "axes" });
  select(axes)
    .append("g")
    .attr("transform", `translate(0,${y(0)})`)
    .call(axisBottom(x).ticks(5).tickSize(4).tickSizeOuter(0));
  select(axes)
    .append("g")
    .attr("transform", `translate(${MARGIN.left},0)`)
    .call(axisLeft(y).tickValues([0, 0.5, 1]).tickSize(4).tickSizeOuter(0));
  axes.append(svg("text", { class: "name", x: width - MARGIN.right, y: y(0) + 29, "text-anchor": "end" }, "input x"));
  picture.replaceChildren(
    axes,
    ...weights.w.map((_, j) => svg("path", { class: "part", d: path((at) => hidden(weights, at)[j] as number) })),
    ...X.map((at, i) =>
      svg("line", { class: "miss", x1: x(at), x2: x(at), y1: y(answer(weights, at)), y2: y(Y[i] as number) }),
    ),
    svg("path", { class: "answer", d: path((at) => answer(weights, at)) }),
    ...X.map((at, i) => svg("circle", { class: "datum", cx: x(at), cy: y(Y[i] as number), r: 5.5 })),
  );
}

/** The loss at each epoch up to now, on an axis of powers of ten. */
export function drawLosses(
  picture: SVGSVGElement,
  losses: readonly number[],
  k: number,
  width: number,
  height: number,
): void {
  sized(picture, width, height);
  const least = Math.min(0.1, ...losses);
  const floor = 10 ** Math.max(-16, Math.floor(Math.log10(Math.max(least, 1e-16))));
  const x = scaleLinear([0, losses.length - 1], [52, width - MARGIN.right]);
  const y = scaleLog([floor, 10], [height - 24, 22]).clamp(true);
  const ticks = [10, 0.1, 1e-3, 1e-5, 1e-7, 1e-9].filter((tick) => tick >= floor).slice(0, 5);
  const line = losses.slice(0, k + 1).map((loss, i) => `${x(i).toFixed(1)},${y(loss).toFixed(1)}`);
  picture.replaceChildren(
    svg("text", { x: 4, y: 12 }, "loss at each epoch (logarithmic)"),
    ...ticks.flatMap((tick) => [
      svg("line", { class: "rule", x1: 52, x2: width - MARGIN.right, y1: y(tick), y2: y(tick) }),
      svg("text", { x: 46, y: y(tick) + 4, "text-anchor": "end" }, number(tick)),
    ]),
    svg("path", { class: "answer", d: `M${line.join("L")}` }),
    svg("circle", { class: "given", cx: x(k), cy: y(losses[k] as number), r: 4.5 }),
  );
}

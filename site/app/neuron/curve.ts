// The neuron's curve over its input, through or past the two data points, with a stroke for each miss.

import { axisBottom, axisLeft } from "d3-axis";
import { scaleLinear } from "d3-scale";
import { select } from "d3-selection";
import { svg } from "../lab/dom.ts";
import { answer, X, Y } from "../lab/neuron.ts";

const DOMAIN: [number, number] = [-1, 4];
const MARGIN = { left: 34, right: 10, top: 24, bottom: 32 };

export function drawCurve(picture: SVGSVGElement, w: number, b: number, width: number, height: number): void {
  const x = scaleLinear(DOMAIN, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([0, 1], [height - MARGIN.bottom, MARGIN.top]);
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width, height }))
    picture.setAttribute(name, String(value));
  const axes = svg("g", { class: "axes" });
  const [left, right] = x.range() as [number, number];
  const floor = y(0);
  select(axes)
    .append("g")
    .attr("transform", `translate(0,${floor})`)
    .call(axisBottom(x).ticks(5).tickSize(4).tickSizeOuter(0));
  select(axes)
    .append("g")
    .attr("transform", `translate(${left},0)`)
    .call(axisLeft(y).tickValues([0, 0.5, 1]).tickSize(4).tickSizeOuter(0));
  axes.append(
    svg("text", { class: "name", x: right, y: floor + 29, "text-anchor": "end" }, "input x"),
    svg("text", { class: "name", x: 4, y: 12 }, "answer"),
  );
  const steps = Array.from({ length: 161 }, (_, i) => DOMAIN[0] + (i / 160) * (DOMAIN[1] - DOMAIN[0]));
  const line = steps.map((at) => `${x(at).toFixed(1)},${y(answer(w, b, at)).toFixed(1)}`).join("L");
  picture.replaceChildren(
    axes,
    svg("line", { class: "half", x1: left, x2: right, y1: y(0.5), y2: y(0.5) }),
    ...X.map((at, i) =>
      svg("line", { class: "miss", x1: x(at), x2: x(at), y1: y(answer(w, b, at)), y2: y(Y[i] as number) }),
    ),
    svg("path", { class: "answer", d: `M${line}` }),
    ...X.map((at, i) => svg("circle", { class: "datum", cx: x(at), cy: y(Y[i] as number), r: 6 })),
    ...X.map((at) => svg("circle", { class: "given", cx: x(at), cy: y(answer(w, b, at)), r: 4.5 })),
  );
}

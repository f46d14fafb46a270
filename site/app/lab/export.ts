// What can be taken along: the picture as SVG or PNG, the walks' numbers as CSV.

import { html, svg } from "./dom.ts";
import type { Frame } from "./ground.ts";
import { isFlat } from "./ground.ts";
import { mark, outline } from "./marks.ts";
import { clipped, type Trace } from "./plane.ts";
import { rateOf } from "./schedule.ts";
import { label, runsOf, type Setup } from "./settings.ts";
import type { Kind } from "./share.ts";
import type { Run, Walk } from "./walk.ts";

/** A field of a CSV file: quoted where it must be, and never taken for a formula by a spreadsheet. */
const field = (text: string): string => {
  const neutral = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(neutral) ? `"${neutral.replaceAll('"', '""')}"` : neutral;
};

/** The walks as CSV, a row for each step of each run, with all digits; the rate is that of the step from there. */
export function csv(setup: Setup, walks: readonly Walk[]): string {
  const { variables, measure } = setup.landscape;
  const runs = runsOf(setup);
  const heads = ["run", "method", "rate", "step", ...variables, measure, ...variables.map((name) => `slope_${name}`)];
  const rows = walks.flatMap(({ points, heights, gradients }, i) =>
    points.map((p, k) => [
      label(setup, i),
      runs[i]?.method ?? "",
      String(rateOf(runs[i] as Run, k)),
      String(k),
      ...[...p, heights[k] as number, ...(gradients[k] as number[])].map(String),
    ]),
  );
  return [heads, ...rows]
    .map((row) => row.map(field).join(","))
    .join("\r\n")
    .concat("\r\n");
}

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "font",
  "text-anchor",
  "opacity",
  "vector-effect",
];

/** The ground as it is shown, with the paths up to a step as lines and points, as one SVG that needs nothing else. */
export function picture(
  ground: SVGSVGElement,
  setup: Setup,
  at: Frame,
  traces: Trace[],
  k: number,
  paper: string,
): SVGSVGElement {
  const copy = ground.cloneNode(true) as SVGSVGElement;
  const [from, to] = [ground, copy].map((one) => [...one.querySelectorAll<SVGElement>("*")]) as [
    SVGElement[],
    SVGElement[],
  ];
  from.forEach((one, i) => {
    const look = getComputedStyle(one);
    for (const name of STYLES) to[i]?.style.setProperty(name, look.getPropertyValue(name));
  });
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.removeAttribute("class");
  copy.querySelector(".key")?.remove(); // it speaks of what only the screen shows
  copy.removeAttribute("aria-hidden");
  copy.prepend(svg("title", {}, `${setup.landscape.title}: ${traces.map((_, i) => label(setup, i)).join("; ")}`));
  copy.insertBefore(svg("rect", { width: at.width, height: at.height, fill: paper }), copy.children[1] ?? null);
  for (const trace of traces) copy.append(...drawn(setup, at, trace, k));
  return copy;
}

/** One walk: its stretches inside the picture, and a mark where it stands. */
function drawn({ landscape }: Setup, at: Frame, { walk, mark }: Trace, k: number): SVGElement[] {
  const [left = 0, right = 0] = at.x.range();
  const [bottom = 0, top = 0] = at.y.range();
  const box = { left, right, top, bottom };
  const last = Math.min(k, walk.points.length - 1);
  const spots = walk.points
    .slice(0, last + 1)
    .map(([x = 0, y = 0], i): [number, number] => [at.x(x), at.y(isFlat(landscape) ? (walk.heights[i] as number) : y)]);
  const parts = spots.slice(1).flatMap((to, i) => {
    const from = spots[i] as [number, number];
    const inside = clipped(from, to, box);
    if (!inside) return [];
    const along = (t: number) =>
      `${(from[0] + t * (to[0] - from[0])).toFixed(2)},${(from[1] + t * (to[1] - from[1])).toFixed(2)}`;
    return [`M${along(inside[0])}L${along(inside[1])}`];
  });
  const [x, y] = spots[last] as [number, number];
  const line = {
    fill: "none",
    stroke: mark.colour,
    "stroke-width": 2,
    "stroke-dasharray": mark.dash.join(" ") || "none",
  };
  const path = svg("path", { d: parts.join(""), ...line });
  if (x < left || x > right || y < top || y > bottom) return [path];
  return [
    path,
    svg("path", { d: outline(mark, 6), fill: mark.colour, transform: `translate(${x.toFixed(2)},${y.toFixed(2)})` }),
  ];
}

function save(name: string, content: Blob): void {
  const link = html("a", { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const asText = (drawing: SVGSVGElement): Blob =>
  new Blob([new XMLSerializer().serializeToString(drawing)], { type: "image/svg+xml" });

/** The same picture in pixels, two for each of the screen's, so that it can be printed. */
async function savePng(name: string, drawing: SVGSVGElement, { width, height }: Frame): Promise<void> {
  const image = new Image();
  const address = URL.createObjectURL(asText(drawing));
  image.src = address;
  await image.decode();
  const canvas = html("canvas", { width: 2 * width, height: Math.round(2 * height) });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (content) save(`${name}.png`, content);
}

/** Save a picture as it is seen, or the walks' numbers. */
export async function saveAs(
  kind: Kind,
  setup: Setup,
  walks: readonly Walk[],
  seen: { ground: SVGSVGElement; frame: Frame; paper: string; dark: boolean; k: number },
): Promise<void> {
  const { name } = setup.landscape;
  if (kind === "CSV") return save(`${name}.csv`, new Blob([csv(setup, walks)], { type: "text/csv;charset=utf-8" }));
  const traces = walks.map((walk, i) => ({ walk, mark: mark(i, seen.dark) }));
  const drawing = picture(seen.ground, setup, seen.frame, traces, seen.k, seen.paper);
  if (kind === "SVG") save(`${name}.svg`, asText(drawing));
  else await savePng(name, drawing, seen.frame);
}

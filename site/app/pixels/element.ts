// <descent-pixels>: a picture, and beside it what its gradient or a filter makes of it, pixel by pixel.

import { html, svg } from "../lab/dom.ts";
import { LiveFigure } from "../live/live.ts";
import { filtered, KERNELS } from "./filters.ts";
import { drawMark } from "./mark.ts";
import { read } from "./own.ts";
import { type Grey, scene } from "./scene.ts";
import { Measured, pixels, plain, THRESHOLD, told, usesKernel, usesThreshold, VIEWS, type View } from "./views.ts";

const FIRST = "upright stripes";

class DescentPixels extends LiveFigure {
  private one!: Measured;
  private kernel = [...(KERNELS[FIRST] as readonly number[])];
  private at = { column: 0, row: 0 };
  private stale = true;
  private readonly source = html("canvas", { role: "img" });
  private readonly result = html("canvas", { role: "img" });
  private readonly marks = [
    svg("svg", { class: "over", "aria-hidden": "true" }),
    svg("svg", { class: "over", "aria-hidden": "true" }),
  ];
  private readonly handle = html("div", {
    class: "handle",
    role: "slider",
    tabindex: 0,
    "aria-label": "Pixel: arrow keys move it in both directions",
  });
  private readonly words = html("p", { class: "words" });
  private readonly view = html(
    "select",
    {},
    ...Object.entries(VIEWS).map(([value, text]) => html("option", { value, selected: value === "magnitude" }, text)),
  );
  private readonly threshold = html("input", {
    type: "range",
    min: 0,
    max: 80,
    step: 1,
    value: THRESHOLD,
    "aria-label": "threshold",
  });
  private readonly limit = html("output");
  private readonly preset = html(
    "select",
    { "aria-label": "filter" },
    ...Object.keys(KERNELS).map((name) => html("option", { selected: name === FIRST }, name)),
    html("option", { value: "own" }, "your own"),
  );
  private readonly cells = Array.from({ length: 9 }, (_, i) => this.cell(i));
  private readonly limits = html(
    "div",
    { class: "sliders" },
    html("label", {}, html("span", {}, "threshold"), this.threshold, this.limit),
  );
  private readonly wheel = html("div", {
    class: "wheel",
    role: "img",
    "aria-label": "Colours of the directions: red to the right, then clockwise yellow, green, blue",
  });
  private readonly filter = html(
    "fieldset",
    { class: "filter" },
    html("legend", {}, "Filter"),
    this.preset,
    html("div", { class: "kernel" }, ...this.cells),
  );
  private readonly file = html("input", { type: "file", accept: "image/*" });
  private readonly back = html("button", { type: "button", click: () => this.begin() }, "Back to the first picture");
  private readonly wrong = html("p", { class: "wrong", role: "alert", hidden: true });

  protected build(): void {
    this.root.setAttribute("aria-label", "Experiment: the gradient of a picture, and filters");
    const column = (canvas: HTMLElement, over: SVGElement, name: string | HTMLElement, ...more: HTMLElement[]) =>
      html("div", {}, html("div", { class: "name" }, name), html("div", { class: "frame" }, canvas, over, ...more));
    this.root.append(
      html("div", { class: "heading" }, html("b", {}, "A picture and its slopes")),
      html(
        "div",
        { class: "twin" },
        column(this.source, this.marks[0] as SVGElement, "brightness", this.handle),
        column(this.result, this.marks[1] as SVGElement, html("label", {}, "show: ", this.view)),
      ),
      html("div", { class: "aids" }, this.limits, this.wheel),
      this.filter,
      this.words,
      html(
        "div",
        { class: "fields" },
        html("label", {}, html("span", {}, "A picture of your own"), this.file),
        this.back,
        html(
          "p",
          { class: "name" },
          "Your picture stays on this page. It is not sent anywhere, and is forgotten when you leave.",
        ),
      ),
      this.wrong,
    );
    this.begin();
    this.listenTo();
  }

  private begin(): void {
    this.file.value = "";
    this.take(scene());
    this.back.hidden = true;
  }

  private take(grey: Grey): void {
    this.one = new Measured(grey, this.kernel);
    this.wrong.hidden = true;
    this.back.hidden = false;
    this.go(Math.floor(grey.width * 0.3), Math.floor(grey.height / 2));
    this.renew();
  }

  private renew(): void {
    this.stale = true;
    this.soon();
  }

  private cell(i: number): HTMLInputElement {
    const name = `row ${Math.floor(i / 3) + 1}, column ${(i % 3) + 1} of the filter`;
    const field = html("input", {
      type: "number",
      step: "any",
      min: -99,
      max: 99,
      value: this.kernel[i] as number,
      "aria-label": name,
    });
    field.addEventListener("input", () => {
      const good = field.value !== "" && field.validity.valid;
      field.setAttribute("aria-invalid", String(!good));
      field.title = good ? "" : "a number from -99 to 99";
      if (!good) return;
      this.preset.value = "own";
      this.lay(this.kernel.map((old, j) => (j === i ? field.valueAsNumber : old)));
    });
    return field;
  }

  private lay(kernel: number[]): void {
    this.kernel = kernel;
    this.one.answers = filtered(this.one.grey, kernel);
    this.renew();
  }

  private listenTo(): void {
    this.view.addEventListener("change", () => this.renew());
    this.threshold.addEventListener("input", () => this.renew());
    this.preset.addEventListener("change", () => {
      const kernel = KERNELS[this.preset.value];
      if (!kernel) return;
      this.cells.forEach((cell, i) => {
        cell.value = String(kernel[i]);
        cell.setAttribute("aria-invalid", "false");
      });
      this.lay([...kernel]);
    });
    this.file.addEventListener("change", async () => {
      const [file] = this.file.files ?? [];
      if (!file) return;
      try {
        this.take(await read(file));
      } catch (error) {
        this.wrong.textContent = (error as Error).message;
        this.wrong.hidden = false;
      }
    });
    const follow = (event: PointerEvent) => {
      const box = this.source.getBoundingClientRect();
      const over = event.composedPath().includes(this.result) ? this.result.getBoundingClientRect() : box;
      const { width, height } = this.one.grey;
      this.go(((event.clientX - over.left) / over.width) * width, ((event.clientY - over.top) / over.height) * height);
    };
    for (const canvas of [this.source, this.result])
      canvas.addEventListener("click", (event) => follow(event as PointerEvent));
    this.handle.addEventListener("pointerdown", (event) => {
      this.handle.setPointerCapture(event.pointerId);
      this.handle.focus({ preventScroll: true });
      event.preventDefault();
    });
    this.handle.addEventListener("pointermove", (event) => {
      if (this.handle.hasPointerCapture(event.pointerId)) follow(event);
    });
    this.handle.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const pace = event.shiftKey ? 10 : 1;
      this.go(this.at.column + pace * (way[0] as number), this.at.row + pace * (way[1] as number));
    });
  }

  private go(column: number, row: number): void {
    const { width, height } = this.one.grey;
    const inside = (x: number, size: number) => Math.min(size - 1, Math.max(0, Math.floor(x)));
    this.at = { column: inside(column, width), row: inside(row, height) };
    this.soon();
    this.say(() => this.words.textContent ?? "");
  }

  protected draw(): void {
    const view = this.view.value as View;
    const { width, height } = this.one.grey;
    if (this.stale) {
      this.stale = false;
      this.paint(this.source, plain(this.one.grey));
      this.paint(this.result, pixels(view, this.one, this.kernel, this.threshold.valueAsNumber));
      this.limit.textContent = this.threshold.value;
      this.limits.hidden = !usesThreshold(view);
      this.wheel.hidden = view !== "direction";
      this.filter.hidden = !usesKernel(view);
      this.result.setAttribute("aria-label", `Measured in the picture: ${VIEWS[view]}.`);
      this.source.setAttribute("aria-label", `A grey picture, ${width} pixels wide and ${height} high.`);
    }
    const { column, row } = this.at;
    const text = told(this.one, column, row, view);
    this.words.textContent = text;
    this.handle.style.left = `${((column + 0.5) / width) * 100}%`;
    this.handle.style.top = `${((row + 0.5) / height) * 100}%`;
    const said = {
      "aria-valuemin": 0,
      "aria-valuemax": width - 1,
      "aria-valuenow": column,
      "aria-valuetext": `row ${row}, column ${column}`,
    };
    for (const [name, value] of Object.entries(said)) this.handle.setAttribute(name, String(value));
    for (const over of this.marks) drawMark(over, this.one, column, row);
  }

  private paint(canvas: HTMLCanvasElement, values: Uint8ClampedArray<ArrayBuffer>): void {
    const { width, height } = this.one.grey;
    canvas.width = width;
    canvas.height = height;
    (canvas.getContext("2d") as CanvasRenderingContext2D).putImageData(new ImageData(values, width, height), 0, 0);
  }
}

customElements.define("descent-pixels", DescentPixels);

// <descent-neuron>: the neuron's curve beside its loss landscape. Whoever moves a weight sees both move.

import { html, svg } from "../lab/dom.ts";
import { number, position } from "../lab/format.ts";
import { drawGround, type Frame, frame } from "../lab/ground.ts";
import { Handle, snapped } from "../lab/handles.ts";
import type { Point } from "../lab/landscapes.ts";
import { mark } from "../lab/marks.ts";
import { drawPaths } from "../lab/plane.ts";
import { parse, type Setup } from "../lab/settings.ts";
import { type Walk, walk } from "../lab/walk.ts";
import { told } from "../lab/words.ts";
import { PlayedFigure } from "../live/played.ts";
import { drawCurve } from "./curve.ts";
import { answers, loss, shape } from "./words.ts";

const NAMES = ["weight w", "bias b"] as const;

class DescentNeuron extends PlayedFigure {
  private setup!: Setup;
  private walked!: Walk;
  private best: { at: Point; height: number } | undefined;
  private frame: Frame | undefined;
  private readonly curve = svg("svg", { class: "neuron", role: "img" });
  private readonly ground = svg("svg", { class: "ground", "aria-hidden": "true" });
  private readonly paths = html("canvas", { class: "paths", role: "img" });
  private readonly picture = html("div", { class: "picture" }, this.ground, this.paths);
  private readonly sliders = NAMES.map((name, i) => this.slider(name, i));
  private handle: Handle | undefined;

  get steps(): number {
    return this.walked.run.epochs;
  }

  private get here(): Point {
    return this.walked.points[Math.min(this.k, this.walked.points.length - 1)] as Point;
  }

  protected build(): void {
    this.begin();
    this.root.setAttribute("aria-label", "Experiment: one neuron, σ(wx + b), and its loss");
    this.root.append(
      html(
        "div",
        { class: "heading" },
        html("div", {}, html("b", {}, "One neuron"), " ", html("span", {}, "σ(wx + b)")),
      ),
      html(
        "div",
        { class: "duo" },
        html("div", { class: "curves" }, this.curve),
        html("div", { class: "sliders" }, ...this.sliders.map(({ label }) => label)),
        this.picture,
      ),
      this.transport.element,
      this.words,
    );
    this.picture.addEventListener("click", (event) => this.clicked(event));
  }

  private begin(): void {
    this.setup = parse((name) => (name === "landscape" ? "neuron" : this.getAttribute(name)));
    this.best = undefined;
    this.startAt(this.setup.shared.start);
  }

  /** Another guess: descent would begin here, and waits until it is played. */
  private startAt(start: Point): void {
    this.transport.stop();
    this.setup = { ...this.setup, shared: { ...this.setup.shared, start }, own: [{}] };
    this.walked = walk(this.setup.landscape, this.setup.shared);
    this.k = 0;
    const height = this.walked.heights[0] as number;
    if (!this.best || height < this.best.height) this.best = { at: start, height };
  }

  private guess(start: Point): void {
    this.startAt(start);
    this.soon();
    this.tell();
  }

  private slider(name: string, i: number) {
    const field = html("input", { type: "range", min: -6, max: 6, step: 0.01, "aria-label": name });
    const value = html("output");
    field.addEventListener("input", () => this.guess(this.here.map((x, j) => (j === i ? field.valueAsNumber : x))));
    return { field, value, label: html("label", {}, html("span", {}, name), field, value) };
  }

  reset(): void {
    this.begin();
    this.soon();
  }

  protected draw(): void {
    const { landscape } = this.setup;
    const [w, b] = this.here as [number, number];
    const across = this.curve.parentElement?.clientWidth ?? 0;
    drawCurve(this.curve, w, b, across, Math.min(260, Math.max(150, Math.round(across * 0.52))));
    this.curve.setAttribute("aria-label", `Curve of the neuron's answer. ${shape(w, b)} ${answers(w, b)}`);

    const width = Math.floor(this.picture.clientWidth);
    if (this.frame?.width !== width) {
      this.frame = frame(landscape, width);
      drawGround(this.ground, landscape, this.frame);
    }
    drawPaths(this.paths, landscape, this.frame, [{ walk: this.walked, mark: mark(0, this.dark) }], this.k, this.ink);
    this.paths.setAttribute("aria-label", `The loss over w and b. ${told(landscape, this.walked, this.k)}`);
    this.grip().place(this.setup, this.frame, "");

    this.sliders.forEach(({ field, value }, i) => {
      const now = this.here[i] as number;
      field.value = String(now);
      field.setAttribute("aria-valuetext", `${NAMES[i]} = ${number(now, 3)}`);
      value.textContent = now.toFixed(2).replace("-", "−");
    });
    this.transport.update();
    this.write();
  }

  private grip(): Handle {
    if (this.handle) return this.handle;
    this.handle = new Handle(0, true, this.dark, {
      move: (_, start) => this.guess(start),
      grab: () => this.transport.stop(),
      drop: () => this.say(() => this.words.textContent ?? ""),
    });
    this.picture.append(this.handle.element);
    return this.handle;
  }

  private write(): void {
    const [w, b] = this.here as [number, number];
    const height = this.walked.heights[Math.min(this.k, this.walked.heights.length - 1)] as number;
    const best = this.best as { at: Point; height: number };
    const record = `Your best guess so far: loss ${position(best.height)}.`;
    const after = this.k >= this.steps ? told(this.setup.landscape, this.walked, this.k) : `Step ${this.k} of descent.`;
    this.words.replaceChildren(html("b", {}, `${loss(height)}.`), ` ${answers(w, b)} ${this.k ? after : record}`);
  }

  private clicked(event: MouseEvent): void {
    if (!this.frame || (event.target as Element).closest(".handle")) return;
    const box = this.picture.getBoundingClientRect();
    const [w, b] = [this.frame.x.invert(event.clientX - box.left), this.frame.y.invert(event.clientY - box.top)];
    if (Math.max(Math.abs(w), Math.abs(b)) <= 6) this.guess(snapped(this.setup.landscape, [w, b]));
  }
}

customElements.define("descent-neuron", DescentNeuron);

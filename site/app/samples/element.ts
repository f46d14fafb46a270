// <descent-samples>: a cloud of samples, and the landscape that each batch of them sees.

import { html, svg } from "../lab/dom.ts";
import { count, number, position } from "../lab/format.ts";
import { PlayedFigure, slider } from "../live/played.ts";
import { drawCloud, drawLandscape } from "./pictures.ts";
import {
  apart,
  bowl,
  COUNT,
  cloud,
  type Descent,
  descend,
  gradient,
  loss,
  type Sample,
  SIZES,
  type Theta,
} from "./samples.ts";

const RATES = [0.02, 0.05, 0.1, 0.2, 0.5, 1];
const [FIRST_SIZE, FIRST_RATE] = [3, 2];

class DescentSamples extends PlayedFigure {
  private readonly samples = cloud();
  private walked!: Descent;
  private readonly data = svg("svg", { role: "img" });
  private readonly map = svg("svg", { role: "img" });
  private readonly size = slider("batch size", 0, SIZES.length - 1, FIRST_SIZE);
  private readonly rate = slider("learning rate", 0, RATES.length - 1, FIRST_RATE);
  private readonly values = [html("output"), html("output")];

  get steps(): number {
    return this.walked.batches.length;
  }

  protected build(): void {
    this.root.setAttribute("aria-label", "Experiment: the landscape that a batch of samples sees");
    const row = (name: string, field: HTMLInputElement, i: number) =>
      html("label", {}, html("span", {}, name), field, this.values[i] as HTMLElement);
    this.root.append(
      html("div", { class: "heading" }, html("b", {}, "What a batch sees")),
      html("div", { class: "twin" }, html("div", {}, this.data), html("div", {}, this.map)),
      html("div", { class: "sliders" }, row("batch size", this.size, 0), row("learning rate", this.rate, 1)),
      this.transport.element,
      this.words,
    );
    for (const field of [this.size, this.rate]) field.addEventListener("input", () => this.anew());
    this.anew();
  }

  private anew(): void {
    this.transport.stop();
    this.walked = descend(
      this.samples,
      SIZES[this.size.valueAsNumber] as number,
      RATES[this.rate.valueAsNumber] as number,
    );
    this.goTo(0);
    this.tell();
  }

  reset(): void {
    this.size.value = String(FIRST_SIZE);
    this.rate.value = String(FIRST_RATE);
    this.anew();
  }

  protected draw(): void {
    const numbers = this.walked.batches[Math.min(this.k, this.steps - 1)] as number[];
    const batch = numbers.map((i) => this.samples[i] as Sample);
    const here = this.walked.path[this.k] as Theta;
    const [one, two] = [this.data, this.map].map((picture) => picture.parentElement?.clientWidth ?? 0) as [
      number,
      number,
    ];
    const height = (width: number) => Math.min(290, Math.round(0.78 * width));
    drawCloud(this.data, this.samples, new Set(numbers), here, one, height(one));
    drawLandscape(this.map, this.samples, batch, this.walked.path.slice(0, this.k + 1), two, height(two));
    const told = this.told(batch, here);
    this.data.setAttribute("aria-label", `A cloud of ${COUNT} samples, a line, and the batch's residuals. ${told}`);
    this.map.setAttribute(
      "aria-label",
      "The loss over slope and height: filled as the batch sees it, in dotted lines that of all samples, whose minimum is marked by a cross.",
    );
    for (const [i, text] of [String(batch.length), String(RATES[this.rate.valueAsNumber])].entries()) {
      (this.values[i] as HTMLOutputElement).textContent = text;
      [this.size, this.rate][i]?.setAttribute("aria-valuetext", text);
    }
    this.words.replaceChildren(
      html("b", {}, `Loss of all samples ${position(loss(this.samples, here))}`),
      ` (at best ${position(loss(this.samples, bowl(this.samples).lowest))}). ${told}`,
    );
    this.transport.update();
  }

  private told(batch: readonly Sample[], here: Theta): string {
    const seen = (this.k * batch.length) / COUNT;
    const work = `${count(this.k)} ${this.k === 1 ? "update" : "updates"}, ${number(seen, 2)} of 5 epochs.`;
    if (batch.length === COUNT)
      return `${work} The batch holds all samples, so its downhill direction is the true one.`;
    const off = apart(gradient(batch, here), gradient(this.samples, here));
    const who = batch.length === 1 ? "Every line through this one sample suits it, so it sees a valley." : "";
    return `${work} ${who} The batch's downhill direction is ${Math.round(off)}° off that of all samples.`.replace(
      "  ",
      " ",
    );
  }
}

customElements.define("descent-samples", DescentSamples);

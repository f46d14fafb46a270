// <descent-network>: a network with a hidden layer that is trained in the page, with each weight and its share.

import { html, svg } from "../lab/dom.ts";
import { count, number, position } from "../lab/format.ts";
import { PlayedFigure, slider } from "../live/played.ts";
import { answer, shares, start, type Training, train, type Weights, X, Y } from "./network.ts";
import { drawDiagram, drawFit, drawLosses } from "./pictures.ts";

const EPOCHS = 1000;
const RATES = [0.25, 0.5, 1, 2, 4, 8];

class DescentNetwork extends PlayedFigure {
  readonly steps = EPOCHS;
  private seed = 1;
  private training!: Training;
  private readonly diagram = svg("svg", { role: "img" });
  private readonly fit = svg("svg", { role: "img" });
  private readonly losses = svg("svg", { role: "img" });
  private readonly neurons = slider("hidden neurons", 1, 6, 2);
  private readonly rate = slider("learning rate", 0, RATES.length - 1, 2);
  private readonly values = [html("output"), html("output")];
  private readonly table = html("div", {
    class: "scroll",
    tabindex: 0,
    role: "group",
    "aria-label": "Weights and their shares",
  });
  private readonly fold = html(
    "details",
    { toggle: () => this.writeTable() },
    html("summary", {}, "Weights and their shares"),
    this.table,
  );

  private get weights(): Weights {
    return this.training.weights[this.k] as Weights;
  }

  protected build(): void {
    this.root.setAttribute("aria-label", "Experiment: a network with a hidden layer learns a hill");
    const row = (name: string, field: HTMLInputElement, i: number) =>
      html("label", {}, html("span", {}, name), field, this.values[i] as HTMLElement);
    this.root.append(
      html("div", { class: "heading" }, html("b", {}, "A network with a hidden layer")),
      html(
        "div",
        { class: "trio" },
        html("div", {}, this.diagram),
        html("div", {}, this.fit),
        html("div", {}, this.losses),
      ),
      html("div", { class: "sliders" }, row("hidden neurons", this.neurons, 0), row("learning rate", this.rate, 1)),
      this.transport.element,
      this.words,
      html(
        "div",
        { class: "drawers" },
        this.fold,
        html(
          "div",
          { class: "links" },
          html("button", { type: "button", click: () => this.anew(this.seed + 1) }, "Another start"),
        ),
      ),
    );
    for (const field of [this.neurons, this.rate]) field.addEventListener("input", () => this.anew(this.seed));
    this.anew(1);
  }

  private anew(seed: number): void {
    this.transport.stop();
    this.seed = seed;
    this.training = train(start(this.neurons.valueAsNumber, seed), RATES[this.rate.valueAsNumber] as number, EPOCHS);
    this.goTo(0);
    this.tell();
  }

  reset(): void {
    this.neurons.value = "2";
    this.rate.value = "2";
    this.anew(1);
  }

  protected draw(): void {
    const [one, two, three] = [this.diagram, this.fit, this.losses].map(
      (picture) => picture.parentElement?.clientWidth ?? 0,
    ) as [number, number, number];
    drawDiagram(this.diagram, this.weights, one, 200);
    drawFit(this.fit, this.weights, two, 200);
    drawLosses(this.losses, this.training.losses, this.k, three, 150);
    const neurons = this.neurons.valueAsNumber;
    this.diagram.setAttribute(
      "aria-label",
      `One input, ${neurons} hidden ${neurons === 1 ? "neuron" : "neurons"}, one answer. The wider a line, the larger the weight; dashed lines are negative.`,
    );
    this.fit.setAttribute("aria-label", `The network's curve and five data points on a hill. ${this.told()}`);
    this.losses.setAttribute("aria-label", `The loss from epoch 0 to epoch ${this.k}.`);
    for (const [i, text] of [String(neurons), String(RATES[this.rate.valueAsNumber])].entries()) {
      (this.values[i] as HTMLOutputElement).textContent = text;
      [this.neurons, this.rate][i]?.setAttribute("aria-valuetext", text);
    }
    this.words.replaceChildren(
      html("b", {}, `Loss ${position(this.training.losses[this.k] as number)}.`),
      ` ${this.told()}`,
    );
    this.transport.update();
    this.writeTable();
  }

  private told(): string {
    const misses = X.map((x, i) => answer(this.weights, x) - (Y[i] as number));
    const worst = misses.reduce((most, miss, i) => (Math.abs(miss) > Math.abs(misses[most] as number) ? i : most), 0);
    const miss = misses[worst] as number;
    const at = `at x = ${position(X[worst] as number)}`;
    const size =
      Math.abs(miss) < 0.0005
        ? "All answers are right to three decimals."
        : `The largest miss is ${number(Math.abs(miss), 2)} too ${miss > 0 ? "high" : "low"}, ${at}.`;
    const alone = this.neurons.value === "1" ? " With a single hidden neuron the curve only rises or only falls." : "";
    return `Epoch ${count(this.k)}. ${size}${alone}`;
  }

  private writeTable(): void {
    if (!this.fold.open) return;
    const [now, by] = [this.weights, shares(this.weights)];
    const cells = (...texts: (number | undefined)[]) =>
      texts.map((text) => html("td", {}, text === undefined ? "–" : number(text, 3)));
    const rows = now.w.map((_, j) =>
      html(
        "tr",
        {},
        html("th", { scope: "row" }, `hidden ${j + 1}`),
        ...cells(now.w[j], by.w[j], now.b[j], by.b[j], now.v[j], by.v[j]),
      ),
    );
    const heads = ["neuron", "w", "share", "b", "share", "v", "share"];
    this.table.replaceChildren(
      html(
        "table",
        {},
        html("caption", {}, `Epoch ${count(this.k)}: each weight, and its share in the loss`),
        html("thead", {}, html("tr", {}, ...heads.map((head) => html("th", { scope: "col" }, head)))),
        html(
          "tbody",
          {},
          ...rows,
          html(
            "tr",
            {},
            html("th", { scope: "row" }, "last"),
            ...cells(undefined, undefined, now.c, by.c, undefined, undefined),
          ),
        ),
      ),
    );
  }
}

customElements.define("descent-network", DescentNetwork);

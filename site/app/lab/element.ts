// <descent-lab>: puts the parts together. A set-up makes walks, walks and a step make the pictures and the words.

import { Chart } from "./chart.ts";
import { controls } from "./controls.ts";
import { type Desk, edited } from "./desk.ts";
import { html } from "./dom.ts";
import { Flags } from "./flag.ts";
import { heading } from "./heading.ts";
import type { Point } from "./landscapes.ts";
import { load, OWN } from "./own.ts";
import { RateMap } from "./ratemap.ts";
import { Runs } from "./runs.ts";
import { Scene, tracesOf } from "./scene.ts";
import { NAMES, parse, type Setup } from "./settings.ts";
import { type Kind, keepInAddress, Share } from "./share.ts";
import { Speech } from "./speech.ts";
import { style } from "./style.ts";
import { type Colours, coloursOf, isDark } from "./theme.ts";
import { type Clock, Transport } from "./transport.ts";
import { Watch } from "./watch.ts";

const MAKING = 3; // milliseconds of a frame that may go into making walks

class DescentLab extends HTMLElement implements Clock, Desk {
  setup!: Setup;
  selected = 0;
  k = 0;
  dark = false;
  eager = false;

  private runs!: Runs;
  private colours!: Colours;
  private due = 0;
  private playedTo = 0; // the step that was shown before the page was printed
  private readonly watch = new Watch(this);
  private readonly root = html("figure", { class: "lab" });
  private readonly heading = html("div", { class: "heading" });
  private readonly stage = html("div", { class: "stage" });
  private readonly larger = html("button", { type: "button", click: () => this.fill() }, "Full screen");
  private readonly transport = new Transport(this);
  private readonly scene = new Scene(() => this.soon(), {
    move: (run: number, start: Point) => this.change(edited(this.setup, run, { start }), true),
    grab: (run: number) => this.select(run),
    drop: () => this.announce(),
  });
  private readonly chart = new Chart();
  private readonly rateMap = new RateMap((part) => this.change(edited(this.setup, this.selected, part), false, true));
  private speech!: Speech;
  private share!: Share;
  private flags: Flags | undefined;
  private form: { form: HTMLElement; update(): void } | undefined;

  get steps(): number {
    return this.runs.steps;
  }

  private get full(): boolean {
    return this.hasAttribute("full");
  }

  connectedCallback(): void {
    this.watch.printing(
      () => this.print(),
      () => {
        if (this.setup) this.goTo(this.playedTo);
      },
    );
    if (this.shadowRoot) this.look();
    // A lesson has several labs, and to build all at once would keep a phone busy: each is built when it comes near.
    else this.watch.nearing(() => this.open());
  }

  disconnectedCallback(): void {
    this.transport.stop();
    this.scene.stop();
    this.rateMap.stop();
    this.watch.stop();
  }

  private async open(): Promise<void> {
    if (this.shadowRoot) return;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.append(html("style", {}, style));
    try {
      if (this.source()("landscape") === OWN) await load();
      this.setup = parse(this.source());
    } catch (error) {
      const sentence = `This lab cannot be set up: ${(error as Error).message}.`;
      shadow.append(html("p", { class: "wrong", role: "alert" }, sentence), html("slot"));
      return;
    }
    this.dark = isDark();
    this.build(shadow);
    this.look();
  }

  /** The full lab is set up by the address where that says something; every other lab by its attributes. */
  private source(): (name: string) => string | null {
    const query = new URLSearchParams(location.search);
    const addressed = this.full && NAMES.some((name) => query.has(name));
    return (name) => (addressed ? query.get(name) : this.getAttribute(name));
  }

  private build(shadow: ShadowRoot): void {
    this.form = controls(this, this.full);
    this.speech = new Speech(this.full);
    this.share = new Share(
      () => this.setup,
      !this.full,
      (kind) => this.save(kind),
    );
    const text = html("details", {}, html("summary", {}, "Description"));
    text.append(html("div", { class: "description" }, html("slot")));
    const see = html("div", { class: "see" }, this.scene.element, this.transport.element);
    const act = html("div", { class: "do" }, this.form.form, this.chart.element);
    this.stage.append(see, act, this.speech.element);
    this.root.append(
      this.heading,
      this.stage,
      html("div", { class: "drawers" }, this.speech.numbers, this.rateMap.element, text, this.share.element),
      this.speech.heard,
    );
    shadow.append(this.root);
    if (this.hasAttribute("flag")) this.flags = new Flags(this.scene.element, this.speech.lines);
    this.renew();
  }

  /** Follow the size of the picture, the theme's colours and the full screen. */
  private look(): void {
    if (!this.setup) return;
    this.watch.filling((filled) => {
      this.larger.textContent = filled ? "Leave full screen" : "Full screen";
    });
    for (const part of [this.scene, this.chart]) this.watch.resizing(part.element, () => this.fit());
    this.watch.theming(() => {
      if (isDark() === this.dark) return;
      this.dark = isDark();
      this.renew();
    });
  }

  /** On paper a lab is a still picture of its whole walks, with the sentences that say what came of them. */
  private print(): void {
    this.open();
    if (!this.setup) return;
    this.transport.stop();
    this.scene.flatten();
    this.playedTo = this.k;
    this.goTo(this.steps);
    this.scene.fit();
    this.chart.fit();
    this.draw();
  }

  /** A file of the picture as it is, or of the walks' numbers; what makes it is loaded when it is wanted. */
  private async save(kind: Kind): Promise<void> {
    this.runs.makeAll();
    const { saveAs } = await import("./export.ts");
    const { frame, ground } = this.scene;
    const paper = this.colours.ink.paper;
    if (frame) await saveAs(kind, this.setup, this.runs.walks, { ground, frame, paper, dark: this.dark, k: this.k });
  }

  /** The whole screen for the lab, or back into the page. */
  private fill(): void {
    if (document.fullscreenElement === this) document.exitFullscreen();
    else this.requestFullscreen();
  }

  /**
   * Take a set-up that somebody made. Who looks at walks goes on seeing them whole, who stands at the start stays there:
   * a walk is shown by playing it. A dragged start is a new start, and a guess is not to be given away.
   */
  change(setup: Setup, dragged = false, shown = false): void {
    const whole = shown || this.eager || (this.k > 0 && !dragged && !this.hasAttribute("guess"));
    const before = this.setup;
    this.setup = setup;
    this.transport.stop();
    this.selected = Math.min(this.selected, setup.own.length - 1);
    if (before.landscape !== setup.landscape) this.scene.whole();
    if (before.landscape !== setup.landscape || before.own.length !== setup.own.length) this.renew();
    else this.walkAll();
    this.k = whole ? this.steps : 0;
    this.soon();
    this.announce();
    if (this.full) keepInAddress(this.setup);
  }

  showWalks(eager: boolean): void {
    this.eager = eager;
    this.goTo(eager ? this.steps : 0);
  }

  select(run: number): void {
    this.selected = run;
    this.form?.update();
    this.soon();
  }

  goTo(k: number): void {
    this.runs.makeAll();
    this.k = k;
    this.soon();
  }

  reset(): void {
    this.transport.stop();
    this.setup = parse((name) => this.getAttribute(name));
    this.selected = 0;
    this.scene.whole();
    this.renew();
    this.goTo(0);
    if (this.full) keepInAddress(this.setup);
    this.speech.say("Reset.");
  }

  ended(): void {
    this.announce();
  }

  /** Make anew what depends on landscape, number of runs or colours. */
  private renew(): void {
    const { landscape, own } = this.setup;
    this.root.classList.toggle("dark", this.dark);
    this.root.setAttribute("aria-label", `Lab: ${landscape.title}, ${landscape.formula}`);
    const ways = [...this.scene.buttons(landscape), ...(document.fullscreenEnabled ? [this.larger] : [])];
    this.heading.replaceChildren(...heading(landscape, ways));
    this.stage.classList.toggle("several", own.length > 2);
    this.colours = coloursOf(this.root);
    this.scene.renew(this.setup, this.dark);
    this.speech.renew(own.length, this.dark);
    this.walkAll();
    this.k = Math.min(this.k, this.steps);
    this.scene.fit();
    this.chart.fit();
    this.draw();
  }

  private walkAll(): void {
    this.runs = new Runs(this.setup);
    this.share.update();
    this.form?.update();
  }

  /** Take the room that there is now. */
  private fit(): void {
    const changed = [this.scene.fit(), this.chart.fit()].some(Boolean);
    if (changed) this.draw();
  }

  /** Draw before the next frame, however often something changes until then. */
  private soon(): void {
    this.due ||= requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.due);
    this.due = 0;
    const { setup, runs, selected, k } = this;
    const { walks, names } = runs;
    const { ink, tints } = this.colours;
    this.scene.draw({ setup, walks, names, k, selected }, this.dark, ink, tints);
    this.chart.draw(runs, tracesOf(walks, this.dark), k, ink);
    if (k > 0 && !runs.finished) {
      runs.make(MAKING);
      this.soon();
    }
    if (this.scene.frame) this.flags?.show(setup, this.scene.frame, [...walks], k >= this.steps && runs.finished);
    this.transport.update();
    this.rateMap.update(setup, selected, ink.text);
    this.speech.write(runs, k, selected);
    this.scene.describe(`Paths over the landscape. ${runs.allTold(k)}`);
    this.chart.describe(runs, k);
  }

  private announce(): void {
    this.speech.announce(() => this.runs.allTold(this.k));
  }
}

customElements.define("descent-lab", DescentLab);

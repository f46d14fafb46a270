// <descent-lab>: puts the parts together. A set-up makes walks, walks and a step make the picture and the words.

import { order } from "./arrival.ts";
import { CELLS, drawBasins } from "./basins.ts";
import { controls, type Desk, edited } from "./controls.ts";
import { conditionNumber } from "./critical.ts";
import { Depth } from "./depth.ts";
import { html, svg } from "./dom.ts";
import { afterOne, drawFirstStep } from "./first.ts";
import { Flags } from "./flag.ts";
import { number } from "./format.ts";
import { drawGround, type Frame, frame, isFlat, MOST_TIMES, type View, viewOf } from "./ground.ts";
import { gripped, Handle, snapped } from "./handles.ts";
import type { Landscape, Point } from "./landscapes.ts";
import { drawLoss } from "./loss.ts";
import { mark, outline } from "./marks.ts";
import { drawField, drawLevel } from "./overlays.ts";
import { load, OWN } from "./own.ts";
import { drawPaths, type Ink, type Trace } from "./plane.ts";
import { RateMap } from "./ratemap.ts";
import { label, NAMES, parse, runsOf, type Setup } from "./settings.ts";
import { type Kind, keepInAddress, Share } from "./share.ts";
import { style } from "./style.ts";
import { Surveyor } from "./surveyor.ts";
import { Overlays } from "./switches.ts";
import { type Clock, Transport } from "./transport.ts";
import { writtenOut } from "./update.ts";
import { type Walk, Walking } from "./walk.ts";
import { table, told } from "./words.ts";

const MAKING = 4; // milliseconds of a frame that may go into making walks

class DescentLab extends HTMLElement implements Clock, Desk {
  setup!: Setup;
  selected = 0;
  k = 0;
  dark = false;
  eager = false;

  private walks: Walk[] = [];
  private walkings: Walking[] = []; // the same, as far as they have been made
  private frame: Frame | undefined;
  private view: View | undefined;
  private handles: Handle[] = [];
  private due = 0;
  private readonly watchers: { disconnect(): void }[] = [];

  private readonly root = html("figure", { class: "lab" });
  private readonly heading = html("div", { class: "heading" });
  private readonly ground = svg("svg", { class: "ground", "aria-hidden": "true" });
  private readonly paths = html("canvas", { class: "paths", role: "img" });
  private readonly picture = html("div", { class: "picture" }, this.ground, this.paths);
  private readonly zoom = html(
    "div",
    { class: "zoom", role: "group", "aria-label": "Zoom" },
    html(
      "button",
      { type: "button", "aria-label": "Zoom in on the walk", title: "Zoom in", click: () => this.look(2) },
      "+",
    ),
    html("button", { type: "button", "aria-label": "Zoom out", title: "Zoom out", click: () => this.look(0.5) }, "−"),
  );
  private readonly loss = html("canvas", { role: "img" });
  private readonly larger = html("button", { type: "button", click: () => this.fill() }, "Full screen");
  private readonly transport = new Transport(this);
  private readonly runs = html("ul", { class: "runs" });
  private readonly numbers = html("div", {
    class: "scroll",
    tabindex: 0,
    role: "group",
    "aria-label": "Numbers of this step",
  });
  private readonly numbersBox = html(
    "details",
    { toggle: () => this.writeNumbers() },
    html("summary", {}, "Numbers"),
    this.numbers,
  );
  private readonly update = html("div", { class: "update", role: "group", "aria-label": "The update, written out" });
  private readonly raceWords = html("p", { class: "race" });
  private readonly basins = new Surveyor("basins", CELLS, () => this.soon());
  private readonly rateMap = new RateMap((part) => this.change(edited(this.setup, this.selected, part), false, true));
  private readonly overlays = new Overlays(() => this.soon());
  private readonly heard = html("div", { class: "heard", role: "status" });
  private share!: Share;
  private flags: Flags | undefined;
  private depth!: Depth;
  private form: { form: HTMLElement; update(): void } | undefined;

  get steps(): number {
    return Math.max(...this.walks.map(({ run }) => run.epochs));
  }

  private get full(): boolean {
    return this.hasAttribute("full");
  }

  connectedCallback(): void {
    const print = [() => this.print(), () => this.printed()] as const;
    addEventListener("beforeprint", print[0]);
    addEventListener("afterprint", print[1]);
    this.watchers.push({
      disconnect: () => {
        removeEventListener("beforeprint", print[0]);
        removeEventListener("afterprint", print[1]);
      },
    });
    if (this.shadowRoot) {
      this.watch();
      return;
    }
    // A lesson has several labs, and to build all at once would keep a phone busy: each is built when it comes near.
    const nearing = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        nearing.disconnect();
        this.open();
      },
      { rootMargin: "50%" },
    );
    nearing.observe(this);
    this.watchers.push(nearing);
  }

  private async open(): Promise<void> {
    if (this.shadowRoot) return;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.append(html("style", {}, style));
    try {
      if (this.source()("landscape") === OWN) await load();
      this.setup = this.asked();
    } catch (error) {
      shadow.append(
        html("p", { class: "wrong", role: "alert" }, `This lab cannot be set up: ${(error as Error).message}.`),
        html("slot"),
      );
      return;
    }
    this.dark = isDark();
    this.build(shadow);
    this.watch();
  }

  disconnectedCallback(): void {
    this.transport.stop();
    this.basins.stop();
    this.rateMap.stop();
    for (const watcher of this.watchers.splice(0)) watcher.disconnect();
  }

  /** On paper a lab is a still picture of its whole walks, with the sentences that say what came of them. */
  private print(): void {
    this.open();
    if (!this.setup) return;
    this.transport.stop();
    this.depth.leave();
    this.shown = this.k;
    this.k = this.steps;
    this.make(Number.POSITIVE_INFINITY);
    this.resize();
  }
  private shown = 0;

  private printed(): void {
    if (this.setup) this.goTo(this.shown);
  }

  /** The full lab is set up by the address where that says something; every other lab by its attributes. */
  private asked(): Setup {
    return parse(this.source());
  }

  private source(): (name: string) => string | null {
    const query = new URLSearchParams(location.search);
    const addressed = this.full && NAMES.some((name) => query.has(name));
    return (name) => (addressed ? query.get(name) : this.getAttribute(name));
  }

  private build(shadow: ShadowRoot): void {
    this.form = controls(this, this.full);
    const open = this.full;
    this.share = new Share(
      () => this.setup,
      !this.full,
      (kind) => this.save(kind),
    );
    this.depth = new Depth(this.picture, () => this.soon());
    this.root.append(
      this.heading,
      html(
        "div",
        { class: "stage" },
        html("div", { class: "see" }, this.picture, this.transport.element),
        html("div", { class: "do" }, this.form.form, html("div", { class: "loss" }, this.loss)),
        html("div", { class: "say" }, this.runs, this.raceWords, this.update),
      ),
      html(
        "div",
        { class: "drawers" },
        this.numbersBox,
        this.rateMap.element,
        html("details", {}, html("summary", {}, "Description"), html("div", { class: "description" }, html("slot"))),
        this.share.element,
      ),
      this.heard,
    );
    this.numbersBox.open = open;
    shadow.append(this.root);
    if (this.hasAttribute("flag")) this.flags = new Flags(this.picture, this.runs);
    this.picture.addEventListener("click", (event) => this.clicked(event));
    this.renew();
  }

  private watch(): void {
    if (!this.setup) return;
    const filled = () => {
      this.larger.textContent = document.fullscreenElement === this ? "Leave full screen" : "Full screen";
    };
    this.addEventListener("fullscreenchange", filled);
    this.watchers.push({ disconnect: () => this.removeEventListener("fullscreenchange", filled) });
    const resized = new ResizeObserver(() => {
      // It calls once at the beginning too, when all is drawn already.
      if (Math.floor(this.picture.clientWidth) !== this.frame?.width) this.resize();
    });
    resized.observe(this.picture);
    const themed = new MutationObserver(() => {
      if (isDark() === this.dark) return;
      this.dark = isDark();
      this.renew();
    });
    themed.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.watchers.push(resized, themed);
  }

  /** A file of the picture as it is, or of the walks' numbers; what makes it is loaded when it is wanted. */
  private async save(kind: Kind): Promise<void> {
    this.make(Number.POSITIVE_INFINITY);
    const { saveCsv, savePng, saveSvg, picture } = await import("./export.ts");
    if (kind === "CSV") return saveCsv(this.setup, this.walks);
    if (!this.frame) return;
    const traces = this.walks.map((walk, i) => ({ walk, mark: mark(i, this.dark) }));
    const paper = getComputedStyle(this.root).backgroundColor;
    const drawing = picture(this.ground, this.setup, this.frame, traces, this.k, paper);
    if (kind === "SVG") saveSvg(this.setup.landscape.name, drawing);
    else await savePng(this.setup.landscape.name, drawing, this.frame);
  }

  /** Show the surroundings of the selected walk's place so many times as large as now. */
  private look(times: number): void {
    const { points } = this.walks[this.selected] as Walk;
    const place = points[Math.min(this.k, points.length - 1)] as Point;
    const now = Math.min(MOST_TIMES, (this.view?.times ?? 1) * times);
    this.view = viewOf(this.setup.landscape, place, now);
    this.frame = undefined;
    this.resize();
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
    const rebuilt = before.landscape !== setup.landscape || before.own.length !== setup.own.length;
    this.selected = Math.min(this.selected, setup.own.length - 1);
    if (before.landscape !== setup.landscape) this.view = undefined;
    if (rebuilt) this.renew();
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
    this.make(Number.POSITIVE_INFINITY);
    this.k = k;
    this.soon();
  }

  reset(): void {
    this.transport.stop();
    this.setup = parse((name) => this.getAttribute(name));
    this.selected = 0;
    this.view = undefined;
    this.renew();
    this.goTo(0);
    if (this.full) keepInAddress(this.setup);
    this.say("Reset.");
  }

  ended(): void {
    this.announce();
  }

  /** Make anew what depends on landscape, number of runs or colours. */
  private renew(): void {
    const { landscape } = this.setup;
    this.root.classList.toggle("dark", this.dark);
    this.root.setAttribute("aria-label", `Lab: ${landscape.title}, ${landscape.formula}`);
    this.heading.replaceChildren(
      html("div", {}, html("b", {}, landscape.title), " ", html("span", {}, described(landscape))),
      html(
        "div",
        { class: "ways" },
        ...this.overlays.buttons(isFlat(landscape)),
        ...(isFlat(landscape) ? [] : [this.depth.button]),
        ...(document.fullscreenEnabled ? [this.larger] : []),
      ),
    );
    if (isFlat(landscape)) this.depth.leave();
    const held = gripped(this.setup);
    for (const handle of this.handles) handle.element.remove();
    this.handles = held.map((run) => {
      const shared = !("start" in (this.setup.own[run] ?? {})) && this.setup.own.length > 1;
      return new Handle(run, shared, this.dark, {
        move: (which, start) => this.change(edited(this.setup, which, { start }), true),
        grab: (which) => this.select(which),
        drop: () => this.announce(),
      });
    });
    this.picture.append(this.zoom, ...this.handles.map(({ element }) => element));
    this.runs.replaceChildren(...this.setup.own.map((_, i) => this.legend(i)));
    this.walkAll();
    this.k = Math.min(this.k, this.steps);
    this.frame = undefined;
    this.resize();
  }

  private walkAll(): void {
    this.walkings = runsOf(this.setup).map((run) => new Walking(this.setup.landscape, run));
    this.walks = this.walkings.map(({ done }) => done);
    this.make(0);
    this.share.update();
    this.form?.update();
  }

  /** Go on with the walks for so many milliseconds, or until they are finished; at least some steps with each. */
  private make(time: number): void {
    const until = performance.now() + time;
    do {
      for (const walking of this.walkings) walking.advance(100);
    } while (!this.finished && performance.now() < until);
  }

  private get finished(): boolean {
    return this.walkings.every(({ finished }) => finished);
  }

  /** What is said of a run at this step; of a walk that is still being made nothing but where it is. */
  private told(i: number): string {
    const walk = this.walks[i] as Walk;
    const k = this.walkings[i]?.finished ? this.k : Math.min(this.k, walk.points.length - 1);
    return told(this.setup.landscape, walk, k);
  }

  private legend(i: number): HTMLLIElement {
    const one = mark(i, this.dark);
    const line = svg("path", {
      d: "M1,10H33",
      stroke: one.colour,
      "stroke-width": 2,
      "stroke-dasharray": one.dash.join(" "),
      fill: "none",
    });
    const dot = svg("path", { d: outline(one, 5), fill: one.colour, transform: "translate(17,10)" });
    return html(
      "li",
      {},
      svg("svg", { viewBox: "0 0 34 20", "aria-hidden": "true" }, line, dot),
      html("div", {}, html("b"), " ", html("span")),
    );
  }

  private resize(): void {
    const width = Math.floor(this.picture.clientWidth);
    if (!width) return;
    if (this.frame?.width !== width) {
      this.frame = frame(this.setup.landscape, width, this.view);
      drawGround(this.ground, this.setup.landscape, this.frame);
    }
    this.draw();
  }

  /** Draw before the next frame, however often something changes until then. */
  private soon(): void {
    this.due ||= requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    cancelAnimationFrame(this.due);
    this.due = 0;
    if (!this.frame) return;
    const { landscape } = this.setup;
    const look = getComputedStyle(this.root);
    const colour = (name: string) => look.getPropertyValue(name).trim();
    const ink: Ink = { text: colour("--ink"), paper: look.backgroundColor };
    const traces: Trace[] = this.walks.map((walk, i) => ({ walk, mark: mark(i, this.dark) }));
    if (this.depth.on) {
      this.depth.show(landscape, traces, this.k, this.frame.width, {
        low: colour("--low"),
        middle: colour("--middle"),
        high: colour("--high"),
        ink: colour("--ink"),
      });
    } else {
      drawPaths(this.paths, landscape, this.frame, traces, this.k, ink, (context) => this.lay(context, ink.text));
      const names = this.handles.length > 1 ? this.names() : [];
      for (const handle of this.handles) handle.place(this.setup, this.frame, names[handle.run] ?? "");
    }
    const room = (this.loss.parentElement as HTMLElement).clientWidth;
    const tall = Math.min(260, Math.max(150, room * 0.5));
    if (this.k > 0) drawLoss(this.loss, landscape, traces, this.k, room, tall, ink);
    else drawFirstStep(this.loss, landscape, traces, room, tall, ink);
    if (this.k > 0 && !this.finished) {
      this.make(MAKING);
      this.soon();
    }
    this.flags?.show(this.setup, this.frame, this.walks, this.k >= this.steps && this.finished);
    this.transport.update();
    this.rateMap.update(this.setup, this.selected, ink.text);
    this.write();
  }

  /** What lies between the ground and the paths. */
  private lay(context: CanvasRenderingContext2D, ink: string): void {
    const { landscape } = this.setup;
    const at = this.frame as Frame;
    const { on } = this.overlays;
    if (on.has("basins")) {
      this.basins.ask(this.setup, this.selected);
      drawBasins(context, landscape, at, this.basins.rows, ink);
    } else this.basins.stop();
    if (isFlat(landscape)) return;
    if (on.has("field")) drawField(context, landscape, at, ink);
    this.walks.forEach((walk, i) => {
      const here = walk.points[Math.min(this.k, walk.points.length - 1)] as Point;
      if (on.has("level")) drawLevel(context, at, here, mark(i, this.dark).colour);
    });
  }

  private names(): string[] {
    return this.setup.own.map((_, i) => label(this.setup, i));
  }

  private write(): void {
    const names = this.names();
    this.walks.forEach((_, i) => {
      const [name, words] = this.runs.children[i]?.querySelectorAll("b, span") ?? [];
      if (name) name.textContent = `${names[i]}:`;
      if (words) words.textContent = this.told(i);
    });
    const raced = this.walks.length > 4 && this.k >= this.steps && this.finished;
    this.raceWords.textContent = raced ? order(this.setup.landscape, this.walks, names) : "";
    const all = this.walks.map((_, i) => `${names[i]}: ${this.told(i)}`).join(" ");
    this.paths.setAttribute("aria-label", `Paths over the landscape. ${all}`);
    const { measure } = this.setup.landscape;
    this.loss.setAttribute(
      "aria-label",
      this.k > 0
        ? `Curve of the ${measure} from step 0 to step ${this.k}.`
        : `Curve of the ${measure} after one step, for each learning rate. ${this.walks.map((walk, i) => `${names[i]}: ${afterOne(walk)}`).join(" ")}`,
    );
    this.update.replaceChildren(
      ...writtenOut(
        this.setup.landscape,
        this.walks[this.selected] as Walk,
        this.k,
        names.length > 1 ? names[this.selected] : undefined,
      ),
    );
    this.writeNumbers();
  }

  private writeNumbers(): void {
    if (this.numbersBox.open)
      this.numbers.replaceChildren(table(this.setup.landscape, this.walks, this.names(), this.k));
  }

  private clicked(event: MouseEvent): void {
    if (!this.frame || this.depth.on || (event.target as Element).closest(".handle, .zoom")) return;
    const box = this.picture.getBoundingClientRect();
    const { landscape } = this.setup;
    const [x, y] = [this.frame.x.invert(event.clientX - box.left), this.frame.y.invert(event.clientY - box.top)];
    const [low, high] = landscape.domain;
    if (x < low || x > high || (!isFlat(landscape) && (y < low || y > high))) return;
    const start: Point = snapped(landscape, isFlat(landscape) ? [x] : [x, y]);
    this.change(edited(this.setup, this.selected, { start }), true);
  }

  private announce(): void {
    window.clearTimeout(this.announcing);
    this.announcing = window.setTimeout(() => {
      const names = this.names();
      this.say(this.walks.map((_, i) => `${names[i]}: ${this.told(i)}`).join(" "));
    }, 600);
  }
  private announcing = 0;

  private say(text: string): void {
    this.heard.textContent = text;
  }
}

/** A landscape's formula, and how narrow it is where that is one number. */
function described(landscape: Landscape): string {
  if (landscape.typed) return `${landscape.formula}, ${landscape.typed}`;
  const kappa = conditionNumber(landscape);
  return kappa === undefined ? landscape.formula : `${landscape.formula}, condition number κ = ${number(kappa)}`;
}

const isDark = (): boolean => document.body.dataset.mdColorScheme === "slate";

customElements.define("descent-lab", DescentLab);

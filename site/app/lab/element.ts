// <descent-lab>: puts the parts together. A set-up makes walks, walks and a step make the picture and the words.

import { controls, type Desk, edited } from "./controls.ts";
import { Depth } from "./depth.ts";
import { html, svg } from "./dom.ts";
import { Flags } from "./flag.ts";
import { drawGround, type Frame, frame, isFlat } from "./ground.ts";
import { gripped, Handle, snapped } from "./handles.ts";
import type { Point } from "./landscapes.ts";
import { drawLoss } from "./loss.ts";
import { mark, outline } from "./marks.ts";
import { drawPaths, type Ink, type Trace } from "./plane.ts";
import { label, NAMES, parse, runsOf, type Setup } from "./settings.ts";
import { keepInAddress, Share } from "./share.ts";
import { style } from "./style.ts";
import { type Clock, Transport } from "./transport.ts";
import { type Walk, walk } from "./walk.ts";
import { table, told } from "./words.ts";

class DescentLab extends HTMLElement implements Clock, Desk {
  setup!: Setup;
  selected = 0;
  k = 0;
  dark = false;

  private walks: Walk[] = [];
  private frame: Frame | undefined;
  private handles: Handle[] = [];
  private due = 0;
  private readonly watchers: { disconnect(): void }[] = [];

  private readonly root = html("figure", { class: "lab" });
  private readonly heading = html("div", { class: "heading" });
  private readonly ground = svg("svg", { class: "ground", "aria-hidden": "true" });
  private readonly paths = html("canvas", { class: "paths", role: "img" });
  private readonly picture = html("div", { class: "picture" }, this.ground, this.paths);
  private readonly loss = html("canvas", { role: "img" });
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

  private open(): void {
    if (this.shadowRoot) return;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.append(html("style", {}, style));
    try {
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
    this.resize();
  }
  private shown = 0;

  private printed(): void {
    if (this.setup) this.goTo(this.shown);
  }

  /** The full lab is set up by the address where that says something; every other lab by its attributes. */
  private asked(): Setup {
    const query = new URLSearchParams(location.search);
    const addressed = this.full && NAMES.some((name) => query.has(name));
    return parse((name) => (addressed ? query.get(name) : this.getAttribute(name)));
  }

  private build(shadow: ShadowRoot): void {
    this.form = controls(this, this.full);
    const open = this.full;
    this.share = new Share(() => this.setup, !this.full);
    this.depth = new Depth(this.picture, () => this.soon());
    this.root.append(
      this.heading,
      html("div", { class: "stage" }, this.picture, html("div", { class: "loss" }, this.loss)),
      this.transport.element,
      this.runs,
      html(
        "div",
        { class: "drawers" },
        html("details", { open }, html("summary", {}, "Set up"), this.form.form),
        this.numbersBox,
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

  /** Take a set-up that somebody made, and show the whole walk; where a guess is asked for, only the start of it. */
  change(setup: Setup): void {
    const before = this.setup;
    this.setup = setup;
    this.transport.stop();
    const rebuilt = before.landscape !== setup.landscape || before.own.length !== setup.own.length;
    this.selected = Math.min(this.selected, setup.own.length - 1);
    if (rebuilt) this.renew();
    else this.walkAll();
    this.k = this.hasAttribute("guess") ? 0 : this.steps;
    this.soon();
    this.announce();
    if (this.full) keepInAddress(this.setup);
  }

  select(run: number): void {
    this.selected = run;
    this.form?.update();
  }

  goTo(k: number): void {
    this.k = k;
    this.soon();
  }

  reset(): void {
    this.transport.stop();
    this.setup = parse((name) => this.getAttribute(name));
    this.selected = 0;
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
      html("div", {}, html("b", {}, landscape.title), " ", html("span", {}, landscape.formula)),
      ...(isFlat(landscape) ? [] : [this.depth.button]),
    );
    if (isFlat(landscape)) this.depth.leave();
    const held = gripped(this.setup);
    for (const handle of this.handles) handle.element.remove();
    this.handles = held.map((run) => {
      const shared = !("start" in (this.setup.own[run] ?? {})) && this.setup.own.length > 1;
      return new Handle(run, shared, this.dark, {
        move: (which, start) => this.change(edited(this.setup, which, { start })),
        grab: (which) => this.select(which),
        drop: () => this.announce(),
      });
    });
    this.picture.append(...this.handles.map(({ element }) => element));
    this.runs.replaceChildren(...this.setup.own.map((_, i) => this.legend(i)));
    this.walkAll();
    this.k = Math.min(this.k, this.steps);
    this.frame = undefined;
    this.resize();
  }

  private walkAll(): void {
    this.walks = runsOf(this.setup).map((run) => walk(this.setup.landscape, run));
    this.share.update();
    this.form?.update();
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
      this.frame = frame(this.setup.landscape, width);
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
      this.depth.show(landscape, traces, this.k, this.frame.width, { low: colour("--low"), high: colour("--high") });
    } else {
      drawPaths(this.paths, landscape, this.frame, traces, this.k, ink);
      const names = this.handles.length > 1 ? this.names() : [];
      for (const handle of this.handles) handle.place(this.setup, this.frame, names[handle.run] ?? "");
    }
    const box = this.loss.parentElement as HTMLElement;
    drawLoss(
      this.loss,
      landscape,
      traces,
      this.k,
      box.clientWidth,
      Math.min(280, Math.max(150, box.clientWidth * 0.78)),
      ink,
    );
    this.flags?.show(this.setup, this.frame, this.walks, this.k === this.steps);
    this.transport.update();
    this.write();
  }

  private names(): string[] {
    return this.setup.own.map((_, i) => label(this.setup, i));
  }

  private write(): void {
    const names = this.names();
    this.walks.forEach((walk, i) => {
      const [name, words] = this.runs.children[i]?.querySelectorAll("b, span") ?? [];
      if (name) name.textContent = `${names[i]}:`;
      if (words) words.textContent = told(this.setup.landscape, walk, this.k);
    });
    const all = this.walks.map((walk, i) => `${names[i]}: ${told(this.setup.landscape, walk, this.k)}`).join(" ");
    this.paths.setAttribute("aria-label", `Paths over the landscape. ${all}`);
    this.loss.setAttribute("aria-label", `Curve of the ${this.setup.landscape.measure} from step 0 to step ${this.k}.`);
    this.writeNumbers();
  }

  private writeNumbers(): void {
    if (this.numbersBox.open)
      this.numbers.replaceChildren(table(this.setup.landscape, this.walks, this.names(), this.k));
  }

  private clicked(event: MouseEvent): void {
    if (!this.frame || this.depth.on || (event.target as Element).closest(".handle")) return;
    const box = this.picture.getBoundingClientRect();
    const { landscape } = this.setup;
    const [x, y] = [this.frame.x.invert(event.clientX - box.left), this.frame.y.invert(event.clientY - box.top)];
    const [low, high] = landscape.domain;
    if (x < low || x > high || (!isFlat(landscape) && (y < low || y > high))) return;
    const start: Point = snapped(landscape, isFlat(landscape) ? [x] : [x, y]);
    this.change(edited(this.setup, this.selected, { start }));
  }

  private announce(): void {
    window.clearTimeout(this.announcing);
    this.announcing = window.setTimeout(() => {
      const names = this.names();
      this.say(this.walks.map((walk, i) => `${names[i]}: ${told(this.setup.landscape, walk, this.k)}`).join(" "));
    }, 600);
  }
  private announcing = 0;

  private say(text: string): void {
    this.heard.textContent = text;
  }
}

const isDark = (): boolean => document.body.dataset.mdColorScheme === "slate";

customElements.define("descent-lab", DescentLab);

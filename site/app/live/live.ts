// What all live figures beside the lab have in common: built when they come near, drawn once a frame, light or dark, whole
// on paper. A figure says in `build` what it is made of and in `draw` how it looks now.

import { html } from "../lab/dom.ts";
import { style as common } from "../lab/style.ts";
import { style } from "./style.ts";

export abstract class LiveFigure extends HTMLElement {
  protected dark = false;
  protected readonly root = html("figure", { class: "lab live" });
  private readonly heard = html("div", { class: "heard", role: "status" });
  private readonly watchers: (() => void)[] = [];
  private ready = false;
  private due = 0;
  private width = 0;
  private saying = 0;

  /** Fill `root`; called once. What cannot be set up throws an Error that says why. */
  protected abstract build(): void;
  /** Show the present state; called before a frame, after whatever changed it, and when the width is another. */
  protected abstract draw(): void;
  /** Be whole for paper, and then as before. */
  protected print(_on: boolean): void {}
  protected stop(): void {}

  connectedCallback(): void {
    this.listen(window, "beforeprint", () => this.paper(true));
    this.listen(window, "afterprint", () => this.paper(false));
    if (this.ready) {
      this.watch();
      return;
    }
    // To build all figures of a page at once would keep a phone busy.
    const nearing = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        nearing.disconnect();
        this.open();
      },
      { rootMargin: "50%" },
    );
    nearing.observe(this);
    this.watchers.push(() => nearing.disconnect());
  }

  disconnectedCallback(): void {
    this.stop();
    for (const end of this.watchers.splice(0)) end();
  }

  private listen(to: EventTarget, name: string, then: () => void): void {
    to.addEventListener(name, then);
    this.watchers.push(() => to.removeEventListener(name, then));
  }

  private open(): void {
    if (this.shadowRoot) return;
    const shadow = this.attachShadow({ mode: "open" });
    shadow.append(html("style", {}, common + style));
    this.dark = isDark();
    this.root.classList.toggle("dark", this.dark);
    try {
      this.build();
    } catch (error) {
      const why = `This figure cannot be set up: ${(error as Error).message}.`;
      shadow.append(html("p", { class: "wrong", role: "alert" }, why), html("slot"));
      return;
    }
    this.root.append(this.heard);
    shadow.append(this.root);
    this.ready = true;
    this.watch();
    this.now();
  }

  private watch(): void {
    const resized = new ResizeObserver(() => {
      if (this.root.clientWidth !== this.width) this.now();
    });
    resized.observe(this.root);
    const themed = new MutationObserver(() => {
      if (isDark() === this.dark) return;
      this.dark = isDark();
      this.root.classList.toggle("dark", this.dark);
      this.now();
    });
    themed.observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.watchers.push(
      () => resized.disconnect(),
      () => themed.disconnect(),
    );
  }

  private paper(on: boolean): void {
    this.open();
    if (!this.ready) return;
    this.stop();
    this.print(on);
    this.now();
  }

  private now(): void {
    cancelAnimationFrame(this.due);
    this.due = 0;
    this.width = this.root.clientWidth;
    if (this.width) this.draw();
  }

  /** Draw before the next frame, however often something changes until then. */
  protected soon(): void {
    this.due ||= requestAnimationFrame(() => this.now());
  }

  /** Let it be read aloud, when nothing has changed for a moment. */
  protected say(text: () => string): void {
    window.clearTimeout(this.saying);
    this.saying = window.setTimeout(() => {
      this.heard.textContent = text();
    }, 600);
  }

  /** A colour of the style sheet, for what is drawn on a canvas. */
  protected colour(name: string): string {
    return getComputedStyle(this.root).getPropertyValue(name).trim();
  }

  protected get ink(): { text: string; paper: string } {
    return { text: this.colour("--ink"), paper: getComputedStyle(this.root).backgroundColor };
  }
}

const isDark = (): boolean => document.body.dataset.mdColorScheme === "slate";

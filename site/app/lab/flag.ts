// Flags: before a walk is played, a reader says where it will end. Afterwards a sentence says how far off that was.

import { html } from "./dom.ts";
import { number, point as written } from "./format.ts";
import type { Frame } from "./ground.ts";
import { Handle } from "./handles.ts";
import { isInside, type Landscape, type Point, span } from "./landscapes.ts";
import { mark } from "./marks.ts";
import { label, runsOf, type Setup } from "./settings.ts";
import { distance, type Walk } from "./walk.ts";

const CLOTH = "M0,0V-24L17,-17.5L0,-11"; // a pole that stands on its place
const STYLE = ".prompt { margin: .4rem 0 .2rem; } @media print { .prompt { display: none; } }";
const PROMPT = "Put the flag where you think the walk ends, then press Play.";
const PROMPTS = "Put each flag where you think its walk ends, then press Play.";

/** How far a walk's end is from the flag, in a sentence. */
export function verdict(landscape: Landscape, walk: Walk, flag: Point): string {
  const end = walk.points.at(-1) as Point;
  if (walk.overflow !== undefined)
    return "The walk runs off to numbers too large for a computer. No flag could stand there.";
  if (!isInside(landscape, end))
    return `The walk ends outside the picture, at ${written(end)}. No flag could stand there.`;
  const off = distance(end, flag);
  const far = `The walk ends at ${written(end)}, ${number(off, 2)} from your flag`;
  if (off <= 0.01 * span(landscape)) return `${far}: that is the place.`;
  if (off <= 0.06 * span(landscape)) return `${far}: that is close.`;
  return `${far}.`;
}

export class Flags {
  private readonly picture: HTMLElement;
  private readonly said: HTMLElement;
  private flags: { handle: Handle; at: Point; planted: boolean }[] = [];
  private landscape: Landscape | undefined;
  private redraw = () => {};

  /** Flags stand in the picture; what is said to them stands after an element of the lab. */
  constructor(picture: HTMLElement, after: HTMLElement) {
    this.picture = picture;
    this.said = html("p", { class: "prompt", role: "status" });
    after.after(html("style", {}, STYLE), this.said);
  }

  /** Show the flags where they stand, and how far off they were once the walks have ended. */
  show(setup: Setup, frame: Frame, walks: Walk[], ended: boolean): void {
    this.redraw = () => this.show(setup, frame, walks, ended);
    if (this.landscape !== setup.landscape || this.flags.length !== walks.length) this.plant(setup);
    const dark = document.body.dataset.mdColorScheme === "slate";
    this.flags.forEach(({ handle, at }, run) => {
      const cloth = handle.element.querySelector("path") as SVGPathElement;
      cloth.style.fill = cloth.style.stroke = mark(run, dark).colour;
      handle.place(withStart(setup, run, at), frame, "");
      const whose = walks.length > 1 ? ` of the walk “${label(setup, run)}”` : "";
      handle.element.setAttribute("aria-label", `Flag: the end${whose}, as you expect it. Arrow keys move it.`);
    });
    this.say(ended && this.flags.some(({ planted }) => planted) ? this.verdicts(setup, walks) : this.prompt());
  }

  private plant(setup: Setup): void {
    for (const { handle } of this.flags) handle.element.remove();
    this.landscape = setup.landscape;
    this.flags = runsOf(setup).map(({ start }, run) => {
      const handle = new Handle(run, true, false, {
        move: (_, at) => {
          Object.assign(this.flags[run] as object, { at, planted: true });
          this.redraw();
        },
        grab: () => {},
        drop: () => {},
      });
      handle.element.classList.add("flag");
      handle.element.querySelector("path")?.setAttribute("d", CLOTH);
      this.picture.append(handle.element);
      return { handle, at: parked(setup.landscape, start, run), planted: false };
    });
  }

  private prompt(): string {
    return this.flags.length > 1 ? PROMPTS : PROMPT;
  }

  private verdicts(setup: Setup, walks: Walk[]): string {
    const told = walks.flatMap((walk, run) => {
      const flag = this.flags[run];
      if (!flag?.planted) return [];
      const said = verdict(setup.landscape, walk, flag.at);
      return [walks.length > 1 ? `${label(setup, run)}: ${said}` : said];
    });
    return told.join(" ");
  }

  /** Say something new; what is said already is not said again to those who listen. */
  private say(words: string): void {
    if (this.said.textContent !== words) this.said.textContent = words;
  }
}

function withStart(setup: Setup, run: number, start: Point): Setup {
  return { ...setup, own: setup.own.map((one, i) => (i === run ? { ...one, start } : one)) };
}

/** Where a flag waits: in a corner far from the start, one beside the other. */
function parked(landscape: Landscape, start: Point, run: number): Point {
  const [low, high] = landscape.domain;
  return start.map((x, i) => {
    const inwards = span(landscape) * (0.06 + (i ? 0 : 0.09 * run));
    return x > (low + high) / 2 ? low + inwards : high - inwards;
  });
}

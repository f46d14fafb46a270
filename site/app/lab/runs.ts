// The runs' walks, made bit by bit between frames, so that long ones never keep the page waiting; and what is said of each.

import { label, runsOf, type Setup } from "./settings.ts";
import { type Walk, Walking } from "./walk.ts";
import { told } from "./words.ts";

export class Runs {
  readonly setup: Setup;
  readonly names: readonly string[];
  readonly walks: readonly Walk[]; // as far as they have been made
  private readonly walkings: readonly Walking[];

  constructor(setup: Setup) {
    this.setup = setup;
    this.names = setup.own.map((_, i) => label(setup, i));
    this.walkings = runsOf(setup).map((run) => new Walking(setup.landscape, run));
    this.walks = this.walkings.map(({ done }) => done);
    this.make(0);
  }

  /** How many steps the longest walk is to have. */
  get steps(): number {
    return Math.max(...this.walks.map(({ run }) => run.epochs));
  }

  get finished(): boolean {
    return this.walkings.every(({ finished }) => finished);
  }

  /** Go on with the walks for so many milliseconds, or until they are finished; at least some steps with each. */
  make(time: number): void {
    const until = performance.now() + time;
    do {
      for (const walking of this.walkings) walking.advance(100);
    } while (!this.finished && performance.now() < until);
  }

  makeAll(): void {
    this.make(Number.POSITIVE_INFINITY);
  }

  /** What is said of a run at a step; of a walk that is still being made nothing but where it is. */
  told(i: number, k: number): string {
    const walk = this.walks[i] as Walk;
    const known = this.walkings[i]?.finished ? k : Math.min(k, walk.points.length - 1);
    return told(this.setup.landscape, walk, known);
  }

  /** The same of all runs, each with its name. */
  allTold(k: number): string {
    return this.walks.map((_, i) => `${this.names[i]}: ${this.told(i, k)}`).join(" ");
  }
}

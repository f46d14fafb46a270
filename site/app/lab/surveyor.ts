// Asks the worker for surveys, and keeps what has come of the latest of each kind.

import type { Setup } from "./settings.ts";
import { serialise } from "./settings.ts";
import type { Asked, Row } from "./worker.ts";

let count = 0;

export class Surveyor {
  rows: (Int16Array | undefined)[] = [];
  private worker: Worker | undefined;
  private asked = "";
  private id = 0;
  private readonly what: Asked["what"];
  private readonly cells: number;
  private readonly came: () => void;

  constructor(what: Asked["what"], cells: number, came: () => void) {
    this.what = what;
    this.cells = cells;
    this.came = came;
  }

  /** Have a set-up surveyed, unless it is already. */
  ask(setup: Setup, run: number): void {
    const text = serialise(this.what === "basins" ? startless(setup) : setup);
    const asked = `${text} ${run}`;
    if (asked === this.asked) return;
    this.asked = asked;
    this.rows = [];
    count += 1;
    this.id = count;
    this.worker ??= this.hired();
    this.worker.postMessage({ id: this.id, what: this.what, setup: text, run, cells: this.cells } satisfies Asked);
  }

  /** Nothing is wanted any more. */
  stop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.asked = "";
    this.rows = [];
  }

  private hired(): Worker {
    const worker = new Worker(new URL("lab-worker.js", import.meta.url), { type: "module", name: "lab" });
    worker.onmessage = ({ data }: MessageEvent<Row>) => {
      if (data.id !== this.id) return;
      this.rows[data.row] = data.values;
      this.came();
    };
    return worker;
  }
}

/** Basins do not depend on where the reader's own walk starts: while that is dragged they stay. */
function startless(setup: Setup): Setup {
  const start = setup.landscape.variables.map(() => 0);
  return {
    ...setup,
    shared: { ...setup.shared, start },
    own: setup.own.map((one) => ("start" in one ? { ...one, start } : one)),
  };
}

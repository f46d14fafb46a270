// The surveys' worker: takes one at a time, sends it row by row, and drops it for the next that is asked for.

import { load, OWN } from "./own.ts";
import { parse, runsOf } from "./settings.ts";
import { basinRow, MAP, mapRow } from "./survey.ts";
import type { Run } from "./walk.ts";

export interface Asked {
  id: number;
  what: "basins" | "map";
  setup: string; // as in an address
  run: number;
  cells: number; // along a side of the basins' picture
}

export interface Row {
  id: number;
  row: number;
  values: Int16Array;
}

let latest = 0;

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  latest = data.id;
  const query = new URLSearchParams(data.setup);
  if (query.get("landscape") === OWN) await load();
  const setup = parse((name) => query.get(name));
  const run = runsOf(setup)[data.run] as Run;
  const flat = setup.landscape.variables.length === 1;
  const rows = data.what === "map" ? MAP.decays : flat ? 1 : data.cells;
  for (let row = 0; row < rows && latest === data.id; row++) {
    const values =
      data.what === "map" ? mapRow(setup.landscape, run, row) : basinRow(setup.landscape, run, data.cells, row);
    self.postMessage({ id: data.id, row, values } satisfies Row);
    await new Promise((heard) => setTimeout(heard)); // or no later question would be heard
  }
};

// What the fields of the set-up work on: the set-up itself, the run that is selected, and a way to change them.

import type { Setup } from "./settings.ts";
import type { Run } from "./walk.ts";

export interface Desk {
  setup: Setup;
  selected: number;
  change(setup: Setup): void;
  select(run: number): void;
  dark: boolean;
  eager: boolean; // whether whole walks are shown while something is dragged
  showWalks(eager: boolean): void;
}

/** Change one thing of a run: its own, where it has that or is one of several; what they share otherwise. */
export function edited(setup: Setup, run: number, change: Partial<Run>): Setup {
  const own = setup.own[run] as Partial<Run>;
  const several = setup.own.length > 1;
  const isOwn = (name: string) => name in own || (several && (name === "method" || name === "rate"));
  const parts = Object.entries(change);
  const mine = Object.fromEntries(parts.filter(([name]) => isOwn(name)));
  const ours = Object.fromEntries(parts.filter(([name]) => !isOwn(name)));
  return {
    ...setup,
    shared: { ...setup.shared, ...ours },
    own: setup.own.map((one, i) => (i === run ? { ...one, ...mine } : one)),
  };
}

// What a verdict is made of: an outcome, and sentences of which some may be missing.

import { count } from "./format.ts";
import type { Case } from "./reasons.ts";

export type Outcome =
  | "unmoved" // no steps asked for, or each step was zero
  | "diverged" // thrown out, higher and higher
  | "ran away" // downhill without end, where there is no lowest place
  | "outside" // beyond the picture's border, for another reason
  | "arrived"
  | "level" // at rest on a level place that is not what was looked for
  | "stopped" // where its schedule has brought the rate to 0
  | "hovers" // about what it looks for, pushed by noise
  | "oscillates"
  | "almost there"
  | "crawls"
  | "on its way";

export interface Verdict {
  outcome: Outcome;
  text: string;
}

export const said = (outcome: Outcome, ...parts: (string | undefined)[]): Verdict => ({
  outcome,
  text: parts.filter(Boolean).join(" "),
});

export const steps = (n: number): string => (n === 1 ? "1 step" : `${count(n)} steps`);

export const came = ({ walk }: Case): string | undefined =>
  walk.left === undefined ? undefined : `It left the picture in step ${walk.left} and came back.`;

// Learning-rate schedules: what share of its rate each step takes. None asks how long a walk is to be, so that a walk
// that is continued goes on as it began.

export const SCHEDULES = ["constant", "step", "exponential", "inverse", "cosine", "warmup"] as const;
export type Schedule = (typeof SCHEDULES)[number];

export interface Scheduled {
  schedule: Schedule;
  pace: number; // T: after how many steps the rate is half, 0, or whole; each schedule says which
}

/** Where nothing else is said the rate stays what it is. */
export const STEADY: Scheduled = { schedule: "constant", pace: 20 };

const shares: Readonly<Record<Schedule, (k: number, T: number) => number>> = {
  constant: () => 1,
  step: (k, T) => 0.5 ** Math.floor(k / T),
  exponential: (k, T) => 0.5 ** (k / T),
  inverse: (k, T) => 1 / (1 + k / T),
  cosine: (k, T) => (k < T ? (1 + Math.cos((Math.PI * k) / T)) / 2 : 0),
  warmup: (k, T) => Math.min(1, (k + 1) / T),
};

/** The learning rate of the step that follows step k. */
export const rateOf = (run: Scheduled & { rate: number }, k: number): number =>
  run.rate * shares[run.schedule](k, run.pace);

/** Whether the rate falls as the walk goes on. */
export const lowers = ({ schedule }: Scheduled): boolean => schedule !== "constant" && schedule !== "warmup";

export const SCHEDULE_NAMES: Readonly<Record<Schedule, string>> = {
  constant: "constant",
  step: "in steps",
  exponential: "exponential",
  inverse: "1/t",
  cosine: "cosine",
  warmup: "warm-up",
};

/** What becomes of the rate η, in words: T is a number of steps. */
export const SCHEDULE_RULES: Readonly<Record<Schedule, string>> = {
  constant: "the rate stays η",
  step: "halved after every T steps",
  exponential: "halved in T steps, a little in each",
  inverse: "η / (1 + k/T) in step k",
  cosine: "down to 0 in T steps",
  warmup: "from 0 up to η in T steps",
};

/** The rate ηₖ of the step that follows step k, as a formula. */
export const SCHEDULE_FORMULAS: Readonly<Record<Schedule, string>> = {
  constant: "η",
  step: "η, halved ⌊k/T⌋ times",
  exponential: "η / 2^(k/T)",
  inverse: "η / (1 + k/T)",
  cosine: "η · (1 + cos(π · k/T)) / 2",
  warmup: "η · min(1, (k + 1)/T)",
};

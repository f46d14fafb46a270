// What the page and the worker in which Python runs say to each other.

/** Calls that had to be ended from outside: their number, and how Python died, or "" where time had run out. */
export type Ended = [number: number, how: string][];

export type Request =
  | { task: "check"; slug: string; source: string; ended: Ended }
  | { task: "run"; slug: string; source: string };

export type Reply =
  | { kind: "loading"; stage: string; done: number }
  | { kind: "ready"; fetched?: string[] }
  /** A call begins that may take so long. Number 0: it has ended. */
  | { kind: "call"; number: number; limit_s: number }
  | { kind: "said"; text: string }
  | { kind: "answer"; text: string }
  /** Something of ours went wrong. */
  | { kind: "fault"; text: string }
  /** This Python is dead. */
  | { kind: "died"; text: string };

export interface CheckResult {
  name: string;
  title: string;
  points: number;
  max_points: number;
  outcome: "passed" | "failed" | "error" | "timeout" | "killed" | "skipped" | "grader_error";
  message: string;
  hint: string;
  diagnosis: string;
}

export interface Report {
  score: number | null;
  max_score: number;
  checks: CheckResult[];
  notes: string[];
  output: string;
}

/** What `grader.practice.page.check` answers. */
export interface Checked {
  report: Report;
  picture: string;
}

// What somebody has reached in each exercise: kept in this browser, in the form of the file that `grader progress` uses.
//
// `parse`, `merge` and `serialise` agree with `grader/practice/progress.py`; a test gives both the same cases.

/** The best so far of one exercise, by its public checks. */
export interface Best {
  passed: number;
  checks: number;
  points: number;
  max_points: number;
  /** When that was reached: UTC, to the second, such as "2026-11-21T10:00:00Z". */
  when: string;
}

export interface Progress {
  schema_version: 1;
  exercises: Record<string, Best>;
}

export type Result = Omit<Best, "when">;

export const KEY = "descent-kit:progress";
export const CHANGED = "descent-progress";

const MOST_TEXT = 1_000_000; // characters of a file
const MOST = 1_000_000; // of any number in it
const SLUG = /^[a-z][a-z0-9_]{0,79}$/;
const WHEN = /^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/;

let memory: Progress = empty(); // what is known where the browser keeps nothing

export function empty(): Progress {
  return { schema_version: 1, exercises: {} };
}

/** Read the text of a progress file; throws an Error that says what is wrong with it. */
export function parse(text: string): Progress {
  if (text.length > MOST_TEXT) throw new Error("This is not a progress file: it is too large.");
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("This is not a progress file: it is not JSON.");
  }
  if (!isRecord(data)) throw new Error("This is not a progress file: it lists no exercises.");
  if (data.schema_version !== 1) throw new Error("This is not a progress file: its schema_version is not 1.");
  if (!isRecord(data.exercises)) throw new Error("This is not a progress file: it lists no exercises.");
  const exercises = Object.entries(data.exercises).map(([slug, entry]) => [slug, best(slug, entry)] as const);
  return { schema_version: 1, exercises: Object.fromEntries(exercises) };
}

function best(slug: string, entry: unknown): Best {
  if (!SLUG.test(slug)) throw new Error("This is not a progress file: it names an exercise that does not exist.");
  const broken = (what: string) => new Error(`The progress file is broken: ${what} of ${slug} makes no sense.`);
  if (!isRecord(entry)) throw broken("the entry");
  const { passed, checks, points, max_points, when } = entry;
  if (!isCount(checks)) throw broken("checks");
  if (!isCount(passed) || passed > checks) throw broken("passed");
  if (!isAmount(max_points)) throw broken("max_points");
  if (!isAmount(points) || points > max_points) throw broken("points");
  if (typeof when !== "string" || !WHEN.test(when)) throw broken("when");
  return { passed, checks, points, max_points, when };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isAmount(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && value <= MOST;
}

function isCount(value: unknown): value is number {
  return isAmount(value) && Number.isInteger(value);
}

/** Return the better of two for each exercise: more points win, then the earlier time. */
export function merge(a: Progress, b: Progress): Progress {
  const exercises = { ...a.exercises };
  for (const [slug, other] of Object.entries(b.exercises)) {
    const own = Object.hasOwn(exercises, slug) ? exercises[slug] : undefined; // not what every object has
    exercises[slug] = own && !isBetter(other, own) ? own : other;
  }
  return { schema_version: 1, exercises };
}

/** Tell whether `one` comes first. The last three decide nothing but ties, so that any order of merging gives the same. */
function isBetter(one: Best, other: Best): boolean {
  if (one.points !== other.points) return one.points > other.points;
  if (one.when !== other.when) return one.when < other.when;
  if (one.passed !== other.passed) return one.passed > other.passed;
  if (one.checks !== other.checks) return one.checks < other.checks;
  return one.max_points < other.max_points;
}

/** Return the text of a progress file. */
export function serialise(progress: Progress): string {
  const slugs = Object.keys(progress.exercises).sort();
  const exercises = Object.fromEntries(slugs.map((slug) => [slug, progress.exercises[slug]]));
  return `${JSON.stringify({ schema_version: 1, exercises }, null, 1)}\n`;
}

/** Return what is known so far. What cannot be read is set aside under another key, and never overwritten. */
export function load(): Progress {
  let text: string | null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return memory; // a private window, or storage is forbidden
  }
  if (text === null) return memory;
  try {
    return merge(parse(text), memory);
  } catch {
    setAside(text);
    return memory;
  }
}

function setAside(text: string): void {
  try {
    localStorage.setItem(`${KEY}:damaged:${now()}`, text);
    localStorage.removeItem(KEY);
  } catch {
    // It stays where it is; what is new is known to this page alone.
  }
}

/** Note what a run of the public checks gave; it counts if it is the best so far. */
export function record(slug: string, result: Result): void {
  add({ schema_version: 1, exercises: { [slug]: { ...result, when: now() } } });
}

/** Merge what another browser, or `grader progress`, has exported; throws an Error that says what is wrong with it. */
export function take(text: string): Progress {
  return add(parse(text));
}

function add(more: Progress): Progress {
  return save(merge(load(), more));
}

/** Forget one exercise, or all. */
export function forget(slug?: string): void {
  const left = { ...load().exercises };
  if (slug !== undefined) delete left[slug];
  memory = empty();
  save(slug === undefined ? empty() : { schema_version: 1, exercises: left });
}

/** Tell whether this browser keeps what is recorded beyond this page. */
export function isKept(): boolean {
  try {
    const probe = `${KEY}:probe`;
    localStorage.setItem(probe, "");
    localStorage.removeItem(probe);
    return true;
  } catch {
    return false;
  }
}

function save(progress: Progress): Progress {
  try {
    localStorage.setItem(KEY, serialise(progress));
    memory = empty();
  } catch {
    memory = progress;
  }
  window.dispatchEvent(new Event(CHANGED));
  return progress;
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

// Another tab of this site has recorded something.
globalThis.window?.addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) window.dispatchEvent(new Event(CHANGED));
});

// Which lessons somebody has read and which of their questions they have answered, kept in this browser alone.

/** What is known of a lesson that was opened. */
export interface Lesson {
  /** Whether its end was seen. */
  read: boolean;
  /** How many questions it asks, and the names of those that were answered. */
  questions: number;
  answered: string[];
}

export type Lessons = Record<string, Lesson>;

export const KEY = "descent-kit:lessons";
export const CHANGED = "descent-lessons";

let memory: Lessons = {}; // what is known where the browser keeps nothing

/** Return the lesson that an address leads to, by the name of its folder. */
export function slugOf(address: string): string {
  return new URL(address).pathname.replace(/\/(index\.html)?$/, "").replace(/^.*\//, "");
}

/** Return what is known; what cannot be read counts as nothing, for it takes one visit to know it again. */
export function known(): Lessons {
  let text: string | null;
  try {
    text = localStorage.getItem(KEY);
  } catch {
    return memory; // a private window, or storage is forbidden
  }
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return Object.fromEntries(Object.entries(data as object).filter(([, one]) => isLesson(one)));
  } catch {
    return memory;
  }
}

function isLesson(one: unknown): one is Lesson {
  const { read, questions, answered } = (one ?? {}) as Partial<Record<keyof Lesson, unknown>>;
  const named = Array.isArray(answered) && answered.every((name) => typeof name === "string");
  return typeof read === "boolean" && Number.isSafeInteger(questions) && named;
}

/** Return what is known of one lesson. */
export function lesson(slug: string): Lesson {
  const all = known();
  return (Object.hasOwn(all, slug) ? all[slug] : undefined) ?? { read: false, questions: 0, answered: [] };
}

export function isAnswered(name: string): boolean {
  return lesson(slugOf(location.href)).answered.includes(name);
}

/** Note that a question of this page was answered. */
export function answered(name: string): void {
  if (!isAnswered(name)) note({ answered: [...lesson(slugOf(location.href)).answered, name] });
}

/** Note something of this page's lesson. */
export function note(more: Partial<Lesson>): void {
  const slug = slugOf(location.href);
  keep({ ...known(), [slug]: { ...lesson(slug), ...more } });
}

export function forget(): void {
  keep({});
}

function keep(lessons: Lessons): void {
  memory = lessons;
  try {
    localStorage.setItem(KEY, JSON.stringify(lessons));
  } catch {
    // It is known to this page alone.
  }
  window.dispatchEvent(new Event(CHANGED));
}

// Another tab of this site has noted something.
globalThis.window?.addEventListener("storage", (event) => {
  if (event.key === KEY || event.key === null) window.dispatchEvent(new Event(CHANGED));
});

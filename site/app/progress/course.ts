// The course as the start page lists it, and how far somebody has come in it.

import { type Lesson, type Lessons, slugOf } from "./lessons.ts";
import type { Best, Progress } from "./store.ts";

/** A place on the way: a lesson or an exercise. */
export interface Stop {
  kind: "lesson" | "exercise";
  slug: string;
  title: string;
  address: string;
}

/** How far somebody has come at a stop. */
export interface State {
  done: boolean;
  part: number;
  whole: number;
  said: string;
}

/** Return the stops of each line of a list: a lesson, and the exercise that it leads to, where there is one. */
export function listed(list: Element): Stop[][] {
  return [...list.querySelectorAll("li")].map((line) => {
    const [lesson, exercise] = line.querySelectorAll<HTMLAnchorElement>("a[href]");
    if (!lesson) return [];
    const title = lesson.textContent?.trim() ?? "";
    const stop = (kind: Stop["kind"], link: HTMLAnchorElement, named: string): Stop => ({
      kind,
      slug: slugOf(link.href),
      title: named,
      address: link.href,
    });
    const first = stop("lesson", lesson, title);
    if (!exercise) return [first];
    const number = exercise.textContent?.match(/\d+/)?.[0] ?? "";
    return [first, stop("exercise", exercise, `Exercise ${number}: ${title}`)];
  });
}

export function state({ kind, slug }: Stop, lessons: Lessons, progress: Progress): State {
  return kind === "lesson" ? ofLesson(own(lessons, slug)) : ofExercise(own(progress.exercises, slug));
}

/** Return where to go next: the first lesson that was not read or exercise that does not pass, in the course's order. */
export function next(rows: Stop[][], lessons: Lessons, progress: Progress): Stop | undefined {
  return rows.flat().find((stop) => !state(stop, lessons, progress).done);
}

function ofLesson(known: Lesson | undefined): State {
  if (!known) return { done: false, part: 0, whole: 1, said: "not started" };
  const { read, questions } = known;
  const part = Math.min(known.answered.length, questions);
  return {
    done: read,
    part,
    whole: questions || 1,
    said: `${read ? "read" : "begun"}, ${part} of ${questions} questions`,
  };
}

function ofExercise(best: Best | undefined): State {
  if (!best) return { done: false, part: 0, whole: 1, said: "not started" };
  const { passed, checks } = best;
  return { done: passed === checks, part: passed, whole: checks || 1, said: `${passed} of ${checks} checks` };
}

function own<T>(known: Record<string, T>, slug: string): T | undefined {
  return Object.hasOwn(known, slug) ? known[slug] : undefined; // not what every object has
}

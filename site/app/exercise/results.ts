// The last results of an exercise's checks, kept in this browser with the text that they are about.

import type { Checked } from "./messages.ts";

export interface Kept {
  checked: Checked;
  /** The text that was checked, and when, in milliseconds. */
  source: string;
  when: number;
}

export class Results {
  readonly #key: string;

  constructor(
    slug: string,
    private readonly storage: () => Storage = () => localStorage,
  ) {
    this.#key = `descent-kit:results:${slug}`;
  }

  /** Keep what a check has found. Where there is no room it is not kept, and the next check finds it again. */
  save(checked: Checked, source: string, when = Date.now()): void {
    try {
      this.storage().setItem(this.#key, JSON.stringify({ checked, source, when } satisfies Kept));
    } catch {
      this.forget(); // older results would be taken for these
    }
  }

  /** Return what was kept last, or nothing; also where it is not what this page keeps today. */
  read(): Kept | undefined {
    try {
      const kept: unknown = JSON.parse(this.storage().getItem(this.#key) ?? "null");
      return isKept(kept) ? kept : undefined;
    } catch {
      return undefined;
    }
  }

  forget(): void {
    try {
      this.storage().removeItem(this.#key);
    } catch {
      // Where nothing may be kept there is nothing to forget.
    }
  }
}

function isKept(value: unknown): value is Kept {
  const { checked, source, when } = (value ?? {}) as Partial<Kept>;
  const { report, picture } = (checked ?? {}) as Partial<Checked>;
  const texts = ["name", "title", "outcome", "message", "hint", "diagnosis"] as const;
  return (
    typeof source === "string" &&
    typeof when === "number" &&
    typeof picture === "string" &&
    typeof report?.output === "string" &&
    Array.isArray(report.notes) &&
    Array.isArray(report.checks) &&
    report.checks.every((check) => texts.every((name) => typeof check?.[name] === "string"))
  );
}

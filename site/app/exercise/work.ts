// A reader's work on one exercise, kept in this browser; two tabs never overwrite each other unasked.

export interface Kept {
  source: string;
  /** When it was saved, in milliseconds. */
  when: number;
}

export type Saving = "saved" | "unchanged" | "refused" | "another tab was faster";

export class Work {
  readonly key: string;
  #base: string | undefined; // the text that this tab has last read or written

  constructor(
    slug: string,
    private readonly storage: () => Storage = () => localStorage,
  ) {
    this.key = `descent-kit:work:${slug}`;
  }

  /** Return what is kept, or nothing; then `otherwise` is what need not be kept. From here on this tab knows it. */
  read(otherwise?: string): Kept | undefined {
    const kept = this.#stored();
    this.#base = kept?.source ?? otherwise;
    return kept;
  }

  /** Keep a text, unless another tab has kept one that this tab has not seen. */
  save(source: string, when = Date.now()): Saving {
    if (source === this.#base) return "unchanged";
    const stored = this.#stored();
    if (stored && stored.source !== this.#base && stored.source !== source) return "another tab was faster";
    return this.overwrite(source, when);
  }

  /** Keep a text, whatever another tab has kept. */
  overwrite(source: string, when = Date.now()): Saving {
    try {
      this.storage().setItem(this.key, JSON.stringify({ source, when } satisfies Kept));
    } catch {
      return "refused"; // full, or forbidden; what was kept before is still there
    }
    this.#base = source;
    return "saved";
  }

  /** Tell whether a text is what this tab has last read or written: nothing would be lost with it. */
  isKept(source: string): boolean {
    return source === this.#base;
  }

  #stored(): Kept | undefined {
    try {
      const data = JSON.parse(this.storage().getItem(this.key) ?? "null");
      return typeof data?.source === "string" ? { source: data.source, when: Number(data.when) || 0 } : undefined;
    } catch {
      return undefined; // forbidden, or not ours
    }
  }
}

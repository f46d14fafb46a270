// Python, as the page sees it: answers one request at a time, and is ended and started anew when a call does not end.

import type { Checked, Ended, Reply, Request } from "./messages.ts";

/** The reader has pressed Stop. */
export class Stopped extends Error {}

/** Python cannot be had, or a fault of ours has shown; the message is for the reader. */
export class Broken extends Error {}

export interface Listener {
  /** Python is being loaded: what happens, and how much of it is done, 0 to 1; 1 when it is ready. */
  loading(stage: string, done: number): void;
  /** Python is ready, and has come from these addresses. */
  fetched(addresses: string[]): void;
  said(text: string): void;
  /** A call got no answer, and Python starts anew to go on with the rest. */
  unanswered(limit_s: number): void;
}

const CRASHED = "it crashed, or ran out of memory";
const MOST_ENDED = 16; // calls of one check that may end a Python, half of them to load a file: beyond that nothing more is to be learnt

type Outcome = { answer: unknown } | { ended: [number: number, how: string]; limit_s: number };

export class Python {
  #worker: Worker | undefined;
  #ready = false;
  #end: ((reason: Error) => void) | undefined; // of the request under way

  constructor(
    private readonly address: URL,
    private readonly listener: Listener,
  ) {}

  /** Load Python, if that was not begun yet. */
  start(): void {
    if (this.#worker) return;
    this.#ready = false;
    this.#worker = new Worker(this.address, { type: "module", name: "python" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      if (data.kind === "loading") this.listener.loading(data.stage, data.done);
      if (data.kind === "ready") {
        this.#ready = true;
        this.listener.loading("Python is ready", 1);
        this.listener.fetched(data.fetched ?? []);
      }
      if (data.kind === "died" && !this.#end) this.#forget(); // the next request tries again
    });
  }

  get isReady(): boolean {
    return this.#ready;
  }

  /** Run the public checks; calls that do not end are ended, and the checks go on without them. */
  async check(slug: string, source: string): Promise<Checked> {
    const ended: Ended = [];
    for (;;) {
      const outcome = await this.#ask({ task: "check", slug, source, ended });
      if ("answer" in outcome) return outcome.answer as Checked;
      if (ended.length === MOST_ENDED) throw new Broken("Python kept crashing, so the checks were given up.");
      ended.push(outcome.ended);
      this.listener.unanswered(outcome.limit_s);
    }
  }

  /** Return the picture of the path that the checks' calls walk, or "" where there is none, or one does not end. */
  async picture(slug: string, source: string): Promise<string> {
    if (!this.#ready) return "";
    const outcome = await this.#ask({ task: "check", slug, source, ended: [] });
    return "answer" in outcome ? (outcome.answer as Checked).picture : "";
  }

  /** Run a file as a script; returns its error, or "". */
  async run(slug: string, source: string, limit_s: number): Promise<string> {
    const outcome = await this.#ask({ task: "run", slug, source }, limit_s);
    if ("answer" in outcome) {
      const { error } = outcome.answer as { error: string };
      if (error.includes("MemoryError")) this.#restart(); // what it has taken it never gives back
      return error;
    }
    const [, how] = outcome.ended;
    return how ? `Python stopped: ${how}.\n` : `It was stopped after ${limit_s} s. Is there an endless loop?\n`;
  }

  /** End what is under way, and start anew. */
  stop(): void {
    const end = this.#end;
    this.#restart();
    end?.(new Stopped());
  }

  #forget(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = false;
  }

  #restart(): void {
    this.#forget();
    this.start();
  }

  /** Send a request, and wait for its answer, for the end of its time, or for Python's. */
  #ask(request: Request, limit_s = 0): Promise<Outcome> {
    this.start();
    const worker = this.#worker as Worker;
    let resolve!: (outcome: Outcome) => void;
    let reject!: (reason: Error) => void;
    const promise = new Promise<Outcome>((...both) => {
      [resolve, reject] = both;
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let number = 0;
    const watch = (limit: number) => {
      clearTimeout(timer);
      const expire = () => {
        this.#restart();
        resolve({ ended: [number, ""], limit_s: limit });
      };
      timer = limit > 0 ? setTimeout(expire, 1000 * limit) : undefined;
    };
    const died = (text: string) => {
      const wasReady = this.#ready;
      this.#forget();
      if (!wasReady)
        return reject(
          new Broken(
            `Python could not be loaded (${text}). Are you online? Try again; if that does not help, reload the page: your code stays.`,
          ),
        );
      this.start();
      if (number > 0 || limit_s > 0) resolve({ ended: [number, CRASHED], limit_s: 0 });
      else reject(new Broken(`Python crashed: ${text}`));
    };
    const listen = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === "ready") watch(limit_s);
      if (data.kind === "call") {
        number = data.number;
        watch(data.limit_s);
      }
      if (data.kind === "said") this.listener.said(data.text);
      if (data.kind === "answer") {
        try {
          resolve({ answer: JSON.parse(data.text) });
        } catch {
          died("it answers nonsense"); // without any memory left, it writes over its own
        }
      }
      if (data.kind === "fault") reject(new Broken(data.text));
      if (data.kind === "died") died(data.text);
    };
    const fail = (event: ErrorEvent) => {
      event.preventDefault();
      died(event.message || "the worker's script did not load");
    };
    worker.addEventListener("message", listen);
    worker.addEventListener("error", fail);
    this.#end = reject;
    worker.postMessage(request);
    if (this.#ready) watch(limit_s);
    return promise.finally(() => {
      clearTimeout(timer);
      this.#end = undefined;
      worker.removeEventListener("message", listen);
      worker.removeEventListener("error", fail);
    });
  }
}

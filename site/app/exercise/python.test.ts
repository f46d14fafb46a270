import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Reply, Request } from "./messages.ts";
import { Broken, Python, Stopped } from "./python.ts";

/** A worker that plays what a test says: it is asked, and answers as told. */
class Played extends EventTarget {
  static all: Played[] = [];
  static answers: ((worker: Played, request: Request) => void)[] = [];
  ended = false;

  constructor() {
    super();
    Played.all.push(this);
    queueMicrotask(() => this.say({ kind: "ready" }));
  }

  postMessage(request: Request): void {
    queueMicrotask(() => Played.answers.shift()?.(this, request));
  }

  say(data: Reply): void {
    if (!this.ended) this.dispatchEvent(new MessageEvent("message", { data }));
  }

  terminate(): void {
    this.ended = true;
  }
}

const CHECKED = JSON.stringify({ report: { checks: [] }, picture: "<svg/>" });
const heard = { loading: vi.fn(), fetched: vi.fn(), said: vi.fn(), unanswered: vi.fn() };
const python = () => new Python(new URL("http://here/python.js"), heard);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("Worker", Played);
  Played.all = [];
  Played.answers = [];
  vi.clearAllMocks();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("a check", () => {
  it("loads Python when first needed, and once", async () => {
    const one = python();
    expect(Played.all).toHaveLength(0);
    Played.answers = [0, 1].map(() => (worker) => worker.say({ kind: "answer", text: CHECKED }));
    expect((await one.check("update_rule", "")).picture).toBe("<svg/>");
    await one.check("update_rule", "");
    expect(Played.all).toHaveLength(1);
  });

  it("ends a Python whose call gives no answer, and asks the next one for the rest", async () => {
    const asked: Request[] = [];
    Played.answers = [
      (worker, request) => {
        asked.push(structuredClone(request));
        worker.say({ kind: "call", number: 1, limit_s: 3 });
        worker.say({ kind: "call", number: 0, limit_s: 0 });
        worker.say({ kind: "call", number: 2, limit_s: 3 });
      },
      (worker, request) => {
        asked.push(structuredClone(request));
        worker.say({ kind: "answer", text: CHECKED });
      },
    ];
    const answer = python().check("update_rule", "");
    await vi.advanceTimersByTimeAsync(2_900);
    expect(Played.all[0]?.ended).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect((await answer).picture).toBe("<svg/>");
    expect(Played.all.map(({ ended }) => ended)).toEqual([true, false]);
    expect(asked.map((request) => request.task === "check" && request.ended)).toEqual([[], [[2, ""]]]);
    expect(heard.unanswered).toHaveBeenCalledWith(3);
  });

  it("tells the next Python how the one before it died", async () => {
    let ended: unknown;
    Played.answers = [
      (worker) => {
        worker.say({ kind: "call", number: 4, limit_s: 3 });
        worker.say({ kind: "died", text: "RangeError" });
      },
      (worker, request) => {
        ended = request.task === "check" && structuredClone(request.ended);
        worker.say({ kind: "answer", text: CHECKED });
      },
    ];
    const answer = python().check("update_rule", "");
    await vi.advanceTimersByTimeAsync(1);
    await answer;
    expect(ended).toEqual([[4, "it crashed, or ran out of memory"]]);
  });

  it("gives up where Python ends again and again", async () => {
    Played.answers = Array.from({ length: 20 }, () => (worker) => {
      worker.say({ kind: "call", number: 1, limit_s: 3 });
      worker.say({ kind: "died", text: "RangeError" });
    });
    const answer = python().check("update_rule", "");
    const failed = expect(answer).rejects.toThrow(/given up/);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
  });
});

describe("a run", () => {
  it("hands on what is printed, and is stopped after its time", async () => {
    Played.answers = [(worker) => worker.say({ kind: "said", text: "hello" })];
    const error = python().run("update_rule", "", 12);
    await vi.advanceTimersByTimeAsync(12_100);
    expect(await error).toMatch(/stopped after 12 s\. Is there an endless loop\?/);
    expect(heard.said).toHaveBeenCalledWith("hello");
    expect(Played.all).toHaveLength(2);
  });

  it("that has eaten all memory ends that Python: what it answers then may be nonsense", async () => {
    Played.answers = [
      (worker) => worker.say({ kind: "answer", text: JSON.stringify({ error: "MemoryError\n" }) }),
      (worker) => worker.say({ kind: "answer", text: "l£1 l£1" }),
    ];
    const one = python();
    expect(await one.run("update_rule", "", 12)).toBe("MemoryError\n");
    await vi.advanceTimersByTimeAsync(1);
    expect(await one.run("update_rule", "", 12)).toMatch(/Python stopped: it crashed, or ran out of memory/);
    expect(Played.all.map(({ ended }) => ended)).toEqual([true, true, false]);
  });

  it("that is stopped by hand leaves a new Python behind", async () => {
    const one = python();
    const error = one.run("update_rule", "", 12);
    const failed = expect(error).rejects.toBeInstanceOf(Stopped);
    await vi.advanceTimersByTimeAsync(1);
    one.stop();
    await failed;
    expect(Played.all.map(({ ended }) => ended)).toEqual([true, false]);
  });
});

it("A Python that does not load says so, and the next request tries again", async () => {
  class Absent extends Played {
    override say(data: Reply): void {
      super.say(data.kind === "ready" ? { kind: "died", text: "manifest.json: 404" } : data);
    }
  }
  vi.stubGlobal("Worker", Absent);
  const one = python();
  await expect(one.check("update_rule", "")).rejects.toThrow(/could not be loaded \(manifest.json: 404\)/);
  await expect(one.check("update_rule", "")).rejects.toBeInstanceOf(Broken);
  expect(Played.all).toHaveLength(2);
});

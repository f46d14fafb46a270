// The labs in the lessons: each can be set up, and the numbers that its text alternative claims are those that it shows.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { levelPlaces } from "./critical.ts";
import { type Landscape, landscapes } from "./landscapes.ts";
import { NAMES, parse, runsOf } from "./settings.ts";
import { DEFAULTS, distance, length, type Walk, walk } from "./walk.ts";

const SITE = new URL("../../", import.meta.url);

const ELSEWHERE = 0.000001; // a start that a text tells of, and that its lab does not show

interface Lab {
  page: string;
  attributes: Map<string, string>;
  text: string;
}

const labs: Lab[] = readdirSync(SITE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".md") && !path.startsWith("app"))
  .flatMap((page) => {
    const source = readFileSync(new URL(page, SITE), "utf8");
    return [...source.matchAll(/<descent-lab\b([^>]*)>([\s\S]*?)<\/descent-lab>/g)].map(([, tag = "", text = ""]) => ({
      page,
      attributes: new Map(
        [...tag.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [name, value]),
      ),
      text: text.trim(),
    }));
  });

const setup = ({ attributes }: Lab) => parse((name) => attributes.get(name) ?? null);
const walks = (lab: Lab): Walk[] => runsOf(setup(lab)).map((run) => walk(setup(lab).landscape, run));

test("there are labs in the lessons", () => expect(labs.length).toBeGreaterThan(30));

describe.each(labs.map((lab, i) => ({ name: `${lab.page}, lab ${i + 1}`, lab })))("$name", ({ lab }) => {
  test("is set up without complaint, by names that exist", () => {
    expect(() => setup(lab)).not.toThrow();
    for (const name of lab.attributes.keys()) expect([...NAMES, "full", "guess", "flag"]).toContain(name);
  });

  test("has a text alternative", () => expect(lab.text).not.toBe(""));

  test("shows the decimals that its text claims", () => {
    const places = levelPlaces(setup(lab).landscape).flatMap(({ point, height }) => [...point, height]);
    const shown = [...walks(lab).flatMap((done) => numbersOf(done)), ...places];
    for (const claim of claims(lab.text)) {
      const decimals = claim.split(".")[1]?.length ?? 0;
      const size = Math.abs(Number(claim));
      const found = shown.some((x) => Math.abs(Math.abs(x) - size) <= 0.500001 * 10 ** -decimals);
      expect(found, `${claim} in "${lab.text}"`).toBe(true);
    }
  });
});

test("where a guess is asked for beside a lab, the walk waits for it", () => {
  const asked = /\b(guess (where|first)|predict|before you run)\b/i;
  const eager: string[] = [];
  for (const page of new Set(labs.map((lab) => lab.page))) {
    const paragraphs = readFileSync(new URL(page, SITE), "utf8").split("\n\n");
    paragraphs.forEach((one, i) => {
      if (!one.startsWith("<descent-lab") || one.includes(" full ")) return;
      const beside = [paragraphs[i - 1], paragraphs[i + 1]].some((text) => asked.test(text ?? ""));
      if (beside && !/^<descent-lab[^>]* guess/.test(one)) eager.push(`${page}: ${one.slice(0, 80)}`);
    });
  }
  expect(eager).toEqual([]);
});

test("and where a text tells of another start, that is true as well", () => {
  const saddle = landscapes.get("saddle") as Landscape;
  const done = walk(saddle, { method: "ascent", start: [ELSEWHERE, 0], rate: 0.1, epochs: 50, ...DEFAULTS });
  expect(done.points[50]?.[0]).toBeCloseTo(0.009, 3);
});

/** Numbers with a fraction in a text: of others it cannot be known what they count. */
const claims = (text: string): string[] =>
  text
    .replace(/From \(0\.000001.*/s, "")
    .replaceAll(",", " ")
    .match(/\d+\.\d+/g) ?? [];

/** All that a walk shows or is set up by: places, heights, slopes, moves, and how many times as long each move is as the last. */
function numbersOf({ run, points, heights, gradients }: Walk): number[] {
  const moves = points.slice(1).map((p, i) => distance(p, points[i] as never));
  const ratios = moves.slice(1).map((move, i) => move / (moves[i] as number));
  return [run.rate, ...points.flat(), ...heights, ...gradients.map(length), ...moves, ...ratios];
}

// For tests/site/test_lab.py: reads set-ups as JSON from the standard input, writes the points of their walks, run by run.

import { readFileSync } from "node:fs";
import { parse, runsOf } from "./settings.ts";
import { walk } from "./walk.ts";

const asked: Record<string, string>[] = JSON.parse(readFileSync(0, "utf8"));
const answers = asked.map((attributes) => {
  const setup = parse((name) => attributes[name] ?? null);
  return runsOf(setup).map((run) => {
    const { points, heights, gradients, samples, noises } = walk(setup.landscape, run);
    return { points, heights, gradients, samples, noises };
  });
});
process.stdout.write(JSON.stringify(answers));

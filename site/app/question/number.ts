// What somebody writes when a number is asked for: "0.5", "0,5", "1/2", "50 %", "1 000", "2e-6", "10^20" or "−7".

const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const WRITTEN = new RegExp(`^(${NUMBER})(?:([/^])(${NUMBER}))?$`, "i");

/** Return the numbers that a text may stand for: none if it is no number, two where a comma or "%" can be read in two ways. */
export function readings(text: string): number[] {
  const plain = text
    .trim()
    .replace(/[−–]/g, "-") // as the lessons and phones write a minus
    .replaceAll("**", "^")
    .replace(/\s+/g, "");
  const share = plain.endsWith("%");
  const found = commas(share ? plain.slice(0, -1) : plain).flatMap(value);
  return share ? found.flatMap((x) => [x, x / 100]) : found;
}

/** Tell whether a text stands for a number, as exactly as it is asked for. */
export function isNumber(text: string, right: number, within: number): boolean {
  const slack = within * (1 + 1e-6) + 1e-12 * Math.abs(right); // 0.1 + 0.2 is 0.3 too
  return readings(text).some((x) => Math.abs(x - right) <= slack);
}

/** Return half a unit of the last place that a number shows: 0.005 for "1.25", 0 for a whole number. */
export function halfUnit(written: string): number {
  const decimals = written.match(/\.(\d+)$/)?.[1]?.length ?? 0;
  return decimals ? 0.5 * 10 ** -decimals : 0;
}

function commas(text: string): string[] {
  const decimal = text.replace(",", ".");
  if (!text.includes(",")) return [text];
  return /^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(text) ? [text.replaceAll(",", ""), decimal] : [decimal];
}

function value(text: string): number[] {
  const [, first = "", sign, second = ""] = WRITTEN.exec(text) ?? [];
  if (!first) return [];
  const [a, b] = [Number(first), Number(second)];
  const result = sign === "/" ? a / b : sign === "^" ? a ** b : a;
  return Number.isFinite(result) ? [result] : [];
}

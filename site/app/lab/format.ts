// Numbers as people read them: four figures, a true minus sign, powers of ten where they are needed.

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

export function number(x: number, figures = 4): string {
  if (Number.isNaN(x)) return "not a number";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  if (size !== 0 && (size >= 1e6 || size < 1e-4)) {
    const [mantissa = "", exponent = "0"] = x.toExponential(Math.min(figures - 1, 1)).split("e");
    const factor = Math.abs(Number(mantissa)) === 1 ? mantissa.replace(/1.*/, "") : `${Number(mantissa)} · `;
    return minus(`${factor}10${raised(Number(exponent))}`);
  }
  return minus(trimmed(x, figures));
}

/** A learning rate as it was set: 0.00001 stays 0.00001. */
export const rate = (x: number): string => (x >= 1e-7 ? x.toFixed(12).replace(/\.?0+$/, "") : number(x));

/** A count, in thousands: 1,000. (`toLocaleString` does it too, in a hundred times the time, and this is said in each frame.) */
export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

/** A position: four decimals, without zeros at the end. */
export function position(x: number): string {
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= 1e5)) return number(x);
  return minus(String(Number(x.toFixed(size < 100 ? 4 : 1))));
}

export function point(p: readonly number[]): string {
  return p.length === 1 ? position(p[0] as number) : `(${p.map(position).join(", ")})`;
}

function trimmed(x: number, figures: number): string {
  const rounded = Number(x.toPrecision(figures));
  return Math.abs(rounded) >= 10 ** figures ? String(Math.round(x)) : String(rounded);
}

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return (exponent < 0 ? "⁻" : "") + digits;
}

const minus = (text: string): string => text.replaceAll("-", "−");

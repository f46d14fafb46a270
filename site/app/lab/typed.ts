// A landscape from a formula that somebody typed. math.js reads it and differentiates it; what is computed are sums,
// products, powers and the functions listed here. Nothing of the text is ever run.

import {
  create,
  derivativeDependencies,
  type FactoryFunctionMap,
  type MathNode,
  parseDependencies,
} from "mathjs/number";
import type { Landscape, Point } from "./landscapes.ts";

const math = create({ parseDependencies, derivativeDependencies } as FactoryFunctionMap);

type Value = (x: number, y: number) => number;

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E, tau: 2 * Math.PI };

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  abs: Math.abs,
  // These come up in derivatives of the others.
  sec: (x) => 1 / Math.cos(x),
  csc: (x) => 1 / Math.sin(x),
  cot: (x) => 1 / Math.tan(x),
  sech: (x) => 1 / Math.cosh(x),
  csch: (x) => 1 / Math.sinh(x),
  coth: (x) => 1 / Math.tanh(x),
};
const OFFERED = Object.keys(FUNCTIONS).slice(0, 14);

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  pow: (a, b) => (b === 2 ? a * a : a ** b),
};

const LONGEST = 200; // letters of a formula

/** What people write, as math.js reads it: x² · π − 1 and ln x become x^2 * pi - 1 and log x. */
function plain(formula: string): string {
  const powers = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  return formula
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (digits) => `^${[...digits].map((digit) => powers.indexOf(digit)).join("")}`)
    .replaceAll("**", "^")
    .replaceAll("−", "-")
    .replace(/[·×]/g, "*")
    .replaceAll("π", " pi ")
    .replace(/\bln\b/g, "log");
}

/** A formula's tree as a function of x and y. */
function compiled(node: MathNode): Value {
  const one = node as MathNode & {
    name: string;
    value: number;
    content: MathNode;
    fn: string & { name: string };
    args: MathNode[];
    op: string;
  };
  switch (node.type) {
    case "ConstantNode": {
      const { value } = one;
      if (typeof value === "number") return () => value;
      break;
    }
    case "ParenthesisNode":
      return compiled(one.content);
    case "SymbolNode": {
      const { name } = one;
      if (name === "x") return (x) => x;
      if (name === "y") return (_, y) => y;
      if (Object.hasOwn(CONSTANTS, name)) return () => CONSTANTS[name] as number;
      if (Object.hasOwn(FUNCTIONS, name)) throw new Error(`${name} needs brackets, as in ${name}(x)`);
      throw new Error(`"${name}" is not known; use x, y, pi, e and ${OFFERED.join(", ")}`);
    }
    case "FunctionNode": {
      const name = String(one.fn.name ?? one.fn);
      const rule = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
      if (!rule) throw new Error(`the function "${name}" is not known; there are ${OFFERED.join(", ")}`);
      if (one.args.length !== 1) throw new Error(`${name} takes one value, not ${one.args.length}`);
      const inner = compiled(one.args[0] as MathNode);
      return (x, y) => rule(inner(x, y));
    }
    case "OperatorNode": {
      const [left, right] = one.args.map(compiled) as [Value, Value?];
      if (!right && one.fn === "unaryMinus") return (x, y) => -left(x, y);
      if (!right && one.fn === "unaryPlus") return left;
      const rule = right && OPERATORS[one.fn];
      if (!rule) throw new Error(`"${one.op}" cannot be used here; there are + − * / ^ and brackets`);
      return (x, y) => rule(left(x, y), right(x, y));
    }
  }
  throw new Error("one formula in x, or in x and y, is expected, such as x^2 + 3*y^2");
}

/** What is wrong with the brackets of a formula; nothing where each has its other. */
function brackets(formula: string): string | undefined {
  const open: number[] = [];
  for (const [i, letter] of [...formula].entries()) {
    if (letter === "|") return "for the size of a number, write abs(x) in place of |x|";
    if (letter === "(") open.push(i + 1);
    else if (letter === ")" && open.pop() === undefined)
      return `the bracket that is letter ${i + 1} closes nothing: none is open there`;
  }
  const last = open.pop();
  return last === undefined ? undefined : `the bracket that is letter ${last} is never closed`;
}

function read(formula: string): MathNode {
  if (formula.trim() === "") throw new Error("a formula in x, or in x and y, is expected, such as x^2 + 3*y^2");
  if (formula.length > LONGEST)
    throw new Error(`the formula has ${formula.length} letters; at most ${LONGEST} are read`);
  const unpaired = brackets(formula);
  if (unpaired) throw new Error(unpaired);
  try {
    return math.parse(plain(formula)) as MathNode;
  } catch (error) {
    const place = /\(char (\d+)\)/.exec((error as Error).message)?.[1];
    const where = place && Number(place) <= plain(formula).length ? `, near its letter ${place}` : " to its end";
    throw new Error(`the formula cannot be read${where}`);
  }
}

/** A partial derivative by rule; nothing where math.js knows none. */
function slopeOf(node: MathNode, variable: string): { node: MathNode; value: Value } | undefined {
  try {
    const found = math.derivative(node, variable, { simplify: false }) as MathNode;
    return { node: found, value: compiled(found) };
  } catch {
    return undefined; // such as of a rule that is not in its book: differences do it then, and the page says so
  }
}

/** By rule where there is one; by differences where there is none, or where it has no value, as at a kink. */
function derived(rule: Value | undefined, of: Value, along: "x" | "y", h: number): Value {
  const difference: Value =
    along === "x"
      ? (x, y) => (of(x + h, y) - of(x - h, y)) / (2 * h)
      : (x, y) => (of(x, y + h) - of(x, y - h)) / (2 * h);
  if (!rule) return difference;
  return (x, y) => {
    const slope = rule(x, y);
    return Number.isNaN(slope) ? difference(x, y) : slope;
  };
}

/** The landscape of a formula, drawn from -limit to limit. Throws an Error that says what is wrong with the formula. */
export function typed(formula: string, limit: number): Landscape {
  const tree = read(formula);
  const height = compiled(tree);
  const names = new Set<string>();
  tree.traverse((node) => {
    if (node.type === "SymbolNode") names.add((node as MathNode & { name: string }).name);
  });
  const variables = (names.has("y") ? ["x", "y"] : ["x"]) as ("x" | "y")[];
  const rules = variables.map((name) => slopeOf(tree, name));
  const h = 1e-6 * limit; // balances truncation against rounding for functions that change over the picture's width
  const slopes = rules.map((rule, i) => derived(rule?.value, height, variables[i] as "x" | "y", h));
  const bends = slopes.map((slope, i) =>
    variables.map((name, j) =>
      derived(rules[i] && slopeOf(rules[i].node, name)?.value, slope, variables[j] as "x" | "y", h),
    ),
  );
  const exact = rules.every(Boolean);
  const landscape: Landscape = {
    name: "own",
    title: "Your function",
    formula: formula.trim(),
    variables,
    domain: [-limit, limit],
    height: ([x = Number.NaN, y = 0]) => height(x, y),
    gradient: ([x = Number.NaN, y = 0]) => slopes.map((slope) => slope(x, y)),
    hessian: ([x = Number.NaN, y = 0]) => {
      const matrix = bends.map((row) => row.map((bend) => bend(x, y)));
      if (matrix[1]) matrix[1][0] = matrix[0]?.[1] as number;
      return matrix;
    },
    quadratic: false,
    endless: { down: false, up: false },
    measure: "height",
    bend: 1,
    typed: exact ? "slopes by rule" : "slopes by differences of heights",
  };
  if (!valued(landscape)) throw new Error(`the formula has no real value anywhere from −${limit} to ${limit}`);
  return { ...landscape, quadratic: exact && bendsAlike(landscape), bend: crowded(landscape) };
}

const places = ({ variables, domain: [low, high] }: Landscape, n: number): Point[] => {
  const ticks = Array.from({ length: n }, (_, i) => low + ((high - low) * (i + 0.37)) / n);
  return variables.length === 1 ? ticks.map((x) => [x]) : ticks.flatMap((y) => ticks.map((x) => [x, y]));
};

const valued = (landscape: Landscape): boolean =>
  places(landscape, 40).some((p) => Number.isFinite(landscape.height(p)));

/** How contour lines are to crowd: the more of the picture is low, the more of them lie there. */
function crowded(landscape: Landscape): 1 | 2 | 4 {
  const heights = places(landscape, 40)
    .map((p) => landscape.height(p))
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const [low = 0, middle = 0, high = 0] = [0, 0.5, 1].map((part) => heights[Math.round(part * (heights.length - 1))]);
  const share = (middle - low) / (high - low);
  if (share < 0.08) return 4;
  return share < 0.35 ? 2 : 1;
}

/** Whether it bends the same everywhere that is looked, to the last bit: what is no parabola differs somewhere. */
function bendsAlike(landscape: Landscape): boolean {
  const bends = new Set(places(landscape, 9).map((p) => landscape.hessian(p).join()));
  return bends.size === 1;
}

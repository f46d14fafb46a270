// A small network: one input, a layer of hidden neurons, one answer; its loss, each weight's share by the chain rule, training.

/** Weights and bias of each hidden neuron, the weight `v` of its answer, and the last neuron's bias `c`. */
export interface Weights {
  w: readonly number[];
  b: readonly number[];
  v: readonly number[];
  c: number;
}

/** A hill: no single neuron fits it, because its curve only rises or only falls. */
export const X: readonly number[] = [-2, -1, 0, 1, 2];
export const Y: readonly number[] = [0.1, 0.2, 0.9, 0.2, 0.1];

const sigmoid = (z: number): number => 0.5 + 0.5 * Math.tanh(0.5 * z); // overflows nowhere

export const hidden = ({ w, b }: Weights, x: number): number[] =>
  w.map((weight, j) => sigmoid(weight * x + (b[j] as number)));

const output = ({ v, c }: Weights, h: readonly number[]): number =>
  sigmoid(v.reduce((sum, weight, j) => sum + weight * (h[j] as number), c));

export const answer = (weights: Weights, x: number): number => output(weights, hidden(weights, x));

export const loss = (weights: Weights): number =>
  0.5 * X.reduce((sum, x, i) => sum + (answer(weights, x) - (Y[i] as number)) ** 2, 0);

/** Each weight's share in the loss, its partial derivative: along the chain from the loss back to the weight, summed over the data. */
export function shares(weights: Weights): Weights {
  const zero = () => weights.w.map(() => 0);
  const sum = { w: zero(), b: zero(), v: zero(), c: 0 };
  X.forEach((x, i) => {
    const h = hidden(weights, x);
    const f = output(weights, h);
    const last = (f - (Y[i] as number)) * f * (1 - f); // error times slope, at the last neuron
    sum.c += last;
    h.forEach((given, j) => {
      sum.v[j] = (sum.v[j] as number) + last * given;
      const back = last * (weights.v[j] as number) * given * (1 - given); // through v, then through the hidden neuron
      sum.b[j] = (sum.b[j] as number) + back;
      sum.w[j] = (sum.w[j] as number) + back * x;
    });
  });
  return sum;
}

export function moved(weights: Weights, rate: number): Weights {
  const by = shares(weights);
  const down = (old: readonly number[], share: readonly number[]) =>
    old.map((one, j) => one - rate * (share[j] as number));
  return {
    w: down(weights.w, by.w),
    b: down(weights.b, by.b),
    v: down(weights.v, by.v),
    c: weights.c - rate * by.c,
  };
}

/** Where training starts: numbers between −2 and 2 that look random and are the same for the same seed. */
export function start(neurons: number, seed: number): Weights {
  let state = (seed * 2654435761 + 1013904223) | 0;
  const chance = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return 4 * ((state >>> 0) / 2 ** 32) - 2;
  };
  const some = () => Array.from({ length: neurons }, chance);
  return { w: some(), b: some(), v: some(), c: chance() };
}

export interface Training {
  weights: Weights[]; // at the start, then after each epoch
  losses: number[];
}

export function train(from: Weights, rate: number, epochs: number): Training {
  const weights = [from];
  for (let epoch = 0; epoch < epochs; epoch++) weights.push(moved(weights[epoch] as Weights, rate));
  return { weights, losses: weights.map(loss) };
}

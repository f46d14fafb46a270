// The neuron with two weights of exercise 6: its data, its answers, and the slopes and bends of its loss.

const { tanh } = Math;

/** The data of exercise 6: inputs and wanted answers. */
export const X = [0.5, 2.5];
export const Y = [0.2, 0.9];

// By tanh, which overflows nowhere; exercise 6 does the same.
export const answer = (w: number, b: number, x: number) => 0.5 + 0.5 * tanh(0.5 * (w * x + b));

export function pull(i: number, w: number, b: number): [number, number] {
  const x = X[i] as number;
  const f = answer(w, b, x);
  const p = (f - (Y[i] as number)) * f * (1 - f);
  return [p * x, p];
}

export function neuronBend(w: number, b: number): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  X.forEach((x, i) => {
    const f = answer(w, b, x);
    const s = f * (1 - f);
    const bend = s * s + (f - (Y[i] as number)) * s * (1 - 2 * f); // of ½ (f - Y)², twice by z
    sum[0] += bend * x * x;
    sum[1] += bend * x;
    sum[2] += bend;
  });
  return sum;
}

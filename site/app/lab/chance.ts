// Chance that can be had again: numbers, shuffled decks and bell-shaped noise, each the same for the same seed.

/** Numbers from 0 to 1, by Marsaglia's xorshift: three shifts are chance enough for a picture. */
export function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

const SEED = 7;

/** Deal out 0 to n - 1 in random order, then again in another, for ever. */
export function* dealt(n: number): Generator<number, never> {
  const chance = chances(SEED);
  for (;;) {
    const deck = Array.from({ length: n }, (_, i) => i);
    while (deck.length) yield deck.splice(Math.floor(chance() * deck.length), 1)[0] as number;
  }
}

/** Draws from a bell curve with mean 0 and spread 1, by Box and Muller; seeds are whole numbers from 1. */
export function bell(seed: number): () => number {
  // Seeds beside each other would begin alike: they are spread over all 32 bits, and the first numbers are let go.
  const chance = chances(Math.imul(seed, 0x9e3779b1) | 1);
  for (let i = 0; i < 8; i++) chance();
  return () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
}

/**
 * A seeded random generator. `fork` creates a separate one for each actor, so that their choices do not depend on
 * timing.
 */
export interface Random {
  seed: number;
  /** From 0 to below `limit`. */
  below(limit: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  fork(label: string): Random;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    seed,
    below,
    pick: (from) => from[below(from.length)] ?? from[0],
    fork: (label) => seeded(hash(`${seed}:${label}`)),
  };
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 16_777_619);
  return value >>> 0;
}

import { expect, it } from '@jest/globals';
import { expectProportional } from './growth.js';

const steps = (count: number): number => {
  let sum = 0;
  for (let step = 0; step < count; step += 1) sum = (sum * 31 + step) % 1_000_003;
  return sum;
};

it('work in proportion holds', () => {
  expect(() => expectProportional(4_000_000, (size) => void steps(size))).not.toThrow();
});

it('work by the square of the size does not', () => {
  expect(() => expectProportional(7_000, (size) => void steps(size * size))).toThrow(/isProportional/);
});

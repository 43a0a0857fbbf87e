import { expect, it } from '@jest/globals';
import { localCounter } from '../../../src/adapters/rate-limits/local-counter.js';

it('counts the requests of a window for each key, and begins anew when it is over', () => {
  let now = 1_000;
  const count = localCounter(60_000, () => now);
  expect([count('a').totalHits, count('a').totalHits, count('b').totalHits]).toEqual([1, 2, 1]);
  now += 59_999;
  expect(count('a')).toEqual({ totalHits: 3, resetTime: new Date(61_000) });
  now += 1;
  expect(count('a')).toEqual({ totalHits: 1, resetTime: new Date(121_000) });
});

it('a flood of addresses ends the windows that began first, and no others', () => {
  const count = localCounter(60_000, () => 0);
  count('first');
  for (let index = 0; index < 19_000; index += 1) count(`address ${index}`);
  count('late');
  for (let index = 19_000; index < 21_000; index += 1) count(`address ${index}`);
  expect([count('first').totalHits, count('late').totalHits]).toEqual([1, 2]);
});

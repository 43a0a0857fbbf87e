import { expect, it } from '@jest/globals';
import { localCounter } from '../../../src/adapters/rate-limits/shared-counter.js';

it('counts hits per minute for each key, and starts again afterwards', () => {
  let now = 1_000;
  const counter = localCounter(() => now);
  expect([counter.add('a').hits, counter.add('a').hits, counter.add('b').hits]).toEqual([1, 2, 1]);
  now += 59_999;
  expect(counter.add('a')).toEqual({ hits: 3, leftMs: 1 });
  now += 1;
  expect(counter.read('a')).toEqual({ hits: 0, leftMs: 0 });
  expect(counter.add('a')).toEqual({ hits: 1, leftMs: 60_000 });
});

it('a flood of addresses ends the minutes that began first, and no others', () => {
  const counter = localCounter(() => 0);
  counter.add('first');
  for (let index = 0; index < 49_000; index += 1) counter.add(`address ${index}`);
  counter.add('late');
  for (let index = 49_000; index < 51_000; index += 1) counter.add(`address ${index}`);
  expect([counter.add('first').hits, counter.add('late').hits]).toEqual([1, 2]);
});

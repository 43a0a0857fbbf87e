import { expect, it } from '@jest/globals';
import { BoundedCache } from '../../../src/adapters/stores/bounded-cache.js';

const MIB = 1024 * 1024;
const limits = { maxEntries: 1_000, lifeSeconds: 10, now: () => 0 };

it('large values displace the least recently used, by bytes', () => {
  const cache = new BoundedCache<{ text: string }>({ ...limits, maxBytes: 8 * MIB });
  for (let index = 0; index < 50; index += 1) {
    cache.set(`${index}`, { text: 'x'.repeat(MIB / 2) });
    cache.get('0');
    expect(cache.bytes).toBeLessThanOrEqual(8 * MIB);
  }
  expect([cache.get('0') === undefined, cache.get('49') === undefined, cache.get('1')]).toEqual([
    false,
    false,
    undefined,
  ]);
});

it('long keys count, and a value larger than the cache is not kept', () => {
  const cache = new BoundedCache<string>({ ...limits, maxBytes: MIB });
  for (let index = 0; index < 20; index += 1) cache.set(`${index}${'k'.repeat(100_000)}`, '');
  expect(cache.bytes).toBeLessThanOrEqual(MIB);
  cache.set('large', 'x'.repeat(MIB));
  expect([cache.get('large'), cache.bytes]).toEqual([undefined, 0]);
});

it('a repeated key, expired values and dropped ones leave no bytes', () => {
  let now = 0;
  const cache = new BoundedCache<unknown>({ ...limits, now: () => now });
  for (let index = 0; index < 100; index += 1)
    cache.set('a', { amount: 12n, list: new Map([['a', index]]), nothing: undefined });
  const { bytes } = cache;
  expect(bytes).toBeLessThan(1_000);
  cache.set('b', undefined);
  now = 10_000;
  expect([cache.get('a'), cache.get('b'), cache.bytes]).toEqual([undefined, undefined, 0]);
  cache.set('c', 1);
  cache.delete('c');
  cache.delete('c');
  expect(cache.bytes).toBe(0);
  cache.set('c', 1);
  cache.drop();
  expect(cache.bytes).toBe(0);
});

import { describe, expect, it } from '@jest/globals';
import { isStorable, unstorableAt } from '../../../src/protocols/json/parse-json.js';

describe('texts that PostgreSQL cannot hold', () => {
  it.each([
    ['\0', false],
    ['a\0b', false],
    ['\ud800', false],
    ['x\udfff', false],
    ['\udc00\ud800', false],
    ['', true],
    ['a', true],
    ['😀', true],
    ['\u0001', true],
    ['\ufffd', true],
    ['\\u0000', true],
    ['\\ud800', true],
  ])('%j: %s', (text, storable) => {
    expect(isStorable(text)).toBe(storable);
  });

  it('returns the path of the first one, in any nesting', () => {
    expect(unstorableAt({ buyer: { name: 'a\0' } })).toBe('buyer.name');
    expect(unstorableAt({ items: [{ sku: 'a' }, { sku: '\ud800' }] })).toBe('items.1.sku');
    expect(unstorableAt({ custom: { '\0': 1 } })).toBe('custom');
    expect(unstorableAt({ '\ud800': 1 })).toBe('The body');
    expect(unstorableAt('\0')).toBe('The body');
    expect(unstorableAt({ ['x'.repeat(100)]: '\0' })).toBe('x'.repeat(40));
    for (const value of [null, 1, true, 'a', [], {}, { a: [{ b: '\\u0000' }] }])
      expect(unstorableAt(value)).toBeUndefined();
  });
});

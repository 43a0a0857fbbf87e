import { describe, expect, it } from '@jest/globals';
import { assert, json, property } from 'fast-check';
import { DEEPEST_JSON, JsonTooDeep, parseJson } from '../../../src/protocols/json/parse-json.js';

const nested = (levels: number, open = '[', close = ']'): string => open.repeat(levels) + close.repeat(levels);

describe('parseJson', () => {
  it('equals JSON.parse', () => {
    assert(property(json(), (text) => expect(parseJson(text)).toEqual(JSON.parse(text))));
  });

  it('100 levels are accepted, 101 are refused, with any siblings', () => {
    expect(() => parseJson(nested(DEEPEST_JSON))).not.toThrow();
    for (const text of [
      nested(101),
      nested(101, '{"a":', '}').replace('{"a":}', '{"a":1}'),
      `[${nested(100)}]`,
      `{"a":"}","b":${nested(100)}}`,
      `[${nested(99)},${nested(100)}]`,
      '['.repeat(101),
    ]) {
      expect(() => parseJson(text)).toThrow(JsonTooDeep);
    }
  });

  it('brackets in texts do not count, even after escapes', () => {
    expect(parseJson(JSON.stringify({ a: '['.repeat(500), b: '\\"['.repeat(500) }))).toEqual({
      a: '['.repeat(500),
      b: '\\"['.repeat(500),
    });
    expect(() => parseJson(`["\\\\", ${nested(101)}]`)).toThrow('nested');
  });

  it('a million levels give a SyntaxError, no stack overflow; so does invalid JSON', () => {
    for (const text of [nested(1_000_000), '['.repeat(1_000_000), '{"a":'.repeat(1_000_000)])
      expect(() => parseJson(text)).toThrow(SyntaxError);
    expect(() => parseJson('{')).toThrow(SyntaxError);
    expect(() => parseJson('"\\')).toThrow(SyntaxError);
  });
});

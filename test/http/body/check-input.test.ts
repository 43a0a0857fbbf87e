import { describe, expect, it } from '@jest/globals';
import { momentRange } from '../../../src/http/gateway/api/moment-parameter.js';
import { jsonOf, queryCheck } from '../../../src/http/body/check-input.js';

const nested = (levels: number): Buffer => Buffer.from('['.repeat(levels) + ']'.repeat(levels));

describe('a JSON body', () => {
  it('is refused with the reason: no JSON, no UTF-8, nested too deep, a text that cannot be stored', () => {
    const reasonOf = (bytes: Buffer | undefined): string | undefined => {
      const outcome = jsonOf(bytes);
      return outcome.ok ? undefined : outcome.refusal.reason;
    };
    expect(reasonOf(undefined)).toBe('The body is not JSON in UTF-8.');
    expect(reasonOf(Buffer.from('{'))).toBe('The body is not JSON in UTF-8.');
    expect(reasonOf(Buffer.from('{"a":"\xe9"}', 'latin1'))).toBe('The body is not JSON in UTF-8.');
    for (const levels of [101, 10_000, 1_000_000])
      expect(reasonOf(nested(levels))).toBe('JSON may be nested 100 levels deep.');
    expect(reasonOf(nested(100))).toBeUndefined();
    expect(reasonOf(Buffer.from('{"buyer":{"name":"a\\u0000"}}'))).toBe(
      'buyer.name holds the character NUL (\\u0000) or half of a surrogate pair (\\ud800 to \\udfff): leave it out.',
    );
    expect(reasonOf(Buffer.from('{"username":"\\ud800"}'))).toContain('username holds');
    expect(reasonOf(Buffer.from('{"username":"\\ud83d\\ude00 \\\\u0000"}'))).toBeUndefined();
  });
});

describe('query parameters', () => {
  const check = queryCheck<{ page?: number }>({
    type: 'object',
    properties: { page: { type: 'integer', minimum: 1 }, word: { type: 'string' } },
  });

  it.each(['Infinity', '-Infinity', '1e999', '9'.repeat(400)])('%s is not an integer', (page) => {
    expect(check({ page })).toMatchObject({
      ok: false,
      refusal: { code: 'INVALID_REQUEST', details: { field: 'page' } },
    });
  });

  it('a text may contain these words', () =>
    expect(check({ word: 'Infinity', page: '1e3' })).toMatchObject({ ok: true, value: { page: 1000 } }));
});

describe('times at the end of the calendar', () => {
  it.each(['9999-12-31', '9999-12-31T23:59:59.999999999Z', '9999-12-31T23:59:59-23:59', '9999-12-31T00:00:00-14:00'])(
    '%s does not lead beyond the year 9999',
    (to) => {
      const range = momentRange({ from_date: to, to_date: to });
      const bounds = range.ok
        ? Object.values(range.value)
        : [momentRange({ to_date: to })].flatMap((one) => (one.ok ? Object.values(one.value) : []));
      expect(bounds.map((bound: Date) => bound.toISOString().slice(0, 4))).toEqual(bounds.map(() => '9999'));
      expect(bounds.length).toBeGreaterThan(0);
    },
  );

  it.each(['9999-02-29', '2024-02-30', '2016-12-31T23:59:60Z', '2024-01-01T25:00:00Z', '2024-01-01T00:00:00+99:99'])(
    '%s is invalid',
    (to) => {
      expect(momentRange({ to_date: to })).toMatchObject({ ok: false, refusal: { details: { field: 'to_date' } } });
    },
  );
});

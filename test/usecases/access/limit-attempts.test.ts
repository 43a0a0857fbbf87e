import { describe, expect, it } from '@jest/globals';
import { type AttemptBound, limitAttempts } from '../../../src/usecases/access/limit-attempts.js';

interface Limited {
  admit: (subject: string, bytes: number, bounds: Omit<AttemptBound<string>, 'subject'>[]) => boolean;
  told: [string, number][];
  pass: (ms: number) => void;
}

function limited(): Limited {
  let now = 0;
  const told: [string, number][] = [];
  const attempts = limitAttempts<string>({
    summarise: (subject, times) => void told.push([subject, times]),
    now: () => now,
  });
  return {
    admit(subject, bytes, bounds) {
      const [first, ...others] = bounds.map((bound) => ({ subject, ...bound }));
      return first !== undefined && attempts.admit(bytes, [first, ...others]);
    },
    told,
    pass: (ms) => void (now += ms),
  };
}

describe('attempts of unidentified callers', () => {
  it('the first of a minute are written, the others are counted once at the end of the minute', () => {
    const { admit, told, pass } = limited();
    const written = Array.from({ length: 5_000 }, () => admit('wrong secret', 10, [{ key: 'a', rows: 5 }])).filter(
      Boolean,
    );
    expect([written.length, told]).toEqual([5, []]);
    pass(60_000);
    expect(admit('wrong secret', 10, [{ key: 'a', rows: 5 }])).toBe(true);
    expect(told).toEqual([['wrong secret', 4_995]]);
  });

  it('every bound must have room: of a kind, of an address, of a connection, by rows and by bytes', () => {
    const { admit, told, pass } = limited();
    const attempt = (kind: string, address: string, bytes = 1): boolean =>
      admit(kind, bytes, [
        { key: `${kind} ${address}`, rows: 2 },
        { key: address, rows: 3, bytes: 100 },
        { key: 'all', rows: 5 },
      ]);
    expect([attempt('a', '1'), attempt('a', '1'), attempt('a', '1'), attempt('b', '1'), attempt('c', '1')]).toEqual([
      true,
      true,
      false,
      true,
      false,
    ]);
    expect([
      attempt('a', '2', 101),
      attempt('a', '2', 60),
      attempt('a', '2', 60),
      attempt('a', '3'),
      attempt('a', '4'),
    ]).toEqual([false, true, false, true, false]);
    pass(60_000);
    admit('later', 1, [{ key: 'later', rows: 1 }]);
    expect(told.reduce((sum, [, times]) => sum + times, 0)).toBe(5);
  });

  it('a hundred thousand kinds from one address leave one count, that of the address', () => {
    const { admit, told, pass } = limited();
    for (let index = 0; index < 100_000; index += 1)
      admit('address', 1, [
        { key: `${index} of 1`, rows: 2 },
        { key: '1', rows: 30 },
        { key: 'all', rows: 600 },
      ]);
    pass(60_000);
    admit('later', 1, [{ key: 'later', rows: 1 }]);
    expect(told).toEqual([['address', 99_970]]);
  });

  it('an attempt that only the widest bound refuses is counted at the next narrower one', () => {
    const { admit, told, pass } = limited();
    const attempt = (owner: string): boolean =>
      admit(owner, 1, [
        { key: owner, rows: 9 },
        { key: 'all', rows: 2 },
      ]);
    expect(['a', 'b', 'c', 'c'].map(attempt)).toEqual([true, true, false, false]);
    pass(60_000);
    admit('later', 1, [{ key: 'later', rows: 1 }]);
    expect(told).toEqual([['c', 2]]);
  });

  it('a hundred thousand kinds use the memory of ten thousand, and each gets a summary', () => {
    const { admit, told, pass } = limited();
    for (let index = 0; index < 100_000; index += 1)
      for (let turn = 0; turn < 2; turn += 1) admit(`${index}`, 1, [{ key: `${index}`, rows: 1 }]);
    expect(told.length).toBeGreaterThanOrEqual(89_000);
    pass(60_000);
    admit('later', 1, [{ key: 'later', rows: 1 }]);
    expect(told).toHaveLength(100_000);
  });
});

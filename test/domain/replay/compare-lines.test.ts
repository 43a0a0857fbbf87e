import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { compareLines } from '../../../src/domain/replay/compare-lines.js';
import { expectProportional } from '../../support/growth.js';

const numbersOf = (before: string[], after: string[]): (number | null)[][] =>
  compareLines(before, after).map((change) => [change.before?.number ?? null, change.after?.number ?? null]);

describe('the lines that differ between two documents', () => {
  it('a changed value is one pair, with the place that differs', () => {
    expect(compareLines(['a', '<Unit>PCE</Unit>', 'c'], ['a', '<Unit>EA</Unit>', 'c'])).toEqual([
      {
        before: { number: 2, text: '<Unit>PCE</Unit>', differs: [6, 9] },
        after: { number: 2, text: '<Unit>EA</Unit>', differs: [6, 8] },
      },
    ]);
  });

  it('a new line and a line that is gone have no pair, and the lines behind them none at all', () => {
    expect(numbersOf(['a', 'b', 'c'], ['a', 'x', 'b', 'c'])).toEqual([[null, 2]]);
    expect(numbersOf(['a', 'x', 'b', 'c'], ['a', 'b', 'c'])).toEqual([[2, null]]);
    expect(numbersOf([], ['a'])).toEqual([[null, 1]]);
    expect(numbersOf(['a', 'b'], [])).toEqual([
      [1, null],
      [2, null],
    ]);
  });

  it('the mark never splits a character', () => {
    const [change] = compareLines(['x😀y'], ['x😁y']);
    expect([change?.before?.differs, change?.after?.differs]).toEqual([
      [1, 3],
      [1, 3],
    ]);
  });

  it('with its changes each document becomes the other; equal documents have none', () => {
    const document = fc.array(fc.constantFrom('<ItemIn>', '</ItemIn>', 'a', 'b', 'c', 'd'), { maxLength: 60 });
    fc.assert(
      fc.property(document, document, (before, after) => {
        expect(compareLines(before, before)).toEqual([]);
        const changes = compareLines(before, after);
        const gone = new Set(changes.map((change) => change.before?.number));
        const fresh = new Set(changes.map((change) => change.after?.number));
        const kept = before.filter((_, index) => !gone.has(index + 1));
        expect(after.filter((_, index) => !fresh.has(index + 1))).toEqual(kept);
        for (const { before: old, after: now } of changes) {
          if (old !== undefined) expect(before[old.number - 1]).toBe(old.text);
          if (now !== undefined) expect(after[now.number - 1]).toBe(now.text);
        }
      }),
    );
  });

  it('documents without a common line take time in proportion to their length', () => {
    const lines = (size: number, letter: string): string[] => Array.from({ length: size }, (_, at) => letter + at);
    expectProportional(20_000, (size) => void compareLines(lines(size, 'a'), lines(size, 'b')));
  });
});

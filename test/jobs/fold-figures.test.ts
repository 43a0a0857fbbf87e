import { expect, it } from '@jest/globals';
import { foldFigures } from '../../src/jobs/upkeep.js';

const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

it('a batch that is too large for one statement is halved, down to a single fact, and grows again', async () => {
  const asked: number[] = [];
  let most = 60;
  const fold = foldFigures(
    {
      fold: async (limit) => {
        asked.push(limit);
        if (limit > most) throw new Error('statement timeout');
        return limit;
      },
    },
    SILENT,
  );
  const more: boolean[] = [];
  for (let nth = 0; nth < 5; nth += 1) more.push(await fold());
  most = 0;
  for (let nth = 0; nth < 10; nth += 1) await fold();
  expect(asked.slice(0, 6)).toEqual([500, 250, 125, 62, 31, 62]);
  expect(more).toEqual([false, false, false, false, true]);
  expect(asked.at(-1)).toBe(1);
});

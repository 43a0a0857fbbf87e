import { expect, it } from '@jest/globals';
import { sweeper } from '../../src/jobs/upkeep.js';

function journal(): {
  lines: string[];
  log: { debug(): void; info(): void; warn(facts: object): void; error(): void };
} {
  const lines: string[] = [];
  return {
    lines,
    log: { debug() {}, info() {}, error() {}, warn: (facts) => void lines.push((facts as { sweep: string }).sweep) },
  };
}
const live = (): AbortSignal => new AbortController().signal;

it('a sweep runs until a batch is not full; sweeps take turns', async () => {
  const left = { messages: 1_700, sessions: 3, audit: 500 };
  const order: string[] = [];
  const sweeps = Object.keys(left).map((name) => ({
    name,
    run: async (limit: number) => {
      order.push(name);
      const taken = Math.min(limit, left[name as keyof typeof left]);
      left[name as keyof typeof left] -= taken;
      return taken;
    },
  }));
  await sweeper(sweeps, journal().log)(live());
  expect(left).toEqual({ messages: 0, sessions: 0, audit: 0 });
  expect(order).toEqual(['messages', 'sessions', 'audit', 'messages', 'audit', 'messages', 'messages']);
});

it('a failing sweep does not stop others, and is retried with half the batch until it fits', async () => {
  const { lines, log } = journal();
  const done: string[] = [];
  const limits: number[] = [];
  const sweep = sweeper(
    [
      { name: 'broken', run: () => Promise.reject(new Error('no such table')) },
      {
        name: 'large',
        run: async (limit) => {
          limits.push(limit);
          if (limit > 100) throw new Error('statement timeout');
          return limits.length < 6 ? limit : 0;
        },
      },
      { name: 'last', run: async () => (done.push('last'), 0) },
    ],
    log,
  );
  for (let turn = 0; turn < 5; turn += 1) await sweep(live());
  expect(done).toHaveLength(5);
  expect(lines.filter((name) => name === 'broken')).toHaveLength(5);
  expect(limits.slice(0, 4)).toEqual([500, 250, 125, 62]);
});

it('a stopping worker leaves the rest to the next worker', async () => {
  const stop = new AbortController();
  let runs = 0;
  await sweeper(
    [{ name: 'endless', run: async (limit) => ((runs += 1) === 3 && stop.abort(), limit) }],
    journal().log,
  )(stop.signal);
  expect(runs).toBe(3);
});

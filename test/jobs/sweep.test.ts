import { expect, it } from '@jest/globals';
import { type Sweep, type SweepWatch, sweeper } from '../../src/jobs/upkeep.js';

interface Journal {
  watch: Omit<SweepWatch, 'now'>;
  logged: string[];
  counted: string[];
  /** Sweeps that fail now, with the fault. */
  faults: Map<string, string>;
}

function journal(): Journal {
  const logged: string[] = [];
  const counted: string[] = [];
  const faults = new Map<string, string>();
  const warn = (facts: object): void => void logged.push((facts as { sweep: string }).sweep);
  return {
    logged,
    counted,
    faults,
    watch: {
      log: { debug() {}, info() {}, error() {}, warn },
      faults: {
        failed: async (sweep, error) => void faults.set(sweep, error),
        mended: async (sweeps) => sweeps.forEach((sweep) => faults.delete(sweep)),
      },
      count: (sweep, batch) => void counted.push(`${sweep} ${batch === 'failed' ? batch : batch.rows}`),
    },
  };
}
const live = (): AbortSignal => new AbortController().signal;

/** Sweeps over that many rows, which note their batches. */
function over(left: Record<string, number>, order: string[] = []): Sweep[] {
  return Object.keys(left).map((name) => ({
    name,
    run: async (limit: number) => {
      order.push(name);
      const taken = Math.min(limit, left[name] ?? 0);
      left[name] = (left[name] ?? 0) - taken;
      return taken;
    },
  }));
}

it('a sweep runs until a batch is not full; sweeps take turns', async () => {
  const left = { messages: 1_700, sessions: 3, audit: 500 };
  const order: string[] = [];
  const { watch, counted } = journal();
  expect(await sweeper(over(left, order), watch)(live())).toBe(false);
  expect(left).toEqual({ messages: 0, sessions: 0, audit: 0 });
  expect(order).toEqual(['messages', 'sessions', 'audit', 'messages', 'audit', 'messages', 'messages']);
  expect(counted.filter((line) => line.startsWith('messages'))).toEqual([
    ...Array(3).fill('messages 500'),
    'messages 200',
  ]);
});

it('a turn ends after 20 seconds, so that a large backlog does not delay the other sweeps', async () => {
  let ms = 0;
  const order: string[] = [];
  const sweeps = over({ messages: 100_000, sessions: 0 }, order).map(({ name, run }) => ({
    name,
    run: (limit: number) => ((ms += 1_000), run(limit)),
  }));
  const sweep = sweeper(sweeps, { ...journal().watch, now: () => ms });
  expect(await sweep(live())).toBe(true);
  expect(order).toEqual(['messages', 'sessions', ...Array(18).fill('messages')]);
  expect(await sweep(live())).toBe(true);
  expect(order.filter((name) => name === 'sessions')).toHaveLength(2);
});

it('a failing sweep does not stop others, and is retried with half the batch until it fits', async () => {
  const { watch, logged, counted, faults } = journal();
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
    watch,
  );
  await sweep(live());
  expect([...faults]).toEqual([
    ['broken', 'no such table'],
    ['large', 'statement timeout'],
  ]);
  for (let turn = 1; turn < 5; turn += 1) await sweep(live());
  expect(done).toHaveLength(5);
  expect(logged.filter((name) => name === 'broken')).toHaveLength(5);
  expect(counted.filter((line) => line === 'broken failed')).toHaveLength(5);
  expect(limits.slice(0, 4)).toEqual([500, 250, 125, 62]);
  expect([...faults.keys()]).toEqual(['broken']);
});

it('sweeps go on while their state cannot be stored', async () => {
  const left = { messages: 600 };
  const { watch } = journal();
  const away = (): Promise<void> => Promise.reject(new Error('away'));
  const faulty = [{ name: 'broken', run: () => Promise.reject(new Error('no')) }, ...over(left)];
  await sweeper(faulty, { ...watch, faults: { failed: away, mended: away } })(live());
  expect(left).toEqual({ messages: 0 });
});

it('a stopping worker leaves the rest to the next worker', async () => {
  const stop = new AbortController();
  let runs = 0;
  await sweeper(
    [{ name: 'endless', run: async (limit) => ((runs += 1) === 3 && stop.abort(), limit) }],
    journal().watch,
  )(stop.signal);
  expect(runs).toBe(3);
});

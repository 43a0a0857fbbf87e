import { availableParallelism } from 'node:os';
import { Pool } from 'undici';
import { type Answer, type Call, type LoadResult, load, send } from './load.js';
import { cpuSeconds } from './processes.js';

/** One server under load, ours or the floor, and its requests for the five verbs. */
export interface Target {
  url: string;
  pid: number | undefined;
  setup(): Call;
  login(startPath: string): Call;
  session(cookie: string): Call;
  blocked(cookie: string): Call;
  transfer(cookie: string): Call;
  page(): Call;
  /** Adds ten lines to the cart of a session, if the target has one. */
  fill?(cookie: string): Call[];
}

export interface RowResult {
  row: string;
  ours: LoadResult & { cpuUs: number };
  floor: LoadResult & { cpuUs: number };
  ratio: number;
  least: number;
}

interface Row {
  name: string;
  /** Minimum share of the floor's requests per second (architecture.md section 8). */
  least: number;
  /** Each request uses up one prepared item. */
  consumes: boolean;
  material(side: Side, count: number): Promise<string[]>;
  call(target: Target, material: string): Call;
  accept(answer: Answer): boolean;
}

const ROWS: Row[] = [
  {
    name: 'any page without our cookie',
    least: 0.9,
    consumes: false,
    material: async () => [''],
    call: (target) => target.page(),
    accept: ({ status }) => status === 200,
  },
  {
    name: 'setup',
    least: 0.5,
    consumes: false,
    material: async () => [''],
    call: (target) => target.setup(),
    accept: ({ status, text }) => status === 200 && text.includes('<StartPage>'),
  },
  {
    name: 'login',
    least: 0.6,
    consumes: true,
    material: starts,
    call: (target, path) => target.login(path),
    accept: ({ status }) => status === 303,
  },
  {
    name: 'session get',
    least: 0.6,
    consumes: false,
    material: (side) => sessions(side, 64),
    call: (target, cookie) => target.session(cookie),
    accept: ({ status, text }) => status === 200 && text.includes('true'),
  },
  {
    name: 'blocked page',
    least: 0.6,
    consumes: false,
    material: (side) => sessions(side, 64),
    call: (target, cookie) => target.blocked(cookie),
    accept: ({ status }) => status === 303,
  },
  {
    name: 'transfer, 10 lines',
    least: 0.5,
    consumes: true,
    material: sessions,
    call: (target, cookie) => target.transfer(cookie),
    accept: ({ status, text }) => status === 200 && text.includes('<form'),
  },
];

interface Side {
  target: Target;
  pool: Pool;
}

const CONNECTIONS = 32;
/** Requests per second for which the first round prepares items. */
const FIRST_GUESS_PER_SECOND = 1_000;

/** Measures every row alternately (ours, floor, ours, …) and keeps the median round of each side. */
export async function httpRows(
  ours: Target,
  floor: Target,
  { rounds, ms, only, print }: { rounds: number; ms: number; only: string | undefined; print(line: string): void },
): Promise<RowResult[]> {
  const sides: [Side, Side] = [sideOf(ours), sideOf(floor)];
  const results: RowResult[] = [];
  for (const row of ROWS.filter(({ name }) => only === undefined || name.startsWith(only))) {
    print(`measuring ${row.name} …`);
    const measured: [Measured[], Measured[]] = [[], []];
    for (let round = -1; round < rounds; round += 1) {
      for (const [index, side] of sides.entries()) {
        const result = await measure(
          row,
          side,
          round < 0 ? 500 : ms,
          measured[index]?.at(-1)?.perSecond ?? FIRST_GUESS_PER_SECOND,
        );
        if (round >= 0) measured[index]?.push(result);
      }
    }
    const [best, base] = [medianOf(measured[0]), medianOf(measured[1])];
    results.push({ row: row.name, ours: best, floor: base, ratio: best.perSecond / base.perSecond, least: row.least });
  }
  await Promise.all(sides.map(({ pool }) => pool.close()));
  return results;
}

type Measured = LoadResult & { cpuUs: number };

async function measure(row: Row, side: Side, ms: number, expectedPerSecond: number): Promise<Measured> {
  const material = await row.material(side, Math.ceil((expectedPerSecond * ms * 1.4) / 1_000) + 300);
  let used = 0;
  const next = (): Call | undefined => {
    const piece = row.consumes ? material[used] : material[used % material.length];
    used += 1;
    return piece === undefined ? undefined : row.call(side.target, piece);
  };
  const before = cpuSeconds(side.target.pid);
  const result = await load(side.pool, { next, accept: row.accept, connections: CONNECTIONS, ms });
  return { ...result, cpuUs: ((cpuSeconds(side.target.pid) - before) / result.count) * 1e6 };
}

function medianOf(rounds: Measured[]): Measured {
  const sorted = rounds.toSorted((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error('nothing was measured');
  return { ...middle, wrong: rounds.reduce((sum, { wrong }) => sum + wrong, 0) };
}

function sideOf(target: Target): Side {
  return { target, pool: new Pool(target.url, { connections: CONNECTIONS * 2 }) };
}

async function starts({ target, pool }: Side, count: number): Promise<string[]> {
  return inParallel(count, async () => {
    const { text } = await send(pool, target.setup());
    const url = /<StartPage><URL>([^<]+)/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    if (url === undefined) throw new Error(`setup failed: ${text.slice(0, 300)}`);
    const { pathname, search } = new URL(url);
    return pathname + search;
  });
}

async function sessions(side: Side, count: number): Promise<string[]> {
  const { target, pool } = side;
  const paths = await starts(side, count);
  return inParallel(count, async (index) => {
    const { headers, status } = await send(pool, target.login(paths[index] ?? ''));
    const cookie = [headers['set-cookie'] ?? []]
      .flat()
      .map((line) => line.split(';')[0])
      .join('; ');
    if (cookie === '') throw new Error(`login gave no cookie (${status})`);
    for (const call of target.fill?.(cookie) ?? []) await send(pool, call);
    return cookie;
  });
}

async function inParallel<T>(count: number, act: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 * availableParallelism() }, async () => {
      while (next < count) {
        const index = next;
        next += 1;
        results[index] = await act(index);
      }
    }),
  );
  return results;
}

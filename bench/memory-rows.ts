import { Pool } from 'undici';
import { load, send } from './load.js';
import type { MeasuredRow } from './measured-row.js';
import { startServerProcess, stopProcess } from './processes.js';
import { cookieOf, startPathOf } from './punchout.js';
import { ourTarget } from './targets.js';

const PORT = 18_995;
const CONNECTIONS = 32;
/** Before these, the code of a call-up and a login is not loaded and compiled. */
const FIRST = 2_000;
const SESSIONS = 5_000;
const MOST_MB = 60;

/** What the server keeps of call-ups and of live sessions, after a forced collection. */
export async function memoryRows(databaseUrl: string, redisUrl: string, setups: number): Promise<MeasuredRow[]> {
  const server = await startServerProcess(
    'dist-bench/bench/product-server.js',
    { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, PORT: String(PORT) },
    `http://127.0.0.1:${PORT}/page`,
    ['--expose-gc'],
  );
  const target = ourTarget(PORT, server.pid);
  const pool = new Pool(target.url, { connections: CONNECTIONS });
  const memory = async (): Promise<{ heapUsed: number; rss: number }> => {
    // What the first collection frees by finalizers, the second one takes.
    await send(pool, { path: '/memory' });
    const now: { heapUsed: number; rss: number } = JSON.parse((await send(pool, { path: '/memory' })).text);
    return now;
  };
  const callUp = async (count: number, note?: (startPath: string) => void): Promise<void> => {
    let left = count;
    const { wrong } = await load(pool, {
      next: () => ((left -= 1) < 0 ? undefined : target.setup()),
      accept({ status, text }) {
        if (status === 200 && text.includes('<StartPage>')) note?.(startPathOf(text));
        return status === 200 && text.includes('<StartPage>');
      },
      connections: CONNECTIONS,
      ms: Infinity,
    });
    if (wrong > 0) throw new Error(`${wrong} call-ups were refused`);
  };
  const open = async (count: number): Promise<void> => {
    const paths: string[] = [];
    await callUp(count, (path) => paths.push(path));
    const { wrong } = await load(pool, {
      next: () => {
        const path = paths.pop();
        return path === undefined ? undefined : target.login(path);
      },
      accept: (answer) => answer.status === 303 && cookieOf(answer) !== '',
      connections: CONNECTIONS,
      ms: Infinity,
    });
    if (wrong > 0) throw new Error(`${wrong} logins were refused`);
  };
  try {
    await open(FIRST);
    const start = await memory();
    await open(SESSIONS);
    const withSessions = await memory();
    await callUp(setups);
    const end = await memory();
    const [heap, whole] = [end.heapUsed - withSessions.heapUsed, end.rss - start.rss].map((bytes) => bytes / 1e6);
    return [
      {
        name: 'heap of a live session',
        ours: `${((withSessions.heapUsed - start.heapUsed) / SESSIONS / 1e3).toFixed(2)} kB`,
        floor: `${SESSIONS} sessions`,
        target: '',
        holds: undefined,
        isTimed: false,
      },
      {
        name: `memory after ${setups} setups`,
        ours: `+${(whole ?? 0).toFixed(0)} MB, of these heap ${(heap ?? 0).toFixed(1)} MB`,
        floor: `after the first ${FIRST}: ${(start.rss / 1e6).toFixed(0)} MB`,
        target: `<= start + ${MOST_MB} MB`,
        holds: (whole ?? 0) <= MOST_MB,
        isTimed: false,
      },
    ];
  } finally {
    await pool.close();
    await stopProcess(server);
  }
}
